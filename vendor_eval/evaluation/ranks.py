"""Competition ranks, and the ties that a rule broke."""

from collections.abc import Iterable, Mapping
from typing import Any


def competition_ranks(keys: Iterable[Any]) -> list[int]:
    """Ranks 1, 1, 3 ... of keys that compare, the greatest first; equal keys share a rank."""
    keys, first = list(keys), dict[Any, int]()
    for place, key in enumerate(sorted(keys, reverse=True), start=1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def ties_broken(
    ranking: tuple[str, ...], ranks: Mapping[str, int], points: Mapping[str, float]
) -> tuple[tuple[str, ...], ...]:
    """Groups of vendors with equal points that share no rank, as they were put in order."""
    groups: dict[float, list[str]] = {}
    for vendor in ranking:
        groups.setdefault(points[vendor], []).append(vendor)
    return tuple(tuple(g) for g in groups.values() if len({ranks[vendor] for vendor in g}) > 1)

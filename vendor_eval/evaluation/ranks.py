"""The ranking of scored bids: competition ranks, and the ties that a rule broke."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from vendor_eval.evaluation.gates import Screening
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.rounding import DECIMALS, counted_points, points_of
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats


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


def ranked(
    rules: Rules, tree: Tree, screened: Screening, nodes: pd.DataFrame, scale: Floats
) -> dict[str, Any]:
    """The scores and everything that follows from them, as fields of the evaluation.

    `scale`: what each vendor's points are multiplied by before they are compared; (v,).
    """
    weights = tree.weights[[tree.at(path) for path in tree.top]]
    scores = pd.Series(weighted_sums(nodes[list(tree.top)].to_numpy(), weights), index=nodes.index)
    eligible = [vendor for vendor in nodes.index if screened.status(vendor) == "eligible"]
    counted, compared = points_of(scores), points_of(scores.to_numpy() * scale)
    if rules.rounding is not None:
        counted = counted_points(nodes[list(tree.leaves)].to_numpy(), tree, rules.rounding)
        compared = np.round(counted * scale, DECIMALS)
    points = dict(zip(scores.index, compared.tolist(), strict=True))
    rounded = dict(zip(scores.index, counted.tolist(), strict=True))
    ties = [points_of(nodes.loc[eligible, path]) for path in rules.tie_break]
    keys = np.column_stack([[points[vendor] for vendor in eligible], *ties])
    ranks = dict(zip(eligible, competition_ranks(map(tuple, keys)), strict=True))
    ahead = [points[vendor] for vendor in eligible]
    ordered = tuple(sorted(eligible, key=lambda vendor: (ranks[vendor], vendor)))
    return {
        "scores": scores,
        "points": rounded,
        "compared_points": points,
        "ranks": ranks,
        "shadow_ranks": {
            vendor: competition_ranks([points[vendor], *ahead])[0]
            for vendor in nodes.index
            if vendor not in ranks
        },
        "ranking": ordered,
        "ties_broken": ties_broken(ordered, ranks, points),
    }

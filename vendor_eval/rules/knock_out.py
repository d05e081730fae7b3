"""Knock-outs: criteria that count 0 for a bid with too few points on them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from vendor_eval.errors import nearest
from vendor_eval.rules.criteria import Criterion, Text, under
from vendor_eval.rules.values.function import Typed


class KnockOut(Typed):
    """A criterion counts 0 for a bid whose points on it are below a floor."""

    criterion: Text
    below: Annotated[float, Field(gt=0, le=100)]
    """Points (0-100); a bid that has just these keeps what it has."""


def _listed(typed: Any) -> Any:
    """One knock-out as a list of one."""
    return (typed,) if isinstance(typed, dict | KnockOut) else typed


KnockOuts = Annotated[tuple[KnockOut, ...], BeforeValidator(_listed)]


def knock_out_faults(
    knock_outs: tuple[KnockOut, ...], nodes: Mapping[str, Criterion], price: str | None
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Paths of no criterion, in one another, with a relative value, or with the price.

    `price`: the path of the price, if there is one.
    """
    for n, each in enumerate(knock_outs):
        at, path = ("knock_out", n, "criterion"), each.criterion
        if path not in nodes:
            yield at, f"unknown criterion {path!r}{nearest(path, nodes)}"
            continue
        for other in knock_outs[:n]:
            if under(path, other.criterion) or under(other.criterion, path):
                message = f"{path!r} is one with {other.criterion!r}, or one holds the other"
                yield at, f"{message}; allowed: each criterion in one knock-out"
        relative = [
            leaf
            for leaf, criterion in nodes.items()
            if under(leaf, path) and criterion.value is not None and criterion.value.relative
        ]
        if relative:
            message = f"{path!r} holds {relative[0]!r}, whose value depends on the other bids"
            yield at, f"{message}; allowed: a criterion without a relative value function"
        if price is not None and under(price, path):
            yield at, f"{path!r} holds {price!r}, the price; allowed: a criterion without it"

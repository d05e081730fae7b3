"""What a weight is a weight of: the swing of each criterion from its worst to its best."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.criteria import Criterion, Tree

End = tuple[float, float] | tuple[str, ...]
"""The answers at one end: from a number to another, the last not included, or some levels.

A single number stands twice. Nothing stands where no eligible vendor gives the scale an end.
"""


@dataclass(frozen=True)
class Swing:
    """A leaf's worst and best answer, and the value in [0, 1] between them.

    `of_bids`: whether these are the eligible bids' own, because the value function is relative.
    """

    path: str
    worst: End
    best: End
    span: float
    of_bids: bool


def swings(evaluation: Evaluation) -> Mapping[str, Swing]:
    """The swing of every leaf, by path."""
    return {path: _swing(evaluation, path) for path in evaluation.tree.leaves}


def spans(tree: Tree, leaves: Mapping[str, Swing]) -> Mapping[str, float]:
    """The value in (0, 1] that every node covers when all leaves beneath swing, by path.

    A span of nothing counts as 1: it says nothing of its scale.
    """
    covered = tree.composition @ np.array([leaves[path].span for path in tree.leaves])
    return {
        path: float(span) if span > 0 else 1.0
        for path, span in zip(tree.paths, covered, strict=True)
    }


def _swing(evaluation: Evaluation, path: str) -> Swing:
    leaf = evaluation.tree.criterion(path)
    if leaf.value is not None and leaf.value.relative:
        return _of_bids(evaluation, path)
    if leaf.value is not None and not leaf.value.numeric:
        levels = leaf.value.levels
        low, high = min(levels.values()), max(levels.values())
        ends = [tuple(a for a, value in levels.items() if value == end) for end in (low, high)]
        return Swing(path, ends[0], ends[1], high - low, of_bids=False)
    return _of_graph(path, leaf)


def _of_graph(path: str, leaf: Criterion) -> Swing:
    """The swing between the lowest and the highest point of a graph that are nearest together."""
    if leaf.value is None:
        raise ValueError(f"{path!r} is not a leaf")
    if leaf.value.stepped:
        knots = [((x0, x1), y) for x0, y, x1, _ in leaf.value.pieces]
    else:
        corners = [end for x0, y0, x1, y1 in leaf.value.pieces for end in ((x0, y0), (x1, y1))]
        knots = [((x, x), y) for x, y in corners if np.isfinite(x)]
    low, high = min(y for _, y in knots), max(y for _, y in knots)
    worst, best = min(
        ((w, b) for w, y in knots if y == low for b, z in knots if z == high),
        key=lambda ends: max(ends[1][0] - ends[0][1], ends[0][0] - ends[1][1]),
    )
    return Swing(path, worst, best, high - low, of_bids=False)


def _of_bids(evaluation: Evaluation, path: str) -> Swing:
    answers: Performance = evaluation.performance[path]
    at = {vendor: n for n, vendor in enumerate(evaluation.vendors)}
    ranked = [vendor for vendor in evaluation.ranking if answers.given[at[vendor]]]
    if not ranked:
        return Swing(path, (), (), 0.0, of_bids=True)
    values = evaluation.values.loc[ranked, path]
    ends = [answers.likely[at[str(vendor)]] for vendor in (values.idxmin(), values.idxmax())]
    (worst, best) = ((float(end), float(end)) for end in ends)
    return Swing(path, worst, best, float(values.max() - values.min()), of_bids=True)

"""What a weight is a weight of: the swing of each criterion from its worst to its best."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import Leaf, field_of
from vendor_eval.rules.criteria import Tree

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
    field = field_of(evaluation)
    best_first = field.places(evaluation.ranking)
    return {leaf.path: _swing(leaf, best_first) for leaf in field.leaves}


def spans(tree: Tree, leaves: Mapping[str, Swing]) -> Mapping[str, float]:
    """The value in (0, 1] that every node covers when all leaves under it swing, by path.

    A span of nothing counts as 1: it says nothing of its scale.
    """
    covered = tree.composition @ np.array([leaves[path].span for path in tree.leaves])
    return {
        path: float(span) if span > 0 else 1.0
        for path, span in zip(tree.paths, covered, strict=True)
    }


def _swing(leaf: Leaf, best_first: NDArray[np.intp]) -> Swing:
    if leaf.function.relative:
        return _of_bids(leaf, best_first)
    if not leaf.function.numeric:
        levels = leaf.function.levels
        low, high = min(levels.values()), max(levels.values())
        ends = [tuple(a for a, value in levels.items() if value == end) for end in (low, high)]
        return Swing(leaf.path, ends[0], ends[1], high - low, of_bids=False)
    return _of_graph(leaf)


def _of_graph(leaf: Leaf) -> Swing:
    """The swing between the lowest and the highest point of a graph that are nearest together."""
    pieces = leaf.function.pieces
    if leaf.function.stepped:
        knots = [((x0, x1), y) for x0, y, x1, _ in pieces]
    else:
        corners = [end for x0, y0, x1, y1 in pieces for end in ((x0, y0), (x1, y1))]
        knots = [((x, x), y) for x, y in corners if np.isfinite(x)]
    low, high = min(y for _, y in knots), max(y for _, y in knots)
    worst, best = min(
        ((w, b) for w, y in knots if y == low for b, z in knots if z == high),
        key=lambda ends: max(ends[1][0] - ends[0][1], ends[0][0] - ends[1][1]),
    )
    return Swing(leaf.path, worst, best, high - low, of_bids=False)


def _of_bids(leaf: Leaf, best_first: NDArray[np.intp]) -> Swing:
    """The swing between the worst and the best bid; of equal ones, the better vendor's."""
    bids = best_first[leaf.given[best_first]]
    if not len(bids):
        return Swing(leaf.path, (), (), 0.0, of_bids=True)
    values, numbers = leaf.own_values[bids], leaf.numbers[bids]
    worst, best = float(numbers[values.argmin()]), float(numbers[values.argmax()])
    return Swing(leaf.path, (worst, worst), (best, best), float(np.ptp(values)), of_bids=True)

"""The graph of a value function as straight pieces, and the nearest answer with a value."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Piece = tuple[float, float, float, float]
"""A straight line from (x0, y0) to just short of (x1, y1), by answer and value."""

SAME = 1e-12
"""A difference in value, in [0, 1], that is only float noise and keeps nobody from a step."""


def held(points: Iterable[tuple[float, float]]) -> tuple[Piece, ...]:
    """Straight lines through points in ascending order, the first and last value held beyond."""
    knots = list(points)
    lines = [(x0, y0, x1, y1) for (x0, y0), (x1, y1) in pairwise(knots)]
    (first, start), (last, end) = knots[0], knots[-1]
    return ((-math.inf, start, first, start), *lines, (last, end, math.inf, end))


def stairs(below: float, points: Iterable[tuple[float, float]]) -> tuple[Piece, ...]:
    """Level pieces, each from its own x on; `below` before the first."""
    knots = [(-math.inf, below), *points]
    ends = [*(x for x, _ in knots[1:]), math.inf]
    return tuple((x, y, end, y) for (x, y), end in zip(knots, ends, strict=True))


@dataclass(frozen=True, eq=False)
class Graph:
    """Straight pieces in ascending order, ready to be read at many answers at once."""

    start: Floats
    """Where each piece begins, (pieces,); 0 for level ones, which may begin nowhere."""
    run: Floats
    level: Floats
    rise: Floats
    """Along a piece the value is level + rise (x - start) / run."""
    begins: Floats
    """Where each piece but the first begins, (pieces - 1,)."""

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> Self:
        """The graph of these pieces."""
        x0, y0, x1, y1 = np.array(list(pieces)).T
        flat = y0 == y1
        run = np.where(flat, 1.0, x1 - np.where(flat, 0.0, x0))
        return cls(np.where(flat, 0.0, x0), run, y0, y1 - y0, x0[1:])

    def values(self, x: Any) -> Floats:
        """The values at some answers, of their shape."""
        answers = np.asarray(x, dtype=float)
        at = np.searchsorted(self.begins, answers, side="right")
        return self.level[at] + self.rise[at] * ((answers - self.start[at]) / self.run[at])


def upside_down(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same graph with every value's sign changed."""
    return tuple((x0, -y0, x1, -y1) for x0, y0, x1, y1 in pieces)


def nearest(pieces: tuple[Piece, ...], target: float, start: float | None) -> float | None:
    """The answer nearest to `start` whose value is at least `target`; None when no answer's is.

    Without a start it is the nearest to the worst knot. A piece is open where the next one begins
    with another value: the last answer on it is then the last number before that end.
    """
    if start is None:
        _, start = min((y0, x0) for x0, y0, _, _ in pieces if math.isfinite(x0))
    ends = [
        x1 if y1 == y0 else math.nextafter(x1, -math.inf)
        for (_, _, x1, y1), (_, y0, _, _) in pairwise(pieces)
    ]
    ended = zip(pieces, [*ends, pieces[-1][2]], strict=True)
    within = (_nearest_within(piece, end, target, start) for piece, end in ended)
    answers = [x for x in within if x is not None]
    return min(answers, key=lambda x: abs(x - start), default=None)


def _nearest_within(piece: Piece, end: float, target: float, start: float) -> float | None:
    """The same on one piece; `end`: the last answer on it."""
    x0, y0, x1, y1 = piece
    low_end, high_end = y0 >= target - SAME, y1 >= target - SAME
    if not low_end and not high_end:
        return None
    low, high = x0, end
    if low_end != high_end:
        # the noise that was forgiven must not lead beyond the piece
        crossing = min(x0 + max((target - y0) / (y1 - y0), 0.0) * (x1 - x0), end)
        low, high = (low, crossing) if low_end else (crossing, high)
    return min(max(start, low), high)


def threshold_after(pieces: tuple[Piece, ...], x: float) -> float | None:
    """Where the value jumps right after `x`, if `x` is the last number before such a place."""
    for piece, following in pairwise(pieces):
        if piece[3] != following[1] and math.nextafter(following[0], -math.inf) == x:
            return following[0]
    return None

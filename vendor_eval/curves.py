"""How values move with one answer: where they bend, and the one simple curve between two bends.

Between two neighbouring knots every vendor's value is a quotient of two straight lines in that
answer, with the same pole for all vendors: a constant, a straight line or a hyperbola. So it is
known exactly from three points.
"""

from dataclasses import dataclass

import numpy as np

from vendor_eval.values import Floats, ValueFunction
from vendor_eval.values.absolute import Identity, Linear, Piecewise, Steps
from vendor_eval.values.relative import (
    AboveLowest,
    LinearRange,
    LowestOverThis,
    MeanBased,
    ThisOverHighest,
)

SAMPLES = np.array([-0.5, 0.0, 0.5])
"""Where a curve is read between two knots that stand at -1 and 1: inside, since values may jump."""


def knots(function: ValueFunction, others: Floats) -> Floats:
    """Answers at which somebody's value bends or jumps while one bidder's answer moves; ascending.

    `others` are the answers of those it is measured against, without its own. Raises TypeError
    for a value function whose knots nobody wrote down, so that none is taken for smooth.
    """
    found: list[float] = []
    match function:
        case Linear(worst=worst, best=best):
            found = [worst, best]
        case Piecewise(points=points) | Steps(at_least=points):
            found = [x for x, _ in points]
        case Identity():
            pass
        case _ if function.relative and not len(others):
            pass
        case LowestOverThis() | ThisOverHighest() | LinearRange():
            found = [others.min(), others.max()]
        case AboveLowest():
            # the lowest, twice the lowest, and where another is twice this one
            found = [others.min(), 2 * others.min(), *(others / 2)]
        case MeanBased(points_per_percent=slope):
            found = _mean_knots(others, 0.5 / slope)
        case _:
            raise TypeError(f"the knots of {type(function).__name__} are not known")
    return np.unique(np.array(found, dtype=float))


def _mean_knots(others: Floats, reach: float) -> list[float]:
    """Where this answer, or another, is `reach` of the mean above or below the mean."""
    n, total = len(others) + 1, others.sum()
    found: list[float] = []
    for ratio in (1 - reach, 1 + reach):
        if ratio < n:
            found.append(ratio * total / (n - ratio))
        if ratio > 0:
            found += list(others * n / ratio - total)
    return found


@dataclass(frozen=True, eq=False)
class Curve:
    """(level + rise t) / (1 + pole t) for t in [-1, 1], from one knot to the next.

    `level` and `rise` have one entry for each value, any shape; the pole is theirs together.
    """

    level: Floats
    rise: Floats
    pole: float

    def at(self, t: float) -> Floats:
        """The values at `t`, which may be an end."""
        return (self.level + self.rise * t) / (1 + self.pole * t)

    def slope(self, t: float) -> Floats:
        """The derivatives by t at `t`."""
        return (self.rise - self.level * self.pole) / (1 + self.pole * t) ** 2


def curve(values: Floats) -> Curve:
    """The curve of values read at SAMPLES, shape (3, ...)."""
    before, level, after = values
    gained = np.ravel(after - before)
    widest = int(np.abs(gained).argmax())
    if abs(gained[widest]) < 1e-13:
        return Curve(level, np.zeros_like(level), 0.0)
    bend = np.ravel(2 * level - before - after)[widest]
    # what bends by no more than float noise is a straight line
    pole = 2 * bend / gained[widest] if abs(bend) > 1e-15 else 0.0
    return Curve(level, 2 * ((1 + pole / 2) * after - level), float(pole))

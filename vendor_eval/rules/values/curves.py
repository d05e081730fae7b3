"""How values move with one answer: the one simple curve between two knots of a value function.

Between two neighbouring knots every vendor's value is a quotient of two straight lines in that
answer, with the same pole for all vendors: a constant, a straight line or a hyperbola. So it is
known exactly from three points.
"""

from dataclasses import dataclass

import numpy as np

from vendor_eval.rules.values.function import Floats

SAMPLES = np.array([-0.5, 0.0, 0.5])
"""Where a curve is read between two knots that stand at -1 and 1: inside, since values may jump."""


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

"""Value functions under which a bid's value depends on who else bid.

The minimum, maximum or mean is over the eligible vendors only.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from vendor_eval.values.function import (
    VALUE_FUNCTIONS,
    Direction,
    Floats,
    ValueFunction,
    clamped,
)


class RelativeFunction(ValueFunction):
    """A value function whose minimum, maximum or mean is over the eligible vendors only.

    Several sets of bids may be valued at once: `x` and `among` then have one row a set.
    """

    relative: ClassVar[bool] = True
    positive: ClassVar[bool] = True

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        if among is None or not np.size(among):
            raise ValueError("a relative value function needs the eligible vendors' answers")
        with np.errstate(over="ignore"):  # a ratio beyond all bounds is clamped like any other
            return clamped(self._relative(np.asarray(x, dtype=float), np.asarray(among)))

    def _relative(self, x: Floats, among: Floats) -> Floats:
        raise NotImplementedError


@VALUE_FUNCTIONS.register("lowest_over_this")
class LowestOverThis(RelativeFunction):
    """min / x."""

    def _relative(self, x: Floats, among: Floats) -> Floats:
        # only a vendor outside the ranking can have x <= 0: it asks for less than any other
        low = among.min(axis=-1, keepdims=True)
        return np.divide(low, x, out=np.ones_like(x), where=x > 0)

    @property
    def slope(self) -> Direction:
        return "min"


@VALUE_FUNCTIONS.register("this_over_highest")
class ThisOverHighest(RelativeFunction):
    """x / max."""

    def _relative(self, x: Floats, among: Floats) -> Floats:
        return x / among.max(axis=-1, keepdims=True)

    @property
    def slope(self) -> Direction:
        return "max"


@VALUE_FUNCTIONS.register("linear_range")
class LinearRange(RelativeFunction):
    """(max - x) / (max - min), mirrored where more is better; 1 when min = max."""

    positive: ClassVar[bool] = False

    direction: Direction

    def _relative(self, x: Floats, among: Floats) -> Floats:
        low, high = among.min(axis=-1, keepdims=True), among.max(axis=-1, keepdims=True)
        apart = low < high
        # in shares of the largest, so that neither huge nor tiny answers overflow
        size = np.where(apart, np.maximum(abs(low), abs(high)), 1.0)
        span = np.where(apart, high / size - low / size, 1.0)
        rise = (np.clip(x, low, high) / size - low / size) / span
        return np.where(apart, rise if self.direction == "max" else 1 - rise, 1.0)

    @property
    def slope(self) -> Direction:
        return self.direction


@VALUE_FUNCTIONS.register("above_lowest")
class AboveLowest(RelativeFunction):
    """max(0, 1 - (x - min) / min)."""

    def _relative(self, x: Floats, among: Floats) -> Floats:
        low = among.min(axis=-1, keepdims=True)
        return 1 - (x - low) / low

    @property
    def slope(self) -> Direction:
        return "min"


@VALUE_FUNCTIONS.register("mean_based")
class MeanBased(RelativeFunction):
    """0.5 at the mean, `points_per_percent` points for each per cent better than it."""

    direction: Direction
    points_per_percent: Annotated[float, Field(gt=0)]

    def _relative(self, x: Floats, among: Floats) -> Floats:
        mean = (among / among.shape[-1]).sum(axis=-1, keepdims=True)
        saving = (mean - x) / mean if self.direction == "min" else (x - mean) / mean
        return 0.5 + self.points_per_percent * saving

    @property
    def slope(self) -> Direction:
        return self.direction

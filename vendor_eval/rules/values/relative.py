"""Value functions under which a bid's value depends on who else bid.

The minimum, maximum or mean is over the eligible vendors only.
"""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from vendor_eval.rules.values.function import (
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

    about: ClassVar[str] = "min / x."
    measured: ClassVar[tuple[str, ...]] = ("MIN",)
    formula: ClassVar[str] = "IF({p}<=0,100,100*MEDIAN(0,1,{x[0]}/{p}))"

    def _relative(self, x: Floats, among: Floats) -> Floats:
        # only a vendor outside the ranking can have x <= 0: it asks for less than any other
        low = among.min(axis=-1, keepdims=True)
        return np.divide(low, x, out=np.ones_like(x), where=x > 0)

    @property
    def slope(self) -> Direction:
        return "min"

    def knots(self, others: Floats) -> Floats:
        return _extremes(others)


@VALUE_FUNCTIONS.register("this_over_highest")
class ThisOverHighest(RelativeFunction):
    """x / max."""

    about: ClassVar[str] = "x / max."
    measured: ClassVar[tuple[str, ...]] = ("MAX",)
    formula: ClassVar[str] = "100*MEDIAN(0,1,{p}/{x[0]})"

    def _relative(self, x: Floats, among: Floats) -> Floats:
        return x / among.max(axis=-1, keepdims=True)

    @property
    def slope(self) -> Direction:
        return "max"

    def knots(self, others: Floats) -> Floats:
        return _extremes(others)


@VALUE_FUNCTIONS.register("linear_range")
class LinearRange(RelativeFunction):
    """(max - x) / (max - min), mirrored where more is better; 1 when min = max."""

    about: ClassVar[str] = (
        "(max - x) / (max - min), mirrored where more is better; 1 when min = max."
    )
    positive: ClassVar[bool] = False
    measured: ClassVar[tuple[str, ...]] = ("MIN", "MAX")
    formula: ClassVar[str] = (
        'IF({x[0]}={x[1]},100,100*IF({direction}="max",MEDIAN({p},{x[0]},{x[1]})-{x[0]},'
        "{x[1]}-MEDIAN({p},{x[0]},{x[1]}))/({x[1]}-{x[0]}))"
    )

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

    def knots(self, others: Floats) -> Floats:
        return _extremes(others)


@VALUE_FUNCTIONS.register("above_lowest")
class AboveLowest(RelativeFunction):
    """max(0, 1 - (x - min) / min)."""

    about: ClassVar[str] = "max(0, 1 - (x - min) / min)."
    measured: ClassVar[tuple[str, ...]] = ("MIN",)
    formula: ClassVar[str] = "100*MEDIAN(0,1,1-({p}-{x[0]})/{x[0]})"

    def _relative(self, x: Floats, among: Floats) -> Floats:
        low = among.min(axis=-1, keepdims=True)
        return 1 - (x - low) / low

    @property
    def slope(self) -> Direction:
        return "min"

    def knots(self, others: Floats) -> Floats:
        if not len(others):
            return others
        # the lowest, twice the lowest, and where another is twice this one
        return np.unique([others.min(), 2 * others.min(), *(others / 2)])


@VALUE_FUNCTIONS.register("mean_based")
class MeanBased(RelativeFunction):
    """0.5 at the mean, `points_per_percent` points for each per cent better than it."""

    about: ClassVar[str] = (
        "0.5 at the mean, `points_per_percent` points for each per cent better than it."
    )
    measured: ClassVar[tuple[str, ...]] = ("AVERAGE",)
    formula: ClassVar[str] = (
        '100*MEDIAN(0,1,0.5+{points_per_percent}*IF({direction}="min",{x[0]}-{p},{p}-{x[0]})'
        "/{x[0]})"
    )

    direction: Direction
    points_per_percent: Annotated[float, Field(gt=0)]

    def _relative(self, x: Floats, among: Floats) -> Floats:
        mean = (among / among.shape[-1]).sum(axis=-1, keepdims=True)
        saving = (mean - x) / mean if self.direction == "min" else (x - mean) / mean
        return 0.5 + self.points_per_percent * saving

    @property
    def slope(self) -> Direction:
        return self.direction

    def knots(self, others: Floats) -> Floats:
        if not len(others):
            return others
        # where this answer, or another, is worth nothing or everything next to the mean
        n, total, reach = len(others) + 1, others.sum(), 0.5 / self.points_per_percent
        bends: list[float] = []
        for ratio in (1 - reach, 1 + reach):
            if ratio < n:
                bends.append(ratio * total / (n - ratio))
            if ratio > 0:
                bends += list(others * n / ratio - total)
        return np.unique(np.array(bends, dtype=float))


def _extremes(others: Floats) -> Floats:
    return np.unique([others.min(), others.max()]) if len(others) else others

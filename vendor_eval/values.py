"""Value functions: from an answer to a value in [0, 1], 1 at its best (Keeney & Raiffa 1976).

People and files speak of 0-100 points; inside, a value is that divided by 100. Direction lives
here and nowhere else. A value function is a frozen model that can be called; those marked
`relative` also need the answers of the eligible vendors, because a bid's value then depends on
who else bid.
"""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    field_validator,
    model_validator,
)

from vendor_eval.errors import nearest, quoted
from vendor_eval.registry import Registry

Direction = Literal["max", "min"]
Floats = NDArray[np.float64]
Points = Annotated[float, Field(ge=0, le=100)]
Knot = tuple[float, Points]


class Typed(BaseModel):
    """What a person typed: immutable, nothing coerced, nothing unknown, nothing infinite."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


class ValueFunction(Typed):
    """A function from answers, shape (n,), to values in [0, 1], shape (n,)."""

    relative: ClassVar[bool] = False
    """Whether the value of one answer depends on the eligible vendors' answers."""
    positive: ClassVar[bool] = False
    """Whether an eligible answer must be above 0."""
    numeric: ClassVar[bool] = True
    """Whether it reads numbers; otherwise it reads the answers as written."""

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        """Values in [0, 1] of the answers `x`; `among` are the eligible vendors' answers."""
        raise NotImplementedError

    @property
    def slope(self) -> Direction | None:
        """'max' when more is better, 'min' when less is, None when it is neither."""
        return None

    def refusal(self, answer: Any) -> str | None:
        """Why an answer has no value here, with what is allowed; None when it has one."""
        return None


VALUE_FUNCTIONS: Registry[type[ValueFunction]] = Registry("value function")


def clamped(values: Any) -> Floats:
    """Values held within [0, 1]."""
    return np.clip(np.asarray(values, dtype=float), 0.0, 1.0)


def _trend(points: Sequence[float]) -> Direction | None:
    """The direction of a run of values that only rises or only falls; None otherwise."""
    steps = np.diff(points)
    if not steps.any():
        return None
    return "max" if (steps >= 0).all() else "min" if (steps <= 0).all() else None


@VALUE_FUNCTIONS.register("linear")
class Linear(ValueFunction):
    """(x - worst) / (best - worst)."""

    worst: float
    best: float

    @model_validator(mode="after")
    def _ends_differ(self) -> "Linear":
        if self.worst == self.best or not np.isfinite(self.best - self.worst):
            raise ValueError(
                f"found worst {self.worst:g} and best {self.best:g}; "
                "allowed: two different numbers a finite way apart"
            )
        return self

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        # held between the ends first, so that no huge answer overflows
        held = np.clip(x, min(self.worst, self.best), max(self.worst, self.best))
        return clamped((held - self.worst) / (self.best - self.worst))

    @property
    def slope(self) -> Direction:
        return "max" if self.best > self.worst else "min"


def _ascending(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    x = [knot[0] for knot in knots]
    if any(later <= earlier for earlier, later in zip(x, x[1:], strict=False)):
        raise ValueError(f"found x in the order {x}; allowed: strictly ascending")
    return knots


@VALUE_FUNCTIONS.register("piecewise")
class Piecewise(ValueFunction):
    """Straight lines through the points; the first and last value held beyond them."""

    points: Annotated[tuple[Knot, ...], Field(min_length=2)]

    _check = field_validator("points")(_ascending)

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        knots, points = zip(*self.points, strict=True)
        return clamped(np.interp(x, knots, points) / 100)

    @property
    def slope(self) -> Direction | None:
        return _trend([points for _, points in self.points])


@VALUE_FUNCTIONS.register("steps")
class Steps(ValueFunction):
    """The value of the last x reached; `below` the first one."""

    at_least: Annotated[tuple[Knot, ...], Field(min_length=1)]
    below: Points = 0.0

    _check = field_validator("at_least")(_ascending)

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        knots, points = zip(*self.at_least, strict=True)
        reached = np.searchsorted(np.asarray(knots), x, side="right")
        return clamped(np.asarray((self.below, *points))[reached] / 100)

    @property
    def slope(self) -> Direction | None:
        return _trend([self.below, *(points for _, points in self.at_least)])


@VALUE_FUNCTIONS.register("levels")
class Levels(ValueFunction):
    """The value written beside each answer; an answer that is not listed is a fault."""

    numeric: ClassVar[bool] = False

    points: Annotated[dict[str, Points], Field(min_length=1)]

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped([self.points[answer] / 100 for answer in x])

    def refusal(self, answer: Any) -> str | None:
        if answer in self.points:
            return None
        hint = nearest(answer, self.points)
        return f"found {answer!r}; allowed: {quoted(self.points)}{hint}"


@VALUE_FUNCTIONS.register("identity")
class Identity(ValueFunction):
    """x itself, already in points from 0 to 100."""

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped(np.asarray(x, dtype=float) / 100)

    @property
    def slope(self) -> Direction:
        return "max"

    def refusal(self, answer: Any) -> str | None:
        return None if 0 <= answer <= 100 else f"found {answer:g}; allowed: 0 to 100"


class RelativeFunction(ValueFunction):
    """A value function whose minimum, maximum or mean is over the eligible vendors only."""

    relative: ClassVar[bool] = True
    positive: ClassVar[bool] = True

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        if among is None or not len(among):
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
        return np.divide(among.min(), x, out=np.ones_like(x), where=x > 0)

    @property
    def slope(self) -> Direction:
        return "min"


@VALUE_FUNCTIONS.register("this_over_highest")
class ThisOverHighest(RelativeFunction):
    """x / max."""

    def _relative(self, x: Floats, among: Floats) -> Floats:
        return x / among.max()

    @property
    def slope(self) -> Direction:
        return "max"


@VALUE_FUNCTIONS.register("linear_range")
class LinearRange(RelativeFunction):
    """(max - x) / (max - min), mirrored where more is better; 1 when min = max."""

    positive: ClassVar[bool] = False

    direction: Direction

    def _relative(self, x: Floats, among: Floats) -> Floats:
        low, high = among.min(), among.max()
        if low == high:
            return np.ones_like(x)
        # in shares of the largest, so that neither huge nor tiny answers overflow
        size = max(abs(low), abs(high))
        rise = (np.clip(x, low, high) / size - low / size) / (high / size - low / size)
        return rise if self.direction == "max" else 1 - rise

    @property
    def slope(self) -> Direction:
        return self.direction


@VALUE_FUNCTIONS.register("above_lowest")
class AboveLowest(RelativeFunction):
    """max(0, 1 - (x - min) / min)."""

    def _relative(self, x: Floats, among: Floats) -> Floats:
        return 1 - (x - among.min()) / among.min()

    @property
    def slope(self) -> Direction:
        return "min"


@VALUE_FUNCTIONS.register("mean_based")
class MeanBased(RelativeFunction):
    """0.5 at the mean, `points_per_percent` points for each per cent better than it."""

    direction: Direction
    points_per_percent: Annotated[float, Field(gt=0)]

    def _relative(self, x: Floats, among: Floats) -> Floats:
        mean = (among / len(among)).sum()
        saving = (mean - x) / mean if self.direction == "min" else (x - mean) / mean
        return 0.5 + self.points_per_percent * saving

    @property
    def slope(self) -> Direction:
        return self.direction


def value_function(typed: Any) -> ValueFunction:
    """The value function of `{name: {parameters}}`, or of a bare name without parameters.

    Raises ValueError where the shape or the name is wrong, and pydantic's ValidationError
    where a parameter is.
    """
    if isinstance(typed, ValueFunction):
        return typed
    if isinstance(typed, str):
        typed = {typed: {}}
    if not isinstance(typed, dict) or len(typed) != 1:
        raise ValueError(
            f"found {typed!r}; allowed: one of {quoted(VALUE_FUNCTIONS.names())} with its parameters"
        )
    [(name, parameters)] = typed.items()
    if name not in VALUE_FUNCTIONS:
        raise ValueError(VALUE_FUNCTIONS.unknown(str(name)))
    if name == "levels":
        parameters = {"points": _as_written(parameters)}
    form = _form(name)
    return form.validate_python({name: {} if parameters is None else parameters})[name]


@cache
def _form(name: str) -> TypeAdapter[dict[str, ValueFunction]]:
    """What is typed for one value function; its faults' places then hold its name too."""
    return TypeAdapter(dict[str, VALUE_FUNCTIONS[name]])  # type: ignore[misc]


def _as_written(levels: Any) -> Any:
    """Levels with whole-number answers as text, since answers are compared as written."""
    if not isinstance(levels, dict):
        return levels
    return {str(k) if type(k) is int else k: v for k, v in levels.items()}


def typed_form(function: ValueFunction) -> dict[str, Any]:
    """The `{name: {parameters}}` that gives this value function."""
    [name] = [name for name in VALUE_FUNCTIONS if VALUE_FUNCTIONS[name] is type(function)]
    parameters = function.model_dump(mode="json", exclude_defaults=True)
    return {name: parameters["points"] if name == "levels" else parameters}

"""Value functions under which a bid's value does not depend on who else bid."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field, field_validator, model_validator

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.values.function import (
    VALUE_FUNCTIONS,
    Direction,
    Floats,
    Line,
    Points,
    ValueFunction,
    clamped,
)
from vendor_eval.rules.values.shape import Piece, held, stairs

Knot = tuple[float, Points]


def _trend(points: Sequence[float]) -> Direction | None:
    """The direction of a run of values that only rises or only falls; None otherwise."""
    steps = np.diff(points)
    if not steps.any():
        return None
    return "max" if (steps >= 0).all() else "min" if (steps <= 0).all() else None


@VALUE_FUNCTIONS.register("linear")
class Linear(ValueFunction):
    """(x - worst) / (best - worst)."""

    about: ClassVar[str] = "(x - worst) / (best - worst)."
    formula: ClassVar[str] = "100*(MEDIAN({p},{worst},{best})-{worst})/({best}-{worst})"

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

    @property
    def slope(self) -> Direction:
        return "max" if self.best > self.worst else "min"

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return held(sorted([(self.worst, 0.0), (self.best, 1.0)]))


def _ascending(knots: tuple[Knot, ...]) -> tuple[Knot, ...]:
    x = [knot[0] for knot in knots]
    if any(later <= earlier for earlier, later in pairwise(x)):
        raise ValueError(f"found x in the order {x}; allowed: strictly ascending")
    if not np.isfinite(x[-1] - x[0]):
        raise ValueError(f"found x from {x[0]:g} to {x[-1]:g}; allowed: a finite way apart")
    return knots


@VALUE_FUNCTIONS.register("piecewise")
class Piecewise(ValueFunction):
    """Straight lines through the points; the first and last value held beyond them."""

    about: ClassVar[str] = (
        "Straight lines through the points; the first and last value held beyond them."
    )
    formula: ClassVar[str] = (
        "{y[0]}+SUMPRODUCT(({p}>={x_next})*({y_next}-{y_last})"
        "+({p}<{x_next})*({p}>{x_last})*({p}-{x_last})/({x_next}-{x_last})*({y_next}-{y_last}))"
    )

    points: Annotated[tuple[Knot, ...], Field(min_length=2)]

    _check = field_validator("points")(_ascending)

    @property
    def slope(self) -> Direction | None:
        return _trend([points for _, points in self.points])

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return held((x, points / 100) for x, points in self.points)

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(("at", x, points) for x, points in self.points)


@VALUE_FUNCTIONS.register("steps")
class Steps(ValueFunction):
    """The value of the last x reached; `below` the first one."""

    about: ClassVar[str] = "The value of the last x reached; `below` the first one."
    formula: ClassVar[str] = "IF({p}<{x[1]},{y[0]},LOOKUP({p},{x_next},{y_next}))"

    at_least: Annotated[tuple[Knot, ...], Field(min_length=1)]
    below: Points = 0.0

    _check = field_validator("at_least")(_ascending)

    @property
    def slope(self) -> Direction | None:
        return _trend([self.below, *(points for _, points in self.at_least)])

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return stairs(self.below / 100, ((x, points / 100) for x, points in self.at_least))

    @property
    def lines(self) -> tuple[Line, ...]:
        steps = (("at least", x, points) for x, points in self.at_least)
        return (("below", None, self.below), *steps)


@VALUE_FUNCTIONS.register("levels")
class Levels(ValueFunction):
    """The value written next to each answer; an answer that is not listed is a fault."""

    about: ClassVar[str] = (
        "The value written next to each answer; an answer that is not listed is a fault."
    )
    numeric: ClassVar[bool] = False
    bare: ClassVar[str] = "points"
    formula: ClassVar[str] = (
        "IF(SUMPRODUCT(--EXACT({p},{x_all}))=0,NA(),SUMPRODUCT(EXACT({p},{x_all})*{y_all}))"
    )

    points: Annotated[dict[str, Points], Field(min_length=1)]

    @field_validator("points", mode="before")
    @classmethod
    def _as_written(cls, points: Any) -> Any:
        # answers are compared as written, and YAML reads a bare 3 as a number
        if not isinstance(points, dict):
            return points
        return {str(k) if type(k) is int else k: v for k, v in points.items()}

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped([self.points[answer] / 100 for answer in x])

    def refusal(self, answer: Any) -> str | None:
        if answer in self.points:
            return None
        hint = nearest(answer, self.points)
        # in the rules' order they would hint at the best one, and a letter shows them
        return f"found {answer!r}; allowed: {quoted(sorted(self.points))}{hint}"

    @property
    def levels(self) -> Mapping[str, float]:
        return {answer: points / 100 for answer, points in self.points.items()}

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(("answer", answer, points) for answer, points in self.points.items())


@VALUE_FUNCTIONS.register("identity")
class Identity(ValueFunction):
    """x itself, already in points from 0 to 100."""

    about: ClassVar[str] = "x itself, already in points from 0 to 100."
    formula: ClassVar[str] = "IF(OR({p}<0,{p}>100),NA(),{p})"

    @property
    def slope(self) -> Direction:
        return "max"

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        # nothing beyond: an answer outside 0-100 is a fault
        return ((0.0, 0.0, 100.0, 1.0),)

    def refusal(self, answer: Any) -> str | None:
        return None if 0 <= answer <= 100 else f"found {answer:g}; allowed: 0 to 100"

"""What every value function is, and the registry of them all."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from vendor_eval.errors import quoted
from vendor_eval.registry import Registry
from vendor_eval.rules.values.sampled import readings, straight_pieces
from vendor_eval.rules.values.shape import SAME, Graph, Piece, nearest, upside_down
from vendor_eval.rules.values.shape import Floats as Floats
from vendor_eval.wording.short_repr import short_line

Direction = Literal["max", "min"]
Points = Annotated[float, Field(ge=0, le=100)]
Line = tuple[str, Any, float | None]
"""A line in a workbook: what it is called, the number or answer, the points (0-100)."""


class Typed(BaseModel):
    """What a person typed: immutable, nothing coerced, nothing unknown, nothing infinite."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )

    def __repr__(self) -> str:
        entered = (
            (k, getattr(self, k)) for k in type(self).model_fields if k in self.model_fields_set
        )
        return short_line(type(self).__name__, entered)

    __str__ = __repr__


class OneForm(Typed):
    """What a person typed in exactly one of several forms, each a field of the model."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        keys = sorted(self.model_fields_set)
        if len(keys) != 1 or getattr(self, keys[0]) is None:
            forms = quoted(type(self).model_fields)
            raise ValueError(
                f"found {', '.join(keys) or 'nothing'}; allowed: exactly one of {forms}"
            )
        return self

    @property
    def form(self) -> str:
        """The name of the one form that is set."""
        [name] = self.model_fields_set
        return name


class ValueFunction(Typed):
    """A function from answers, shape (n,), to values in [0, 1], shape (n,).

    Everything that is asked of its graph follows from what it states: `pieces` of a function of
    numbers, `levels` of a function of levels, `knots` of a relative one. Where it states none of
    numbers, they are read off at many answers, and `sampled` says so. A relative function has a
    `slope`.
    """

    about: ClassVar[str] = ""
    """The value it gives, in a sentence for `vendor-eval list`."""
    relative: ClassVar[bool] = False
    """Whether the value of one answer depends on the eligible vendors' answers."""
    positive: ClassVar[bool] = False
    """Whether an eligible answer must be above 0."""
    numeric: ClassVar[bool] = True
    """Whether it reads numbers; otherwise it reads the answers as written."""
    bare: ClassVar[str] = ""
    """The one parameter that is entered without its name; empty where all have theirs."""
    formula: ClassVar[str] = ""
    """A spreadsheet's points (0-100) of the answer {p}.

    A parameter's cell goes by its name, {best}; the number and the points in line n of `lines` by
    {x[n]} and {y[n]}. Without a formula the workbook holds the points as plain numbers.
    """
    measured: ClassVar[tuple[str, ...]] = ()
    """Spreadsheet functions over the eligible answers, whose results are the first of `lines`."""

    @model_validator(mode="after")
    def _relative_ones_have_a_slope(self) -> Self:
        if self.relative and self.slope is None:
            raise TypeError(f"{type(self).__name__} is relative; allowed: a slope of max or min")
        return self

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        """Values in [0, 1] of the answers `x`; `among` are the eligible vendors' answers.

        They follow from `pieces` where these are stated. NotImplementedError where nothing is.
        """
        if self.relative or self.sampled or not self.numeric:
            raise NotImplementedError(f"{type(self).__name__} states neither its values nor pieces")
        return clamped(self._graph.values(x))

    @property
    def slope(self) -> Direction | None:
        """'max' when more is better, 'min' when less is, None when it is neither."""
        return None

    @property
    def levels(self) -> Mapping[str, float]:
        """The answers there are, with their values in [0, 1]; empty for a function of numbers."""
        return {}

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its graph as straight pieces from left to right, values in [0, 1].

        Only of numbers whose value depends on no other bid; ValueError for other functions.
        """
        if self.relative or not self.numeric:
            raise ValueError(f"{type(self).__name__} has no graph over numbers")
        x, y = readings(lambda x: self(x)[:, None], _numbers(self.model_dump()), self._takes)
        return straight_pieces(x, y[:, 0])

    @cached_property
    def _graph(self) -> Graph:
        return Graph.of(self.pieces)

    @property
    def sampled(self) -> bool:
        """Whether its graph is read off at many answers, to `TOLERANCE`, since it states none."""
        stated = "knots" if self.relative else "pieces"
        return self.numeric and getattr(type(self), stated) is getattr(ValueFunction, stated)

    @cached_property
    def stepped(self) -> bool:
        """Whether its value changes by jumps alone."""
        if self.relative:
            return False
        return not self.numeric or all(y0 == y1 for _, y0, _, y1 in self.pieces)

    def knots(self, others: Floats) -> Floats:
        """Answers at which somebody's value bends or jumps while one answer moves, ascending.

        Between two of them every value is a quotient of two straight lines, or near enough where
        the function is `sampled`. `others` are the answers of those it is measured against,
        without the one that moves. Raises ValueError for a function of levels.
        """
        if not self.relative:
            ends = {x for x0, _, x1, _ in self.pieces for x in (x0, x1)}
            return np.array(sorted(filter(np.isfinite, ends)), dtype=float)
        if not len(others):
            return np.array([])

        def everybody(x: Floats) -> Floats:
            among = np.column_stack([np.tile(others, (len(x), 1)), x])
            return self(among, among)

        named = [*_numbers(self.model_dump()), *others.tolist()]
        return readings(everybody, named, self._takes)[0]

    def extremes(self, low: float, high: float) -> tuple[float, float]:
        """The least and the greatest value, in [0, 1], of the numbers from `low` to `high`.

        Values turn and jump only where a piece begins, and just before it. Not of relative
        functions.
        """
        begins = [] if self.slope else [x0 for x0, *_ in self.pieces if low < x0 <= high]
        values = self(np.array([low, *np.nextafter(begins, -np.inf), *begins, high]))
        return float(values.min()), float(values.max())

    def reaching(self, target: float, start: Any) -> float | str | None:
        """The answer nearest to `start` with a value of at least `target`, in [0, 1]; None if none.

        A start of None is a missing answer: what is nearest to the worst end counts. Where a step
        falls at the threshold x, an answer before it can only come as near as the last number
        before x. Of levels it is the one with the smallest value that suffices.
        """
        if not self.numeric:
            enough = {a: value for a, value in self.levels.items() if value >= target - SAME}
            return start if start in enough else min(enough, key=lambda a: enough[a], default=None)
        answer = nearest(self.pieces, target, start)
        return self._settled(answer, start, 1.0, target)

    def falling_to(self, limit: float, start: Any) -> float | str | None:
        """The answer nearest to `start` with a value of at most `limit`, in [0, 1]; None if none.

        Where a step rises at the threshold x, the answer is the last number before x.
        """
        if not self.numeric:
            little = {a: value for a, value in self.levels.items() if value <= limit + SAME}
            return start if start in little else max(little, key=lambda a: little[a], default=None)
        answer = nearest(upside_down(self.pieces), -limit, start)
        return self._settled(answer, start, -1.0, limit)

    def refusal(self, answer: Any) -> str | None:
        """Why an answer has no value here, with what is allowed; None when it has one."""
        return None

    @property
    def lines(self) -> tuple[Line, ...]:
        """What a workbook shows of it below what is `measured`: name, number or answer, points."""
        return tuple((name, value, None) for name, value in self.model_dump(mode="json").items())

    def _takes(self, x: float) -> bool:
        return self.refusal(x) is None and (x > 0 or not self.positive)

    def _settled(self, answer: float | None, start: Any, sign: float, bound: float) -> float | None:
        """The answer that the pieces give, moved to where the function itself just suffices."""
        if answer is None or not self.sampled:
            return answer

        def suffices(x: float, slack: float = 0.0) -> bool:
            return sign * float(self(np.array([x]))[0]) >= sign * bound - slack

        around = [p for p in self.pieces if p[0] <= answer <= p[2]]
        ends = [x for x0, _, x1, _ in around for x in (x0, x1) if np.isfinite(x)]
        enough = [x for x in (answer, *ends) if suffices(x)]
        begin = answer if start is None else min(max(start, min(ends)), max(ends))
        if not enough or suffices(begin, SAME):
            return begin if suffices(begin, SAME) else answer
        good = min(enough, key=lambda x: abs(x - begin))
        bad = begin
        while (middle := good / 2 + bad / 2) not in (good, bad):
            good, bad = (middle, bad) if suffices(middle) else (good, middle)
        return good


def _numbers(parameters: Any) -> list[float]:
    """Every number among some parameters, however deep."""
    if isinstance(parameters, dict):
        parameters = list(parameters.values())
    if isinstance(parameters, list | tuple):
        return [number for part in parameters for number in _numbers(part)]
    plain = isinstance(parameters, int | float) and not isinstance(parameters, bool)
    return [float(parameters)] if plain else []


VALUE_FUNCTIONS: Registry[type[ValueFunction]] = Registry("value function")


def clamped(values: Any) -> Floats:
    """Values held within [0, 1]."""
    return np.clip(np.asarray(values, dtype=float), 0.0, 1.0)

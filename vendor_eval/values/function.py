"""What every value function is, and the registry of them all."""

from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from vendor_eval.errors import quoted
from vendor_eval.registry import Registry
from vendor_eval.values.shape import Piece, nearest, upside_down

Direction = Literal["max", "min"]
Floats = NDArray[np.float64]
Points = Annotated[float, Field(ge=0, le=100)]


class Typed(BaseModel):
    """What a person typed: immutable, nothing coerced, nothing unknown, nothing infinite."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, hide_input_in_errors=True
    )


class OneForm(Typed):
    """What a person typed in exactly one of several forms, each a field of the model."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        found = sorted(self.model_fields_set)
        if len(found) != 1 or getattr(self, found[0]) is None:
            forms = quoted(type(self).model_fields)
            raise ValueError(
                f"found {', '.join(found) or 'nothing'}; allowed: exactly one of {forms}"
            )
        return self

    @property
    def form(self) -> str:
        """The name of the one form that is set."""
        [name] = self.model_fields_set
        return name


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

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its graph as straight pieces from left to right, values in [0, 1].

        Only of numbers whose value depends on no other bid; ValueError for other functions.
        """
        raise ValueError(f"{type(self).__name__} has no graph of its own over numbers")

    def extremes(self, low: float, high: float) -> tuple[float, float]:
        """The least and the greatest value, in [0, 1], of the numbers from `low` to `high`.

        Values bend and jump only where a piece begins. Not of relative functions.
        """
        inside = [x0 for x0, *_ in self.pieces if low < x0 < high]
        values = self([low, *inside, high])
        return float(values.min()), float(values.max())

    def reaching(self, target: float, start: Any) -> float | str | None:
        """The answer nearest to `start` with a value of at least `target`, in [0, 1]; None if none.

        A start of None is a missing answer: what is nearest to the worst end is told. Where a step
        falls at the threshold x, an answer before it can only come as near as the last number
        before x.
        """
        return nearest(self.pieces, target, start)

    def falling_to(self, limit: float, start: Any) -> float | str | None:
        """The answer nearest to `start` with a value of at most `limit`, in [0, 1]; None if none.

        Where a step rises at the threshold x, the answer is the last number before x.
        """
        return nearest(upside_down(self.pieces), -limit, start)

    def refusal(self, answer: Any) -> str | None:
        """Why an answer has no value here, with what is allowed; None when it has one."""
        return None


VALUE_FUNCTIONS: Registry[type[ValueFunction]] = Registry("value function")


def clamped(values: Any) -> Floats:
    """Values held within [0, 1]."""
    return np.clip(np.asarray(values, dtype=float), 0.0, 1.0)

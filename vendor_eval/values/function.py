"""What every value function is, and the registry of them all."""

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from vendor_eval.registry import Registry

Direction = Literal["max", "min"]
Floats = NDArray[np.float64]
Points = Annotated[float, Field(ge=0, le=100)]


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

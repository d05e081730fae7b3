"""Where a tender rounds: values before they are weighed, scores before they are ranked."""

from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from vendor_eval.rules.values.function import Typed

Decimals = Annotated[int, Field(ge=0, le=6)]


def _decimals(typed: object) -> int:
    """A number of decimals."""
    if type(typed) is int and 0 <= typed <= 6:
        return typed
    allowed = "decimals from 0 to 6, for all leaves or by path"
    raise ValueError(f"found {typed!r:.80}; allowed: {allowed}")


def _values(typed: object) -> int | dict[str, int] | None:
    """Decimals for all leaves, or for each by its path."""
    if isinstance(typed, dict):
        return {str(path): _decimals(decimals) for path, decimals in typed.items()}
    return None if typed is None else _decimals(typed)


class Rounding(Typed):
    """How the ranking rounds; nothing else does."""

    values: Annotated[int | dict[str, int] | None, PlainValidator(_values)] = None
    """Decimals of points (0-100) of all leaves, or by the path of a leaf."""
    score: Decimals | None = None
    """Decimals of the score in points (0-100)."""
    how: Literal["half_up", "half_even", "down"] = "half_up"

    @model_validator(mode="after")
    def _rounds_something(self) -> Self:
        if self.values in (None, {}) and self.score is None:
            raise ValueError("found no decimals; allowed: 'values', 'score' or both")
        return self

    def decimals(self, path: str) -> int | None:
        """Decimals of the points of the leaf at a path; None where they are not rounded."""
        return self.values.get(path) if isinstance(self.values, dict) else self.values

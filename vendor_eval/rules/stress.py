"""What a stress test of the rules needs to know and the rules themselves do not say."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from vendor_eval.rules.values.function import Typed

Range = tuple[float, float]


class StressInputs(Typed):
    """What vendors may plausibly answer, how many there may be, and what a mark takes."""

    plausible: dict[str, Range] = Field(default_factory=dict)
    """By the path of a leaf that reads numbers: the least and the most to be expected."""
    vendors: Annotated[int | None, Field(ge=1, le=1000)] = None
    minutes_an_answer: Annotated[float | None, Field(gt=0, le=1440)] = None
    """What an evaluator takes to read and judge one answer of one vendor."""

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        for path, (low, high) in self.plausible.items():
            if low >= high:
                raise ValueError(
                    f"found {low:g} to {high:g} for {path!r}; allowed: the lower number first"
                )
        return self

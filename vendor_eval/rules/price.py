"""What the price of a bid is: one answer or measure, a sum of answers, or nothing."""

from typing import Annotated, Self

from pydantic import Field, PlainSerializer, PlainValidator, ValidationError, model_validator

from vendor_eval.rules.values.function import Typed

SUMMED = "price"
"""The column of a price that is summed."""


class PricePart(Typed):
    """An answer that is part of the price, and how many times it is paid."""

    answer: Annotated[str, Field(min_length=1)]
    times: Annotated[float, Field(gt=0, le=1e6)] = 1.0
    own_cost: bool = False
    """Whether it is a cost of the buyer's own, which is no part of what the vendor is paid."""
    label: Annotated[str | None, Field(min_length=1, max_length=60)] = None
    """The question that vendors are asked; the answer's name unless it is given."""

    @property
    def question(self) -> str:
        """What vendors are asked."""
        return self.label or self.answer.replace("_", " ").capitalize()


class SummedPrice(Typed):
    """A price that is the sum of several answers, each times how often it is paid."""

    sum: Annotated[tuple[PricePart, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _parts_are_separate_answers(self) -> Self:
        names = [part.answer for part in self.sum]
        if SUMMED in names:
            raise ValueError(f"found {SUMMED!r}, which names the sum; allowed: another name")
        again = [name for n, name in enumerate(names) if name in names[:n]]
        if again:
            raise ValueError(f"{again[0]!r} appears here twice; allowed: once")
        return self


def _price(typed: object) -> str | SummedPrice | None:
    """The name of an answer or a measure, a sum, or None."""
    if typed is None or isinstance(typed, SummedPrice) or (isinstance(typed, str) and typed):
        return typed
    if not isinstance(typed, dict):
        raise ValueError(
            f"found {typed!r:.80}; allowed: the name of an answer, {{sum: [...]}} or null"
        )
    try:
        return SummedPrice.model_validate(typed)
    except ValidationError as error:
        allowed = "; allowed: {sum: [{answer: fee, times: 36}, ...]}"
        says = [
            f"{'.'.join(map(str, d['loc']))}: {d['msg']}{allowed}"
            if d["loc"]
            else d["msg"].removeprefix("Value error, ")
            for d in error.errors()
        ]
        raise ValueError("; ".join(says)) from None


Price = Annotated[str | SummedPrice | None, PlainValidator(_price), PlainSerializer(lambda p: p)]

"""Gates: conditions that every vendor must meet, regardless of its score."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, PlainValidator, model_validator

from vendor_eval.rules.criteria import Label, Measuring, Text
from vendor_eval.rules.estimates import finite
from vendor_eval.rules.scales import Id
from vendor_eval.rules.values.function import OneForm, Typed


def _answer(typed: object) -> str | float:
    """A text, or a finite number, that an answer may be equal to."""
    if isinstance(typed, str):
        return typed
    number = finite(typed)
    if number is None:
        raise ValueError(f"found {typed!r:.80}; allowed: a text (in quotes) or a number")
    return number


def _moment(typed: object) -> date | str:
    """A date, or the name of one that the rules give elsewhere."""
    if type(typed) is date or typed in ("as_of", "start"):
        return typed
    raise ValueError(f"found {typed!r}; allowed: a date such as 2026-11-20, 'as_of' or 'start'")


Answer = Annotated[str | float, PlainValidator(_answer)]
SHORTLIST = "shortlist"
"""The id of the gate that a shortlist is, decided after all others."""


class Condition(OneForm):
    """What a gate asks: exactly one of its forms."""

    equals: Answer | None = None
    one_of: Annotated[tuple[Answer, ...] | None, Field(min_length=1)] = None
    at_least: float | None = None
    at_most: float | None = None
    not_before: Annotated[date | str, PlainValidator(_moment)] | None = None
    best: Annotated[int, Field(ge=1)] | None = None
    """How many go on of those that pass every other gate; entered as `shortlist`."""

    @property
    def accepted(self) -> tuple[str | float, ...]:
        """The answers that pass, where it names them."""
        return self.one_of or (() if self.equals is None else (self.equals,))

    @property
    def bounded(self) -> bool:
        """Whether it asks for a number, or for points, on one side of a bound."""
        return self.at_least is not None or self.at_most is not None

    @property
    def numeric(self) -> bool:
        """Whether an answer may be read as a number: against a bound, or against one it names."""
        return self.bounded or any(isinstance(answer, float) for answer in self.accepted)


class Gate(Typed):
    """A condition every vendor must meet: on an answer, or on the value of a criterion."""

    id: Id
    label: Label
    rule: Condition
    answer: Text | None = None
    measure: Measuring | None = None
    criterion: Text | None = None

    @model_validator(mode="after")
    def _reads_one_thing(self) -> Self:
        read = {"answer": self.answer, "measure": self.measure, "criterion": self.criterion}
        named = [name for name, typed in read.items() if typed is not None]
        if len(named) != 1:
            raise ValueError(
                f"found {' and '.join(map(repr, named)) or 'none'}; "
                "allowed: one of 'answer', 'measure' or 'criterion'"
            )
        if self.criterion and self.rule.form == "not_before":
            raise ValueError(
                f"found {self.rule.form!r} on a criterion; "
                "allowed: 'at_least' or 'at_most', in points"
            )
        if self.rule.best and (self.id != SHORTLIST or not self.criterion):
            raise ValueError("found 'best' in a gate; allowed: the key 'shortlist' of the rules")
        return self

    @property
    def reads_level(self) -> bool:
        """Whether it asks for certain levels of a criterion that a panel judges."""
        return self.criterion is not None and not self.rule.bounded and not self.rule.best

    @property
    def reads(self) -> str | None:
        """The column of the answers that it reads; None where it reads a criterion's points."""
        if self.reads_level:
            return f"panel({self.criterion})"
        return self.measure.column if self.measure is not None else self.answer


class Shortlist(Typed):
    """Only the best go on, by the points of one criterion."""

    criterion: Text
    best: Annotated[int, Field(ge=1)]

    def gate(self, label: str) -> Gate:
        """The gate that it is; `label`: of the criterion."""
        named = f"Best {self.best} on {label}"
        rule = Condition(best=self.best)
        return Gate(id=SHORTLIST, label=named[:60], criterion=self.criterion, rule=rule)

"""Measures of service levels: the figure that is offered, and the charge at risk for it."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from vendor_eval.bids.response import Cell
from vendor_eval.errors import nearest, quoted
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.service_levels import PART, credit, offered, window
from vendor_eval.rules.rules import Rules

Level = Annotated[str, Field(min_length=1)]
AT_RISK = ("price_terms", "at_risk")
"""The question for what is at risk over all service levels."""


def _unknown(level: str, rules: Rules) -> Iterator[str]:
    """That the rules name no such service level, and which they name."""
    known = [each.id for each in rules.service.levels] if rules.service else []
    if known and level not in known:
        hint = nearest(level, known) or f"; allowed: {quoted(known)}"
        yield f"the rules name no service level {level!r}{hint}"


@MEASURES.register("service_level_offered")
class ServiceLevelOffered(Measure):
    """The figure that a vendor commits to for one service level of `service.levels`."""

    about = "The figure that a vendor commits to for one service level of `service.levels`."
    needs: ClassVar[tuple[str, ...]] = ("service.levels",)

    level: Level

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(f"{PART}.{id}" for id in (offered(self.level), window(self.level)))

    def __call__(self, facts: Facts) -> Measured:
        figure = facts.response.answer(PART, offered(self.level))
        over = facts.response.answer(PART, window(self.level))
        if figure is None:
            return Measured(None, (over,) if over else (), f"{offered(self.level)} is blank")
        note = f"measured over {over.text}" if over else "over what it is measured is blank"
        return _number(figure, 1, (figure, over) if over else (figure,), note)

    def contradictions(self, rules: Rules) -> Iterator[str]:
        yield from _unknown(self.level, rules)


@MEASURES.register("credit_at_risk_share")
class CreditAtRiskShare(Measure):
    """Part of a month's charge at risk as service credits: over all levels, or for one `level`."""

    about = (
        "Part of a month's charge at risk as service credits: over all levels, or for one `level`."
    )
    unit: ClassVar[str] = "%"

    level: Level | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        return ("service.levels",) if self.level is not None else ()

    @property
    def _asked(self) -> tuple[str, str]:
        return AT_RISK if self.level is None else (PART, credit(self.level))

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({".".join(self._asked)})

    def __call__(self, facts: Facts) -> Measured:
        cell = facts.response.answer(*self._asked)
        if cell is None:
            return Measured(None, note=f"{self._asked[1]} is blank; 0 % if there is none")
        return _number(cell, 100, (cell,), "of the monthly charge")

    def contradictions(self, rules: Rules) -> Iterator[str]:
        if self.level is not None:
            yield from _unknown(self.level, rules)


def _number(cell: Cell, times: float, cells: tuple[Cell, ...], note: str) -> Measured:
    """A cell's number, multiplied; nothing where it is no number of at least 0."""
    if not isinstance(cell.value, float) or cell.value < 0:
        return Measured(None, cells, f"{cell.place}: found {cell.typed!r}; needed: at least 0")
    return Measured(cell.value * times, cells, note)

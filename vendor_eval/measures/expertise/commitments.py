"""Measures of continuous improvement: only what is contractual and priced counts."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pydantic import Field

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.expertise import COMMITMENTS
from vendor_eval.questionnaire.grades import YES
from vendor_eval.rules.rules import Rules


@dataclass(frozen=True)
class Promise:
    """One row of the commitments: what it comes to, and why it comes to nothing if it does."""

    row: Row
    amount: float | None
    """A year, in the rules' currency; None where none is given in it."""
    share: float | None
    """Per cent of the charges, 0 to 100; None where none is given."""
    lacks: str
    """What keeps it from counting at all; empty where nothing does."""

    @property
    def counts(self) -> bool:
        """Whether it counts in the years from its first on."""
        return not self.lacks

    @property
    def first_year(self) -> float:
        """The contract year from which it counts."""
        return self.row["from_year"].number


def promises(response: Response, currency: str) -> tuple[Promise, ...]:
    """A vendor's commitments, and whether each of them counts."""
    return tuple(_promise(row, currency) for row in response.rows(COMMITMENTS.id))


def _promise(row: Row, currency: str) -> Promise:
    amount, share = _positive(row.get("amount")), _positive(row.get("share"))
    per_cent = None if share is None else 100 * share
    lacks = _unbound(row) or _unsized(row, currency) or _unread(row, amount, per_cent)
    return Promise(row, amount, per_cent, lacks)


def _unbound(row: Row) -> str:
    """What leaves a commitment without force; empty where it is contractual and priced."""
    for column in ("contractual", "priced"):
        if column not in row:
            return f"not stated as {column}"
        if row[column].text != YES:
            return f"not {column}"
    return ""


def _unsized(row: Row, currency: str) -> str:
    """Why a commitment's amount is unknown; empty where it is known."""
    if "amount" not in row and "share" not in row:
        return "no saving is given"
    stated = row["currency"].text if "currency" in row else "no currency"
    if "amount" in row and stated != currency:
        return f"its saving is in {stated}; only {currency} is counted"
    return ""


def _unread(row: Row, amount: float | None, share: float | None) -> str:
    """What is wrong with a commitment's numbers; empty where nothing is."""
    year = row["from_year"].value if "from_year" in row else None
    if not isinstance(year, float) or year < 1:
        return "no contract year from 1 on is given"
    if ("amount" in row and amount is None) or ("share" in row and share is None):
        return "its saving is not above 0"
    return "its share is more than all of the charges" if share and share > 100 else ""


def _positive(cell: Cell | None) -> float | None:
    return cell.value if cell and isinstance(cell.value, float) and cell.value > 0 else None


class Committed(Measure):
    """What measures of commitments share: the contract year they are counted in."""

    year: Annotated[int, Field(ge=1, le=30)]

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({COMMITMENTS.id})

    def total(self, facts: Facts, size: Callable[[Promise], float | None]) -> Measured:
        """What commitments come to in that year, with why others come to nothing."""
        every = promises(facts.response, facts.rules.currency)
        if not every:
            return Measured(0.0, note="no commitment is offered")
        begun = [p for p in every if p.counts and p.first_year <= self.year]
        sizes = [amount for p in begun if (amount := size(p)) is not None]
        cells = tuple(cell for p in every for cell in p.row.values())
        notes = [f"commitments that count in year {self.year}: {len(sizes)} of {len(every)}"]
        notes += [f"{p.row['commitment'].place}: {p.lacks}" for p in every if p.lacks]
        return Measured(math.fsum(sizes), cells, "; ".join(notes))


@MEASURES.register("committed_saving")
class CommittedSaving(Committed):
    """Savings in one contract year that are contractual and priced, in the rules' currency."""

    about = "Savings in one contract year that are contractual and priced, in the rules' currency."
    unit: ClassVar[str] = "in the rules' currency"

    def __call__(self, facts: Facts) -> Measured:
        return self.total(facts, lambda promise: promise.amount)


@MEASURES.register("committed_share")
class CommittedShare(Committed):
    """Savings in one contract year that are contractual and priced, as shares of the charges."""

    about = (
        "Savings in one contract year that are contractual and priced, as shares of the charges."
    )
    unit: ClassVar[str] = "%"

    def __call__(self, facts: Facts) -> Measured:
        return self.total(facts, lambda promise: promise.share)

"""Measures of references: clients of a sector and size, and the years spent with them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.errors import known
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.expertise import CONFIRMED, REFERENCES, SECTORS
from vendor_eval.questionnaire.grades import YES
from vendor_eval.rules.plain_text import folded
from vendor_eval.rules.rules import Rules

Sector = Annotated[str, AfterValidator(partial(known, names=SECTORS))]


@dataclass(frozen=True)
class Counted:
    """The references that count, with the years each spans, and why others show too little."""

    rows: tuple[Row, ...]
    spans: tuple[tuple[int, int], ...]
    doubts: tuple[str, ...]


class Referring(Measure):
    """What measures of references share: which references count."""

    needs: ClassVar[tuple[str, ...]] = ("as_of",)

    sector: Sector | None = None
    at_least_fte: Annotated[float, Field(ge=0)] = 0
    ended_within_years: Annotated[int, Field(ge=0)] | None = None
    proof: Literal["named", "may be asked", "confirmed"] = "named"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(f"{REFERENCES.id}.{column}" for column in _LOOKED)

    def counted(self, response: Response, rules: Rules) -> Counted:
        """The references of this sector, size, age and proof, at the rules' `as_of`."""
        if rules.as_of is None:
            raise ValueError("the rules give no 'as_of'")
        rows, spans, doubts = [], [], []
        for row in response.rows(REFERENCES.id):
            unshown = self._unshown(row)
            if not unshown and not self._matches(row):
                continue
            faulty, span = _span(row, rules.as_of.year)
            if doubt := unshown or faulty:
                doubts.append(doubt)
            elif self._recent(span, rules.as_of.year):
                rows.append(row)
                spans.append(span)
        return Counted(tuple(rows), tuple(spans), tuple(doubts))

    def measured(self, value: float, counted: Counted, response: Response) -> Measured:
        """What was found, with the cells that were looked at and how many references count."""
        every = response.rows(REFERENCES.id)
        looked = [row[name] for row in every for name in _LOOKED if name in row]
        if not every:
            return Measured(None, note="no reference is listed")
        count = f"references that count: {len(counted.rows)} of {len(every)}"
        return Measured(value, tuple(looked), "; ".join([count, *counted.doubts]))

    def _unshown(self, row: Row) -> str:
        """What is asked for and not shown, so that a reference cannot count."""
        client = row["client"].place
        if self.sector is not None and "sector" not in row:
            return f"{client}: its sector is blank"
        size = row.get("fte")
        if self.at_least_fte and (size is None or not isinstance(size.value, float)):
            return f"{client}: its size is {repr(size.typed) if size else 'blank'}, no number"
        return ""

    def _matches(self, row: Row) -> bool:
        return (
            (self.sector is None or _says(row, "sector", self.sector))
            and (not self.at_least_fte or row["fte"].number >= self.at_least_fte)
            and (self.proof != "may be asked" or _says(row, "may_check", YES))
            and (self.proof != "confirmed" or _says(row, "checked", CONFIRMED))
        )

    def _recent(self, span: tuple[int, int], year: int) -> bool:
        return self.ended_within_years is None or year - span[1] <= self.ended_within_years


@MEASURES.register("references")
class References(Referring):
    """Clients named as references that are of a sector and size, each client once."""

    about = "Clients named as references that are of a sector and size, each client once."
    unit: ClassVar[str] = "clients"

    def __call__(self, facts: Facts) -> Measured:
        counted = self.counted(facts.response, facts.rules)
        clients = {folded(row["client"].text) for row in counted.rows}
        return self.measured(float(len(clients)), counted, facts.response)


@MEASURES.register("reference_years")
class ReferenceYears(Referring):
    """Years spent with references of a sector and size, each calendar year once."""

    about = "Years spent with references of a sector and size, each calendar year once."
    unit: ClassVar[str] = "years"

    def __call__(self, facts: Facts) -> Measured:
        counted = self.counted(facts.response, facts.rules)
        years = {year for span in counted.spans for year in range(*span)}
        return self.measured(float(len(years)), counted, facts.response)


_LOOKED = ("client", "sector", "fte", "from_year", "until_year", "may_check", "checked")
_OLDEST = 1900
"""No client was served before: a smaller number is a count of years, or a slip."""


def _says(row: Row, column: str, wanted: str) -> bool:
    return column in row and row[column].text == wanted


def _span(row: Row, year: int) -> tuple[str, tuple[int, int]]:
    """What is wrong with a reference's years, or nothing and the first and the last of them.

    From 2019 until 2021 spans the two years 2019 and 2020. What lies after `year` is not yet done.
    """
    begins, ends = row.get("from_year"), row.get("until_year")
    client = row["client"].place
    faults = list(_year_faults(begins, ends, year))
    if begins is None or faults:
        return f"{client}: {faults[0] if faults else 'its first year is blank'}", (0, 0)
    last = year if ends is None else min(int(ends.number), year)
    return "", (int(begins.number), last)


def _year_faults(begins: Cell | None, ends: Cell | None, year: int) -> Iterator[str]:
    for cell in filter(None, (begins, ends)):
        if not isinstance(cell.value, float) or not cell.value.is_integer():
            yield f"{cell.text!r} is no year"
            return
        if not _OLDEST <= cell.value <= 9999:
            yield f"{cell.text} is no year"
            return
    if begins and begins.number > year:
        yield f"it begins only in {begins.text}"
    if begins and ends and ends.number < begins.number:
        yield f"it ends in {ends.text}, before it begins"

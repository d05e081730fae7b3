"""A vendor's response as it was read from its workbook: every value with the cell it stands in."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from vendor_eval.errors import Fault
from vendor_eval.questionnaire.sheet import holds
from vendor_eval.rules.estimates import Estimate
from vendor_eval.rules.plain_text import folded
from vendor_eval.wording import plain
from vendor_eval.wording.short_repr import ShortRepr

Value = float | Estimate | str | date
LAST_DIGITS = re.compile(r"\d+\Z")
"""The row in a cell's name."""


@dataclass(frozen=True)
class Cell(ShortRepr):
    """One thing a vendor entered: what it was read as, where it is, and the cell's content.

    `typed` is cut after 300 characters, `value` never.
    `note` says how it was read where that is not letter for letter, as "1.234,50 EUR read as
    1234.5".
    """

    value: Value
    place: str
    typed: str
    note: str = ""
    corrected_to: str = ""
    """What the buyer corrected it to; "" where it was not."""
    answered: bool = False
    """Whether it was corrected by its vendor's own answer."""
    comment: str = ""
    """What comments on the cell say."""

    @property
    def content(self) -> str:
        """What it is read from, by the one name that all messages use.

        That is what its sheet shows, as "300 %", or what the buyer corrected it to.
        """
        return self.corrected_to or self.typed

    @property
    def respelt(self) -> bool:
        """Whether the cell's content differs by case or spaces alone from what was read."""
        same = folded(self.typed) == folded(self.text)
        return same and self.note == f"{self.typed!r} read as {self.text!r}"

    @property
    def number(self) -> float:
        """The value, where its kind is a number; raises TypeError elsewhere."""
        if isinstance(self.value, float):
            return self.value
        raise TypeError(f"{self.place} holds no number")

    @property
    def day(self) -> date:
        """The value, where its kind is a date; raises TypeError elsewhere."""
        if isinstance(self.value, date):
            return self.value
        raise TypeError(f"{self.place} holds no date")

    @property
    def text(self) -> str:
        """The value as text."""
        return as_text(self.value)


def as_text(value: Value) -> str:
    """What a cell may hold as text: numbers in as many digits as they have, dates in ISO form."""
    if isinstance(value, Estimate):
        return value.text
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else plain(value)


Row = Mapping[str, Cell]
"""What a row of a table holds, by the id of the column; what is blank is not in it."""


@dataclass(frozen=True)
class Answer(ShortRepr):
    """A form's answer with the evidence named for it; what is blank is None."""

    answer: Cell | None
    evidence: Cell | None = None


@dataclass(frozen=True)
class Comment:
    """A vendor's comment on a cell: where, by whom, what it says, and what the cell shows."""

    place: str
    author: str
    text: str
    content: str = ""

    @property
    def line(self) -> str:
        """The comment in a line."""
        by = f" by {self.author!r}" if self.author else ""
        return f"{self.place}: a comment{by} says {self.text!r}"


@dataclass(frozen=True)
class Response(ShortRepr):
    """One vendor's workbook. Forms and tables stand by the ids of the questionnaire."""

    vendor: str
    source: str
    """The file's name, as faults name it."""
    forms: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    """By form and question."""
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    """By table, rows as entered, without empty ones."""
    fingerprint: str | None = None
    """The rules' fingerprint that the workbook carries; None where it carries none."""
    notes: tuple[str, ...] = ()
    """What a reader should know of how the workbook was read, each with its place."""
    faults: tuple[Fault, ...] = ()
    """What could not be read; the cells concerned are blank in `forms` and `tables`."""

    asked_at: Mapping[str, str] = field(default_factory=dict)
    """Where each question is asked, by "part.field": a form's answer cell as faults name it, or the
    letters of a table's column; by "part" the sheet."""
    comments: tuple[Comment, ...] = ()
    """The vendor's own comments, without those of the template that it filled in."""
    corrected: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Cells that the buyer corrected: by the place a correction names, the cell and its text."""

    def answer(self, form: str, question: str) -> Cell | None:
        """The answer to one question of a form; None where it is blank or was not asked."""
        given = self.forms.get(form, {}).get(question)
        return given.answer if given else None

    def place(self, asked: str, row: Row | None = None) -> str:
        """Where a question is answered, blank or not: a cell as faults name it, else its sheet.

        `asked`: "part" or "part.field"; `row`: a row of the table that it is a column of.
        """
        part, _, name = asked.partition(".")
        if row is not None and name in row:
            return row[name].place
        stated = self.asked_at.get(asked)
        if row is not None:
            sheet, _, at = next(iter(row.values())).place.rpartition("!")
            number = LAST_DIGITS.search(at)
            return f"{sheet}!{stated or name}{number[0] if number else ''}"
        answer = self.forms.get(part, {}).get(name)
        if answer is not None and answer.answer is not None:
            return answer.answer.place
        if stated and stated.startswith(f"{self.source}!"):
            return stated
        return self.asked_at.get(part) or f"{self.source}!{asked.replace('.', '!')}"

    @property
    def unread(self) -> bool:
        """Whether nothing of it could be read, or it does not say whose it is."""
        return any(not fault.about for fault in self.faults)

    def spoilt(self, asked: Collection[str]) -> tuple[Fault, ...]:
        """The faults in what stands under some ids, each "part" or "part.field"."""
        parts = {id.partition(".")[0] for id in asked}
        whole = {id for id in asked if "." not in id}
        return tuple(
            fault
            for fault in self.faults
            if not fault.about
            or any(
                id in asked or (id in parts if "." not in id else id.partition(".")[0] in whole)
                for id in fault.about
            )
        )

    def rows(self, table: str) -> tuple[Row, ...]:
        """The rows of a table; none where it is empty or was not asked."""
        return self.tables.get(table, ())

    def limited(self, questions: Collection[str]) -> "Response":
        """This response with nothing but these questions, each "part" or "part.field"."""
        forms = {
            part: {id: answer for id, answer in asked.items() if holds(questions, part, id)}
            for part, asked in self.forms.items()
        }
        tables = {
            part: tuple(
                {id: cell for id, cell in row.items() if holds(questions, part, id)} for row in rows
            )
            for part, rows in self.tables.items()
        }
        kept = {part: tuple(row for row in rows if row) for part, rows in tables.items()}
        return replace(self, forms=forms, tables=kept)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that was read: forms first, then tables."""
        answers = [a for form in self.forms.values() for a in form.values()]
        answered = [cell for a in answers for cell in (a.answer, a.evidence) if cell]
        rows = [row for table in self.tables.values() for row in table]
        return (*answered, *(cell for row in rows for cell in row.values()))

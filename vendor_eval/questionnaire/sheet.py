"""What a response workbook asks, as data: the template is written from it and read back by it."""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal[
    "text",
    "number",
    "count",
    "money",
    "share",
    "date",
    "choice",
    "country",
    "language",
    "currency",
    "hours",
    "time_zone",
]
"""How an answer is read.

`number`: any number, or a range such as 10..20 where the rules weigh it; with the unit "%" in per
cent. `count`: a whole number of at least 0. `money`: an amount, in the currency of `currency_of`.
`share`: a fraction, typed as a percentage. `date`: a day. `choice`: one of `allowed`, or several of
them. `country`, `language` and `currency`: a name or a code, held as ISO 3166-1 alpha-2, as CLDR's
code of the language, and as ISO 4217. `hours`: times of a day, as written. `time_zone`: a name of
the IANA database. `text`: as written.
"""
SEPARATOR = "; "
"""What separates several choices, as they are held."""


@dataclass(frozen=True)
class Question:
    """One thing that is asked: a column of a table, or a question of a form."""

    id: str
    label: str
    """The column's header, or the question."""
    kind: Kind = "text"
    unit: str = ""
    allowed: tuple[str, ...] = ()
    """What a choice may be, or the languages or currencies that are offered first."""
    needed: bool = False
    """Whether a row of a table that holds anything must hold this."""
    help: str = ""
    """What to write there, for the note on the cell."""
    least: float | None = None
    """The least number that may be answered, in the unit asked; None where there is none."""
    buyers: bool = False
    """Whether the buyer fills it in once the workbook is back."""
    called: tuple[str, ...] = ()
    """What each of `allowed` is called where vendors read it; empty where that is no different."""
    several: bool = False
    """Whether a choice may be several of `allowed`, held with `SEPARATOR` between them."""

    @property
    def offered(self) -> tuple[str, ...]:
        """The choices as vendors read them."""
        return self.called or self.allowed


def currency_of(asked: Question, fields: Sequence[Question]) -> str | None:
    """The id of the field that states an amount's currency, among the fields of its part.

    It is the next one after the amount whose id is `currency` or ends in `_currency`; for an
    amount with none after it, the part's `currency`; None where the part has none.
    """
    ids = [field.id for field in fields]
    after = (id for id in ids[ids.index(asked.id) + 1 :] if f"_{id}".endswith("_currency"))
    return next(after, "currency" if "currency" in ids else None)


@dataclass(frozen=True)
class Form:
    """Questions one below the other, each with its id, unit, answer and evidence."""

    id: str
    sheet: str
    title: str
    fields: tuple[Question, ...]
    about: str = ""

    def limited(self, questions: Collection[str]) -> "Form":
        """This form with nothing but these questions, each "part" or "part.field"."""
        kept = (field for field in self.fields if holds(questions, self.id, field.id))
        return replace(self, fields=tuple(kept))


@dataclass(frozen=True)
class Table:
    """Columns to be filled with as many rows as a vendor has entries."""

    id: str
    sheet: str
    title: str
    fields: tuple[Question, ...]
    about: str = ""
    rows: int = 20
    """Empty rows that the template offers."""

    def limited(self, questions: Collection[str]) -> "Table":
        """This table with nothing but these columns, each "part" or "part.field".

        A table that has any of them keeps what every row must hold, its first column, and the
        currencies of its amounts: without these no row can be read.
        """
        asked = [field for field in self.fields if holds(questions, self.id, field.id)]
        if not asked:
            return replace(self, fields=())
        kept = {field.id for field in (self.fields[0], *asked)}
        kept |= {field.id for field in self.fields if field.needed}
        kept |= {currency_of(field, self.fields) or "" for field in asked if field.kind == "money"}
        return replace(self, fields=tuple(field for field in self.fields if field.id in kept))


@dataclass(frozen=True)
class Questionnaire:
    """Everything that is asked, in the order of the sheets."""

    parts: tuple[Form | Table, ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets, in order."""
        return tuple(dict.fromkeys(part.sheet for part in self.parts))

    @property
    def questions(self) -> frozenset[str]:
        """The id of every question, as "part.field"."""
        return frozenset(f"{part.id}.{field.id}" for part in self.parts for field in part.fields)

    @property
    def version(self) -> str:
        """The sha256 of what is asked: it changes with a question, not with how it is explained."""
        asked = [
            (part.id, f.id, f.label, f.kind, f.unit, f.allowed, f.called, f.several, f.needed)
            for part in self.parts
            for f in part.fields
        ]
        return "sha256:" + hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def holds(questions: Collection[str], part: str, field: str) -> bool:
    """Whether a field of a form or table is among questions, each "part" or "part.field"."""
    return part in questions or f"{part}.{field}" in questions

"""Vendors' proposals as they were read: every answer as text, with its place."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, halves of characters, and what turns the order of what is read, so that a
name could pose as another."""


def text(raw: str) -> str:
    """Text trimmed of spaces and no-break spaces, in Unicode NFC: the form that is compared."""
    return unicodedata.normalize("NFC", raw).strip()


def unseen(text: str) -> str | None:
    """The first character that controls how text is shown, line breaks and tabs left out."""
    found = UNSEEN.search(text)
    return found[0] if found else None


@dataclass(frozen=True)
class Origin:
    """Where an answer comes from: its place, the cells it was found in as (place, text), and how.

    A blank answer's `note` says why there is nothing, where that is known.
    """

    place: str
    cells: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, eq=False)
class Proposals:
    """What the vendors answered.

    `answers`: vendors x columns, text as read and trimmed; a missing answer is "".
    `source`: the file, as faults name it. `unread`: columns that no rule reads. `origins`: by
    vendor and column, for answers that were read from workbooks.
    """

    answers: pd.DataFrame
    source: str
    unread: tuple[str, ...] = ()
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)

    @property
    def vendors(self) -> tuple[str, ...]:
        """Vendors' names in the order of the file."""
        return tuple(self.answers.index)

    def place(self, vendor: str, column: str) -> str:
        """Where an answer stands: `proposals.csv!Beta!english_level`, `Beta.xlsx!Answers!D14`."""
        origin = self.origins.get((vendor, column))
        return origin.place if origin else f"{self.source}!{vendor}!{column}"

    def without(self, vendor: str) -> "Proposals":
        """These proposals with one vendor's bid withdrawn."""
        return replace(self, answers=self.answers.drop(index=vendor))


def proposals(
    answers: Mapping[str, Mapping[str, object]], *, source: str = "proposals"
) -> Proposals:
    """Proposals from plain mappings, vendor -> column -> answer; None and "" are missing."""
    columns = list(dict.fromkeys(column for row in answers.values() for column in row))
    rows = {
        vendor: ["" if row.get(c) is None else text(str(row[c])) for c in columns]
        for vendor, row in answers.items()
    }
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=columns, dtype=object)
    return Proposals(frame, source)

"""Vendors' proposals as they were read: every answer as text, with its place."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from vendor_eval.errors import Fault
from vendor_eval.rules.estimates import Estimate, estimate
from vendor_eval.rules.plain_text import folded, text
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True)
class SourceFile(ShortRepr):
    """A file that was read: its name in the folder, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The sha256 of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Origin(ShortRepr):
    """Where an answer comes from: its place, the cells it was found in as (place, text), and how.

    A blank answer's `note` says why there is nothing, where that is known.
    """

    place: str
    cells: tuple[tuple[str, str], ...] = ()
    note: str = ""
    evidence: tuple[tuple[str, str], ...] = ()
    """What the vendor names as evidence for these cells, as (place, text)."""
    lacks: tuple[Fault, ...] = ()
    """Of a blank that was measured: what would have to be given, and by whom."""
    comments: tuple[tuple[str, str], ...] = ()
    """What the vendor's comments on these cells say, as (place, text)."""
    unread: bool = False
    """Whether the answer would be in an envelope that nobody read; `note` says why."""

    @property
    def ours(self) -> bool:
        """Whether the buyer alone can fill a blank, so that no vendor is asked about it."""
        return bool(self.lacks) and all(fault.audience == "buyer" for fault in self.lacks)


NAME = 60
"""Characters that a vendor's name may have: more would push the first screen off a phone."""
UNPRINTED = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {
    chr(selector) for selector in range(0xFE00, 0xFE10)
}
"""What takes no room though it is no format character: joiners, fillers, variation selectors."""


def as_seen(name: str) -> str:
    """A name as a reader can tell it from another: no case, no zero width, one kind of space."""
    seen = (c for c in name if unicodedata.category(c) != "Cf" and c not in UNPRINTED)
    return folded("".join(seen))


def letters_alone(name: str) -> str:
    """A name by its letters and digits, without what it may be written with or without."""
    seen = as_seen(name)
    return re.sub(r"[\W_]+", "", seen) or seen


@dataclass(frozen=True, eq=False)
class Proposals(ShortRepr):
    """What the vendors answered, in the order of their names, so that no digit hangs on a file's.

    `answers`: vendors x columns, text as read and trimmed; a missing answer is "".
    `source`: the file, as faults name it. `unread`: columns that no rule reads. `origins`: by
    vendor and column, for answers that were read from workbooks. `faults`: by vendor, what could
    not be read. `spoilt`: each (vendor, column) that is blank here because of a fault.
    `estimates`: by vendor and column, every answer that is a number or a range; those that were
    read as such are kept, the others are read from their text.
    """

    answers: pd.DataFrame
    source: str
    unread: tuple[str, ...] = ()
    origins: Mapping[tuple[str, str], Origin] = field(default_factory=dict)
    faults: Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    spoilt: frozenset[tuple[str, str]] = frozenset()
    excluded: Mapping[str, str] = field(default_factory=dict)
    """The ground on which the buyer excluded a vendor, by vendor."""
    investigated: frozenset[str] = frozenset()
    """Vendors of whose low price the buyer recorded an investigation."""
    corrected: frozenset[str] = frozenset()
    """The places of cells that the buyer corrected."""
    estimates: Mapping[tuple[str, str], Estimate] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    """The file of each column that is not in `source`."""

    def __post_init__(self) -> None:
        # sums of floats depend on the order of their parts
        object.__setattr__(self, "answers", self.answers.sort_index(kind="stable"))
        object.__setattr__(self, "estimates", dict(_estimates(self.answers, self.estimates)))

    @cached_property
    def vendors(self) -> tuple[str, ...]:
        """Vendors' names, sorted."""
        return tuple(self.answers.index)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Where each vendor stands among `vendors`."""
        return {vendor: row for row, vendor in enumerate(self.vendors)}

    def estimate(self, vendor: str, column: str) -> Estimate:
        """The number or range in an answer.

        Raises ValueError, with what was found and what is allowed, when the answer is neither.
        """
        read = self.estimates.get((vendor, column))
        return read or estimate(str(self.answers.at[vendor, column]))

    def place(self, vendor: str, column: str) -> str:
        """Where an answer stands: `proposals.csv!Beta!english_level`, `Beta.xlsx!Answers!D14`."""
        origin = self.origins.get((vendor, column))
        return origin.place if origin else f"{self.file_of(column)}!{vendor}!{column}"

    def cells(self, vendor: str, column: str) -> tuple[tuple[str, str], ...]:
        """The cells that an answer was found in, as (place, text); none of a table's answer."""
        origin = self.origins.get((vendor, column))
        return origin.cells if origin else ()

    def places(self, vendor: str, column: str) -> tuple[str, ...]:
        """The places of these cells."""
        return tuple(place for place, _ in self.cells(vendor, column))

    def file_of(self, column: str) -> str:
        """The table that a column stands in."""
        return self.sources.get(column, self.source)

    def absence(self, vendor: str, column: str) -> str:
        """What is shown for an answer that is not there: "no answer", or why nobody read it."""
        origin = self.origins.get((vendor, column))
        return origin.note if origin and origin.unread else "no answer"

    def without(self, vendor: str) -> "Proposals":
        """These proposals with one vendor's bid withdrawn."""
        faults = {name: theirs for name, theirs in self.faults.items() if name != vendor}
        return replace(self, answers=self.answers.drop(index=vendor), faults=faults)


def _estimates(
    answers: pd.DataFrame, read: Mapping[tuple[str, str], Estimate]
) -> Iterator[tuple[tuple[str, str], Estimate]]:
    """The answers that are numbers or ranges: those of `read` whose text stands, and all others."""
    for column in answers.columns:
        for vendor, answer in answers[column].items():
            known = read.get((vendor, column))
            if known is not None and known.text == answer:
                yield (vendor, column), known
            elif answer:
                with suppress(ValueError):
                    yield (vendor, column), estimate(answer)


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


def with_faults(proposals: Proposals, faults: Iterator[Fault] | Sequence[Fault]) -> Proposals:
    """The table with more faults of its vendors, after those it has."""
    met = {vendor: list(theirs) for vendor, theirs in proposals.faults.items()}
    for fault in faults:
        met.setdefault(str(fault.vendor), []).append(fault)
    known = {v: tuple(dict.fromkeys(theirs)) for v, theirs in met.items() if v in proposals.rows}
    return replace(proposals, faults=known)

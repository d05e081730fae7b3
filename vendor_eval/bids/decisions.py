"""What the buyer decided of bids, as entered in `decisions.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, PlainValidator, model_validator

from vendor_eval.bids.proposal import letters_alone
from vendor_eval.bids.response import as_text
from vendor_eval.rules.criteria import Text
from vendor_eval.rules.estimates import finite
from vendor_eval.rules.values.function import Typed
from vendor_eval.wording.short_repr import ShortRepr

ATTACHMENTS = "attachments"
"""The folder of what vendors send alongside their workbooks."""
Ground = Literal["reading", "arithmetic", "obvious", "answer"]
"""Why a cell is corrected: it could not be read, its sum is wrong, the slip is plain to see, or the
vendor answered a question about it."""
GROUNDS: Mapping[Ground, str] = {
    "reading": "how the cell is read",
    "arithmetic": "the sum is wrong",
    "obvious": "an obvious slip",
    "answer": "the vendor's answer",
}
"""Grounds in words."""


def _entered(value: Any) -> float | str | date:
    """What a cell may hold, as entered in YAML."""
    if isinstance(value, str):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    number = finite(value)
    if number is not None:
        return number
    raise ValueError("allowed: a number, a date such as 2026-11-20, or text in quotes")


Entered = Annotated[float | str | date, PlainValidator(_entered)]


class Decision(Typed):
    """Who decided, on which day, and why."""

    # a folder without decisions does not pay for building these models
    model_config = ConfigDict(defer_build=True)

    kind: str
    by: Text
    on: date
    reason: Text


class Approved(Decision):
    """A decision that touches a bid: a second person approves it."""

    approved_by: Text

    @model_validator(mode="after")
    def _two_persons(self) -> Self:
        if letters_alone(self.by) == letters_alone(self.approved_by):
            both = f"{self.approved_by!r} both decides and approves"
            raise ValueError(f"{both}; allowed: another person in 'approved_by'")
        return self


class Correction(Approved):
    """One cell of a bid that is read as `value` in place of what it holds."""

    kind: Literal["correction"]
    vendor: Text
    at: Text
    """The cell as faults name it: `Alder.xlsx!Pricing!E8`, `proposals.csv!Beta!english_level`."""
    found: Entered
    """What the cell holds, as it is shown; "" for a blank one."""
    value: Entered
    """What it is read as; "" for a blank one."""
    ground: Ground
    proof: Text | None = None
    """A file under `attachments/` that shows it."""
    calculation: Text | None = None
    """The sum as it is done rightly, where the ground is that it is wrong."""

    @model_validator(mode="after")
    def _proved(self) -> Self:
        if self.ground == "answer" and self.proof is None:
            raise ValueError(
                "'proof' is missing; allowed with the ground 'answer': a file under "
                f"{ATTACHMENTS}/ that holds the vendor's answer"
            )
        if self.ground == "arithmetic" and self.proof is None and self.calculation is None:
            raise ValueError(
                "'calculation' is missing; allowed with the ground 'arithmetic': the calculation, "
                f"or a 'proof', a file under {ATTACHMENTS}/ that shows it"
            )
        if not self.becomes and not self.holds:
            raise ValueError("found a blank for a blank; allowed: what the cell is to be read as")
        if not self.becomes and self.ground == "arithmetic":
            raise ValueError(
                "found a blank with the ground 'arithmetic'; allowed: the sum as it is done rightly"
            )
        return self

    @property
    def holds(self) -> str:
        """What the decision says the cell holds, as text."""
        return as_text(self.found).strip()

    @property
    def becomes(self) -> str:
        """What it is to be read as, as text."""
        return as_text(self.value).strip()

    def note(self, holds: str) -> str:
        """How a cell that holds a text is read, and on which ground."""
        becomes = repr(self.becomes) if self.becomes else "a blank"
        return f"{holds!r} corrected to {becomes}: {GROUNDS[self.ground]}"


class TwoVendors(Approved):
    """Bids that look like one: either they are of two vendors, or one stands for the other."""

    kind: Literal["two_vendors"]
    vendors: Annotated[tuple[Text, ...], Field(min_length=2)] | None = None
    stands: Text | None = None
    """The vendor, the workbook or the line of the table that is read."""
    instead_of: Text | None = None
    """The one that is not read."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        one_stands = self.stands is not None and self.instead_of is not None
        given = self.stands is not None or self.instead_of is not None
        if (self.vendors is not None) == given or (given and not one_stands):
            raise ValueError("allowed: either 'vendors', for two, or 'stands' and 'instead_of'")
        if one_stands and self.stands == self.instead_of:
            raise ValueError(f"{self.stands!r} stands instead of itself; allowed: another bid")
        return self


class Closed(Approved):
    """A bid that was not corrected by its deadline, and is excluded with its ground."""

    kind: Literal["closed"]
    vendor: Text
    ground: Text


class Investigation(Approved):
    """What came of asking about a price that seems abnormally low; rejected excludes the bid."""

    kind: Literal["investigation"]
    vendor: Text
    asked_on: date
    answered: date | None = None
    """The day of the vendor's answer; None where none came."""
    outcome: Literal["accepted", "rejected"]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.answered is not None and self.answered < self.asked_on:
            raise ValueError(f"found {self.answered}; allowed: no day before {self.asked_on}")
        if self.outcome == "accepted" and self.answered is None:
            raise ValueError("'answered' is missing; allowed with 'accepted': the day of it")
        return self


class Late(Approved):
    """That a bid which came in after the deadline is read all the same."""

    kind: Literal["late"]
    vendor: Text


class Award(Decision):
    """Whom the contract was awarded to."""

    kind: Literal["award"]
    vendor: Text
    off_ranking: Text | None = None
    """Why it is not a vendor that is first; None where it is."""


KINDS: Mapping[str, type[Decision]] = {
    "correction": Correction,
    "two_vendors": TwoVendors,
    "closed": Closed,
    "investigation": Investigation,
    "late": Late,
    "award": Award,
}


@dataclass(frozen=True)
class Decisions(ShortRepr):
    """Every decision, in the order of the file."""

    entries: tuple[Decision, ...] = ()
    places: tuple[int, ...] = ()
    """Where in the file each stands, from 0."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections of cells."""
        return tuple(entry for entry in self.entries if isinstance(entry, Correction))

    @property
    def two(self) -> frozenset[frozenset[str]]:
        """Every pair of vendors that are known to be two."""
        groups = [e.vendors for e in self.entries if isinstance(e, TwoVendors) and e.vendors]
        return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))

    @property
    def replaced(self) -> Mapping[str, str]:
        """What is not read, by vendor, workbook or line of the table, and what stands for it."""
        return {
            entry.instead_of: entry.stands
            for entry in self.entries
            if isinstance(entry, TwoVendors) and entry.instead_of and entry.stands
        }

    @property
    def admitted(self) -> frozenset[str]:
        """The vendors whose late bids are read."""
        return frozenset(e.vendor for e in self.entries if isinstance(e, Late))

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who decided or approved anything."""
        both = [who for e in self.entries for who in (e.by, getattr(e, "approved_by", e.by))]
        return tuple(dict.fromkeys(both))

    @property
    def investigated(self) -> frozenset[str]:
        """The vendors of whose low price an investigation is recorded."""
        return frozenset(e.vendor for e in self.entries if isinstance(e, Investigation))

    @property
    def award(self) -> Award | None:
        """Whom the contract was awarded to; None while that is not decided."""
        return next((entry for entry in self.entries if isinstance(entry, Award)), None)

    @property
    def excluded(self) -> Mapping[str, str]:
        """The ground on which the buyer excluded a vendor, by vendor."""
        grounds: dict[str, str] = {}
        for entry in self.entries:
            if isinstance(entry, Closed):
                grounds.setdefault(entry.vendor, entry.ground)
            elif isinstance(entry, Investigation) and entry.outcome == "rejected":
                reason = f"price rejected as abnormally low: {entry.reason}"
                grounds.setdefault(entry.vendor, reason)
        return grounds

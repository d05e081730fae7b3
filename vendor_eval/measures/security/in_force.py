"""Whether a certificate or report counts on a given day. The last day of a validity counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from vendor_eval.bids.response import Cell, Row
from vendor_eval.questionnaire.security import (
    CERTIFICATE_NAMES,
    INDEPENDENT,
    SELF,
    TRUST_CRITERIA,
    TYPE_I,
    TYPE_II,
)
from vendor_eval.rules.plain_text import folded

State = Literal[
    "in force",
    "not as asked",
    "Type I only",
    "self-assessed",
    "not yet valid",
    "expired",
    "undecided",
]
MISSING: tuple[State, ...] = (
    "not as asked",
    "Type I only",
    "self-assessed",
    "not yet valid",
    "expired",
)
"""States that count as no certificate; where a vendor is in several, the first is reported."""
EITHER = frozenset(CERTIFICATE_NAMES[id] for id in ("pci_dss", "hipaa", "csa_star"))
"""What may be assessed by others or by the vendor itself, so that the bid must state it."""


@dataclass(frozen=True)
class Validity:
    """The state of one certificate on a day, and what led to it in one clause.

    `until`: the last day on which it counts, of what is in force; None of anything else.
    """

    state: State
    why: str
    until: date | None = None

    @property
    def doubt(self) -> str:
        """What is open, where the state is undecided."""
        return self.why if self.state == "undecided" else ""


@dataclass(frozen=True)
class ReportTerms:
    """What the buyer asks of a report on a past period."""

    gap_months: int
    """Months after the day it speaks to, for which it is still relied on."""
    bridge_months: int = 0
    """Months after its period that a bridge letter may speak for; 0: such letters do not count."""
    period_months: int = 0
    """The shortest period; 0: any."""
    criteria: tuple[str, ...] = ()
    """Trust services criteria it must be on."""


def validity(row: Row, day: date) -> Validity:
    """Whether a certificate with a first and a last day counts on `day`."""
    kind = row.get("type")
    begins, ends = row.get("valid_from"), row.get("valid_to")
    if begins and ends and begins.day > ends.day:
        return _undecided(f"{begins.place} is after {ends.place}")
    if ends and ends.day < day:
        return Validity("expired", f"{ends.place}: expired {ends.day}")
    if begins and begins.day > day:
        return Validity("not yet valid", f"{begins.place}: valid only from {begins.day}")
    if kind and kind.text == SELF:
        return Validity("self-assessed", f"{kind.place}: a self-assessment")
    if kind and kind.text != INDEPENDENT:
        return _undecided(f"{kind.place}: {kind.text!r} is a type of SOC 2 reports")
    name = row["certificate"]
    if not kind and name.text in EITHER:
        return _undecided(f"{name.place}: not stated whether independent or a self-assessment")
    if not begins or not ends:
        return _undecided(f"{name.place}: valid {'to' if begins else 'from'} is blank")
    return Validity("in force", f"{name.place}: valid {begins.day} to {ends.day}", ends.day)


def reported(row: Row, day: date, as_of: date, terms: ReportTerms) -> Validity:
    """Whether a SOC 2 report is relied on at `day`.

    It speaks to the end of its period (Type I: to its as-of date), or to the end of a bridge
    letter; it cannot exist before that period is over, seen from `as_of`.
    """
    name, begins, ends = row["certificate"], row.get("valid_from"), row.get("valid_to")
    if not ends:
        return _undecided(f"{name.place}: valid to, the last day of its period, is blank")
    if begins and begins.day > ends.day:
        return _undecided(f"{begins.place} is after {ends.place}")
    if ends.day > as_of:
        return Validity("not yet valid", f"{ends.place}: its period ends only {ends.day}")
    spoken = _spoken_to(ends.day, row.get("bridge_to"), as_of, terms.bridge_months)
    # the gap begins the day after, so that of a month's last day it ends with a month's last day
    until = spoken + timedelta(days=1) + relativedelta(months=terms.gap_months) - timedelta(days=1)
    if until < day:
        months = f"{terms.gap_months} months" if terms.gap_months != 1 else "1 month"
        return Validity("expired", f"{ends.place}: speaks to {spoken}, over {months} before {day}")
    return _of_type(row, terms) or Validity("in force", f"{name.place}: speaks to {spoken}", until)


def _of_type(row: Row, terms: ReportTerms) -> Validity | None:
    """What a report that is recent enough lacks; None where it lacks nothing."""
    name, kind = row["certificate"], row.get("type")
    if kind and kind.text == TYPE_I:
        return Validity("Type I only", f"{kind.place}: Type I covers the design on one day only")
    if not kind or kind.text != TYPE_II:
        given = repr(kind.text) if kind else "blank"
        return _undecided(f"{kind.place if kind else name.place}: its type is {given}")
    return _period(row, terms.period_months) or _criteria(row, terms.criteria)


def _period(row: Row, months: int) -> Validity | None:
    begins, ends = row.get("valid_from"), row["valid_to"]
    if not months:
        return None
    if not begins:
        return _undecided(f"{ends.place}: the first day of its period is blank")
    # a year from 1 January is over on 31 December: the day after the last one is compared
    if (begins.day + relativedelta(months=months)).toordinal() > ends.day.toordinal() + 1:
        why = f"its period of {begins.day} to {ends.day} is shorter than {months} months"
        return Validity("not as asked", f"{ends.place}: {why}")
    return None


def _criteria(row: Row, asked: Collection[str]) -> Validity | None:
    """Every SOC 2 report is on security, which AICPA calls the common criteria."""
    cell = row.get("trust_criteria")
    named = _words(cell) | {TRUST_CRITERIA[0]}
    lacking = [name for name in asked if name not in named]
    if not lacking:
        return None
    if cell is None:
        return _undecided(f"{row['certificate'].place}: its trust services criteria are blank")
    strange = sorted(named - set(TRUST_CRITERIA))
    if strange:
        return _undecided(f"{cell.place}: {strange[0]!r} is no trust services criterion")
    return Validity("not as asked", f"{cell.place}: not on {', '.join(lacking)}")


def _words(cell: Cell | None) -> set[str]:
    parts = cell.text.replace(",", ";").split(";") if cell else []
    return set(map(folded, parts)) - {""}


def _spoken_to(end: date, bridge: Cell | None, as_of: date, months: int) -> date:
    """The last day that a report and its bridge letter, which exists by `as_of`, speak for."""
    if bridge is None or not months:
        return end
    return max(end, min(bridge.day, end + relativedelta(months=months), as_of))


def _undecided(why: str) -> Validity:
    return Validity("undecided", why)

"""A vendor's certificates of one name, each judged for one day, and the sites they cover."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from vendor_eval.bids.response import Cell, Row
from vendor_eval.measures.security.in_force import (
    MISSING,
    ReportTerms,
    State,
    Validity,
    reported,
    validity,
)
from vendor_eval.measures.security.scopes import Scope, Sites
from vendor_eval.questionnaire.security import OTHER_CERTIFICATE
from vendor_eval.rules.rules import Rules
from vendor_eval.wording.short_repr import ShortRepr

Day = Literal["start", "as_of"]
"""A day of the rules on which a certificate must be in force."""


@dataclass(frozen=True)
class Sought:
    """A certificate that a measure looks for, and what it asks of it."""

    certificate: str
    """As vendors name it."""
    columns: tuple[str, ...]
    """The columns of the certificates that are read."""
    at: Day
    terms: ReportTerms | None = None
    """What is asked of a report on a past period; None for a certificate with a validity."""

    def judge(self, row: Row, rules: Rules) -> Validity:
        """What one row of that certificate is worth under the rules."""
        day = _given(rules.start if self.at == "start" else rules.as_of, self.at)
        if self.terms is None:
            return validity(row, day)
        return reported(row, day, _given(rules.as_of, "as_of"), self.terms)


def _given(day: date | None, name: str) -> date:
    """A day of the rules; ValueError where they do not give it."""
    if day is None:
        raise ValueError(f"the rules give no {name!r}")
    return day


@dataclass(frozen=True)
class Holding(ShortRepr):
    """One row of the certificates, judged."""

    row: Row
    verdict: Validity
    scope: Scope


@dataclass(frozen=True)
class Holdings(ShortRepr):
    """All rows of one certificate, and the sites they are held against."""

    answered: bool
    """Whether the vendor lists any certificate, or says that it has none."""
    rows: tuple[Holding, ...]
    sites: Sites

    def of(self, *states: State) -> tuple[Holding, ...]:
        """The holdings in some states."""
        return tuple(h for h in self.rows if h.verdict.state in states)

    @property
    def covered(self) -> frozenset[int]:
        """Sites that certificates in force cover for certain, taken together."""
        return frozenset(n for h in self.of("in force") for n in h.scope.covered)

    @property
    def open(self) -> tuple[Holding, ...]:
        """Holdings that may cover more sites than those in force do for certain."""
        counting = self.of("in force", "undecided")
        return tuple(h for h in counting if not h.scope.possible <= self.covered)

    @property
    def missing(self) -> Holding | None:
        """Of what does not count, the holding that comes nearest to counting."""
        for state in MISSING:
            if rows := self.of(state):
                return rows[0]
        return None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that was looked at."""
        own = tuple(cell for h in self.rows for cell in h.row.values())
        return (*own, *self.sites.cells) if own else ()

    @property
    def doubts(self) -> str:
        """Why the sites covered are unknown, in one clause."""
        reasons = [w for h in self.open for w in (h.verdict.doubt, h.scope.why) if w]
        return "; ".join(dict.fromkeys(reasons))


def holdings(
    rows: tuple[Row, ...], sought: Sought, rules: Rules, sites: Sites, scope: Callable[[Row], Scope]
) -> Holdings:
    """The rows of a table of certificates that name the one sought, judged by what is sought.

    One that names it under an "other" certificate is undecided. `scope`: the sites a row covers.
    """
    named = [row for row in rows if row["certificate"].text == sought.certificate]
    judged = [(row, sought.judge(row, rules)) for row in _limited(named, sought.columns)]
    others = [row for row in rows if _names(row, sought.certificate)]
    others = _limited(others, {*sought.columns, "scope"})
    judged += [(row, _as_another(row, sought.certificate)) for row in others]
    held = tuple(Holding(row, verdict, scope(row)) for row, verdict in judged)
    return Holdings(bool(rows), held, sites)


def _limited(rows: list[Row], columns: Collection[str]) -> list[Row]:
    """Rows with nothing but these columns."""
    return [{name: cell for name, cell in row.items() if name in columns} for row in rows]


def _names(row: Row, certificate: str) -> bool:
    """Whether the words under an "other" certificate name this one."""
    if row["certificate"].text != OTHER_CERTIFICATE or "scope" not in row:
        return False
    return _words(certificate) <= _words(row["scope"].text)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+|\d+", text.casefold()))


def _as_another(row: Row, certificate: str) -> Validity:
    why = f"{row['scope'].place}: names {certificate} under {OTHER_CERTIFICATE!r}"
    return Validity("undecided", why)

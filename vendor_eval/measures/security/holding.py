"""A vendor's certificates of one name, each judged for one day, and the sites they cover."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.measures.security.in_force import MISSING, State, Validity
from vendor_eval.measures.security.scopes import Scope, Sites, scope
from vendor_eval.questionnaire.security import OTHER_CERTIFICATE


@dataclass(frozen=True)
class Holding:
    """One row of the certificates, judged."""

    row: Row
    verdict: Validity
    scope: Scope

    @property
    def place(self) -> str:
        """Where the certificate is named."""
        return self.row["certificate"].place


@dataclass(frozen=True)
class Holdings:
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
        some = self.of("in force", "undecided")
        return tuple(h for h in some if not h.scope.possible <= self.covered)

    @property
    def missing(self) -> Holding | None:
        """Of what does not count, the holding that comes nearest to counting."""
        for state in MISSING:
            if found := self.of(state):
                return found[0]
        return None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that was looked at."""
        own = tuple(cell for h in self.rows for cell in h.row.values())
        return (*own, *self.sites.cells) if own else ()

    @property
    def doubts(self) -> str:
        """What keeps the sites covered from being told, in one clause."""
        told = [w for h in self.open for w in (h.verdict.doubt, h.scope.why) if w]
        return "; ".join(dict.fromkeys(told))


def holdings(
    response: Response,
    certificate: str,
    columns: Collection[str],
    judge: Callable[[Row], Validity],
) -> Holdings:
    """The rows that name a certificate, judged by some of their columns.

    One that names it under an "other" certificate is undecided.
    """
    sites, rows = Sites(response.rows("sites")), response.rows("certificates")
    named = [row for row in rows if row["certificate"].text == certificate]
    judged = [(row, judge(row)) for row in (_limited(row, columns) for row in named)]
    others = [_limited(row, {*columns, "scope"}) for row in rows if _names(row, certificate)]
    judged += [(row, _as_another(row, certificate)) for row in others]
    held = tuple(Holding(row, verdict, scope(row, sites)) for row, verdict in judged)
    return Holdings(bool(rows), held, sites)


def _limited(row: Row, columns: Collection[str]) -> Row:
    return {name: cell for name, cell in row.items() if name in columns}


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

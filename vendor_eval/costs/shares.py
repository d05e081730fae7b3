"""Which transactions a bid's prices per transaction are for: each of them once in a component."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vendor_eval.costs.tiers import TIERED, Priced, tier_sets
from vendor_eval.errors import Fault
from vendor_eval.pricing import PRICING_MODELS, Line
from vendor_eval.questionnaire.pricing import COMPONENTS
from vendor_eval.response import Cell, Row

WHOLE = 1e-9
"""Shares that differ from 100 % by no more than this are float noise."""
NUMBER = re.compile(
    r"(?P<money>(?:[$\u20ac\u00a3\u00a5]|\b[A-Z]{3})\s?)?"
    r"(?<![\d.,/:])(?P<digits>\d{1,3}(?:[ ,.'\u2019\u00a0\u202f]\d{3})+|\d+)(?![\d/:])"
    r"(?P<thousands>\s?(?:k|thousand)\b)?(?P<after>\s?(?:[$\u20ac\u00a3\u00a5]|[A-Z]{3}\b))?"
)
YEARS = range(1900, 2101)
FEWEST = 1000
"""A number from which on an item's text may speak of transactions a month."""


@dataclass(frozen=True)
class _Part:
    """A line, or a set of tiers, that is charged for a share of the transactions."""

    line: Line
    row: Row

    @property
    def cell(self) -> Cell:
        """The share as entered; where it is blank, the price."""
        return self.row.get("volume_share", self.row["price"])


def share_faults(lines: Sequence[Priced], vendor: str) -> Iterator[Fault]:
    """Shares of one component's lines that do not add up to 100 % in some months; at their cells.

    Less is sound where other lines, by the month or by people, pay for the same component.
    """
    sets = [tiers[0] for tiers in tier_sets(lines)]
    plain = [(line, row) for line, row in lines if by_transaction(line) and line.basis != TIERED]
    for component in COMPONENTS:
        parts = [_Part(*part) for part in (*plain, *sets) if part[0].component == component]
        others = [
            line
            for line, _ in lines
            if line.component == component and _charged_by(line) in ("month", "people")
        ]
        yield from _component_faults(parts, others, vendor)


def by_transaction(line: Line) -> bool:
    """Whether a line is charged for a share of the transactions."""
    return _charged_by(line) == "transactions"


def _charged_by(line: Line) -> str:
    return PRICING_MODELS[line.basis].charged_by


def _component_faults(
    parts: Sequence[_Part], others: Sequence[Line], vendor: str
) -> Iterator[Fault]:
    edges = sorted({e for p in parts for e in (p.line.first_month, p.line.last_month + 1)})
    reported: set[frozenset[str]] = set()
    for first, after in pairwise(edges):
        active = [p for p in parts if p.line.first_month <= first <= p.line.last_month]
        total = math.fsum(part.line.volume_share for part in active)
        cells = frozenset(part.cell.place for part in active)
        short = total < 1 - WHOLE and not _any_active(others, first, after)
        if active and cells not in reported and (total > 1 + WHOLE or short):
            reported.add(cells)
            yield _fault(active, total, f"{first} to {after - 1}", vendor)


def _any_active(lines: Iterable[Line], first: int, after: int) -> bool:
    return any(line.first_month < after and line.last_month >= first for line in lines)


def _fault(active: Sequence[_Part], total: float, months: str, vendor: str) -> Fault:
    cell, component = active[-1].cell, active[0].line.component
    places = ", ".join(part.cell.place for part in active[:-1])
    along = f", together with {places}," if places else ""
    blank = sum("volume_share" not in part.row for part in active)
    each = f"; {blank} shares are blank, and each means all" if blank > 1 else ""
    way_out = "each line's share of the transactions, so that they add up to 100 %"
    way_out += (
        f", volume tiers by the basis {TIERED!r}, or one line with the sum of the prices"
        if total > 1
        else ", with a line at the price 0 for transactions that are free of charge"
    )
    return Fault(
        cell.place,
        f"the prices per transaction of {component} here{along} are for "
        f"{100 * total:.6g} % of the transactions in the months {months}{each}; "
        f"allowed: {way_out}",
        vendor,
        "vendor",
    )


def volume_in(item: str) -> str | None:
    """A number in an item's text that may be a volume, as "25,000"; None where there is none.

    Years, amounts of money and numbers below a thousand are none.
    """
    for found in NUMBER.finditer(item):
        digits = re.sub(r"\D", "", found["digits"])
        volume = int(digits) * (1000 if found["thousands"] else 1)
        year = found["digits"] == digits and volume in YEARS
        if volume >= FEWEST and not year and not (found["money"] or found["after"]):
            return found["digits"] + (found["thousands"] or "")
    return None


def volume_faults(lines: Iterable[Priced], vendor: str) -> Iterator[Fault]:
    """Lines for all transactions whose item speaks of a number of them, as volume tiers do."""
    for line, row in lines:
        volume = volume_in(line.item)
        if volume and by_transaction(line) and line.basis != TIERED and "volume_share" not in row:
            yield Fault(
                row["item"].place,
                f"found {line.item!r}, which speaks of {volume}, in a price for every transaction; "
                f"allowed: the basis {TIERED!r} where it is a volume tier, the share of the "
                "transactions where it is for a part of them, or another text",
                vendor,
                "vendor",
                "question",
            )

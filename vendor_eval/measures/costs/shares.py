"""Which transactions a bid's prices per transaction are for: each of them once in a component."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from vendor_eval.bids.response import Cell, Row
from vendor_eval.errors import Fault
from vendor_eval.measures.costs.item_words import DIGITS, PER
from vendor_eval.measures.costs.tiers import TIERED, Priced, tier_sets
from vendor_eval.questionnaire.pricing import COMPONENTS
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, Line

WHOLE = 1e-9
"""What sums of floats differ by."""
NUMBER = re.compile(
    r"(?P<money>(?:[$\u20ac\u00a3\u00a5]|\b[A-Z]{3})\s?)?"
    r"(?<![\d.,/:])(?P<digits>\d{1,3}(?:[ ,.'\u2019\u00a0\u202f]\d{3})+|\d+)(?![\d/:])"
    r"(?P<thousands>\s?(?:k|thousand)\b)?(?P<after>\s?(?:[$\u20ac\u00a3\u00a5]|[A-Z]{3}\b))?"
)
QUANTITY = re.compile(rf"(?:{PER}|\beach\s+|\bevery\s+){DIGITS}(?:\s?k\b)?", re.IGNORECASE)
"""A number of transactions that a price is for, as "per 1,000", is asked about with the items."""
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
        """The share as entered; where it is blank, the basis, which would be another for a tier."""
        return self.row.get("volume_share", self.row["basis"])


def share_faults(
    lines: Sequence[Priced], vendor: str, *, tiers_known: bool = True
) -> Iterator[Fault]:
    """Shares of one component's lines that do not add up to 100 % in some months; at each of them.

    Less is sound where other lines, by the month or by people, pay for the same component. Where
    they add up, a line whose item speaks of a volume is asked about. Unless `tiers_known`, tiers
    may pay for any share.
    """
    sets = [tiers[0] for tiers in tier_sets(lines)] if tiers_known else []
    paying = ("month", "people")
    plain = [(line, row) for line, row in lines if by_transaction(line) and line.basis != TIERED]
    for component in COMPONENTS:
        parts = [_Part(*part) for part in (*plain, *sets) if part[0].component == component]
        others = [
            line
            for line, _ in lines
            if line.component == component
            and (_charged_by(line) in paying or (line.basis == TIERED and not tiers_known))
        ]
        faults = list(_component_faults(parts, others, vendor))
        yield from faults or _volume_faults(parts, vendor)


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
        rounding = WHOLE + math.fsum(_rounding(part) for part in active)
        cells = frozenset(part.cell.place for part in active)
        short = total < 1 - rounding and not _any_active(others, first, after)
        if active and cells not in reported and (total > 1 + rounding or short):
            reported.add(cells)
            yield from _faults(active, total, f"{first} to {after - 1}", vendor)


def _rounding(part: _Part) -> float:
    """How far a share may be from what it was rounded from: half of its last digit entered.

    A share without decimals of a per cent, as 33 %, is taken to be exact.
    """
    if "volume_share" not in part.row:
        return 0.0
    percent = Decimal(repr(round(100 * part.line.volume_share, 9)))
    exponent = percent.normalize().as_tuple().exponent
    return 0.5 * 10.0 ** (int(exponent) - 2) if int(exponent) < 0 else 0.0


def _any_active(lines: Iterable[Line], first: int, after: int) -> bool:
    return any(line.first_month < after and line.last_month >= first for line in lines)


def _faults(active: Sequence[_Part], total: float, months: str, vendor: str) -> Iterator[Fault]:
    """The fault of each line whose share does not add up with those of the others."""
    way_out = "each line's share of the transactions, so that they add up to 100 %"
    if total > 1:
        way_out += (
            f", the basis {TIERED!r} for volume tiers, or one line with the sum of the prices"
        )
    else:
        way_out += ", with a line at the price 0 for transactions that are free of charge"
    first, *others = (part.cell.place for part in active)
    cells = ", ".join([first, *(place.rpartition("!")[2] for place in others)])
    several = len(active) > 1
    whose = f"per transaction of {active[0].line.component} at {cells}"
    prices = f"the prices {whose} are together" if several else f"the price {whose} is"
    message = f"{prices} for {100 * total:.6g} % of the transactions in the months {months}"
    if any("volume_share" not in part.row for part in active):
        message += ", as a blank share means all of them"
    items = [part.line.item for part in active if volume_in(part.line.item)]
    if total > 1 and several and items:
        message += f"; they look like volume tiers, as {items[0]!r} speaks of a volume"
    for part in active:
        # one message, so that a letter asks once, at all these cells
        yield Fault(
            part.cell.place,
            f"{message}; allowed: {way_out}",
            vendor,
            "vendor",
            about=("price_lines.volume_share",),
        )


def volume_in(item: str) -> str | None:
    """A number in an item's text that may be a volume, as "25,000"; None where there is none.

    Years, amounts of money and numbers below a thousand are none.
    """
    for match in NUMBER.finditer(QUANTITY.sub(" ", item)):
        digits = re.sub(r"\D", "", match["digits"])
        volume = int(digits) * (1000 if match["thousands"] else 1)
        year = match["digits"] == digits and volume in YEARS
        if volume >= FEWEST and not year and not (match["money"] or match["after"]):
            return match["digits"] + (match["thousands"] or "")
    return None


def _volume_faults(parts: Iterable[_Part], vendor: str) -> Iterator[Fault]:
    """Prices for all transactions whose item speaks of a number of them, as volume tiers do."""
    for part in parts:
        item, volume = part.line.item, volume_in(part.line.item)
        if volume and part.line.basis != TIERED and "volume_share" not in part.row:
            yield Fault(
                part.cell.place,
                f"found {part.line.basis!r} as the basis of {item!r}, which speaks of {volume}; "
                f"allowed: the basis {TIERED!r} where it is a volume tier, else the share of the "
                "transactions that the price is for, 100 % for all of them",
                vendor,
                "vendor",
                "question",
            )

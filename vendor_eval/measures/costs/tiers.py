"""Volume tiers of a bid: which lines make a set, and whether a set prices every volume once."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import get_args

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.errors import Fault, Severity, quoted
from vendor_eval.questionnaire.pricing_models.lines import Line
from vendor_eval.questionnaire.pricing_models.tier import Tier, TierPrices
from vendor_eval.wording import whole

TIERED = "per_transaction_tier"
COLUMNS = ("tier_from", "tier_to", "tier_prices")
Priced = tuple[Line, Row]
"""A line with the row that it was entered in."""
FIRST = (0.0, 1.0)
"""Where a first tier may begin: both mean the first transaction of a month."""


def tier_sets(lines: Iterable[Priced]) -> tuple[tuple[Priced, ...], ...]:
    """The tiers that belong together, each set from its lowest tier up.

    A set has one component, one share of the transactions and the same months; where several tiers
    of those begin at 0, the tiers of one item are a set.
    """
    alike: dict[tuple[str, float, int, int], list[Priced]] = {}
    for line, row in lines:
        if line.basis == TIERED and "tier_from" in row:
            of = (line.component, line.volume_share, line.first_month, line.last_month)
            alike.setdefault(of, []).append((line, row))
    sets: list[list[Priced]] = []
    for tiers in alike.values():
        items: dict[str, list[Priced]] = {}
        several = sum(_from(row) in FIRST for _, row in tiers) > 1
        for line, row in tiers:
            items.setdefault(line.item.casefold() if several else "", []).append((line, row))
        sets += items.values()
    return tuple(tuple(sorted(tiers, key=_volumes)) for tiers in sets)


def with_tiers(lines: Sequence[Priced]) -> tuple[Priced, ...]:
    """The lines, those of a set of tiers with the volumes that each is the price of."""
    tiers: dict[int, Tier] = {}
    for tier_set in tier_sets(lines):
        above = 0.0
        for line, row in tier_set:
            prices: TierPrices = "all units" if _prices(row) == "all units" else "marginal"
            tiers[id(line)] = Tier(above, _to(row), prices)
            above = _to(row)
    return tuple(
        (replace(line, tier=tiers[id(line)]) if id(line) in tiers else line, row)
        for line, row in lines
    )


def tier_faults(lines: Iterable[Priced], response: Response) -> Iterator[Fault]:
    """Tiers that overlap, leave a gap, or do not say what their price is for; at their cells."""
    lines, vendor = tuple(lines), response.vendor
    for line, row in lines:
        entered = [row[name] for name in COLUMNS if name in row]
        if line.basis != TIERED and entered:
            yield _fault(
                entered[0],
                f"found {entered[0].content!r} in a line with the basis {line.basis!r}; "
                f"allowed: blank, or the basis {TIERED!r}",
                vendor,
            )
        if line.basis == TIERED and "tier_from" not in row:
            message = "blank, so that it is open at what volume this tier begins; allowed: a volume"
            yield _blank("tier_from", row, message, response)
    for tier_set in tier_sets(lines):
        yield from _price_faults(tier_set, response)
        turned = [row for _, row in tier_set if _to(row) < _from(row)]
        for row in turned:
            message = f"found {row['tier_to'].content}; allowed: at least the tier's beginning"
            yield _fault(row["tier_to"], message, vendor)
        if not turned:
            yield from _chain_faults(tier_set, response)


def _price_faults(tier_set: Sequence[Priced], response: Response) -> Iterator[Fault]:
    """A set that leaves open what its prices are for, or says both."""
    words = get_args(TierPrices)
    for _, row in tier_set:
        if "tier_prices" not in row:
            message = (
                "blank, so that it is open which transactions this tier's price is for; "
                f"allowed: {quoted(words)}"
            )
            yield _blank("tier_prices", row, message, response)
    said = {_prices(row): row for _, row in tier_set if "tier_prices" in row}
    if len(said) > 1:
        first, second = (row["tier_prices"] for row in said.values())
        yield _fault(
            second,
            f"found {second.content!r}, and {first.content!r} at {first.place} for a tier of the "
            "same price; allowed: the same for all of them",
            response.vendor,
        )


def _chain_faults(tier_set: Sequence[Priced], response: Response) -> Iterator[Fault]:
    """Volumes that no tier of a set prices, or two of them do."""
    first, last, vendor = tier_set[0][1], tier_set[-1][1], response.vendor
    if _from(first) not in FIRST:
        yield _fault(
            first["tier_from"],
            f"found {first['tier_from'].content}, where the lowest tier of "
            f"{tier_set[0][0].component} begins; allowed: 0 or 1; the tiers of one price have the "
            "same component, share and months",
            vendor,
        )
    for (_, below), (_, row) in pairwise(tier_set):
        yield from _joint_faults(below, row, response)
    if "tier_to" in last:
        yield _fault(
            last["tier_to"],
            f"found {last['tier_to'].content} as the end of the highest tier, so that more "
            "transactions have no price; allowed: blank, for no upper limit",
            vendor,
        )


def _joint_faults(below: Row, row: Row, response: Response) -> Iterator[Fault]:
    """A tier that does not begin where the one below it ends."""
    begins, lower = row["tier_from"], below["tier_from"]
    if "tier_to" not in below:
        message = f"blank 'Tier to' of the tier that begins at {lower.content}, and a tier from "
        message = f"{message}{begins.content} follows; allowed: where it ends"
        yield _blank("tier_to", below, message, response, "fault")
        return
    end = _to(below)
    # a volume on the edge costs the same in both tiers only where the price is marginal
    starts = (end, end + 1) if _prices(below) == _prices(row) == "marginal" else (end + 1,)
    if _from(row) not in starts:
        word = "leaves a gap after" if _from(row) > end else "overlaps"
        yield _fault(
            begins,
            f"found {begins.content}, which {word} the tier that ends at {below['tier_to'].content}"
            f" ({below['tier_to'].place}); allowed: {whole(end + 1)}",
            response.vendor,
        )


def _fault(cell: Cell, message: str, vendor: str) -> Fault:
    return Fault(cell.place, message, vendor, "vendor")


def _blank(
    column: str, row: Row, message: str, response: Response, severity: Severity = "question"
) -> Fault:
    """The fault of a blank cell, at that cell."""
    place = response.place(f"price_lines.{column}", row)
    about = (f"price_lines.{column}",)
    return Fault(place, message, response.vendor, "vendor", severity, about)


def _volumes(tier: Priced) -> tuple[float, float]:
    return _from(tier[1]), _to(tier[1])


def _from(row: Row) -> float:
    return row["tier_from"].number


def _to(row: Row) -> float:
    return row["tier_to"].number if "tier_to" in row else math.inf


def _prices(row: Row) -> str | None:
    return row["tier_prices"].text if "tier_prices" in row else None

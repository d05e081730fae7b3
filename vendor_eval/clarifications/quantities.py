"""Quantities that stand on two sheets: head-counts, productive hours, volumes."""

from collections.abc import Sequence

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.clarifications.check import (
    CHECKS,
    CheckedBid,
    Clarification,
    Found,
    Unmade,
    clarification_check,
    seen,
)
from vendor_eval.measures.costs.bands import far
from vendor_eval.measures.costs.shares import volume_in
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.wording import decimal

WHICH = "Which of the two is right, or how do they fit together?"


@CHECKS.register("head_count")
@clarification_check(
    "Head-count",
    compares="The head-count of all sites against the FTE that labour is priced for.",
    needs=("clarify.tolerance",),
    of_prices=True,
)
def head_count(bid: CheckedBid) -> Found:
    """The head-count of all sites against the FTE that labour is priced for."""
    staff, lines = _staff(bid.response), labour(bid.response, "per_fte_month")
    if not staff or not lines:
        yield Unmade("no site with a head-count" if lines else "no labour is priced per FTE")
        return
    if why := _unquantified(lines):
        yield Unmade(why)
        return
    sites, priced = total(staff), at_most(lines)
    by_the_hour = labour(bid.response, "per_productive_hour")
    # what is paid by the hour needs people too, so then the sites may hold more
    if bid.apart(sites, priced) and not (by_the_hour and priced < sites):
        yield Clarification(
            f"Your sites add up to {decimal(sites)} FTE, but your price lines per FTE and month "
            f"add up to {decimal(priced)} FTE in the month with the most. {WHICH}",
            seen(*staff, *(line["quantity"] for line in lines)),
            brief=f"{decimal(sites)} FTE at its sites or {decimal(priced)} FTE priced",
        )


@CHECKS.register("productive_hours")
@clarification_check(
    "Productive hours",
    compares="The hours that labour is priced for against what the sites' head-count can work.",
    needs=("clarify.tolerance",),
    of_prices=True,
)
def productive_hours(bid: CheckedBid) -> Found:
    """The hours that labour is priced for against what the sites' head-count can work."""
    lines = labour(bid.response, "per_productive_hour")
    staff, yearly = _staff(bid.response), bid.response.answer("price_terms", "productive_hours")
    if not lines or not staff or yearly is None:
        missing = "productive hours per FTE are not stated" if staff else "no site"
        yield Unmade(missing if lines else "no labour is priced per productive hour")
        return
    by_month = labour(bid.response, "per_fte_month")
    if why := _unquantified([*lines, *by_month]):
        yield Unmade(why)
        return
    people = max(0.0, total(staff) - at_most(by_month))
    can, priced = people * yearly.number / MONTHS_A_YEAR, at_most(lines)
    if bid.apart(can, priced):
        yield Clarification(
            f"Your price lines count {decimal(priced)} productive hours a month. At "
            f"{decimal(yearly.number)} productive hours per FTE and year, the {decimal(people)} "
            f"FTE of your sites{' not priced per month' if by_month else ''} work "
            f"{decimal(round(can))}. {WHICH}",
            seen(yearly, *staff, *(line["quantity"] for line in lines)),
            brief=f"{decimal(priced)} productive hours a month priced or {decimal(round(can))} at "
            "its sites",
        )


@CHECKS.register("volumes")
@clarification_check(
    "Volumes",
    compares=(
        "The transactions that prices assume against the baseline of the vendor's own volume band."
    ),
    needs=("clarify.tolerance",),
    of_prices=True,
)
def volumes(bid: CheckedBid) -> Found:
    """The transactions that prices assume against the baseline of the vendor's own volume band."""
    lines = _transactions(bid.response)
    baseline = bid.response.answer("price_terms", "band_baseline")
    if not lines or baseline is None:
        yield Unmade("no volume band" if lines else "no transactions are assumed")
        return
    for line in lines:
        if bid.apart(_whole(line), baseline.number):
            yield Clarification(
                f"{_assumed(line)}, and the baseline of your volume band is "
                f"{decimal(baseline.number)}. {WHICH}",
                seen(line["quantity"], line.get("volume_share"), baseline),
                brief=f"{decimal(_whole(line))} transactions a month in its price or "
                f"{decimal(baseline.number)} in its volume band",
            )


@CHECKS.register("forecast")
@clarification_check(
    "Volume forecast",
    compares="The transactions that prices assume against the buyer's forecast for any month.",
    of_prices=True,
)
def forecast(bid: CheckedBid) -> Found:
    """The transactions that prices assume against the buyer's forecast for any month.

    Without a tolerance of the rules, those are asked about that are far off every month.
    """
    lines, expected = _transactions(bid.response), bid.buyer.volume
    if not lines or expected is None:
        yield Unmade("the rules give no volume" if lines else "no transactions are assumed")
        return
    least, most = expected
    for line in lines:
        nearest = min(max(_whole(line), least), most)
        tolerated = bid.terms.tolerance is not None
        if bid.apart(_whole(line), nearest) if tolerated else far(_whole(line), expected):
            yield Clarification(
                f"{_assumed(line)}, which is not the volume of the request. Does the price hold "
                "for the volume of the request?",
                seen(line["quantity"], line.get("volume_share")),
                note=f"the forecast nearest to it is {decimal(nearest)} transactions a month",
            )


@CHECKS.register("volumes_in_items")
@clarification_check(
    "Volumes in a price's text",
    compares=(
        "The text of prices for a share of the transactions against volumes that it speaks of."
    ),
    of_prices=True,
)
def volumes_in_items(bid: CheckedBid) -> Found:
    """The text of prices for a share of the transactions against volumes that it speaks of."""
    lines = [
        row
        for row in bid.response.rows("price_lines")
        if row["basis"].value == "per_transaction" and "volume_share" in row
    ]
    if not lines:
        yield Unmade("no price is for a share of the transactions")
    for line in lines:
        item = line["item"].text
        if volume := volume_in(item):
            yield Clarification(
                f"Your price for \u201c{item}\u201d speaks of {volume}, and is charged for "
                f"{decimal(100 * _share(line))} % of the transactions of every month, regardless "
                f"of their number. {WHICH}",
                seen(line["item"], line["volume_share"]),
            )


def labour(response: Response, basis: str) -> list[Row]:
    """The price lines that pay for people, of one basis."""
    rows = response.rows("price_lines")
    return [
        row for row in rows if (row["basis"].value, row["component"].value) == (basis, "labour")
    ]


def total(cells: Sequence[Cell]) -> float:
    """The sum of some numbers."""
    return sum(cell.number for cell in cells)


def at_most(lines: Sequence[Row]) -> float:
    """The quantity of all lines together in the month in which it is greatest; 0 for no lines."""
    return max(
        (
            total([line["quantity"] for line in lines if _runs(line, month)])
            for month in {_first_month(line) for line in lines}
        ),
        default=0.0,
    )


def _first_month(line: Row) -> float:
    return line["first_month"].number if "first_month" in line else 1.0


def _runs(line: Row, month: float) -> bool:
    last = line.get("last_month")
    return _first_month(line) <= month and (last is None or month <= last.number)


def _staff(response: Response) -> list[Cell]:
    return [row["head_count"] for row in response.rows("sites")]


def _transactions(response: Response) -> list[Row]:
    """Lines per transaction that state how many they assume."""
    rows = response.rows("price_lines")
    return [
        r
        for r in rows
        if r["basis"].value == "per_transaction" and "quantity" in r and _share(r) > 0
    ]


def _share(line: Row) -> float:
    """The share of all transactions that a line is charged for; blank means all."""
    return line["volume_share"].number if "volume_share" in line else 1.0


def _whole(line: Row) -> float:
    """All transactions a month, if the line's are its share of them."""
    return line["quantity"].number / _share(line)


def _assumed(line: Row) -> str:
    share = f", as {decimal(100 * _share(line))} % of all" if "volume_share" in line else ""
    item, quantity = line["item"].text, decimal(line["quantity"].number)
    return f"Your price for \u201c{item}\u201d assumes {quantity} transactions a month{share}"


def _unquantified(lines: Sequence[Row]) -> str | None:
    blank = [line["item"].place for line in lines if "quantity" not in line]
    return f"a price line has no quantity ({blank[0]})" if blank else None

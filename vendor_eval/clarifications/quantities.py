"""Quantities that stand on two sheets: head-counts, productive hours, volumes."""

from collections.abc import Sequence

from vendor_eval.clarifications.check import (
    CHECKS,
    Bid,
    Clarification,
    Found,
    Unmade,
    check,
    plain,
    seen,
)
from vendor_eval.response import Cell, Response, Row

MONTHS_A_YEAR = 12
WHICH = "Which of the two holds, or how do they go together?"


@CHECKS.register("head_count")
@check("Head-count", needs=("clarify.tolerance",))
def head_count(bid: Bid) -> Found:
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
            f"Your sites add up to {plain(sites)} FTE, and your price lines per FTE and month to "
            f"{plain(priced)} FTE in the month with the most. {WHICH}",
            seen(*staff, *(line["quantity"] for line in lines)),
        )


@CHECKS.register("productive_hours")
@check("Productive hours", needs=("clarify.tolerance",))
def productive_hours(bid: Bid) -> Found:
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
            f"Your price lines count {plain(priced)} productive hours a month. At "
            f"{plain(yearly.number)} productive hours per FTE and year, the {plain(people)} FTE "
            f"of your sites{' not priced per month' if by_month else ''} work {plain(round(can))}. "
            f"{WHICH}",
            seen(yearly, *staff, *(line["quantity"] for line in lines)),
        )


@CHECKS.register("volumes")
@check("Volumes", needs=("clarify.tolerance",))
def volumes(bid: Bid) -> Found:
    """The transactions that prices assume against the baseline of the vendor's own volume band."""
    lines = _transactions(bid.response)
    baseline = bid.response.answer("price_terms", "band_baseline")
    if not lines or baseline is None:
        yield Unmade("no volume band" if lines else "no transactions are assumed")
        return
    priced = at_most(lines)
    if bid.apart(priced, baseline.number):
        yield Clarification(
            f"Your price lines assume {plain(priced)} transactions a month, and the baseline of "
            f"your volume band is {plain(baseline.number)}. {WHICH}",
            seen(baseline, *(line["quantity"] for line in lines)),
        )


@CHECKS.register("forecast")
@check("Volume forecast", needs=("clarify.tolerance",))
def forecast(bid: Bid) -> Found:
    """The transactions that prices assume against the buyer's own forecast."""
    lines, expected = _transactions(bid.response), bid.buyer.volume_month
    if not lines or expected is None:
        yield Unmade("the rules give no volume" if lines else "no transactions are assumed")
        return
    priced = at_most(lines)
    if bid.apart(priced, expected):
        yield Clarification(
            f"Your price lines assume {plain(priced)} transactions a month, which is not the "
            "volume of the request. Do your prices hold for the volume of the request?",
            seen(*(line["quantity"] for line in lines)),
            note=f"the forecast is {plain(expected)} transactions a month",
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
    starts = {line["first_month"].number if "first_month" in line else 1.0 for line in lines}
    return max(
        (total([line["quantity"] for line in lines if _runs(line, month)]) for month in starts),
        default=0.0,
    )


def _runs(line: Row, month: float) -> bool:
    first, last = line.get("first_month"), line.get("last_month")
    return (first is None or first.number <= month) and (last is None or month <= last.number)


def _staff(response: Response) -> list[Cell]:
    return [row["head_count"] for row in response.rows("sites")]


def _transactions(response: Response) -> list[Row]:
    """Lines per transaction with a quantity: labour's, or all where labour has none.

    A fee for technology counts the same transactions once more.
    """
    rows = response.rows("price_lines")
    lines = [r for r in rows if r["basis"].value == "per_transaction" and "quantity" in r]
    return [line for line in lines if line["component"].value == "labour"] or lines


def _unquantified(lines: Sequence[Row]) -> str | None:
    blank = [line["item"].place for line in lines if "quantity" not in line]
    return f"a price line has no quantity ({blank[0]})" if blank else None

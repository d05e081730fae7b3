"""Months and years in which a vendor would pay instead of being paid: asked about."""

from collections.abc import Iterator, Mapping

import numpy as np

from vendor_eval.bids.response import Cell
from vendor_eval.errors import Fault
from vendor_eval.measures.costs.bids import Bid
from vendor_eval.measures.costs.charges import running
from vendor_eval.measures.costs.money import Money, nothing
from vendor_eval.measures.costs.years import year_ends

CENT = 0.01
"""Amounts below it are rounding."""


def negative_faults(bid: Bid, charges: Mapping[str, Money]) -> Iterator[Fault]:
    """Questions about charges below 0, at the cells of what brings them there.

    A single credit may exceed the charges of its month, as at the signing, but not those of its
    year: with month 0 in the first.
    """
    when = _when(bid, charges)
    if when is None:
        return
    band = charges.get("volume_band")
    credited = band is not None and band.amounts.min() < -CENT
    way_out = (
        "a baseline in transactions a month, and a credit (RRC) that never exceeds what is charged"
        if credited
        else "amounts that are above 0 together"
    )
    for cell in _band(bid) if credited else _credits(bid):
        # one message, so that a letter asks once, at all these cells
        message = f"the charges of {when} are less than 0 at the volumes of the request"
        yield Fault(cell.place, f"{message}; allowed: {way_out}", bid.vendor, "vendor", "question")


def _when(bid: Bid, charges: Mapping[str, Money]) -> str | None:
    """The month, else the year, of the lowest charges, where they are below 0; else None."""
    months = bid.commercial.months
    by_month = running(bid, charges).amounts[1:]
    everything = sum(charges.values(), start=nothing(months, bid.rules.currency)).amounts
    ends = year_ends(months)
    by_year = np.add.reduceat(everything, np.append(0, ends[:-1] + 1))
    for amounts, period in ((by_month, "month"), (by_year, "year")):
        if amounts.min(initial=0.0) < -CENT:
            return f"{period} {int(np.argmin(amounts)) + 1}"
    return None


def _band(bid: Bid) -> tuple[Cell, ...]:
    """The cells that a credit for transactions below the band is counted from."""
    names = ("band_baseline", "rrc_price")
    return tuple(cell for name in names if (cell := bid.offer.terms.get(name)))


def _credits(bid: Bid) -> tuple[Cell, ...]:
    """The cells with an amount below 0; all prices where there is none."""
    prices = tuple(row["price"] for _, row in bid.offer.lines)
    names = ("exit_charge", "arc_price", "gain_share_floor")
    amounts = (*prices, *(cell for name in names if (cell := bid.offer.terms.get(name))))
    return tuple(cell for cell in amounts if cell.number < 0) or prices

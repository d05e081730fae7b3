"""What a vendor charges in each month at given volumes, by pricing model."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vendor_eval.measures.costs.bids import Bid
from vendor_eval.measures.costs.forecasts import volumes as forecast_volumes
from vendor_eval.measures.costs.house import baseline_flow
from vendor_eval.measures.costs.money import Inflation, Money, nothing, step_index, years
from vendor_eval.measures.costs.shares import by_transaction
from vendor_eval.measures.costs.years import MONTHS_A_YEAR, year_ends
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, Line, Usage, line_amounts
from vendor_eval.questionnaire.pricing_models.outcome import GainShare
from vendor_eval.questionnaire.pricing_models.volume_band import VolumeBand
from vendor_eval.rules.values.function import Floats

BAND_COMPONENT = "labour"
"""ARC and RRC rise with the indexation of labour, as the questionnaire says."""


def vendor_charges(bid: Bid, volumes: Floats) -> dict[str, Money]:
    """Nominal charges by pricing model, in the rules' currency; `volumes` of (months + 1,).

    Once-only charges, running ones, the volume band, the gain share and the charge on exit.
    """
    charged = charged_volumes(bid, volumes)
    parts: dict[str, Money] = {}
    for line, _ in bid.offer.lines:
        money = line_charges(bid, line, charged)
        parts[line.basis] = parts[line.basis] + money if line.basis in parts else money
    if bid.offer.has_band:
        parts["volume_band"] = _band_charges(bid, charged)
    # of a share of 0 the floor is due all the same
    if bid.offer.number("gain_share") or bid.offer.number("gain_share_floor"):
        parts["gain_share"] = _gain_share_fees(bid, volumes, running(bid, parts))
    if exit_charge := bid.offer.number("exit_charge"):
        last = np.arange(bid.commercial.months + 1) == bid.commercial.months
        parts["exit"] = _paid(bid, exit_charge * last, str(bid.offer.text("terms_currency")))
    return parts


def running(bid: Bid, parts: Mapping[str, Money]) -> Money:
    """What is charged month by month for the service itself: neither once, nor by outcome."""
    kept = [m for name, m in parts.items() if not _single(name)]
    return sum(kept, start=nothing(bid.commercial.months, bid.rules.currency))


def _single(part: str) -> bool:
    """Whether a part of the charges is paid once or by outcome."""
    once = part in PRICING_MODELS and PRICING_MODELS[part].charged_by == "once"
    return once or part in ("gain_share", "exit")


def charged_volumes(bid: Bid, volumes: Floats) -> Floats:
    """Transactions that are charged: those of the month, but not fewer than committed."""
    committed = bid.offer.number("minimum_commitment")
    if not committed:
        return volumes
    return np.maximum(volumes, committed * forecast_volumes(bid.commercial))


def line_charges(bid: Bid, line: Line, charged: Floats) -> Money:
    """What one line comes to, nominal and in the rules' currency."""
    amounts = line_amounts(line, usage(bid, line, charged))
    index = step_index(bid.commercial.months, 0.0 if bid.real else bid.indexation(line))
    return _paid(bid, amounts * index, line.currency)


def usage(bid: Bid, line: Line, charged: Floats) -> Usage:
    """What a line is charged for, by the rules' own way of counting FTE and hours."""
    commercial, quantity = bid.commercial, line.quantity or 0.0
    transactions = _billed(bid, charged) * line.volume_share
    if commercial.staffing == "workload":
        hours = charged * line.volume_share * (commercial.hours_per_transaction or 0.0)
        productive = bid.offer.number("productive_hours")
        fte = hours * MONTHS_A_YEAR / productive if productive else np.zeros_like(hours)
        return Usage(transactions, fte, hours)
    scale = np.ones_like(charged)
    if commercial.staffing == "follows_volume":
        reference = forecast_volumes(commercial)[1]
        scale = charged / reference if reference else np.zeros_like(charged)
    return Usage(transactions, quantity * scale, quantity * scale)


def _billed(bid: Bid, charged: Floats) -> Floats:
    """Transactions that prices per transaction are charged for; (months + 1,)."""
    if not bid.band_replaces_prices:
        return charged
    return np.concatenate([charged[:1], volume_band(bid).covered(charged[1:])])


def volume_band(bid: Bid) -> VolumeBand:
    """The band of a bid that has one, its amounts in the band's currency."""
    z = bid.offer.number("rrc_factor")
    return VolumeBand(
        baseline=bid.offer.number("band_baseline") or 0.0,
        dead_band=bid.offer.number("dead_band") or 0.0,
        arc=bid.offer.number("arc_price") or 0.0,
        rrc=bid.offer.number("rrc_price") or 0.0,
        convention="cliff" if bid.offer.text("band_convention") == "cliff" else "slice",
        z=1.0 if z is None else z,
    )


def band_line(bid: Bid) -> Line:
    """The line whose currency, months and indexation are those of ARC and RRC."""
    currency, months = str(bid.offer.text("band_currency")), bid.commercial.months
    return Line("volume band", "per_month", BAND_COMPONENT, 0.0, currency, 1, months)


def _band_charges(bid: Bid, charged: Floats) -> Money:
    line = band_line(bid)
    amounts = np.concatenate([[0.0], volume_band(bid).charges(charged[1:])])
    if bid.band_replaces_prices:  # in months without prices per transaction it replaces none
        lines = [line for line, _ in bid.offer.lines if by_transaction(line)]
        months = [line.active(bid.commercial.months) for line in lines]
        amounts = amounts * np.max(months, axis=0, initial=0.0) if months else amounts
    index = step_index(bid.commercial.months, 0.0 if bid.real else bid.indexation(line))
    return _paid(bid, amounts * index, line.currency)


@dataclass(frozen=True, eq=False)
class YearlySavings:
    """Savings of running charges against the baseline in each contract year, all of shape (years,).

    The last year may be part of one.
    """

    ends: NDArray[np.intp]
    """Each year's last month."""
    parts: Floats
    """How much of each year lies in the term, in (0, 1]."""
    saved: Floats
    """In the money in which the bid's terms are written, as it is at each year's end."""
    worth: Floats
    """What one unit of that money is at each year's end, nominal and in the rules' currency."""


def yearly_savings(bid: Bid, volumes: Floats, charges: Money) -> YearlySavings:
    """What running charges leave of the baseline's cost, year by year."""
    months = bid.commercial.months
    share = bid.offer.number("gain_share")
    house = baseline_flow(bid.rules, volumes) if share else charges  # of no share nothing is saved
    saved = (house - charges).amounts[1:]
    ends = year_ends(months)
    starts = np.append(0, ends[:-1])
    currency = bid.offer.text("terms_currency") or bid.rules.currency
    worth = _paid(bid, np.ones(months + 1), currency).amounts[ends]
    parts = (ends - starts) / MONTHS_A_YEAR
    return YearlySavings(ends, parts, np.add.reduceat(saved, starts) / worth, worth)


def gain_share(bid: Bid) -> GainShare:
    """The gain share of a bid that asks for one, floor and cap in the terms' currency."""
    share, floor, cap = (
        bid.offer.number(n) for n in ("gain_share", "gain_share_floor", "gain_share_cap")
    )
    return GainShare(share or 0.0, floor or 0.0, math.inf if cap is None else cap)


def _gain_share_fees(bid: Bid, volumes: Floats, charges: Money) -> Money:
    """Fees on each year's savings, paid in its last month."""
    years_of = yearly_savings(bid, volumes, charges)
    fees = nothing(bid.commercial.months, bid.rules.currency)
    amounts = fees.amounts.copy()
    amounts[years_of.ends] = gain_share(bid).fees(years_of.saved, years_of.parts) * years_of.worth
    return replace(fees, amounts=amounts)


def _paid(bid: Bid, amounts: Floats, currency: str) -> Money:
    """Amounts in a bid's own money as they are paid: nominal, in the rules' currency."""
    money = Money(amounts, "real" if bid.real else "nominal", currency)
    if bid.real and bid.commercial.timing:
        times = years(bid.commercial.months, bid.commercial.timing)
        money = money.nominal(Inflation(bid.commercial.inflation[currency], currency, times))
    return money.exchanged(bid.rate(currency), bid.rules.currency)

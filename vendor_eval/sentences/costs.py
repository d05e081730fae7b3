"""What the bids cost over the term, in a sentence above each picture."""

import math

from vendor_eval import wording
from vendor_eval.costs import IN_HOUSE, Comparison, ExchangeRisk, Stretch, payback_month
from vendor_eval.costs.exchange import SHIFT
from vendor_eval.rules import Rules

MONEY = {
    "nominal": "as paid",
    "real": "in money of the service start",
    "present_value": "as present value at the service start",
}
"""Kinds of money, as they follow an amount."""


def total_cost(told: Comparison) -> str:
    """What the cheapest and the dearest bid cost over the term, or why there is nothing to show."""
    if told.rules.commercial is None:
        return (
            "There is nothing to show: the rules hold no commercial terms, so prices are the "
            "answers that vendors gave."
        )
    if not told.flows and not told.unpriced:
        return "There is nothing to show: no response workbooks were read, so no price sheets."
    open_bids = _unpriced(told)
    if not told.flows:
        return f"No bid can be priced.{open_bids}"
    first, last = told.totals.index[0], told.totals.index[-1]
    low, high = (_money(told, float(told.totals[vendor])) for vendor in (first, last))
    term = f"Over {wording.counted(told.months, 'month')}, {MONEY[told.money]}{_volumes(told)}"
    if len(told.flows) == 1:
        return f"{term}, {first} costs {low}.{open_bids}"
    return f"{term}, {first} is the cheapest at {low} and {last} the dearest at {high}.{open_bids}"


def _unpriced(told: Comparison) -> str:
    parts = []
    if told.unpriced:
        verb = wording.agreeing(len(told.unpriced), "has", "have")
        names = wording.listed(list(told.unpriced))
        parts.append(f" {names} {verb} no total: the table says why.")
    if told.without:
        verb = wording.agreeing(len(told.without), "is", "are")
        parts.append(f" {wording.listed(list(told.without))} {verb} excluded and not compared.")
    return "".join(parts)


def _volumes(told: Comparison) -> str:
    return f" and at the volumes of \u201c{told.forecast}\u201d" if told.forecast else ""


def _money(told: Comparison, amount: float) -> str:
    return wording.money_whole(amount, told.rules.currency)


def exchange_risk(risk: ExchangeRisk, rules: Rules) -> str:
    """That a bid's prices rise in a currency whose rate is constant, and what that may move."""
    rises = wording.listed(
        [f"{wording.percent(rise)} a year in {currency}" for currency, rise in risk.rises.items()],
        at_most=9,
    )
    total, low, high = (
        wording.money_whole(amount, rules.currency)
        for amount in (risk.total, risk.at_lower_rates, risk.at_higher_rates)
    )
    shift = wording.percent(SHIFT)
    return (
        f"Prices of {risk.vendor} rise by up to {rises}, and the rules hold exchange rates "
        f"constant. Its total of {total} would be {low} at rates {shift} lower and {high} at rates "
        f"{shift} higher."
    )


def cost_over_time(told: Comparison) -> str:
    """How the cost of the cheapest bid moves from the first full year to the last."""
    if not told.flows:
        return ""
    vendor = next(iter(told.flows))
    years = told.by_year[vendor].sum(axis=1)
    before = float(years.loc[0])
    parts = []
    if before:
        parts.append(f"{vendor} costs {_money(told, before)} before the start")
    full = told.months // 12
    if full >= 2:
        first, last = (_money(told, float(years.loc[n])) for n in (1, full))
        begun = "" if parts else f"{vendor} costs "
        parts.append(f"{begun}{first} in the first year and {last} in year {full}")
    return f"{', '.join(parts)}." if parts else "Each bar is a year of one vendor."


def volume_scenarios(told: Comparison) -> str:
    """Whether the cheapest bid stays so at other volumes, and how far costs move with them."""
    if told.scenarios.shape[1] < 2 or not told.flows:
        return ""
    cheapest = {str(name): str(told.scenarios[name].idxmin()) for name in told.scenarios}
    leader = next(iter(told.flows))
    others = [
        f"{vendor} under \u201c{name}\u201d"
        for name, vendor in cheapest.items()
        if vendor != leader
    ]
    moved = told.scenarios.max(axis=1) / told.scenarios.min(axis=1) - 1
    least, most = str(moved.idxmin()), str(moved.idxmax())
    stays = (
        f"The cheapest is {wording.listed(others)}, not {leader}."
        if others
        else f"{leader} is the cheapest under every forecast."
    )
    if least == most or not (told.scenarios > 0).all(axis=None):
        return stays
    return (
        f"{stays} Between the forecasts the cost of {least} moves by "
        f"{wording.percent(float(moved[least]))}, that of {most} by "
        f"{wording.percent(float(moved[most]))}."
    )


def break_even(told: Comparison) -> str:
    """At which volumes worth looking at the cheapest bid gives way to another, if at any."""
    if not told.break_evens:
        return ""
    leader = next(iter(told.flows))
    low, high = told.likely_volumes
    rivals = {b: s for (a, b), s in told.break_evens.items() if a == leader and b != IN_HOUSE}
    ahead = {name: _within(s, name, low, high) for name, s in rivals.items()}
    never = [name for name, s in ahead.items() if not s]
    parts = [
        f"{name} is cheaper than {leader} {wording.listed([span(s) for s in found], at_most=9)}"
        for name, found in ahead.items()
        if found
    ]
    if never:
        verb = wording.agreeing(len(never), "is", "are")
        parts.append(f"{wording.listed(never)} {verb} nowhere cheaper than {leader}")
    if not parts:
        return ""
    between = f"Between {_volume(low)} and {_volume(high)} transactions a month"
    return f"{between}, the same in every month: {'; '.join(parts)}."


def _within(
    stretches: tuple[Stretch, ...], name: str, low: float, high: float
) -> tuple[Stretch, ...]:
    """The stretches of one of two that begin or end within some volumes."""
    return tuple(s for s in stretches if s.cheaper == name and s.low < high and s.high > low)


def span(stretch: Stretch) -> str:
    """The volumes of a stretch, as "below 1,500", "from 1,500 to 2,000" or "above 1,500"."""
    low, high = (_volume(end) for end in (stretch.low, stretch.high))
    if stretch.low == 0:
        return "at every volume" if math.isinf(stretch.high) else f"below {high}"
    return f"above {low}" if math.isinf(stretch.high) else f"from {low} to {high}"


def _volume(volume: float) -> str:
    return "" if math.isinf(volume) else f"{volume:,.0f}" if volume >= 100 else f"{volume:.3g}"


def against_baseline(told: Comparison) -> str:
    """Which bids save money against the service in house, and how soon."""
    house = told.baseline
    if house is None or not told.flows:
        return ""
    saved = {v: s.total for v in told.flows if (s := told.savings(v)) is not None}
    saving = [v for v, amount in saved.items() if amount > 0]
    own = f"In house the service would cost {_money(told, house.total)}."
    if not saving:
        return f"{own} No bid saves money against that."
    vendor = max(saving, key=lambda v: (saved[v], v))
    savings = told.savings(vendor)
    month = payback_month(savings) if savings is not None else None
    when = f"after month {month}" if month else "from the start"
    soon = "" if month is None else f", and has paid for itself {when}"
    most = f"{vendor} saves {_money(told, saved[vendor])}{soon}"
    less = wording.agreeing_part(len(saving), len(saved), "costs", "cost")
    who = wording.begun(wording.part_of(len(saving), len(saved), "bid"))
    return f"{own} {who} {less} less; {most}."


def cost_basis(told: Comparison) -> str:
    """That every rate and convention is stated, and where."""
    if told.rules.commercial is None or not told.flows:
        return ""
    return (
        "Nothing below is built in: every rate is stated in the rules or in a bid, and what "
        "neither gives leaves a bid without a total."
    )

"""What the bids cost: by component, by year, at other volumes, and what was counted with."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.costs import Comparison, component_label, payback_month, volumes
from vendor_eval.sentences.costs import MONEY, span
from vendor_eval.tables.html import NONE, Html, across, table
from vendor_eval.terms import Commercial

TIMINGS = {"start": "at the start", "mid": "in the middle", "end": "at the end"}
STAFFING = {
    None: "not said",
    "as_bid": "as many as the vendor assumes, at any volume",
    "follows_volume": "as the vendor assumes, in proportion to the volume",
    "workload": "what the volume takes",
}


def cost_components(told: Comparison) -> Html:
    """Total of each component for every vendor, the cheapest first."""
    if not told.flows:
        return Html("")
    names = list(told.components)
    labels = [*(component_label(name, told.rules) for name in names), "Total"]

    def cell(row: int, vendor: str) -> str:
        totals = told.totals[vendor] if row == len(names) else None
        amount = totals if totals is not None else told.components.loc[vendor, names[row]]
        return _money(told, float(amount)) if amount or totals is not None else NONE

    caption = f"Cost over {wording.counted(told.months, 'month')} by component, {MONEY[told.money]}"
    return across(caption, "Component", labels, list(told.flows), cell)


def _money(told: Comparison, amount: float) -> str:
    return wording.money_whole(amount, told.rules.currency)


def unpriced(told: Comparison) -> Html:
    """Why bids have no total."""
    if not told.unpriced:
        return Html("")
    rows = [[vendor, "; ".join(reasons)] for vendor, reasons in told.unpriced.items()]
    return table("Bids without a total", ["Vendor", "What is lacking"], rows, prose=True)


def cost_by_year(told: Comparison) -> Html:
    """Cost of each year for every vendor."""
    if not told.flows:
        return Html("")
    frames = {vendor: frame.sum(axis=1) for vendor, frame in told.by_year.items()}
    years = list(next(iter(frames.values())).index)
    labels = [f"Year {year}" if year else "Before the start" for year in years]

    def cell(row: int, vendor: str) -> str:
        return _money(told, float(frames[vendor].loc[years[row]]))

    return across(f"Cost by year, {MONEY[told.money]}", "Year", labels, list(told.flows), cell)


def cost_scenarios(told: Comparison) -> Html:
    """Total cost under every volume forecast."""
    if told.scenarios.shape[1] < 2 or not told.flows:
        return Html("")
    names = list(told.scenarios)

    def cell(row: int, vendor: str) -> str:
        return _money(told, float(told.scenarios.loc[vendor, names[row]]))

    caption = f"Total cost under each volume forecast, {MONEY[told.money]}"
    return across(caption, "Forecast", names, list(told.flows), cell)


def break_evens(told: Comparison) -> Html:
    """For each pair, which is cheaper at which monthly volume."""
    if not told.break_evens:
        return Html("")
    rows = []
    for (first, second), stretches in told.break_evens.items():
        points = [f"{s.low:,.0f}{' (a jump)' if s.jump else ''}" for s in stretches[1:]]
        who = "; ".join(f"{s.cheaper or 'both alike'} {span(s)}" for s in stretches)
        rows.append([f"{first} / {second}", wording.listed(points, at_most=9) or "none", who])
    head = ["Pair", "Break-even, a month", "Cheaper"]
    caption = "Break-even volumes, with the same volume in every month of the term"
    return table(caption, head, rows, prose=True)


def against_baseline(told: Comparison) -> Html:
    """Savings and payback of every bid against the service in house."""
    house = told.baseline
    if house is None or not told.flows:
        return Html("")
    rows = []
    for vendor in told.flows:
        saved = told.savings(vendor)
        if saved is None:
            continue
        month = payback_month(saved)
        share = wording.percent(saved.total / house.total) if house.total > 0 else NONE
        paid = "not within the term" if month is None else f"month {month}" if month else "at once"
        rows.append([vendor, _money(told, saved.total), share, paid])
    head = ["Vendor", "Saves over the term", "Of the cost in house", "Paid back after"]
    caption = f"Against {_money(told, house.total)} in house, {MONEY[told.money]}"
    return table(caption, head, rows)


def cost_basis(told: Comparison) -> Html:
    """Every rate and convention that the costs were counted with."""
    commercial = told.rules.commercial
    if commercial is None or not told.flows:
        return Html("")
    rows = [*_term_rows(told, commercial), *_rate_rows(told, commercial)]
    rows += _own_rows(told, commercial)
    return table("Volumes, rates and costs", ["What", "Stated in the rules"], rows, prose=True)


def _term_rows(told: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    term = wording.counted(told.months, "month")
    yield ["Term", f"{term} from the service start; month 0 is all that is before"]
    for name in commercial.volumes:
        monthly = volumes(commercial, name)[1:]
        mark = ", used here" if name == told.forecast else ""
        shown = f"{monthly.sum():,.0f} transactions, {monthly[0]:,.0f} in the first month"
        yield [f"Volumes \u201c{name}\u201d", shown + mark]
    hours = commercial.hours_per_transaction
    each = f", at {hours:g} productive hours a transaction" if hours else ""
    yield ["FTE and hours charged", STAFFING[commercial.staffing] + each]


def _rate_rows(told: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    if commercial.timing:
        yield ["Payments fall", f"{TIMINGS[commercial.timing]} of each month"]
    if commercial.discount:
        kind = f"{wording.percent(commercial.discount.rate)} a year, for "
        yield ["Discount rate", f"{kind}{commercial.discount.money} money"]
    for currency, rate in commercial.inflation.items():
        yield [f"Inflation of {currency}", f"{wording.percent(rate)} a year"]
    for currency, exchange in commercial.exchange.items():
        shown = f"{exchange.rate:.6g} {told.rules.currency}, {exchange.as_of}, {exchange.source}"
        yield [f"One {currency}", f"{shown}; the same over the term"]
    for currency, rates in commercial.indexation.items():
        shown = ", ".join(f"{c} {wording.percent(r)}" for c, r in rates.items())
        yield [f"Indexation of {currency} where a bid says none", shown]


def _own_rows(told: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    for cost in commercial.own_costs.values():
        amount = wording.money(cost.amount, told.rules.currency)
        if cost.paid == "once":
            shown = f"{amount} in month {cost.first_month}"
        else:
            rise = wording.percent(cost.indexation or 0.0)
            shown = (
                f"{amount} a month, months {cost.first_month} to {cost.last_month}, "
                f"{rise} more each year"
            )
        only = f", for sites in {wording.listed(list(cost.countries))}" if cost.countries else ""
        yield [cost.label, shown + only]
    house = commercial.baseline
    if house:
        fixed, each = (
            wording.money(a, told.rules.currency)
            for a in (house.fixed_a_month, house.a_transaction)
        )
        source = f"; {house.source}" if house.source else ""
        rise = wording.percent(house.indexation)
        yield ["In house", f"{fixed} a month and {each} a transaction, {rise} more a year{source}"]
    if commercial.credits_subtracted:
        share = wording.percent(commercial.credits_subtracted)
        yield ["Service credits", f"{share} of those at risk are taken off"]
    else:
        yield ["Service credits", "not taken off"]

"""Section: what each bid costs over the term, by component, and what was counted with."""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.measures.costs.comparisons import Comparison
from vendor_eval.measures.costs.components import GROUPS, OWN, component_label
from vendor_eval.measures.costs.forecasts import volumes
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.commercial import Commercial
from vendor_eval.wording import NONE

MOST = 8
"""Vendors drawn; the tables hold them all."""

SHADES = dict(zip((*GROUPS, OWN), ("#0b5cad", "#8ab4dc", "#c8dcef", "#e3edf6"), strict=True))
"""Of the groups of components, different in greyscale too."""


def cost_components_figure(comparison: Comparison) -> go.Figure:
    """Horizontal bars, the cheapest first, each the sum of the groups of its components."""
    if not comparison.flows:
        return go.Figure()
    vendors = list(comparison.flows)[:MOST]
    groups = comparison.groups.loc[vendors]
    names = style.labels(vendors)
    bars = [(name, row) for name, (_, row) in zip(names, groups.iterrows(), strict=True)]
    totals = [money_in_brief(comparison, float(comparison.totals[vendor])) for vendor in vendors]
    return stacked_bars(
        comparison,
        bars,
        alt="Total cost: " + ", ".join(f"{v} {t}" for v, t in zip(vendors, totals, strict=True)),
        caption="From left to right as in the key.",
        height=24 + style.row_height(names, 40) * len(vendors),
    )


def stacked_bars(
    comparison: Comparison,
    bars: list[tuple[str, pd.Series]],
    *,
    alt: str,
    caption: str,
    height: int,
) -> go.Figure:
    """Stacked bars from the top, parts named where they are wide enough, totals at the end."""
    labels = [label for label, _ in bars]
    widest = max(float(row.clip(lower=0).sum()) for _, row in bars) or 1.0
    traces = []
    for part in bars[0][1].index:
        amounts = [float(row[part]) for _, row in bars]
        inside = [_inside(comparison, part, a / widest, a) for a in amounts]
        hover = [
            f"{label}: {style.label(part)} {money_in_brief(comparison, a)}"
            for label, a in zip(labels, amounts, strict=True)
        ]
        ink = "white" if part == next(iter(SHADES)) else style.ON_FILL
        traces.append(style.bar_part(amounts, SHADES[part], inside=inside, ink=ink, hover=hover))
    drawn = style.figure(
        traces,
        alt=alt,
        caption=caption,
        key=[(part, SHADES[part]) for part in bars[0][1].index],
        height=height,
        barmode="relative",
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    low = min(0.0, *(float(row.clip(upper=0).sum()) for _, row in bars))
    drawn.update_xaxes(visible=False, range=[1.05 * low, 1.5 * widest])
    style.name_rows(drawn, labels)
    ends = [float(row.clip(lower=0).sum()) for _, row in bars]
    totals = [money_in_brief(comparison, float(row.sum())) for _, row in bars]
    style.write_totals(drawn, zip(ends, totals, strict=True))
    return drawn


def _inside(comparison: Comparison, part: str, width: float, amount: float) -> str:
    """What is written in a bar, by how wide it is."""
    named = f"{style.label(part)} " if width > 0.33 else ""
    return named + money_in_brief(comparison, amount) if width > 0.09 else ""


def money_in_brief(comparison: Comparison, amount: float) -> str:
    """An amount in the rules' currency to three digits, as "€12.3m"."""
    return wording.money_brief(amount, comparison.rules.currency)


def total_cost_sentence(comparison: Comparison) -> str:
    """What the cheapest and the dearest bid cost over the term, or why there is nothing to show."""
    if comparison.rules.commercial is None:
        return (
            "There is nothing to show: the rules hold no commercial terms, so prices are the "
            "answers that vendors gave."
        )
    if not comparison.flows and not comparison.unpriced:
        return "There is nothing to show: no response workbooks were read, so no price sheets."
    open_bids = _unpriced(comparison)
    if not comparison.flows:
        return f"No bid can be priced.{open_bids}"
    first, last = comparison.totals.index[0], comparison.totals.index[-1]
    low, high = (
        whole_money(comparison, float(comparison.totals[vendor])) for vendor in (first, last)
    )
    months = wording.counted(comparison.months, "month")
    term = f"Over {months}, {kind_of_money(comparison)}{_volumes(comparison)}"
    if len(comparison.flows) == 1:
        return f"{term}, {first} costs {low}.{open_bids}"
    return f"{term}, {first} is the cheapest at {low} and {last} the dearest at {high}.{open_bids}"


def _unpriced(comparison: Comparison) -> str:
    parts = []
    if comparison.unpriced:
        verb = wording.agreeing(len(comparison.unpriced), "has", "have")
        names = wording.listed(comparison.unpriced, at_most=3)
        parts.append(f" {names} {verb} no total: the table says why.")
    if comparison.without:
        verb = wording.agreeing(len(comparison.without), "is", "are")
        parts.append(
            f" {wording.listed(comparison.without, at_most=3)} {verb} excluded and not compared."
        )
    return "".join(parts)


def _volumes(comparison: Comparison) -> str:
    return (
        f" and at the volumes of \u201c{comparison.forecast}\u201d" if comparison.forecast else ""
    )


def whole_money(comparison: Comparison, amount: float) -> str:
    """An amount in the rules' currency, to whole units from 1,000 on, as "€12,345,678"."""
    return wording.money_whole(amount, comparison.rules.currency)


def kind_of_money(comparison: Comparison) -> str:
    """In which money the costs are compared, as "as present value at the service start"."""
    return wording.KINDS_OF_MONEY[comparison.money].counted_in


def cost_basis_sentence(comparison: Comparison) -> str:
    """That every rate and convention is stated, and where."""
    if comparison.rules.commercial is None or not comparison.flows:
        return ""
    return (
        "Nothing below is built in: every rate is stated in the rules or in a bid, and what "
        "neither gives leaves a bid without a total."
    )


TIMINGS = {"start": "at the start", "mid": "in the middle", "end": "at the end"}
STAFFING = {
    None: "not stated",
    "as_bid": "as many as the vendor assumes, at any volume",
    "follows_volume": "as the vendor assumes, in proportion to the volume",
    "workload": "what the volume takes",
}


def cost_components_table(comparison: Comparison) -> Html:
    """Total of each component for every vendor, the cheapest first."""
    if not comparison.flows:
        return Html("")
    names = list(comparison.components)
    labels = [*(component_label(name, comparison.rules) for name in names), "Total"]

    def cell(row: int, vendor: str) -> str:
        totals = comparison.totals[vendor] if row == len(names) else None
        amount = totals if totals is not None else comparison.components.loc[vendor, names[row]]
        return whole_money(comparison, float(amount)) if amount or totals is not None else NONE

    months = wording.counted(comparison.months, "month")
    caption = f"Cost over {months} by component, {kind_of_money(comparison)}"
    return across(caption, "Component", labels, list(comparison.flows), cell)


def unpriced_table(comparison: Comparison) -> Html:
    """Why bids have no total."""
    if not comparison.unpriced:
        return Html("")
    rows = [[vendor, "; ".join(reasons)] for vendor, reasons in comparison.unpriced.items()]
    return table("Bids without a total", ["Vendor", "What is lacking"], rows, prose=True)


def cost_basis_table(comparison: Comparison) -> Html:
    """Every rate and convention that the costs were counted with."""
    commercial = comparison.rules.commercial
    if commercial is None or not comparison.flows:
        return Html("")
    rows = [*_term_rows(comparison, commercial), *_rate_rows(comparison, commercial)]
    rows += _own_rows(comparison, commercial)
    return table("Volumes, rates and costs", ["What", "Stated in the rules"], rows, prose=True)


def _term_rows(comparison: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    term = wording.counted(comparison.months, "month")
    yield ["Term", f"{term} from the service start; month 0 is all that is before"]
    for name in commercial.volumes:
        monthly = volumes(commercial, name)[1:]
        mark = ", used here" if name == comparison.forecast else ""
        total, first = wording.whole(monthly.sum()), wording.whole(monthly[0])
        shown = f"{total} transactions, {first} in the first month"
        yield [f"Volumes \u201c{name}\u201d", shown + mark]
    hours = commercial.hours_per_transaction
    each = f", at {hours:g} productive hours a transaction" if hours else ""
    yield ["FTE and hours charged", STAFFING[commercial.staffing] + each]


def _rate_rows(comparison: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    if commercial.timing:
        yield ["Payments fall", f"{TIMINGS[commercial.timing]} of each month"]
    if commercial.discount:
        kind = f"{wording.percent(commercial.discount.rate)} a year, for "
        yield ["Discount rate", f"{kind}{commercial.discount.money} money"]
    for currency, rate in commercial.inflation.items():
        yield [f"Inflation of {currency}", f"{wording.percent(rate)} a year"]
    for currency, exchange in commercial.exchange.items():
        shown = (
            f"{exchange.rate:.6g} {comparison.rules.currency}, {exchange.as_of}, {exchange.source}"
        )
        yield [f"One {currency}", f"{shown}; the same over the term"]
    for currency, rates in commercial.indexation.items():
        shown = ", ".join(f"{c} {wording.percent(r)}" for c, r in rates.items())
        yield [f"Indexation of {currency} where a bid says none", shown]


def _own_rows(comparison: Comparison, commercial: Commercial) -> Iterator[list[str]]:
    for cost in commercial.own_costs.values():
        amount = wording.money(cost.amount, comparison.rules.currency)
        if cost.paid == "once":
            shown = f"{amount} in month {cost.first_month}"
        else:
            rise = wording.percent(cost.indexation or 0.0)
            shown = (
                f"{amount} a month, months {cost.first_month} to {cost.last_month}, "
                f"{rise} more each year"
            )
        countries = wording.listed(cost.countries or (), at_most=3)
        only = f", for sites in {countries}" if countries else ""
        yield [cost.label, shown + only]
    house = commercial.baseline
    if house:
        fixed, each = (
            wording.money(a, comparison.rules.currency)
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


def section(comparison: Comparison) -> Section:
    """What each bid costs over the term."""
    return shown(
        say(total_cost_sentence(comparison)),
        cost_components_figure(comparison),
        cost_components_table(comparison),
        unpriced_table(comparison),
    )


def basis_section(comparison: Comparison) -> Section:
    """What was counted with."""
    return shown(say(cost_basis_sentence(comparison)), cost_basis_table(comparison))

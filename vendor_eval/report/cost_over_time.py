"""Section: when each bid is paid, and what it saves against the service in house."""

import numpy as np
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.measures.costs.comparisons import Comparison, payback_month
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.total_cost import (
    MOST,
    kind_of_money,
    money_in_brief,
    stacked_bars,
    whole_money,
)
from vendor_eval.report.volumes import named_lines
from vendor_eval.wording import NONE

MOST_BY_YEAR = 6


def cost_by_year_figure(comparison: Comparison) -> go.Figure:
    """Horizontal bars, a year of a vendor each, in the same groups."""
    if not comparison.flows:
        return go.Figure()
    vendors, bars, named, spoken = list(comparison.flows)[:MOST_BY_YEAR], [], [], []
    for vendor, name in zip(vendors, style.labels(vendors), strict=True):
        years = comparison.by_year[vendor]
        shown = [year for year in years.index if year or years.loc[year].any()]
        spoken.append(
            f"{vendor} {', '.join(money_in_brief(comparison, t) for t in years.sum(axis=1))}"
        )
        bars += [years.loc[year] for year in shown]
        # the name stands once, alongside its first bar
        named += [f"{name}  {shown[0]}", *map(str, shown[1:])]
    return stacked_bars(
        comparison,
        list(zip(named, bars, strict=True)),
        alt="Cost by year, from before the start: " + "; ".join(spoken),
        caption="By year; 0 is all before the start.",
        height=24 + style.row_height(named, 26) * len(bars),
    )


def savings_over_time_figure(comparison: Comparison) -> go.Figure:
    """Summed savings against the service in house, from what is spent before the start."""
    if comparison.baseline is None or not comparison.flows:
        return go.Figure()
    lines = {}
    for vendor in list(comparison.flows)[:MOST]:
        saved = comparison.savings(vendor)
        if saved is not None:
            summed = np.cumsum(saved.amounts)
            lines[vendor] = (list(map(float, range(len(summed)))), list(map(float, summed)))
    ends = ", ".join(
        f"{vendor} {money_in_brief(comparison, ys[-1])}" for vendor, (_, ys) in lines.items()
    )
    drawn = named_lines(
        comparison,
        lines,
        mode="lines",
        alt=f"Summed savings at the end of the term: {ends}",
        caption="Savings summed to the end of each month. Above the line: paid back.",
    )
    drawn.add_hline(y=0, line={"color": style.INK, "width": 1})
    drawn.update_xaxes(
        tickvals=list(range(0, comparison.months + 1, 12 if comparison.months > 12 else 3))
    )
    return drawn


def cost_over_time_sentence(comparison: Comparison) -> str:
    """How the cost of the cheapest bid moves from the first full year to the last."""
    if not comparison.flows:
        return ""
    vendor = next(iter(comparison.flows))
    years = comparison.by_year[vendor].sum(axis=1)
    before = float(years.loc[0])
    parts = []
    if before:
        parts.append(f"{vendor} costs {whole_money(comparison, before)} before the start")
    full = comparison.months // 12
    if full >= 2:
        first, last = (whole_money(comparison, float(years.loc[n])) for n in (1, full))
        begun = "" if parts else f"{vendor} costs "
        parts.append(f"{begun}{first} in the first year and {last} in year {full}")
    return f"{', '.join(parts)}." if parts else "Each bar is a year of one vendor."


def against_baseline_sentence(comparison: Comparison) -> str:
    """Which bids save money against the service in house, and how soon."""
    house = comparison.baseline
    if house is None or not comparison.flows:
        return ""
    saved = {v: s.total for v in comparison.flows if (s := comparison.savings(v)) is not None}
    saving = [v for v, amount in saved.items() if amount > 0]
    own = f"In house the service would cost {whole_money(comparison, house.total)}."
    if not saving:
        return f"{own} No bid saves money against that."
    vendor = max(saving, key=lambda v: (saved[v], v))
    savings = comparison.savings(vendor)
    month = payback_month(savings) if savings is not None else None
    when = f"after month {month}" if month else "from the start"
    soon = "" if month is None else f", and has paid for itself {when}"
    most = f"{vendor} saves {whole_money(comparison, saved[vendor])}{soon}"
    less = wording.agreeing_part(len(saving), len(saved), "costs", "cost")
    who = wording.begun(wording.part_of(len(saving), len(saved), "bid"))
    return f"{own} {who} {less} less; {most}."


def cost_by_year_table(comparison: Comparison) -> Html:
    """Cost of each year for every vendor."""
    if not comparison.flows:
        return Html("")
    frames = {vendor: frame.sum(axis=1) for vendor, frame in comparison.by_year.items()}
    years = list(next(iter(frames.values())).index)
    labels = [f"Year {year}" if year else "Before the start" for year in years]

    def cell(row: int, vendor: str) -> str:
        return whole_money(comparison, float(frames[vendor].loc[years[row]]))

    return across(
        f"Cost by year, {kind_of_money(comparison)}", "Year", labels, list(comparison.flows), cell
    )


def against_baseline_table(comparison: Comparison) -> Html:
    """Savings and payback of every bid against the service in house."""
    house = comparison.baseline
    if house is None or not comparison.flows:
        return Html("")
    rows = []
    for vendor in comparison.flows:
        saved = comparison.savings(vendor)
        if saved is None:
            continue
        month = payback_month(saved)
        share = wording.percent(saved.total / house.total) if house.total > 0 else NONE
        paid = "not within the term" if month is None else f"month {month}" if month else "at once"
        rows.append([vendor, whole_money(comparison, saved.total), share, paid])
    head = ["Vendor", "Saves over the term", "Of the cost in house", "Paid back after"]
    caption = (
        f"Against {whole_money(comparison, house.total)} in house, {kind_of_money(comparison)}"
    )
    return table(caption, head, rows)


def section(comparison: Comparison) -> Section:
    """When each bid is paid."""
    return shown(
        say(cost_over_time_sentence(comparison)),
        cost_by_year_figure(comparison),
        cost_by_year_table(comparison),
    )


def baseline_section(comparison: Comparison) -> Section:
    """What each bid saves against the service in house."""
    return shown(
        say(against_baseline_sentence(comparison)),
        savings_over_time_figure(comparison),
        against_baseline_table(comparison),
    )

"""Section: what bids cost at other volumes, and who is cheaper at which."""

import math

import numpy as np
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.measures.costs.break_evens import IN_HOUSE, VolumeSegment
from vendor_eval.measures.costs.comparisons import Comparison
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.total_cost import MOST, kind_of_money, money_in_brief, whole_money


def volume_scenarios_figure(comparison: Comparison) -> go.Figure:
    """A line a vendor from the forecast of the least volume to that of the most."""
    if comparison.scenarios.shape[1] < 2 or not comparison.flows:
        return go.Figure()
    vendors = list(comparison.flows)[:MOST]
    volume = {name: comparison.volume_of(str(name)) for name in comparison.scenarios}
    names = sorted(volume, key=lambda name: volume[name])
    totals = comparison.scenarios.loc[vendors, names]
    places = [float(n) for n in range(len(names))]
    lines = {vendor: (places, list(map(float, totals.loc[vendor]))) for vendor in vendors}
    spoken = "; ".join(
        f"{vendor} {', '.join(money_in_brief(comparison, float(t)) for t in totals.loc[vendor])}"
        for vendor in vendors
    )
    drawn = named_lines(
        comparison,
        lines,
        mode="lines+markers",
        base=float(totals.to_numpy().min()),
        alt=f"Total cost under {', '.join(map(str, names))}: {spoken}",
        caption="Total cost under each forecast, with its mean of transactions a month.",
    )
    ticks = [
        f"{style.wrapped(str(name), 12)}<br>{wording.whole(volume[name] / comparison.months)}"
        for name in names
    ]
    right = places[-1]
    drawn.update_xaxes(tickvals=places, ticktext=ticks, tickangle=0)
    drawn.update_xaxes(range=[-0.2 * right, 1.2 * right])
    return drawn


def break_even_figure(comparison: Comparison) -> go.Figure:
    """Total cost against a monthly volume that stays the same, with the forecasts' range marked."""
    if len(comparison.curves) < 2:
        return go.Figure()
    end = comparison.likely_volumes[1] or 1.0
    lines = {curve.name: curve.path(end) for curve in comparison.curves}
    crossings = "; ".join(
        f"{a} and {b} at {wording.listed([wording.whole(s.low) for s in pair[1:]], at_most=9)}"
        for (a, b), pair in comparison.break_evens.items()
        if len(pair) > 1
    )
    drawn = named_lines(
        comparison,
        lines,
        mode="lines",
        alt=f"Total cost against monthly volume; break-even: {crossings or 'none'}",
        caption="Transactions a month, the same in every month. Upright line: the forecast's mean.",
    )
    step = float(f"{end / 2:.1g}")  # more numbers would run together on a phone
    marks = [n * step for n in range(int(end / step) + 1)]
    drawn.update_xaxes(tickformat=",", tickvals=marks, tickangle=0)
    if comparison.forecast:
        mean = comparison.volume_of(comparison.forecast) / comparison.months
        drawn.add_vline(x=mean, line={"color": style.INK, "width": 1})
    return drawn


def named_lines(
    comparison: Comparison,
    lines: dict[str, tuple[list[float], list[float]]],
    *,
    mode: str,
    base: float = 0.0,
    alt: str,
    caption: str,
) -> go.Figure:
    """Lines named in the key; the first is the dark one.

    The scale begins at `base`, or at the lowest point.
    """
    traces = [
        go.Scatter(
            x=xs,
            y=ys,
            mode=mode,
            line=style.line(n),
            hovertext=[f"{style.label(name)} {money_in_brief(comparison, y)}" for y in ys],
            hoverinfo="text",
        )
        for n, (name, (xs, ys)) in enumerate(lines.items())
    ]
    drawn = style.figure(
        traces,
        alt=alt,
        caption=caption,
        key=style.line_key(list(lines)),
        height=340,
        margin={"l": 8, "r": 8, "t": 12, "b": 8},
    )
    every = [y for _, ys in lines.values() for y in ys]
    low, high = min(base, *every), max(every)
    left, right = (end(x for xs, _ in lines.values() for x in xs) for end in (min, max))
    drawn.update_xaxes(range=[left - 0.02 * (right - left), right + 0.06 * (right - left)])
    marks = _round_amounts(low, high)
    drawn.update_yaxes(
        tickvals=marks, ticktext=[money_in_brief(comparison, mark) for mark in marks]
    )
    return drawn


def _round_amounts(low: float, high: float) -> list[float]:
    """About five round amounts between two."""
    wanted = ((high - low) or 1.0) / 5
    size = 10.0 ** np.floor(np.log10(wanted))
    step = float(next(size * n for n in (1, 2, 5, 10) if size * n >= wanted))
    return [n * step for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def volume_scenarios_sentence(comparison: Comparison) -> str:
    """Whether the cheapest bid stays so at other volumes, and how far costs move with them."""
    if comparison.scenarios.shape[1] < 2 or not comparison.flows:
        return ""
    cheapest = {
        str(name): str(comparison.scenarios[name].idxmin()) for name in comparison.scenarios
    }
    leader = next(iter(comparison.flows))
    others = [
        f"{vendor} under \u201c{name}\u201d"
        for name, vendor in cheapest.items()
        if vendor != leader
    ]
    moved = comparison.scenarios.max(axis=1) / comparison.scenarios.min(axis=1) - 1
    least, most = str(moved.idxmin()), str(moved.idxmax())
    stays = (
        f"The cheapest is {wording.listed(others, at_most=3)}, not {leader}."
        if others
        else f"{leader} is the cheapest under every forecast."
    )
    if least == most or not (comparison.scenarios > 0).all(axis=None):
        return stays
    return (
        f"{stays} Between the forecasts the cost of {least} moves by "
        f"{wording.percent(float(moved[least]))}, that of {most} by "
        f"{wording.percent(float(moved[most]))}."
    )


def break_even_sentence(comparison: Comparison) -> str:
    """At which volumes worth looking at the cheapest bid gives way to another, if at any."""
    if not comparison.break_evens:
        return ""
    leader = next(iter(comparison.flows))
    low, high = comparison.likely_volumes
    rivals = {b: s for (a, b), s in comparison.break_evens.items() if a == leader and b != IN_HOUSE}
    ahead = {name: _within(s, name, low, high) for name, s in rivals.items()}
    never = [name for name, s in ahead.items() if not s]
    parts = [
        f"{name} is cheaper than {leader} {wording.listed([span(s) for s in segments], at_most=9)}"
        for name, segments in ahead.items()
        if segments
    ]
    if never:
        verb = wording.agreeing(len(never), "is", "are")
        parts.append(f"{wording.listed(never, at_most=3)} {verb} nowhere cheaper than {leader}")
    if not parts:
        return ""
    between = f"Between {_volume(low)} and {_volume(high)} transactions a month"
    return f"{between}, the same in every month: {'; '.join(parts)}."


def _within(
    stretches: tuple[VolumeSegment, ...], name: str, low: float, high: float
) -> tuple[VolumeSegment, ...]:
    """The stretches in which one of two is cheaper, as far as they lie between two volumes."""
    return tuple(s for s in stretches if s.cheaper == name and s.low < high and s.high > low)


def span(stretch: VolumeSegment) -> str:
    """The volumes of a stretch, as "below 1,500", "between 1,500 and 2,000" or "above 1,500"."""
    low, high = (_volume(end) for end in (stretch.low, stretch.high))
    if stretch.low == 0:
        return "at every volume" if math.isinf(stretch.high) else f"below {high}"
    return f"above {low}" if math.isinf(stretch.high) else f"between {low} and {high}"


def _volume(volume: float) -> str:
    if math.isinf(volume):
        return ""
    return wording.whole(volume) if volume >= 100 else f"{volume:.3g}"


def cost_scenarios_table(comparison: Comparison) -> Html:
    """Total cost under every volume forecast."""
    if comparison.scenarios.shape[1] < 2 or not comparison.flows:
        return Html("")
    names = list(comparison.scenarios)

    def cell(row: int, vendor: str) -> str:
        return whole_money(comparison, float(comparison.scenarios.loc[vendor, names[row]]))

    caption = f"Total cost under each volume forecast, {kind_of_money(comparison)}"
    return across(caption, "Forecast", names, list(comparison.flows), cell)


def break_evens_table(comparison: Comparison) -> Html:
    """For each pair, which is cheaper at which monthly volume."""
    if not comparison.break_evens:
        return Html("")
    rows = []
    for (first, second), stretches in comparison.break_evens.items():
        points = [f"{wording.whole(s.low)}{' (a jump)' if s.jump else ''}" for s in stretches[1:]]
        who = "; ".join(f"{s.cheaper or 'both alike'} {span(s)}" for s in stretches)
        rows.append([f"{first} / {second}", wording.listed(points, at_most=9) or "none", who])
    head = ["Pair", "Break-even, a month", "Cheaper"]
    caption = "Break-even volumes, with the same volume in every month of the term"
    return table(caption, head, rows, prose=True)


def section(comparison: Comparison) -> Section:
    """What bids cost if the volume is another."""
    return shown(
        say(volume_scenarios_sentence(comparison)),
        volume_scenarios_figure(comparison),
        cost_scenarios_table(comparison),
    )


def break_even_section(comparison: Comparison) -> Section:
    """Who is cheaper at which volume."""
    return shown(
        say(break_even_sentence(comparison)),
        break_even_figure(comparison),
        break_evens_table(comparison),
    )

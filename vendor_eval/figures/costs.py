"""What the bids cost: by component, by year, at other volumes, and against the service in house."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.costs import Comparison
from vendor_eval.costs.components import GROUPS, OWN
from vendor_eval.figures import style

MOST = 8
"""Vendors drawn; the tables hold them all."""
MOST_BY_YEAR = 6
NAMES = 0.85
"""Room for names at the ends of lines on a phone, in widths of what is drawn."""
SHADES = dict(zip((*GROUPS, OWN), ("#0b5cad", "#8ab4dc", "#c8dcef", "#e3edf6"), strict=True))
"""Of the groups of components, told apart in greyscale."""


def cost_components(told: Comparison) -> go.Figure:
    """Horizontal bars, the cheapest first, each the sum of the groups of its components."""
    if not told.flows:
        return go.Figure()
    vendors = list(told.flows)[:MOST]
    groups = told.groups.loc[vendors]
    names = style.labels(vendors)
    bars = [(name, row) for name, (_, row) in zip(names, groups.iterrows(), strict=True)]
    totals = [_brief(told, float(told.totals[vendor])) for vendor in vendors]
    return _stacked(
        told,
        bars,
        alt="Total cost: " + ", ".join(f"{v} {t}" for v, t in zip(vendors, totals, strict=True)),
        caption=f"Left to right, dark to light: {', '.join(groups)}.",
        height=24 + 40 * len(vendors),
    )


def cost_by_year(told: Comparison) -> go.Figure:
    """Horizontal bars, a year of a vendor each, in the same groups."""
    if not told.flows:
        return go.Figure()
    vendors, bars, named, spoken = list(told.flows)[:MOST_BY_YEAR], [], [], []
    for vendor, name in zip(vendors, style.labels(vendors), strict=True):
        years = told.by_year[vendor]
        shown = [year for year in years.index if year or years.loc[year].any()]
        spoken.append(f"{vendor} {', '.join(_brief(told, t) for t in years.sum(axis=1))}")
        bars += [years.loc[year] for year in shown]
        # the name stands once, alongside its first bar
        named += [f"{name}  {shown[0]}", *map(str, shown[1:])]
    return _stacked(
        told,
        list(zip(named, bars, strict=True)),
        alt="Cost by year, from before the start: " + "; ".join(spoken),
        caption=f"By year; 0 is all before the start. Dark to light: {', '.join(told.groups)}.",
        height=24 + 26 * len(bars),
    )


def _stacked(
    told: Comparison,
    bars: list[tuple[str, pd.Series]],
    *,
    alt: str,
    caption: str,
    height: int,
) -> go.Figure:
    """Stacked bars from the top, parts told where they are wide enough, totals at the end."""
    labels = [label for label, _ in bars]
    widest = max(float(row.clip(lower=0).sum()) for _, row in bars) or 1.0
    traces = []
    for part in bars[0][1].index:
        amounts = [float(row[part]) for _, row in bars]
        traces.append(
            go.Bar(
                x=amounts,
                y=list(range(len(bars))),
                orientation="h",
                marker={
                    "color": SHADES[part],
                    "line": {"color": "white", "width": 1},
                },
                text=[_inside(told, part, a / widest, a) for a in amounts],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": "white" if part == next(iter(SHADES)) else style.INK},
                hovertext=[
                    f"{label}: {style.label(part)} {_brief(told, a)}"
                    for label, a in zip(labels, amounts, strict=True)
                ],
                hoverinfo="text",
            )
        )
    drawn = style.figure(
        traces,
        alt=alt,
        caption=caption,
        height=height,
        barmode="relative",
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    low = min(0.0, *(float(row.clip(upper=0).sum()) for _, row in bars))
    drawn.update_xaxes(visible=False, range=[1.05 * low, 1.5 * widest])
    style.name_rows(drawn, labels)
    for place, (_, row) in enumerate(bars):
        drawn.add_annotation(
            x=float(row.clip(lower=0).sum()),
            y=place,
            text=f"<b>{_brief(told, float(row.sum()))}</b>",
            showarrow=False,
            xanchor="left",
            xshift=6,
        )
    return drawn


def _inside(told: Comparison, part: str, width: float, amount: float) -> str:
    """What is written in a bar, by how wide it is."""
    named = f"{style.label(part)} " if width > 0.33 else ""
    return named + _brief(told, amount) if width > 0.09 else ""


def _brief(told: Comparison, amount: float) -> str:
    return wording.money_brief(amount, told.rules.currency)


def volume_scenarios(told: Comparison) -> go.Figure:
    """A line a vendor from the forecast of the least volume to that of the most."""
    if told.scenarios.shape[1] < 2 or not told.flows:
        return go.Figure()
    vendors = list(told.flows)[:MOST]
    volume = {name: told.volume_of(str(name)) for name in told.scenarios}
    names = sorted(volume, key=lambda name: volume[name])
    totals = told.scenarios.loc[vendors, names]
    places = [float(n) for n in range(len(names))]
    lines = {vendor: (places, list(map(float, totals.loc[vendor]))) for vendor in vendors}
    spoken = "; ".join(
        f"{vendor} {', '.join(_brief(told, float(t)) for t in totals.loc[vendor])}"
        for vendor in vendors
    )
    drawn = _lines(
        told,
        lines,
        mode="lines+markers",
        base=float(totals.to_numpy().min()),
        alt=f"Total cost under {', '.join(map(str, names))}: {spoken}",
        caption="Total cost under each forecast, with its mean of transactions a month.",
    )
    ticks = [f"{style.label(str(name))}<br>{volume[name] / told.months:,.0f}" for name in names]
    right = places[-1]
    drawn.update_xaxes(tickvals=places, ticktext=ticks, tickangle=0)
    drawn.update_xaxes(range=[-0.2 * right, (1 + NAMES) * right])
    return drawn


def break_even(told: Comparison) -> go.Figure:
    """Total cost against a monthly volume that stays the same, with the forecasts' range marked."""
    if len(told.curves) < 2:
        return go.Figure()
    end = told.likely_volumes[1] or 1.0
    lines = {curve.name: curve.path(end) for curve in told.curves}
    crossings = "; ".join(
        f"{a} and {b} at {wording.listed([f'{s.low:,.0f}' for s in pair[1:]], at_most=9)}"
        for (a, b), pair in told.break_evens.items()
        if len(pair) > 1
    )
    drawn = _lines(
        told,
        lines,
        mode="lines",
        alt=f"Total cost against monthly volume; break-even: {crossings or 'none'}",
        caption="Transactions a month, the same in every month. Upright line: the forecast's mean.",
    )
    step = float(f"{end / 2:.1g}")  # more numbers would run together on a phone
    marks = [n * step for n in range(int(end / step) + 1)]
    drawn.update_xaxes(tickformat=",", tickvals=marks, tickangle=0)
    if told.forecast:
        mean = told.volume_of(told.forecast) / told.months
        drawn.add_vline(x=mean, line={"color": style.INK, "width": 1})
    return drawn


def savings_over_time(told: Comparison) -> go.Figure:
    """Summed savings against the service in house, from what is spent before the start."""
    if told.baseline is None or not told.flows:
        return go.Figure()
    lines = {}
    for vendor in list(told.flows)[:MOST]:
        saved = told.savings(vendor)
        if saved is not None:
            summed = np.cumsum(saved.amounts)
            lines[vendor] = (list(map(float, range(len(summed)))), list(map(float, summed)))
    ends = ", ".join(f"{vendor} {_brief(told, ys[-1])}" for vendor, (_, ys) in lines.items())
    drawn = _lines(
        told,
        lines,
        mode="lines",
        alt=f"Summed savings at the end of the term: {ends}",
        caption="Savings summed to the end of each month. Above the line: paid back.",
    )
    drawn.add_hline(y=0, line={"color": style.INK, "width": 1})
    drawn.update_xaxes(tickvals=list(range(0, told.months + 1, 12 if told.months > 12 else 3)))
    return drawn


def _lines(
    told: Comparison,
    lines: dict[str, tuple[list[float], list[float]]],
    *,
    mode: str,
    base: float = 0.0,
    alt: str,
    caption: str,
) -> go.Figure:
    """Lines named at their right ends, the names kept apart; the first is the dark one.

    The scale begins at `base`, or at the lowest point.
    """
    traces = [
        go.Scatter(
            x=xs,
            y=ys,
            mode=mode,
            line={
                "width": 4 if n == 0 else 2,
                "color": style.LEAD if n == 0 else style.SECOND,
                "dash": ("solid", "dash", "dot", "dashdot")[n % 4],
            },
            hovertext=[f"{style.label(name)} {_brief(told, y)}" for y in ys],
            hoverinfo="text",
        )
        for n, (name, (xs, ys)) in enumerate(lines.items())
    ]
    drawn = style.figure(
        traces, alt=alt, caption=caption, height=340, margin={"l": 8, "r": 8, "t": 12, "b": 8}
    )
    every = [y for _, ys in lines.values() for y in ys]
    low, high = min(base, *every), max(every)
    ends = {name: ys[-1] for name, (_, ys) in lines.items()}
    right = max(xs[-1] for xs, _ in lines.values())
    for name, y in _apart(ends, 0.065 * ((high - low) or 1.0)).items():
        drawn.add_annotation(
            x=right,
            y=y,
            text=style.label(name),
            showarrow=False,
            xanchor="left",
            xshift=8,
        )
    left = min(xs[0] for xs, _ in lines.values())
    drawn.update_xaxes(range=[left - 0.02 * (right - left), right + NAMES * (right - left)])
    marks = _round_amounts(low, high)
    drawn.update_yaxes(tickvals=marks, ticktext=[_brief(told, mark) for mark in marks])
    return drawn


def _round_amounts(low: float, high: float) -> list[float]:
    """About five round amounts between two."""
    wanted = ((high - low) or 1.0) / 5
    size = 10.0 ** np.floor(np.log10(wanted))
    step = float(next(size * n for n in (1, 2, 5, 10) if size * n >= wanted))
    return [n * step for n in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _apart(ends: dict[str, float], gap: float) -> dict[str, float]:
    """Where names stand beside the ends of lines, in the same order, at least a gap apart."""
    placed: dict[str, float] = {}
    names = sorted(ends, key=lambda name: ends[name])
    for name in names:
        lowest = max(placed.values(), default=-np.inf) + gap
        placed[name] = max(ends[name], float(lowest))
    # half of the shift back down, so that crowded names stand around their lines
    shift = sum(placed[n] - ends[n] for n in names) / len(names)
    return {name: y - shift for name, y in placed.items()}

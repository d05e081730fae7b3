"""Who wins where two weights move, with exact borders."""

import numpy as np
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.figures import style
from vendor_eval.sensitivity import Region, WinnerMap

FILLS = ("#bcd3ea", "#f1d9b5", "#d5e3cf", "#e3d3e6", "#e8e8e8")
"""Pale enough to write on; each region is named where it lies, so that no colour has to be told."""


def winner_map(assessment: Assessment) -> go.Figure:
    """The winner for every pair of shares of the two weights that are closest to changing it."""
    shown = assessment.winner_map
    if shown is None or len(shown.regions) < 2:
        return go.Figure()
    tree = assessment.evaluation.tree
    labels = [tree.criterion(path).label for path in (shown.first, shown.second)]
    told = ", ".join(
        f"{wording.listed(list(region.vendors))} {wording.percent(region.part)}"
        for region in shown.regions
    )
    traces = [_area(region, FILLS[n % len(FILLS)]) for n, region in enumerate(shown.regions)]
    traces.append(_today(shown))
    drawn = style.figure(
        traces,
        alt=f"Who is first for each pair of weights on {labels[0]} and {labels[1]}: {told} of them",
        caption="Each area is named for the vendor that is first there, but the smallest. "
        "Cross: today's weights.",
        height=380,
    )
    for region in shown.regions:
        if region.part > 0.02:
            x, y = np.mean(region.vertices, axis=0)
            name = style.label(wording.listed(list(region.vendors)))
            drawn.add_annotation(x=float(x), y=float(y), text=name, showarrow=False)
    ticks = {"tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1], "range": [-0.02, 1.05]}
    drawn.update_xaxes(title={"text": style.label(labels[0], at_most=40)}, **ticks)
    drawn.update_yaxes(title={"text": style.label(labels[1], at_most=40)}, **ticks)
    return drawn


def _area(region: Region, fill: str) -> go.Scatter:
    x, y = zip(*region.vertices, region.vertices[0], strict=True)
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself",
        fillcolor=fill,
        line={"color": "white", "width": 2},
        hoverinfo="skip",
    )


def _today(shown: WinnerMap) -> go.Scatter:
    return go.Scatter(
        x=[shown.today[0]],
        y=[shown.today[1]],
        mode="markers",
        marker={"symbol": "cross-thin", "size": 18, "line": {"width": 3, "color": style.INK}},
        hoverinfo="skip",
    )

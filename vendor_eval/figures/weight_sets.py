"""What each stakeholder gives the top-level criteria, side by side."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.elicitation import Elicitation
from vendor_eval.figures import style

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "hexagon", "x")
"""Stakeholders are told apart by form, so that greyscale loses nothing."""


def weight_sets(told: Elicitation) -> go.Figure:
    """A row a criterion: a band from the lowest to the highest weight, and a mark a stakeholder."""
    tree = told.agreed.tree
    if not told.sets or len(tree.top) < 2:
        return go.Figure()
    at = [tree.at(path) for path in tree.top]
    names = [tree.criterion(path).label for path in tree.top]
    given = {s.stakeholder: [float(s.evaluation.tree.weights[n]) for n in at] for s in told.sets}
    low, high = (list(map(end, zip(*given.values(), strict=True))) for end in (min, max))
    shown = [
        f"{name}: "
        + ", ".join(
            f"{tree.criteria[n].label} {wording.percent(w)}"
            for n, w in zip(at, weights, strict=True)
        )
        for name, weights in given.items()
    ]
    drawn = style.figure(
        [_band(low, high), *_marks(given), _agreed(tree.weights[at].tolist())],
        alt="Weights of the top-level criteria: " + "; ".join(shown),
        caption="Band: from the lowest weight to the highest. Upright line: the agreed weight.",
        height=90 + 44 * len(names) + 18 * (len(given) // 3),
        barmode="overlay",
        bargap=0.45,
        showlegend=True,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "xanchor": "left"},
        margin={"l": 8, "r": 12, "t": 8, "b": 8},
    )
    drawn.update_xaxes(range=[0, 1.08 * max(high)], tickformat=".0%", nticks=6, ticks="")
    style.name_rows(drawn, style.labels(names))
    return drawn


def _band(low: list[float], high: list[float]) -> go.Bar:
    return go.Bar(
        x=[b - a for a, b in zip(low, high, strict=True)],
        base=low,
        y=list(range(len(low))),
        orientation="h",
        marker={"color": style.BLUES[4]},
        hoverinfo="skip",
        showlegend=False,
    )


def _marks(given: dict[str, list[float]]) -> list[go.Scatter]:
    shown = style.labels(list(given))
    return [
        go.Scatter(
            x=weights,
            y=list(range(len(weights))),
            mode="markers",
            name=stakeholder,
            marker={
                "symbol": SYMBOLS[n % len(SYMBOLS)],
                "size": 12,
                "color": style.BLUES[n % 3],
                "line": {"width": 1, "color": "white"},
            },
            hovertext=[f"{stakeholder}: {wording.percent(w)}" for w in weights],
            hoverinfo="text",
        )
        for n, (stakeholder, weights) in enumerate(zip(shown, given.values(), strict=True))
    ]


def _agreed(weights: list[float]) -> go.Scatter:
    return go.Scatter(
        x=weights,
        y=list(range(len(weights))),
        mode="markers",
        name="agreed",
        marker={"symbol": "line-ns", "size": 24, "line": {"width": 3, "color": style.INK}},
        hoverinfo="skip",
    )

"""Rankings side by side: how each vendor's rank changes from one to the next."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from vendor_eval.award import Assessment
from vendor_eval.elicitation import Elicitation
from vendor_eval.figures import style

MOST = 12
"""Vendors drawn; the tables hold them all."""


def scenarios(assessment: Assessment) -> go.Figure:
    """Ranks under the rules' own weights and under each scenario."""
    named = assessment.scenarios
    ranks = {
        vendor: [evaluation.ranks[vendor] for evaluation in named.values()]
        for vendor in named[""].ranking
    }
    return _slopes(["agreed", *(name for name in named if name)], ranks)


def methods(assessment: Assessment) -> go.Figure:
    """Ranks by the additive model and by each second opinion that could be formed."""
    evaluation = assessment.evaluation
    ran = {name: o.ranks for name, o in assessment.opinions.items() if o.ranks is not None}
    ranks = {
        vendor: [evaluation.ranks[vendor], *(int(r[vendor]) for r in ran.values())]
        for vendor in evaluation.ranking
    }
    return _slopes(["this page", *ran], ranks)


def stakeholders(told: Elicitation) -> go.Figure:
    """Ranks under the agreed weights and under each stakeholder's."""
    evaluations = [told.agreed, *(one.evaluation for one in told.sets)]
    ranks = {v: [evaluation.ranks[v] for evaluation in evaluations] for v in told.agreed.ranking}
    return _slopes(["agreed", *(one.stakeholder for one in told.sets)], ranks)


def _slopes(columns: Sequence[str], ranks: Mapping[str, Sequence[int]]) -> go.Figure:
    if len(columns) < 2 or len(ranks) < 2:
        return go.Figure()
    vendors = list(ranks)[:MOST]
    first = vendors[0]
    names = style.labels(vendors)
    traces = [
        go.Scatter(
            x=list(range(len(columns))),
            y=list(ranks[vendor]),
            mode="lines+markers",
            line={"width": 4 if vendor == first else 2},
            marker={"size": 9, "color": style.LEAD if vendor == first else style.SECOND},
            line_color=style.LEAD if vendor == first else style.SECOND,
            hoverinfo="skip",
        )
        for vendor in vendors
    ]
    told = "; ".join(f"{vendor} {', '.join(map(str, ranks[vendor]))}" for vendor in vendors)
    more = f" The first {MOST} of {len(ranks)}." if len(ranks) > MOST else ""
    drawn = style.figure(
        traces,
        alt=f"Ranks under {', '.join(columns)}: {told}",
        caption=f"Rank, 1 at the top. The dark line is the first on the left.{more}",
        height=70 + 34 * max(map(max, ranks.values())),
        margin={"l": 8, "r": 28, "t": 30, "b": 8},
    )
    shown = [style.label(column, at_most=16) for column in columns]
    drawn.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=shown,
        side="top",
        range=[-0.15, len(columns) - 0.85],
        ticklabeloverflow="allow",  # else the last name is left out where it is long
    )
    ticks = _named_ranks([ranks[vendor][0] for vendor in vendors], names)
    drawn.update_yaxes(autorange="reversed", tickvals=list(ticks), ticktext=list(ticks.values()))
    return drawn


def _named_ranks(ranks: Sequence[int], names: Sequence[str]) -> dict[int, str]:
    """Beside each rank on the left, who holds it."""
    held: dict[int, list[str]] = {}
    for rank, name in zip(ranks, names, strict=True):
        held.setdefault(rank, []).append(name)
    return {rank: f"{', '.join(who)}  {rank}" for rank, who in held.items()}

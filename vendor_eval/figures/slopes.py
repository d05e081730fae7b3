"""Rankings side by side: how each vendor's rank changes from one to the next."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.elicitation import Elicitation
from vendor_eval.figures import style

MOST = 8
"""Vendors drawn; the tables hold them all."""
UPRIGHT = 2
"""Columns whose names stand side by side on a phone; those of more stand on end."""


def scenarios(assessment: Assessment) -> go.Figure:
    """Ranks under the rules' own weights and under each scenario."""
    named = assessment.scenarios
    ranks = {
        vendor: [evaluation.ranks[vendor] for evaluation in named.values()]
        for vendor in named[""].ranking
    }
    return _slopes(["Agreed", *(wording.titled(name) for name in named if name)], ranks)


def methods(assessment: Assessment) -> go.Figure:
    """Ranks by the additive model and by each second opinion that could be formed."""
    evaluation = assessment.evaluation
    ran = {name: o.ranks for name, o in assessment.opinions.items() if o.ranks is not None}
    ranks = {
        vendor: [evaluation.ranks[vendor], *(int(r[vendor]) for r in ran.values())]
        for vendor in evaluation.ranking
    }
    return _slopes(["This page", *map(wording.method_name, ran)], ranks)


def stakeholders(told: Elicitation) -> go.Figure:
    """Ranks under the agreed weights and under each stakeholder's."""
    evaluations = [told.agreed, *(one.evaluation for one in told.sets)]
    ranks = {v: [evaluation.ranks[v] for evaluation in evaluations] for v in told.agreed.ranking}
    return _slopes(["agreed", *(one.stakeholder for one in told.sets)], ranks)


def _slopes(columns: Sequence[str], ranks: Mapping[str, Sequence[int]]) -> go.Figure:
    if len(columns) < 2 or len(ranks) < 2:
        return go.Figure()
    vendors = list(ranks)[:MOST]
    traces = [_line(ranks[vendor], n) for n, vendor in enumerate(vendors)]
    told = "; ".join(f"{vendor} {', '.join(map(str, ranks[vendor]))}" for vendor in vendors)
    more = f" The first {MOST} of {len(ranks)}." if len(ranks) > MOST else ""
    upright = len(columns) <= UPRIGHT
    ends = _named_ranks({vendor: ranks[vendor][-1] for vendor in vendors})
    drawn = style.figure(
        traces,
        alt=f"Ranks under {', '.join(columns)}: {told}",
        caption=f"Rank, 1 at the top. The dark line is the first on the left.{more}",
        height=(80 if upright else 130) + _step(ends) * max(max(ranks[v]) for v in vendors),
        margin={"l": 44, "r": 8, "t": 30, "b": 8},
    )
    drawn.update_xaxes(
        tickvals=list(range(len(columns))),
        ticktext=[style.wrapped(column, 14) for column in columns],
        tickangle=0 if upright else -90,
        side="top",
        range=[-0.1, len(columns) - 0.95],
    )
    drawn.update_yaxes(
        autorange="reversed",
        side="right",
        tickvals=list(ends),
        ticktext=list(ends.values()),
        ticks="outside",
        ticklen=7,
        tickcolor="rgba(0,0,0,0)",  # a tick of nothing keeps the names off the markers
    )
    for rank in sorted({ranks[vendor][0] for vendor in vendors}):
        drawn.add_annotation(
            x=0, y=rank, text=str(rank), showarrow=False, xanchor="right", xshift=-10
        )
    return drawn


def _step(named: Mapping[int, str]) -> int:
    """Pixels from one rank to the next, so that no name stands upon another."""
    lines = {rank: text.count("<br>") + 1 for rank, text in named.items()}
    needed = [
        18 * (lines[one] + lines[other]) / 2 / (other - one)
        for one, other in pairwise(sorted(lines))
    ]
    return ceil(max([30, *needed]))


def _line(ranks: Sequence[int], place: int) -> go.Scatter:
    """One vendor's ranks; the first stands out, and the others can be told apart in grey."""
    colour = style.LEAD if place == 0 else style.SECOND
    return go.Scatter(
        x=list(range(len(ranks))),
        y=list(ranks),
        mode="lines+markers",
        line={
            "width": 4 if place == 0 else 2,
            "color": colour,
            "dash": ("solid", "dash", "dot", "dashdot")[place % 4],
        },
        marker={"size": 9, "color": colour},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _named_ranks(ranks: Mapping[str, int]) -> dict[int, str]:
    """Beside each rank, who holds it, with nothing cut."""
    held: dict[int, list[str]] = {}
    for vendor, rank in ranks.items():
        held.setdefault(rank, []).append(style.wrapped(vendor, 16))
    return {rank: f"{rank}  {'<br>'.join(names)}" for rank, names in held.items()}

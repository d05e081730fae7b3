"""A hundred plausible weightings as a hundred dots."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.figures import style

COLUMNS = 20


def first_places(assessment: Assessment) -> go.Figure:
    """One dot for each of 100 weightings, filled for those in which the leader is first."""
    near = assessment.near_weights
    if len(near.rank_acceptability) < 2:
        return go.Figure()
    ranked = near.rank_acceptability[1].sort_values(ascending=False, kind="stable")
    leader = assessment.recommendation.vendor or str(ranked.index[0])
    first = int(wording.of_100(near.first(leader)))
    rivals = [(str(v), float(share)) for v, share in ranked.items() if v != leader and share > 0]
    other = ", ".join(f"{style.label(v)} {wording.in_100(share)}" for v, share in rivals[:4])
    caption = f"Filled: {leader} first, {first} of 100."
    if rivals:
        caption += f" Hollow: another vendor first. First in 100 weightings: {other}."
    dots = [(n % COLUMNS, -(n // COLUMNS)) for n in range(100)]
    traces = [
        go.Scatter(
            x=[x for x, _ in part],
            y=[y for _, y in part],
            mode="markers",
            marker={"size": 11, "color": fill, "line": {"color": style.LEAD, "width": 1.5}},
            hoverinfo="skip",
        )
        for part, fill in ((dots[:first], style.LEAD), (dots[first:], "white"))
    ]
    drawn = style.figure(
        traces,
        alt=f"{first} of 100 weightings put {leader} first",
        caption=caption,
        height=124,
        margin={"l": 8, "r": 8, "t": 4, "b": 4},
    )
    drawn.update_xaxes(
        visible=False,
        range=[-0.5, COLUMNS - 0.5],
        scaleanchor="y",
        constrain="domain",
        constraintoward="left",
    )
    drawn.update_yaxes(visible=False, range=[-100 / COLUMNS + 0.4, 0.6], constrain="domain")
    return drawn

"""What each top-level criterion adds to each vendor's score."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.figures import style

MOST = 30
"""Vendors drawn; the tables hold them all."""


def contributions(assessment: Assessment) -> go.Figure:
    """Horizontal bars, best first, each the sum of its criteria, in points out of 100."""
    evaluation = assessment.evaluation
    if not evaluation.ranking:
        return go.Figure()
    vendors, top = list(evaluation.ranking[:MOST]), list(evaluation.tree.top)
    parts = 100 * evaluation.contributions.loc[vendors, top]
    totals = [wording.points(evaluation.scores[vendor]) for vendor in vendors]
    traces = []
    for n, path in enumerate(top):
        points = [float(p) for p in parts[path]]
        colour = style.BLUES[n % len(style.BLUES)]
        traces.append(
            go.Bar(
                x=points,
                y=list(range(len(vendors))),
                orientation="h",
                marker={"color": colour, "line": {"color": "white", "width": 1}},
                text=[str(wording.rounded(p, 0)) if p >= 4 else "" for p in points],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"color": "white" if n % len(style.BLUES) < 2 else style.INK},
                hovertext=[
                    f"{style.label(v)}: {style.label(evaluation.tree.criterion(path).label)} "
                    f"{wording.points(p / 100)} points"
                    for v, p in zip(vendors, points, strict=True)
                ],
                hoverinfo="text",
            )
        )
    order = ", ".join(evaluation.tree.criterion(path).label for path in top)
    shown = (
        f" The first {MOST} of {len(evaluation.ranking)}." if len(evaluation.ranking) > MOST else ""
    )
    drawn = style.figure(
        traces,
        alt="Scores: " + ", ".join(f"{v} {t}" for v, t in zip(vendors, totals, strict=True)),
        caption=f"Left to right: {order}. Points out of 100.{shown}",
        height=24 + 40 * len(vendors),
        barmode="stack",
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    drawn.update_xaxes(visible=False, range=[0, 112])
    style.name_rows(drawn, style.labels(vendors))
    for row, (total, vendor) in enumerate(zip(totals, vendors, strict=True)):
        drawn.add_annotation(
            x=100 * float(evaluation.scores[vendor]),
            y=row,
            text=f"<b>{total}</b>",
            showarrow=False,
            xanchor="left",
            xshift=6,
        )
    return drawn

"""How far each top-level weight can move before the winner changes."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.figures import style


def weight_intervals(assessment: Assessment) -> go.Figure:
    """A band a criterion, from the lowest to the highest weight that keeps the winner first."""
    tree = assessment.evaluation.tree
    if not assessment.weight_intervals:
        return go.Figure()
    paths = [path for path in tree.top if path in assessment.weight_intervals]
    held = {path: assessment.weight_intervals[path] for path in paths}
    rows = list(range(len(paths)))
    told = [
        f"{tree.criterion(path).label} {wording.percent_towards(i.low, i.share)} to "
        f"{wording.percent_towards(i.high, i.share)}, "
        f"now {wording.percent(i.share)}"
        for path, i in held.items()
    ]
    drawn = style.figure(
        [
            go.Bar(
                x=[1] * len(paths),
                y=rows,
                orientation="h",
                marker={"color": style.WASH, "line": {"color": style.LINE, "width": 1}},
                hoverinfo="skip",
            ),
            go.Bar(
                x=[i.high - i.low for i in held.values()],
                base=[i.low for i in held.values()],
                y=rows,
                orientation="h",
                marker={"color": style.BAND},
                hovertext=[style.label(text, at_most=120) for text in told],
                hoverinfo="text",
            ),
            go.Scatter(
                x=[i.share for i in held.values()],
                y=rows,
                mode="markers",
                marker={
                    "symbol": "line-ns",
                    "size": 22,
                    "line": {"width": 3, "color": style.INK},
                },
                hoverinfo="skip",
            ),
        ],
        alt="The winner stays first while one weight moves within: " + "; ".join(told),
        caption="Band: the winner stays first. Mark: the agreed weight.",
        height=40 + 36 * len(paths),
        barmode="overlay",
        bargap=0.4,
    )
    drawn.update_xaxes(
        range=[-0.01, 1.06], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], ticks=""
    )
    style.name_rows(drawn, style.labels([tree.criterion(path).label for path in paths]))
    return drawn

"""Section: every vendor's score while one weight moves."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.analysis.sensitivity.along import RankingsAlong, rankings_along
from vendor_eval.award.result import Result
from vendor_eval.report import style
from vendor_eval.report.html import say
from vendor_eval.report.sections import Section, of_points
from vendor_eval.report.sections import section as shown

MOST = 8
"""Vendors drawn; the tables hold them all."""


def along_figure(result: Result) -> list[go.Figure]:
    """For each top-level criterion, the scores along its share from 0 to 1."""
    evaluation = result.evaluation
    if len(evaluation.ranking) < 2 or len(evaluation.tree.top) < 2:
        return []
    return [_lines(result, rankings_along(evaluation, path)) for path in evaluation.tree.top]


def _lines(result: Result, rankings: RankingsAlong) -> go.Figure:
    label = result.evaluation.tree.criterion(rankings.path).label
    vendors = list(result.evaluation.ranking[:MOST])
    traces = [
        go.Scatter(
            x=[0, 1],
            y=list(rankings.ends[vendor]),
            mode="lines",
            line=style.line(n),
            hovertext=style.label(vendor),
            hoverinfo="text",
        )
        for n, vendor in enumerate(vendors)
    ]
    first = "; ".join(
        f"{wording.listed(stretch.leaders, at_most=3)} from "
        f"{wording.percents_within(stretch.low, stretch.high)}"
        for stretch in rankings.segments
    )
    drawn = style.figure(
        traces,
        alt=f"Scores along the weight on {label}; first: {first}",
        caption=f"Weight on {label}, today {wording.percent(rankings.share)}. Score in points.",
        key=style.line_key(vendors),
        height=300,
        margin={"l": 40, "r": 8, "t": 8, "b": 8},
    )
    drawn.add_vline(x=rankings.share, line={"color": style.INK, "width": 1})
    drawn.update_xaxes(range=[0, 1.04], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1])
    return drawn


def along_sentence(result: Result) -> str:
    """What the lines of scores along a weight show."""
    if len(result.evaluation.ranking) < 2:
        return ""
    return (
        "Each line is a vendor's score while one weight goes from 0 to 100 % and the others keep "
        "their proportions; where lines cross, ranks change. The upright line is the agreed weight."
    )


@of_points
def section(result: Result) -> Section:
    """Every vendor's score while one weight moves."""
    return shown(say(along_sentence(result)), *along_figure(result))

"""Section: which change of the weights would change the winner."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.analysis.sensitivity.intervals import WeightInterval
from vendor_eval.analysis.sensitivity.winners import Region, WinnerMap
from vendor_eval.award.result import Result
from vendor_eval.report import style
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section, of_points
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.criteria import Tree
from vendor_eval.wording import NONE

ROUNDED = "The rounding of the rules decides who is first; no change of weights is stated."


def weight_intervals_figure(result: Result) -> go.Figure:
    """A band a criterion, from the lowest to the highest weight that keeps the winner first."""
    tree = result.evaluation.tree
    if not result.weight_intervals:
        return go.Figure()
    paths = [path for path in tree.top if path in result.weight_intervals]
    held = {path: result.weight_intervals[path] for path in paths}
    named = style.labels([tree.criterion(path).label for path in paths])
    lines = [
        f"{tree.criterion(path).label} {wording.percents_within(i.low, i.high)}, "
        f"now {wording.percent(i.share)}"
        for path, i in held.items()
    ]
    drawn = style.figure(
        _interval_traces(held, lines),
        alt="The winner stays first while one weight moves within: " + "; ".join(lines),
        caption="Band: the winner stays first. Mark: the agreed weight.",
        height=40 + style.row_height(named, 36) * len(paths),
        barmode="overlay",
        bargap=0.4,
    )
    drawn.update_xaxes(
        range=[-0.01, 1.06], tickformat=".0%", tickvals=[0, 0.25, 0.5, 0.75, 1], ticks=""
    )
    style.name_rows(drawn, named)
    return drawn


def _interval_traces(held: Mapping[str, WeightInterval], lines: Sequence[str]) -> list[Any]:
    """A row for each interval: the whole width, the band that holds, and the agreed weight."""
    rows, shares = list(range(len(held))), [i.share for i in held.values()]
    mark = {"symbol": "line-ns", "size": 22, "line": {"width": 3, "color": style.INK}}
    return [
        go.Bar(
            x=[1] * len(held),
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
            hovertext=[style.label(text) for text in lines],
            hoverinfo="text",
        ),
        go.Scatter(x=shares, y=rows, mode="markers", marker=mark, hoverinfo="skip"),
    ]


FILLS = ("#bcd3ea", "#f1d9b5", "#d5e3cf", "#e3d3e6", "#e8e8e8")
"""Pale enough to write on; each region is named where it lies, so no colour must be recognised."""


def winner_map_figure(result: Result) -> go.Figure:
    """The winner for every pair of shares of the two weights that are closest to changing it."""
    shown = result.winner_map
    if shown is None or len(shown.regions) < 2:
        return go.Figure()
    tree = result.evaluation.tree
    labels = [tree.criterion(path).label for path in (shown.first, shown.second)]
    areas = ", ".join(
        f"{wording.listed(region.vendors, at_most=3)} {wording.percent_below(region.part)}"
        for region in shown.regions
    )
    traces = [_area(region, FILLS[n % len(FILLS)]) for n, region in enumerate(shown.regions)]
    traces.append(_today(shown))
    drawn = style.figure(
        traces,
        alt=f"Who is first for each pair of weights on {labels[0]} and {labels[1]}: "
        f"{areas} of them",
        caption="Each area except the smallest names the vendor that is first there. "
        "Cross: today's weights.",
        key=[
            (wording.listed(region.vendors, at_most=3), FILLS[n % len(FILLS)])
            for n, region in enumerate(shown.regions)
        ],
        height=280,
    )
    for region in shown.regions:
        if region.part > 0.02:
            x, y = np.mean(region.vertices, axis=0)
            name = style.wrapped(wording.listed(region.vendors, at_most=3), 16)
            ink = {"color": style.ON_FILL}
            drawn.add_annotation(x=float(x), y=float(y), text=name, showarrow=False, font=ink)
    ticks = {"tickformat": ".0%", "tickvals": [0, 0.25, 0.5, 0.75, 1], "range": [-0.02, 1.05]}
    drawn.update_xaxes(title={"text": style.wrapped(labels[0], 28)}, **ticks)
    drawn.update_yaxes(title={"text": style.wrapped(labels[1], 26)}, **ticks)
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
        marker={"symbol": "cross-thin", "size": 18, "line": {"width": 3, "color": style.ON_FILL}},
        hoverinfo="skip",
    )


def weight_changes_sentence(result: Result) -> str:
    """The smallest change of the top-level weights that puts another vendor first."""
    changes = {v: c for v, c in result.weight_changes.items() if c is not None}
    if not result.weight_changes:
        return ""
    parts = []
    if changes:
        vendor = min(changes, key=lambda v: (changes[v].total, v))
        # what one criterion gains another loses, so half of all moves is what is moved
        moved = wording.percent_above(changes[vendor].total / 2)
        parts.append(
            f"Moving {moved} of the weight is enough to put {vendor} level with the first."
        )
    return " ".join([*parts, *never_first_sentence(result)])


def never_first_sentence(result: Result) -> list[str]:
    """Who is first under no weights at all, and who only under weights within a branch."""
    possible = result.potentially_optimal
    behind = [v for v, change in result.weight_changes.items() if change is None]
    never, within = ([v for v in behind if possible[v] is able] for able in (False, True))
    parts = []
    if never:
        parts.append(
            f"{wording.listed(never, at_most=3)} cannot be first under any weights, at any level "
            "of the criteria."
        )
    if within:
        parts.append(
            f"{wording.listed(within, at_most=3)} cannot be first by top-level weights alone, only "
            "if weights within a group of criteria change too."
        )
    return parts


def winner_map_sentence(result: Result) -> str:
    """What the map of two weights shows."""
    shown, tree = result.winner_map, result.evaluation.tree
    if shown is None or len(shown.regions) < 2:
        return ""
    labels = [tree.criterion(path).label for path in (shown.first, shown.second)]
    leader = result.recommendation.vendor
    part = sum(region.part for region in shown.regions if leader in region.vendors)
    return (
        f"{labels[0]} and {labels[1]} are the weights closest to changing the winner. "
        f"Over all combinations of these two, {leader} is first in {wording.percent_below(part)}."
    )


def intervals_sentence(result: Result) -> str:
    """What the weight intervals show."""
    award, tree = result.recommendation, result.evaluation.tree
    if result.rounding_decides:
        return ROUNDED
    if not result.weight_intervals:
        return "There is no single winner with a second vendor, so no weight can change the order."
    if len(tree.leaves) == 1:
        return "There is one criterion, so there is no weight to move."
    moving = [p for p, i in result.weight_intervals.items() if i.nearest_change is not None]
    loose = [tree.criterion(path).label for path in tree.top if path not in moving]
    fixed = result.evaluation.rules.procedure == "public" and result.information is None
    bound = "The published weights are fixed; this explores others. " if fixed else ""
    sentence = bound + (
        f"Each band shows how far one weight can move while {award.vendor} stays first and the "
        "others keep their proportions; the mark is the agreed weight."
    )
    if not moving:
        return f"{sentence} No single weight changes the winner, at any level of the criteria."
    if len(loose) == len(tree.top):
        within = wording.listed([tree.criterion(path).label for path in moving], at_most=9)
        weight = wording.agreeing(len(moving), "the weight", "the weights")
        does = wording.agreeing(len(moving), "its group does", "their groups do")
        return (
            f"{sentence} No single top-level weight changes the winner; {weight} of {within} "
            f"within {does}."
        )
    return sentence + (
        f" {wording.listed(loose, at_most=9)} alone cannot change it." if loose else ""
    )


def weight_changes_table(result: Result) -> Html:
    """For every rival the smallest change of the top-level weights that draws it level."""
    tree, changes = result.evaluation.tree, result.weight_changes
    if not changes:
        return Html("")
    rows = []
    for vendor, change in changes.items():
        if change is None:
            within = result.potentially_optimal[vendor]
            none = "no top-level weights put it first" if within else "no weights put it first"
            rows.append([vendor, NONE, none])
            continue
        now = {path: float(tree.shares[tree.at(path)]) for path in change.weights}
        shares = [
            f"{tree.criterion(path).label} {wording.percent_past(share, now[path])}"
            f" (now {wording.percent(now[path])})"
            for path, share in change.weights.items()
        ]
        rows.append([vendor, wording.percent_above(change.total / 2), ", ".join(shares)])
    head = ["Vendor", "Weight to move", "Weights then"]
    caption = "The smallest change of weights that brings each vendor level"
    return table(f"{caption}, rounded so that it suffices", head, rows, prose=True)


def weight_intervals_table(result: Result) -> Html:
    """The interval of every weight within which the winner stays first, and who takes over."""
    tree, held = result.evaluation.tree, result.weight_intervals
    if not held:
        return Html("")
    bounded = {path: i for path, i in held.items() if i.nearest_change is not None}
    rows = [
        [
            _within(tree, path),
            wording.percent(i.share),
            wording.percents_within(i.low, i.high),
            i.below or NONE,
            i.above or NONE,
        ]
        for path, i in bounded.items()
    ]
    if len(held) > len(bounded):
        others = wording.other_criteria(len(held) - len(bounded), len(bounded))
        rows.append([others, NONE, "regardless of its share", NONE, NONE])
    head = ["Criterion", "Agreed", "Winner stays", "First below", "First above"]
    return table(
        "Shares within a group of criteria; one moves, the others keep their proportions",
        head,
        rows,
    )


def _within(tree: Tree, path: str) -> str:
    """A node's label after those it stands under."""
    parts = path.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return " \u203a ".join(tree.criterion(node).label for node in above)


@of_points
def section(result: Result) -> Section:
    """Which change of the weights would change the winner."""
    return shown(
        say(intervals_sentence(result)),
        weight_intervals_figure(result),
        weight_intervals_table(result),
        *pairs_section(result).parts,
    )


@of_points
def pairs_section(result: Result) -> Section:
    """The winner over two weights, and the smallest changes of several."""
    return shown(
        say(winner_map_sentence(result)),
        winner_map_figure(result),
        say(weight_changes_sentence(result)),
        weight_changes_table(result),
    )

"""Section: why this vendor, by what each criterion adds."""

import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.award.rank_basis import point_price_cell, standings
from vendor_eval.award.result import Result
from vendor_eval.award.stated_weights import fitting
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say
from vendor_eval.report.sections import Section, of_points
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender

MOST, FIRST = 30, 6
"""Vendors drawn here and on the board page; the tables hold them all."""


def contributions_figure(result: Result, *, most: int = MOST) -> go.Figure:
    """Horizontal bars, best first, each the sum of its criteria, in points out of 100."""
    evaluation = result.evaluation
    if not evaluation.ranking:
        return go.Figure()
    vendors, top = list(evaluation.ranking[:most]), list(evaluation.tree.top)
    parts = 100 * evaluation.contributions.loc[vendors, top]
    names = style.labels(vendors)
    totals = standings(evaluation, vendors)
    traces = []
    for n, path in enumerate(top):
        points = [float(p) for p in parts[path]]
        colour = style.BLUES[n % len(style.BLUES)]
        inside = [str(wording.rounded(p, 0)) if p >= 4 else "" for p in points]
        hover = [
            f"{style.label(v)}: {style.label(evaluation.tree.criterion(path).label)} "
            f"{wording.points(p / 100)} points"
            for v, p in zip(vendors, points, strict=True)
        ]
        ink = "white" if n % len(style.BLUES) < 2 else style.ON_FILL
        traces.append(style.bar_part(points, colour, inside=inside, ink=ink, hover=hover))
    labels = [evaluation.tree.criterion(path).label for path in top]
    colours = [style.BLUES[n % len(style.BLUES)] for n in range(len(top))]
    ranked = len(evaluation.ranking)
    shown = f" The first {most} of {ranked}." if ranked > most else ""
    drawn = style.figure(
        traces,
        alt="Scores: " + ", ".join(f"{v} {t}" for v, t in zip(vendors, totals, strict=True)),
        caption=f"Points out of 100, from left to right as in the key.{shown}",
        key=list(zip(labels, colours, strict=True)),
        height=24 + style.row_height(names, 40) * len(vendors),
        barmode="stack",
        bargap=0.28,
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    drawn.update_xaxes(visible=False, range=[0, 112])
    style.name_rows(drawn, names)
    ends = [100 * float(evaluation.scores[vendor]) for vendor in vendors]
    style.write_totals(drawn, zip(ends, totals, strict=True))
    return drawn


def why_sentence(result: Result) -> str:
    """On which top-level criteria the first vendor leads the next, and on which it trails."""
    evaluation, award = result.evaluation, result.recommendation
    if not evaluation.ranking:
        return "No vendor is eligible, so none is ranked."
    if award.vendor is None or award.runner_up is None:
        return _summed(evaluation)
    top = list(evaluation.tree.top)
    ahead = evaluation.values.loc[award.vendor, top] - evaluation.values.loc[award.runner_up, top]
    labels = {path: evaluation.tree.criterion(path).label for path in top}
    best = [labels[path] for path in top if round(float(ahead[path]), 9) > 0]
    worse = [labels[path] for path in top if round(float(ahead[path]), 9) < 0]
    parts = [
        f"{award.vendor} is ahead on {wording.listed(best, at_most=9)}" if best else "",
        f"{award.runner_up} is ahead on {wording.listed(worse, at_most=9)}" if worse else "",
    ]
    lead = "; ".join(filter(None, parts)) or "The first two are level on every criterion"
    return f"{lead}. {_summed(evaluation)}"


def _summed(evaluation: Evaluation) -> str:
    """What a bid's points are, and what ranks it."""
    score = "score" if evaluation.divisor is None else "quality"
    text = f"The {score} is the sum of what every criterion adds, in points out of 100."
    if evaluation.divisor is None:
        return text
    return f"{text} The price divided by these points ranks the bids, the lowest first."


def rules_sentence(tender: Tender, result: Result) -> str:
    """Which weights the page uses, and whether the rules were sealed."""
    name = result.evaluation.scenario
    weights = f"the scenario {wording.titled(name)}" if name else "the agreed weights"
    if result.information is not None:
        weights = f"the mean of all weights {fitting(result.information)}"
    if tender.rules.lowest_price:
        weights = "the gates and prices alone"
    if tender.seal is None:
        return (
            f"This page uses {weights}. The rules were not sealed before the proposals were read."
        )
    late = name and not tender.seal.covers(tender.rules, name)
    sentence = f"This page uses {weights}{', added after sealing' if late else ''}."
    there = f", with {tender.seal.bids} already in the folder" if tender.seal.bids else ""
    return f"{sentence} The rules are those sealed on {tender.seal.sealed_on:%-d %B %Y}{there}."


def node_labels(evaluation: Evaluation) -> list[str]:
    """Each node's label, indented by its depth."""
    tree = evaluation.tree
    depth = [path.count(".") for path in tree.paths]
    return ["\u2003" * d + c.label for d, c in zip(depth, tree.criteria, strict=True)]


def contributions_table(result: Result) -> Html:
    """Weight and contribution of each top-level criterion for every eligible vendor."""
    evaluation = result.evaluation
    top, weights = list(evaluation.tree.top), evaluation.tree.weights
    parts = evaluation.contributions
    labels = [
        f"{evaluation.tree.criterion(p).label} ({wording.percent(weights[evaluation.tree.at(p)])})"
        for p in top
    ]

    def cell(row: int, vendor: str) -> str:
        if row == len(top):
            return wording.points(evaluation.scores[vendor])
        if row > len(top):
            return point_price_cell(evaluation, vendor)
        return wording.points(parts.loc[vendor, top[row]])

    caption = "Points that each criterion adds, and the score"
    sums = ["Score"] if evaluation.divisor is None else ["Quality", "Price of a point"]
    return across(caption, "Criterion (weight)", [*labels, *sums], evaluation.ranking, cell)


@of_points
def section(result: Result) -> Section:
    """Why this vendor is first."""
    every = len(result.evaluation.ranking) > FIRST  # the board page draws no more
    picture = [contributions_figure(result)] if every else []
    return shown(say(why_sentence(result)), *picture, contributions_table(result))

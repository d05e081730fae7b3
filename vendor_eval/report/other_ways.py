"""Section: scenarios and other ranking methods, as second opinions."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil

import pandas as pd
import plotly.graph_objects as go

from vendor_eval import wording
from vendor_eval.analysis.methods.panel import agreement
from vendor_eval.award.rank_basis import standing
from vendor_eval.award.result import Result
from vendor_eval.report import style
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.sections import Section, of_points
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

MOST = 8
"""Vendors drawn; the tables hold them all."""
UPRIGHT = 2
"""Columns whose names stand side by side on a phone; those of more stand on end."""


def scenarios_figure(result: Result) -> go.Figure:
    """Ranks under the rules' own weights and under each scenario."""
    named = result.scenarios
    ranks = {
        vendor: [evaluation.ranks[vendor] for evaluation in named.values()]
        for vendor in named[""].ranking
    }
    return rank_lines(["Agreed", *(wording.titled(name) for name in named if name)], ranks)


def methods_figure(result: Result) -> go.Figure:
    """Ranks by the additive model and by each second opinion that could be formed."""
    evaluation = result.evaluation
    ran = {name: o.ranks for name, o in result.opinions.items() if o.ranks is not None}
    ranks = {
        vendor: [evaluation.ranks[vendor], *(int(r[vendor]) for r in ran.values())]
        for vendor in evaluation.ranking
    }
    return rank_lines(["This page", *map(wording.method_name, ran)], ranks)


def rank_lines(columns: Sequence[str], ranks: Mapping[str, Sequence[int]]) -> go.Figure:
    """A line a vendor through its ranks, one rank for each column; rank 1 is at the top."""
    if len(columns) < 2 or len(ranks) < 2:
        return go.Figure()
    vendors = list(ranks)[:MOST]
    traces = [_line(ranks[vendor], n) for n, vendor in enumerate(vendors)]
    spoken = "; ".join(f"{vendor} {', '.join(map(str, ranks[vendor]))}" for vendor in vendors)
    more = f" The first {MOST} of {len(ranks)}." if len(ranks) > MOST else ""
    upright = len(columns) <= UPRIGHT
    ends = _named_ranks({vendor: ranks[vendor][-1] for vendor in vendors})
    drawn = style.figure(
        traces,
        alt=f"Ranks under {', '.join(columns)}: {spoken}",
        caption=f"Rank, 1 at the top. The thick line is the vendor ranked first on the left.{more}",
        key=style.line_key(vendors),
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
    """One vendor's ranks; the first stands out, and the others differ in grey too."""
    drawn = style.line(place)
    return go.Scatter(
        x=list(range(len(ranks))),
        y=list(ranks),
        mode="lines+markers",
        line=drawn,
        marker={"size": 9, "color": drawn["color"]},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _named_ranks(ranks: Mapping[str, int]) -> dict[int, str]:
    """By rank, who holds it, with nothing cut."""
    held: dict[int, list[str]] = {}
    for vendor, rank in ranks.items():
        held.setdefault(rank, []).append(style.wrapped(vendor, 16))
    return {rank: f"{rank}  {'<br>'.join(names)}" for rank, names in held.items()}


def scenarios_sentence(result: Result) -> str:
    """Under how many of the rules' scenarios the first vendor stays first."""
    if len(result.scenarios) < 2:
        return "The rules name no other scenarios."
    base = result.scenarios[""].winner
    others = {
        name: evaluation.winner
        for name, evaluation in result.scenarios.items()
        if name and evaluation.winner != base
    }
    total = len(result.scenarios) - 1
    agreed = f"{base} is first" if base else "no vendor is alone in first place"
    if not others:
        whole = "the one scenario" if total == 1 else f"all {total} scenarios"
        return f"Under the agreed weights {agreed}, and so it is under {whole}."
    changes = wording.listed(
        [f"{new or 'no single vendor'} under {wording.titled(n)}" for n, new in others.items()],
        at_most=9,
    )
    return f"Under the agreed weights {agreed}. That changes to {changes}."


def _first(ranks: pd.Series) -> str:
    return wording.listed([str(vendor) for vendor in ranks.index[ranks == 1]], at_most=3)


def methods_sentence(result: Result) -> str:
    """How many other methods agree on the first vendor."""
    first = result.recommendation.vendor
    ran = {name: o for name, o in result.opinions.items() if o.ranks is not None}
    failed = len(result.opinions) - len(ran)
    if not result.opinions:
        return "The rules ask for no second opinion."
    stopped = f" {wording.counted(failed, 'method')} could not run." if failed else ""
    if not ran or first is None:
        return "The same answers and weights, ranked by other published methods." + stopped
    dissent = [
        f"{wording.method_name(name)} ranks {_first(o.ranks)} first"
        for name, o in ran.items()
        if o.ranks is not None and o.ranks[first] != 1
    ]
    agree = len(ran) - len(dissent)
    puts = wording.agreeing_part(agree, len(ran), "puts", "put")
    who = wording.begun(wording.part_of(agree, len(ran), "other method"))
    sentence = f"{who} {'also ' if agree else ''}{puts} {first} first."
    exception = wording.agreeing(len(dissent), "Exception", "Exceptions")
    listed = wording.listed(dissent, at_most=9)
    return sentence + (f" {exception}: {listed}." if dissent else "") + stopped


def scenarios_table(tender: Tender, result: Result) -> Html:
    """The ranking under the rules' own weights and under each scenario, late ones labelled."""
    named = result.scenarios
    if len(named) < 2:
        return Html("")
    vendors = result.scenarios[""].ranking
    labels = ["Agreed weights"]
    for name in filter(None, named):
        late = tender.seal is not None and not tender.seal.covers(tender.rules, name)
        labels.append(wording.titled(name) + (" (added after sealing)" if late else ""))

    def cell(row: int, vendor: str) -> str:
        evaluation = list(named.values())[row]
        return f"{evaluation.ranks[vendor]} ({standing(evaluation, vendor)})"

    return across("Rank and score under each set of weights", "Weights", labels, vendors, cell)


def methods_table(result: Result) -> Html:
    """The ranks each second opinion gives, alongside the additive model's."""
    evaluation, opinions = result.evaluation, result.opinions
    if not opinions:
        return Html("")
    ran = {name: o.ranks for name, o in opinions.items() if o.ranks is not None}
    labels = ["Additive (this page)", *map(wording.method_name, ran)]
    every = [evaluation.ranks, *ran.values()]

    def cell(row: int, vendor: str) -> str:
        return str(int(every[row][vendor]))

    pieces = [across("Rank by each method", "Method", labels, evaluation.ranking, cell).markup]
    tau = _agreement(result)
    notes = [
        [wording.method_name(name), tau.get(name, NONE), o.error or o.settings]
        for name, o in opinions.items()
    ]
    head = ["Method", "Agreement", "What it used, or why it could not run"]
    caption = (
        "Agreement with this page's ranking (Kendall's tau): 1 is the same order, -1 the reverse"
    )
    pieces.append(table(caption, head, notes, prose=True).markup)
    return Html("\n".join(pieces))


def _agreement(result: Result) -> dict[str, str]:
    """Kendall's tau between each method's ranking and the additive one, where it is defined."""
    evaluation = result.evaluation
    ranks = {"additive": [evaluation.ranks[v] for v in evaluation.ranking]}
    for name, opinion in result.opinions.items():
        if opinion.ranks is not None:
            ranks[name] = [int(opinion.ranks[v]) for v in evaluation.ranking]
    tau = agreement(pd.DataFrame(ranks, index=pd.Index(evaluation.ranking, dtype=object)))
    return {name: f"{t:.2f}" for name, t in tau["additive"].items() if not pd.isna(t)}


@of_points
def section(tender: Tender, result: Result) -> Section:
    """Scenarios and other methods."""
    return shown(
        say(scenarios_sentence(result)),
        scenarios_figure(result),
        scenarios_table(tender, result),
        say(methods_sentence(result)),
        methods_figure(result),
        methods_table(result),
    )

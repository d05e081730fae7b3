"""Section: how sure the ranking is when weights and answers are drawn."""

from collections.abc import Mapping
from typing import Any

from vendor_eval import wording
from vendor_eval.analysis.simulation.acceptability import Simulation
from vendor_eval.analysis.simulation.simulations import informed_weights
from vendor_eval.award.result import Result
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.sections import Section, of_points
from vendor_eval.report.sections import section as shown
from vendor_eval.report.weight_changes import never_first_sentence
from vendor_eval.rules.weight_information import WeightInformation
from vendor_eval.wording import NONE


def informed_sentence(result: Result, simulation: Simulation) -> str:
    """How often the recommended vendor is first under the statements about the weights."""
    vendor = result.recommendation.vendor
    if vendor is None or result.recommendation.runner_up is None:
        return ""
    share = wording.times_of_100(simulation.first(vendor))
    clause = f"{vendor} is first in {share} weightings"
    if simulation is result.any_weights:
        return f"The rules state nothing about the weights, so any weighting counts: {clause}."
    return f"Under all weights that fit the statements about them, {clause}."


def sureness_sentence(result: Result) -> str:
    """How often the first vendor is first of all, not only ahead of one rival."""
    near = result.near_weights
    if len(near.vendors) > 1 and result.reruns is None and len(result.evaluation.tree.top) < 2:
        return ""
    if len(near.vendors) < 2:
        return "Fewer than two vendors are eligible, so there is nothing to compare."
    first = near.rank_acceptability[1].sort_values(ascending=False, kind="stable")
    leader = result.recommendation.vendor or str(first.index[0])
    tree = result.evaluation.tree
    several = int((tree.weights[tree.leaf_at] > 0).sum()) > 1
    published = several and result.information is None
    public = published and result.evaluation.rules.procedure == "public"
    assumed = "If the weights were drawn around the published ones" if public else "In the re-runs"
    never = [v for v in result.evaluation.ranking if near.first(v) == 0]
    share = wording.times_of_100(near.first(leader))
    sentence = f"{assumed}, {leader} is first of all vendors in {share}."
    if several and result.weights_alone is not None:
        share = wording.times_of_100(result.weights_alone.first(leader))
        sentence += f" With only the weights varied, it is first in {share}."
    if never:
        verb = wording.agreeing(len(never), "leads", "lead")
        sentence += f" {wording.listed(never, at_most=3)} never {verb}."
    return f"{EXPLORED} {sentence}" if public else sentence


EXPLORED = "This explores other weights; in a public procedure it changes no result."


def anywhere_sentence(result: Result) -> str:
    """How often each vendor would be first if nothing were known about the top-level weights."""
    if result.recommendation.runner_up is None or len(result.evaluation.tree.top) < 2:
        return ""
    shares = result.any_weights.rank_acceptability[1].sort_values(ascending=False, kind="stable")
    leading = [f"{v} {wording.of_100(float(s))}" for v, s in shares.items() if s >= 0.01]
    sentence = (
        "First places in 100, each rounded down, if every choice of top-level weights were equally "
        "likely: "
        f"{wording.listed(leading, at_most=5)}."
    )
    return " ".join([sentence, *never_first_sentence(result)])


def acceptability_table(result: Result) -> Html:
    """How often each vendor takes each of the first ranks under weights near the agreed ones."""
    near = result.near_weights.rank_acceptability
    if len(near) < 2:
        return Html("")
    groups = _rank_groups(len(near))
    rows = [
        [str(v), *(wording.in_100(float(near.loc[v, ranks].sum())) for ranks in groups.values())]
        for v in near.index
    ]
    head = ["Vendor", *groups]
    return table("In how many of 100 re-runs each vendor takes each rank", head, rows)


RANKS = 8
"""Columns of ranks at most; from there on the last ranks are counted together."""


def _rank_groups(vendors: int) -> Mapping[str, list[int]]:
    """Every rank by the heading of its column, so that each vendor's shares add up to all."""
    alone = vendors if vendors <= RANKS else RANKS - 1
    groups = {wording.ordinal(rank): [rank] for rank in range(1, alone + 1)}
    if alone < vendors:
        ends = [wording.ordinal(rank) for rank in (alone + 1, vendors)]
        groups[" to ".join(ends)] = list(range(alone + 1, vendors + 1))
    return groups


def ranks_table(simulation: Simulation) -> Html:
    """Rank acceptabilities and the expected rank, each with its standard error.

    Shares are the whole numbers of the other pages, rounded down.
    """
    groups = _rank_groups(len(simulation.vendors))
    rows = [
        [
            vendor,
            *(_acceptability(simulation, vendor, ranks) for ranks in groups.values()),
            _expected(simulation, vendor),
        ]
        for vendor in simulation.vendors
    ]
    head = ["Vendor", *groups, "Expected rank"]
    drawn = wording.counted(simulation.draws, "draw")
    caption = (
        "Rank acceptability in whole per cent, rounded down, \u00b1 one standard error of the "
        f"exact share; {drawn}"
    )
    return table(caption, head, rows) if rows else Html("")


def _acceptability(simulation: Simulation, vendor: str, ranks: list[int]) -> str:
    """How often a vendor takes one of several ranks, in per cent, as "75 \u00b1 0.4"."""
    share, error = simulation.among(vendor, ranks)
    return f"{wording.in_100(share)} \u00b1 {_error(100 * error, 1)}"


def _expected(simulation: Simulation, vendor: str) -> str:
    """A vendor's mean rank over the draws, as "1.24 \u00b1 0.01"."""
    mean, error = simulation.expected_rank[vendor], simulation.expected_rank_error[vendor]
    return f"{mean:.2f} \u00b1 {_error(error, 2)}"


def _error(error: float, decimals: int) -> str:
    """A standard error, rounded to the nearest; "0" only where there is none."""
    if round(error, 9) == 0:
        return "0"
    shown = wording.rounded(error, decimals)
    return f"{shown}" if shown else f"<{10.0**-decimals:.{decimals}f}"


def central_weights_table(result: Result) -> Html:
    """The mean weights under which each vendor is first, and how sure it is of that there."""
    tree, simulation = result.evaluation.tree, result.any_weights
    central, confidence = simulation.central_weights, simulation.confidence_factor
    labels = [tree.criterion(path).label for path in central.columns]

    def cell(row: int, vendor: str) -> str:
        if row == len(labels):
            return wording.in_100(float(confidence[vendor]))
        return wording.percent(central.loc[vendor, central.columns[row]])

    caption = "Central weights: what one must find important for a vendor to be first"
    head = [*labels, "Confidence factor, in 100 draws"]
    return across(caption, "Criterion", head, [str(v) for v in central.index], cell)


def pairwise_table(simulation: Simulation) -> Html:
    """How often each vendor ranks above each other one; nothing where it was not counted."""
    shares = simulation.pairwise
    if shares.empty:
        return Html("")

    def cell(row: int, vendor: str) -> str:
        above = simulation.vendors[row]
        return NONE if above == vendor else wording.in_100(float(shares.loc[above, vendor]))

    caption = "In how many of 100 draws the vendor on the left ranks above the one at the top"
    return across(caption, "Vendor", simulation.vendors, simulation.vendors, cell)


@of_points
def section(result: Result) -> Section:
    """How sure the first place is."""
    return shown(
        say(sureness_sentence(result)),
        acceptability_table(result),
        say(anywhere_sentence(result)),
    )


@of_points
def near_section(result: Result) -> Section:
    """The ranking under weights near the agreed ones."""
    return shown(
        say(sureness_sentence(result)),
        ranks_table(result.near_weights),
        pairwise_table(result.near_weights),
    )


@of_points
def any_section(result: Result) -> Section:
    """The ranking under any weights at all."""
    return shown(
        say(anywhere_sentence(result)),
        ranks_table(result.any_weights),
        central_weights_table(result),
        pairwise_table(result.any_weights),
    )


@of_points
def informed_section(
    result: Result, information: Mapping[str, Any], *, draws: int, seed: int
) -> Section:
    """The ranking under the weights that statements allow; under any where there are none."""
    informed = result.any_weights
    if information:
        said = WeightInformation.of(**information)
        informed = informed_weights(result.evaluation, said, draws=draws, seed=seed)
    return shown(say(informed_sentence(result, informed)), ranks_table(informed))

"""What a simulation says, number by number, for the analyst."""

import math

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.panel import Panel
from vendor_eval.robustness import Simulation
from vendor_eval.tables.html import NONE, Html, across, table

RANKS = 5
"""Ranks shown; `results.json` holds more, and all of them where vendors are not many."""


def ranks(simulation: Simulation) -> Html:
    """Rank acceptabilities and the expected rank, each with its standard error.

    Shares are the whole numbers of the other pages, and an error covers what that leaves out.
    """
    shares, errors = simulation.rank_acceptability, simulation.rank_acceptability_error
    mean, mean_error = simulation.expected_rank, simulation.expected_rank_error
    shown = list(shares.columns[:RANKS])
    rows = [
        [
            vendor,
            *(_with_error(shares.loc[vendor, r], errors.loc[vendor, r]) for r in shown),
            f"{mean[vendor]:.2f} \u00b1 {mean_error[vendor]:.2f}",
        ]
        for vendor in simulation.vendors
    ]
    head = ["Vendor", *(wording.ordinal(r) for r in shown), "Expected rank"]
    drawn = wording.counted(simulation.draws, "draw")
    caption = f"Rank acceptability in whole per cent, \u00b1 standard error; {drawn}"
    return table(caption, head, rows) if rows else Html("")


def _with_error(share: float, error: float) -> str:
    shown = wording.of_100(share)
    left = 100 * share - int(shown)
    return f"{shown} \u00b1 {math.ceil(round(left + 100 * error, 9))}"


def central_weights(assessment: Assessment) -> Html:
    """The mean weights under which each vendor is first, and how sure it is of that there."""
    tree, simulation = assessment.evaluation.tree, assessment.any_weights
    central, confidence = simulation.central_weights, simulation.confidence_factor
    labels = [tree.criterion(path).label for path in central.columns]

    def cell(row: int, vendor: str) -> str:
        if row == len(labels):
            return wording.in_100(float(confidence[vendor]))
        return wording.percent(central.loc[vendor, central.columns[row]])

    caption = "Central weights: what one must find important for a vendor to be first"
    head = [*labels, "Confidence factor, in 100 draws"]
    return across(caption, "Criterion", head, [str(v) for v in central.index], cell)


def pairwise(simulation: Simulation) -> Html:
    """How often each vendor ranks above each other one; nothing where it was not counted."""
    told = simulation.pairwise
    if told.empty:
        return Html("")

    def cell(row: int, vendor: str) -> str:
        above = simulation.vendors[row]
        return NONE if above == vendor else wording.in_100(float(told.loc[above, vendor]))

    caption = "In how many of 100 draws the vendor on the left ranks above the one at the top"
    return across(caption, "Vendor", simulation.vendors, simulation.vendors, cell)


def variants(panel: Panel) -> Html:
    """Who is first under each method, cost transformation and normalisation."""
    rows = [
        [
            " / ".join(filter(None, [wording.method_name(v.method), v.transformer, v.scaler])),
            wording.listed(list(v.first)) or NONE,
            v.error or "",
        ]
        for v in panel.variants
    ]
    head = ["Method / costs turned by / normalised by", "First", "Why not"]
    caption = "Every combination the methods admit"
    return table(caption, head, rows, prose=True) if rows else Html("")


def reversal_tests(panel: Panel) -> Html:
    """Whether each method keeps its first place when nothing that matters changes."""
    words = {True: "holds", False: "breaks", None: "cannot be made"}
    rows = [
        [f"{wording.method_name(t.method)}: {t.test}", words[t.holds], t.detail]
        for t in panel.tests
    ]
    alarms = [n for n, t in enumerate(panel.tests) if t.holds is False]
    head = ["Method and test", "Outcome", "Detail"]
    caption = "Tests of rank reversal"
    return table(caption, head, rows, prose=True, alarms=alarms) if rows else Html("")

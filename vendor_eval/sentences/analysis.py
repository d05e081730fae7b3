"""Sentences of the analyst's notebook."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.panel import Panel
from vendor_eval.robustness import Simulation


def along(assessment: Assessment) -> str:
    """What the lines of scores along a weight show."""
    if len(assessment.evaluation.ranking) < 2:
        return ""
    return (
        "Each line is a vendor's score while one weight goes from 0 to 100 % and the others keep "
        "their proportions; where lines cross, ranks change. The upright line is the agreed weight."
    )


def panel(found: Panel) -> str:
    """Under how many combinations the recommended vendor is first, and which tests break."""
    admitted = [v for v in found.variants if v.ranks is not None]
    if not admitted or found.first_share is None:
        return "The rules ask for no method that can run on these answers."
    number = round(found.first_share * len(admitted))
    broken = [
        f"{wording.method_name(t.method)} ({t.test})" for t in found.tests if t.holds is False
    ]
    part = wording.part_of(number, len(admitted), "combination")
    told = f"The recommended vendor is first in {part} of method and normalisation."
    return told + (f" Rank reversal: {wording.listed(broken, at_most=9)}." if broken else "")


def informed(assessment: Assessment, simulation: Simulation) -> str:
    """How often the recommended vendor is first under what is said of the weights."""
    vendor = assessment.recommendation.vendor
    if vendor is None or assessment.recommendation.runner_up is None:
        return ""
    share = wording.of_100(simulation.first(vendor))
    told = f"{vendor} is first in {share} of 100 weightings"
    if simulation is assessment.any_weights:
        return f"Nothing is said of the weights here, so any weighting counts: {told}."
    return f"Under all weights that fit what is said of them, {told}."

"""What a tender and a result show of themselves in a notebook: a small card."""

from vendor_eval import wording
from vendor_eval.award.headline import sentence
from vendor_eval.award.rank_basis import standing
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, rendered
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.tender import Tender

MOST = 8
"""Vendors on a card; `to_frame` holds them all."""


def tender_card(tender: Tender) -> Html:
    """What was read, whether it is sealed, and what stops a vendor."""
    stopped = {
        vendor: sum(fault.stops for fault in faults)
        for vendor, faults in tender.vendor_faults.items()
        if any(fault.stops for fault in faults)
    }
    rules = tender.rules
    facts = [
        ("Vendors", wording.listed(tender.proposals.vendors, at_most=MOST)),
        ("Criteria", wording.listed((c.label for c in rules.criteria), at_most=MOST)),
        ("Gates", wording.listed((gate.label for gate in rules.gates), at_most=MOST)),
        ("Seal", sealing(tender.seal)),
        ("To mend or answer", wording.listed(f"{v} ({n})" for v, n in stopped.items())),
    ]
    return _card(rules.title, rules.decision, facts, ())


def result_card(result: Result) -> Html:
    """The headline, how firm it is, and every ranked vendor's points."""
    evaluation = result.evaluation
    scenario = "" if result.moved else wording.titled(evaluation.scenario or "")
    unranked = [
        f"{v} ({evaluation.status(v)})" for v in evaluation.vendors if v not in evaluation.ranks
    ]
    others = len(evaluation.ranking) - MOST
    facts = [
        ("Verdict", result.verdict),
        ("Scenario", scenario),
        ("What if", _moved(result)),
        ("Not ranked", wording.listed(unranked, at_most=MOST)),
        (
            "Also ranked",
            f"{wording.counted(others, 'more vendor')}, in to_frame()" if others > 0 else "",
        ),
    ]
    rows = [
        (str(evaluation.ranks[v]), v, standing(evaluation, v)) for v in evaluation.ranking[:MOST]
    ]
    says = _would_be_first(evaluation) if result.moved else sentence(result)
    return _card(result.tender.rules.title, says, facts, rows)


def _moved(result: Result) -> str:
    """What a trial changes; "" for a result under the rules."""
    if result.moved is None:
        return ""
    weights = [f"{path} at {wording.plain(share)}" for path, share in result.moved.weights.items()]
    parts = [wording.listed(weights, at_most=MOST)] if weights else []
    parts += [f"without {wording.listed(result.moved.without)}"] if result.moved.without else []
    parts += [f"gates off: {wording.listed(result.moved.ungated)}"] if result.moved.ungated else []
    return f"{'; '.join(parts) or 'nothing is changed'} (a trial, which changes no result)"


def _would_be_first(evaluation: Evaluation) -> str:
    """Who is first in a trial, which is no advice to award."""
    leaders = evaluation.leaders
    if not leaders:
        return "Nobody would be ranked."
    tie = " together" if len(leaders) > 1 else ""
    return f"{wording.listed(leaders, at_most=MOST)} would be first{tie}."


def _card(
    title: str,
    says: str,
    facts: list[tuple[str, str]],
    rows: list[tuple[str, str, str]] | tuple[()],
) -> Html:
    return rendered("card", title=title, says=says, facts=[f for f in facts if f[1]], rows=rows)

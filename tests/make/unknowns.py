"""Rules with an answer that may be missing, and what the package asks about."""

from typing import Any

from vendor_eval.analysis.value_of_information.questions import OpenAnswer, open_answers
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules

Bids = dict[str, dict[str, Any]]


def asked(typed: Rules, bids: Bids) -> tuple[OpenAnswer, ...]:
    return open_answers(evaluate(typed, proposals(bids)))


def may_miss(typed: Rules, *names: str) -> Rules:
    """The rules with some leaves scored as the worst where they are blank."""
    leaves = tuple(
        leaf.model_copy(update={"missing": "worst"}) if leaf.id in names else leaf
        for leaf in typed.criteria
    )
    return typed.model_copy(update={"criteria": leaves})


def gate(answer: str, **rule: Any) -> dict[str, Any]:
    return {"id": f"{answer}_gate", "label": "G", "answer": answer, "rule": rule}

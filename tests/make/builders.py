"""Small rules and proposals for tests."""

from collections.abc import Mapping
from typing import Any

import vendor_eval as ve
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.rules.rules import Rules


def rules(criteria: Mapping[str, Any], **more: Any) -> Rules:
    """Rules over leaves, id -> weight or (weight, value function); the first is the price.

    Nobody's judgement is in doubt unless `robustness` says so.
    """
    specs = {
        n: spec if isinstance(spec, tuple) else (spec, "identity") for n, spec in criteria.items()
    }
    leaves = tuple(
        {"id": name, "label": name.title(), "answer": name, "weight": weight, "value": value}
        for name, (weight, value) in specs.items()
    )
    typed = {"title": "A title", "decision": "Which vendor?", "currency": "EUR"}
    typed |= {"robustness": {"judgement_error": 0.0}}
    return Rules.model_validate(typed | {"price": next(iter(criteria)), "criteria": leaves} | more)


# Constructed; totals, intervals and shares were computed elsewhere (73.6, 71.8, 71.7).
FIVE = {"expertise": 0.3, "cost": 0.3, "security": 0.2, "location": 0.12, "language": 0.08}
VALUES = {
    "A": [60, 76, 90, 70, 80],
    "B": [85, 55, 75, 80, 65],
    "C": [70, 65, 82, 60, 95],
}


def five_criteria() -> tuple[Rules, Proposals]:
    """Three vendors on five criteria, already in points; the cost's points stand for a price."""
    typed = rules(FIVE, price="cost")
    return typed, proposals({v: dict(zip(FIVE, row, strict=True)) for v, row in VALUES.items()})


def assessed(offers: Mapping[str, Mapping[str, Any]], typed: Rules, **options: Any) -> Result:
    """The assessment of some answers under some rules."""
    return ve.evaluate(typed, proposals(offers), **options)

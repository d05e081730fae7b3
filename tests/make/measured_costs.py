"""Measures of cost, and rules and bids from which they are taken."""

from typing import Any

from make.priced import bid, line, rules
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measured
from vendor_eval.rules.rules import Rules

COSTS = (
    "total_cost",
    "first_year_cost",
    "cost_per_transaction",
    "savings",
    "payback_months",
    "price_per_productive_hour",
    "fixed_share",
    "exit_cost_share",
    "price_indexation",
    "service_credit_at_risk",
)


def result(name: str, response: Any, typed: Rules, **parameters: Any) -> Measured:
    """What a measure finds."""
    return MEASURES[name].model_validate(parameters)(Facts(response, typed))


def offered(**terms: Any) -> Any:
    """20,000 before the start, 6,000 a month, and 2 a transaction."""
    lines = (
        line("once", 20_000, first_month=0),
        line("per_month", 6000, indexation=0.1),
        line("per_transaction", 2),
    )
    return bid(*lines, **terms)


CRITERIA: tuple[dict[str, Any], ...] = (
    {
        "id": "cost",
        "label": "Cost",
        "weight": 1,
        "measure": "total_cost",
        "value": {"linear": {"worst": 200_000.0, "best": 50_000.0}},
    },
)


def measured(**more: Any) -> Rules:
    """Rules whose price is the measured total cost."""
    typed = rules().model_dump(exclude={"criteria", "price"}, exclude_defaults=True)
    return Rules.model_validate(typed | {"price": "total_cost", "criteria": CRITERIA} | more)

"""Rules that the stress test is tried on."""

from collections.abc import Mapping
from typing import Any

from vendor_eval.rules.rules import Rules

PRICE: dict[str, Any] = {
    **{"id": "price", "label": "Price", "weight": 40, "answer": "price", "unit": "EUR"},
    "value": {"linear": {"worst": 10_000_000, "best": 5_000_000}},
}
QUALITY: dict[str, Any] = {
    **{"id": "quality", "label": "Quality of the method", "weight": 60, "answer": "quality"},
    **{"unit": "points", "value": "identity"},
}
CAP = {"id": "cap", "label": "Price", "answer": "price", "rule": {"at_most": 10_000_000}}
FLOOR = {"id": "floor", "label": "Quality", "criterion": "quality", "rule": {"at_least": 25}}


def stated(*criteria: Mapping[str, Any], **more: Any) -> Rules:
    """Sound rules over a price and a quality, with some keys instead of theirs."""
    typed = {"title": "T", "decision": "Which?", "currency": "EUR", "price": "price"}
    typed |= {"criteria": criteria or (PRICE, QUALITY), "gates": (CAP, FLOOR)}
    return Rules.model_validate(typed | {"tie_break": ("price",)} | more)

"""Offers on three criteria whose weights are stated by an order."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

import vendor_eval as ve
from vendor_eval.award.result import Result

# constructed; points are answers
OFFERS = {
    "Alder": {"quality": 90, "price": 40, "speed": 50},
    "Birch": {"quality": 70, "price": 90, "speed": 60},
    "Cedar": {"quality": 60, "price": 60, "speed": 100},
}
ORDER = ("quality", "price", "speed")


def ruled(weights: Any = None, **more: Any) -> dict[str, Any]:
    """Rules of three criteria of which only an order is stated."""
    leaves = [
        {"id": n, "label": n.title(), "answer": n, "value": "identity", "judged": False}
        for n in ORDER
    ]
    leaves[1].pop("judged")
    typed = {"title": "T", "decision": "D?", "currency": "EUR", "price": "price"}
    said = {"order": list(ORDER)} if weights is None else weights
    return typed | {"criteria": leaves, "weights": said} | more


def assessed(
    typed: Mapping[str, Any], offers: Mapping[str, Mapping[str, Any]] = OFFERS, draws: int = 20_000
) -> Result:
    """The result of some bids under such rules."""
    frame = pd.DataFrame.from_dict(dict(offers), orient="index").rename_axis("vendor")
    return ve.evaluate(dict(typed), frame.reset_index(), draws=draws)

"""Bids whose costs tests work out by hand, and what the package makes of them."""

from datetime import date
from typing import Any

from make.priced import cash_flow


def total(response: Any, typed: Any, **more: Any) -> float:
    """The total cost as the rules state it."""
    return cash_flow(response, typed, **more).stated().total


def parts(response: Any, typed: Any) -> dict[str, float]:
    """The nominal total of each component."""
    return {name: m.total for name, m in cash_flow(response, typed).parts.items()}


def zloty() -> dict[str, Any]:
    """An exchange rate as typed."""
    return {"PLN": {"rate": 0.25, "as_of": date(2026, 11, 20), "source": "a central bank"}}


BAND: dict[str, Any] = {
    "band_baseline": 1000,
    "dead_band": 0.05,
    "band_convention": "cliff",
    "arc_price": 2.0,
    "rrc_price": 1.6,
    "rrc_factor": 0.9,
    "band_currency": "EUR",
}


HOUSE = {"fixed_a_month": 10_000.0, "a_transaction": 5.0, "indexation": 0.0}


OWN: dict[str, Any] = {
    "knowledge_transfer": {
        "label": "Knowledge transfer", "amount": 30_000.0, "paid": "once", "first_month": 0,
    },
    "retained": {
        "label": "Retained organisation", "amount": 1000.0, "paid": "monthly",
        "first_month": 1, "last_month": 24, "indexation": 0.03,
    },
    "travel": {
        "label": "Travel", "amount": 500.0, "paid": "monthly",
        "first_month": 1, "last_month": 6, "indexation": 0.0, "countries": ("IN", "PH"),
    },
}  # fmt: skip

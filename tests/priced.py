"""Small bids and commercial terms for the tests of costs."""

from collections.abc import Mapping
from typing import Any

import builders
from responses import response

from vendor_eval.response import Response
from vendor_eval.rules import Rules

TERMS = {"prices_are": "nominal", "exit_charge": 0, "double_running": 0} | {
    f"indexation_{component}": 0 for component in ("labour", "technology", "other")
}
"""Terms under which nothing rises and nothing is paid on exit."""
FLAT = {"base": {"monthly": 1000.0, "growth": 0.0}}


def rules(**commercial: Any) -> Rules:
    """Rules in euro for a year of 1,000 transactions a month, told as paid, with other terms."""
    typed = {"months": 12, "money": "nominal", "volumes": FLAT, "forecast": "base"}
    return builders.rules({"cost": 1}, commercial=typed | commercial)


def line(basis: str, price: float, **more: Any) -> dict[str, Any]:
    """A price line for labour in euro."""
    asked = {"item": basis, "basis": basis, "component": "labour", "price": price}
    return asked | {"currency": "EUR"} | more


def bid(
    *lines: Mapping[str, Any],
    vendor: str = "Alder",
    countries: tuple[str, ...] = (),
    **terms: Any,
) -> Response:
    """A response of these price lines, its terms flat where not said otherwise."""
    return response(
        vendor,
        forms={"price_terms": TERMS | terms},
        tables={
            "price_lines": lines,
            "sites": [{"country": country} for country in countries],
        },
    )

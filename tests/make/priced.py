"""Small bids and commercial terms for the tests of costs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from make import builders
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.costs.cash_flows import CashFlow, priced
from vendor_eval.measures.costs.comparisons import Comparison, comparison
from vendor_eval.measures.facts import Facts, facts_of
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats

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


def cash_flow(response: Response, typed: Rules, *, volumes: str | Floats | None = None) -> CashFlow:
    """The cash flow of a response under a forecast by name, else the rules' own, or at volumes."""
    facts = Facts(response, typed)
    if volumes is None or isinstance(volumes, str):
        return facts.cash_flow(volumes)
    return priced(facts.bid(), volumes)


def compared(typed: Rules, responses: Sequence[Response], **more: Any) -> Comparison:
    """The comparison of responses under rules."""
    return comparison(typed, facts_of(typed, responses), **more)


def support() -> Rules:
    """Three years of customer support at about 40,000 contacts a month; constructed."""
    stay = {"label": "Retained organisation", "amount": 22_000.0, "paid": "monthly"}
    learn = {"label": "Knowledge transfer", "amount": 90_000.0, "paid": "once", "first_month": 0}
    visit = {"label": "Travel", "amount": 4000.0, "paid": "monthly", "countries": ("IN", "ZA")}
    span = {"first_month": 1, "last_month": 36, "indexation": 0.03}
    return rules(
        months=36,
        timing="mid",
        discount={"rate": 0.06, "money": "nominal"},
        inflation={"EUR": 0.02, "PLN": 0.045},
        exchange={
            "PLN": {"rate": 0.234, "as_of": date(2026, 11, 20), "source": "constructed"},
            "INR": {"rate": 0.0101, "as_of": date(2026, 11, 20), "source": "constructed"},
        },
        volumes={
            "low": {"by_year": (34_000.0, 32_000.0, 30_000.0)},
            "base": {"monthly": 40_000.0, "growth": 0.03},
            "high": {"monthly": 44_000.0, "growth": 0.1},
        },
        staffing="workload",
        hours_per_transaction=0.4,
        own_costs={"knowledge_transfer": learn, "retained": stay | span, "travel": visit | span},
        double_running=1.0,
        baseline={"fixed_a_month": 95_000.0, "a_transaction": 9.2, "indexation": 0.03},
    )


def support_bids() -> tuple[Response, ...]:
    """Six bids, one by each way of pricing and one that cannot be priced; constructed."""
    rises = {"indexation_labour": 0.035, "indexation_technology": 0.0, "double_running": None}
    euro = {"terms_currency": "EUR"}
    band = {
        "band_baseline": 40_000, "dead_band": 0.05, "band_convention": "cliff", "arc_price": 7.9,
        "rrc_price": 6.1, "rrc_factor": 0.9, "band_currency": "EUR",
    }  # fmt: skip
    return (
        bid(
            line("once", 240_000, first_month=0), line("per_month", 352_000), vendor="Alder",
            countries=("PT",), exit_charge=350_000, **euro, **band, **rises,
        ),
        bid(
            line("once", 900_000, currency="PLN", first_month=0),
            line("per_fte_month", 11_900, currency="PLN"),
            line("per_month", 60_000, currency="PLN", component="technology"),
            vendor="Birch", countries=("PL",), productive_hours=1610, **rises,
        ),
        bid(
            line("per_transaction", 8.2), line("per_month", 18_000, component="technology"),
            vendor="Cedar", countries=("RO",), minimum_commitment=0.85, exit_charge=120_000,
            **euro, **rises,
        ),
        bid(
            line("once", 14_000_000, currency="INR", first_month=0),
            line("per_productive_hour", 1900, currency="INR"),
            vendor="Deodar", countries=("IN",), **rises | {"indexation_labour": 0.07},
        ),
        bid(
            line("per_month", 180_000), line("per_transaction", 3.2), vendor="Elm",
            countries=("BG",), gain_share=0.3, gain_share_floor=0, gain_share_cap=500_000,
            exit_charge=200_000, **euro, **rises,
        ),
        bid(line("per_month", 320_000), vendor="Fir", countries=("ES",), exit_charge=None, **rises),
    )  # fmt: skip

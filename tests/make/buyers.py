"""Rules of buyers who say what service they need, for tests of places."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from make.builders import rules as any_rules
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import Measured
from vendor_eval.measures.measures import measure
from vendor_eval.rules.criteria import Measurement
from vendor_eval.rules.rules import Rules

WEEK = ("mon", "tue", "wed", "thu", "fri")


def rules(**service: Any) -> Rules:
    """Rules of a buyer in Frankfurt, service for 36 months from January 2027."""
    buyer = {
        "country": "DE",
        "time_zone": "Europe/Berlin",
        "working_hours": "08:00-18:00",
        "working_days": WEEK,
    }
    typed = any_rules(
        {"cost": 1}, service=buyer | service, start=date(2027, 1, 1), as_of=date(2026, 11, 20)
    )
    return lasting(typed, 36)


def lasting(typed: Rules, months: int) -> Rules:
    """These rules with a contract of so many months; no other commercial term counts here."""
    return typed.model_copy(update={"commercial": SimpleNamespace(months=months)})


def at(*sites: dict[str, Any]) -> Response:
    """A response with these sites; a bare country has 100 agents."""
    return response(tables={"sites": [{"head_count": 100} | site for site in sites]})


def taken(name: str, told: Response, typed: Rules | None = None, **parameters: Any) -> Measured:
    """What a measure with these parameters finds."""
    return measure(Measurement(name=name, parameters=parameters))(Facts(told, typed or rules()))

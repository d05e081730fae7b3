"""Responses with certificates, controls and references, and rules to hold them against."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from make.builders import rules as plain_rules
from make.responses import response
from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import Measured
from vendor_eval.measures.measures import measure
from vendor_eval.rules.criteria import Measurement
from vendor_eval.rules.rules import Rules

AS_OF, START = date(2026, 11, 20), date(2027, 1, 1)
MANILA = {"country": "PH", "city": "Manila", "head_count": 60}
KRAKOW = {"country": "PL", "city": "Kraków", "head_count": 40}
ISO = {
    "certificate": "ISO 27001",
    "sites": "all sites",
    "valid_from": date(2025, 3, 1),
    "valid_to": date(2028, 2, 29),
}
SOC2 = {
    "certificate": "SOC 2",
    "type": "Type II",
    "sites": "all sites",
    "trust_criteria": "security; confidentiality",
    "valid_from": date(2025, 10, 1),
    "valid_to": date(2026, 9, 30),
}


def rules(**more: Any) -> Rules:
    """Rules with both dates."""
    return plain_rules({"price": 1}, as_of=AS_OF, start=START, **more)


def certified(
    *rows: Mapping[str, Any], sites: Sequence[Mapping[str, Any]] = (MANILA, KRAKOW)
) -> Response:
    """A response with these certificates and sites."""
    return response(tables={"certificates": rows, "sites": sites})


def graded(answers: Mapping[str, str], evidence: Sequence[str] = (), form: str = "controls") -> Any:
    """A response that answers these questions of a form, some with evidence."""
    bare = response(forms={form: answers})
    shown = {
        name: Answer(
            found.answer,
            Cell("Policy 7", f"Alder.xlsx!{form}!{name}_evidence", "Policy 7")
            if name in evidence
            else None,
        )
        for name, found in bare.forms[form].items()
    }
    return replace(bare, forms={form: shown})


def taken(
    measured: str, shown: Response, under: Rules | None = None, **parameters: Any
) -> Measured:
    """What a measure finds in a response."""
    typed = Measurement(name=measured, parameters=parameters)
    return measure(typed)(Facts(shown, under or rules()))

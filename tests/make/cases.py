"""Cases of response workbooks for tests, made without a workbook."""

from collections.abc import Mapping
from typing import Any

from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measures import answered
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender

COST = {"linear": {"worst": 20_000_000, "best": 0}}
LEAF = {"id": "cost", "label": "Cost", "weight": 1, "answer": "cost", "value": COST}


def bid(vendor: str = "Alder", cost: object = 6_000_000, **more: Any) -> Response:
    """A vendor's response: its price, and rows by table or answers by form.

    A keyword names a table if it holds a list, and a form if it holds a mapping.
    """
    forms = {name: part for name, part in more.items() if isinstance(part, Mapping)}
    tables = {name: part for name, part in more.items() if isinstance(part, list)}
    forms["answers"] = {"cost": cost, **forms.get("answers", {})}
    return response(vendor, forms=forms, tables=tables)


def case(*responses: Response, **typed: Any) -> Tender:
    """A case of these responses; keywords are parts of the rules, as `clarify={...}`."""
    stated = {"title": "A title", "decision": "Which vendor?", "currency": "EUR", "price": "cost"}
    ruled = Rules.model_validate(stated | {"criteria": (LEAF,)} | typed)
    return Tender(ruled, answered(ruled, facts_of(ruled, responses)), None, (), responses)


def site(country: str = "PL", head_count: float = 40, **more: object) -> dict[str, object]:
    """A row of the table of sites."""
    return {"country": country, "head_count": head_count, **more}


def line(basis: str, quantity: float | None = None, **more: object) -> dict[str, object]:
    """A row of the table of prices that pays for labour, in euro."""
    labour = {"item": "Agents", "component": "labour", "price": 2500, "currency": "EUR"}
    return {"basis": basis, "quantity": quantity, **labour, **more}

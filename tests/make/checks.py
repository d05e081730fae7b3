"""What one check of the clarifications asks the first vendor of a case, and cases for checks."""

from typing import Any

from make.cases import bid, case
from vendor_eval.clarifications import Outcome, clarifications_of
from vendor_eval.clarifications.buyer import BuyerExpectations
from vendor_eval.clarifications.check import CHECKS
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.tender import Tender

WITHIN_5_PERCENT = {"tolerance": 5.0}
WAGES = {"loaded_wage_month": {"PL": 2100.0, "IN": 700.0}, "loaded_wage_source": "Our survey 2026"}
LOW = {"abnormally_low": {"below_mean_of_others": 20.0}}


def outcome(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> Outcome:
    """What one check came to."""
    asked = clarifications_of(rfp, evaluate(rfp.rules, rfp.proposals), expected=expected)
    return asked.outcomes[CHECKS.names().index(name)]


def asked(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> list[str]:
    """What one check asks the first vendor."""
    questions = outcome(name, rfp, expected).asked.get(rfp.proposals.vendors[0], ())
    return [question.question for question in questions]


def cells(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> list[str]:
    """Where what one check asks the first vendor about stands, without the file's name."""
    questions = outcome(name, rfp, expected).asked.get(rfp.proposals.vendors[0], ())
    return [place.partition("!")[2] for question in questions for place, _ in question.cells]


def unmade(name: str, rfp: Tender, expected: BuyerExpectations | None = None) -> tuple[str, ...]:
    """Why one check could not be made on the first vendor's bid."""
    return outcome(name, rfp, expected).unmade.get(rfp.proposals.vendors[0], ())


def tender(*prices: object, **clarify: Any) -> Tender:
    """A case of vendors with these prices, the first of whom is looked at."""
    names = ("Alder", "Birch", "Cedar", "Dogwood")
    bids = [bid(name, price) for name, price in zip(names, prices, strict=False)]
    return case(*bids, clarify=clarify)

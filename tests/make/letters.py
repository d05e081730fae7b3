"""Letters of a tender to its vendors, and a response that has a fault."""

from dataclasses import replace

from make.cases import bid
from vendor_eval.bids.response import Response
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender.tender import Tender


def written(rfp: Tender) -> dict[str, str]:
    """The letters about a case."""
    return every_letter(rfp, evaluate(rfp.rules, rfp.proposals))


LOW = {"abnormally_low": {"below_mean_of_others": 20.0, "below_estimate": 15.0}}


def faulty(vendor: str, cost: object, message: str) -> Response:
    """A bid with a fault in a cell that may be put to the vendor, and one for the buyer alone."""
    offered = bid(vendor, cost)
    place = f"{offered.source}!Answers!E6"
    faults = (
        Fault(place, f"found {message!r}; allowed: an amount", vendor, "vendor"),
        Fault(offered.source, "may be the same bid as another", vendor, "buyer"),
    )
    return replace(offered, faults=faults)

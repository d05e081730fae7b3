"""What cannot be read of the bids, and which needed answers are blank."""

from collections.abc import Mapping

from vendor_eval.errors import Severity
from vendor_eval.evaluation import Evaluation
from vendor_eval.tables.html import NONE, Html, table

EFFECT: Mapping[Severity, str] = {
    "fault": "stops the bid",
    "question": "blank, and needed",
    "note": "no rule reads it",
}


def faults(evaluation: Evaluation) -> Html:
    """Every fault of every bid, under its vendor, with its place; nothing where there is none."""
    rows = [
        [vendor, fault.place, fault.found, fault.allowed or NONE, EFFECT[fault.severity]]
        for vendor, told in evaluation.faults.items()
        for fault in told
    ]
    if not rows:
        return Html("")
    head = ["Vendor", "Where", "Found", "Allowed", "Effect"]
    return table("Faults and needed blanks in the bids", head, rows, prose=True)

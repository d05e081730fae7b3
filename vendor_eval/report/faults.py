"""What cannot be read of the bids, and which answers are still needed."""

from collections.abc import Mapping

from vendor_eval.award.open import faults
from vendor_eval.award.result import Result
from vendor_eval.errors import Severity
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE

EFFECT: Mapping[Severity, str] = {
    "fault": "stops the bid",
    "question": "an answer is needed",
    "note": "no rule reads it",
}


def faults_table(evaluation: Evaluation) -> Html:
    """Every fault of every bid, under its vendor, with its place; nothing where there is none."""
    rows = [
        [vendor, fault.place, fault.found, fault.allowed or NONE, EFFECT[fault.severity]]
        for vendor, vendor_faults in evaluation.faults.items()
        for fault in vendor_faults
    ]
    if not rows:
        return Html("")
    head = ["Vendor", "Where", "Found", "Allowed", "Effect"]
    return table("Faults in the bids, and answers still needed", head, rows, prose=True)


def section(result: Result) -> Section:
    """What cannot be read of the bids."""
    return shown(say(faults(result.evaluation)), faults_table(result.evaluation))

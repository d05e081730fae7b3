"""The explorer as a report carries it: its data in an output of its own type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vendor_eval.award.award import Assessment
from vendor_eval.report.explorer.answer import answer
from vendor_eval.report.explorer.model import model
from vendor_eval.tender.tender import Case

MIME = "application/vnd.vendor-eval.explorer+json"
ELSEWHERE = "<p>In the exported report the explorer stands here, and needs no Python there.</p>"


@dataclass(frozen=True)
class Page:
    """The explorer's data; the exported report runs the component on them, a notebook does not."""

    data: Mapping[str, Any]

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.data, "text/html": ELSEWHERE}


def page(case: Case, assessment: Assessment) -> Page:
    """The explorer of an assessment, for a report: it runs alone, without a kernel."""
    known = answer(assessment.near_weights, assessment.winner_map)
    return Page(model(case, assessment) | {"answer": known})

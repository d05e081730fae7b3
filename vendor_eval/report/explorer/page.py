"""The explorer as a report carries it: its data in a separate type of output."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vendor_eval.award.rank_basis import ranked_by, standings
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import closest_rival, share_of_100
from vendor_eval.report.explorer.answer import explorer_answer
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section, displayed
from vendor_eval.report.sections import section as shown
from vendor_eval.tender.tender import Tender

MIME = "application/vnd.vendor-eval.explorer+json"


@dataclass(frozen=True)
class ExplorerPage:
    """The explorer's data; the exported report runs the component on them, a notebook does not."""

    data: Mapping[str, Any]
    otherwise: Html
    """What is shown there where no explorer can run."""

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {MIME: self.data, "text/html": self.otherwise._repr_html_()}

    def _ipython_display_(self) -> None:
        displayed(self._repr_mimebundle_())


def ranking_table(result: Result) -> Html:
    """The ranking of a result, for where no explorer can run."""
    evaluation = result.evaluation
    rows = [
        (v, str(evaluation.ranks[v]), shown)
        for v, shown in zip(
            evaluation.ranking, standings(evaluation, evaluation.ranking), strict=True
        )
    ]
    return table("The ranking to start from", ["Vendor", "Rank", ranked_by(evaluation)], rows)


WHAT_IT_DOES = (
    "Move a weight, leave a vendor out, switch a gate off, and see what follows. Nothing here "
    "changes the result above."
)


def section(tender: Tender, result: Result) -> Section:
    """The explorer with what it does; nothing where there is nothing to move."""
    page = explorer_page(tender, result)
    return shown() if page is None else shown(say(WHAT_IT_DOES), page)


def explorer_page(tender: Tender, result: Result) -> ExplorerPage | None:
    """The explorer of an assessment, for a report: it runs alone, without a kernel.

    None where the lowest price wins, so that there is nothing to move.
    """
    if result.evaluation.rules.lowest_price:
        return None
    reruns = result.reruns
    of_100 = None
    if reruns is not None and (closest := closest_rival(reruns)) is not None:
        of_100 = share_of_100(closest[1], reruns.draws)
    known = explorer_answer(reruns, result.winner_map, of_100=of_100)
    data = explorer_model(tender, result) | {"answer": known}
    return ExplorerPage(data, ranking_table(result))

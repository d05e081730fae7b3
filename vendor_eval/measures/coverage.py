"""How far a set of questions is answered with yes, counted over those that apply."""

from typing import Annotated, Literal

from pydantic import Field

from vendor_eval.measures.graded_answers import GradeCounts
from vendor_eval.measures.measure import Measure, Measured

PerCent = Annotated[float, Field(ge=0, le=100)]


class Covering(Measure):
    """What measures of coverage share: what a partial answer counts, and what a blank is."""

    partial: PerCent
    blanks: Literal["unknown", "no"] = "unknown"

    def of(self, answers: GradeCounts) -> Measured:
        """The coverage of some answers, in per cent."""
        coverage = answers.coverage(self.partial, self.blanks)
        if coverage is None and not answers.applicable and not answers.blank:
            return Measured(None, answers.cells, "no question applies")
        return Measured(coverage, answers.cells, answers.counts)

"""How far a set of questions is answered with yes, counted over those that apply."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.measures.measure import Measure, Measured
from vendor_eval.questionnaire.grades import GRADES, NO, NOT_APPLICABLE, PARTIAL, YES

PerCent = Annotated[float, Field(ge=0, le=100)]


@dataclass(frozen=True)
class GradeCounts:
    """Answers to some questions of a form, by grade; `blank` are those with no grade."""

    answers: Mapping[str, Answer]
    blank: tuple[str, ...]

    def graded(self, grade: str) -> tuple[Answer, ...]:
        """The answers of one grade."""
        return tuple(a for a in self.answers.values() if a.answer and a.answer.text == grade)

    @property
    def applicable(self) -> int:
        """How many answers say that the question applies."""
        return len(self.answers) - len(self.graded(NOT_APPLICABLE))

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the answers."""
        return tuple(a.answer for a in self.answers.values() if a.answer)

    @property
    def counts(self) -> str:
        """How many answers there are of each grade, and which are blank, in words."""
        told = [f"{n} {grade}" for grade in GRADES if (n := len(self.graded(grade)))]
        blanks = f"blank: {', '.join(self.blank)}" if self.blank else ""
        return "; ".join(filter(None, [", ".join(told), blanks]))

    def coverage(self, partial: float, blanks: str) -> float | None:
        """Per cent of the questions that apply, a partial answer counting `partial` per cent.

        With `blanks` of "no", blanks count as no; otherwise they leave it open. None where it is
        open, or where no question applies: that is neither 0 nor 100.
        """
        asked = self.applicable + (len(self.blank) if blanks == NO else 0)
        if asked == 0 or (self.blank and blanks != NO):
            return None
        points = 100 * len(self.graded(YES)) + partial * len(self.graded(PARTIAL))
        return points / asked


def grade_counts(response: Response, form: str, questions: Iterable[str]) -> GradeCounts:
    """The answers to some questions of a form."""
    given = response.forms.get(form, {})
    answers, blank = {}, []
    for question in questions:
        found = given.get(question)
        if found and found.answer and found.answer.text in GRADES:
            answers[question] = found
        else:
            blank.append(question)
    return GradeCounts(answers, tuple(blank))


class Covering(Measure):
    """What measures of coverage share: what a partial answer counts, and what a blank is."""

    partial: PerCent
    blanks: Literal["unknown", "no"] = "unknown"

    def of(self, answers: GradeCounts) -> Measured:
        """The coverage of some answers, in per cent."""
        found = answers.coverage(self.partial, self.blanks)
        if found is None and not answers.applicable and not answers.blank:
            return Measured(None, answers.cells, "no question applies")
        return Measured(found, answers.cells, answers.counts)

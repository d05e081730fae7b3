"""Answers to a set of questions of a form, counted by their grade."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from vendor_eval.bids.response import Answer, Cell, Response
from vendor_eval.questionnaire.grades import GRADES, NO, NOT_APPLICABLE, PARTIAL, YES
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True)
class GradeCounts(ShortRepr):
    """Answers to some questions of a form, by grade; `blank` are those with no grade."""

    answers: Mapping[str, Answer]
    blank: tuple[str, ...]

    def graded(self, grade: str) -> tuple[Answer, ...]:
        """The answers of one grade."""
        return tuple(a for a in self.answers.values() if a.answer and a.answer.text == grade)

    def among(self, questions: Collection[str]) -> "GradeCounts":
        """The same of these questions alone."""
        answers = {id: answer for id, answer in self.answers.items() if id in questions}
        return GradeCounts(answers, tuple(id for id in self.blank if id in questions))

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
        counts = ", ".join(f"{n} {grade}" for grade in GRADES if (n := len(self.graded(grade))))
        blanks = f"blank: {', '.join(self.blank)}" if self.blank else ""
        return "; ".join(filter(None, [counts, blanks]))

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
        answer = given.get(question)
        if answer and answer.answer and answer.answer.text in GRADES:
            answers[question] = answer
        else:
            blank.append(question)
    return GradeCounts(answers, tuple(blank))

"""Measures of the workforce: who leaves, how fast agents learn, automation and quality."""

from typing import ClassVar, Literal

from vendor_eval.bids.response import Response
from vendor_eval.measures.coverage import Covering
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.graded_answers import grade_counts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.expertise import EXPERTISE, QUALITY, STAGES
from vendor_eval.rules.rules import Rules


@MEASURES.register("attrition")
class Attrition(Measure):
    """Agents on comparable work who left in the last twelve months, over the average head-count."""

    about = (
        "Agents on comparable work who left in the last twelve months, over the average head-count."
    )
    unit: ClassVar[str] = "%"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({f"{EXPERTISE.id}.attrition"})

    def __call__(self, facts: Facts) -> Measured:
        return _number(facts.response, "attrition", 100)


@MEASURES.register("ramp")
class Ramp(Measure):
    """Time from an agent's first day to full productivity."""

    about = "Time from an agent's first day to full productivity."
    unit: ClassVar[str] = "weeks"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({f"{EXPERTISE.id}.ramp_weeks"})

    def __call__(self, facts: Facts) -> Measured:
        return _number(facts.response, "ramp_weeks", 1)


@MEASURES.register("automation")
class Automation(Measure):
    """How far automation that helps agents, or that does without them, has come."""

    about = "How far automation that helps agents, or that does without them, has come."
    levels: ClassVar[tuple[str, ...]] = STAGES

    kind: Literal["attended", "unattended"]

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({f"{EXPERTISE.id}.automation_{self.kind}"})

    def __call__(self, facts: Facts) -> Measured:
        question = f"automation_{self.kind}"
        given = facts.response.forms.get(EXPERTISE.id, {}).get(question)
        if given is None or given.answer is None or given.answer.text not in STAGES:
            return Measured(None, note=f"{question} is blank")
        stage, evidence = given.answer, given.evidence
        bare = stage.text != STAGES[0] and evidence is None
        cells = (stage, evidence) if evidence else (stage,)
        return Measured(stage.text, cells, "no evidence is named for it" if bare else "")


@MEASURES.register("quality_programme")
class QualityProgramme(Covering):
    """Practices of quality assurance in place, over those that apply."""

    about = "Practices of quality assurance in place, over those that apply."
    unit: ClassVar[str] = "%"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({QUALITY.id})

    def __call__(self, facts: Facts) -> Measured:
        questions = [field.id for field in QUALITY.fields]
        return self.of(grade_counts(facts.response, QUALITY.id, questions))


def _number(response: Response, question: str, times: float) -> Measured:
    """A number from the form, multiplied; nothing where it is blank, a range, or below 0."""
    cell = response.answer(EXPERTISE.id, question)
    if cell is None:
        return Measured(None, note=f"{question} is blank")
    if not isinstance(cell.value, float) or cell.value < 0:
        note = f"{cell.place}: found {cell.typed!r}; needed: one number of at least 0"
        return Measured(None, (cell,), note)
    return Measured(cell.value * times, (cell,))

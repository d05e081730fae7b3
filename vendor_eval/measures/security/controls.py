"""Measures of the answers on controls: by domain, over the questions that apply."""

from functools import partial
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from vendor_eval.errors import known
from vendor_eval.measures.coverage import Covering
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.graded_answers import grade_counts
from vendor_eval.measures.measure import MEASURES, Measure, Measured
from vendor_eval.questionnaire.grades import GRADES, YES
from vendor_eval.questionnaire.security import CONTROL_DOMAINS, CONTROLS, domain_questions
from vendor_eval.rules.rules import Rules

QUESTIONS = tuple(field.id for field in CONTROLS.fields)


Domain = Annotated[str, AfterValidator(partial(known, names=CONTROL_DOMAINS))]
Question = Annotated[str, AfterValidator(partial(known, names=QUESTIONS))]


@MEASURES.register("control")
class Control(Measure):
    """The answer to one question on controls."""

    about = "The answer to one question on controls."
    levels: ClassVar[tuple[str, ...]] = GRADES

    question: Question

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({f"{CONTROLS.id}.{self.question}"})

    def __call__(self, facts: Facts) -> Measured:
        counted = grade_counts(facts.response, CONTROLS.id, [self.question])
        if not counted.cells:
            return Measured(None, note=f"{self.question} is blank")
        evidence = counted.answers[self.question].evidence
        cells = (*counted.cells, *([evidence] if evidence else []))
        return Measured(
            counted.cells[0].text, cells, "" if evidence else "no evidence is named for it"
        )


@MEASURES.register("control_coverage")
class ControlCoverage(Covering):
    """Controls in place in one domain, over those that apply."""

    about = "Controls in place in one domain, over those that apply."
    unit: ClassVar[str] = "%"

    domain: Domain

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(f"{CONTROLS.id}.{id}" for id in domain_questions(self.domain))

    def __call__(self, facts: Facts) -> Measured:
        return self.of(facts.controls[self.domain])


@MEASURES.register("least_control_coverage")
class LeastControlCoverage(Covering):
    """Controls in place in the domain where they are fewest, over those that apply."""

    about = "Controls in place in the domain where they are fewest, over those that apply."
    unit: ClassVar[str] = "%"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({CONTROLS.id})

    def __call__(self, facts: Facts) -> Measured:
        shown = {id: self.of(answers) for id, answers in facts.controls.items()}
        cells = tuple(cell for measured in shown.values() for cell in measured.cells)
        blank = [q for answers in facts.controls.values() for q in answers.blank]
        if blank and self.blanks == "unknown":
            note = f"{len(blank)} of {len(QUESTIONS)} answers are blank: {', '.join(blank[:5])}"
            return Measured(None, cells, note + (" ..." if blank[5:] else ""))
        least = {id: m.value for id, m in shown.items() if isinstance(m.value, float)}
        if not least:
            return Measured(None, cells, "no question on controls applies")
        id = min(least, key=lambda id: least[id])
        return Measured(least[id], cells, f"{CONTROL_DOMAINS[id][0]}: {shown[id].note}")


@MEASURES.register("control_evidence")
class ControlEvidence(Measure):
    """Controls answered with yes for which evidence is named, over all of those."""

    about = "Controls answered with yes for which evidence is named, over all of those."
    unit: ClassVar[str] = "%"

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset({CONTROLS.id})

    def __call__(self, facts: Facts) -> Measured:
        answers = grade_counts(facts.response, CONTROLS.id, QUESTIONS)
        claimed = answers.graded(YES)
        named = [a.evidence for a in claimed if a.evidence]
        if not claimed:
            return Measured(None, answers.cells, "no question on controls is answered with yes")
        cells = (*(a.answer for a in claimed if a.answer), *named)
        note = f"evidence is named for {len(named)} of {len(claimed)}"
        return Measured(100 * len(named) / len(claimed), cells, note)

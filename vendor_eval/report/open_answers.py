"""Section: which open answers could change who is first."""

from vendor_eval import wording
from vendor_eval.analysis.value_of_information.questions import OpenAnswer
from vendor_eval.award.result import Result
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE


def questions_sentence(result: Result) -> str:
    """How many of the open answers could change the winner, and which to ask first."""
    asked = result.questions
    if not asked:
        if not result.evaluation.ranking:
            return "No vendor is eligible, so no answer could change the winner."
        return "Every eligible vendor has answered everything with a single value."
    turning = [question for question in asked if question.could_change]
    count = wording.begun(wording.part_of(len(turning), len(asked), "open question"))
    if not turning:
        return f"{count} could change the winner."
    asks = f"Ask {turning[0].vendor}{' first' if len(asked) > 1 else ''}"
    about = ", ".join(topics(result, turning[0]))
    return f"{count} could change the winner. {asks}: {about}."


def topics(result: Result, question: OpenAnswer) -> list[str]:
    """What a question is about, by label."""
    evaluation = result.evaluation
    gates = {gate.id: gate.label for gate in evaluation.rules.gates}
    if question.kind == "gates":
        return [gates[gate] for gate in question.about]
    return [evaluation.tree.criterion(path).label for path in question.about]


def questions_table(result: Result) -> Html:
    """The clarification questions, those that could change the winner first."""
    rows = []
    in_points = result.evaluation.rules.award_rule.form == "highest_score"
    for question in result.questions:
        if not question.could_change:
            effect = "no answer changes the winner"
        else:
            more = [f"{len(question.to) - 3} more"] if question.to[3:] else []
            first = wording.either([*question.to[:3], *more])
            effect = f"could put {first} first" if question.to else "could tie"
        about = ", ".join(topics(result, question))
        worth = NONE if question.expected_loss is None else f"{question.expected_loss:.2f}"
        stake = [worth] if in_points else []
        rows.append([question.vendor, about, question.found or "not shown", effect, *stake])
    if not rows:
        return Html("")
    head = ["Vendor", "About", "Given", "Effect", *(["Points at stake"] if in_points else [])]
    stakes = ", and the points expected to be lost if they stay open" if in_points else ""
    caption = f"Open questions{stakes}"
    return table(caption, head, rows, prose=True)


def section(result: Result) -> Section:
    """Which open answers could change who is first."""
    return shown(say(questions_sentence(result)), questions_table(result))

"""The sheet *Answers*: one question for every answer that the rules read."""

from vendor_eval.questionnaire.sheet import Form, Kind, Question
from vendor_eval.rules.criteria import walk
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import plain

IN_WORDS = "In your own words, or where in your documents the answer stands"
NONE_OF_THESE = "none of these"
"""What is answered where no word that passes is true; rules that let it pass have it once."""


def answers_form(rules: Rules) -> Form:
    """The questions whose answers criteria and gates read, criteria first, each once.

    What a panel judges is asked in words, under the path of its criterion.
    Levels are in alphabetical order, so that their order does not show which is best.
    """
    asked: dict[str, Question] = {}
    asking = [(path, leaf) for path, _, leaf in walk(rules.criteria)]
    asking += [] if rules.divisor is None else [("", rules.divisor)]
    for path, leaf in asking:
        if leaf.panel is not None:
            asked[path] = Question(path, leaf.panel.question, help=IN_WORDS)
        if leaf.answer is None or leaf.value is None or leaf.answer not in rules.answers:
            continue
        levels = tuple(sorted(leaf.value.levels))
        kind: Kind = "number" if leaf.value.numeric else "choice"
        field = Question(leaf.answer, leaf.label, kind, leaf.unit or "", levels)
        asked.setdefault(leaf.answer, field)
    for part in rules.price_parts:
        asked.setdefault(
            part.answer, Question(part.answer, part.question, "number", rules.currency)
        )
    for gate in rules.gates:
        if gate.answer in rules.answers:
            asked.setdefault(gate.answer, _gate_question(gate.answer, rules))
    return Form("answers", "Answers", "Answers", tuple(asked.values()))


def _gate_question(answer: str, rules: Rules) -> Question:
    """A question that gates alone read.

    Bounds and numbers that pass are in the rules, not here. Words that pass are the requirement
    itself, and are printed: nobody can guess them.
    """
    gates = [gate for gate in rules.gates if gate.answer == answer]
    [label, *_] = [gate.label for gate in gates]
    if any(gate.rule.not_before is not None for gate in gates):
        return Question(answer, label, "date")
    accepted = {each for gate in gates for each in gate.rule.accepted}
    if gates[0].rule.bounded or all(isinstance(each, float) for each in accepted):
        return Question(answer, label, "number")
    words = sorted(a if isinstance(a, str) else plain(a) for a in accepted if a != "")
    return Question(answer, label, "choice", "", tuple(dict.fromkeys([*words, NONE_OF_THESE])))

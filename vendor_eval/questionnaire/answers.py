"""The sheet *Answers*: one question for every answer that the rules read."""

from vendor_eval.criteria import walk
from vendor_eval.questionnaire.sheet import Field, Form, Kind
from vendor_eval.rules import Rules
from vendor_eval.values.absolute import Levels


def answers(rules: Rules) -> Form:
    """The questions whose answers criteria and gates read, criteria first, each once.

    Levels stand in alphabetical order, so that their order does not tell which is best.
    """
    asked: dict[str, Field] = {}
    for _, _, leaf in walk(rules.criteria):
        if leaf.answer is None or leaf.value is None:
            continue
        levels = tuple(sorted(leaf.value.points)) if isinstance(leaf.value, Levels) else ()
        kind: Kind = "number" if leaf.value.numeric else "choice"
        field = Field(leaf.answer, leaf.label, kind, leaf.unit or "", levels)
        asked.setdefault(leaf.answer, field)
    for gate in rules.gates:
        if gate.answer is not None:
            asked.setdefault(gate.answer, _gate_question(gate.answer, rules))
    return Form("answers", "Answers", "Answers", tuple(asked.values()))


def _gate_question(answer: str, rules: Rules) -> Field:
    """A question that gates alone read; what passes is in the rules, not here."""
    [gate, *_] = [gate for gate in rules.gates if gate.answer == answer]
    rule = gate.rule
    if rule.not_before is not None:
        return Field(answer, gate.label, "date")
    if rule.at_least is not None or rule.at_most is not None:
        return Field(answer, gate.label, "number")
    allowed = rule.one_of if rule.one_of is not None else (rule.equals,)
    if all(isinstance(a, float) for a in allowed):
        return Field(answer, gate.label, "number")
    return Field(answer, gate.label, "text")

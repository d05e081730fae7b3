"""What the gates ask of vendors that have not passed them, and what it would take to win then."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from vendor_eval.analysis.required_changes.changes import Change, improvements
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.evaluation.gates import GateResult
from vendor_eval.measures.measures import measure
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.estimates import Estimate
from vendor_eval.rules.gates import Condition, Gate
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import digits, either, money, number_apart
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True)
class Hurdle:
    """A gate a vendor fails, or that its answers leave open.

    `asks`: the rule in words, as "at least 60 points". `found`: the answer as read, or the
    criterion's value in points (0-100); None when it is missing. `shows`: the same in words, with
    its unit. `blank`: the paths of the leaves that these points lack.
    """

    gate: str
    label: str
    state: Literal["fail", "unknown"]
    asks: str
    found: str | float | None
    shows: str
    blank: tuple[str, ...] = ()


@dataclass(frozen=True)
class Qualification(ShortRepr):
    """What stands between a vendor and the ranking, and between it and the first place.

    `hurdles`: in the rules' order. `shadow_rank`: its rank by its present score, once qualified;
    None without a score. `to_win`: by leaf, the smallest improvement of that one answer that then
    makes it first, relative values counted anew with its own bid; None where none is enough, and
    empty where it has no score, so that nothing is known, and where a shortlist would change too.
    """

    status: Literal["excluded", "undecided"]
    hurdles: tuple[Hurdle, ...]
    shadow_rank: int | None
    to_win: Mapping[str, Change | None]


def to_qualify(evaluation: Evaluation) -> Mapping[str, Qualification]:
    """For every excluded or undecided vendor, by name, what it would take.

    What an incomplete vendor would have to improve is not known before its faults are settled;
    nothing qualifies one that the buyer excluded.
    """
    qualifications = {}
    for vendor in evaluation.vendors:
        status = evaluation.status(vendor)
        closed = vendor in evaluation.screening.excluded
        if status == "eligible" or status == "incomplete" or closed:
            continue
        scored = vendor in evaluation.scores.index
        listed = any(gate.rule.best for gate in evaluation.rules.gates)
        entered = field_of(evaluation, entering=[vendor])
        qualifications[vendor] = Qualification(
            status=status,
            hurdles=_hurdles(evaluation, vendor),
            shadow_rank=evaluation.shadow_ranks.get(vendor),
            to_win=improvements(entered, [vendor])[vendor] if scored and not listed else {},
        )
    return qualifications


def _hurdles(evaluation: Evaluation, vendor: str) -> tuple[Hurdle, ...]:
    passages, hurdles = evaluation.screening.passages[vendor], []
    for gate in evaluation.rules.gates:
        passage = passages[gate.id]
        if passage.state != "pass":
            asks = asked(gate, evaluation.rules)
            shows = found_words(gate, evaluation.rules, passage)
            answer, state, blank = passage.found, passage.state, passage.blank
            hurdles.append(Hurdle(gate.id, gate.label, state, asks, answer, shows, blank))
    return tuple(hurdles)


def asked(gate: Gate, rules: Rules) -> str:
    """What a gate asks, in words: "at least 60 points", "'type_1' or 'type_2'"."""
    rule = gate.rule
    if rule.best is not None:
        return "the best result" if rule.best == 1 else f"one of the {rule.best} best results"
    if rule.at_least is not None:
        return f"at least {_in_unit(gate, rules, {rule.at_least: digits(rule.at_least)})}"
    if rule.at_most is not None:
        return f"at most {_in_unit(gate, rules, {rule.at_most: digits(rule.at_most)})}"
    if rule.not_before is not None:
        return f"not before {_date(rule, rules)}"
    allowed = rule.one_of if rule.one_of is not None else (rule.equals,)
    named = (a for a in allowed if a is not None)
    return either(repr(a) if isinstance(a, str) else digits(a) for a in named)


def found_words(gate: Gate, rules: Rules, passage: GateResult) -> str:
    """What a gate found, in words, with its unit and on its side of what is asked.

    "" where nothing was found. Points with a blank are those that count, unless the blank decides.
    """
    answer = passage.answer
    if not isinstance(answer, Estimate):
        return answer or ""
    if gate.criterion is None and not answer.certain:
        return answer.text
    counted = answer.certain or (passage.blank and passage.state != "unknown")
    ends = (answer.likely,) if counted else (answer.low, answer.high)
    bound = gate.rule.at_most if gate.rule.at_least is None else gate.rule.at_least
    # what is computed is shown to one decimal, what was entered as it was
    decimals = None if gate.answer is not None else 1
    return _in_unit(gate, rules, {end: number_apart(end, bound, decimals) for end in ends})


def _in_unit(gate: Gate, rules: Rules, shown: Mapping[float, str]) -> str:
    """Numbers at a gate with its unit: points, its measure's, or that of who reads the answer."""
    unit = "points"
    if gate.measure is not None:
        unit = measure(gate.measure).unit
    elif gate.criterion is None:
        leaves = tree(rules.criteria).criteria
        unit = next((c.unit for c in leaves if c.reads == gate.reads and c.unit), "")
    if unit == rules.currency:
        return " to ".join(money(number, unit) for number in shown)
    return f"{' to '.join(shown.values())} {unit}".strip()


def _date(rule: Condition, rules: Rules) -> str:
    named = {"as_of": rules.as_of, "start": rules.start}
    words = {"as_of": "the reference date", "start": "the service start"}
    stated = str(rule.not_before)
    return f"{named[stated]} ({words[stated]})" if stated in named else stated

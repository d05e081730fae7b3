"""Screening: which vendors pass the gates, fail one, or cannot be decided yet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import Fault
from vendor_eval.evaluation.performance import unreadable, weighted_sums
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.estimates import Estimate, span
from vendor_eval.rules.gates import Condition, Gate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording import number_apart
from vendor_eval.wording.short_repr import ShortRepr

State = Literal["pass", "fail", "unknown"]
Status = Literal["eligible", "undecided", "incomplete", "excluded"]


@dataclass(frozen=True)
class GateResult(ShortRepr):
    """How one vendor stands at one gate.

    `answer`: the number, range, date or text as read, or the criterion's value in points (0-100),
    a range where it may be any of several; None when the answer it reads is blank, or holds a
    fault. `blank`: the paths of the criterion's leaves that are blank and that the rules fill.
    """

    state: State
    answer: Estimate | str | None
    blank: tuple[str, ...] = ()

    @property
    def found(self) -> float | str | None:
        """The answer as it is shown: a single number, or the text of anything else.

        Points with a blank are those that count, unless the blank decides: then it is their range.
        """
        if not isinstance(self.answer, Estimate):
            return self.answer
        if self.blank and self.state != "unknown":
            return self.answer.likely
        return self.answer.low if self.answer.certain else self.answer.text


@dataclass(frozen=True, eq=False)
class Screening(ShortRepr):
    """Every vendor's passage of every gate, and what follows from it."""

    passages: Mapping[str, Mapping[str, GateResult]]
    """By vendor, then by gate id in the rules' order."""
    incomplete: frozenset[str] = frozenset()
    """Vendors with a fault in what the rules read."""
    excluded: Mapping[str, str] = field(default_factory=dict)
    """The ground on which the buyer excluded a vendor, regardless of gates, by vendor."""

    def status(self, vendor: str) -> Status:
        """Excluded by a gate or the buyer, else incomplete, else undecided, else eligible."""
        states = {passage.state for passage in self.passages[vendor].values()}
        if "fail" in states or vendor in self.excluded:
            return "excluded"
        if vendor in self.incomplete:
            return "incomplete"
        return "undecided" if "unknown" in states else "eligible"


def screening(
    rules: Rules,
    proposals: Proposals,
    tree: Tree,
    bounds: tuple[Floats, Floats],
    values: Floats,
    given: NDArray[np.bool_],
    faulty: NDArray[np.bool_],
) -> tuple[Screening, list[Fault]]:
    """How the vendors pass the gates but a shortlist, and the faults met.

    Weights are the rules' own.

    `bounds`: the least and the greatest value in [0, 1] that each answer may have; `values`: the
    one that counts; these, `given` and `faulty` have the shape (vendors, leaves). A gate that
    blanks or ranges leave open is unknown.
    """
    faults: list[Fault] = []
    columns: dict[str, list[GateResult]] = {}
    for gate in rules.gates:
        if gate.rule.best:  # decided after the others, among who passes them
            continue
        if gate.reads is None:
            columns[gate.id] = list(_at_points(gate, tree, (*bounds, values), given, faulty))
        else:
            columns[gate.id], met = _at_answers(gate, rules, proposals)
            faults += met
    by_vendor = {
        vendor: {gate: passages[n] for gate, passages in columns.items()}
        for n, vendor in enumerate(proposals.vendors)
    }
    return Screening(by_vendor, excluded=proposals.excluded), faults


def gate_faults(rules: Rules, proposals: Proposals) -> list[Fault]:
    """The answers that gates read and cannot; also under rules that are not fit to be weighed."""
    asked = [
        gate
        for gate in rules.gates
        if gate.reads in proposals.answers and _stated(gate.rule, rules) is not None
    ]
    return [fault for gate in asked for fault in _at_answers(gate, rules, proposals)[1]]


def _at_points(
    gate: Gate,
    tree: Tree,
    values: tuple[Floats, Floats, Floats],
    given: NDArray[np.bool_],
    faulty: NDArray[np.bool_],
) -> Iterator[GateResult]:
    """A gate on points for each vendor, known to 9 decimals so that float noise decides nothing.

    `values`: the least, the greatest and the one that counts, of each answer.
    """
    counts = tree.composition[tree.at(str(gate.criterion))]
    ends = (100 * weighted_sums(each, counts) for each in values)
    for n, points in enumerate(zip(*ends, strict=True)):
        low, high, counted = (round(float(each), 9) for each in points)
        state = held_between(gate.rule, low, high)
        blank = np.flatnonzero((counts > 0) & ~given[n])
        paths = tuple(tree.leaves[m] for m in blank)
        likely = counted if paths else None
        bound = gate.rule.at_most if gate.rule.at_least is None else gate.rule.at_least
        text = "..".join(number_apart(end, bound, 1) for end in (low, high))
        answer = span(low, likely, high, text)
        if faulty[n, counts > 0].any() and low != high:
            yield GateResult(state, None)
        else:
            yield GateResult(state, answer, () if faulty[n, blank].any() else paths)


def held_between(rule: Condition, low: float, high: float) -> State:
    """Whether a number that lies between `low` and `high` meets a bound."""
    if rule.at_least is not None:
        meets = (low >= rule.at_least, high >= rule.at_least)
    else:
        bound = float(rule.at_most if rule.at_most is not None else "inf")
        meets = (low <= bound, high <= bound)
    return "pass" if all(meets) else "unknown" if any(meets) else "fail"


def _at_answers(
    gate: Gate, rules: Rules, proposals: Proposals
) -> tuple[list[GateResult], list[Fault]]:
    passages, faults = [], []
    column = str(gate.reads)
    for vendor, answer in zip(proposals.vendors, proposals.answers[column], strict=True):
        if not answer:
            passages.append(GateResult("unknown", None))
            continue
        try:
            passages.append(_at_answer(gate, rules, proposals, vendor, answer))
        except ValueError as error:
            faults.append(unreadable(proposals, vendor, column, str(error)))
            passages.append(GateResult("unknown", answer))
    return passages, faults


def _at_answer(
    gate: Gate, rules: Rules, proposals: Proposals, vendor: str, answer: str
) -> GateResult:
    """How an answer that was given stands; raises ValueError when it cannot be read."""
    rule, column = gate.rule, str(gate.reads)
    if rule.bounded:
        read = proposals.estimate(vendor, column)
        return GateResult(held_between(rule, read.low, read.high), read)
    if rule.not_before is not None:
        return GateResult("pass" if _date(answer) >= _earliest(rule, rules) else "fail", answer)
    accepted = answer in rule.accepted or _among(proposals, vendor, column, rule.accepted)
    return GateResult("pass" if accepted else "fail", answer)


def _among(proposals: Proposals, vendor: str, column: str, allowed: Sequence[str | float]) -> bool:
    """Whether an answer is one of the numbers; where only numbers are allowed, it must be one."""
    numbers = [a for a in allowed if isinstance(a, float)]
    if not numbers:
        return False
    try:
        read = proposals.estimate(vendor, column)
    except ValueError:
        if len(numbers) == len(allowed):
            raise
        return False
    return read.certain and read.low in numbers


def _date(answer: str) -> date:
    try:
        # fromisoformat also takes 20261120 and 2026-W47-5, which a person may misread
        if len(answer) == 10 and answer[4] == answer[7] == "-" and answer.isascii():
            return date.fromisoformat(answer)
    except ValueError:
        pass
    raise ValueError(f"found {answer!r}; allowed: a date such as 2026-11-20")


def _earliest(rule: Condition, rules: Rules) -> date:
    earliest = _stated(rule, rules)
    if not isinstance(earliest, date):
        raise ValueError(f"the rules give no {rule.not_before!r}")
    return earliest


def _stated(rule: Condition, rules: Rules) -> date | bool | None:
    """The date that a condition asks for, None where the rules do not give it, True without one."""
    if rule.not_before is None or isinstance(rule.not_before, date):
        return rule.not_before or True
    return rules.as_of if rule.not_before == "as_of" else rules.start


def undecided(screening: Screening) -> Iterator[tuple[str, str]]:
    """Each (vendor, gate) that is unknown for a vendor no other gate excludes."""
    for vendor, passages in screening.passages.items():
        if screening.status(vendor) == "undecided":
            for gate, passage in passages.items():
                if passage.state == "unknown":
                    yield vendor, gate

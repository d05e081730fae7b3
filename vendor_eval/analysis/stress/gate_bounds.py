"""Gates that no possible answer fails, and gates that none passes."""

import math
from collections.abc import Iterator

import numpy as np

from vendor_eval.analysis.stress.dummies import Answer, Dummies
from vendor_eval.analysis.stress.warning import Example, Finding, StressWarning
from vendor_eval.evaluation.gates import held_between
from vendor_eval.questionnaire.bounds import Bounds, answer_bounds
from vendor_eval.rules.criteria import under
from vendor_eval.rules.gates import Condition, Gate
from vendor_eval.rules.values.absolute import Identity

Words = tuple[str, str, str]
"""What a warning says, what to do about it, and what its example shows."""


def dead_and_closed_gates(bids: Dummies) -> Iterator[Finding]:
    """Gates that no possible answer fails, or that none passes."""
    leaves = {bids.leaf(path).reads: path for path in bids.tree.leaves}
    for gate in bids.rules.gates:
        if gate.rule.best is not None:
            yield from _shortlist(bids, gate.rule.best)
            continue
        path = gate.criterion if gate.reads is None else leaves.get(gate.reads)
        if path is None or gate.rule.not_before is not None:
            continue
        dead = (
            f"no admissible answer fails the gate {gate.id!r}",
            "set the bound where it separates bids, or leave the gate out",
            "The bid has the worst answers and passes.",
        )
        closed = (
            f"no admissible answer passes the gate {gate.id!r}",
            "lower the bound to what can be reached",
            "The bid has the best answers and is excluded.",
        )
        yield from _dead_or_closed(bids, gate, path, f"gates.{gate.id}.rule", dead, closed)


def dead_and_closed_floors(bids: Dummies) -> Iterator[Finding]:
    """Knock-outs that no possible answer meets, or that every one does."""
    for each in bids.rules.knock_out:
        rule = Condition(at_least=each.below)
        floor = Gate(id="floor", label="Floor", criterion=each.criterion, rule=rule)
        named = f"the floor of {each.below:g} on {each.criterion!r}"
        dead = (
            f"no admissible answer is below {named}",
            "raise the floor, or leave it out",
            "The bid has the worst answers and keeps its points.",
        )
        closed = (
            f"no admissible answer reaches {named}",
            "lower the floor to what can be reached",
            "The bid has the best answers, which count 0.",
        )
        yield from _dead_or_closed(bids, floor, each.criterion, "knock_out", dead, closed)


def _dead_or_closed(
    bids: Dummies, gate: Gate, path: str, place: str, dead: Words, closed: Words
) -> Iterator[Finding]:
    """That every admissible answer is on one side of a bound, with a bid that shows it."""
    passing, failing = _reachable(bids, gate, path)
    inside = [leaf for leaf in bids.tree.leaves if under(leaf, path)]
    if not failing:
        says, advice, shown = dead
        worst = bids.row({leaf: bids.extreme(leaf, best=False) for leaf in inside})
        yield StressWarning("dead-gate", place, says, advice, Example(shown, {"Worst": worst}))
    if not passing:
        says, advice, shown = closed
        best = bids.row({leaf: _best_possible(bids, leaf) for leaf in inside})
        yield StressWarning("closed-gate", place, says, advice, Example(shown, {"Best": best}))


def _shortlist(bids: Dummies, best: int) -> Iterator[StressWarning]:
    """A shortlist that is as long as the list of vendors expected."""
    expected = bids.rules.stress.vendors
    if expected is not None and best >= expected:
        yield StressWarning(
            "dead-gate",
            "shortlist.best",
            f"the best {best} of {expected} expected vendors go on, so that nobody is left out",
            "lower the number, or leave the shortlist out",
            Example("Any bid goes on.", {"Best bid": bids.row()}),
        )


def _best_possible(bids: Dummies, path: str) -> Answer:
    return max(bids.possible(path), key=lambda answer: bids.value(path, answer))


def _reachable(bids: Dummies, gate: Gate, path: str) -> tuple[bool, bool]:
    """Whether an admissible answer passes a gate, and whether one fails it."""
    if gate.reads is None:
        counts = bids.tree.composition[bids.tree.at(path)]
        values = [[bids.value(p, a) for a in bids.possible(p)] for p in bids.tree.leaves]
        least, most = (100 * float(counts @ np.array(list(map(end, values)))) for end in (min, max))
        state = held_between(gate.rule, round(least, 9), round(most, 9))
    elif gate.rule.bounded:
        state = held_between(gate.rule, *_number_bounds(bids, path))
    else:
        passes = [bids.passes_gate(gate, answer) for answer in bids.possible(path)]
        return any(passes), not all(passes)
    return state != "fail", state != "pass"


def _number_bounds(bids: Dummies, path: str) -> tuple[float, float]:
    """The least and the greatest number that a leaf admits."""
    leaf = bids.leaf(path)
    if isinstance(leaf.value, Identity):
        return 0.0, 100.0
    bounds = answer_bounds(leaf) if leaf.measure is None else Bounds()
    return max(bounds.least, -math.inf), bounds.most

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


def dead_and_closed_gates(bids: Dummies) -> Iterator[Finding]:
    """Gates that no possible answer fails, or that none passes."""
    leaves = {bids.leaf(path).reads: path for path in bids.tree.leaves}
    for gate in bids.rules.gates:
        if gate.rule.best is not None:
            yield from _shortlist(bids, gate.rule.best)
            continue
        place = f"gates.{gate.id}.rule"
        path = gate.criterion if gate.reads is None else leaves.get(gate.reads)
        if path is None or gate.rule.not_before is not None:
            continue
        passing, failing = _reachable(bids, gate, path)
        inside = [p for p in bids.tree.leaves if under(p, path)]
        if not failing:
            worst = {p: bids.extreme(p, best=False) for p in inside}
            yield StressWarning(
                "dead-gate",
                place,
                f"no admissible answer fails the gate {gate.id!r}",
                "set the bound where it separates bids, or leave the gate out",
                Example(
                    "The bid has the worst answers and passes.", {"Worst bid": bids.row(worst)}
                ),
            )
        if not passing:
            best = {p: _best_possible(bids, p) for p in inside}
            yield StressWarning(
                "closed-gate",
                place,
                f"no admissible answer passes the gate {gate.id!r}",
                "lower the bound to what can be reached",
                Example("The bid has the best answers and is excluded.", {"Best": bids.row(best)}),
            )


def dead_and_closed_floors(bids: Dummies) -> Iterator[StressWarning]:
    """Knock-outs that no possible answer meets, or that every one does."""
    for each in bids.rules.knock_out:
        rule = Condition(at_least=each.below)
        floor = Gate(id="floor", label="Floor", criterion=each.criterion, rule=rule)
        passing, failing = _reachable(bids, floor, each.criterion)
        inside = [p for p in bids.tree.leaves if under(p, each.criterion)]
        place = f"the floor of {each.below:g} on {each.criterion!r}"
        if not failing:
            worst = bids.row({p: bids.extreme(p, best=False) for p in inside})
            shown = Example("The bid has the worst answers and keeps its points.", {"Worst": worst})
            yield StressWarning(
                "dead-gate",
                "knock_out",
                f"no admissible answer is below {place}",
                "raise the floor, or leave it out",
                shown,
            )
        if not passing:
            best = bids.row({p: _best_possible(bids, p) for p in inside})
            shown = Example("The bid has the best answers, which count 0.", {"Best": best})
            yield StressWarning(
                "closed-gate",
                "knock_out",
                f"no admissible answer reaches {place}",
                "lower the floor to what can be reached",
                shown,
            )


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

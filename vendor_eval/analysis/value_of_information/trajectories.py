"""The trajectories of an unknown answer: a range's numbers, or a missing answer's values."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from vendor_eval.analysis.value_of_information.information import Beliefs
from vendor_eval.analysis.value_of_information.trajectory import AnswerTrajectory
from vendor_eval.evaluation.field import Field
from vendor_eval.evaluation.knock_outs import KnockOutRule, after_knock_outs, knock_out_rules
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.values.function import Floats


def over_range(
    field: Field, vendor: str, leaves: Sequence[int], gates: Sequence[Gate] = ()
) -> AnswerTrajectory | None:
    """One vendor's range, which feeds some leaves, from its low end to its high one.

    Numbers with which it would fail one of `gates` are left out; None where one number is left.
    Each gate reads this very answer, or a criterion.
    """
    row, beliefs = field.vendors.index(vendor), range_beliefs(field, vendor, leaves[0])
    moving = [field.leaves[m] for m in leaves]
    low, high = beliefs.low, beliefs.high
    on_criteria = [gate for gate in gates if gate.criterion is not None]
    for gate in gates:
        if gate.criterion is None:
            low = max(low, gate.rule.at_least if gate.rule.at_least is not None else low)
            high = min(high, gate.rule.at_most if gate.rule.at_most is not None else high)
    for m in leaves if on_criteria else ():
        if low < high and not field.functions[m].relative:
            low, high = _narrowed(field, row, m, on_criteria, (low, high)) or (low, low)
    if low >= high:
        return None
    bends = [leaf.function.knots(leaf.others(row)) for leaf in moving]
    peak = [] if beliefs.likely is None else [beliefs.likely]
    inside = np.concatenate([*bends, peak])
    knots = np.unique([low, *inside[(inside > low) & (inside < high)], high])
    return _knocked_out(
        AnswerTrajectory(
            field,
            tuple(leaves),
            knots,
            lambda x: np.stack([leaf.moved(row, x) for leaf in moving], axis=2),
        ),
        row,
    )


def range_beliefs(field: Field, vendor: str, leaf: int) -> Beliefs:
    """What a range says: uniform between two ends, triangular with a likely number between."""
    at, answers = field.evaluation.proposals.rows[vendor], field.leaves[leaf].answers
    low, likely, high = (float(a[at]) for a in (answers.low, answers.likely, answers.high))
    return Beliefs(low, high, likely if answers.peaked[at] else None)


def over_values(
    field: Field, vendor: str, leaf: int, gates: Sequence[Gate] = ()
) -> tuple[AnswerTrajectory, ...]:
    """One vendor's missing answer, from value 0 to value 1, the other vendors' values held.

    Values with which it would fail one of `gates`, each on a criterion, are left out; no trajectory
    where one value is left.
    """
    row = field.vendors.index(vendor)
    low, high = _passing(field, row, leaf, gates)
    if low >= high:
        return ()

    def values(x: Floats) -> Floats:
        moved = np.repeat(field.values[None, :, [leaf]], len(x), axis=0)
        moved[:, row, 0] = field.scale[row] * x
        return moved

    knots = np.array([low, high])
    valued = AnswerTrajectory(field, (leaf,), knots, values, valued=True)
    return (_knocked_out(valued, row),)


def _knocked_out(trajectory: AnswerTrajectory, row: int) -> AnswerTrajectory:
    """A trajectory of one vendor's answer that heeds knock-outs; the same where there are none.

    Past a floor all leaves of the criterion move together.
    """
    field, moving = trajectory.field, list(trajectory.leaves)
    rules, stated = field.evaluation.rules, field.evaluation.stated
    concerned = [k for k in knock_out_rules(rules, stated) if k.leaves[moving].any()]
    if not concerned:
        return trajectory
    together = np.any([each.leaves for each in concerned], axis=0)
    leaves = [*moving, *(m for m in np.flatnonzero(together).tolist() if m not in moving)]

    def own(x: Floats) -> Floats:
        given = np.repeat(field.given_values[[row]], len(x), axis=0)
        given[:, moving] = trajectory.values(x)[:, row] / field.scale[row]
        return given

    def values(x: Floats) -> Floats:
        moved = np.repeat(field.values[None, :, leaves], len(x), axis=0)
        moved[:, :, : len(moving)] = trajectory.values(x)
        counts = after_knock_outs(own(x), rules, stated)[:, leaves]
        moved[:, row] = field.scale[row] * counts
        return moved

    ends = list(pairwise(trajectory.knots.tolist()))
    crossings = [x for each in concerned for a, b in ends for x in _crossings(each, own, a, b)]
    knots = np.unique([*trajectory.knots, *crossings])
    return replace(trajectory, leaves=tuple(leaves), knots=knots, values=values)


def _crossings(
    knock_out: KnockOutRule, own: Callable[[Floats], Floats], start: float, end: float
) -> Iterator[float]:
    """Where between two knots a knock-out begins or ends, by bisection: once at most."""

    def fires(x: float) -> bool:
        return bool(knock_out.fires(own(np.array([x])))[0])

    edge = 1e-9 * (end - start)
    low, high = start + edge, end - edge
    first = fires(low)
    if first == fires(high):
        return
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if fires(middle) == first else (low, middle)
    yield high


def over_answers(field: Field, vendor: str, leaf: int) -> tuple[AnswerTrajectory, ...]:
    """One vendor's missing answer on a relative leaf, over every number it might be.

    The other vendors' values move with it. The number is a + b t / (1 - t) for t in (0, 1): every
    number above 0 or, where the value function takes any number, every one on either side. No
    trajectory where the leaf is not relative, or nobody else answers.
    """
    row, moving = field.vendors.index(vendor), field.leaves[leaf]
    function, others = moving.function, moving.others(row)
    if not function.relative or not len(others):
        return ()
    scale = float(np.abs(others).max()) or 1.0
    sides = [(0.0, scale)] if function.positive else [(others.min(), -scale), (others.min(), scale)]
    trajectories = []
    for start, step in sides:

        def values(t: Floats, start: float = start, step: float = step) -> Floats:
            return moving.moved(row, start + step * t / (1 - t))[:, :, None]

        away = (function.knots(others) - start) / step
        inside = away[away > 0] / (1 + away[away > 0])
        ends = np.unique([0.0, *inside, 1.0])
        trajectories.append(AnswerTrajectory(field, (leaf,), ends, values, reached=False))
    return tuple(trajectories)


def _passing(field: Field, row: int, leaf: int, gates: Sequence[Gate]) -> tuple[float, float]:
    """The values of one leaf, from and to, with which a vendor may pass some criteria's gates.

    Gates hold under the rules' own weights in every scenario; other blanks and ranges may go
    either way.
    """
    evaluation, at = field.evaluation, field.rows[[row]]
    low, high = 0.0, 1.0
    for gate in gates:
        counts = evaluation.stated.composition[evaluation.stated.at(str(gate.criterion))]
        if counts[leaf] <= 0:
            continue
        others = counts.copy()
        others[leaf] = 0
        # no relative leaf stands under a gate
        least, most = (float(weighted_sums(ends[at], others)[0]) for ends in evaluation.bounds)
        if gate.rule.at_least is not None:
            low = max(low, (gate.rule.at_least / 100 - most) / counts[leaf])
        if gate.rule.at_most is not None:
            high = min(high, (gate.rule.at_most / 100 - least) / counts[leaf])
    return low, high


def _narrowed(
    field: Field, row: int, leaf: int, gates: Sequence[Gate], ends: tuple[float, float]
) -> tuple[float, float] | None:
    """The part of a range with which a vendor may pass some criteria's gates; None if none is.

    Where the value both rises and falls with the answer, the whole range.
    """
    function, (low, high) = field.functions[leaf], ends
    least, most = _passing(field, row, leaf, gates)
    if not function.extremes(low, high)[1] >= least or not function.extremes(low, high)[0] <= most:
        return None
    rising = function.slope == "max"
    if function.slope is None:
        return ends
    enough = function.reaching(least, low if rising else high) if least > 0 else None
    little = function.falling_to(most, high if rising else low) if most < 1 else None
    for bound, from_below in ((enough, rising), (little, not rising)):
        if isinstance(bound, float):
            low, high = (max(low, bound), high) if from_below else (low, min(high, bound))
    return low, high

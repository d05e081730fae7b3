"""The courses an unknown answer may take: a range's numbers, or a missing answer's values."""

from collections.abc import Sequence

import numpy as np

from vendor_eval.analysis.value_of_information.information import Beliefs
from vendor_eval.analysis.value_of_information.trajectory import AnswerTrajectory
from vendor_eval.evaluation.field import Field
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.rules import Gate
from vendor_eval.rules.values.function import Floats


def over_range(
    contest: Field, vendor: str, leaves: Sequence[int], gates: Sequence[Gate] = ()
) -> AnswerTrajectory | None:
    """One vendor's range, which feeds some leaves, from its low end to its high one.

    Numbers with which it would fail one of `gates` are left out; None where one number is left.
    Each gate reads this very answer, or a criterion.
    """
    row, beliefs = contest.vendors.index(vendor), range_beliefs(contest, vendor, leaves[0])
    at = contest.rows[row]
    low, high = beliefs.low, beliefs.high
    on_criteria = [gate for gate in gates if gate.criterion is not None]
    for gate in gates:
        if gate.criterion is None:
            low = max(low, gate.rule.at_least if gate.rule.at_least is not None else low)
            high = min(high, gate.rule.at_most if gate.rule.at_most is not None else high)
    for leaf in leaves if on_criteria else ():
        if low < high and not contest.functions[leaf].relative:
            low, high = _narrowed(contest, row, leaf, on_criteria, (low, high)) or (low, low)
    if low >= high:
        return None
    among = [_among(contest, answers, at) for answers in (contest.answers[m] for m in leaves)]
    bends = [contest.functions[m].knots(others) for m, others in zip(leaves, among, strict=True)]
    peak = [] if beliefs.likely is None else [beliefs.likely]
    inside = np.concatenate([*bends, peak])
    return AnswerTrajectory(
        contest,
        tuple(leaves),
        np.unique([low, *inside[(inside > low) & (inside < high)], high]),
        lambda x: np.stack([_moved(contest, m, row, x) for m in leaves], axis=2),
    )


def range_beliefs(contest: Field, vendor: str, leaf: int) -> Beliefs:
    """What a range says: uniform between two ends, triangular with a likely number between."""
    at, answers = contest.evaluation.proposals.rows[vendor], contest.answers[leaf]
    low, likely, high = (float(a[at]) for a in (answers.low, answers.likely, answers.high))
    return Beliefs(low, high, likely if answers.peaked[at] else None)


def over_values(
    contest: Field, vendor: str, leaf: int, gates: Sequence[Gate] = ()
) -> tuple[AnswerTrajectory, ...]:
    """One vendor's missing answer, from value 0 to value 1, the other vendors' values held.

    Values with which it would fail one of `gates`, each on a criterion, are left out; no course
    where one value is left.
    """
    row = contest.vendors.index(vendor)
    low, high = _passing(contest, row, leaf, gates)
    if low >= high:
        return ()

    def values(x: Floats) -> Floats:
        moved = np.repeat(contest.values[None, :, [leaf]], len(x), axis=0)
        moved[:, row, 0] = x
        return moved

    return (AnswerTrajectory(contest, (leaf,), np.array([low, high]), values),)


def over_answers(contest: Field, vendor: str, leaf: int) -> tuple[AnswerTrajectory, ...]:
    """One vendor's missing answer on a relative leaf, over every number it might be.

    The other vendors' values move with it. The number is a + b t / (1 - t) for t in (0, 1): every
    number above 0 or, where the value function takes any number, every one on either side. No
    course where the leaf is not relative, or nobody else answers.
    """
    row, function = contest.vendors.index(vendor), contest.functions[leaf]
    others = _among(contest, contest.answers[leaf], contest.rows[row])
    if not function.relative or not len(others):
        return ()
    scale = float(np.abs(others).max()) or 1.0
    sides = [(0.0, scale)] if function.positive else [(others.min(), -scale), (others.min(), scale)]
    courses = []
    for start, step in sides:

        def values(t: Floats, start: float = start, step: float = step) -> Floats:
            return _moved(contest, leaf, row, start + step * t / (1 - t))[:, :, None]

        away = (function.knots(others) - start) / step
        inside = away[away > 0] / (1 + away[away > 0])
        ends = np.unique([0.0, *inside, 1.0])
        courses.append(AnswerTrajectory(contest, (leaf,), ends, values, reached=False))
    return tuple(courses)


def _among(contest: Field, answers: Performance, at: int) -> Floats:
    """The answers given by the others in the contest."""
    given = contest.rows[answers.given[contest.rows]]
    return answers.likely[given[given != at]]


def _moved(contest: Field, leaf: int, row: int, x: Floats) -> Floats:
    """Everybody's values on one leaf as one vendor's answer moves: (n,) -> (n, k)."""
    function, answers = contest.functions[leaf], contest.answers[leaf]
    moved = np.repeat(contest.values[None, :, leaf], len(x), axis=0)
    if not function.relative:
        moved[:, row] = function(x)
        return moved
    given = answers.given[contest.rows]
    given[row] = True
    asked = answers.likely[contest.rows]
    for n, answer in enumerate(x):
        asked[row] = answer
        moved[n, given] = function(asked[given], asked[given])
    return moved


def _passing(contest: Field, row: int, leaf: int, gates: Sequence[Gate]) -> tuple[float, float]:
    """The values of one leaf, from and to, with which a vendor may pass some criteria's gates.

    Gates hold under the rules' own weights, whatever the scenario; other blanks and ranges may go
    either way.
    """
    stated = tree(contest.evaluation.rules.criteria)
    low, high = 0.0, 1.0
    for gate in gates:
        counts = stated.composition[stated.at(str(gate.criterion))]
        if counts[leaf] <= 0:
            continue
        # no relative leaf stands beneath a gate
        beneath = [m for m in np.flatnonzero(counts).tolist() if m != leaf]
        ends = [contest.answers[m].bounds(contest.functions[m]) for m in beneath]
        least, most = (
            sum(
                counts[m] * end[side][contest.rows[row]]
                for m, end in zip(beneath, ends, strict=True)
            )
            for side in (0, 1)
        )
        if gate.rule.at_least is not None:
            low = max(low, (gate.rule.at_least / 100 - most) / counts[leaf])
        if gate.rule.at_most is not None:
            high = min(high, (gate.rule.at_most / 100 - least) / counts[leaf])
    return low, high


def _narrowed(
    contest: Field, row: int, leaf: int, gates: Sequence[Gate], ends: tuple[float, float]
) -> tuple[float, float] | None:
    """The part of a range with which a vendor may pass some criteria's gates; None if none is.

    Where the value both rises and falls with the answer, the whole range.
    """
    function, (low, high) = contest.functions[leaf], ends
    least, most = _passing(contest, row, leaf, gates)
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

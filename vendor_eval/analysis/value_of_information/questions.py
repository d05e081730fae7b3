"""Which unknown matters: the questions worth asking the vendors, the most valuable first.

One unknown at a time; the others stand as the ranking takes them: a range at its likely number, a
missing answer at value 0. Who could win is decided by value at every bend and crossing, never by
sampling.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from vendor_eval.analysis.value_of_information.information import (
    ValueOfInformation,
    believed,
    evenly_valued,
    value_of_information,
)
from vendor_eval.analysis.value_of_information.trajectories import (
    over_answers,
    over_range,
    over_values,
    range_beliefs,
)
from vendor_eval.analysis.value_of_information.trajectory import AnswerTrajectory, Turns, turns
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.evaluation.gates import undecided
from vendor_eval.rules.gates import Gate
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True)
class OpenAnswer(ShortRepr):
    """One thing to ask one vendor, and what the answer could do; points are 0-100.

    Questions to a vendor that is not eligible yet presume that it passes the gates in `presumes`,
    and compare with the field it would then be in.
    """

    vendor: str
    kind: Literal["gates", "missing", "range"]
    about: tuple[str, ...]
    """The gates the vendor must still pass, or the leaves that the one answer feeds, by path."""
    found: str | None
    """The range as written."""
    presumes: tuple[str, ...]
    could_change: bool
    """Whether any possible answer would change who is first, alone or tied."""
    to: tuple[str, ...]
    """Who could win instead; empty where vendors can only tie."""
    turns_at: float | None = None
    """The answer nearest to the one taken today from which on the winner is another.

    For a missing answer it is its value in points.
    """
    evpi: float | None = None
    """Expected value of perfect information, in points.

    A range is held to be uniform, or triangular with a likely number; a missing answer's value to
    be uniform on what it can be. None where nothing is held to be likely.
    """
    expected_loss: float | None = None
    """Points expected to be lost by keeping to today's winner, regardless of the answer."""
    gain_if_passed: float | None = None
    """Points the first place gains if these gates are passed; no probability is assumed."""

    @property
    def value(self) -> float:
        """What the list is ordered by: the expected loss, or the gates' gain, in points."""
        return self.expected_loss or self.gain_if_passed or 0.0


def open_answers(evaluation: Evaluation) -> tuple[OpenAnswer, ...]:
    """Every unknown of the vendors that may still win, those that could change the winner first."""
    today = field_of(evaluation)
    asked = [question for vendor in today.vendors for question in _answers(today, vendor, ())]
    gates = {gate.id: gate for gate in evaluation.rules.gates}
    for vendor in evaluation.having("undecided"):
        waiting = [gates[gate] for name, gate in undecided(evaluation.screening) if name == vendor]
        entered = field_of(evaluation, entering=[vendor])
        asked.append(_gates(today, entered, vendor, waiting))
        asked += _answers(entered, vendor, waiting)
    return tuple(sorted(asked, key=lambda q: (not q.could_change, -q.value, q.vendor, q.about)))


def _gates(today: Field, entered: Field, vendor: str, waiting: Sequence[Gate]) -> OpenAnswer:
    before, after = today.leading(), entered.leading()
    points = {
        vendor: score
        for field in (today, entered)  # who enters may take the place of who is first today
        for vendor, score in zip(field.vendors, map(float, field.points()), strict=True)
    }
    changes = set(before) != set(after)
    return OpenAnswer(
        vendor=vendor,
        kind="gates",
        about=tuple(gate.id for gate in waiting),
        found=None,
        presumes=(),
        could_change=changes,
        to=after if changes and len(after) == 1 else (),
        gain_if_passed=points[after[0]] - max(points[v] for v in before) if before else None,
    )


def _answers(among: Field, vendor: str, waiting: Sequence[Gate]) -> Iterator[OpenAnswer]:
    """The questions on one vendor's missing answers and ranges, in the field it is in."""
    at, tree = among.evaluation.proposals.rows[vendor], among.evaluation.tree
    ranges: dict[str, list[int]] = {}
    for m, leaf in enumerate(among.leaves):
        if not leaf.answers.given[at]:
            yield from _missing(among, vendor, m, waiting)
        elif leaf.answers.low[at] != leaf.answers.high[at]:
            ranges.setdefault(str(tree.criterion(leaf.path).reads), []).append(m)
    for column, fed in ranges.items():
        trajectory = over_range(among, vendor, fed, _read_by(waiting, column))
        if trajectory is not None:
            answers, beliefs = among.leaves[fed[0]].answers, range_beliefs(among, vendor, fed[0])
            turned = turns([trajectory], lambda _, x: x, float(answers.likely[at]))
            known = value_of_information([trajectory], believed(beliefs))
            yield _question(among, vendor, fed, waiting, answers.answers[at], turned, known)


def _read_by(gates: Sequence[Gate], column: str) -> list[Gate]:
    """The gates that an answer may decide: those that read it, and those on criteria."""
    return [gate for gate in gates if gate.criterion is not None or gate.reads == column]


def _missing(among: Field, vendor: str, leaf: int, waiting: Sequence[Gate]) -> Iterator[OpenAnswer]:
    """The question on one missing answer, unless the gates leave it but one value."""
    row = among.vendors.index(vendor)
    on_criteria = [gate for gate in waiting if gate.criterion is not None]
    trajectories: Sequence[AnswerTrajectory] = over_answers(among, vendor, leaf) or over_values(
        among, vendor, leaf, on_criteria
    )
    if trajectories:
        turned = turns(trajectories, lambda trajectory, x: trajectory.own_points(row, x), 0.0)
        known = value_of_information(trajectories, evenly_valued(row))
        yield _question(among, vendor, [leaf], waiting, None, turned, known)


def _question(
    among: Field,
    vendor: str,
    fed: Sequence[int],
    waiting: Sequence[Gate],
    entered: str | None,
    turned: Turns,
    known: ValueOfInformation | None,
) -> OpenAnswer:
    return OpenAnswer(
        vendor=vendor,
        kind="missing" if entered is None else "range",
        about=tuple(among.evaluation.tree.leaves[m] for m in fed),
        found=entered,
        presumes=tuple(gate.id for gate in waiting),
        could_change=turned.nearest is not None,
        to=turned.to,
        turns_at=turned.nearest,
        evpi=known.evpi if known else None,
        expected_loss=known.expected_loss if known else None,
    )

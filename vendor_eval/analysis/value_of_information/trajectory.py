"""What becomes of a field while one answer moves, from one end to the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np
from numpy.polynomial import polynomial

from vendor_eval.evaluation.evaluation import DECIMALS
from vendor_eval.evaluation.field import Field
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.rules.values.curves import SAMPLES, Curve, curve
from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True, eq=False)
class AnswerTrajectory:
    """How the values of a field move with one number x; l of its m leaves move."""

    field: Field
    leaves: tuple[int, ...]
    """Which leaves move."""
    knots: Floats
    """Ascending, the ends included; between two of them every value is one simple curve."""
    values: Callable[[Floats], Floats]
    """Values of the leaves that move, in [0, 1]: (n,) -> (n, k, l)."""
    reached: bool = True
    """Whether the ends themselves are possible."""
    valued: bool = False
    """Whether x is the value in [0, 1] of one vendor's answer on the first leaf."""

    @property
    def weights(self) -> Floats:
        """Weights of the leaves that move; (l,)."""
        return self.field.weights[list(self.leaves)]

    @cached_property
    def still(self) -> Floats:
        """What the other leaves give each vendor, in [0, 1]; (k,)."""
        others = self.field.values.copy()
        others[:, list(self.leaves)] = 0
        return weighted_sums(others, self.field.weights)

    def scores(self, x: Floats) -> Floats:
        """Scores in [0, 1]; (n, k)."""
        moving = self.values(x)
        sums = weighted_sums(moving.reshape(-1, len(self.leaves)), self.weights)
        return self.still + sums.reshape(moving.shape[:2])

    def own_points(self, row: int, x: float) -> float:
        """The value in points of one vendor's answer on the one leaf that moves."""
        if self.valued:
            return round(100 * x, DECIMALS)
        if not self.reached:
            x = min(max(x, 1e-12), 1 - 1e-12)  # at its ends the answer is 0 or infinite
        own = self.values(np.array([x]))[0, row, 0] / self.field.scale[row]
        return round(float(100 * own), DECIMALS)

    @cached_property
    def segments(self) -> tuple["LeadSegment", ...]:
        """The trajectory cut exactly where the lead may pass from one vendor to another."""
        return tuple(_segments(self))

    def leading(self, x: float) -> tuple[str, ...]:
        """Who is first at x, or the vendors that tie for it."""
        values = self.field.values.copy()
        values[:, list(self.leaves)] = self.values(np.array([x]))[0]
        return self.field.leading(values)


@dataclass(frozen=True)
class LeadSegment:
    """A part of a trajectory, from `start` to `end`, in which the same vendors lead throughout.

    `ahead`: the position of one of them in the field, whose score is the highest.
    """

    start: float
    end: float
    ahead: int
    leading: tuple[str, ...]


@dataclass(frozen=True)
class Turns:
    """Who else could lead on some trajectories, and the nearest answer at which somebody does.

    `to`: vendors that would be first alone; `nearest`: None where nothing turns.
    """

    to: tuple[str, ...]
    nearest: float | None


def turns(
    trajectories: Iterable[AnswerTrajectory],
    answer: Callable[[AnswerTrajectory, float], float],
    taken: float,
) -> Turns:
    """Every other lead than today's, on segments and at the single answers where values jump.

    `answer` gives what a number on a trajectory is as an answer; `taken` is today's answer.
    """
    to: dict[str, None] = {}
    at: list[float] = []
    for trajectory in trajectories:
        today = set(trajectory.field.leading())
        leads = [(s.leading, x) for s in trajectory.segments for x in (s.start, s.end)]
        alone = trajectory.knots if trajectory.reached else trajectory.knots[1:-1]
        leads += [(trajectory.leading(float(x)), float(x)) for x in alone]
        for leading, x in leads:
            if set(leading) != today:
                at.append(float(answer(trajectory, x)))
                to |= dict.fromkeys(leading if len(leading) == 1 else ())
    return Turns(tuple(sorted(to)), min(at, key=lambda x: abs(x - taken), default=None))


def _segments(trajectory: AnswerTrajectory) -> Iterator[LeadSegment]:
    for start, end in pairwise(trajectory.knots):
        if end <= start:
            continue
        middle, half = (start + end) / 2, (end - start) / 2
        values = trajectory.values(middle + half * SAMPLES)
        crossings = _crossings(values, trajectory.still, trajectory.weights)
        cuts = [start, *(middle + half * t for t in crossings), end]
        held: LeadSegment | None = None
        for left, right in pairwise(cuts):
            inside = (left + right) / 2
            leading = trajectory.leading(inside)
            if held and held.leading == leading:
                held = LeadSegment(held.start, right, held.ahead, leading)
                continue
            if held:
                yield held
            points = np.round(100 * trajectory.scores(np.array([inside]))[0], DECIMALS)
            held = LeadSegment(left, right, int(points.argmax()), leading)
        if held:
            yield held


def _crossings(values: Floats, still: Floats, weights: Floats) -> list[float]:
    """Where in (-1, 1) two scores that may lead are equal, ascending.

    `values` are read at SAMPLES, (3, k, l). Scores share their poles, so that a difference of two
    has the zeros of a polynomial: of the first degree where one leaf moves.
    """
    curves = [curve(values[:, :, n]) for n in range(len(weights))]
    # one leaf moves one way between two knots, but two leaves may move against each other
    ends = np.sort([[c.at(t) for c in curves] for t in (-1.0, 1.0)], axis=0)
    least, most = (still + weights @ end for end in ends)
    contenders = np.flatnonzero(most >= least.max() - 1e-9)
    scores = {int(n): _numerator(curves, weights, float(still[n]), int(n)) for n in contenders}
    meetings = {
        float(root.real)
        for one, other in combinations(scores, 2)
        for root in _roots(scores[one] - scores[other])
        if abs(root.imag) < 1e-9 and -1 < root.real < 1
    }
    return sorted(meetings)


def _numerator(curves: list[Curve], weights: Floats, still: float, vendor: int) -> Floats:
    """A vendor's score times every pole's factor, as polynomial coefficients, lowest first."""
    whole = np.zeros(len(curves) + 1)
    for left_out in range(-1, len(curves)):
        term = np.array([still])
        if left_out >= 0:
            one = curves[left_out]
            term = weights[left_out] * np.array([one.level[vendor], one.rise[vendor]])
        for n, factor in enumerate(curves):
            if n != left_out:
                term = np.convolve(term, [1.0, factor.pole])
        whole += term
    return whole


def _roots(coefficients: Floats) -> Floats:
    # what differs by no more than float noise does not cross
    size = np.abs(coefficients).max()
    kept = np.flatnonzero(np.abs(coefficients) > 1e-14)
    if size < 1e-13 or not len(kept) or kept[-1] == 0:
        return np.array([])
    return polynomial.polyroots(coefficients[: kept[-1] + 1])

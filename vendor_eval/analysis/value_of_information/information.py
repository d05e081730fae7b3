"""The value of finding out: what knowing one answer beforehand would be worth, in points.

Raiffa & Schlaifer (1961), Applied Statistical Decision Theory, ch. 4: the expected value of perfect
information is the expected best score less the best expected score. Measured against a choice that
is already made, instead of the best one in expectation, it is that choice's expected opportunity
loss.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis.value_of_information.trajectory import AnswerTrajectory, LeadSegment
from vendor_eval.rules.values.curves import SAMPLES, curve
from vendor_eval.rules.values.function import Floats

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
TOLERANCE = 1e-12


@dataclass(frozen=True)
class ValueOfInformation:
    """What finding out is worth, in points (0-100), at least 0.

    `evpi`: against the choice that is best in expectation. `expected_loss`: against keeping to the
    vendors that lead today.
    """

    evpi: float
    expected_loss: float


@dataclass(frozen=True)
class Beliefs:
    """How likely each number between `low` and `high` is held to be.

    Triangular with its peak at `likely` (Johnson 1997), or uniform where that is None.
    """

    low: float
    high: float
    likely: float | None = None

    def __call__(self, x: Floats) -> Floats:
        """A density, up to a constant factor; (n,) -> (n,)."""
        if self.likely is None:
            return np.ones_like(x)
        rising = (x - self.low) / ((self.likely - self.low) or 1.0)
        falling = (self.high - x) / ((self.high - self.likely) or 1.0)
        return np.where(x < self.likely, rising, falling)


Totals = Callable[[AnswerTrajectory, LeadSegment], Floats]
"""Integrals over a segment of each vendor's score, and last of the density itself; (k + 1,)."""


def believed(beliefs: Beliefs) -> Totals:
    """Integrals with a density in x, by Gauss-Legendre quadrature halved until it holds still."""

    def totals(trajectory: AnswerTrajectory, segment: LeadSegment) -> Floats:
        def weighed(x: Floats) -> Floats:
            scores = trajectory.scores(x)
            return np.column_stack([scores, np.ones(len(x))]) * beliefs(x)[:, None]

        return _integral(weighed, segment.start, segment.end)

    return totals


def evenly_valued(vendor: int) -> Totals:
    """Integrals with every value of the vendor's own leaf equally likely, in closed form.

    One leaf moves, so that every score is a straight line in that value.
    """

    def totals(trajectory: AnswerTrajectory, segment: LeadSegment) -> Floats:
        middle, half = (segment.start + segment.end) / 2, (segment.end - segment.start) / 2
        if trajectory.valued:
            return np.append(trajectory.scores(np.array([middle]))[0], 1.0) * 2 * half
        values = curve(trajectory.values(middle + half * SAMPLES)[:, :, 0])
        ends = np.array([values.at(-1.0), values.at(1.0)])
        scores = trajectory.still + trajectory.weights[0] * ends.mean(axis=0)
        return np.append(scores, 1.0) * abs(ends[1, vendor] - ends[0, vendor])

    return totals


def value_of_information(
    trajectories: Iterable[AnswerTrajectory], totals: Totals
) -> ValueOfInformation | None:
    """What finding out is worth; None where nothing in these trajectories is held to be likely."""
    best, expected, leading = 0.0, np.zeros(1), np.zeros(0, dtype=bool)
    for trajectory in trajectories:
        today = trajectory.field.leading()
        leading = np.array([vendor in today for vendor in trajectory.field.vendors])
        for segment in trajectory.segments:
            added = totals(trajectory, segment)
            best += added[segment.ahead]
            expected = expected + added
    mass = expected[-1]
    if mass <= 0:
        return None
    each = expected[:-1]
    # sums of many parts are exact to about this many decimals
    evpi, loss = (
        max(0.0, round(float(100 * (best - kept) / mass), 10))
        for kept in (each.max(), each[leading].max())
    )
    return ValueOfInformation(evpi, loss)


def _integral(f: Callable[[Floats], Floats], low: float, high: float, depth: int = 40) -> Floats:
    """The integral of f: (n,) -> (n, j) from low to high; (j,)."""
    middle = (low + high) / 2
    whole = _gauss(f, low, high)
    halves = _gauss(f, low, middle) + _gauss(f, middle, high)
    if depth == 0 or np.abs(whole - halves).max() <= TOLERANCE * np.abs(halves).max():
        return halves
    return _integral(f, low, middle, depth - 1) + _integral(f, middle, high, depth - 1)


def _gauss(f: Callable[[Floats], Floats], low: float, high: float) -> Floats:
    half = (high - low) / 2
    return half * (WEIGHTS @ f((low + high) / 2 + half * NODES))

"""Weights uniform on the part of a simplex that some linear statements allow."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis import linear_programme
from vendor_eval.analysis.weights.sampling import Draw, fill_simplex
from vendor_eval.rules.values.function import Floats

TOLERANCE = 1e-9
"""How far, in shares, a statement may be missed, and how little room is none at all."""
ACCEPTANCE = 0.02
"""The allowed share of the simplex from which drawing until it fits is quick enough."""
PILOT, BATCH = 4096, 4096
"""Weightings drawn to estimate that share, and at a time."""
CHAINS = 256
"""Hit-and-run walks that go side by side."""
WARM_UP, THINNING = 10, 2
"""Steps of a walk before its first weighting is used, and between two: times its dimension squared,
the order in which such walks forget where they began (Lovasz & Vempala 2006)."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Statements on the q shares of some siblings: coefficients (c, q) . shares <= bounds (c,)."""

    coefficients: Floats
    bounds: Floats

    def met(self, shares: Floats) -> NDArray[np.bool_]:
        """Which rows of shares (n, q) meet all statements; (n,)."""
        return np.asarray((shares @ self.coefficients.T <= self.bounds + TOLERANCE).all(axis=1))

    def only(self, kept: list[int]) -> "Limits":
        """Some of these statements."""
        return Limits(self.coefficients[kept], self.bounds[kept])


def conflict(limits: Limits) -> list[int]:
    """Statements that no shares meet together, none of which could be spared; empty if some do.

    Each statement is left out for good if the others still contradict each other (Chinneck &
    Dravnieks 1991, the deletion filter).
    """
    kept = list(range(len(limits.bounds)))
    if _possible(limits):
        return []
    for statement in list(kept):
        without = [n for n in kept if n != statement]
        if not _possible(limits.only(without)):
            kept = without
    return kept


def _possible(limits: Limits) -> bool:
    return _furthest(limits, np.zeros(limits.coefficients.shape[1])) is not None


def _furthest(limits: Limits, gain: Floats) -> Floats | None:
    """The allowed shares (q,) with the most of `gain` (q,); None if none are allowed."""
    size, statements = len(gain), len(limits.bounds)
    solution = linear_programme.least(
        -gain,
        rows=np.vstack([limits.coefficients, np.ones(size)]),
        low=np.append(np.full(statements, -np.inf), 1.0),
        high=np.append(limits.bounds, 1.0),
        box=(np.zeros(size), np.ones(size)),
    )
    return None if solution is None else solution.point


def drawn_within(limits: Limits, ranked: tuple[int, ...]) -> Callable[[np.random.Generator], Draw]:
    """How to draw shares of siblings, (n, q), uniform where the statements hold.

    `ranked`: siblings whose shares must fall in this order, which sorting sees to; it is among the
    statements too.
    """
    size = limits.coefficients.shape[1]

    def fill(shares: Floats, random: np.random.Generator) -> None:
        fill_simplex(shares, random)
        if ranked:
            # every order is equally likely, so sorted weights are uniform among those in order
            shares[:, ranked] = -np.sort(-shares[:, ranked], axis=1)

    if len(limits.bounds) == len(ranked) - 1:  # the order alone is stated
        return lambda random: lambda out: fill(out, random)
    pilot = np.empty((PILOT, size))
    fill(pilot, np.random.default_rng(0))
    if limits.met(pilot).mean() >= ACCEPTANCE:
        return lambda random: _cut(_accepted(fill, size, limits, random))
    walk = Walk.within(limits)
    return lambda random: _cut(walk.steps(random))


def _accepted(
    fill: Callable[[Floats, np.random.Generator], None],
    size: int,
    limits: Limits,
    random: np.random.Generator,
) -> Iterator[Floats]:
    while True:
        shares = np.empty((BATCH, size))
        fill(shares, random)
        yield shares[limits.met(shares)]


def _cut(batches: Iterator[Floats]) -> Draw:
    """Blocks of any size from batches of any size, in their order."""
    left: list[Floats] = []

    def draw(out: Floats) -> None:
        filled = 0
        while filled < len(out):
            batch = left.pop() if left else next(batches)
            rows = batch[: len(out) - filled]
            out[filled : filled + len(rows)] = rows
            filled += len(rows)
            if len(rows) < len(batch):
                left.append(batch[len(rows) :])

    return draw


@dataclass(frozen=True, eq=False)
class Walk:
    """Hit-and-run (Smith 1984): from where it stands, uniform on the chord in a random direction.

    Walks start together at `middle`, in the relative interior of what is allowed, and stay in the
    span of `basis` (d, q): statements that leave no room, such as a range of one number, take
    directions away. After `WARM_UP` x d^2 steps directions have the walks' own covariance,
    so that a thin slice is walked as fast as a round one, and the walks warm up once more. From
    then on the `CHAINS` weightings of every `THINNING` x d^2-th step are used.
    """

    limits: Limits
    middle: Floats
    basis: Floats

    @classmethod
    def within(cls, limits: Limits) -> "Walk":
        """The walk on what some statements allow, which must not be empty."""
        size = limits.coefficients.shape[1]
        # no share below 0 is a statement like any other
        every = Limits(
            np.vstack([limits.coefficients, -np.eye(size)]),
            np.concatenate([limits.bounds, np.zeros(size)]),
        )
        ends = [_furthest(limits, -row) for row in every.coefficients]
        corners = np.array([end for end in ends if end is not None])
        room = every.bounds - np.einsum("cq,cq->c", every.coefficients, corners)
        tight = room <= TOLERANCE
        fixed = np.vstack([np.ones(size), every.coefficients[tight]])
        _, lengths, directions = np.linalg.svd(fixed)
        rank = int((lengths > TOLERANCE).sum())
        return cls(
            every.only(np.flatnonzero(~tight).tolist()), corners.mean(axis=0), directions[rank:]
        )

    def steps(self, random: np.random.Generator) -> Iterator[Floats]:
        """The weightings of the walks, `CHAINS` at a time, (CHAINS, q)."""
        d = len(self.basis)
        stand = np.tile(self.middle, (CHAINS, 1))
        shape = self.basis
        for _ in range(2 if d else 0):
            for _ in range(WARM_UP * d * d):
                stand = self._step(stand, shape, random)
            spread, axes = np.linalg.eigh(np.cov(stand @ self.basis.T, rowvar=False).reshape(d, d))
            shape = np.sqrt(np.maximum(spread, 1e-30))[:, None] * axes.T @ self.basis
        while True:
            for _ in range(THINNING * d * d):
                stand = self._step(stand, shape, random)
            yield np.maximum(stand, 0.0)

    def _step(self, stand: Floats, shape: Floats, random: np.random.Generator) -> Floats:
        along = random.standard_normal((CHAINS, len(shape))) @ shape
        pace = along @ self.limits.coefficients.T
        room = np.maximum(self.limits.bounds - stand @ self.limits.coefficients.T, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):  # never met: no bound that way
            reach = room / pace
        ahead = np.where(pace > 0, reach, np.inf).min(axis=1)
        behind = np.where(pace < 0, reach, -np.inf).max(axis=1)
        go = behind + (ahead - behind) * random.random(CHAINS)
        return stand + go[:, None] * along

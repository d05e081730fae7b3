"""Trials of other bids under relative value functions, side by side: what lead each would give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.field import Field, Leaf, values_among
from vendor_eval.rules.values.function import Floats, ValueFunction

Aim = Literal["win", "lose"]

STRIDE, STRIDES = 16.0, 30
"""How fast the steps grow, and after how many a bid counts as out of reach."""
AT_ONCE = 500_000
"""Bids valued at once, at most, so that many vendors need no more memory than few."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A leaf on which some vendors, p of them, each change their own bid among t that count."""

    leaf: Leaf
    who: Sequence[int]
    counting: NDArray[np.intp]
    """Whose bids count; (t,)."""
    bids: Floats
    """(t,)."""
    rest: Floats
    """Scores in [0, 1] without this leaf; (t,)."""
    scale: Floats
    """What the values are multiplied by before they are compared; (t,)."""
    idle: float
    """The best score of those whose bids do not count."""
    others: Floats
    """The bids that were given, which a changed one is measured against."""
    blank: bool
    """Whether who changes left the bid blank."""

    @property
    def own(self) -> NDArray[np.intp]:
        """Where each of those who change stands among the bids that count; (p,)."""
        return np.searchsorted(self.counting, self.who)

    @property
    def size(self) -> float:
        """A length to begin with, from how large the bids are and how far apart."""
        given = self.others
        return float(max(np.ptp(given), abs(given).max())) or 1.0 if len(given) else 1.0

    def start(self, upwards: bool) -> Floats:
        """The bids as they are; a blank one is so much worse that it has no value; (p,)."""
        if not self.blank:
            return self.bids[self.own]
        if not len(self.others):
            return np.ones(1)
        reach = STRIDE ** (STRIDES // 2)
        if upwards and self.leaf.function.positive:
            return self.others.min(keepdims=True) / reach
        far = self.size * reach
        worst = self.others.min() - far if upwards else self.others.max() + far
        return np.array([worst])


@dataclass(frozen=True, eq=False)
class Trials:
    """Trials with t bids each, as r rows, a changed bid a row; those of a function are adjacent."""

    functions: tuple[ValueFunction, ...]
    ends: NDArray[np.intp]
    """Where each function's rows end; (functions,)."""
    weight: Floats
    """(r, 1)."""
    bids: Floats
    """(r, t)."""
    rest: Floats
    """(r, t)."""
    scale: Floats
    """(r, t)."""
    idle: Floats
    """(r,)."""
    own: NDArray[np.intp]
    """(r,)."""

    def leads(self, to: Floats, rows: NDArray[np.intp]) -> tuple[Floats, Floats]:
        """The lead over the best other, and the own value, in [0, 1], of new bids in some rows.

        The rows stand in ascending order.
        """
        at, own = np.arange(len(rows)), self.own[rows]
        bids = self.bids[rows]
        bids[at, own] = to
        values, start = np.empty_like(bids), 0
        for function, end in zip(self.functions, np.searchsorted(rows, self.ends), strict=True):
            if start < end:
                values[start:end] = values_among(function, bids[start:end])
            start = end
        scores = self.rest[rows] + self.weight[rows] * self.scale[rows] * values
        mine = scores[at, own]
        scores[at, own] = -np.inf
        return mine - np.maximum(scores.max(axis=1), self.idle[rows]), values[at, own]


@dataclass(frozen=True, eq=False)
class BidTrajectory:
    """Bids ever further from the start, r of them side by side."""

    start: Floats
    size: Floats
    way: Floats
    """1 where the bids rise, -1 where they fall; (r,)."""
    shrinking: NDArray[np.bool_]
    """Where the bids come ever nearer to 0 and never reach it; (r,)."""

    def bids(self, step: NDArray[np.intp], rows: NDArray[np.intp]) -> Floats:
        """The bids of some rows after so many steps; at 0 the start itself."""
        start, size = self.start[rows], self.size[rows]
        far = np.where(step > 0, size * STRIDE ** (step - 1.0), 0.0)
        nearer = start / STRIDE**step
        return np.where(self.shrinking[rows], nearer, start + self.way[rows] * far)

    def apart(self, a: Floats, b: Floats, rows: NDArray[np.intp]) -> Floats:
        """The smallest difference that means anything between two bids; (rows,)."""
        digit = np.spacing(np.maximum(abs(a), abs(b)))
        # numbers lie without end about 0, where a difference of bids means nothing
        least = np.where(self.shrinking[rows], 0.0, np.spacing(self.size[rows]) / 1024)
        return np.maximum(digit, least)


def batches(field: Field, leaves: Sequence[Leaf], who: Sequence[int]) -> Iterator[list[Trial]]:
    """Trials of each leaf by some vendors of a field, those with as many bids together.

    Within a batch those of one function are adjacent.
    """
    alike: dict[int, list[Trial]] = {}
    functions = list(dict.fromkeys(leaf.function for leaf in leaves))
    for leaf in sorted(leaves, key=lambda leaf: functions.index(leaf.function)):
        for trial in _trials(field, leaf, who):
            alike.setdefault(len(trial.bids), []).append(trial)
    for trials in alike.values():
        yield from _limited(trials)


def _trials(field: Field, leaf: Leaf, who: Sequence[int]) -> Iterator[Trial]:
    """Who gave a bid, and each who left it blank: that one joins the others only by bidding."""
    given, x = leaf.given, leaf.numbers
    rest = field.scores - leaf.weight * leaf.values
    most = max(1, AT_ONCE // max(1, len(x)))
    bidding = [n for n in who if given[n]]
    parts = [bidding[at : at + most] for at in range(0, len(bidding), most)]
    for part in [*parts, *([n] for n in who if not given[n])]:
        counts = given.copy()
        counts[part] = True
        idle = float(rest[~counts].max(initial=-np.inf))
        blank = not given[part[0]]
        counting = np.flatnonzero(counts)
        of = (x[counting], rest[counting], leaf.scale[counting])
        yield Trial(leaf, part, counting, *of, idle, x[given], blank)


def _limited(trials: Sequence[Trial]) -> Iterator[list[Trial]]:
    """Trials of one number of bids, together as many as may be valued at once."""
    batch: list[Trial] = []
    for trial in trials:
        if batch and sum(len(t.who) for t in (*batch, trial)) * len(trial.bids) > AT_ONCE:
            yield batch
            batch = []
        batch.append(trial)
    yield batch


def rows_of(trials: Sequence[Trial]) -> Trials:
    """A batch of trials as rows."""
    functions = tuple(dict.fromkeys(trial.leaf.function for trial in trials))
    numbers = [len(trial.who) for trial in trials]
    at = np.repeat([functions.index(trial.leaf.function) for trial in trials], numbers)
    return Trials(
        functions=functions,
        ends=np.searchsorted(at, np.arange(len(functions)), side="right"),
        weight=np.repeat([trial.leaf.weight for trial in trials], numbers)[:, None],
        bids=np.repeat([trial.bids for trial in trials], numbers, axis=0),
        rest=np.repeat([trial.rest for trial in trials], numbers, axis=0),
        scale=np.repeat([trial.scale for trial in trials], numbers, axis=0),
        idle=np.repeat([trial.idle for trial in trials], numbers),
        own=np.concatenate([trial.own for trial in trials]),
    )


def trajectory_of(trials: Sequence[Trial], aim: Aim) -> BidTrajectory:
    """Where a batch of trials starts, and which way its bids go."""
    numbers = [len(trial.who) for trial in trials]
    upwards = [(trial.leaf.function.slope == "max") == (aim == "win") for trial in trials]
    pairs = list(zip(trials, upwards, strict=True))
    return BidTrajectory(
        start=np.concatenate([trial.start(up) for trial, up in pairs]),
        size=np.repeat([trial.size for trial in trials], numbers),
        way=np.repeat([1.0 if up else -1.0 for up in upwards], numbers),
        shrinking=np.repeat([t.leaf.function.positive and not up for t, up in pairs], numbers),
    )

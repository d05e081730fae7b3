"""The bid at which two vendors are level under a relative value function.

A changed bid moves the lowest, the highest or the mean, and so everybody's value. Every such
function is monotone: the better the bid, the longer the lead over each other vendor. So the bid is
bracketed by steps that grow, and the bracket closed to what a number can tell apart, for all
vendors and leaves at once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vendor_eval.negotiation.field import Field, Leaf
from vendor_eval.values import Floats, ValueFunction

Aim = Literal["win", "lose"]
Cell = tuple[str, int]
"""A leaf's path, and the position of the competitor that changes its bid there."""

STRIDE, STRIDES = 16.0, 30
"""How fast the steps grow, and after how many the bid counts as out of reach."""
NOISE = 1e-14
"""A lead in [0, 1] that is float noise; across a jump the lead changes by more than `JUMP`."""
JUMP = 1e-9
AT_ONCE = 500_000
"""Bids valued at once, at most, so that many vendors need no more memory than few."""


@dataclass(frozen=True)
class Bid:
    """A bid that is just enough, the value it then has, in [0, 1], and whether its end is open."""

    to: float
    value: float
    open_end: bool


@dataclass(frozen=True, eq=False)
class Trial:
    """A leaf on which some competitors, p of them, each change their own bid among t that count."""

    leaf: Leaf
    who: Sequence[int]
    counting: NDArray[np.intp]
    """Whose bids count; (t,)."""
    bids: Floats
    """(t,)."""
    rest: Floats
    """Scores in [0, 1] without this leaf; (t,)."""
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
                values[start:end] = function(bids[start:end], bids[start:end])
            start = end
        scores = self.rest[rows] + self.weight[rows] * values
        mine = scores[at, own]
        scores[at, own] = -np.inf
        return mine - np.maximum(scores.max(axis=1), self.idle[rows]), values[at, own]


def boundary_bids(
    competing: Field, leaves: Sequence[Leaf], who: Sequence[int], aim: Aim
) -> dict[Cell, Bid]:
    """The bids nearest to the vendors' own that make them first, or no longer alone first.

    A cell that no bid within reach helps is left out. A missing bid counts from far beyond the
    worst of the others.
    """
    alike: dict[int, list[Trial]] = {}
    for leaf in leaves:
        for trial in _trials(competing, leaf, who):
            alike.setdefault(len(trial.bids), []).append(trial)
    found: dict[Cell, Bid] = {}
    for trials in alike.values():
        for batch in _batches(trials):
            found |= _boundaries(batch, aim)
    return found


def _trials(competing: Field, leaf: Leaf, who: Sequence[int]) -> Iterator[Trial]:
    """Who gave a bid, and each who left it blank: that one joins the others only by bidding."""
    given = leaf.answers.given[competing.rows]
    x = leaf.answers.likely[competing.rows]
    rest = competing.scores - leaf.weight * leaf.values
    most = max(1, AT_ONCE // max(1, len(x)))
    bidding = [n for n in who if given[n]]
    parts = [bidding[at : at + most] for at in range(0, len(bidding), most)]
    for some in [*parts, *([n] for n in who if not given[n])]:
        counts = given.copy()
        counts[some] = True
        idle = float(rest[~counts].max(initial=-np.inf))
        blank = not given[some[0]]
        counting = np.flatnonzero(counts)
        yield Trial(leaf, some, counting, x[counting], rest[counting], idle, x[given], blank)


def _batches(trials: Sequence[Trial]) -> Iterator[list[Trial]]:
    """Trials of one number of bids, together as many as may be valued at once."""
    batch: list[Trial] = []
    for trial in trials:
        if batch and sum(len(t.who) for t in (*batch, trial)) * len(trial.bids) > AT_ONCE:
            yield batch
            batch = []
        batch.append(trial)
    yield batch


def _boundaries(trials: Sequence[Trial], aim: Aim) -> dict[Cell, Bid]:
    """The bids that are just enough in some trials of one number of bids."""
    functions = tuple(dict.fromkeys(trial.leaf.function for trial in trials))
    trials = sorted(trials, key=lambda trial: functions.index(trial.leaf.function))
    rows, course = _rows(trials, functions), _course(trials, aim)
    sign = 1.0 if aim == "win" else -1.0
    reached, short, enough = _bracketed(rows, course, sign)
    if not len(reached):
        return {}
    behind, values = _closed(rows, course, sign, reached, short, enough)
    cells = [(trial, n) for trial in trials for n in trial.who]
    found = {}
    for row in reached.tolist():
        trial, n = cells[row]
        bid = Bid(float(enough[row]), float(values[row]), open_end=False)
        if behind[row] < -JUMP:
            bid = _at_jump(trial.others, float(short[row]), bid)
            lead, value = rows.leads(np.array([bid.to]), np.array([row]))
            if bid.open_end and sign * lead[0] >= -NOISE:
                bid = Bid(bid.to, float(value[0]), open_end=False)
        found[trial.leaf.path, n] = bid
    return found


def _rows(trials: Sequence[Trial], functions: tuple[ValueFunction, ...]) -> Trials:
    numbers = [len(trial.who) for trial in trials]
    at = np.repeat([functions.index(trial.leaf.function) for trial in trials], numbers)
    return Trials(
        functions=functions,
        ends=np.searchsorted(at, np.arange(len(functions)), side="right"),
        weight=np.repeat([trial.leaf.weight for trial in trials], numbers)[:, None],
        bids=np.repeat([trial.bids for trial in trials], numbers, axis=0),
        rest=np.repeat([trial.rest for trial in trials], numbers, axis=0),
        idle=np.repeat([trial.idle for trial in trials], numbers),
        own=np.concatenate([trial.own for trial in trials]),
    )


def _course(trials: Sequence[Trial], aim: Aim) -> "Course":
    numbers = [len(trial.who) for trial in trials]
    upwards = [(trial.leaf.function.slope == "max") == (aim == "win") for trial in trials]
    pairs = list(zip(trials, upwards, strict=True))
    return Course(
        start=np.concatenate([trial.start(up) for trial, up in pairs]),
        size=np.repeat([trial.size for trial in trials], numbers),
        way=np.repeat([1.0 if up else -1.0 for up in upwards], numbers),
        shrinking=np.repeat([t.leaf.function.positive and not up for t, up in pairs], numbers),
    )


def _at_jump(others: Floats, short: float, enough: Bid) -> Bid:
    """The other bid between one that falls short and one that is enough: there the lead jumps."""
    low, high = min(short, enough.to), max(short, enough.to)
    within = others[(low <= others) & (others <= high)]
    return replace(enough, to=float(within[0]), open_end=True) if len(within) else enough


@dataclass(frozen=True, eq=False)
class Course:
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
        told = np.spacing(np.maximum(abs(a), abs(b)))
        # numbers lie without end about 0, where a difference of bids means nothing
        least = np.where(self.shrinking[rows], 0.0, np.spacing(self.size[rows]) / 1024)
        return np.maximum(told, least)


def _bracketed(
    trials: Trials, course: Course, sign: float
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """The rows that reach their aim, and for all rows the last step short of it and the first not.

    The two are one where the start itself will do.
    """
    every = np.arange(len(trials.own))
    last = np.full(len(every), STRIDES)
    rows = every[sign * trials.leads(course.bids(last, every), every)[0] >= -NOISE]
    low, high = np.full(len(every), -1), last
    while len(some := rows[high[rows] - low[rows] > 1]):
        middle = (low[some] + high[some]) // 2
        does = sign * trials.leads(course.bids(middle, some), some)[0] >= -NOISE
        high[some[does]], low[some[~does]] = middle[does], middle[~does]
    return rows, course.bids(np.where(high > 0, low, 0), every), course.bids(high, every)


def _closed(
    trials: Trials,
    course: Course,
    sign: float,
    rows: NDArray[np.intp],
    short: Floats,
    enough: Floats,
) -> tuple[Floats, Floats]:
    """Closes the brackets of some rows; the lead at `short` and the value at `enough` then, (r,).

    `short` and `enough` are changed in place. A new bid lies where a straight line would cross 0,
    but near enough to the middle to be no slower than bisection (Oliveira & Takahashi 2020, ITP).
    """
    behind, ahead, values = np.zeros_like(short), np.zeros_like(short), np.zeros_like(short)
    behind[rows] = sign * trials.leads(short[rows], rows)[0] + NOISE
    lead, values[rows] = trials.leads(enough[rows], rows)
    ahead[rows] = sign * lead + NOISE
    first, every = np.maximum(abs(enough - short), 1e-300), np.arange(len(short))
    steps = 1 + np.ceil(np.log2(np.maximum(first / course.apart(short, enough, every), 1)))
    for turn in count():
        apart = course.apart(short[rows], enough[rows], rows)
        width = abs(enough[rows] - short[rows])
        open_ = width > 2 * apart
        rows, apart, width = rows[open_], apart[open_], width[open_]
        if not len(rows):
            break
        crossing = behind[rows] / (behind[rows] - ahead[rows])
        to_middle = 0.5 - crossing
        part = crossing + np.sign(to_middle) * np.minimum(0.2 * width / first[rows], abs(to_middle))
        slack = np.maximum(apart * 2.0 ** (steps[rows] - turn) / width - 0.5, 0.0)
        part = np.clip(part, 0.5 - slack, 0.5 + slack)
        part = np.clip(part, apart / width, 1 - apart / width)
        bids = short[rows] + part * (enough[rows] - short[rows])
        lead, value = trials.leads(bids, rows)
        lead = sign * lead + NOISE
        does = lead >= 0
        done, rest = rows[does], rows[~does]
        enough[done], ahead[done], values[done] = bids[does], lead[does], value[does]
        short[rest], behind[rest] = bids[~does], lead[~does]
    return behind, values

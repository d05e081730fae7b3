"""The bid at which two vendors are level under a relative value function.

A changed bid moves the lowest, the highest or the mean, and so everybody's value. Every such
function is monotone: the better the bid, the longer the lead over each other vendor. So the bid is
bracketed by steps that grow and then bisected to neighbouring numbers, for all vendors at once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vendor_eval.negotiation.field import Field, Leaf
from vendor_eval.values import Floats

Aim = Literal["win", "lose"]

STRIDE, STRIDES = 16.0, 30
"""How fast the steps grow, and how many are tried before the bid counts as out of reach."""
NOISE = 1e-14
"""A lead in [0, 1] that is float noise; across a jump the lead changes by more than `JUMP`."""
JUMP = 1e-9
HUGE = 1e300


@dataclass(frozen=True)
class Bid:
    """A bid that is just enough, the value it then has, in [0, 1], and whether its end is open."""

    to: float
    value: float
    open_end: bool


@dataclass(frozen=True, eq=False)
class Contest:
    """Some vendors who each change their own bid, p of them, and the k whose bids count."""

    function: Callable[[Floats, Floats], Floats]
    weight: float
    rest: Floats
    """Everybody's score in [0, 1] without this leaf; (all,)."""
    x: Floats
    """The bids as they are; (all,)."""
    taking: NDArray[np.intp]
    """Whose bids count; (k,)."""
    who: NDArray[np.intp]
    """Who changes; (p,)."""

    def __call__(self, bids: Floats) -> tuple[Floats, Floats]:
        """The lead over the best other, and the own value, in [0, 1], of each new bid; (p,)."""
        p = np.arange(len(self.who))
        table = np.tile(self.x[self.taking], (len(p), 1))
        table[p, np.searchsorted(self.taking, self.who)] = bids
        values = np.zeros((len(p), len(self.x)))
        values[:, self.taking] = self.function(table, table)
        scores = self.rest + self.weight * values
        mine = scores[p, self.who]
        scores[p, self.who] = -np.inf
        return mine - scores.max(axis=1), values[p, self.who]


def boundary_bids(competing: Field, leaf: Leaf, who: Sequence[int], aim: Aim) -> dict[int, Bid]:
    """The bid nearest to each vendor's own that makes it first, or no longer alone first.

    A vendor that no bid within reach helps is left out. A missing bid counts from far beyond the
    worst of the others.
    """
    given = leaf.answers.given[competing.rows]
    x = leaf.answers.likely[competing.rows]
    rest = competing.scores - leaf.weight * leaf.values
    upwards = (leaf.function.slope == "max") == (aim == "win")
    shrinking = leaf.function.positive and not upwards
    found: dict[int, Bid] = {}
    # who left the bid blank joins the others' lowest, highest and mean only by bidding
    for group in ([n for n in who if given[n]], *([n] for n in who if not given[n])):
        if group:
            taking = np.flatnonzero(given | np.isin(np.arange(len(x)), group))
            contest = Contest(leaf.function, leaf.weight, rest, x, taking, np.array(group))
            start = x[group] if given[group[0]] else _far(x[given], upwards, leaf.function.positive)
            trail = _trail(start, _size(x[given]), upwards, shrinking)
            found |= _boundaries(contest, trail, x[given], 1.0 if aim == "win" else -1.0)
    return found


def _size(others: Floats) -> float:
    """A length to begin with, from how large the bids are and how far apart."""
    return float(max(np.ptp(others), abs(others).max())) or 1.0 if len(others) else 1.0


def _far(others: Floats, upwards: bool, positive: bool) -> Floats:
    """A bid so much worse than the others that it has no value beside them; (1,)."""
    if not len(others):
        return np.ones(1)
    reach = STRIDE ** (STRIDES // 2)
    if upwards and positive:
        return others[[others.argmin()]] / reach
    far = _size(others) * reach
    return others.min(keepdims=True) - far if upwards else others.max(keepdims=True) + far


def _trail(start: Floats, size: float, upwards: bool, shrinking: bool) -> Iterator[Floats]:
    """Bids ever further from the start, beginning there; (p,) each."""
    yield start
    for n in range(STRIDES):
        if shrinking:
            yield start / STRIDE ** (n + 1)
        else:
            far = size * STRIDE**n
            yield np.clip(start + far if upwards else start - far, -HUGE, HUGE)


def _boundaries(
    contest: Contest, trail: Iterator[Floats], others: Floats, sign: float
) -> dict[int, Bid]:
    """The first bids on the trail at which the lead, times the sign, is not negative any more."""
    enough = short = next(trail)
    reached = sign * contest(enough)[0] >= -NOISE
    for bids in trail:
        if reached.all():
            break
        does = sign * contest(bids)[0] >= -NOISE
        enough = np.where(reached | ~does, enough, bids)
        short = np.where(reached | does, short, bids)
        reached = reached | does
    enough = np.where(reached, enough, short)
    while True:
        middle = short + (enough - short) / 2
        if ((middle == short) | (middle == enough)).all():
            break
        does = sign * contest(middle)[0] >= -NOISE
        enough, short = np.where(does, middle, enough), np.where(does, short, middle)
    values = contest(enough)[1]
    jumps = (sign * contest(short)[0] < -JUMP) & np.isin(short, others)
    return {
        int(n): Bid(float(short[p] if jumps[p] else enough[p]), float(values[p]), bool(jumps[p]))
        for p, n in enumerate(contest.who)
        if reached[p]
    }

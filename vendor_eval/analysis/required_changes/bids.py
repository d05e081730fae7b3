"""The bid at which two vendors are level under a relative value function.

A changed bid moves the lowest, the highest or the mean, and so everybody's value. Every such
function is monotone: the better the bid, the longer the lead over each other vendor. So the bid is
bracketed by steps that grow, and the bracket closed to what a number can tell apart, for all
vendors and leaves at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.required_changes.trials import (
    STRIDES,
    Aim,
    BidTrajectory,
    Trial,
    Trials,
    batches,
    rows_of,
    trajectory_of,
)
from vendor_eval.evaluation.field import Field, Leaf
from vendor_eval.rules.values.function import Floats

Cell = tuple[str, int]
"""A leaf's path, and where the vendor that changes its bid there stands in the field."""

NOISE = 1e-14
"""A lead in [0, 1] that is float noise; across a jump the lead changes by more than `JUMP`."""
JUMP = 1e-9


@dataclass(frozen=True)
class BoundaryBid:
    """A bid that is just enough, the value it then has, in [0, 1], and whether its end is open."""

    to: float
    value: float
    open_end: bool


def boundary_bids(
    field: Field, leaves: Sequence[Leaf], who: Sequence[int], aim: Aim
) -> dict[Cell, BoundaryBid]:
    """The bids nearest to the vendors' own that make them first, or no longer alone first.

    A cell that no bid within reach helps is left out. A missing bid counts from far beyond the
    worst of the others.
    """
    bids: dict[Cell, BoundaryBid] = {}
    for batch in batches(field, leaves, who):
        bids |= _boundaries(batch, aim)
    return bids


def _boundaries(trials: Sequence[Trial], aim: Aim) -> dict[Cell, BoundaryBid]:
    """The bids that are just enough in some trials of one number of bids."""
    rows, trajectory = rows_of(trials), trajectory_of(trials, aim)
    sign = 1.0 if aim == "win" else -1.0
    reached, short, enough = _bracketed(rows, trajectory, sign)
    if not len(reached):
        return {}
    behind, values = _closed(rows, trajectory, sign, reached, short, enough)
    cells = [(trial, n) for trial in trials for n in trial.who]
    bids = {}
    for row in reached.tolist():
        trial, n = cells[row]
        bid = BoundaryBid(float(enough[row]), float(values[row]), open_end=False)
        if behind[row] < -JUMP:
            bid = _at_jump(trial.others, float(short[row]), bid)
            lead, value = rows.leads(np.array([bid.to]), np.array([row]))
            if bid.open_end and sign * lead[0] >= -NOISE:
                bid = BoundaryBid(bid.to, float(value[0]), open_end=False)
        bids[trial.leaf.path, n] = bid
    return bids


def _at_jump(others: Floats, short: float, enough: BoundaryBid) -> BoundaryBid:
    """The other bid between one that falls short and one that is enough: there the lead jumps."""
    low, high = min(short, enough.to), max(short, enough.to)
    within = others[(low <= others) & (others <= high)]
    return replace(enough, to=float(within[0]), open_end=True) if len(within) else enough


def _bracketed(
    trials: Trials, trajectory: BidTrajectory, sign: float
) -> tuple[NDArray[np.intp], Floats, Floats]:
    """The rows that reach their aim, and for all rows the last step short of it and the first not.

    The two are one where the start itself will do.
    """
    every = np.arange(len(trials.own))
    last = np.full(len(every), STRIDES)
    rows = every[sign * trials.leads(trajectory.bids(last, every), every)[0] >= -NOISE]
    low, high = np.full(len(every), -1), last
    while len(open_ := rows[high[rows] - low[rows] > 1]):
        middle = (low[open_] + high[open_]) // 2
        does = sign * trials.leads(trajectory.bids(middle, open_), open_)[0] >= -NOISE
        high[open_[does]], low[open_[~does]] = middle[does], middle[~does]
    return rows, trajectory.bids(np.where(high > 0, low, 0), every), trajectory.bids(high, every)


def _closed(
    trials: Trials,
    trajectory: BidTrajectory,
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
    steps = 1 + np.ceil(np.log2(np.maximum(first / trajectory.apart(short, enough, every), 1)))
    for turn in count():
        apart = trajectory.apart(short[rows], enough[rows], rows)
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

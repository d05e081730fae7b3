"""Counting ranks, wins and first places over many weightings."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.evaluation import DECIMALS
from vendor_eval.rules.values.function import Floats

UNITS = 100 * 10.0**DECIMALS
"""Scores in [0, 1] times this are whole numbers of the last decimal of points that counts."""

MANY = 50
"""Vendors above which draws are sorted, and who beats whom is not counted: pairs grow too many."""


class Workspace:
    """Room for comparing k vendors in up to n draws, used again for every block.

    Memory that is handed back and asked for anew costs more than the comparisons.
    """

    def __init__(self, vendors: int, draws: int) -> None:
        pairs = 0 if vendors > MANY else max(vendors - 1, 0)
        self.better = np.empty((pairs, draws), dtype=bool)
        self.equal = np.empty_like(self.better)
        self.ahead = np.empty((vendors, draws), dtype=np.int8 if vendors < 128 else np.int16)


@dataclass(frozen=True, eq=False)
class Standings:
    """How k vendors stand in n draws.

    `ahead` (k, n): how many vendors are better; `wins` (k, k): in how many draws the row's vendor
    is better than the column's, None above `MANY` vendors. `alike` (k, t): in the draws `tied`
    (t,), how many vendors share the rank, the vendor itself among them; elsewhere it is 1.
    """

    ahead: NDArray[np.signedinteger]
    wins: Floats | None
    tied: NDArray[np.intp]
    alike: Floats

    def first(self, out: Floats | None = None) -> Floats:
        """Each vendor's share of the first place, in [0, 1], (k, n), in `out` if it is given."""
        first = np.empty(self.ahead.shape) if out is None else out
        np.equal(self.ahead, 0, out=first)
        if len(self.tied):
            first[:, self.tied] /= self.alike
        return first

    @property
    def ranks(self) -> Floats:
        """How many draws give each vendor each rank, those that tie sharing the ranks; (k, k)."""
        counts = _by_rank(self.ahead)
        if len(self.tied):
            ahead = self.ahead[:, self.tied].astype(np.intp)
            counts += _spread(ahead, self.alike) - _by_rank(ahead)
        return counts


def _by_rank(ahead: NDArray[np.signedinteger]) -> Floats:
    counts = np.zeros((len(ahead), len(ahead)))
    for vendor, row in enumerate(ahead):
        counts[vendor] = np.bincount(row, minlength=len(ahead))
    return counts


def _spread(ahead: NDArray[np.intp], alike: Floats) -> Floats:
    """Counts of ranks, (k, k), where each vendor takes an equal part of all it shares."""
    k = len(ahead)
    at = np.arange(k)[:, None] * (k + 1) + ahead
    # a part begins at the first rank shared and ends after the last
    rises = np.bincount(at.ravel(), (1 / alike).ravel(), k * (k + 1))
    falls = np.bincount((at + alike.astype(np.intp)).ravel(), (1 / alike).ravel(), k * (k + 1))
    return np.cumsum((rises - falls).reshape(k, k + 1), axis=1)[:, :k]


def standings(units: Floats, room: Workspace | None = None) -> Standings:
    """How vendors stand under scores (k, n) in whole units, one draw a column.

    Up to `MANY` vendors every pair is compared once: that is as fast as sorting, and gives the wins
    as well. What is returned stands in the `room` until its next use.
    """
    k, n = units.shape
    if k > MANY:
        return _sorted(units)
    room = Workspace(k, n) if room is None else room
    ahead, wins = room.ahead[:, :n], np.zeros((k, k))
    ahead[:] = 0
    ties = []
    for a in range(k - 1):
        rest = units[a + 1 :]
        better = np.greater(units[a], rest, out=room.better[: len(rest), :n])
        equal = np.equal(units[a], rest, out=room.equal[: len(rest), :n])
        beaten = better.view(np.int8)
        ahead[a + 1 :] += beaten
        ahead[a] += len(rest)
        ahead[a] -= beaten.sum(axis=0, dtype=ahead.dtype)
        wins[a, a + 1 :] = _counts(better)
        wins[a + 1 :, a] = n - wins[a, a + 1 :]
        if equal.any():
            wins[a + 1 :, a] -= _counts(equal)
            ties.append(equal.any(axis=0))
    tied = np.flatnonzero(np.any(ties, axis=0)) if ties else np.empty(0, dtype=np.intp)
    alike = np.ones((k, len(tied)))
    if len(tied):
        there = units[:, tied]
        for a in range(k):
            ahead[a, tied] = (there > there[a]).sum(axis=0)
            alike[a] = (there == there[a]).sum(axis=0)
    return Standings(ahead, wins, tied, alike)


def _sorted(units: Floats) -> Standings:
    """The same without the wins, by sorting each draw."""
    scores = np.ascontiguousarray(-units.T)
    order = np.argsort(scores, axis=1)
    ordered = np.take_along_axis(scores, order, axis=1)
    place = np.arange(len(units))
    opens = np.ones(ordered.shape, dtype=bool)
    np.not_equal(ordered[:, 1:], ordered[:, :-1], out=opens[:, 1:])
    # who ties stands where the first of the group does
    first = np.maximum.accumulate(np.where(opens, place, 0), axis=1)
    ahead = np.empty(ordered.shape, dtype=np.int16)
    np.put_along_axis(ahead, order, first.astype(np.int16), axis=1)
    tied = np.flatnonzero(~opens.all(axis=1))
    closes = np.roll(opens[tied], -1, axis=1)  # the first place always opens a group
    last = np.minimum.accumulate(np.where(closes, place, len(place))[:, ::-1], axis=1)[:, ::-1]
    alike = np.empty(last.shape)
    np.put_along_axis(alike, order[tied], 1.0 + last - first[tied], axis=1)
    return Standings(np.ascontiguousarray(ahead.T), None, tied, np.ascontiguousarray(alike.T))


def _counts(true: NDArray[np.bool_]) -> list[int]:
    # one call a row: counting along an axis is several times slower
    return [int(np.count_nonzero(row)) for row in true]


class RankCounts:
    """Counts over blocks of draws, for k vendors and weights of p nodes."""

    def __init__(self, vendors: int, nodes: int) -> None:
        self.draws = 0
        self.ranks = np.zeros((vendors, vendors))
        self.wins = None if vendors > MANY else np.zeros((vendors, vendors))
        self.ahead = np.zeros(max(0, vendors - 1))
        """In how many draws the first vendor is better than each other one; (k - 1,)."""
        self.first = np.zeros(vendors)
        self.weights = np.zeros((vendors, nodes))
        self.squares = np.zeros((vendors, nodes))

    @property
    def central(self) -> Floats:
        """Mean weights of the draws in which each vendor is first, (k, p); 0 for none."""
        return self.weights / np.where(self.first > 0, self.first, 1.0)[:, None]

    def add(self, units: Floats, weights: Floats, room: Workspace | None = None) -> None:
        """Counts one block: scores (k, n) in whole units, under weights (n, p).

        Both arrays are overwritten: a block's memory is dear.
        """
        self.ahead += _counts(units[:1] > units[1:])
        stand = standings(units, room)
        first = stand.first(out=units)
        self.draws += len(weights)
        self.ranks += stand.ranks
        if self.wins is not None and stand.wins is not None:
            self.wins += stand.wins
        self.first += first.sum(axis=1)
        self.weights += first @ weights
        self.squares += first @ np.multiply(weights, weights, out=weights)

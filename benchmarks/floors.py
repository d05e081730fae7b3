"""The simulation's floors: what plain numpy takes, written out independently of the package."""

from collections.abc import Callable

import numpy as np

Floats = np.ndarray

BLOCK = 10_000
"""Draws that are held at once."""


def drawn(random: np.random.Generator, draws: int, criteria: int) -> Floats:
    weights = random.standard_exponential((draws, criteria))
    return weights / weights.sum(axis=1, keepdims=True)


def counted(scores: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Rank counts, pairwise wins and sums of the winners' weights, of scores (k, n)."""
    k, draws = scores.shape
    behind = np.zeros((k, draws), dtype=np.int8 if k < 128 else np.int16)
    wins = np.empty((k, k))
    for vendor in range(k):
        better = scores[vendor] > scores
        behind += better
        wins[vendor] = [np.count_nonzero(row) for row in better]
    ranks = np.stack([np.bincount(row, minlength=k) for row in behind])
    return ranks, wins, (behind == 0).astype(float) @ weights


def sorted_and_counted(scores: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """The same by sorting, as one would write it first."""
    k, draws = scores.shape
    order = np.argsort(-scores.T, axis=1)
    place = np.empty((draws, k), dtype=np.int64)
    np.put_along_axis(place, order, np.arange(k)[None, :], axis=1)
    ranks = np.bincount((np.arange(k) * k + place).ravel(), minlength=k * k).reshape(k, k)
    rows = np.ascontiguousarray(place.T.astype(np.int16))
    wins = np.array([[np.count_nonzero(a < b) for b in rows] for a in rows])
    return ranks, wins, (place == 0).T.astype(float) @ weights


def in_blocks(draws: int, work: Callable[[int], tuple[Floats, ...]]) -> tuple[Floats, ...]:
    """Sums of what plain numpy counts, a block of draws at a time."""
    total: tuple[Floats, ...] = ()
    for start in range(0, draws, BLOCK):
        found = work(min(BLOCK, draws - start))
        total = tuple(a + b for a, b in zip(total, found, strict=True)) if total else found
    return total


def additive_floor(values: Floats, draws: int, count: Callable = counted) -> object:
    """Acceptability, pairwise winning and central weights of the weighted sum, in plain numpy."""
    random = np.random.default_rng(0)

    def work(n: int) -> tuple[Floats, ...]:
        weights = drawn(random, n, values.shape[1])
        return count(values @ weights.T, weights)

    return in_blocks(draws, work)


def uncertain_floor(values: Floats, vague: Floats, draws: int) -> object:
    """The same of the weighted sum, each vague value uniform within 0.1, in plain numpy."""
    random = np.random.default_rng(0)

    def work(n: int) -> tuple[Floats, ...]:
        weights = drawn(random, n, values.shape[1])
        columns = np.ascontiguousarray(weights.T)
        scores = values @ columns
        for vendor, criterion in np.argwhere(vague):
            scores[vendor] += random.uniform(-0.1, 0.1, n) * columns[criterion]
        return counted(scores, weights)

    return in_blocks(draws, work)


def near_floor(values: Floats, concentration: float, judged: Floats, draws: int) -> object:
    """The same with weights from a Dirichlet distribution around equal ones, and with errors.

    `judged` (m,): the standard deviation, in [0, 1], of each criterion's judged part.
    """
    random = np.random.default_rng(0)
    k, m = values.shape
    shape = concentration / m

    def work(n: int) -> tuple[Floats, ...]:
        weights = random.standard_gamma(shape, (n, m))
        weights /= weights.sum(axis=1, keepdims=True)
        scores = values @ weights.T
        scores += (judged @ weights.T) * random.standard_normal((k, n))
        return counted(scores, weights)

    return in_blocks(draws, work)

"""The simulation: weights and answers drawn, scores ranked, block by block."""

from collections.abc import Callable, Iterator
from math import ceil

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.simulation.answers import Answers, Uniforms
from vendor_eval.analysis.simulation.errors import NONE, Errors
from vendor_eval.analysis.simulation.ranks import UNITS, RankCounts, Workspace
from vendor_eval.analysis.weights.sampling import Weightings
from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.values.function import Floats

BLOCK, LEAST = 600_000, 1024
"""Numbers held at once while simulating (5 MB, what a processor keeps at hand), as long as a block
is of so many draws; with very many vendors it holds `LEAST` draws."""
CONFIDENT = 4_000
"""Draws of the answers from which confidence factors are estimated, at most."""

Scores = Callable[[Floats, int, Floats], None]
"""Fills (k, n) with scores in [0, 1] times `UNITS` under weights (n, p), the first of this draw."""


def checked(draws: int, seed: int) -> None:
    """Raises VendorEvalError unless draws >= 1 and seed >= 0."""
    if draws < 1:
        raise VendorEvalError(f"found draws {draws!r}; allowed: at least 1")
    if seed < 0:
        raise VendorEvalError(f"found seed {seed!r}; allowed: 0 or above")


def tallied(
    weightings: Weightings, scores: Scores, *, vendors: int, draws: int, seed: int
) -> RankCounts:
    """Counts over all draws."""
    nodes = len(weightings.paths)
    tally, draw = RankCounts(vendors, nodes), weightings.begin(np.random.default_rng(seed))
    length = block(draws, nodes + 3 * vendors)
    room, weights = Workspace(vendors, length), np.empty((length, nodes))
    units = np.empty((vendors, length))
    for start in range(0, draws, length):
        n = min(length, draws - start)
        # whole rows, so that the last block, too, lies in one piece
        scored = units if n == length else np.empty((vendors, n))
        draw(weights[:n])
        scores(weights[:n], start, scored)
        tally.add(np.rint(scored, out=scored), weights[:n], room)
    return tally


def block(draws: int, width: int) -> int:
    """How many draws to take at once when each needs so many numbers; blocks are of equal size."""
    most = max(LEAST, BLOCK // max(1, width))
    return ceil(draws / ceil(draws / most))


def additive(
    weightings: Weightings, answers: Answers, draws: int, seed: int, errors: Errors = NONE
) -> Scores:
    """Scores of the additive model; with each weighting, open answers and errors are drawn."""
    values = UNITS * (answers.values @ weightings.composition)
    # vendors alike in everything must stay so, in whichever order a product is summed
    several, which = np.unique(values, axis=0, return_inverse=True)
    alike = len(several) < len(values) and not answers.doubts and not errors.points
    uniforms = _uniforms(draws, seed)
    # a vendor has a stream to itself, apart from the weights' and the answers'
    normals = [np.random.default_rng([seed, 2, vendor]) for vendor in range(len(values))]
    # every leaf lies under exactly one of the nodes whose weights are drawn
    node, part = weightings.composition.argmax(axis=1), UNITS * weightings.composition.max(axis=1)

    def scores(weights: Floats, start: int, units: Floats) -> None:
        if alike:
            units[:] = (several @ weights.T)[which]
            return
        np.matmul(values, weights.T, out=units)
        for doubt in answers.doubts:
            drawn = doubt.drawn(uniforms.block(doubt.cells, start, len(weights)))
            drawn *= weights[:, node[doubt.leaf]] * part[doubt.leaf]
            if len(drawn) == len(units):
                units += drawn
            else:
                for vendor, row in zip(doubt.vendors.tolist(), drawn, strict=True):
                    units[vendor] += row
        if errors.points:
            deviations = UNITS / 100 * errors.deviations(weights @ weightings.composition.T)
            rows = np.broadcast_to(deviations, units.shape)
            for row, deviation, normal in zip(units, rows, normals, strict=True):
                row += deviation * normal.standard_normal(len(row))

    return scores


def _uniforms(draws: int, seed: int) -> Uniforms:
    """Uniform numbers of a stream apart from the weights', which are the same without them."""
    return Uniforms(np.random.default_rng([seed, 1]), draws)


def confidence(
    central: Floats, weightings: Weightings, answers: Answers, draws: int, seed: int
) -> tuple[Floats, int]:
    """How often each vendor is first at its own weights, (k,), and in how many draws.

    `central` (k, p) holds those weights, zeros for a vendor that is never first.
    """
    leaves = UNITS * (central @ weightings.composition.T)
    known = leaves @ answers.values.T
    number = min(draws, CONFIDENT) if answers.doubts else 1
    uniforms = _uniforms(draws, seed)
    k = len(answers.values)
    first = np.zeros(k)
    length = block(number, k * k + 2 * answers.cells)
    units = np.empty((k, k, length))  # vendor, weights, draw
    for start in range(0, number, length):
        n = min(length, number - start)
        units[:] = known.T[:, :, None]
        for vendor, at, drawn in _by_vendor(answers, uniforms, start, n):
            units[vendor, :, :n] += leaves[:, at] @ drawn
        for own in np.flatnonzero(central.any(axis=1)).tolist():
            first[own] += _first(units[:, own, :n], own).sum()
    return first / number, number


def _first(units: Floats, own: int) -> Floats:
    """One vendor's share of the first place, in [0, 1], under scores (k, n), overwritten; (n,)."""
    mine = np.rint(units[own])
    units[own] = -np.inf
    best = np.rint(units.max(axis=0))
    first = (mine > best).astype(float)
    tied = np.flatnonzero(mine == best)
    if len(tied):
        first[tied] = 1 / (1 + (np.rint(units[:, tied]) == best[tied]).sum(axis=0))
    return first


def _by_vendor(
    answers: Answers, uniforms: Uniforms, start: int, n: int
) -> Iterator[tuple[int, list[int], NDArray[np.float64]]]:
    """What is in doubt in each vendor's values: vendor, leaves, and values (leaves, n)."""
    rows: dict[int, list[tuple[int, Floats]]] = {}
    for doubt in answers.doubts:
        drawn = doubt.drawn(uniforms.block(doubt.cells, start, n))
        for vendor, row in zip(doubt.vendors.tolist(), drawn, strict=True):
            rows.setdefault(vendor, []).append((doubt.leaf, row.copy()))
    for vendor, drawn_rows in rows.items():
        yield vendor, [leaf for leaf, _ in drawn_rows], np.stack([row for _, row in drawn_rows])

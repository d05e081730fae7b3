"""Points as the ranking counts them: rounded where the rules say, to nine decimals elsewhere."""

import numpy as np

from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.rounding import Rounding
from vendor_eval.rules.values.function import Floats

DECIMALS = 9
"""Scores in points that agree to this many decimals are tied."""


def points_of(shares: Floats) -> Floats:
    """Points (0-100) to the decimals that count, so that float noise breaks no tie."""
    return np.round(100 * np.asarray(shares, dtype=float), DECIMALS)


def counted_points(values: Floats, tree: Tree, rounding: Rounding) -> Floats:
    """Points (0-100) of bids from their leaves' values in [0, 1], (k, m), as they rank; (k,).

    Values are rounded before they are weighed, and the score before it is ranked.
    """
    points = points_of(values)
    for m, path in enumerate(tree.leaves):
        points[:, m] = rounded_points(points[:, m], rounding.decimals(path), rounding.how)
    scores = points_of(weighted_sums(points, tree.weights[tree.leaf_at]) / 100)
    return rounded_points(scores, rounding.score, rounding.how)


def rounded_points(points: Floats, decimals: int | None, how: str) -> Floats:
    """Points, of nine decimals, to fewer; unchanged where none are stated.

    Exact in whole units of the ninth decimal, since 1.005 in floats is less than 1.005.
    """
    if decimals is None:
        return points
    units = np.rint(points * 10**DECIMALS).astype(np.int64)
    step = 10 ** (DECIMALS - decimals)
    whole, rest = np.divmod(units, step)
    if how == "half_up":
        whole += 2 * rest >= step
    elif how == "half_even":
        whole += (2 * rest > step) | ((2 * rest == step) & (whole % 2 == 1))
    return whole * step / 10**DECIMALS

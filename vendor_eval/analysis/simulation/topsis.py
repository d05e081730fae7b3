"""The same simulation when TOPSIS ranks the vendors instead of the additive model."""

import numpy as np
import pandas as pd

from vendor_eval.analysis.simulation.acceptability import Simulation
from vendor_eval.analysis.simulation.ranks import UNITS, Floats
from vendor_eval.analysis.simulation.simulation import Scores, checked, tallied
from vendor_eval.analysis.weights.sampling import Weightings
from vendor_eval.errors import VendorEvalError


def topsis_simulation(
    table: pd.DataFrame,
    directions: pd.Series,
    weightings: Weightings,
    *,
    draws: int = 10_000,
    seed: int = 0,
) -> Simulation:
    """The standing of k vendors under TOPSIS with vector normalisation (Hwang & Yoon 1981).

    `table` (k, m) holds raw answers on the leaves in the order of the tree, `directions` "max" or
    "min" by leaf, as the second opinions get them. Scores are closeness to the ideal, in [0, 1].
    Raises VendorEvalError for a missing answer, or vendors that are alike on everything.
    """
    checked(draws, seed)
    answers = table.to_numpy(dtype=float)
    if not np.isfinite(answers).all():
        raise VendorEvalError("found an answer missing; allowed: a number in every cell")
    cost = (directions.reindex(table.columns) == "min").to_numpy()
    scores = closeness(answers, cost, weightings)
    k = len(answers)
    tally = tallied(weightings, scores, vendors=k, draws=draws, seed=seed)
    units = np.empty((k, k))
    scores(tally.central, 0, units)
    np.rint(units, out=units)
    best = units == units.max(axis=0)
    confident = np.where(tally.first > 0, np.diag(best / best.sum(axis=0)), 0.0)
    vendors = tuple(str(vendor) for vendor in table.index)
    return Simulation(vendors, weightings.paths, draws, seed, tally, confident, 1)


def closeness(answers: Floats, cost: Floats, weightings: Weightings) -> Scores:
    """TOPSIS's scores of answers (k, m), the columns `cost` (m,) better when lower."""
    scale = np.abs(answers).max(axis=0)
    scaled = answers / np.where(scale > 0, scale, 1.0)  # so that no square overflows
    length = np.linalg.norm(scaled, axis=0)
    normal = np.where(cost, -1.0, 1.0) * scaled / np.where(length > 0, length, 1.0)
    if not np.ptp(normal, axis=0).any():
        raise VendorEvalError("found vendors that are alike on everything; allowed: a difference")
    # the ideal is weighted like the answers, so distances are sums of squared weights times gaps
    parts = weightings.composition**2
    gaps = np.vstack([(normal.max(axis=0) - normal) ** 2, (normal - normal.min(axis=0)) ** 2])
    spread = gaps @ parts
    k = len(answers)

    def scores(weights: Floats, start: int, units: Floats) -> None:
        distances = spread @ (weights * weights).T
        np.sqrt(distances, out=distances)
        whole = np.add(distances[:k], distances[k:], out=distances[:k])
        whole[whole == 0] = 1.0  # under these weights nothing tells the vendors apart
        np.divide(distances[k:], whole, out=units)
        units *= UNITS

    return scores

"""The same figures from weights and values that somebody else has drawn."""

from collections.abc import Sequence

import numpy as np

from vendor_eval.analysis.simulation.acceptability import Simulation
from vendor_eval.analysis.simulation.ranks import UNITS, Floats, RankCounts, standings
from vendor_eval.errors import VendorEvalError


def under_samples(
    values: Floats, weights: Floats, *, vendors: Sequence[str], criteria: Sequence[str]
) -> Simulation:
    """The standing of k vendors in n draws of values (n, k, m) in [0, 1] and weights (n, m).

    The draws are taken as they come, so that published samples can be recomputed; confidence
    factors are from all of them. Raises VendorEvalError where shapes differ or a number is missing.
    """
    expected = (len(weights), len(vendors), len(criteria))
    if values.shape != expected or weights.shape != (len(weights), len(criteria)):
        raise VendorEvalError(
            f"found values {values.shape} and weights {weights.shape}; allowed: {expected} and "
            f"{expected[::2]}, for {len(vendors)} vendors and {len(criteria)} criteria"
        )
    if not len(weights) or not (np.isfinite(values).all() and np.isfinite(weights).all()):
        raise VendorEvalError("found a value or weight missing; allowed: a number in every draw")
    tally = RankCounts(len(vendors), len(criteria))
    tally.add(np.rint(UNITS * np.einsum("nkm,nm->kn", values, weights)), weights.copy())
    confident = np.zeros(len(vendors))
    for own in np.flatnonzero(tally.first):
        units = np.rint(UNITS * (values @ tally.central[own])).T
        confident[own] = standings(units).first()[own].mean()
    return Simulation(
        tuple(vendors), tuple(criteria), len(weights), 0, tally, confident, len(weights)
    )

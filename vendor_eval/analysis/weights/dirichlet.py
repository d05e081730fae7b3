"""Leaf weights around the agreed ones: a Dirichlet distribution with the agreed ones as its mean.

Response distribution weights (Butler, Jia & Dyer 1997, Simulation techniques for the sensitivity
analysis of multi-criteria decision models, European Journal of Operational Research 103, 531-546).
The sum of some parts of a Dirichlet distribution is a part of another one, so neither grouping
criteria nor splitting one into several alike changes how a result comes out.
"""

import math

import numpy as np

from vendor_eval.analysis.weights.sampling import Draw, Weightings
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats


def around(tree: Tree, *, concentration: float) -> Weightings:
    """Weights of the leaves from Dirichlet(concentration x agreed weights).

    A leaf without weight keeps none. Infinite concentration gives the agreed weights themselves.
    """
    agreed = tree.weights[tree.leaf_at]
    varying = np.flatnonzero(agreed > 0).tolist()

    def begin(random: np.random.Generator) -> Draw:
        streams = random.spawn(len(varying))  # many gammas of one shape are drawn twice as fast

        def draw(weights: Floats) -> None:
            weights[:] = agreed
            if len(varying) < 2 or math.isinf(concentration):
                return
            # gammas divided by their sum (Devroye 1986, ch. XI.4)
            gammas = np.empty((len(varying), len(weights)))
            for row, leaf, stream in zip(gammas, varying, streams, strict=True):
                row[:] = stream.standard_gamma(concentration * agreed[leaf], size=len(row))
            sums = gammas.sum(axis=0)
            if (
                not sums.all()
            ):  # gammas of tiny shapes may all underflow: the largest weight has all
                gammas[int(np.argmax(agreed[varying])), sums == 0] = 1.0
                sums[sums == 0] = 1.0
            gammas /= sums
            weights[:, varying] = gammas.T

        return draw

    return Weightings.of(tree, tree.leaf_at, begin)


def weight_ranges(tree: Tree, *, concentration: float) -> dict[str, tuple[float, float]]:
    """By node, where nine in ten of its drawn weights in the whole lie, in [0, 1].

    The weight w of a node is drawn from Beta(c w, c (1 - w)): its 5 % and 95 % quantiles.
    """
    # scipy takes a quarter of a second to load
    from scipy.special import betaincinv

    ranges = {}
    for path, weight in zip(tree.paths, tree.weights.tolist(), strict=True):
        if not 0 < weight < 1 or math.isinf(concentration):
            ranges[path] = (weight, weight)
        else:
            a, b = concentration * weight, concentration * (1 - weight)
            ranges[path] = (float(betaincinv(a, b, 0.05)), float(betaincinv(a, b, 0.95)))
    return ranges

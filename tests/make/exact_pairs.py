"""How likely one vendor is ahead of another under Dirichlet weights, as one exact integral."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.integrate import quad


def ahead(differences: Sequence[float], shapes: Sequence[float]) -> float:
    """P(sum of d_i G_i > 0) for independent gammas G_i of these shapes (Gil-Pelaez 1951).

    Dirichlet weights are gammas divided by their sum, so this is how likely a weighted sum of the
    differences is above 0. Shapes of 0 are left out.
    """
    d = np.array([x for x, a in zip(differences, shapes, strict=True) if a > 0 and x != 0])
    a = np.array([a for x, a in zip(differences, shapes, strict=True) if a > 0 and x != 0])
    if not len(d):
        return 0.0
    if (d > 0).all() or (d < 0).all():
        return float((d > 0).all())
    size = np.log(np.abs(d) / np.abs(d).max())

    def integrand(u: float) -> float:
        # at t = exp(u), where t may be huge
        decay = math.exp(-float((a * np.logaddexp(0, 2 * (u + size))).sum()) / 2)
        turned = np.sign(d) * np.arctan(np.exp(np.minimum(u + size, 700)))
        return decay * math.sin(float((a * turned).sum()))

    # the tail falls as t to the power of minus the sum of the shapes
    end = 40 / min(1.0, float(a.sum()))
    edges = np.linspace(-40, end, 161)
    parts = [quad(integrand, low, high, limit=200)[0] for low, high in pairwise(edges)]
    return 0.5 + sum(parts) / math.pi

"""The mean of all weights that fit some statements: the centroid of what they allow."""

from collections.abc import Sequence
from math import factorial

import numpy as np

from vendor_eval.analysis.weights.information import limits_of
from vendor_eval.analysis.weights.polytope import Limits, Walk
from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.weight_information import WeightInformation

MOST = 8
"""Criteria whose centroid is computed from corners, whose number grows fast; an order alone needs
none."""
DIGITS = 12
"""Decimals of shares: as many as are the same on every processor."""


def centroid_shares(paths: Sequence[str], information: WeightInformation) -> dict[str, float]:
    """Shares of top-level criteria, by path: the mean of all that fit, each equally likely.

    Raises VendorEvalError as `information.informed` does, and for more than `MOST` criteria with
    other statements than an order of all.
    """
    flat = Tree(tuple(paths), (), np.full(len(paths), -1), np.full(len(paths), 1 / len(paths)))
    limits = limits_of(flat, information)[-1]
    if len(information.order) == len(paths) and not (information.ranges or information.at_least):
        ranks = [information.order.index(path) + 1 for path in paths]
        shares = np.array([_order_centroid(rank, len(paths)) for rank in ranks])
    elif len(paths) > MOST:
        message = f"found {len(paths)} top-level criteria; allowed: {MOST} at most"
        raise VendorEvalError(f"{message}, or an order of all of them and nothing else")
    else:
        shares = mean_shares(limits)
    return dict(zip(paths, np.round(shares, DIGITS).tolist(), strict=True))


def _order_centroid(rank: int, n: int) -> float:
    """Share of the criterion at a rank among n in order (Barron & Barrett 1996)."""
    return sum(1 / k for k in range(rank, n + 1)) / n


def mean_shares(limits: Limits) -> Floats:
    """Mean of the shares (q,) that some statements allow; there must be some.

    The polytope is cut into simplices that fan out from a point inside it to its facets; each has
    its centre at the mean of its corners, and counts by its volume.
    """
    inside = Walk.within(limits)
    d = len(inside.basis)
    if d == 0:
        return inside.middle
    rows = inside.limits.coefficients @ inside.basis.T
    room = inside.limits.bounds - inside.limits.coefficients @ inside.middle
    if d == 1:
        ends = np.divide(room, rows[:, 0], out=np.full(len(room), np.inf), where=rows[:, 0] != 0)
        moved = np.array([(ends[ends > 0].min() + ends[ends < 0].max()) / 2])
    else:
        # scipy takes a quarter of a second to load
        from scipy.spatial import ConvexHull, HalfspaceIntersection

        halfspaces = np.column_stack([rows, -room])[np.abs(rows).max(axis=1) > 0]
        met = HalfspaceIntersection(halfspaces, np.zeros(d)).intersections
        corners = np.unique(np.round(met, DIGITS), axis=0)
        facets = corners[ConvexHull(corners).simplices]
        volumes = np.abs(np.linalg.det(facets)) / factorial(d)
        moved = volumes @ (facets.sum(axis=1) / (d + 1)) / volumes.sum()
    return np.asarray(inside.middle + moved @ inside.basis)

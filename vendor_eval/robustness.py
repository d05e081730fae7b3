"""Robustness: how often each vendor takes each rank when the weights are not quite as agreed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vendor_eval.criteria import Tree
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation import DECIMALS, Evaluation

BLOCK = 2**22
"""Numbers held at once while simulating, so that memory stays bounded."""


@dataclass(frozen=True, eq=False)
class NearWeights:
    """Rank acceptability under weights near the agreed ones (Lahdelma & Salminen 2001).

    `rank_acceptability`: k eligible vendors x k ranks, shares of the weightings in [0, 1].
    """

    spread: float
    draws: int
    seed: int
    rank_acceptability: pd.DataFrame

    def first(self, vendor: str) -> float:
        """Share of the weightings, in [0, 1], under which a vendor is first."""
        return float(self.rank_acceptability.loc[vendor, 1])


def near_weights(
    evaluation: Evaluation, *, spread: float = 0.25, draws: int = 10_000, seed: int = 0
) -> NearWeights:
    """Ranks of the eligible vendors under weights drawn around the stated ones.

    At every node each share is multiplied by an independent uniform draw from
    [1 - spread, 1 + spread] and renormalised among its siblings, so that splitting a criterion
    into identical parts changes nothing above it. Vendors that tie split the ranks they span.
    Raises VendorEvalError unless 0 <= spread < 1 and draws >= 1.
    """
    if not 0 <= spread < 1:
        raise VendorEvalError(f"found spread {spread!r}; allowed: at least 0 and below 1")
    if draws < 1:
        raise VendorEvalError(f"found draws {draws!r}; allowed: at least 1")
    if seed < 0:
        raise VendorEvalError(f"found seed {seed!r}; allowed: 0 or above")
    vendors = evaluation.ranking
    values = evaluation.values.loc[list(vendors), list(evaluation.tree.leaves)].to_numpy()
    random = np.random.default_rng(seed)
    held = np.zeros((len(vendors), len(vendors)))
    block = max(1, BLOCK // (len(evaluation.tree.paths) + 3 * len(vendors)))
    for start in range(0, draws, block):
        weights = _near(evaluation.tree, spread, min(block, draws - start), random)
        held += rank_counts(weights @ values.T)
    return NearWeights(
        spread=spread,
        draws=draws,
        seed=seed,
        rank_acceptability=pd.DataFrame(
            # what is left of a split rank's rounding is not a share
            np.round(held / draws, 12) + 0.0,
            index=pd.Index(vendors, dtype=object),
            columns=range(1, len(vendors) + 1),
        ),
    )


def _near(
    tree: Tree, spread: float, draws: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """Leaf weights near the stated ones, each row summing to 1; (draws, m)."""
    weights = tree.shares * random.uniform(1 - spread, 1 + spread, (draws, len(tree.shares)))
    for family in tree.families:
        weights[:, family] /= weights[:, family].sum(axis=1, keepdims=True)
        parent = tree.parents[family[0]]
        if parent >= 0:
            weights[:, family] *= weights[:, [parent]]
    return weights[:, tree.leaf_at]


def rank_counts(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """How many rows of scores (draws, k) give each vendor each rank; (k, k).

    Vendors that tie to the decimals that count share the ranks they span equally.
    """
    draws, k = scores.shape
    points = np.round(100 * scores, DECIMALS)
    order = np.argsort(-points, axis=1, kind="stable")
    ordered = np.take_along_axis(points, order, axis=1)
    apart = ordered[:, 1:] != ordered[:, :-1]
    if apart.all():
        counts = np.bincount((order * k + np.arange(k)).ravel(), minlength=k * k)
        return counts.reshape(k, k).astype(float)
    places = np.broadcast_to(np.arange(k), (draws, k))
    edge = np.ones((draws, 1), dtype=bool)
    first = np.maximum.accumulate(np.where(np.hstack([edge, apart]), places, 0), axis=1)
    after = np.where(np.hstack([apart, edge]), places + 1, k)
    after = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
    share = 1 / (after - first)
    # each vendor's share begins at the first rank of its tie and ends after the last
    rises = np.bincount((order * (k + 1) + first).ravel(), share.ravel(), k * (k + 1))
    falls = np.bincount((order * (k + 1) + after).ravel(), share.ravel(), k * (k + 1))
    return np.cumsum((rises - falls).reshape(k, k + 1), axis=1)[:, :k]

"""Weights from an order of importance alone: surrogate weights of n ranked criteria."""

from collections.abc import Callable

import numpy as np

from vendor_eval.rules.values.function import Floats


def centroid(ranks: Floats) -> Floats:
    """Rank-order centroid (Barron & Barrett 1996): sum of 1/k for k from the rank to n, over n."""
    n = len(ranks)
    return np.array([(1 / np.arange(rank, n + 1)).sum() / n for rank in ranks])


def rank_sum(ranks: Floats) -> Floats:
    """Rank-sum weights (Stillwell, Seaver & Edwards 1981): n + 1 - rank, over n (n + 1) / 2."""
    n = len(ranks)
    return 2 * (n + 1 - ranks) / (n * (n + 1))


def reciprocal(ranks: Floats) -> Floats:
    """Rank-reciprocal weights (Stillwell, Seaver & Edwards 1981): 1 / rank, over their sum."""
    return (1 / ranks) / (1 / np.arange(1, len(ranks) + 1)).sum()


def ranked_shares(formula: Callable[[Floats], Floats], ranks: Floats) -> Floats:
    """Shares that sum to 1, (n,), of criteria by rank (n,), 1 the most important.

    Only the order of the ranks counts. Tied criteria have the mean of the places they span, as if
    their order were drawn by lot.
    """
    ranks = np.asarray(ranks)
    places = formula(np.arange(1.0, len(ranks) + 1))
    order = np.argsort(ranks, kind="stable")
    ordered = np.empty(len(ranks))
    ordered[order] = places
    return np.array([ordered[ranks == rank].mean() for rank in ranks])

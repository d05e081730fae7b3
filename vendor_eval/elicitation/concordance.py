"""How far several people put criteria in the same order."""

import numpy as np

from vendor_eval.rules.values.function import Floats


def kendall_w(scores: Floats) -> float:
    """Kendall's coefficient of concordance, in [0, 1], corrected for ties; 1 is one order.

    `scores` (m, n): what each of m people gave each of n objects; only the order within a row
    counts, and ties share their mean rank (Siegel & Castellan 1988, ch. 9.4). Where everybody
    ties everything there is nothing to differ on, and it is 1.
    """
    people, objects = scores.shape
    ranks = np.array([_mean_ranks(row) for row in scores])
    ties = sum(
        int(count) ** 3 - int(count)
        for row in scores
        for count in np.unique(row, return_counts=True)[1]
    )
    spread = ((ranks.sum(axis=0) - people * (objects + 1) / 2) ** 2).sum()
    largest = (people**2 * (objects**3 - objects) - people * ties) / 12
    return float(min(1.0, spread / largest)) if largest > 0 else 1.0


def _mean_ranks(row: Floats) -> Floats:
    below = (row[:, None] > row[None, :]).sum(axis=1)
    level = (row[:, None] == row[None, :]).sum(axis=1)
    return below + (level + 1) / 2

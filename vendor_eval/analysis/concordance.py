"""Concordance: how far several people put the same things in the same order."""

import numpy as np
import pandas as pd

from vendor_eval.rules.values.function import Floats


def kendall_w(ratings: Floats) -> float | None:
    """Kendall's coefficient of concordance of m judges' ratings of n targets (m, n), in [0, 1].

    Tied ratings share their mean rank, and W is corrected for them (Siegel & Castellan 1988, 9.6).
    None below two judges or two targets, and where every judge ties all targets.
    """
    m, n = ratings.shape
    if m < 2 or n < 2:
        return None
    ranks = pd.DataFrame(ratings).rank(axis=1).to_numpy()
    sums = ranks.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = 0
    for row in ratings:
        _, counts = np.unique(row, return_counts=True)
        ties += int((counts**3 - counts).sum())
    most = m**2 * (n**3 - n) - m * ties
    return 12 * spread / most if most > 0 else None

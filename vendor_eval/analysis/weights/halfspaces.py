"""How much of the simplex lies on one side of a plane, exactly."""

import numpy as np
from numpy.typing import NDArray


def halfspace_shares(differences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of the simplex, in [0, 1], on which each row's weighted sum is above 0; shape (n,).

    `differences` (n, p): for a row d, the probability of d . w > 0 when w is uniform on the
    simplex, by Varsi's recursion (Ali 1973), all of whose terms are of one sign: nothing cancels.
    A row of zeros is never above 0. Takes p x p steps over all rows at once.
    """
    columns = differences.T
    # below[i]: the share not above 0, seen as far as the i-th criterion on which d is above 0
    below = np.zeros(columns.shape)
    for loss in columns:
        last = np.ones(len(differences))
        for i, gain in enumerate(columns):
            rows = (gain > 0) & (loss <= 0)
            share = (gain * below[i] - loss * last) / np.where(rows, gain - loss, 1.0)
            below[i] = np.where(rows, share, below[i])
            last = np.where(gain > 0, below[i], last)
    # a row that is never above 0 keeps the 1 it began with
    total = np.ones(len(differences))
    for i, gain in enumerate(columns):
        total = np.where(gain > 0, below[i], total)
    return 1.0 - total

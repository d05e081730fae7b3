"""Weights from pairwise comparisons: the analytic hierarchy process (Saaty 1980)."""

from itertools import combinations

import numpy as np

from vendor_eval.rules.values.function import Floats

RANDOM_INDEX = (
    *(0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49),
    *(1.51, 1.48, 1.56, 1.57, 1.59),
)
"""Mean consistency index of random judgements on 1 to 15 criteria (Saaty 1980)."""
ALIKE = 1e-9
"""A difference between eigenvalues that is only float noise."""


def priorities(matrix: Floats) -> tuple[Floats, float]:
    """The principal eigenvector, (n,) summing to 1, and its eigenvalue, n or more (Saaty 1980).

    `matrix` (n, n): how many times as important the row's criterion is as the column's.
    """
    values, vectors = np.linalg.eig(matrix)
    largest = int(values.real.argmax())
    weights = abs(vectors[:, largest].real)
    return weights / weights.sum(), float(values[largest].real)


def consistency_ratio(eigenvalue: float, size: int) -> float:
    """Consistency index over that of random judgements, 0 or more; 0 is without contradiction.

    (eigenvalue - n) / (n - 1) over the random index (Saaty 1980), for n up to 15.
    """
    index = RANDOM_INDEX[size - 1]
    return max(0.0, (eigenvalue - size) / (size - 1) / index) if index else 0.0


def revisit(matrix: Floats) -> tuple[int, int, float, float]:
    """The judgement that fits the others least: its row and column, what they imply, and the ratio.

    Each is left out in turn (Harker 1987): the eigenvalue is then what it would be had the two
    criteria been judged as the others imply, and the smallest is the one to ask about first. Where
    several would mend it alike, as all three on three criteria do, it is the first of those whose
    implied judgement is on the scale from 1/9 to 9.
    """
    size = len(matrix)
    revisits = []
    for i, j in combinations(range(size), 2):
        without = matrix.copy()
        without[i, j] = without[j, i] = 0.0
        without[i, i] = without[j, j] = 2.0
        weights, eigenvalue = priorities(without)
        implied = weights[i] / weights[j]
        off_scale = not 1 / 9 <= implied <= 9
        revisits.append((round(eigenvalue / ALIKE), off_scale, i, j, implied, eigenvalue))
    _, _, i, j, implied, eigenvalue = min(revisits)
    return i, j, float(implied), consistency_ratio(eigenvalue, size)

"""Weights from comparisons with the best and the worst criterion alone (Rezaei 2015)."""

import math

import numpy as np

from vendor_eval.rules.values.function import Floats

STEPS = 200
"""Halvings after which an interval of any width below 10 is one float."""


def weights(best_to: Floats, to_worst: Floats, span: float) -> tuple[Floats, float]:
    """Best-worst weights and the least largest deviation, 0 or more (Rezaei 2015, model 3).

    `best_to` (m,) and `to_worst` (m,): how many times the best is as important as each criterion
    between, and each of those as the worst; `span`: the best as the worst. The weights, summing to
    1, are of the best, the m between, and the worst. They minimise the largest deviation of any
    ratio of weights from its judgement. Of several that do (Rezaei 2016), these come nearest to
    the two judgements of every criterion on its own.
    """
    deviation, ratio = _least_deviation(best_to, to_worst, span)
    # where both deviations of a criterion are equal: t - to_worst = ratio / t - best_to
    gap = to_worst - best_to
    between = (gap + np.sqrt(gap**2 + 4 * ratio)) / 2
    ratios = np.concatenate([[ratio], between, [1.0]])
    return ratios / ratios.sum(), deviation


def consistency_ratio(deviation: float, span: float) -> float:
    """The deviation over the largest that `span` allows, 0 or more; 0 is without contradiction.

    The largest solves x^2 - (1 + 2 a) x + a^2 - a = 0 (Rezaei 2015, table 1).
    """
    largest = ((1 + 2 * span) - math.sqrt(1 + 8 * span)) / 2
    return deviation / largest if largest > 0 else 0.0


def revisit(best_to: Floats, to_worst: Floats, span: float) -> tuple[int, float, float]:
    """The criterion whose judgements fit the others least, what they imply, and the ratio then.

    Each criterion between is left out in turn, and so is the comparison of best and worst, which
    is given as -1. Implied is how many times the best is as important as that criterion.
    """
    revisits = []
    for n in range(len(best_to)):
        deviation, ratio = _least_deviation(np.delete(best_to, n), np.delete(to_worst, n), span)
        revisits.append((round(deviation, 9), n, ratio / to_worst[n], deviation))
    deviation, ratio = _least_deviation(best_to, to_worst, None)
    revisits.append((round(deviation, 9), -1, ratio, deviation))
    # by deviation alone: of equals the first that was asked
    _, n, implied, deviation = min(revisits, key=lambda each: each[0])
    return n, float(implied), consistency_ratio(deviation, span)


def _least_deviation(best_to: Floats, to_worst: Floats, span: float | None) -> tuple[float, float]:
    """The least deviation that some weights meet, and their ratio of best to worst.

    With deviations of at most x, the ratio lies between the products of the lowered and of the
    raised judgements of each criterion; the interval grows with x, and is a point at the least.
    """

    def ends(x: float) -> tuple[float, float]:
        low = np.maximum(best_to - x, 0) * np.maximum(to_worst - x, 0)
        high = (best_to + x) * (to_worst + x)
        if span is not None:
            low, high = np.append(low, span - x), np.append(high, span + x)
        return float(low.max()), float(high.min())

    low, high = ends(0.0)
    if low <= high:
        return 0.0, math.sqrt(low * high)
    none, enough = 0.0, 10.0  # no judgement is above 9
    for _ in range(STEPS):
        middle = (none + enough) / 2
        low, high = ends(middle)
        none, enough = (none, middle) if low <= high else (middle, enough)
    low, high = ends(enough)
    return enough, (low + high) / 2

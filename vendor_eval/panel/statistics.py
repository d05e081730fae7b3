"""How far evaluators agree: mean squares, concordance and reliability, for the moderator."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.rules.values.function import Floats

Metric = Literal["ordinal", "interval"]
SAME = 1e-12
"""Sums of squares below this are float noise: there is nothing to compare."""


@dataclass(frozen=True)
class MeanSquares:
    """What ratings keep after the effects of n targets and k judges (Shrout & Fleiss 1979)."""

    rest: float
    degrees_of_freedom: int
    """Of the rest: (n - 1) (k - 1)."""


def mean_squares(ratings: Floats) -> MeanSquares | None:
    """The mean squares of complete ratings (n, k); None below two targets or two judges."""
    n, k = ratings.shape
    if n < 2 or k < 2:
        return None
    grand = ratings.mean()
    of_targets, of_judges = ratings.mean(axis=1), ratings.mean(axis=0)
    rest = ratings - of_targets[:, None] - of_judges + grand
    freedom = (n - 1) * (k - 1)
    return MeanSquares(
        rest=float((rest**2).sum() / freedom),
        degrees_of_freedom=freedom,
    )


def severities(ratings: Floats) -> Floats | None:
    """How far each judge is below the mean of all, in the ratings' unit; (n, k) -> (k,).

    None below two targets or two judges.
    """
    if min(ratings.shape) < 2:
        return None
    return np.asarray(ratings.mean() - ratings.mean(axis=0))


def krippendorff_alpha(units: Sequence[Sequence[float]], metric: Metric) -> float | None:
    """Krippendorff's alpha, at most 1, of units with the values that judges gave them.

    1 - Do / De over pairable values; a unit with one value is left out (Krippendorff 2011). None
    where no two values can be paired, or none differ.
    """
    pairable = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in pairable for value in unit})
    if len(values) < 2:
        return None
    at = {value: n for n, value in enumerate(values)}
    counts = np.zeros((len(pairable), len(values)))
    for row, unit in zip(counts, pairable, strict=True):
        for value in unit:
            row[at[value]] += 1
    # each unit adds its pairs of two judges' values, over one less than its number of values
    shares = counts / (counts.sum(axis=1, keepdims=True) - 1)
    coincidences = shares.T @ counts - np.diag(shares.sum(axis=0))
    totals = coincidences.sum(axis=1)
    squares = _squared_differences(np.array(values), totals, metric)
    pairs = np.outer(totals, totals) - np.diag(totals)
    expected = float((pairs * squares).sum() / (totals.sum() - 1))
    observed = float((coincidences * squares).sum())
    return 1 - observed / expected if expected > SAME else None


def _squared_differences(values: Floats, totals: Floats, metric: Metric) -> Floats:
    if metric == "interval":
        return np.asarray((values[:, None] - values) ** 2)
    # the number of values from one to the other, those at the ends counted half
    middles = totals.cumsum() - totals / 2
    return np.asarray((middles[:, None] - middles) ** 2)


def jackknife_range(
    groups: Sequence[Sequence[Sequence[float]]],
    figure: Callable[[Sequence[Sequence[float]]], float | None],
) -> tuple[float, float] | None:
    """The least and the greatest figure when each group of units is left out in turn.

    None below three groups, or where the figure is None for any of them.
    """
    if len(groups) < 3:
        return None
    figures = [
        figure([unit for n, group in enumerate(groups) if n != left for unit in group])
        for left in range(len(groups))
    ]
    known = [each for each in figures if each is not None]
    return (min(known), max(known)) if len(known) == len(figures) else None

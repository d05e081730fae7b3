"""Effective weights: how much each criterion decides among these bids, and its stated weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.wording.short_repr import ShortRepr

FACTOR = 2.0
"""A criterion that decides this many times more, or less, than was stated earns a warning."""


@dataclass(frozen=True)
class EffectiveWeight:
    """A criterion's stated weight in the whole and its effective one, both in [0, 1].

    `effective` is None where the bids do not differ on any other criterion.
    """

    stated: float
    effective: float | None

    @property
    def warns(self) -> bool:
        """Whether the two differ by more than a factor of two."""
        if self.effective is None:
            return False
        less, more = sorted((self.stated, self.effective))
        # a hair's breadth, so that exactly twice is not more than twice
        return more > FACTOR * less * (1 + 1e-9)


@dataclass(frozen=True)
class EffectiveWeights(ShortRepr):
    """Effective weights by path: the leaves among leaves, the top level among the top level."""

    top: Mapping[str, EffectiveWeight]
    leaves: Mapping[str, EffectiveWeight]


def effective_weights(evaluation: Evaluation) -> EffectiveWeights:
    """Weight times the spread of the eligible bids' values, as shares of all such products.

    The spread is the population standard deviation (Wang & Stanley 1970, Differential weighting,
    nominal and effective weights; components taken as uncorrelated).
    """
    tree = evaluation.tree
    return EffectiveWeights(_among(evaluation, tree.top), _among(evaluation, tree.leaves))


def _among(evaluation: Evaluation, paths: Sequence[str]) -> Mapping[str, EffectiveWeight]:
    tree = evaluation.tree
    at = [tree.at(path) for path in paths]
    stated, values = tree.weights[at], field_of(evaluation).nodes[:, at]
    counts = stated * _spread(values)
    total = counts.sum()
    return {
        path: EffectiveWeight(float(weight), float(count / total) if total > 0 else None)
        for path, weight, count in zip(paths, stated, counts, strict=True)
    }


def _spread(values: np.ndarray) -> np.ndarray:
    """Population standard deviation of each column of (k, n); 0 where all are equal; (n,)."""
    if not len(values):
        return np.zeros(values.shape[1])
    # equal but for float noise is equal
    differ = np.round(100 * np.ptp(values, axis=0), DECIMALS) > 0
    return np.where(differ, values.std(axis=0), 0.0)

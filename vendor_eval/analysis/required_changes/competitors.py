"""The field of competitors, and what one of them has on one leaf."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.sensitivity.standing import standing_of
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.values.function import Floats, ValueFunction


@dataclass(frozen=True, eq=False)
class Leaf:
    """One leaf of a field: its path, value function, weight in the whole, values and answers."""

    path: str
    function: ValueFunction
    weight: float
    values: Floats
    """(k,)."""
    answers: Performance
    """Over all vendors of the file."""
    rows: NDArray[np.intp]

    def start(self, vendor: int) -> float | str | None:
        """A competitor's answer as it counts: the likely number or the level; None if missing."""
        return self.answers.shown(int(self.rows[vendor]))


@dataclass(frozen=True, eq=False)
class Competitors:
    """The vendors that compete, k of them, on m leaves; values and scores in [0, 1]."""

    evaluation: Evaluation
    vendors: tuple[str, ...]
    rows: NDArray[np.intp]
    """Where each vendor stands among all; (k,)."""
    values: Floats
    """(k, m)."""
    scores: Floats
    """(k,)."""

    @cached_property
    def gaps(self) -> Floats:
        """How far each is behind the best other, below 0 when ahead and 0 when level; (k,)."""
        best, second = np.sort(np.append(self.scores, -1.0))[[-1, -2]]
        gaps = np.where(self.scores == best, second, best) - self.scores
        gaps[np.round(100 * gaps, DECIMALS) == 0] = 0
        return gaps

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves, in tree order."""
        evaluation, told = self.evaluation, []
        tree, weights = evaluation.tree, evaluation.tree.weights
        for m, at in enumerate(tree.leaf_at):
            path, function = tree.paths[at], tree.criteria[at].value
            if function is None:
                raise ValueError(f"{path!r} is not a leaf")
            answers = evaluation.performance[path]
            values = self.values[:, m]
            told.append(Leaf(path, function, float(weights[at]), values, answers, self.rows))
        return tuple(told)


def competitors_of(evaluation: Evaluation, vendors: tuple[str, ...]) -> Competitors:
    """The field of some scored vendors as they were evaluated."""
    values, scores = standing_of(evaluation, vendors)
    place = evaluation.proposals.rows
    rows = np.array([place[vendor] for vendor in vendors], dtype=np.intp)
    return Competitors(evaluation, vendors, rows, values[:, evaluation.tree.leaf_at], scores)


def joined(evaluation: Evaluation, vendor: str) -> Competitors | None:
    """The field once this vendor is eligible too, the relative values counted anew among all.

    None when it has no score, or when a relative value function cannot take its answer.
    """
    if vendor not in evaluation.scores.index:
        return None
    competing = competitors_of(evaluation, (*evaluation.ranking, vendor))
    if not any(leaf.function.relative for leaf in competing.leaves):
        return competing
    values = competing.values.copy()
    for m, leaf in enumerate(competing.leaves):
        given = leaf.answers.given[competing.rows]
        x = leaf.answers.likely[competing.rows][given]
        if leaf.function.relative and len(x):
            if leaf.function.positive and x.min() <= 0:
                return None
            values[given, m] = leaf.function(x, x)
    tree = evaluation.tree
    return replace(competing, values=values, scores=values @ tree.weights[tree.leaf_at])

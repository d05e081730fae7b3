"""Errors of judgement: how far the points that people gave a bid may be off.

Judged points of one bid are off together (the halo effect), by a normal error; an answer with
a separate error is off by that. Nesting, grouping and splitting criteria change nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True, eq=False)
class Errors:
    """Independent errors of k vendors' scores, each linear in the weights of the m leaves.

    `points` has an array (k, m), or (1, m) where it is the same for all vendors, for each source:
    the standard deviation, in points, of what one unit of a leaf's weight adds to the score.
    """

    points: tuple[Floats, ...]

    def deviations(self, weights: Floats) -> Floats:
        """Standard deviations of the scores in points under weights (n, m); (k, n) or (1, n)."""
        squares: Floats = np.zeros((1, len(weights)))
        for source in self.points:
            squares = squares + (source @ weights.T) ** 2
        return np.sqrt(squares)

    def times(self, factor: float) -> "Errors":
        """These errors made larger by a factor."""
        return Errors(tuple(factor * source for source in self.points))


NONE = Errors(())


def errors_of(evaluation: Evaluation, vendors: Sequence[str], judgement_error: float) -> Errors:
    """The errors of some vendors' scores; a blank or knocked-out answer carries none.

    The judged leaves share one error of `judgement_error` points. Leaves that read the same answer
    or measure share its stated error. A stated error on a leaf with a relative value function is in
    the answer's unit, and drawn before the function is applied: it is not among these. Under a
    price per point an error is divided by the bid's own price, as its points are.
    """
    rows = [evaluation.proposals.rows[vendor] for vendor in vendors]
    scale = evaluation.scale[rows]
    sources: dict[str, Floats] = {}
    for m, path in enumerate(evaluation.tree.leaves):
        leaf = evaluation.tree.criterion(path)
        if leaf.error is not None and not (leaf.value is not None and leaf.value.relative):
            source, points = f"answer {leaf.reads}", leaf.error
        elif leaf.error is None and evaluation.rules.is_judged(leaf):
            source, points = "judged", judgement_error
        else:
            continue
        held = sources.setdefault(source, np.zeros((len(rows), len(evaluation.tree.leaves))))
        counts = evaluation.performance[path].given[rows] & ~evaluation.knocked_out[rows, m]
        held[:, m] = np.where(counts, points * scale, 0.0)
    return Errors(tuple(_once(held) for held in sources.values() if held.any()))


def has_errors(evaluation: Evaluation, judgement_error: float) -> bool:
    """Whether an answer that a vendor in the ranking gave, and that weighs something, has one."""
    tree = evaluation.tree
    weighed = tree.weights[tree.leaf_at] > 0
    drawn = errors_of(evaluation, evaluation.ranking, judgement_error)
    if any(source[:, weighed].any() for source in drawn.points):
        return True
    stated = [tree.criterion(path).error is not None for path in tree.leaves]
    return bool((weighed & stated).any())


def _once(held: Floats) -> Floats:
    """One row where all are alike."""
    return held[:1] if len(held) and (held == held[0]).all() else held

"""Weight intervals: where the winner stays first while one share moves."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis.sensitivity.corners import proportions, separated
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats

PARALLEL = 1e-12
"""A share's effect on a lead that is no more than float noise."""


@dataclass(frozen=True)
class WeightInterval:
    """Where the winner stays first while one share moves and its siblings keep their proportions.

    `low`, `high`: shares among siblings, in [0, 1]; the parent's weight stays. `below`, `above`:
    who leads beyond each end, None where the end is 0 or 1 or nobody takes over there.
    """

    share: float
    low: float
    high: float
    below: str | None
    above: str | None

    @property
    def nearest_change(self) -> float | None:
        """The smallest move of the share, in [0, 1], at which the winner changes; None if none."""
        moves = [self.share - self.low] if self.below else []
        moves += [self.high - self.share] if self.above else []
        return min(moves, default=None)


def weight_intervals(evaluation: Evaluation) -> Mapping[str, WeightInterval]:
    """The stability interval of every node's share, by path; empty without a single winner.

    A score is linear in one share t: W (t V + (1 - t) R) + the rest, with W the parent's weight,
    V the node's value and R its siblings' mean. Against each rival the lead therefore vanishes at
    one t (Mareschal 1988, weight stability intervals).
    """
    first, tree = evaluation.winner, evaluation.tree
    # by name: at one crossing, of those who gain equally the first by name leads
    rivals = sorted(vendor for vendor in evaluation.ranking if vendor != first)
    if first is None or not rivals:
        return {}
    field = field_of(evaluation)
    at = field.places([first, *rivals])
    values, scores = field.nodes[at], field.scores[at]
    lead = scores[0] - scores[1:]
    gain = _gain(tree, values[0] - values[1:], lead)
    lead = separated(100 * lead)[:, None] / 100
    rising, falling = gain > PARALLEL, gain < -PARALLEL
    with np.errstate(divide="ignore", invalid="ignore"):  # what is divided by 0 is not looked at
        # float noise must not find a crossing where the share is 0 or 1
        crossing = np.round(tree.shares - lead / gain, 12)
    from_below = np.where(rising & (crossing > 0), crossing, 0)
    from_above = np.where(falling & (crossing < 1), crossing, 1)
    low, high = from_below.max(axis=0), from_above.min(axis=0)
    # at one and the same crossing, the vendor that gains faster leads beyond it
    below = np.where((from_below == low) & rising, gain, 0).argmax(axis=0)
    above = np.where((from_above == high) & falling, gain, 0).argmin(axis=0)
    only = np.bincount(tree.parents + 1)[tree.parents + 1] == 1
    columns = (tree.shares, low, high, below, above, only)
    held = {}
    for path, *column in zip(tree.paths, *(column.tolist() for column in columns), strict=True):
        share, lo, hi, under, over, alone = column
        held[path] = WeightInterval(
            share,
            share if alone else min(lo, share),
            share if alone else max(hi, share),
            rivals[under] if lo > 0 and not alone else None,
            rivals[over] if hi < 1 and not alone else None,
        )
    return held


def _gain(tree: Tree, ahead: Floats, lead: Floats) -> Floats:
    """What a unit of each node's share adds to the lead over each rival; (rivals, n)."""
    # a parent of -1 is the last column: at the top, the family's mean is the score
    together = np.column_stack([ahead, lead])[:, tree.parents]
    whole = np.append(tree.weights, 1.0)[tree.parents]
    others = 1 - tree.shares
    gain = np.divide(whole * (ahead - together), others, out=np.zeros_like(ahead), where=others > 0)
    for n in np.flatnonzero(others <= 0).tolist():
        rest, parts = proportions(tree, [n])
        if len(rest):
            gain[:, n] = whole[n] * (ahead[:, n] - ahead[:, rest] @ parts)
    return gain

"""Sensitivity: what would change the winner, in closed form."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation import DECIMALS, Evaluation


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
    ranking, tree = evaluation.ranking, evaluation.tree
    if len(ranking) < 2 or list(evaluation.ranks.values()).count(1) != 1:
        return {}
    values = evaluation.values.loc[list(ranking)].to_numpy()
    scores = evaluation.scores[list(ranking)].to_numpy()
    lead = np.round(100 * (scores[0] - scores[1:]), DECIMALS) / 100
    ahead = values[0] - values[1:]
    weights = tree.weights
    intervals = {}
    for family in tree.families:
        parent = tree.parents[family[0]]
        whole = weights[parent] if parent >= 0 else 1.0
        together = ahead[:, family] @ tree.shares[family]
        for node in family:
            share = float(tree.shares[node])
            others = 1 - share
            if len(family) == 1 or others <= 0:
                interval = WeightInterval(share, share, share, None, None)
            else:
                rest = (together - share * ahead[:, node]) / others
                gain = whole * (ahead[:, node] - rest)
                interval = _interval(share, lead, gain, ranking[1:])
            intervals[tree.paths[node]] = interval
    return {path: intervals[path] for path in tree.paths}


def _interval(
    share: float, lead: np.ndarray, gain: np.ndarray, rivals: tuple[str, ...]
) -> WeightInterval:
    """The interval from each rival's distance `lead` and what a unit of share adds to it."""
    low, below, high, above = 0.0, None, 1.0, None
    # at one and the same crossing, whoever gains faster leads beyond it
    for n in sorted(range(len(rivals)), key=lambda n: (-abs(gain[n]), rivals[n])):
        if gain[n] == 0:
            continue
        # float noise must not find a crossing where the share is 0 or 1
        crossing = round(float(share - lead[n] / gain[n]), 12)
        if gain[n] > 0 and crossing > low:
            low, below = min(crossing, share), rivals[n]
        if gain[n] < 0 and crossing < high:
            high, above = max(crossing, share), rivals[n]
    return WeightInterval(share, low, high, below, above)


def reversals(evaluation: Evaluation) -> Mapping[str, str | None]:
    """Each losing bid whose withdrawal changes the winner, and the new winner (None for a tie).

    Only a relative value function with weight can make this happen.
    """
    if not evaluation.relative or len(evaluation.ranking) < 3:
        return {}
    changed: dict[str, str | None] = {}
    first = winner(evaluation)
    for rival in evaluation.ranking:
        if rival != first and evaluation.ranks[rival] > 1:
            after = winner(evaluation.without(rival))
            if after != first:
                changed[rival] = after
    return changed


def winner(evaluation: Evaluation) -> str | None:
    """The one vendor that is first; None when nobody is, or several tie."""
    first = [vendor for vendor, rank in evaluation.ranks.items() if rank == 1]
    return first[0] if len(first) == 1 else None

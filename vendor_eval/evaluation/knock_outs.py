"""Knock-outs at work: which criteria count 0 for which bids."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.rounding import points_of
from vendor_eval.rules.criteria import Tree, under
from vendor_eval.rules.knock_out import KnockOut
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True, eq=False)
class KnockOutRule:
    """One knock-out over the m leaves of a tree."""

    rule: KnockOut
    leaves: NDArray[np.bool_]
    """Which leaves are under its criterion; (m,)."""
    counts: Floats
    """What each leaf counts within the criterion under the rules' own weights; (m,)."""

    def points(self, values: Floats) -> Floats:
        """Points (0-100) on the criterion of bids with these values in [0, 1], (k, m); (k,)."""
        return points_of(weighted_sums(values, self.counts))

    def fires(self, values: Floats) -> NDArray[np.bool_]:
        """For which bids the criterion counts 0; (k,)."""
        return np.asarray(self.points(values) < self.rule.below)


def knock_out_rules(rules: Rules, stated: Tree) -> tuple[KnockOutRule, ...]:
    """The knock-outs of the rules; `stated`: the tree under the rules' own weights."""
    return tuple(
        KnockOutRule(
            each,
            np.array([under(path, each.criterion) for path in stated.leaves]),
            stated.composition[stated.at(each.criterion)],
        )
        for each in rules.knock_out
    )


def knocked_out(values: Floats, rules: Rules, stated: Tree) -> NDArray[np.bool_]:
    """Which of some bids' values, (k, m) in [0, 1], count 0 by a knock-out; (k, m)."""
    mask = np.zeros(values.shape, dtype=bool)
    for each in knock_out_rules(rules, stated):
        mask |= each.fires(values)[:, None] & each.leaves
    return mask


def after_knock_outs(values: Floats, rules: Rules, stated: Tree) -> Floats:
    """Values of some bids, (k, m) in [0, 1], as they count."""
    return np.where(knocked_out(values, rules, stated), 0.0, values)


def fired(rules: Rules, stated: Tree, values: Floats, row: int) -> Iterator[tuple[KnockOut, float]]:
    """The knock-outs that one bid meets, with its points on each criterion.

    `values`: of all bids before knock-outs, (k, m) in [0, 1].
    """
    for each in knock_out_rules(rules, stated):
        points = float(each.points(values[[row]])[0])
        if points < each.rule.below:
            yield each.rule, points

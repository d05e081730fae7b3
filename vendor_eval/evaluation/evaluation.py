"""The additive evaluation: values, weights, scores and ranks (Keeney & Raiffa 1976, ch. 3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import UnknownName, nearest, quoted
from vendor_eval.evaluation.award_rule import Divisor, divisor
from vendor_eval.evaluation.faults import Faults, faults_by_vendor, faulty_answers
from vendor_eval.evaluation.gates import Screening, Status, screening
from vendor_eval.evaluation.knock_outs import after_knock_outs, fired, knocked_out
from vendor_eval.evaluation.leaf_values import (
    absolute_values,
    fill_relative_values,
    value_bounds,
)
from vendor_eval.evaluation.performance import Performance, performances, weighted_sums
from vendor_eval.evaluation.ranks import ranked
from vendor_eval.evaluation.rounding import DECIMALS as DECIMALS
from vendor_eval.evaluation.shortlist import shortlisted
from vendor_eval.rules.criteria import Criterion, Tree, tree
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr

POINT_DECIMALS = 8
"""Of points that are given out, in `results.json` and in Python."""


@dataclass(frozen=True, eq=False)
class Evaluation(ShortRepr):
    """Proposals weighed under rules; v scored vendors, n nodes of the criteria tree.

    A vendor has a score unless one of its answers cannot be valued, or no eligible vendor gives
    its relative criteria a measure. Nothing here is ever `nan`: who has no score has no row.
    """

    rules: Rules
    proposals: Proposals
    scenario: str | None
    tree: Tree
    stated: Tree
    """The tree under the rules' own weights, which gates read in every scenario."""
    screening: Screening
    performance: Mapping[str, Performance]
    """Answers on each leaf, by path."""
    bounds: tuple[Floats, Floats]
    """The least and the greatest value in [0, 1] that each answer may have before knock-outs,
    0 where the value depends on other bids; (all vendors, leaves) each."""
    given_values: Floats
    """Values in [0, 1] of all answers before knock-outs; (all vendors, leaves)."""
    knocked_out: NDArray[np.bool_]
    """Which answers count 0 because their criterion has too few points; (all vendors, leaves)."""
    values: pd.DataFrame
    """Values of every node in [0, 1]; (v, n), vendors by name, nodes by path."""
    scores: pd.Series
    """Scores in [0, 1]; (v,)."""
    points: Mapping[str, float]
    """Points (0-100) of scored vendors as they rank: rounded where the rules say."""
    compared_points: Mapping[str, float]
    """The same as they are compared: under a price per point divided by price."""
    ranks: Mapping[str, int]
    """Competition rank of each eligible vendor, 1 the best; ties share a rank."""
    shadow_ranks: Mapping[str, int]
    """For scored vendors not in the ranking: 1 + the eligible vendors that score higher."""
    ranking: tuple[str, ...]
    """Eligible vendors, best first; ties by name."""
    ties_broken: tuple[tuple[str, ...], ...]
    """Groups of vendors with equal scores that `tie_break` put in order."""
    missing: tuple[tuple[str, str], ...]
    """Each (vendor, leaf) left blank and scored 0, for eligible and undecided vendors."""
    faults: Faults
    """By vendor, what is wrong in its bid; an incomplete vendor has at least one that stops it."""
    faulty: NDArray[np.bool_]
    """Which answers cannot be valued; (all vendors, leaves)."""
    divisor: Divisor | None = None
    """The prices that points are divided by; None where the score alone counts."""

    @property
    def vendors(self) -> tuple[str, ...]:
        """Every vendor, by name."""
        return self.proposals.vendors

    def status(self, vendor: str) -> Status:
        """Whether a vendor is eligible, undecided, incomplete or excluded."""
        return self.screening.status(vendor)

    def having(self, status: Status) -> tuple[str, ...]:
        """The vendors with this status, by name."""
        return tuple(vendor for vendor in self.vendors if self.status(vendor) == status)

    @property
    def leaders(self) -> tuple[str, ...]:
        """The vendors that rank first, by name; none where nobody is eligible."""
        return tuple(vendor for vendor in self.ranking if self.ranks[vendor] == 1)

    @property
    def winner(self) -> str | None:
        """The one vendor that is first; None when nobody is, or several tie."""
        leaders = self.leaders
        return leaders[0] if len(leaders) == 1 else None

    def is_faulty(self, vendor: str, leaf: str) -> bool:
        """Whether a vendor's answer on a leaf cannot be valued."""
        return bool(self.faulty[self.proposals.rows[vendor], self.tree.leaves.index(leaf)])

    def knock_outs(self, vendor: str) -> Mapping[str, float]:
        """The criteria, by path, that count 0 for a vendor, with the points it has on them."""
        row = self.proposals.rows[vendor]
        if self.faulty[row].any():
            return {}
        met = fired(self.rules, self.stated, self.given_values, row)
        return {each.criterion: points for each, points in met}

    @property
    def contributions(self) -> pd.DataFrame:
        """Weight times value of every node in [0, 1]; (v, n)."""
        return self.values * self.tree.weights

    @cached_property
    def price_path(self) -> str | None:
        """The path of the criterion that reads the price; None where none is asked or opened."""
        return self.rules.price_path

    @property
    def priced(self) -> tuple[Criterion, Performance] | None:
        """What reads the price, with the answers; None where none is asked or opened."""
        if self.divisor is not None:
            return self.divisor.leaf, self.divisor.answers
        path = self.price_path
        return None if path is None else (self.tree.criterion(path), self.performance[path])

    def price(self, vendor: str) -> float | None:
        """The price a vendor asks, in the rules' currency; None if blank, not asked or closed."""
        if self.priced is None:
            return None
        shown = self.priced[1].shown(self.proposals.rows[vendor])
        return shown if isinstance(shown, float) else None

    def price_is_faulty(self, vendor: str) -> bool:
        """Whether a vendor's price cannot be valued or divided by."""
        if self.divisor is not None:
            return bool(self.divisor.faulty[self.proposals.rows[vendor]])
        return self.price_path is None or self.is_faulty(vendor, self.price_path)

    @cached_property
    def scale(self) -> Floats:
        """What each vendor's points are multiplied by before they are compared; (all vendors,)."""
        return np.ones(len(self.vendors)) if self.divisor is None else self.divisor.scale

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Weight times value of every node in [0, 1] as it is compared; (v, n).

        Under a price per point they are divided by price; see `Divisor`.
        """
        return self.contributions.mul(self._scale, axis=0)

    @property
    def compared_scores(self) -> pd.Series:
        """Scores in [0, 1] as they are compared; (v,)."""
        return self.scores * self._scale

    @property
    def _scale(self) -> Floats:
        return self.scale[self._places(self.scores.index)]

    def price_per_point(self, vendor: str) -> float | None:
        """The price of a point of a scored vendor's quality, where that ranks; None without points.

        In the rules' currency. Points are rounded where the rules say.
        """
        points, price = 100 * self.ranked_score(vendor), self.price(vendor)
        if self.divisor is None or price is None or points <= 0:
            return None
        return price / points

    def ranked_score(self, vendor: str) -> float:
        """A score in [0, 1] as it ranks: rounded where the rules say, exact elsewhere."""
        exact = float(self.scores[vendor])
        return exact if self.rules.rounding is None else self.points[vendor] / 100

    @cached_property
    def unrounded(self) -> "Evaluation":
        """The same without the rounding of the rules, which orders the ranking alone."""
        if self.rules.rounding is None:
            return self
        exact = self.rules.model_copy(update={"rounding": None})
        return replace(self, rules=exact, **self._ranked(exact, self.tree, self.values))

    def weighed(self, scenario: str | None) -> "Evaluation":
        """The same answers under the rules' own weights (None) or a scenario; nothing is read."""
        other = _weighing(self.stated, self.rules, scenario)
        # in rows, as `evaluate` sums them: another order may end in another last digit
        leaves = np.ascontiguousarray(self.values[list(other.leaves)].to_numpy())
        nodes = _nodes(other, leaves, self.values.index)
        ranked = self._ranked(self.rules, other, nodes)
        return replace(self, scenario=scenario, tree=other, values=nodes, **ranked)

    def _ranked(self, rules: Rules, tree: Tree, nodes: pd.DataFrame) -> dict[str, Any]:
        return ranked(rules, tree, self.screening, nodes, self.scale[self._places(nodes.index)])

    def _places(self, vendors: Iterable[str]) -> list[int]:
        return [self.proposals.rows[vendor] for vendor in vendors]


def evaluate(rules: Rules, proposals: Proposals, *, scenario: str | None = None) -> Evaluation:
    """The evaluation of some proposals under the rules, or under one of their scenarios.

    Gates hold under the rules' own weights in every scenario. A vendor with an answer that
    cannot be read, or may not be blank, is incomplete and moves no absolute value of the others.
    Raises UnknownName for an unknown scenario.
    """
    stated = tree(rules.criteria)
    weighed = _weighing(stated, rules, scenario)
    performance, unread = performances(rules.criteria, proposals)
    divided, unpriced = divisor(rules, proposals)
    read = [(stated.criterion(path), performance[path]) for path in stated.leaves]
    given = np.column_stack([performance[path].given for path in stated.leaves])
    values = absolute_values(stated, performance)
    knocked = knocked_out(values, rules, stated)
    before, values = values, np.where(knocked, 0.0, values)
    bounds = value_bounds(stated, performance)
    faulty = faulty_answers(proposals, read)
    screened, met = screening(rules, proposals, stated, bounds, before, given, faulty)
    excluded = frozenset(v for v in proposals.vendors if screened.status(v) == "excluded")
    read += [] if divided is None else [(divided.leaf, divided.answers)]
    faults = faults_by_vendor(proposals, read, (*unread, *unpriced, *met), excluded)
    stopped = frozenset(v for v, own in faults.items() if any(fault.stops for fault in own))
    screened = replace(screened, incomplete=stopped)
    least, most = (after_knock_outs(end, rules, stated) for end in bounds)
    ends = (least, most, values)
    screened = shortlisted(rules, proposals, stated, ends, given, faulty, screened)
    status = np.array([screened.status(vendor) for vendor in proposals.vendors])
    scored = fill_relative_values(values, stated, performance, status) & ~faulty.any(axis=1)
    scale = np.ones(len(scored))
    if divided is not None:
        scored, scale = scored & ~divided.faulty, divided.scale
    vendors = pd.Index(np.array(proposals.vendors, dtype=object)[scored], dtype=object)
    nodes = _nodes(weighed, values[scored], vendors)
    counted = np.isin(status, ["eligible", "undecided"])[:, None] & ~given
    missing = [(proposals.vendors[n], stated.leaves[m]) for n, m in np.argwhere(counted).tolist()]
    return Evaluation(
        rules=rules,
        proposals=proposals,
        scenario=scenario,
        tree=weighed,
        stated=stated,
        screening=screened,
        performance=performance,
        bounds=bounds,
        given_values=np.where(knocked, before, values),
        knocked_out=knocked,
        values=nodes,
        missing=tuple(missing),
        faults=faults,
        faulty=faulty,
        divisor=divided,
        **ranked(rules, weighed, screened, nodes, scale[scored]),
    )


def _weighing(stated: Tree, rules: Rules, scenario: str | None) -> Tree:
    """The criteria tree under the rules' own weights, or under one of their scenarios."""
    if scenario is None:
        return stated
    if scenario not in rules.scenarios:
        hint = nearest(scenario, rules.scenarios) or f"; allowed: {quoted(rules.scenarios)}"
        raise UnknownName(f"unknown scenario {scenario!r}{hint}")
    return stated.reweighted(rules.scenarios[scenario].weights)


def _nodes(weighed: Tree, values: NDArray[np.float64], vendors: pd.Index) -> pd.DataFrame:
    """Values in [0, 1] of every node from those of the leaves, (v, m); (v, n)."""
    nodes = weighted_sums(values, weighed.composition)
    return pd.DataFrame(nodes, index=vendors, columns=list(weighed.paths))

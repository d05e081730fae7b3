"""The additive evaluation: values, weights, scores and ranks (Keeney & Raiffa 1976, ch. 3)."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from vendor_eval.criteria import Tree, tree
from vendor_eval.errors import Fault, InputFaults, UnknownName, nearest, quoted
from vendor_eval.performance import Performance, performances
from vendor_eval.proposal import Proposals
from vendor_eval.rules import Rules
from vendor_eval.screening import Screening, Status, screening

DECIMALS = 9
"""Scores in points that agree to this many decimals are tied."""


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Proposals weighed under rules; v scored vendors, n nodes of the criteria tree.

    A vendor has a score unless it is excluded and left a criterion blank, or no eligible vendor
    gives its relative criteria a measure. Nothing here is ever `nan`: who has no score has no row.
    """

    rules: Rules
    proposals: Proposals
    scenario: str | None
    tree: Tree
    screening: Screening
    performance: Mapping[str, Performance]
    """Answers on each leaf, by path."""
    values: pd.DataFrame
    """Values of every node in [0, 1]; (v, n), vendors by name, nodes by path."""
    scores: pd.Series
    """Scores in [0, 1]; (v,)."""
    ranks: Mapping[str, int]
    """Competition rank of each eligible vendor, 1 the best; ties share a rank."""
    shadow_ranks: Mapping[str, int]
    """For scored vendors not in the ranking: 1 + the eligible vendors that score higher."""
    ranking: tuple[str, ...]
    """Eligible vendors, best first; ties by name."""
    ties_broken: tuple[tuple[str, ...], ...]
    """Groups of vendors with equal scores that `tie_break` put in order."""
    missing: tuple[tuple[str, str], ...]
    """Each (vendor, leaf) left blank and scored 0, for vendors that are not excluded."""

    @property
    def vendors(self) -> tuple[str, ...]:
        """Every vendor, by name."""
        return self.proposals.vendors

    def status(self, vendor: str) -> Status:
        """Whether a vendor is eligible, undecided or excluded."""
        return self.screening.status(vendor)

    def having(self, status: Status) -> tuple[str, ...]:
        """The vendors with this status, by name."""
        return tuple(vendor for vendor in self.vendors if self.status(vendor) == status)

    @property
    def contributions(self) -> pd.DataFrame:
        """Weight times value of every node in [0, 1]; (v, n)."""
        return self.values * self.tree.weights

    def price(self, vendor: str) -> float | None:
        """The price a vendor asks, in the rules' currency; None when it is blank."""
        shown = self.performance[self.rules.price_path].shown(self.proposals.rows[vendor])
        return shown if isinstance(shown, float) else None

    @property
    def relative(self) -> bool:
        """Whether a criterion with weight gives values that depend on who else bid."""
        nodes = zip(self.tree.criteria, self.tree.weights, strict=True)
        return any(c.value is not None and c.value.relative and w > 0 for c, w in nodes)

    def without(self, vendor: str) -> "Evaluation":
        """The evaluation as it would be had this vendor not bid."""
        return evaluate(self.rules, self.proposals.without(vendor), scenario=self.scenario)


def evaluate(rules: Rules, proposals: Proposals, *, scenario: str | None = None) -> Evaluation:
    """The evaluation of some proposals under the rules, or under one of their scenarios.

    Gates hold under the rules' own weights whatever the scenario. Raises InputFaults with every
    answer that cannot be read or may not be blank, UnknownName for an unknown scenario.
    """
    stated = tree(rules.criteria)
    weighed = stated if scenario is None else stated.reweighted(_weights(rules, scenario))
    performance, faults = performances(rules.criteria, proposals)
    given = np.column_stack([performance[path].given for path in stated.leaves])
    values = _absolute_values(stated, performance)
    bounds = _bounds(stated, performance)
    screened, unread = screening(rules, proposals, stated, bounds, given)
    status = np.array([screened.status(vendor) for vendor in proposals.vendors])
    faults += unread
    faults += _blank_faults(stated, proposals, performance, status)
    faults += _relative_faults(stated, proposals, performance, status)
    if faults:
        raise InputFaults(dict.fromkeys(faults))
    scored = _fill_relative_values(values, stated, performance, status) & _answered(stated, given)
    nodes = pd.DataFrame(
        values[scored] @ weighed.composition.T,
        index=pd.Index(np.array(proposals.vendors, dtype=object)[scored], dtype=object),
        columns=list(weighed.paths),
    )
    return _ranked(rules, proposals, scenario, weighed, screened, performance, nodes, given)


def answer_faults(rules: Rules, proposals: Proposals) -> tuple[Fault, ...]:
    """Every fault that `evaluate` would find in the answers."""
    try:
        evaluate(rules, proposals)
    except InputFaults as error:
        return error.faults
    return ()


def _weights(rules: Rules, scenario: str) -> Mapping[str, float]:
    if scenario not in rules.scenarios:
        hint = nearest(scenario, rules.scenarios) or f"; known: {quoted(rules.scenarios)}"
        raise UnknownName(f"unknown scenario {scenario!r}{hint}")
    return rules.scenarios[scenario].weights


def _absolute_values(tree: Tree, performance: Mapping[str, Performance]) -> NDArray[np.float64]:
    """Values in [0, 1] of every answer that does not depend on other bids, else 0; (all, m)."""
    columns = []
    for path in tree.leaves:
        function, answers = tree.criterion(path).value, performance[path]
        if function is None or function.relative:
            columns.append(np.zeros(len(answers.given)))
        else:
            columns.append(answers.values(function))
    return np.column_stack(columns)


def _bounds(
    tree: Tree, performance: Mapping[str, Performance]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The least and the greatest value in [0, 1] that each answer may have; (all, m) each.

    0 where the value depends on other bids: no gate reads such a leaf.
    """
    columns = []
    for path in tree.leaves:
        function, answers = tree.criterion(path).value, performance[path]
        none = np.zeros(len(answers.given))
        absolute = function is not None and not function.relative
        columns.append(answers.bounds(function) if function and absolute else (none, none))
    least, most = zip(*columns, strict=True)
    return np.column_stack(least), np.column_stack(most)


def _blank_faults(
    tree: Tree,
    proposals: Proposals,
    performance: Mapping[str, Performance],
    status: NDArray[np.str_],
) -> list[Fault]:
    faults = []
    for path in tree.leaves:
        leaf = tree.criterion(path)
        if leaf.missing != "fault":
            continue
        blank = np.array([not answer for answer in performance[path].answers])
        for n in np.flatnonzero(blank & (status != "excluded")):
            place = proposals.place(proposals.vendors[n], str(leaf.reads))
            origin = proposals.origins.get((proposals.vendors[n], str(leaf.reads)))
            why = f" ({origin.note})" if origin and origin.note else ""
            message = f"found no answer{why}; allowed: an answer, or 'missing: worst' on"
            faults.append(Fault(place, f"{message} the criterion {path!r}"))
    return faults


def _relative_faults(
    tree: Tree,
    proposals: Proposals,
    performance: Mapping[str, Performance],
    status: NDArray[np.str_],
) -> list[Fault]:
    faults = []
    for path in tree.leaves:
        leaf, answers = tree.criterion(path), performance[path]
        if leaf.value is None or not leaf.value.positive:
            continue
        for n in np.flatnonzero((status == "eligible") & answers.given & (answers.low <= 0)):
            place = proposals.place(proposals.vendors[n], str(leaf.reads))
            message = f"found {answers.answers[n]}; allowed: above 0, since {path!r} divides by it"
            faults.append(Fault(place, message))
    return faults


def _fill_relative_values(
    values: NDArray[np.float64],
    tree: Tree,
    performance: Mapping[str, Performance],
    status: NDArray[np.str_],
) -> NDArray[np.bool_]:
    """Whose relative values are known, once they stand in `values`; (all,)."""
    known = np.ones(len(status), dtype=bool)
    for m, path in enumerate(tree.leaves):
        function, answers = tree.criterion(path).value, performance[path]
        if function is None or not function.relative:
            continue
        among = answers.likely[(status == "eligible") & answers.given]
        if len(among):
            values[:, m] = answers.values(function, among)
        else:
            known &= ~answers.given
    return known


def _answered(tree: Tree, given: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whose answers suffice for a score; (all,)."""
    needed = np.array([tree.criterion(path).missing == "fault" for path in tree.leaves])
    return (given | ~needed).all(axis=1)


def _ranked(
    rules: Rules,
    proposals: Proposals,
    scenario: str | None,
    tree: Tree,
    screened: Screening,
    performance: Mapping[str, Performance],
    nodes: pd.DataFrame,
    given: NDArray[np.bool_],
) -> Evaluation:
    weights = tree.weights[[tree.at(path) for path in tree.top]]
    scores = pd.Series(nodes[list(tree.top)].to_numpy() @ weights, index=nodes.index)
    eligible = [vendor for vendor in nodes.index if screened.status(vendor) == "eligible"]
    keys = np.column_stack(
        [_points(scores[eligible]), *(_points(nodes.loc[eligible, p]) for p in rules.tie_break)]
    )
    ranks = dict(zip(eligible, competition_ranks([tuple(key) for key in keys]), strict=True))
    points = dict(zip(scores.index, _points(scores), strict=True))
    ascending = sorted(points[vendor] for vendor in eligible)
    ordered = tuple(sorted(eligible, key=lambda vendor: (ranks[vendor], vendor)))
    return Evaluation(
        rules=rules,
        proposals=proposals,
        scenario=scenario,
        tree=tree,
        screening=screened,
        performance=performance,
        values=nodes,
        scores=scores,
        ranks=ranks,
        shadow_ranks={
            vendor: 1 + len(ascending) - bisect_right(ascending, points[vendor])
            for vendor in nodes.index
            if vendor not in ranks
        },
        ranking=ordered,
        ties_broken=_ties_broken(ordered, ranks, points),
        missing=tuple(
            (vendor, path)
            for n, vendor in enumerate(proposals.vendors)
            if screened.status(vendor) != "excluded"
            for m, path in enumerate(tree.leaves)
            if not given[n, m]
        ),
    )


def competition_ranks(keys: Sequence[Any]) -> list[int]:
    """Ranks 1, 1, 3 ... of keys that compare, the greatest first; equal keys share a rank."""
    first: dict[Any, int] = {}
    for place, key in enumerate(sorted(keys, reverse=True), start=1):
        first.setdefault(key, place)
    return [first[key] for key in keys]


def _points(shares: pd.Series) -> NDArray[np.float64]:
    """Points (0-100) to the decimals that count, so that float noise breaks no tie."""
    return np.round(100 * shares.to_numpy(dtype=float), DECIMALS)


def _ties_broken(
    ranking: tuple[str, ...], ranks: Mapping[str, int], points: Mapping[str, float]
) -> tuple[tuple[str, ...], ...]:
    groups: dict[float, list[str]] = {}
    for vendor in ranking:
        groups.setdefault(points[vendor], []).append(vendor)
    return tuple(tuple(g) for g in groups.values() if len({ranks[vendor] for vendor in g}) > 1)

"""The smallest weight changes, against plain linear programmes and random search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from make import examples
from make.builders import five_criteria, rules
from make.random_trees import evaluations, leaders, matrix, scores_at
from vendor_eval.analysis.sensitivity.weight_changes import (
    potentially_optimal,
    smallest_weight_changes,
)
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

Floats = np.ndarray


def smallest(leads: Floats, weights: Floats, norm: str) -> float | None:
    """The smallest change by a programme in the new weights and bounds t on each move.

    Its tolerance of 1e-10 on a lead lets a small lead vanish a little too early.
    """
    n = len(weights)
    each = np.eye(n) if norm == "total" else np.ones((n, 1))
    m = each.shape[1]
    solved = linprog(
        np.concatenate([np.zeros(n), np.ones(m)]),
        A_ub=np.block(
            [[np.eye(n), -each], [-np.eye(n), -each], [-leads, np.zeros((len(leads), m))]]
        ),
        b_ub=np.concatenate([weights, -weights, np.full(len(leads), 1e-11)]),
        A_eq=np.concatenate([np.ones(n), np.zeros(m)])[None],
        b_eq=[1],
        bounds=(0, None),
        options={"primal_feasibility_tolerance": 1e-10},
    )
    return float(solved.fun) if solved.status == 0 else None


def others_lead(values: Floats, n: int) -> Floats:
    return values[n] - np.delete(values, n, axis=0)


@examples(quick=75, further=300)
@given(evaluations(most=8), st.sampled_from([1, 16]))
def test_the_smallest_changes_are_those_of_a_plain_programme(
    evaluation: Evaluation, at_a_time: int
) -> None:
    values, weights = matrix(evaluation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vendor_eval.analysis.sensitivity.weight_changes.IN_THE_WAY", at_a_time)
        changes = smallest_weight_changes(evaluation)
    assert set(changes) == {v for v, rank in evaluation.ranks.items() if rank > 1}
    for n, vendor in enumerate(evaluation.ranking):
        if vendor not in changes:
            continue
        leads, change = others_lead(values, n), changes[vendor]
        total, largest = (smallest(leads, weights, norm) for norm in ("total", "largest"))
        assert (change is None) == (total is None)
        if change is not None:
            assert change.total == pytest.approx(total, abs=1e-6)
            assert change.largest == pytest.approx(largest, abs=1e-6)


@given(evaluations(most=8))
def test_at_the_weights_reached_the_rival_is_first(evaluation: Evaluation) -> None:
    tree = evaluation.tree
    stated = {path: float(tree.shares[tree.at(path)]) for path in tree.top}
    for vendor, change in smallest_weight_changes(evaluation).items():
        if change is None:
            continue
        for reached in (change.weights, change.evenly):
            shares = stated | dict(reached)
            assert sum(shares.values()) == pytest.approx(1)
            assert min(shares.values()) >= 0
            assert vendor in leaders(scores_at(evaluation, shares))
            moves = [abs(share - stated[path]) for path, share in reached.items()]
            assert all(moves)
            assert change.total <= sum(moves) + 1e-9
            assert change.largest <= max(moves, default=0) + 1e-9
        total = sum(abs(share - stated[path]) for path, share in change.weights.items())
        assert change.total == pytest.approx(total, abs=1e-10)
        largest = [abs(share - stated[path]) for path, share in change.evenly.items()]
        assert change.largest == pytest.approx(max(largest, default=0), abs=1e-10)


@given(evaluations(most=8), st.integers(0, 2**32 - 1))
def test_no_random_weights_beat_the_smallest_change(evaluation: Evaluation, seed: int) -> None:
    values, weights = matrix(evaluation)
    drawn = np.random.default_rng(seed).dirichlet(np.ones(len(weights)), 300)
    parts = np.linspace(0, 1, 21)[1:, None, None]
    tried = (weights + parts * (drawn - weights)).reshape(-1, len(weights))
    changes, possible = smallest_weight_changes(evaluation), potentially_optimal(evaluation)
    for n, vendor in enumerate(evaluation.ranking):
        first = tried[(others_lead(values, n) @ tried.T >= 0).all(axis=0)]
        if not len(first):
            continue
        assert possible[vendor]
        if vendor in changes:
            change = changes[vendor]
            assert change is not None
            assert change.total <= abs(first - weights).sum(axis=1).min() + 1e-9
            assert change.largest <= abs(first - weights).max(axis=1).min() + 1e-9


@examples(quick=60, further=200)
@given(evaluations(most=8))
def test_a_vendor_that_no_weights_put_first_cannot_be_optimal(evaluation: Evaluation) -> None:
    possible = potentially_optimal(evaluation)
    assert set(possible) == set(evaluation.ranking)
    for vendor, rank in evaluation.ranks.items():
        if rank == 1:
            assert possible[vendor]
    for vendor, change in smallest_weight_changes(evaluation).items():
        # what the top level can do, all weights together can
        assert possible[vendor] or change is None
        assert possible[vendor] == (plain_lead(evaluation, vendor) >= -1e-10)


def plain_lead(evaluation: Evaluation, vendor: str) -> float:
    """The largest lead that any weights of the leaves give a vendor, by scipy's programme."""
    values = evaluation.values.loc[list(evaluation.ranking), list(evaluation.tree.leaves)]
    leads = values.loc[vendor].to_numpy() - values.drop(index=vendor).to_numpy()
    k, n = leads.shape
    solved = linprog(
        np.append(np.zeros(n), -1.0),
        A_ub=np.hstack([-leads, np.ones((k, 1))]),
        b_ub=np.zeros(k),
        A_eq=[np.append(np.ones(n), 0.0)],
        b_eq=[1.0],
        bounds=[(0, 1)] * n + [(-1, 1)],
    )
    return -float(solved.fun)


def test_a_vendor_that_only_weights_within_a_branch_put_first_is_potentially_optimal() -> None:
    # Y: 50 and 60 on the branches, X 60 and 60; with all on its own leaf Y has 90 to 30
    inner = [{"id": i, "label": i, "answer": i, "weight": 1, "value": "identity"} for i in "ab"]
    branch = {"id": "s", "label": "Service", "weight": 1, "criteria": tuple(inner)}
    price = inner[0] | {"id": "c", "label": "c", "answer": "c"}
    typed = Rules.model_validate(
        {"title": "T", "decision": "D", "currency": "EUR", "price": "c"}
        | {"criteria": (branch, price)}
    )
    bids = {"X": {"a": 90, "b": 30, "c": 60}, "Y": {"a": 10, "b": 90, "c": 60 - 1}}
    evaluation = evaluate(typed, proposals(bids))
    assert smallest_weight_changes(evaluation) == {"Y": None}
    assert potentially_optimal(evaluation) == {"X": True, "Y": True}


def test_the_worked_example_draws_level_by_the_weights_given() -> None:
    changes = smallest_weight_changes(evaluate(*five_criteria()))
    assert changes["B"] is not None
    assert changes["B"].total == pytest.approx(0.0783, abs=5e-5)
    assert changes["B"].weights == pytest.approx({"expertise": 0.3391, "cost": 0.2609}, abs=5e-5)
    assert changes["C"] is not None
    # C gains most on language and loses most on cost: 1.9 points, 26 a share moved
    assert changes["C"].total == pytest.approx(2 * 1.9 / 26)
    assert changes["C"].weights == pytest.approx(
        {"language": 0.08 + 1.9 / 26, "cost": 0.3 - 1.9 / 26}
    )


def test_the_largest_single_move_is_spread_over_the_criteria() -> None:
    bids = {"X": {"a": 60, "b": 60, "c": 0, "d": 0}, "Y": {"a": 0, "b": 0, "c": 40, "d": 40}}
    change = smallest_weight_changes(evaluate(rules(dict.fromkeys("abcd", 1)), proposals(bids)))[
        "Y"
    ]
    assert change is not None
    # level where 60 (1 - s) = 40 s with s the shares of c and d together: 0.6
    assert change.total == pytest.approx(0.2)
    assert change.largest == pytest.approx(0.05)
    assert change.evenly == pytest.approx({"a": 0.2, "b": 0.2, "c": 0.3, "d": 0.3})


def test_a_vendor_worse_on_everything_is_impossible_at_any_weights() -> None:
    bids = {"X": {"a": 80, "b": 70}, "Y": {"a": 60, "b": 60}}
    evaluation = evaluate(rules({"a": 1, "b": 1}), proposals(bids))
    assert smallest_weight_changes(evaluation) == {"Y": None}
    assert potentially_optimal(evaluation) == {"X": True, "Y": False}


def test_a_vendor_beaten_by_a_mix_is_impossible_though_nobody_dominates_it() -> None:
    bids = {"X": {"a": 100, "b": 0}, "Y": {"a": 0, "b": 100}, "Z": {"a": 45, "b": 45}}
    evaluation = evaluate(rules({"a": 6, "b": 4}), proposals(bids))
    assert potentially_optimal(evaluation) == {"X": True, "Y": True, "Z": False}
    assert smallest_weight_changes(evaluation)["Z"] is None


def test_a_third_vendor_in_the_way_makes_the_change_larger() -> None:
    bids = {"X": {"a": 90, "b": 0, "c": 50}, "Y": {"a": 0, "b": 90, "c": 50}}
    bids["Z"] = {"a": 40, "b": 55, "c": 60}
    evaluation = evaluate(rules({"a": 0.6, "b": 0.2, "c": 0.2}), proposals(bids))
    values, weights = matrix(evaluation)
    for n, vendor in enumerate(evaluation.ranking[1:], start=1):
        change = smallest_weight_changes(evaluation)[vendor]
        assert change is not None
        assert change.total == pytest.approx(smallest(others_lead(values, n), weights, "total"))


@pytest.mark.parametrize(
    "bids", [{"X": {"a": 1}}, {"X": {"a": 1}, "Y": {"a": 1}}], ids=["one", "identical"]
)
def test_who_is_first_already_needs_no_change(bids: dict[str, dict[str, int]]) -> None:
    evaluation = evaluate(rules({"a": 1}), proposals(bids))
    assert smallest_weight_changes(evaluation) == {}
    assert potentially_optimal(evaluation) == dict.fromkeys(bids, True)


def test_a_tie_that_the_rules_break_needs_no_change_of_weights() -> None:
    bids = {"X": {"a": 60, "b": 40}, "Y": {"a": 40, "b": 60}}
    evaluation = evaluate(rules({"a": 1, "b": 1}, tie_break=("a",)), proposals(bids))
    change = smallest_weight_changes(evaluation)["Y"]
    assert change is not None
    assert (change.total, change.weights, change.largest, change.evenly) == (0, {}, 0, {})


def test_a_single_criterion_leaves_no_weight_to_move() -> None:
    evaluation = evaluate(rules({"a": 1}), proposals({"X": {"a": 2}, "Y": {"a": 1}}))
    assert smallest_weight_changes(evaluation) == {"Y": None}

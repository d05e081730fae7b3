"""Near weights: shares of first places, ties, and the seed."""

import itertools

import numpy as np
import pytest
from builders import assessed, five_criteria, rules
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from vendor_eval.criteria import tree
from vendor_eval.evaluation import evaluate
from vendor_eval.robustness import near_weights, rank_counts
from vendor_eval.rules import Rules


def test_the_worked_first_place_shares_are_found() -> None:
    near = near_weights(evaluate(*five_criteria()), draws=400_000)
    expected = {"A": 0.874, "B": 0.126, "C": 0.0}
    assert {v: near.first(v) for v in "ABC"} == pytest.approx(expected, abs=0.005)


def test_the_same_seed_gives_the_same_shares_and_another_seed_others() -> None:
    evaluation = evaluate(*five_criteria())
    first, again, other = (near_weights(evaluation, seed=s).rank_acceptability for s in (0, 0, 1))
    assert first.equals(again)
    assert not first.equals(other)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = evaluate(*five_criteria())
    whole = near_weights(evaluation, draws=5000).rank_acceptability
    monkeypatch.setattr("vendor_eval.robustness.simulation.LEAST", 7)
    assert near_weights(evaluation, draws=5000).rank_acceptability.equals(whole)


def _naive(scores: np.ndarray) -> np.ndarray:
    k = scores.shape[1]
    counts = np.zeros((k, k))
    for row in scores:
        for vendor in range(k):
            better, tied = (row > row[vendor]).sum(), (row == row[vendor]).sum()
            counts[vendor, better : better + tied] += 1 / tied
    return counts


@given(
    arrays.arrays(
        float,
        st.tuples(st.integers(1, 8), st.integers(1, 5)),
        elements=st.integers(0, 4).map(lambda n: n / 4),
    )
)
def test_ties_split_the_ranks_they_span(scores: np.ndarray) -> None:
    assert rank_counts(scores) == pytest.approx(_naive(scores), abs=1e-12)


def test_identical_vendors_share_first_place_equally() -> None:
    same = {"a": 60, "b": 40}
    near = assessed({"X": same, "Y": same}, rules({"a": 1, "b": 1})).near_weights
    assert near.rank_acceptability.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_shares_of_each_rank_and_of_each_vendor_sum_to_one() -> None:
    shares = near_weights(evaluate(*five_criteria())).rank_acceptability.to_numpy()
    assert shares.sum(axis=0) == pytest.approx(np.ones(3))
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))


def test_no_spread_means_no_doubt() -> None:
    near = near_weights(evaluate(*five_criteria()), spread=0.0)
    assert near.first("A") == 1.0


def _split(pieces: int) -> Rules:
    part = {"label": "q", "weight": 1.0, "answer": "quality", "value": "identity"}
    parts = tuple({"id": f"q{n}"} | part for n in range(pieces))
    top = (
        {"id": "cost", "label": "c", "weight": 50.0, "answer": "cost", "value": "identity"},
        {"id": "quality", "label": "q", "weight": 50.0, "criteria": parts},
    )
    typed = {"title": "t", "decision": "d", "currency": "EUR", "price": "cost"}
    return Rules.model_validate(typed | {"criteria": top})


def test_splitting_a_criterion_into_identical_parts_leaves_its_weight_as_uncertain() -> None:
    bids = {"X": {"cost": 70, "quality": 40}, "Y": {"cost": 45, "quality": 60}}
    shares = [
        assessed(bids, _split(pieces), draws=200_000).near_weights.first("X") for pieces in (1, 7)
    ]
    assert shares[0] == pytest.approx(shares[1], abs=0.005)


def test_first_place_shares_match_the_exact_volume_for_two_criteria() -> None:
    # X leads where w1 u1 / w2 u2 > 20/25; with u in [0.75, 1.25] squared the area is known
    bids = {"X": {"a": 70, "b": 40}, "Y": {"a": 45, "b": 60}}
    near = assessed(bids, rules({"a": 50, "b": 50}), draws=400_000).near_weights
    grid = np.linspace(0.75, 1.25, 2001)
    exact = np.mean(np.clip((np.minimum(grid / 0.8, 1.25) - 0.75) / 0.5, 0, 1))
    assert near.first("X") == pytest.approx(exact, abs=0.004)


@pytest.mark.parametrize("k", [1, 2])
def test_one_and_two_vendors_are_ranked_too(k: int) -> None:
    bids = dict(itertools.islice({"X": {"a": 1}, "Y": {"a": 2}}.items(), k))
    near = assessed(bids, rules({"a": 1})).near_weights
    assert near.rank_acceptability.shape == (k, k)
    assert tree(rules({"a": 1}).criteria).weights.tolist() == [1.0]

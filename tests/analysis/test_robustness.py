"""Simulation over weights near the stated ones: shares of ranks, ties, the seed, its faults."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.stats import beta

from make.builders import FIVE, VALUES, assessed, five_criteria, rules
from make.exact_pairs import ahead
from vendor_eval.analysis.simulation.ranks import UNITS, standings
from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import UnknownName, VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.rules import Rules


def test_the_worked_first_place_shares_are_found() -> None:
    near = near_weights(evaluate(*five_criteria()), draws=400_000)
    # ten million weightings of numpy's own Dirichlet(80 x weights): standard error 0.0001
    expected = {"A": 0.7793, "B": 0.2021, "C": 0.0186}
    assert {v: near.first(v) for v in "ABC"} == pytest.approx(expected, abs=0.003)


def test_the_worked_pairwise_shares_are_those_of_the_exact_integral() -> None:
    near = near_weights(evaluate(*five_criteria()), draws=400_000)
    shapes = [80 * weight for weight in FIVE.values()]
    for rival in "BC":
        differences = np.subtract(VALUES["A"], VALUES[rival])
        assert near.ahead[rival] == pytest.approx(ahead(differences, shapes), abs=0.003)


def test_the_same_seed_gives_the_same_shares_and_another_seed_others() -> None:
    evaluation = evaluate(*five_criteria())
    first, again, other = (near_weights(evaluation, seed=s).rank_acceptability for s in (0, 0, 1))
    assert first.equals(again)
    assert not first.equals(other)


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = evaluate(*five_criteria())
    whole = near_weights(evaluation, draws=5000).rank_acceptability
    monkeypatch.setattr("vendor_eval.analysis.simulation.simulation.LEAST", 7)
    monkeypatch.setattr("vendor_eval.analysis.simulation.simulation.BLOCK", 1)
    assert near_weights(evaluation, draws=5000).rank_acceptability.equals(whole)


def counted(scores: np.ndarray) -> np.ndarray:
    """How many rows of scores (draws, k), in [0, 1], give each vendor each rank; (k, k)."""
    return standings(np.rint(UNITS * np.ascontiguousarray(scores.T))).ranks


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
    assert counted(scores) == pytest.approx(_naive(scores), abs=1e-12)


def test_identical_vendors_share_first_place_equally() -> None:
    same = {"a": 60, "b": 40}
    near = assessed({"X": same, "Y": same}, rules({"a": 1, "b": 1})).near_weights
    assert near.rank_acceptability.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_shares_of_each_rank_and_of_each_vendor_sum_to_one() -> None:
    shares = near_weights(evaluate(*five_criteria())).rank_acceptability.to_numpy()
    assert shares.sum(axis=0) == pytest.approx(np.ones(3))
    assert shares.sum(axis=1) == pytest.approx(np.ones(3))


def test_weights_that_are_not_drawn_leave_no_doubt() -> None:
    near = near_weights(evaluate(*five_criteria()), concentration=math.inf)
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
    # X leads where 25 a > 20 (1 - a), a above 4/9; a alone has a beta distribution
    bids = {"X": {"a": 70, "b": 40}, "Y": {"a": 45, "b": 60}}
    near = assessed(bids, rules({"a": 50, "b": 50}), draws=400_000).near_weights
    assert near.first("X") == pytest.approx(beta.sf(4 / 9, 40, 40), abs=0.003)


@pytest.mark.parametrize("k", [1, 2])
def test_one_and_two_vendors_are_ranked_too(k: int) -> None:
    bids = dict(itertools.islice({"X": {"a": 1}, "Y": {"a": 2}}.items(), k))
    near = assessed(bids, rules({"a": 1})).near_weights
    assert near.rank_acceptability.shape == (k, k)
    assert tree(rules({"a": 1}).criteria).weights.tolist() == [1.0]


def in_points(values: dict[str, list[float]]) -> Evaluation:
    """Vendors already in points on criteria of equal weight."""
    names = "abcdefghijklmnop"[: len(next(iter(values.values())))]
    bids = {v: dict(zip(names, row, strict=True)) for v, row in values.items()}
    return evaluate(rules(dict.fromkeys(names, 1.0)), proposals(bids))


@pytest.mark.parametrize("k", [0, 1])
def test_no_vendor_and_one_vendor_are_simulated_too(k: int) -> None:
    gate = {"id": "g", "label": "g", "answer": "a", "rule": {"at_least": 50.0}}
    bids = {"X": {"a": 60 if k else 40, "b": 1}, "Y": {"a": 40, "b": 2}}
    evaluation = evaluate(rules({"a": 1.0, "b": 1.0}, gates=(gate,)), proposals(bids))
    for found in (any_weights(evaluation, draws=10), near_weights(evaluation, draws=10)):
        assert found.rank_acceptability.shape == (k, k)
        assert found.expected_rank.tolist() == [1.0] * k
        assert found.central_weights.shape == (k, 2)
        assert found.confidence_factor.tolist() == [1.0] * k


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"draws": 0}, "at least 1"),
        ({"seed": -1}, "0 or above"),
    ],
)
def test_a_simulation_that_cannot_be_run_says_what_is_allowed(options: dict, told: str) -> None:
    with pytest.raises(VendorEvalError, match=told):
        near_weights(evaluate(*five_criteria()), **options)


def test_an_unknown_vendor_is_answered_with_the_nearest() -> None:
    found = any_weights(in_points({"Alpha": [70, 40], "Beta": [45, 60]}), draws=10)
    with pytest.raises(UnknownName, match="did you mean 'Alpha'"):
        found.first("Alfa")


@settings(max_examples=100)
@given(
    arrays.arrays(
        float, st.tuples(st.integers(1, 9), st.integers(1, 12)), elements=st.integers(0, 5)
    )
)
def test_many_vendors_are_ranked_by_sorting_as_few_are_by_comparing(units: np.ndarray) -> None:
    compared = standings(units)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vendor_eval.analysis.simulation.ranks.MANY", 0)
        by_sorting = standings(units)
    assert by_sorting.wins is None
    assert by_sorting.ahead.tolist() == compared.ahead.tolist()
    assert by_sorting.tied.tolist() == compared.tied.tolist()
    assert by_sorting.alike.tolist() == compared.alike.tolist()
    assert by_sorting.ranks == pytest.approx(compared.ranks)


def test_the_same_is_said_of_many_vendors_as_of_few_but_for_pairs() -> None:
    random = np.random.default_rng(2)
    evaluation = in_points({f"V{n}": random.integers(0, 100, 3).tolist() for n in range(30)})
    few = any_weights(evaluation, draws=2000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vendor_eval.analysis.simulation.ranks.MANY", 10)
        patch.setattr("vendor_eval.analysis.simulation.simulations.MANY", 10)
        many = any_weights(evaluation, draws=2000)
    assert many.rank_acceptability.equals(few.rank_acceptability)
    assert many.central_weights.equals(few.central_weights)
    assert many.expected_rank.to_numpy() == pytest.approx(few.expected_rank.to_numpy(), abs=0.3)
    assert many.pairwise.empty
    assert many.pairwise_error.empty
    assert not few.pairwise.empty


def test_more_than_127_vendors_are_counted_right() -> None:
    values = np.random.default_rng(0).permutation(np.linspace(0, 100, 300))
    scores = np.tile(values / 100, (3, 1))
    counts = counted(scores)
    expected = np.zeros((300, 300))
    expected[np.arange(300), np.argsort(np.argsort(-values))] = 3
    assert (counts == expected).all()

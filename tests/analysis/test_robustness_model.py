"""Weights, judgement errors and stated errors are drawn as the model says."""

import math
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.exact_pairs import ahead
from vendor_eval.analysis.simulation.acceptability import NearWeights
from vendor_eval.analysis.simulation.errors import errors_of
from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.weights.dirichlet import around, weight_ranges
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.rules import Rules

DRAWS = 40_000
TYPED = {"title": "T", "decision": "D", "currency": "EUR", "price": "cost"}
LINEAR = {"linear": {"worst": 0, "best": 100}}


def leaf(id_: str, weight: float, answer: str | None = None, **more: Any) -> dict[str, Any]:
    """A leaf that takes 0 to 100 as points; nobody's judgement unless `more` says so."""
    typed = {"id": id_, "label": id_.title(), "weight": weight, "answer": answer or id_}
    return typed | {"value": LINEAR} | more


def branch(id_: str, weight: float, *criteria: dict[str, Any]) -> dict[str, Any]:
    return {"id": id_, "label": id_.title(), "weight": weight, "criteria": criteria}


def evaluated(offers: dict[str, dict[str, Any]], *criteria: dict[str, Any]) -> Evaluation:
    rules = Rules.model_validate(TYPED | {"criteria": criteria})
    return evaluate(rules, proposals(offers))


def share(drawn: NearWeights) -> float:
    """How often the first of two vendors is ahead."""
    return float(drawn.ahead.iloc[0])


def near(share_: float, exact: float, draws: int = DRAWS) -> bool:
    """Whether a share of draws is within five standard errors of what it estimates."""
    error = math.sqrt(max(exact * (1 - exact), 1 / draws) / draws)
    return abs(share_ - exact) < 5 * error


def test_nine_in_ten_weights_lie_in_the_ranges_that_are_shown() -> None:
    rules = (leaf("cost", 30), leaf("language", 10), branch("rest", 60, leaf("a", 1), leaf("b", 2)))
    weights = tree(Rules.model_validate(TYPED | {"criteria": rules}).criteria)
    ranges = weight_ranges(weights, concentration=80)
    # the ranges of the design: cost, agreed at 30 %, between 22 and 39 %; 10 %, between 5 and 16 %
    assert [round(100 * x) for x in ranges["cost"]] == [22, 39]
    assert [round(100 * x) for x in ranges["language"]] == [5, 16]
    drawn = around(weights, concentration=80).drawn(DRAWS, seed=1)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert drawn.mean(axis=0) == pytest.approx([0.3, 0.1, 0.2, 0.4], abs=0.002)
    whole = drawn @ around(weights, concentration=80).composition.T
    low, high = ranges["rest"]
    rest = whole[:, 2:].sum(axis=1)
    assert near(float(((low < rest) & (rest < high)).mean()), 0.9)


@settings(max_examples=25)
@given(st.data(), st.sampled_from([0.5, 4.0, 30.0, 80.0, 200.0]))
def test_a_pair_of_vendors_wins_as_often_as_the_exact_integral_says(
    data: st.DataObject, concentration: float
) -> None:
    size = data.draw(st.integers(2, 6))
    number = st.one_of(st.just(0.0), st.floats(0.02, 5))
    agreed = data.draw(st.lists(number, min_size=size, max_size=size).filter(any))
    points = st.integers(0, 100)
    rows = [data.draw(st.lists(points, min_size=size, max_size=size)) for _ in range(2)]
    names = ["cost", *(f"c{n}" for n in range(1, size))]
    offers = {v: dict(zip(names, row, strict=True)) for v, row in zip("AB", rows, strict=True)}
    criteria = [leaf(name, w) for name, w in zip(names, agreed, strict=True)]
    evaluation = evaluated(offers, *criteria)
    first, second = evaluation.ranking
    values = evaluation.values[list(evaluation.tree.leaves)]
    differences = (values.loc[first] - values.loc[second]).to_numpy()
    shapes = concentration * evaluation.tree.weights
    drawn = near_weights(evaluation, concentration=concentration, draws=DRAWS)
    assert near(share(drawn), ahead(differences.tolist(), shapes.tolist()))


@pytest.mark.parametrize("error", [1.0, 3.0, 8.0])
@pytest.mark.parametrize("judged", [0.25, 0.6, 1.0])
def test_two_judged_vendors_swap_as_often_as_the_normal_distribution_says(
    error: float, judged: float
) -> None:
    offers = {"A": {"cost": 50, "q": 54}, "B": {"cost": 50, "q": 50}}
    criteria = leaf("cost", 1 - judged), leaf("q", judged, unit="points")
    evaluation = evaluated(offers, *criteria)
    drawn = near_weights(
        evaluation, concentration=math.inf, judgement_error=error, draws=DRAWS, seed=3
    )
    # both judged parts are off together by error x weight, each vendor for itself
    exact = NormalDist().cdf(4 * judged / (math.sqrt(2) * error * judged))
    assert near(share(drawn), exact)


def test_stated_errors_add_to_the_judged_ones_and_are_shared_by_leaves_of_one_answer() -> None:
    offers = {"A": {"cost": 50, "q": 55, "speed": 52}, "B": {"cost": 50, "q": 50, "speed": 50}}
    criteria = (
        leaf("cost", 20),
        leaf("q", 40, judged=True),
        leaf("one", 10, "speed", error=6),
        leaf("other", 30, "speed", error=6),
    )
    evaluation = evaluated(offers, *criteria)
    drawn = near_weights(evaluation, concentration=math.inf, judgement_error=3, draws=DRAWS, seed=5)
    deviation = math.hypot(3 * 0.4, 6 * (0.1 + 0.3))
    exact = NormalDist().cdf((0.4 * 5 + 0.4 * 2) / (math.sqrt(2) * deviation))
    assert near(share(drawn), exact)


@settings(max_examples=15)
@given(st.data())
def test_neither_nesting_nor_splitting_changes_how_often_a_vendor_is_ahead(
    data: st.DataObject,
) -> None:
    points = st.integers(0, 100)
    names = ("cost", "q", "r", "s")
    offers = {v: {name: data.draw(points) for name in names} for v in "ABC"}
    w = [data.draw(st.integers(1, 9)) for _ in names]
    judged = {"unit": "points"}
    stated = {"error": 5.0}
    flat = [leaf("cost", w[0]), leaf("q", w[1], **judged), leaf("r", w[2], **judged)]
    flat.append(leaf("s", w[3], **stated))
    nested = [flat[0], branch("rest", w[1] + w[2] + w[3], *flat[1:])]
    parts = [leaf(f"q{n}", w[1] / 3, "q", **judged) for n in range(3)]
    sideways = [flat[0], *parts, *flat[2:]]
    halves = [leaf(f"s{n}", 1, "s", **stated) for n in range(2)]
    beneath = [*flat[:3], branch("split", w[3], *halves)]
    shares = []
    for seed, criteria in enumerate((flat, nested, sideways, beneath)):
        evaluation = evaluated(offers, *criteria)
        drawn = near_weights(
            evaluation, concentration=30, judgement_error=4, draws=DRAWS, seed=seed
        )
        shares.append(drawn.ahead.to_numpy())
    for other in shares[1:]:
        for one, two in zip(shares[0], other, strict=True):
            # two estimates of one share
            assert abs(one - two) < 5 * math.sqrt(2 * max(one * (1 - one), 1e-4) / DRAWS)


def test_a_blank_answer_carries_no_error_and_a_price_is_never_judged() -> None:
    judged = {"missing": "worst", "unit": "points"}
    rules = leaf("cost", 50, value="identity"), leaf("q", 50, **judged)
    offers = {"A": {"cost": 50, "q": 60}, "B": {"cost": 50, "q": ""}}
    evaluation = evaluated(offers, *rules)
    [source] = errors_of(evaluation, ("A", "B"), 3.0).points
    assert source.tolist() == [[0.0, 3.0], [0.0, 0.0]]


def test_an_error_under_a_relative_function_is_drawn_before_the_function() -> None:
    relative = {"value": "this_over_highest", "error": 2.0}
    offers = {"A": {"cost": 50, "q": 50}, "B": {"cost": 50, "q": 47}}
    evaluation = evaluated(offers, leaf("cost", 50), leaf("q", 50, **relative))
    drawn = near_weights(evaluation, concentration=math.inf, draws=DRAWS, seed=2)
    # the higher answer is first whatever the maximum
    assert near(share(drawn), NormalDist().cdf(3 / (math.sqrt(2) * 2.0)))
    assert drawn.judgement_error == 0


def test_an_answer_that_its_error_would_take_below_zero_stays_a_price() -> None:
    """The rarely needed floor: a thousandth of what was entered, drawn here by numpy alone."""
    prices = np.array([100.0, 150.0])
    offers = {"A": {"cost": 50, "q": prices[0]}, "B": {"cost": 50, "q": prices[1]}}
    relative = {"value": "lowest_over_this", "error": 500.0}
    evaluation = evaluated(offers, leaf("cost", 50), leaf("q", 50, **relative))
    drawn = near_weights(evaluation, concentration=math.inf, draws=DRAWS, seed=4)
    off = np.random.default_rng(0).normal(0, 500.0, (1_000_000, 2))
    asked = np.maximum(prices + off, prices / 1000)
    assert (asked == prices / 1000).all(axis=1).mean() > 0.1  # both at the floor: A is cheaper
    assert near(share(drawn), float((asked[:, 0] < asked[:, 1]).mean()))


def test_a_judged_answer_with_an_error_in_its_own_unit_is_not_off_twice() -> None:
    relative = {"value": "this_over_highest", "error": 2.0, "unit": "points"}
    rules = leaf("cost", 50, value="identity"), leaf("q", 50, **relative)
    evaluation = evaluated({"A": {"cost": 50, "q": 60}, "B": {"cost": 50, "q": 50}}, *rules)
    assert errors_of(evaluation, ("A", "B"), 3.0).points == ()


def test_weights_sum_to_one_however_loosely_they_are_drawn() -> None:
    rules = leaf("cost", 60), leaf("a", 30), leaf("b", 10)
    weights = tree(Rules.model_validate(TYPED | {"criteria": rules}).criteria)
    drawn = around(weights, concentration=1e-4).drawn(1_000, seed=1)
    assert drawn.sum(axis=1) == pytest.approx(1)

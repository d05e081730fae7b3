"""Answers in doubt: ranges, likely values and blanks under the simulation."""

import math
from typing import Any

import numpy as np
import pytest

from make.builders import rules
from vendor_eval.analysis.simulation.answers import Uniforms, likely, uncertain
from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import VALUE_FUNCTIONS
from vendor_eval.rules.values.named import value_function

DRAWS = 100_000


def one_leaf(value: Any, answers: dict[str, str], **more: Any) -> Evaluation:
    """Vendors on a single criterion."""
    leaf = {"id": "a", "label": "a", "weight": 1.0, "answer": "a", "value": value} | more
    typed = {"title": "t", "decision": "d", "currency": "EUR", "price": "a", "criteria": (leaf,)}
    bids = {vendor: {"a": answer} for vendor, answer in answers.items()}
    return evaluate(Rules.model_validate(typed), proposals(bids))


def drawn_values(evaluation: Evaluation, draws: int = DRAWS) -> dict[str, np.ndarray]:
    """Each vendor's drawn values on the first leaf."""
    answers = uncertain(evaluation)
    uniforms = Uniforms(np.random.default_rng(4), draws)
    values = np.tile(answers.values[:, [0]], (1, draws))
    for doubt in answers.doubts:
        drawn = doubt.drawn(uniforms.block(doubt.cells, 0, draws))
        if doubt.leaf == 0:
            values[doubt.vendors] += drawn
    return dict(zip(evaluation.ranking, values, strict=True))


def test_a_range_is_uniform_between_its_ends() -> None:
    values = drawn_values(one_leaf("identity", {"X": "20..60", "Y": "50"}))
    assert np.quantile(values["X"], [0, 0.25, 0.5, 1]) == pytest.approx(
        [0.2, 0.3, 0.4, 0.6], abs=0.005
    )
    assert (values["Y"] == 0.5).all()


def test_a_range_with_a_likely_number_is_triangular() -> None:
    values = drawn_values(one_leaf("identity", {"X": "20..30..60"}))["X"]
    assert values.mean() == pytest.approx((0.2 + 0.3 + 0.6) / 3, abs=0.002)
    # below the likely number lies the share of the range that it stands at
    assert (values < 0.3).mean() == pytest.approx(0.25, abs=0.01)
    low, peak, high = 0.2, 0.3, 0.6
    variance = (low**2 + peak**2 + high**2 - low * peak - low * high - peak * high) / 18
    assert values.var() == pytest.approx(variance, rel=0.02)


def test_a_likely_number_in_the_middle_is_not_the_same_as_none() -> None:
    alone = drawn_values(one_leaf("identity", {"X": "20..60"}))["X"].std()
    likely_too = drawn_values(one_leaf("identity", {"X": "20..40..60"}))["X"].std()
    assert likely_too == pytest.approx(alone / np.sqrt(2), rel=0.01)


def test_a_likely_number_at_an_end_is_drawn_too() -> None:
    values = drawn_values(one_leaf("identity", {"X": "20..20..80", "Y": "20..80..80"}))
    assert values["X"].mean() == pytest.approx(0.4, abs=0.003)
    assert values["Y"].mean() == pytest.approx(0.6, abs=0.003)


def test_a_blank_answer_spans_the_whole_scale() -> None:
    values = drawn_values(one_leaf("identity", {"X": "", "Y": "50"}, missing="worst"))["X"]
    assert np.quantile(values, [0, 0.3, 1]) == pytest.approx([0, 0.3, 1], abs=0.005)


SHAPES = {
    "a straight line": {"linear": {"worst": 80.0, "best": 10.0}},
    "a line with held ends": {"linear": {"worst": 25.0, "best": 45.0}},
    "a bent line": {"piecewise": {"points": ((0.0, 0.0), (40.0, 90.0), (100.0, 100.0))}},
    "steps": {"steps": {"at_least": ((30.0, 40.0), (50.0, 100.0))}},
    "one step wide": {"steps": {"at_least": ((20.0, 40.0), (60.0, 100.0))}},
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("answer", ["20..60", "20..30..60"])
def test_a_value_is_drawn_through_the_value_functions_own_shape(name: str, answer: str) -> None:
    evaluation = one_leaf(SHAPES[name], {"X": answer, "Y": "30"})
    random = np.random.default_rng(8)
    x = (
        random.uniform(20, 60, DRAWS)
        if answer.count("..") == 1
        else random.triangular(20, 30, 60, DRAWS)
    )
    expected = value_function(SHAPES[name])(x)
    values = drawn_values(evaluation)["X"]
    assert values.mean() == pytest.approx(expected.mean(), abs=0.006)
    assert values.std() == pytest.approx(expected.std(), abs=0.006)
    assert values.min() >= 0
    assert values.max() <= 1


RELATIVE: dict[str, Any] = {
    "lowest_over_this": {},
    "this_over_highest": {},
    "linear_range": {"direction": "min"},
    "above_lowest": {},
    "mean_based": {"direction": "min", "points_per_percent": 1.0},
}


def test_every_relative_value_function_is_tried_below() -> None:
    relative = {name for name in VALUE_FUNCTIONS if VALUE_FUNCTIONS[name].relative}
    assert relative == set(RELATIVE)


@pytest.mark.parametrize("name", RELATIVE)
def test_relative_values_are_recomputed_in_every_draw(name: str) -> None:
    evaluation = one_leaf({name: RELATIVE[name]}, {"X": "80..120", "Y": "100", "Z": "90..150"})
    answers = uncertain(evaluation)
    [doubt] = answers.doubts
    uniform = Uniforms(np.random.default_rng(4), 200).block(doubt.cells, 0, 200).copy()
    values = doubt.drawn(uniform.copy())
    function = value_function({name: RELATIVE[name]})
    ranking = evaluation.ranking
    vague = [v for v in ranking if v != "Y"]
    for draw in range(200):
        bids = {"Y": 100.0}
        for row, vendor in enumerate(vague):
            low, high = (80.0, 120.0) if vendor == "X" else (90.0, 150.0)
            bids[vendor] = low + (high - low) * uniform[row, draw]
        among = np.array([bids[vendor] for vendor in ranking])
        assert values[:, draw] == pytest.approx(function(among, among), abs=1e-12)


def test_an_answer_that_two_criteria_read_is_drawn_once() -> None:
    typed = rules({"a": 1.0, "b": (1.0, {"linear": {"worst": 100.0, "best": 0.0}})})
    dump = [c.model_dump(mode="json", exclude_none=True) for c in typed.criteria]
    for leaf in dump:
        leaf["weight"] = float(leaf["weight"])
    dump[1]["answer"] = "x"
    dump.append(dump[1] | {"id": "c", "value": "identity"})
    both = Rules.model_validate(
        {"title": "t", "decision": "d", "currency": "EUR", "price": "a"} | {"criteria": tuple(dump)}
    )
    bids = {"X": {"a": 50, "x": "10..90"}, "Y": {"a": 50, "x": "50"}}
    evaluation = evaluate(both, proposals(bids))
    # x counts 100 - x on one criterion and x on the other: under equal weights it cancels out
    near = near_weights(evaluation, concentration=math.inf, draws=500)
    assert near.rank_acceptability.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]


def two_criteria(doubt: str) -> Evaluation:
    bids = {"X": {"a": doubt, "b": 50}, "Y": {"a": 50, "b": 52}}
    return evaluate(rules({"a": 1.0, "b": 1.0}), proposals(bids))


def test_taken_at_their_likely_value_answers_are_certain() -> None:
    evaluation = two_criteria("40..70")
    certain = two_criteria("55")
    taken = near_weights(evaluation, answers="likely").rank_acceptability
    assert taken.equals(near_weights(certain).rank_acceptability)
    assert not taken.equals(near_weights(evaluation).rank_acceptability)
    assert likely(evaluation).doubts == ()


def test_doubt_about_answers_does_not_change_the_weights_that_are_drawn() -> None:
    near = near_weights(two_criteria("50.0..50.000000001"), draws=2000)
    certain = near_weights(two_criteria("50"), draws=2000)
    assert near.central_weights.loc["Y"].tolist() == pytest.approx(
        certain.central_weights.loc["Y"].tolist(), abs=1e-12
    )


def test_the_confidence_factor_is_the_share_of_first_places_at_the_central_weights() -> None:
    found = any_weights(two_criteria("40..70"), draws=DRAWS)
    for vendor, other in (("X", "Y"), ("Y", "X")):
        a, b = found.central_weights.loc[vendor]
        x = np.random.default_rng(3).uniform(40, 70, DRAWS)
        leads = a * (x - 50) + b * (50 - 52) > 0
        expected = leads.mean() if vendor == "X" else 1 - leads.mean()
        error = found.confidence_factor_error[vendor]
        assert 0 < error < 0.01
        assert found.confidence_factor[vendor] == pytest.approx(expected, abs=4 * error), other


def test_uncertain_scores_win_as_often_as_an_independent_simulation_says() -> None:
    bids = {
        "X": {"a": "40..70", "b": "30", "c": "20..25..80"},
        "Y": {"a": "55", "b": "", "c": "45"},
        "Z": {"a": "30..50", "b": "60", "c": "50"},
    }
    typed = rules({"a": 2.0, "b": 1.0, "c": 1.0})
    dump = typed.model_dump()
    dump["criteria"] = tuple(c.model_copy(update={"missing": "worst"}) for c in typed.criteria)
    evaluation = evaluate(Rules.model_validate(dump), proposals(bids))
    random, n = np.random.default_rng(77), 200_000
    weights = random.dirichlet(np.ones(3), n)
    one = np.ones(n)
    scores = {
        "X": [random.uniform(40, 70, n), 30 * one, random.triangular(20, 25, 80, n)],
        "Y": [55 * one, random.uniform(0, 100, n), 45 * one],
        "Z": [random.uniform(30, 50, n), 60 * one, 50 * one],
    }
    totals = {
        v: sum(w * x for w, x in zip(weights.T, rows, strict=True)) for v, rows in scores.items()
    }
    found = any_weights(evaluation, draws=n, seed=1)
    for vendor in "XYZ":
        others = [totals[v] for v in "XYZ" if v != vendor]
        first = totals[vendor] > np.maximum(*others)
        assert found.first(vendor) == pytest.approx(first.mean(), abs=0.006)
        assert found.central_weights.loc[vendor].tolist() == pytest.approx(
            weights[first].mean(axis=0).tolist(), abs=0.006
        )
        ahead = 1 + sum(other > totals[vendor] for other in others)
        assert found.expected_rank[vendor] == pytest.approx(ahead.mean(), abs=0.01)


def test_the_same_seed_draws_the_same_answers_in_blocks_of_any_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluation = two_criteria("40..70")
    whole = any_weights(evaluation, draws=3000)
    monkeypatch.setattr("vendor_eval.analysis.simulation.simulation.LEAST", 7)
    monkeypatch.setattr("vendor_eval.analysis.simulation.simulation.BLOCK", 1)
    blocks = any_weights(evaluation, draws=3000)
    assert blocks.rank_acceptability.equals(whole.rank_acceptability)
    assert blocks.confidence_factor.equals(whole.confidence_factor)
    assert blocks.central_weights.to_numpy() == pytest.approx(whole.central_weights.to_numpy())


def test_an_unknown_way_to_take_answers_is_refused() -> None:
    with pytest.raises(VendorEvalError, match="'uncertain' or 'likely'"):
        any_weights(two_criteria("50"), answers="certain")  # type: ignore[arg-type]

"""What it would take to win with one answer: steps, levels, missing answers, bids on a tie."""

from typing import Any

import pytest
from hypothesis import given, settings

from make.builders import rules
from make.contests import RELATIVE, contests, just_beyond, lead
from vendor_eval.analysis.required_changes.changes import Change, holds_until, to_win
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate


def one_leaf(value: Any, answers: dict[str, Any], **more: Any) -> Evaluation:
    """Two criteria of equal weight: the price in points, and one leaf with a shape of its own."""
    typed = rules({"price": 1, "x": (1, value)}, **more)
    return evaluate(typed, proposals({v: {"price": p, "x": x} for v, (p, x) in answers.items()}))


FALLING = {"steps": {"at_least": ((10.0, 60.0), (20.0, 0.0)), "below": 100.0}}


def test_a_falling_step_is_reached_short_of_its_threshold() -> None:
    found = to_win(one_leaf(FALLING, {"A": (80, 15), "B": (70, 30)}))["B"]["x"]
    assert found is None or found.to == 10.0
    found = to_win(one_leaf(FALLING, {"A": (80, 15), "B": (90, 30)}))["B"]["x"]
    assert found == Change(pytest.approx(60), 30.0, 20.0, open_end=True)


def test_the_winner_may_fall_to_the_step_it_stands_on() -> None:
    rising = {"steps": {"at_least": ((10.0, 50.0), (20.0, 90.0))}}
    held = holds_until(one_leaf(rising, {"A": (80, 25), "B": (90, 15)}))["x"]
    assert held == Change(pytest.approx(-40), 25.0, 20.0, open_end=True)


def test_a_level_is_the_smallest_that_suffices() -> None:
    levels = {"levels": {"A2": 0.0, "B1": 20.0, "B2": 50.0, "C1": 90.0}}
    evaluation = one_leaf(levels, {"A": (60, "B2"), "B": (80, "A2")})
    assert to_win(evaluation)["B"]["x"] == Change(pytest.approx(50), "A2", "B2")
    assert holds_until(evaluation)["x"] == Change(pytest.approx(-30), "B2", "B1")


def test_no_improvement_of_a_capped_answer_is_enough() -> None:
    linear = {"linear": {"worst": 0.0, "best": 10.0}}
    evaluation = one_leaf(linear, {"A": (90, 8), "B": (40, 9)})
    assert to_win(evaluation)["B"] == {
        "price": Change(pytest.approx(40), 40.0, pytest.approx(80)),
        "x": None,
    }
    assert holds_until(evaluation)["x"] == Change(pytest.approx(-40), 8.0, pytest.approx(4.0))


def test_a_winner_far_ahead_may_answer_as_badly_as_it_likes() -> None:
    assert holds_until(one_leaf("identity", {"A": (90, 50), "B": (10, 20)}))["x"] is None


def test_an_answer_without_weight_changes_nothing() -> None:
    typed = rules({"a": 1, "b": 0})
    evaluation = evaluate(typed, proposals({"X": {"a": 9, "b": 1}, "Y": {"a": 5, "b": 2}}))
    assert to_win(evaluation)["Y"]["b"] is None
    assert holds_until(evaluation)["b"] is None


def missing_worst(value: Any) -> Any:
    typed = rules({"price": 1, "x": (1, value)})
    leaves = [leaf.model_dump(exclude_unset=True) for leaf in typed.criteria]
    return typed.model_validate(
        typed.model_dump(exclude_unset=True)
        | {"criteria": (leaves[0], leaves[1] | {"missing": "worst"})}
    )


@pytest.mark.parametrize(
    ("value", "to"),
    [
        ({"linear": {"worst": 0.0, "best": 10.0}}, 2.0),
        ("identity", 20.0),
        ({"levels": {"none": 0.0, "some": 30.0, "all": 100.0}}, "some"),
    ],
)
def test_a_missing_answer_improves_from_nothing(value: Any, to: Any) -> None:
    answers = {"A": {"price": 60, "x": "none" if to == "some" else 0}, "B": {"price": 40, "x": ""}}
    evaluation = evaluate(missing_worst(value), proposals(answers))
    change = to_win(evaluation)["B"]["x"]
    assert change is not None
    assert (change.start, change.to) == (None, pytest.approx(to) if to != "some" else to)


@pytest.mark.parametrize(
    "value",
    [
        "lowest_over_this",
        "this_over_highest",
        "above_lowest",
        {"linear_range": {"direction": "min"}},
        {"linear_range": {"direction": "max"}},
        {"mean_based": {"direction": "max", "points_per_percent": 1.0}},
    ],
)
def test_a_missing_bid_joins_the_others_by_improving(value: Any) -> None:
    answers = {
        "A": {"price": 60, "x": 20},
        "B": {"price": 50, "x": ""},
        "C": {"price": 40, "x": 30},
    }
    evaluation = evaluate(missing_worst(value), proposals(answers))
    change = to_win(evaluation)["B"]["x"]
    assert change is not None
    assert change.start is None
    assert lead(evaluation, "B", "x", just_beyond(change, evaluation, "x")) >= -1e-9
    better = 1 if evaluation.tree.criterion("x").value.slope == "max" else -1  # type: ignore[union-attr]
    if not change.open_end:
        assert lead(evaluation, "B", "x", float(change.to) * (1 - better * 1e-6)) < 0


@settings(max_examples=50)
@given(contests(RELATIVE))
def test_bids_tried_a_few_at_a_time_are_the_same(evaluation: Evaluation) -> None:
    together = to_win(evaluation)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vendor_eval.analysis.required_changes.trials.AT_ONCE", 1)
        assert to_win(evaluation) == together


@pytest.mark.parametrize("value", ["lowest_over_this", {"linear_range": {"direction": "min"}}])
def test_who_else_left_its_bid_blank_sets_no_lowest_bid(value: Any) -> None:
    answers = {
        "A": {"price": 60, "x": 20},
        "B": {"price": 50, "x": ""},
        "C": {"price": 40, "x": ""},
        "D": {"price": 30, "x": 30},
    }
    evaluation = evaluate(missing_worst(value), proposals(answers))
    for vendor in ("B", "C"):
        change = to_win(evaluation)[vendor]["x"]
        assert change is not None
        assert lead(evaluation, vendor, "x", just_beyond(change, evaluation, "x")) >= -1e-9
        assert lead(evaluation, vendor, "x", float(change.to) * (1 + 1e-6)) < 0


def test_no_answer_is_told_that_nobody_could_give() -> None:
    # C draws level only in the limit, where the others' values fall to 0
    typed = rules({"price": 1, "x": (1, {"linear_range": {"direction": "min"}})})
    bids = {"A": (100, 1000), "B": (90, 2000), "C": (0, 3000)}
    offers = {vendor: {"price": p, "x": x} for vendor, (p, x) in bids.items()}
    assert to_win(evaluate(typed, proposals(offers)))["C"]["x"] is None


def test_a_price_is_never_brought_below_nothing() -> None:
    typed = rules({"price": (1, {"linear_range": {"direction": "min"}}), "q": 3})
    bids = {"A": {"price": 10, "q": 0}, "B": {"price": 5, "q": 35}, "C": {"price": 6, "q": 60}}
    # at -6 the others' prices would lie so close together that B were level
    assert to_win(evaluate(typed, proposals(bids)))["B"]["price"] is None


def test_a_tie_that_the_rules_break_is_level_already() -> None:
    bids = {"X": {"a": 60, "b": 40}, "Y": {"a": 40, "b": 60}}
    evaluation = evaluate(rules({"a": 1, "b": 1}, tie_break=("a",)), proposals(bids))
    assert to_win(evaluation) == {"Y": {"a": Change(0, 40.0, 40.0), "b": Change(0, 60.0, 60.0)}}
    assert holds_until(evaluation) == {"a": Change(0, 60.0, 60.0), "b": Change(0, 40.0, 40.0)}


def test_who_ties_for_first_is_not_behind_and_nobody_holds() -> None:
    bids = {"X": {"a": 60}, "Y": {"a": 60}, "Z": {"a": 50}}
    evaluation = evaluate(rules({"a": 1}), proposals(bids))
    assert to_win(evaluation) == {"Z": {"a": Change(pytest.approx(10), 50.0, pytest.approx(60))}}
    assert holds_until(evaluation) == {}


def test_one_vendor_alone_holds_whatever_it_answers() -> None:
    evaluation = evaluate(rules({"a": 1, "b": 1}), proposals({"X": {"a": 60, "b": 40}}))
    assert to_win(evaluation) == {}
    assert holds_until(evaluation) == {"a": None, "b": None}

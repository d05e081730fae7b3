"""What it would take to win, checked by evaluating again with the changed answer."""

import json
import math
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from make import ROOT
from make.builders import rules
from make.random_trees import typed_rules
from vendor_eval.analysis.required_changes.changes import Change, holds_until, to_win
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate

WORKED = json.loads((ROOT / "tests" / "worked" / "worked_examples.json").read_text("utf-8"))
FIVE = WORKED["additive_five_criteria"]

LEVELS = {"levels": {"1": 0.0, "7": 30.0, "20": 60.0, "50": 100.0}}
ABSOLUTE = st.sampled_from(
    [
        {"linear": {"worst": 5.0, "best": 60.0}},
        {"linear": {"worst": 70.0, "best": 2.0}},
        {"piecewise": {"points": ((5.0, 10.0), (25.0, 90.0), (40.0, 50.0), (80.0, 100.0))}},
        {"piecewise": {"points": ((5.0, 100.0), (30.0, 60.0), (70.0, 0.0))}},
        {"steps": {"at_least": ((10.0, 40.0), (30.0, 70.0), (60.0, 100.0))}},
        {"steps": {"at_least": ((10.0, 60.0), (40.0, 0.0)), "below": 100.0}},
        "identity",
        LEVELS,
    ]
)
RELATIVE = st.sampled_from(
    [
        "lowest_over_this",
        "this_over_highest",
        {"linear_range": {"direction": "min"}},
        {"linear_range": {"direction": "max"}},
        "above_lowest",
        {"mean_based": {"direction": "min", "points_per_percent": 0.4}},
        {"mean_based": {"direction": "max", "points_per_percent": 2.0}},
    ]
)
answer = st.one_of(
    st.sampled_from(["1", "7", "20", "50"]), st.floats(1, 100).map(lambda n: f"{n:.3f}")
)


@st.composite
def contests(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Evaluation:
    """Evaluations of two to five vendors with one answer a leaf."""
    typed = draw(typed_rules(values))
    leaves = [c for n in typed.criteria for c in (n.criteria or (n,))]
    bids = {
        f"V{n}": {
            str(leaf.answer): draw(st.sampled_from(["1", "7", "20", "50"]))
            if leaf.value is not None and not leaf.value.numeric
            else draw(answer)
            for leaf in leaves
        }
        for n in range(draw(st.integers(2, 5)))
    }
    return evaluate(typed, proposals(bids))


def column(evaluation: Evaluation, path: str) -> str:
    return str(evaluation.tree.criterion(path).answer)


def lead(evaluation: Evaluation, vendor: str, path: str, to: Any) -> float:
    """Points ahead of the best other once one answer is changed: the slow way."""
    answers = evaluation.proposals.answers.copy()
    answers.loc[vendor, column(evaluation, path)] = to if isinstance(to, str) else repr(float(to))
    after = evaluate(evaluation.rules, Proposals(answers, "changed")).scores * 100
    others = [v for v in evaluation.ranking if v != vendor]
    return float(after[vendor] - after[others].max())


def between(start: Any, to: Any, evaluation: Evaluation, path: str) -> list[Any]:
    """Answers on the way, all but there, that must not suffice."""
    function = evaluation.tree.criterion(path).value
    assert function is not None
    if not function.numeric:
        return []
    hair = 1e-5 * abs(to - start)
    return [start + part * (to - start) for part in (0.25, 0.5, 0.75, 0.9)] + [
        to - math.copysign(hair, to - start)
    ]


def just_beyond(change: Change, evaluation: Evaluation, path: str, aim: str = "win") -> Any:
    """The answer told, or the number next to it on the far side of an open end."""
    if not change.open_end:
        return change.to
    function = evaluation.tree.criterion(path).value
    assert function is not None
    assert isinstance(change.to, float)
    # what stands before a step is below it; a bid is left behind by a better or by a worse one
    upwards = function.relative and (function.slope == "max") == (aim == "win")
    return math.nextafter(change.to, math.inf if upwards else -math.inf)


def check_a_win(evaluation: Evaluation, data: st.DataObject) -> None:
    found = to_win(evaluation)
    assert set(found) == {v for v, rank in evaluation.ranks.items() if rank > 1}
    assume(found)
    vendor = data.draw(st.sampled_from(sorted(found)))
    paths = [p for p, c in found[vendor].items() if c is not None] or list(found[vendor])
    path = data.draw(st.sampled_from(paths))
    change = found[vendor][path]
    function = evaluation.tree.criterion(path).value
    assert function is not None
    assert set(found[vendor]) == set(evaluation.tree.leaves)
    if change is None:
        tried = (
            ["1", "7", "20", "50"] if not function.numeric else ["0.001", "0.5", "3", "26", "99"]
        )
        assert all(lead(evaluation, vendor, path, x) < 1e-9 for x in tried)
        return
    assert lead(evaluation, vendor, path, just_beyond(change, evaluation, path)) >= -1e-9
    if change.to == change.start:
        return
    if change.open_end:
        assert lead(evaluation, vendor, path, change.to) < -1e-9
    for x in between(change.start, change.to, evaluation, path):
        assert lead(evaluation, vendor, path, x) < 1e-12
    if not function.numeric:
        worse = [x for x in ("1", "7", "20", "50") if function([x]) < function([change.to])]
        assert all(lead(evaluation, vendor, path, x) < -1e-9 for x in worse)


@given(contests(ABSOLUTE), st.data())
def test_the_answer_told_draws_level_and_nothing_short_of_it_does(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    check_a_win(evaluation, data)


@given(contests(st.one_of(RELATIVE, RELATIVE, ABSOLUTE)), st.data())
def test_it_does_so_too_where_one_bid_changes_the_others_values(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    check_a_win(evaluation, data)


@given(contests(st.one_of(RELATIVE, ABSOLUTE)), st.data())
def test_the_winner_holds_until_the_answer_told_and_no_longer(
    evaluation: Evaluation, data: st.DataObject
) -> None:
    held = holds_until(evaluation)
    assume(held)
    vendor = evaluation.ranking[0]
    paths = [p for p, change in held.items() if change is not None] or list(held)
    path = data.draw(st.sampled_from(paths))
    change, function = held[path], evaluation.tree.criterion(path).value
    assert function is not None
    if change is None:
        tried = ["1", "7", "20", "50"] if not function.numeric else ["0.001", "3", "26", "99"]
        assert all(lead(evaluation, vendor, path, x) > -1e-9 for x in tried)
        return
    assert change.change_in_value <= 1e-9
    assert lead(evaluation, vendor, path, just_beyond(change, evaluation, path, "lose")) <= 1e-9
    if change.open_end:
        assert lead(evaluation, vendor, path, change.to) > 1e-9
    for x in between(change.start, change.to, evaluation, path):
        assert lead(evaluation, vendor, path, x) > -1e-12


@given(contests(st.one_of(RELATIVE, ABSOLUTE)))
def test_the_change_in_value_is_that_of_the_answer_itself(evaluation: Evaluation) -> None:
    for vendor, changes in to_win(evaluation).items():
        for path, change in changes.items():
            function = evaluation.tree.criterion(path).value
            if change is not None and function is not None and not function.relative:
                before, after = function([change.start, just_beyond(change, evaluation, path)])
                assert change.change_in_value == pytest.approx(100 * (after - before), abs=1e-8)
                assert evaluation.values.loc[vendor, path] == pytest.approx(before)


def test_the_worked_example_costs_what_it_says() -> None:
    scale, levelling = FIVE["price_scale"], FIVE["expected"]["to_draw_level_with_the_winner"]
    worst, best = float(scale["worst_price"]), float(scale["best_price"])
    spec: dict[str, Any] = dict(zip(FIVE["criteria"], FIVE["weights"], strict=True))
    spec["cost"] = (spec["cost"], {"linear": {"worst": worst, "best": best}})
    bids = {}
    for vendor, values in FIVE["values"].items():
        bids[vendor] = dict(zip(FIVE["criteria"], values, strict=True))
        bids[vendor]["cost"] = worst + bids[vendor]["cost"] / 100 * (best - worst)
    evaluation = evaluate(rules(spec, price="cost"), proposals(bids))
    assert dict(100 * evaluation.scores) == pytest.approx(FIVE["expected"]["totals"])
    for vendor, expected in levelling.items():
        changes = to_win(evaluation)[vendor]
        cost, expertise = changes["cost"], changes["expertise"]
        assert cost is not None
        assert expertise is not None
        assert cost.change_in_value == pytest.approx(expected["cost_points"], abs=5e-5)
        assert float(cost.start) - float(cost.to) == pytest.approx(expected["price_cut"])
        assert expertise.change_in_value == pytest.approx(expected["or_expertise_points"], abs=5e-5)
    b = to_win(evaluation)["B"]["cost"]
    assert b is not None
    assert (b.start, b.to) == (pytest.approx(117_000), pytest.approx(113_400))


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

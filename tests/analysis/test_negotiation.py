"""What it would take to win, checked by evaluating again with the changed answer."""

import json
import math
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make import ROOT
from make.builders import rules
from make.contests import RELATIVE, contests, just_beyond, lead
from vendor_eval.analysis.required_changes.changes import holds_until, to_win
from vendor_eval.bids.proposal import proposals
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

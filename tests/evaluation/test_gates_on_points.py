"""A gate on the points of a criterion says these points, and what of them is blank."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vendor_eval as ve
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.vendors import vendor_record
from vendor_eval.report.gates import gates_table, to_qualify_table
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules

ANSWER = {"value": "identity", "missing": "worst"}
QUALITY = {
    "id": "quality",
    "label": "Quality",
    "weight": 1,
    "criteria": (
        {"id": "solved", "label": "Solved", "weight": 60, "answer": "solved", **ANSWER},
        {"id": "weeks", "label": "Weeks", "weight": 40, "answer": "weeks", **ANSWER},
    ),
}


def under(bound: float, form: str = "at_least") -> Rules:
    """Rules with a price and a gate on the points of a quality of two answers."""
    gate = {"id": "floor", "label": "Quality", "criterion": "quality", "rule": {form: bound}}
    linear = {"linear": {"worst": 200.0, "best": 0.0}}
    cost = {"id": "cost", "label": "Cost", "weight": 1, "answer": "cost", "value": linear}
    typed = {"title": "A title", "decision": "Which vendor?", "currency": "EUR", "price": "cost"}
    return Rules.model_validate(typed | {"criteria": (cost, QUALITY), "gates": (gate,)})


def evaluated(typed: Rules, solved: str, weeks: str) -> Evaluation:
    """One vendor with these answers, under the rules."""
    return evaluate(typed, proposals({"Alder": {"cost": 100, "solved": solved, "weeks": weeks}}))


@pytest.mark.parametrize(
    ("bound", "state", "found", "shown"),
    [
        # 60 % of 90 is 54 with the weeks at worst, and 94 with them at best
        (40, "pass", 54, "passes: 54 points (\u201cWeeks\u201d is blank)"),
        (60, "unknown", "54..94", "unknown: 54 to 94 points (\u201cWeeks\u201d is blank)"),
        (95, "fail", 54, "fails: 54 points (\u201cWeeks\u201d is blank)"),
    ],
)
def test_points_with_a_blank_are_said_with_what_is_blank(
    bound: float, state: str, found: Any, shown: str
) -> None:
    typed = under(bound)
    evaluation = evaluated(typed, "90", "")
    record = vendor_record(evaluation, "Alder")["gates"]["floor"]
    assert record == {"state": state, "found": found, "blank": ["quality.weeks"]}
    assert vendor_record(evaluation, "Alder")["criteria"]["quality"]["value"] == pytest.approx(54)
    result = ve.evaluate(typed, evaluation.proposals, draws=10)
    assert shown in str(gates_table(result).markup)
    if state == "fail":
        needs = "Quality: needs at least 95 points, found 54 points (\u201cWeeks\u201d is blank)"
        assert needs in str(to_qualify_table(result).markup)


def test_no_points_at_all_are_no_missing_points() -> None:
    typed = under(40)
    evaluation = evaluated(typed, "0", "0")
    result = ve.evaluate(typed, evaluation.proposals, draws=10)
    assert "needs at least 40 points, found 0" in str(to_qualify_table(result).markup)


def test_an_answer_that_is_blank_at_a_gate_is_not_shown() -> None:
    law = {"id": "law", "label": "Law", "answer": "law", "rule": {"equals": "EU"}}
    typed = under(40).model_copy(update={"gates": (Gate.model_validate(law),)})
    bids = {"Alder": {"cost": 100, "solved": "90", "weeks": "50", "law": ""}}
    shown = gates_table(ve.evaluate(typed, proposals(bids), draws=10)).markup
    assert "unknown: not shown" in str(shown)


ENTERED = st.one_of(st.just(""), st.integers(0, 100).map(str), st.just("10..30"))


@given(ENTERED, ENTERED, st.integers(0, 100), st.sampled_from(["at_least", "at_most"]))
@settings(max_examples=80, deadline=None)
def test_a_gate_finds_the_points_that_count_or_a_range_that_holds_them(
    solved: str, weeks: str, bound: int, form: str
) -> None:
    evaluation = evaluated(under(float(bound), form), solved, weeks)
    passage = evaluation.screening.passages["Alder"]["floor"]
    points = 100 * float(evaluation.values.loc["Alder", "quality"])
    assert passage.found is not None
    assert passage.blank == tuple(
        f"quality.{id}" for id, entered in (("solved", solved), ("weeks", weeks)) if not entered
    )
    if isinstance(passage.found, float):
        assert passage.found == pytest.approx(points, abs=1e-8)
        met = passage.found >= bound if form == "at_least" else passage.found <= bound
        assert met is (passage.state == "pass")
    else:
        low, high = map(float, str(passage.found).split(".."))
        assert low - 1e-8 <= points <= high + 1e-8

"""What a number can be, by its unit: no service takes less than no weeks, no share exceeds all."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import builders
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.questionnaire.bounds import answer_bounds
from vendor_eval.rules.criteria import Criterion

WEEKS = {"linear": {"worst": 20, "best": 4}}
SHARE = {"linear": {"worst": 50, "best": 90}}


def leaf(label: str, unit: str | None, value: Any, **more: Any) -> Criterion:
    """A leaf that reads an answer."""
    typed = {"id": "a", "label": label, "unit": unit, "weight": 1, "answer": "a", "value": value}
    return Criterion.model_validate(typed | more)


def refused(number: float, label: str, unit: str | None, value: Any) -> bool:
    """Whether a number cannot be meant."""
    return answer_bounds(leaf(label, unit, value)).refusal(float(number)) is not None


@pytest.mark.parametrize(
    ("label", "unit", "value", "impossible", "possible"),
    [
        ("Weeks to take over", "weeks", WEEKS, (-10, -0.5), (0, 1, 30)),
        ("Years of support for retailers", "years", {"linear": {"worst": 0, "best": 12}},
         (-3,), (0, 40)),
        ("Open findings", "findings", {"linear_range": {"direction": "min"}}, (-1,), (0, 7)),
        ("Contacts solved at once", "%", SHARE, (720, 100.5, -5), (0, 45, 95, 100)),
        ("Solved", "% of contacts", SHARE, (720, -5), (45, 95)),
        ("Solved", "per cent", SHARE, (720, -5), (45, 95)),
        ("Availability", "%", {"linear_range": {"direction": "max"}}, (101,), (99.9,)),
        ("Agents who leave in a year", "%", {"linear": {"worst": 60, "best": 10}},
         (-1,), (0, 120)),
        ("Attrition", "% a year", {"linear": {"worst": 60, "best": 10}}, (-1,), (0, 120)),
        ("Total price", "EUR", {"linear": {"worst": 9e6, "best": 4e6}}, (-1,), (0, 1e7)),
        ("Hourly rate", "USD an hour", {"lowest_over_this": {}}, (-1,), (15,)),
        ("C1 (price)", None, {"linear_range": {"direction": "min"}}, (-1,), (15,)),
        # what can be below 0, or above the whole
        ("Yearly rise of the prices", "%", {"linear": {"worst": 5, "best": 0}}, (), (-2, 120)),
        ("Growth of sales", "%", {"linear": {"worst": 0, "best": 20}}, (), (-2, 120)),
        ("Net savings", "EUR", {"linear": {"worst": 0, "best": 1e6}}, (), (-2,)),
        ("Liability cover", "EUR", {"linear": {"worst": 0, "best": 1e6}}, (), (-2,)),
        ("Days to the deadline", "days", {"linear": {"worst": -5, "best": 5}}, (), (-2,)),
        ("Capacity", "%", {"linear": {"worst": 80, "best": 130}}, (-1,), (125,)),
        ("Satisfaction", "points", {"linear": {"worst": -100, "best": 100}}, (), (-2, 720)),
        ("Quality", None, {"linear": {"worst": 0, "best": 10}}, (), (-2, 720)),
    ],
)  # fmt: skip
def test_an_answer_outside_what_its_unit_can_be_is_refused(
    label: str,
    unit: str | None,
    value: Any,
    impossible: tuple[float, ...],
    possible: tuple[float, ...],
) -> None:
    assert all(refused(number, label, unit, value) for number in impossible)
    assert not any(refused(number, label, unit, value) for number in possible)


@given(st.floats(0, 100), st.floats(0, 100), st.floats(0, 100))
def test_an_answer_beyond_the_ends_of_its_value_function_alone_is_none_of_these(
    worst: float, best: float, answer: float
) -> None:
    if worst != best:
        value = {"linear": {"worst": worst, "best": best}}
        assert not refused(answer, "Solved", "%", value)
        assert not refused(answer, "Weeks", "weeks", value)


def test_impossible_answers_of_a_table_leave_their_vendor_incomplete() -> None:
    typed = builders.rules({"cost": (1, {"linear": {"worst": 9e6, "best": 4e6}})})
    own = (
        *typed.criteria,
        leaf("Weeks to take over", "weeks", WEEKS, id="weeks", answer="weeks"),
        leaf("Solved", "%", SHARE, id="solved", answer="solved"),
    )
    typed = typed.model_copy(update={"criteria": own})
    offers = {
        "Alder": {"cost": 5e6, "weeks": -10, "solved": "720"},
        "Birch": {"cost": 6e6, "weeks": 8, "solved": "70"},
        "Cedar": {"cost": 6e6, "weeks": "-2..8", "solved": "60..110"},
    }
    evaluation = evaluate(typed, proposals(offers))
    assert [fault.message for fault in evaluation.faults["Alder"]] == [
        "found -10 weeks; allowed: at least 0",
        "found 720 %; allowed: 0 to 100",
    ]
    assert [fault.message for fault in evaluation.faults["Cedar"]] == [
        "found -2 weeks; allowed: at least 0",
        "found 110 %; allowed: 0 to 100",
    ]
    assert "Birch" not in evaluation.faults

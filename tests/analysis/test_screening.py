"""Gates on criteria whose answers are ranges: unknown while a range leaves them open."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import rules
from vendor_eval.analysis.required_changes.qualifying import to_qualify
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate

PEAK = {"piecewise": {"points": ((0.0, 0.0), (50.0, 100.0), (100.0, 0.0))}}


def gated(q: Any, answers: dict[str, Any], **rule: float) -> Evaluation:
    """Vendors whose quality must meet a rule; all ask the same price."""
    gate = {"id": "g", "label": "Floor", "criterion": "q", "rule": rule}
    typed = rules({"price": 1, "q": (1, q)}, gates=(gate,))
    bids = {vendor: {"price": 50, "q": answer} for vendor, answer in answers.items()}
    return evaluate(typed, proposals(bids))


@pytest.mark.parametrize(
    ("answer", "state", "found"),
    [
        ("60", "pass", 60.0),
        ("59", "fail", 59.0),
        ("50..80", "unknown", "50..80"),
        ("50..75..80", "unknown", "50..80"),
        ("60..80", "pass", "60..80"),
        ("40..59.5", "fail", "40..59.5"),
    ],
)
def test_a_floor_is_passed_only_where_the_whole_range_passes(
    answer: str, state: str, found: Any
) -> None:
    evaluation = gated("identity", {"A": answer}, at_least=60.0)
    passage = evaluation.screening.passages["A"]["g"]
    assert (passage.state, passage.found) == (state, found)


def test_a_value_in_the_middle_of_a_range_counts_too() -> None:
    # 40 and 60 are worth 80 points each, 50 between them 100
    evaluation = gated(PEAK, {"A": "40..60", "B": "60..70"}, at_most=90.0)
    assert evaluation.screening.passages["A"]["g"].state == "unknown"
    assert evaluation.screening.passages["A"]["g"].found == "80..100"
    assert evaluation.status("B") == "eligible"


value = st.sampled_from(
    [
        "identity",
        PEAK,
        {"linear": {"worst": 80.0, "best": 20.0}},
        {"steps": {"at_least": ((30.0, 60.0), (70.0, 20.0)), "below": 40.0}},
    ]
)


@given(value, st.integers(0, 100), st.integers(0, 100), st.integers(0, 100), st.booleans())
def test_the_state_is_that_of_every_number_in_the_range(
    q: Any, one: int, other: int, bound: int, floor: bool
) -> None:
    low, high = sorted((one, other))
    evaluation = gated(q, {"A": f"{low}..{high}"}, **{"at_least" if floor else "at_most": bound})
    function = evaluation.tree.criterion("q").value
    assert function is not None
    points = np.round(100 * function(np.linspace(low, high, 10 * (high - low) + 1)), 9)
    meets = points >= bound if floor else points <= bound
    expected = "pass" if meets.all() else "unknown" if meets.any() else "fail"
    assert evaluation.screening.passages["A"]["g"].state == expected


def test_numbers_with_which_such_a_gate_fails_are_not_asked_about() -> None:
    evaluation = gated("identity", {"A": "50..80", "B": "70"}, at_least=60.0)
    [gates, asked] = sorted(open_answers(evaluation), key=lambda q: q.kind)
    assert (gates.kind, gates.about, asked.found) == ("gates", ("g",), "50..80")
    assert (asked.presumes, asked.could_change, asked.turns_at) == (("g",), True, 70.0)
    # uniform on 60..80 once it passes: half of the scores' lead above 70
    assert asked.evpi == pytest.approx(2.5 / 2)


def test_the_hurdle_tells_the_range_of_points() -> None:
    evaluation = gated("identity", {"A": "50..80", "B": "70"}, at_least=60.0)
    [hurdle] = to_qualify(evaluation)["A"].hurdles
    assert (hurdle.state, hurdle.asks, hurdle.found) == ("unknown", "at least 60 points", "50..80")

"""Results without a price, without scores or without a recommendation are compared, or refused."""

import json
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import vendor_eval as ve
from vendor_eval.award.comparison import RunComparison, compared
from vendor_eval.award.comparison_words import comparison_document, comparison_sentence
from vendor_eval.award.score_changes import attribution
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.outputs.results import results_record

HEAD: dict[str, Any] = {"title": "Help desk (constructed)", "decision": "Who?", "currency": "EUR"}
TEAM = {"id": "team", "label": "Team", "weight": 1, "answer": "team", "value": "identity"}
FREE = HEAD | {"price": None, "criteria": [TEAM]}
CHEAPEST = HEAD | {"price": "fee", "award_rule": {"lowest_price": {}}}

DIVIDED = HEAD | {
    "price": "fee",
    "criteria": [TEAM | {"id": "team"}, TEAM | {"id": "plan", "label": "Plan", "answer": "plan"}],
    "award_rule": {"price_per_point": {"quality": ["team", "plan"]}},
}
POINTS = st.integers(1, 100)
PRICES = st.integers(1, 10**7)


def results(rules: dict[str, Any], **answers: list[float]) -> Any:
    """The results of two bids, as read back from JSON."""
    result = ve.evaluate(rules, pd.DataFrame(answers, index=["Alder", "Birch"]), draws=20)
    return json.loads(json.dumps(results_record(result.tender, result)))


def says(comparison: RunComparison) -> list[str]:
    return [cause.says for cause in comparison.causes]


def test_answers_are_compared_where_no_price_is_asked() -> None:
    one, other = results(FREE, team=[80, 70]), results(FREE, team=[60, 70])
    comparison = compared(one, other)
    assert says(comparison) == ["the bid of Alder changed"]
    [change] = comparison.answers
    assert (change.vendor, change.is_price) == ("Alder", False)


def test_a_price_that_no_criterion_reads_is_a_change_of_the_bid() -> None:
    one, other = results(CHEAPEST, fee=[80, 70]), results(CHEAPEST, fee=[60, 70])
    assert says(compared(one, other)) == ["the bid of Alder changed"]


def test_a_price_that_falls_is_the_reason_where_a_price_ranks() -> None:
    cheap = [results(CHEAPEST, fee=[80, fee]) for fee in (90, 70)]
    says_so = "Birch replaces Alder because Birch\u2019s price fell from 90 to 70."
    assert comparison_sentence(compared(*cheap)) == says_so
    divided = [results(DIVIDED, fee=[80, fee], team=[60, 60], plan=[60, 60]) for fee in (90, 70)]
    assert comparison_sentence(compared(*divided)) == says_so


def test_points_that_rise_are_the_reason_where_a_price_of_a_point_ranks() -> None:
    # a point of Alder costs 80 / 60, one of Birch 90 / 60, and then 85 / 80: its points did more
    one = results(DIVIDED, fee=[80, 90], team=[60, 60], plan=[60, 60])
    other = results(DIVIDED, fee=[80, 85], team=[60, 100], plan=[60, 60])
    comparison = compared(one, other)
    reason = "because Birch\u2019s answer on team rose from 60 to 100"
    assert comparison_sentence(comparison) == f"Birch replaces Alder {reason}."


@given(st.tuples(PRICES, PRICES), st.tuples(POINTS, POINTS))
def test_the_parts_of_a_price_of_a_point_sum_to_its_change(
    prices: tuple[int, int], points: tuple[int, int]
) -> None:
    leaf = {"performance": 1, "weight": 1.0, "relative": False}
    old, new = (
        {
            "vendors": {
                "Birch": {
                    "score": q,
                    "price": p,
                    "price_per_point": p / q,
                    "status": "eligible",
                    "criteria": {"team": leaf | {"value": q}},
                }
            }
        }
        for p, q in zip(prices, points, strict=True)
    )
    moved = attribution(old, new, "Birch", "Birch")
    assert moved is not None
    assert moved.point_price is not None
    before, after = (p / q for p, q in zip(prices, points, strict=True))
    change = moved.point_price.price + moved.point_price.points
    assert change == pytest.approx(after - before, abs=1e-9 * max(prices))


def test_a_price_that_moves_no_rank_is_a_change_all_the_same() -> None:
    one, other = results(CHEAPEST, fee=[60, 90]), results(CHEAPEST, fee=[60, 80])
    comparison = compared(one, other)
    assert comparison.kinds == ("price",)
    assert comparison_sentence(comparison) == (
        "Alder stays first; its margin was 30.00 in price and is 20.00."
    )


def test_no_points_are_compared_where_the_lowest_price_wins() -> None:
    one, other = results(CHEAPEST, fee=[60, 90]), results(CHEAPEST, fee=[60, 80])
    text = markdown(comparison_document(compared(one, other)))
    assert "oints" not in text
    assert "score" not in text


def test_results_of_the_first_envelope_alone_are_refused() -> None:
    one = results(FREE, team=[80, 70])
    alone = one | {"recommendation": None, "robustness": None}
    for pair in ((one, alone), (alone, one)):
        with pytest.raises(VendorEvalError, match="first envelope alone; allowed: of both"):
            compared(*pair)

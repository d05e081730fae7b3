"""Results without a price, without scores or without a recommendation are compared, or refused."""

import json
from typing import Any

import pandas as pd
import pytest

import vendor_eval as ve
from vendor_eval.award.comparison import RunComparison, compared
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import results_record

HEAD: dict[str, Any] = {"title": "Help desk (constructed)", "decision": "Who?", "currency": "EUR"}
TEAM = {"id": "team", "label": "Team", "weight": 1, "answer": "team", "value": "identity"}
FREE = HEAD | {"price": None, "criteria": [TEAM]}
CHEAPEST = HEAD | {"price": "fee", "award_rule": {"lowest_price": {}}}


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


def test_results_of_the_first_envelope_alone_are_refused() -> None:
    one = results(FREE, team=[80, 70])
    alone = one | {"recommendation": None, "robustness": None}
    for pair in ((one, alone), (alone, one)):
        with pytest.raises(VendorEvalError, match="first envelope alone; allowed: of both"):
            compared(*pair)

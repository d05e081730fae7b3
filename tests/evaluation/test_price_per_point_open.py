"""A price per point: answers that are open or faulty."""

import pytest

from make.awards_by_price import FEE, per_point
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate


def open_birch(answer: str | None) -> Evaluation:
    """Alder's 40 points at 100 against what Birch offers at 160: it needs 64 points to tie."""
    typed = per_point({"craft": 1.0}, missing="worst")
    bids = {"Alder": {"craft": 40, FEE: 100}, "Birch": {"craft": answer, FEE: 160}}
    return evaluate(typed, proposals(bids))


@pytest.mark.parametrize(("answer", "ahead_in"), [("50..70", 0.7), (None, 0.64)])
def test_an_open_answer_is_drawn_before_it_is_divided(answer: str | None, ahead_in: float) -> None:
    near = near_weights(open_birch(answer), draws=100_000, seed=3)
    assert near.vendors[0] == "Alder"
    assert near.ahead["Birch"] == pytest.approx(ahead_in, abs=0.006)


@pytest.mark.parametrize("answer", ["50..70", None])
def test_an_open_answer_turns_the_winner_at_the_points_that_tie(answer: str | None) -> None:
    [question] = open_answers(open_birch(answer))
    assert question.could_change
    assert question.to == ("Birch",)
    assert question.turns_at == pytest.approx(64, abs=1e-6)


def test_a_blank_answer_that_100_points_would_not_help_changes_nothing() -> None:
    bids = {"Alder": {"craft": 40, FEE: 100}, "Birch": {"craft": None, FEE: 260}}
    evaluation = evaluate(per_point({"craft": 1.0}, missing="worst"), proposals(bids))
    [question] = open_answers(evaluation)
    assert not question.could_change  # 100 / 260 is less than 40 / 100


def test_a_faulty_answer_may_be_worth_100_points_over_the_bid_s_price() -> None:
    rows = {"Alder": {"craft": 80, FEE: 100}, "Birch": {"craft": "many", FEE: 120}}
    dear = evaluate(per_point({"craft": 1.0}), proposals(rows | {"Cedar": {"craft": 10, FEE: 90}}))
    assert rank_range(dear, "Birch") == (1, 3)  # 100 / 120 is more than 80 / 100
    rows["Birch"][FEE] = 126
    dearer = evaluate(
        per_point({"craft": 1.0}), proposals(rows | {"Cedar": {"craft": 10, FEE: 90}})
    )
    assert rank_range(dearer, "Birch") == (2, 3)
    rows["Birch"][FEE] = "unknown"
    unpriced = evaluate(per_point({"craft": 1.0}), proposals(rows))
    assert rank_range(unpriced, "Birch") == (1, 2)

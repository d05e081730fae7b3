"""What a lead on everything but price is worth, by the tender's own price scale."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import assessed, rules
from vendor_eval.analysis.cheaper_bids import CheaperBid, LeadWorth, bids_below
from vendor_eval.award.result import Result

LINEAR = {"linear": {"worst": 2000.0, "best": 1000.0}}
STEPS = {"steps": {"below": 100.0, "at_least": ((1000.0, 60.0), (1500.0, 0.0))}}


def compared(prices: dict[str, float], quality: dict[str, float], price: object = LINEAR) -> Result:
    """Two or more vendors, price and quality at equal weight."""
    bids = {v: {"price": prices[v], "quality": quality[v]} for v in prices}
    return assessed(bids, rules({"price": (1, price), "quality": 1}), draws=1)


def test_the_worth_is_the_price_at_which_the_cheaper_bid_would_be_level() -> None:
    # A 80, B 40 on quality: 20 points of the score. The price scale is EUR 10 a point of value,
    # EUR 20 a point of the score, so 20 points are EUR 400; B saves 300 and earns 15.
    [bid] = bids_below(compared({"A": 1800, "B": 1500}, {"A": 80, "B": 40}).evaluation)
    assert bid == CheaperBid("B", "eligible", 1500, 300, 20, 15, LeadWorth(pytest.approx(400)))


def test_a_lead_beyond_the_best_price_has_no_amount() -> None:
    # 35 points of the score would take EUR 700 off 1300, and the scale ends at 1000
    [bid] = bids_below(compared({"A": 1300, "B": 1200}, {"A": 90, "B": 20}).evaluation)
    assert bid.worth == LeadWorth(None)


def test_where_a_step_ends_the_amount_itself_is_not_enough() -> None:
    # 20 points of the score are 40 of value: from 60 to 100, which only a price below 1000 has
    [bid] = bids_below(compared({"A": 1400, "B": 1100}, {"A": 60, "B": 20}, STEPS).evaluation)
    assert bid.worth == LeadWorth(pytest.approx(400), more=True)


def test_a_scale_that_depends_on_who_else_bids_has_no_inverse() -> None:
    [bid] = bids_below(
        compared({"A": 1400, "B": 1300}, {"A": 60, "B": 20}, "lowest_over_this").evaluation
    )
    assert (bid.worth, bid.ahead) == (None, 20)


def test_excluded_and_undecided_vendors_are_named_with_their_price() -> None:
    gate = {"id": "g", "label": "G", "answer": "g", "rule": {"equals": "yes"}}
    typed = rules({"price": (1, LINEAR), "quality": 1}, gates=(gate,))
    bids = {
        "A": {"price": 1500, "quality": 50, "g": "yes"},
        "B": {"price": 1200, "quality": 90, "g": "no"},
        "C": {"price": 1400, "quality": 90, "g": None},
        "D": {"price": 1600, "quality": 10, "g": "yes"},
    }
    listed = bids_below(assessed(bids, typed, draws=1).evaluation)
    assert [(bid.vendor, bid.status, bid.price) for bid in listed] == [
        ("B", "excluded", 1200),
        ("C", "undecided", 1400),
    ]


PRICES = st.lists(st.integers(900, 2100), min_size=2, max_size=5, unique=True)
POINTS = st.lists(st.integers(0, 100), min_size=5, max_size=5)


@given(PRICES, POINTS, st.sampled_from((LINEAR, STEPS)))
def test_at_the_worth_below_the_first_price_a_bid_is_level_and_no_sooner(
    prices: list[int], quality: list[int], scale: object
) -> None:
    names = "ABCDE"[: len(prices)]
    result = compared(dict(zip(names, prices)), dict(zip(names, quality)), scale)  # noqa: B905
    evaluation = result.evaluation
    for bid in bids_below(evaluation):
        assert bid.ahead is not None
        assert bid.earned is not None
        lead = 100 * (evaluation.scores[str(evaluation.winner)] - evaluation.scores[bid.vendor])
        assert bid.ahead - bid.earned == pytest.approx(lead, abs=1e-8)
        if bid.worth is None or bid.worth.amount is None:
            continue
        # what is behind ranks behind: its saving never buys the lead, but for a broken tie
        assert bid.worth.amount >= bid.saving - 1e-6
        function = evaluation.tree.criterion("price").value
        assert function is not None
        limit = evaluation.price(str(evaluation.winner))
        assert limit is not None
        at = limit - bid.worth.amount - (1e-6 if bid.worth.more else 0)
        gained = function(np.array([at]))[0] - function(np.array([limit]))[0]
        assert 50 * gained >= bid.ahead - 1e-6


@given(st.integers(-40, 40), st.floats(0, 1e-8))
def test_a_lower_price_earns_the_whole_lead_exactly_where_the_ranking_ties(
    steps: int, beyond: float
) -> None:
    # EUR 300 less earns 15 points, as 30 points of quality do, but for parts of 1e-9 points
    typed = rules({"price": (1, LINEAR), "quality": 1}, tie_break=("quality",))
    bids = {
        "A": {"price": 1500, "quality": 80 + steps * 1e-10},
        "B": {"price": 1200, "quality": 50 + beyond},
    }
    evaluation = assessed(bids, typed, draws=1).evaluation
    tied = ("A", "B") in evaluation.ties_broken
    for bid in bids_below(evaluation):
        assert (bid.earned == bid.ahead) == tied
        assert tied or bid.earned < bid.ahead


def test_the_first_vendor_alone_or_without_a_price_has_no_cheaper_bids() -> None:
    assert bids_below(compared({"A": 1500}, {"A": 50}).evaluation) == ()
    tied = compared({"A": 1500, "B": 1500}, {"A": 50, "B": 50})
    assert bids_below(tied.evaluation) == ()

"""The price of a point: closed forms, and the score found by evaluating at another price."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import assessed, rules
from vendor_eval.analysis.price_of_a_point import PointPrice, point_price
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate

RELATIVE = [
    "lowest_over_this",
    {"linear_range": {"direction": "min"}},
    "above_lowest",
    {"mean_based": {"direction": "min", "points_per_percent": 1.0}},
]
SCALE = {"linear": {"worst": 150000.0, "best": 90000.0}}
BENT = {"piecewise": {"points": ((100.0, 100.0), (200.0, 50.0), (400.0, 30.0))}}


def of(value: Any, asked: dict[str, float], *, weight: float = 40.0) -> PointPrice | None:
    """The price of a point where the first bid has by far the best quality."""
    bids = {
        v: {"price": p, "quality": 100 if not n else 0} for n, (v, p) in enumerate(asked.items())
    }
    typed = rules({"price": (weight, value), "quality": (100 - weight, "identity")})
    return point_price(evaluate(typed, proposals(bids)))


def test_on_a_straight_scale_a_point_costs_the_range_over_the_weight() -> None:
    # 60,000 for 100 points of value at 30 % is 2,000 for each point of the score
    found = of(SCALE, {"A": 104400.0, "B": 117000.0}, weight=30)
    assert found == PointPrice("A", 104400.0, pytest.approx(2000), pytest.approx(2000))


@pytest.mark.parametrize(
    ("asked", "cheaper", "dearer"),
    [(150, 5, 5), (200, 5, 25), (300, 25, 25), (100, None, 5), (400, 25, None), (50, None, None)],
)
def test_at_a_bend_a_point_has_two_prices_and_on_a_flat_side_none(
    asked: float, cheaper: float | None, dearer: float | None
) -> None:
    found = of(BENT, {"A": asked, "B": 390.0})
    assert found is not None
    assert (found.cheaper, found.dearer) == (pytest.approx(cheaper), pytest.approx(dearer))
    assert (found.note is None) == (cheaper is not None or dearer is not None)


def test_a_point_has_no_price_where_the_value_moves_in_steps() -> None:
    found = of({"steps": {"below": 100.0, "at_least": ((200.0, 50.0),)}}, {"A": 150.0})
    assert found == PointPrice(
        "A", 150.0, None, None, "the value does not move around this price, or only jumps"
    )


def test_the_lowest_bid_under_a_ratio_to_the_lowest_has_no_slope_of_its_own() -> None:
    found = of("lowest_over_this", {"A": 100.0, "B": 130.0})
    assert found is not None
    assert (found.cheaper, found.dearer) == (None, None)


def test_the_slope_of_a_ratio_is_its_derivative() -> None:
    found = of("lowest_over_this", {"A": 200.0, "B": 100.0}, weight=20)
    assert found is not None  # 100 * 0.2 * 100 / 200^2 points for each unit of money
    assert found.cheaper == pytest.approx(1 / (100 * 0.2 * 100 / 200**2))


@given(
    st.sampled_from([SCALE, BENT, *RELATIVE]),
    st.lists(st.integers(60, 500), min_size=1, max_size=5),
)
def test_a_small_change_of_the_price_moves_the_score_as_said(value: Any, prices: list[int]) -> None:
    assume(len(prices) == 1 or len(set(prices)) > 1)  # a range of nothing makes values jump
    scale = 300.0 if value is SCALE else 1.0
    asked = {f"V{n}": scale * price for n, price in enumerate(prices)}
    found = of(value, asked)
    assume(found is not None and found.vendor == "V0")
    assert found is not None
    for side, told in ((-1, found.cheaper), (1, found.dearer)):
        step = side * scale * 1e-4
        bids = {
            v: {"price": p, "quality": 0 if n else 100} for n, (v, p) in enumerate(asked.items())
        }
        typed = rules({"price": (40.0, value), "quality": (60.0, "identity")})
        before = evaluate(typed, proposals(bids)).scores["V0"]
        bids["V0"]["price"] += step
        moved = 100 * abs(evaluate(typed, proposals(bids)).scores["V0"] - before)
        if told is None:
            assert moved < 1e-9
        else:
            assert abs(step) / told == pytest.approx(moved, rel=1e-4)


def test_a_tie_a_missing_price_and_a_price_without_weight_are_said() -> None:
    bid = {"price": 100.0, "quality": 50}
    assert (
        point_price(
            assessed({"X": bid, "Y": bid}, rules({"price": (1, SCALE), "quality": 1})).evaluation
        )
        is None
    )
    found = of(SCALE, {"A": 104400.0}, weight=0)
    assert found is not None
    assert found.note == "the price carries no weight"

"""Break-even volumes: exact where two bids cross; that there is none, or several, is said."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.priced import bid as response
from make.priced import line, rules
from vendor_eval.measures.costs.bids import bid
from vendor_eval.measures.costs.break_evens import (
    CostCurve,
    VolumeSegment,
    baseline_curve,
    break_even,
    vendor_curve,
)
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP

HOUSE = {"fixed_a_month": 10_000.0, "a_transaction": 5.0, "indexation": 0.0}


def curve(typed: Any, *lines: Any, name: str, **terms: Any) -> CostCurve:
    """A bid's cost against volume."""
    return vendor_curve(bid(response(*lines, vendor=name, **terms), typed))


def stretches(first: CostCurve, second: CostCurve) -> list[tuple[Any, ...]]:
    """The cheaper one and where its stretch begins and ends."""
    return [(s.cheaper, s.low, s.high) for s in break_even(first, second)]


def test_a_fixed_price_breaks_even_with_a_price_per_transaction() -> None:
    fixed = curve(rules(), line("per_month", 3000), name="Alder")
    each = curve(rules(), line("per_transaction", 2), name="Birch")
    # 3,000 = 2 v at v = 1,500
    assert stretches(fixed, each) == [("Birch", 0, 1500), ("Alder", 1500, math.inf)]


def test_a_price_that_is_lower_at_every_volume_never_breaks_even() -> None:
    low, high = (
        curve(rules(), line("per_transaction", p), name=n) for p, n in ((2, "A"), (3, "B"))
    )
    assert stretches(low, high) == [("A", 0, math.inf)]
    steep = curve(rules(), line("per_month", 1), line("per_transaction", 2), name="C")
    assert stretches(low, steep) == [("A", 0, math.inf)]


def test_equal_bids_cost_the_same_at_every_volume() -> None:
    one, two = (curve(rules(), line("per_transaction", 2), name=n) for n in "AB")
    assert stretches(one, two) == [(None, 0, math.inf)]


def test_a_commitment_can_make_two_break_even_volumes() -> None:
    # A: 2 each, at least 800 a month; B: 1,000 a month and 1 each.
    # Below 800 A costs 1,600: equal at 600. Beyond, 2 v = 1,000 + v at 1,000.
    a = curve(rules(), line("per_transaction", 2), name="A", minimum_commitment=0.8)
    b = curve(rules(), line("per_month", 1000), line("per_transaction", 1), name="B")
    assert stretches(a, b) == [
        ("B", 0, pytest.approx(600)),
        ("A", pytest.approx(600), pytest.approx(1000)),
        ("B", pytest.approx(1000), math.inf),
    ]


def test_a_cliff_makes_a_break_even_where_the_cost_jumps() -> None:
    banded = {
        "band_baseline": 1000, "dead_band": 0.1, "band_convention": "cliff",
        "arc_price": 5, "rrc_price": 0, "band_currency": "EUR",
    }  # fmt: skip
    a = curve(rules(), line("per_month", 2000), name="A", **banded)
    b = curve(rules(), line("per_month", 2200), name="B")
    # up to 1,100 A costs 2,000; just above, 2,000 + 5 x 100 = 2,500
    segments = break_even(a, b)
    assert segments == (
        VolumeSegment(0.0, 1100.0, "A"),
        VolumeSegment(1100.0, math.inf, "B", jump=True),
    )


def test_a_gain_share_bends_where_it_meets_its_floor_and_its_cap() -> None:
    typed = rules(baseline=HOUSE)
    a = curve(
        typed,
        line("per_month", 9000),
        line("per_transaction", 2),
        name="A",
        gain_share=0.5,
        gain_share_floor=12_000,
        gain_share_cap=60_000,
        terms_currency="EUR",
    )
    # a year's savings are 12 (1,000 + 3 v); half of it is 12,000 at v = 1,000 / 3, 60,000 at 3,000
    assert sorted(a.kinks) == pytest.approx([0, 1000 / 3, 3000])
    # against 5 each and 9,500 a month: up to v = 1,000 / 3 A costs 10,000 + 2 v, equal at 500 / 3
    b = curve(typed, line("per_month", 9500), line("per_transaction", 5), name="B")
    assert stretches(a, b)[:2] == [
        ("B", 0, pytest.approx(500 / 3)),
        ("A", pytest.approx(500 / 3), math.inf),
    ]


def test_a_vendor_breaks_even_with_the_baseline_in_house() -> None:
    typed = rules(baseline=HOUSE)
    vendor = curve(typed, line("per_month", 16_000), line("per_transaction", 2), name="A")
    # 16,000 + 2 v = 10,000 + 5 v at v = 2,000
    assert stretches(vendor, baseline_curve(typed)) == [
        ("in house", 0, pytest.approx(2000)),
        ("A", pytest.approx(2000), math.inf),
    ]


PRICES = st.integers(0, 50).map(float)


@st.composite
def tiers(draw: Any) -> list[dict[str, Any]]:
    """Volume tiers of one component, up to three, over a part of the transactions or all."""
    ends = sorted(draw(st.lists(st.integers(1, 3000), max_size=2, unique=True)))
    prices = draw(st.sampled_from(["marginal", "all units"]))
    share = draw(st.sampled_from([None, 0.4]))
    return [
        line(
            "per_transaction_tier", draw(PRICES), component="other", tier_from=above + 1,
            tier_to=end, tier_prices=prices, volume_share=share,
        )
        for above, end in pairwise([0, *ends, None])
    ] + [line("per_month", 0, component="other")]  # fmt: skip


CASES = st.fixed_dictionaries(
    dict.fromkeys(("price", "arc", "rrc"), PRICES)
    | {
        "fixed": st.integers(0, 20_000),
        "tiers": tiers(),
        "committed": st.none() | st.floats(0, 2),
        "band": st.sampled_from([None, "cliff", "slice"]),
        "replaces": st.sampled_from([INSTEAD, ON_TOP]),
    }
)
"""A bid by fees, prices per transaction and tiers, with or without a band and a commitment."""


def any_curve(name: str, case: dict[str, Any]) -> CostCurve:
    """The cost of a bid against volume."""
    banded = {
        "band_baseline": 1000, "dead_band": 0.1, "band_convention": case["band"],
        "arc_price": case["arc"], "rrc_price": case["rrc"], "band_currency": "EUR",
        "band_replaces": case["replaces"],
    }  # fmt: skip
    return curve(
        rules(),
        line("per_month", case["fixed"]),
        line("per_transaction", case["price"]),
        *case["tiers"],
        name=name,
        minimum_commitment=case["committed"],
        **(banded if case["band"] else {}),
    )


@given(CASES, st.lists(st.floats(0.001, 0.999), min_size=3, max_size=3))
@settings(max_examples=200)
def test_between_its_kinks_a_curve_is_the_straight_line_through_two_points(
    case: dict[str, Any], parts: list[float]
) -> None:
    drawn = any_curve("A", case)
    for low, high in pairwise([*sorted(set(drawn.kinks)), 20_000.0]):
        x0, y0, x1, y1 = drawn.line(low, high)
        for part in parts:
            volume = low + part * (high - low)
            straight = y0 + (y1 - y0) / (x1 - x0) * (volume - x0)
            assert drawn.cost(volume) == pytest.approx(straight, rel=1e-9, abs=1e-3)


@given(CASES, CASES)
def test_whoever_is_said_to_be_cheaper_is(case_a: dict[str, Any], case_b: dict[str, Any]) -> None:
    first, second = any_curve("A", case_a), any_curve("B", case_b)
    segments = break_even(first, second)
    assert segments[0].low == 0
    assert math.isinf(segments[-1].high)
    for before, after in pairwise(segments):
        assert before.high == after.low
        assert before.cheaper != after.cheaper
    for stretch in segments:
        high = stretch.high if math.isfinite(stretch.high) else 4 * stretch.low + 10_000
        for volume in np.linspace(stretch.low, high, 7)[1:-1]:
            costs_there = first.cost(volume), second.cost(volume)
            slack = 1e-6 * max(map(abs, costs_there))
            if stretch.cheaper is None:
                assert costs_there[0] == pytest.approx(costs_there[1], abs=slack)
            else:
                low, dear = costs_there if stretch.cheaper == "A" else costs_there[::-1]
                assert low <= dear + slack

"""Curves: between two knots three readings tell every value, for every value function there is."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.rules.values.curves import SAMPLES, curve
from vendor_eval.rules.values.function import VALUE_FUNCTIONS, Floats, ValueFunction
from vendor_eval.rules.values.named import value_function

FUNCTIONS = [
    {"linear": {"worst": 30.0, "best": 80.0}},
    {"linear": {"worst": 80.0, "best": 30.0}},
    {"piecewise": {"points": ((10.0, 0.0), (40.0, 90.0), (90.0, 20.0))}},
    {"steps": {"below": 5.0, "at_least": ((20.0, 40.0), (60.0, 10.0))}},
    "identity",
    "lowest_over_this",
    "this_over_highest",
    {"linear_range": {"direction": "min"}},
    {"linear_range": {"direction": "max"}},
    "above_lowest",
    {"mean_based": {"direction": "min", "points_per_percent": 1.0}},
    {"mean_based": {"direction": "max", "points_per_percent": 2.5}},
    {"mean_based": {"direction": "min", "points_per_percent": 0.3}},
]


def test_every_value_function_that_reads_numbers_is_among_those_tried() -> None:
    tried = {f if isinstance(f, str) else next(iter(f)) for f in FUNCTIONS}
    assert tried == {name for name in VALUE_FUNCTIONS if VALUE_FUNCTIONS[name].numeric}


def test_a_value_function_of_levels_has_no_knots() -> None:
    with pytest.raises(ValueError, match="Levels"):
        value_function({"levels": {"yes": 100.0}}).knots(np.array([]))


def everybody(function: ValueFunction, x: float, others: Floats) -> Floats:
    among = np.append(others, x)
    return function(among, among)


@given(
    st.sampled_from(FUNCTIONS),
    st.lists(st.integers(1, 100), max_size=4),
    st.floats(0.01, 0.99),
)
def test_between_two_knots_three_readings_tell_every_value(
    typed: object, rivals: list[int], share: float
) -> None:
    function, others = value_function(typed), np.array(rivals, dtype=float)
    bends = function.knots(others)
    ends = np.unique([1.0, *bends[(bends > 1) & (bends < 100)], 100.0])
    for low, high in pairwise(ends):
        middle, half = (low + high) / 2, (high - low) / 2
        read = np.array([everybody(function, middle + half * t, others) for t in SAMPLES])
        t = 2 * share - 1
        values = curve(read).at(t)
        assert values == pytest.approx(everybody(function, middle + half * t, others), abs=1e-9)


def test_the_slope_of_a_curve_is_that_of_the_hyperbola_it_is() -> None:
    hyperbola = curve(np.array([1 / (3 + t) for t in SAMPLES]))
    assert hyperbola.at(1.0) == pytest.approx(1 / 4)
    assert hyperbola.slope(-1.0) == pytest.approx(-1 / 4)

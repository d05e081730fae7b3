"""Numbers as `results.json` holds them: so many decimals by kind, and no negative zero."""

import math

from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.outputs.plain import answer, computed, money, points, share


def test_each_kind_of_number_has_its_decimals() -> None:
    # as docs/results.md states them: money 4, points 8, shares 10, answers 12 digits, computed 10
    x = 1.23456789123456
    assert (money(x), points(x), share(x)) == (1.2346, 1.23456789, 1.2345678912)
    assert (answer(x), computed(x)) == (1.23456789123, 1.234567891)
    assert (money(None), money(12.0), answer("as entered")) == (None, 12, "as entered")


@given(st.floats(-1e-11, 0))
def test_nothing_rounds_to_a_negative_zero(x: float) -> None:
    for written in (money(x), points(x), share(round(x, 10)), computed(round(x, 10))):
        assert written is not None
        assert math.copysign(1, float(written)) == 1 or written != 0

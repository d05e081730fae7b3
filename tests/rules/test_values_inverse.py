"""From a value back to the nearest answer that has it."""

import math
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.rules.values.absolute import Linear, Piecewise, Steps
from vendor_eval.rules.values.function import ValueFunction
from vendor_eval.rules.values.named import value_function
from vendor_eval.rules.values.shape import SAME, Piece, nearest

x = st.floats(-1000, 1000, allow_subnormal=False).map(lambda n: round(n, 3))
value = st.one_of(st.integers(0, 10).map(lambda n: 10.0 * n), st.floats(0, 100))
share = st.one_of(st.integers(0, 10).map(lambda n: n / 10), st.floats(0, 1))


def knots(least: int) -> st.SearchStrategy[tuple[tuple[float, float], ...]]:
    """Points with ascending x, at most seven."""
    xs = st.lists(x, min_size=least, max_size=7, unique=True).map(sorted)
    return xs.flatmap(
        lambda at: st.tuples(*[value] * len(at)).map(lambda ys: tuple(zip(at, ys, strict=True)))
    )


linear = st.tuples(x, x).filter(lambda ends: abs(ends[0] - ends[1]) > 0.01)
functions = st.one_of(
    linear.map(lambda ends: {"linear": {"worst": ends[0], "best": ends[1]}}),
    knots(2).map(lambda points: {"piecewise": {"points": points}}),
    st.tuples(knots(1), value).map(lambda s: {"steps": {"at_least": s[0], "below": s[1]}}),
).map(value_function)


class Stated(ValueFunction):
    """A function that states nothing but its pieces, which may jump after a slope too."""

    knots_at: tuple[float, ...]
    ends: tuple[tuple[float, float], ...]
    """The first and the last value of each piece, one more than there are knots."""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        starts, stops = (-math.inf, *self.knots_at), (*self.knots_at, math.inf)
        rows = zip(starts, self.ends, stops, strict=True)
        return tuple((x0, y0, x1, y1) for x0, (y0, y1), x1 in rows)


@st.composite
def stated(draw: st.DrawFn) -> Stated:
    """Two to six pieces, each from and to any value, the first and the last level."""
    at = draw(st.lists(x, min_size=1, max_size=5, unique=True).map(sorted))
    inner = [(draw(share), draw(share)) for _ in at[1:]]
    first, last = draw(share), draw(share)
    return Stated(knots_at=tuple(at), ends=((first, first), *inner, (last, last)))


def at(function: ValueFunction, answer: float) -> float:
    return float(function(np.array([answer]))[0])


def telling(function: ValueFunction, start: float, end: float) -> np.ndarray:
    """Answers from one end to the other, with what stands at and beside every knot."""
    corners = [piece[0] for piece in function.pieces if math.isfinite(piece[0])]
    beside = np.concatenate([corners, np.nextafter(corners, -np.inf)])
    tried = np.concatenate([np.linspace(start, end, 101), beside])
    return tried[abs(tried - start) < abs(end - start) - 1e-6]


@given(functions, st.lists(x | st.sampled_from([-1e15, 1e-15, 1e15]), min_size=1))
def test_values_are_those_of_the_functions_own_formula(
    function: ValueFunction, answers: list[float]
) -> None:
    """Numpy interpolates and searches: at the knots, just before them and far from them."""
    knots = [piece[0] for piece in function.pieces if math.isfinite(piece[0])]
    at = np.array([*answers, *knots, *np.nextafter(knots, -np.inf)])
    match function:
        case Linear():
            expected = (at - function.worst) / (function.best - function.worst)
        case Piecewise():
            expected = np.interp(at, *zip(*function.points, strict=True)) / 100
        case Steps():
            reached = np.searchsorted([x for x, _ in function.at_least], at, side="right")
            expected = np.array([function.below, *(y for _, y in function.at_least)])[reached] / 100
    assert function(at) == pytest.approx(np.clip(expected, 0, 1), abs=1e-12)


@given(functions | stated(), share, x)
def test_the_answer_found_has_the_value_and_none_nearer_has(
    function: ValueFunction, target: float, start: float
) -> None:
    answer = function.reaching(target, start)
    everywhere = np.concatenate([np.linspace(-1100, 1100, 500), telling(function, 0, 1e6)])
    if answer is None:
        assert function(everywhere).max() < target
        return
    assert isinstance(answer, float)
    assert at(function, answer) >= target - 1e-9
    nearer = telling(function, start, answer)
    assert (function(nearer) < target + 1e-6 * abs(answer - start)).all()
    if len(nearer) and at(function, start) < target - 1e-6:
        assert (function(nearer) <= target + 1e-9).all()


@given(functions, share, x)
def test_falling_is_reaching_seen_upside_down(
    function: ValueFunction, limit: float, start: float
) -> None:
    answer = function.falling_to(limit, start)
    if answer is None:
        assert function(np.linspace(-1100, 1100, 500)).min() > limit
        return
    assert isinstance(answer, float)
    assert at(function, answer) <= limit + 1e-9
    nearer = telling(function, start, answer)
    assert not len(nearer) or (function(nearer) >= limit - 1e-9).all()


@given(functions, x)
def test_an_answer_reaches_its_own_value(function: ValueFunction, start: float) -> None:
    assert function.reaching(at(function, start), start) == pytest.approx(start, abs=1e-6)
    assert function.falling_to(at(function, start), start) == pytest.approx(start, abs=1e-6)


@given(linear, st.floats(0.001, 0.999))
def test_a_line_and_its_inverse_are_a_round_trip(ends: tuple[float, float], target: float) -> None:
    function = value_function({"linear": {"worst": ends[0], "best": ends[1]}})
    for start in (ends[0], None):
        answer = function.reaching(target, start)
        assert isinstance(answer, float)
        assert answer == pytest.approx(ends[0] + target * (ends[1] - ends[0]))
        assert at(function, answer) == pytest.approx(target, abs=1e-9)
    assert function.reaching(target, ends[1]) == ends[1]


RISING = {"steps": {"at_least": ((10.0, 50.0), (20.0, 90.0)), "below": 0.0}}
FALLING = {"steps": {"at_least": ((10.0, 50.0), (20.0, 0.0)), "below": 100.0}}
HUMP = {"piecewise": {"points": ((0.0, 0.0), (10.0, 100.0), (20.0, 0.0), (30.0, 60.0))}}
LEVELS = {"levels": {"none": 0.0, "some": 40.0, "most": 70.0, "much": 70.0, "all": 100.0}}


@pytest.mark.parametrize(
    ("typed", "target", "start", "answer"),
    [
        ({"linear": {"worst": 9e6, "best": 5e6}}, 0.25, 12e6, 8e6),
        ({"linear": {"worst": 9e6, "best": 5e6}}, 0.25, None, 8e6),
        (RISING, 0.5, 3.0, 10.0),
        (RISING, 0.51, 12.0, 20.0),
        (RISING, 0.95, 12.0, None),
        (RISING, 0.7, None, 20.0),
        (FALLING, 0.4, 25.0, math.nextafter(20.0, 0.0)),
        (FALLING, 0.6, None, math.nextafter(10.0, 0.0)),
        (HUMP, 0.5, 2.0, 5.0),
        (HUMP, 0.5, 18.0, 15.0),
        (HUMP, 0.5, 23.0, pytest.approx(20 + 50 / 6)),
        (HUMP, 0.5, None, 5.0),
        ("identity", 1.0, 40.0, 100.0),
        ("identity", 0.3, None, pytest.approx(30)),
        (LEVELS, 0.5, "some", "most"),
        (LEVELS, 0.7, "much", "much"),
        (LEVELS, 0.71, None, "all"),
        ({"levels": {"no": 0.0, "yes": 60.0}}, 0.61, "no", None),
    ],
)
def test_the_nearest_answer_with_at_least_a_value(
    typed: Any, target: float, start: Any, answer: Any
) -> None:
    assert value_function(typed).reaching(target, start) == answer


@pytest.mark.parametrize(
    ("typed", "limit", "start", "answer"),
    [
        (RISING, 0.5, 25.0, math.nextafter(20.0, 0.0)),
        (FALLING, 0.5, 5.0, 10.0),
        (HUMP, 0.5, 12.0, 15.0),
        (LEVELS, 0.7, "all", "most"),
        (LEVELS, 0.39, "all", "none"),
        ({"levels": {"no": 20.0, "yes": 60.0}}, 0.1, "yes", None),
    ],
)
def test_the_nearest_answer_with_at_most_a_value(
    typed: Any, limit: float, start: Any, answer: Any
) -> None:
    assert value_function(typed).falling_to(limit, start) == answer


@pytest.mark.parametrize(
    ("piece", "answer"), [((0.0, 0.5, 10.0, 0.0), 0.0), ((0.0, 0.0, 10.0, 0.5), 10.0)]
)
@pytest.mark.parametrize("start", [-5.0, 3.0, 15.0])
def test_noise_that_is_forgiven_never_leads_beyond_a_piece(
    piece: Piece, answer: float, start: float
) -> None:
    assert nearest((piece,), 0.5 + SAME / 2, start) == answer


@given(functions)
def test_the_pieces_hang_together_from_end_to_end(function: ValueFunction) -> None:
    pieces = function.pieces
    assert (pieces[0][0], pieces[-1][2]) == (-math.inf, math.inf)
    assert all(left[2] == right[0] for left, right in pairwise(pieces))
    for x0, y0, _, _ in pieces[1:]:
        assert at(function, x0) == pytest.approx(y0, abs=1e-12)


def test_a_function_of_the_other_bids_has_no_inverse_of_its_own() -> None:
    with pytest.raises(ValueError, match="no graph over numbers"):
        value_function("lowest_over_this").reaching(0.5, 1.0)


@given(stated(), x, x)
def test_extremes_hold_for_pieces_that_fall_after_a_slope(
    function: Stated, one: float, other: float
) -> None:
    low, high = min(one, other), max(one, other)
    least, most = function.extremes(low, high)
    corners = np.array([piece[0] for piece in function.pieces[1:]])
    tried = np.concatenate([np.linspace(low, high, 101), corners, np.nextafter(corners, -np.inf)])
    values = function(tried[(tried >= low) & (tried <= high)])
    assert least == pytest.approx(values.min(), abs=1e-12)
    assert most == pytest.approx(values.max(), abs=1e-12)


def test_a_slope_that_ends_in_a_fall_is_left_just_before_it() -> None:
    saw = Stated(knots_at=(0.0, 10.0), ends=((0.0, 0.0), (0.0, 1.0), (0.2, 0.2)))
    assert saw.reaching(0.95, 20.0) == math.nextafter(10.0, 0.0)
    assert saw.extremes(0.0, 15.0) == (0.0, pytest.approx(1.0))


def test_points_too_far_apart_for_a_straight_line_are_refused() -> None:
    with pytest.raises(ValueError, match="allowed: a finite way apart"):
        value_function({"piecewise": {"points": ((-1e308, 0.0), (1e308, 100.0))}})

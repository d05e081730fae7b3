"""A value function that states no graph: read off near enough, and exact where it is asked."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.rules.values.absolute import Linear, Steps
from vendor_eval.rules.values.function import Direction, Floats, ValueFunction, clamped
from vendor_eval.rules.values.named import value_function
from vendor_eval.rules.values.relative import LowestOverThis, RelativeFunction
from vendor_eval.rules.values.sampled import TOLERANCE
from vendor_eval.rules.values.shape import SAME


class Power(ValueFunction):
    """(x / best) to some power."""

    best: float
    power: float

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped(np.maximum(x, 0) / self.best) ** self.power

    @property
    def slope(self) -> Direction:
        return "max"


class Hill(ValueFunction):
    """Best in the middle, worse to both sides; a jump on its way."""

    peak: float
    width: float

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        apart = (np.asarray(x, dtype=float) - self.peak) / self.width
        return clamped(np.exp(-(apart**2)) * 0.8 + 0.2 * (apart > 0.5))


class Percent(ValueFunction):
    """The square of a percentage; nothing else is an answer."""

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped(np.asarray(x, dtype=float) / 100) ** 2

    def refusal(self, answer: Any) -> str | None:
        return None if 0 <= answer <= 100 else f"found {answer:g}; allowed: 0 to 100"


class UnstatedLinear(Linear):
    """A straight line that does not state its graph."""

    pieces = ValueFunction.pieces

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        return clamped((np.asarray(x, dtype=float) - self.worst) / (self.best - self.worst))


class UnstatedSteps(Steps):
    """Steps that do not state their graph."""

    pieces = ValueFunction.pieces

    def __call__(self, x: Any, among: Floats | None = None) -> Floats:
        reached = np.searchsorted([at for at, _ in self.at_least], x, side="right")
        return np.array([self.below, *(points for _, points in self.at_least)])[reached] / 100


class Unstated(ValueFunction):
    """A class that forgot to state anything."""


class UnstatedLowest(LowestOverThis):
    """min / x without its knots."""

    knots = ValueFunction.knots


UNSTATED = [
    Power(best=80.0, power=0.5),
    Power(best=3e6, power=0.3),
    Power(best=5.0, power=4.0),
    Hill(peak=50.0, width=7.0),
    Hill(peak=1.2e6, width=3e5),
    Percent(),
    UnstatedLinear(worst=900.0, best=400.0),
    UnstatedSteps(at_least=((7.0, 30.0), (40.0, 100.0))),
]
FUNCTIONS = st.sampled_from(UNSTATED)


def answers(function: ValueFunction, share: float) -> float:
    """An answer that matters to a function, by a share of where it moves."""
    moving = [x for x0, y0, x1, y1 in function.pieces if y0 != y1 for x in (x0, x1)]
    ends = moving or function.knots(np.array([])).tolist()
    low, high = min(ends), max(ends)
    return min(low + share * (high - low), high)  # rounding must not lead beyond the end


@given(FUNCTIONS, st.floats(0, 1))
def test_straight_pieces_are_within_the_tolerance_everywhere(
    function: ValueFunction, share: float
) -> None:
    x = answers(function, share)
    [line] = [
        y0 if y0 == y1 else y0 + (x - x0) / (x1 - x0) * (y1 - y0)
        for x0, y0, x1, y1 in function.pieces
        if x0 <= x < x1 or (x == x1 and (x0, y0, x1, y1) == function.pieces[-1])
    ]
    assert line == pytest.approx(float(function(np.array([x]))[0]), abs=3 * TOLERANCE)


@given(FUNCTIONS, st.floats(0, 1), st.floats(0.001, 0.999), st.booleans())
def test_an_answer_that_reaches_a_value_has_it_and_the_next_one_to_the_start_has_not(
    function: ValueFunction, share: float, target: float, upwards: bool
) -> None:
    start = answers(function, share)
    sign = 1 if upwards else -1
    nearest = function.reaching if upwards else function.falling_to

    def does(x: float) -> bool:
        return sign * float(function(np.array([x]))[0]) >= sign * target - SAME

    answer = nearest(target, start)
    if answer is None:
        tried = [answers(function, n / 1000) for n in range(1001)]
        assert not any(does(x) for x in tried)
        return
    assert isinstance(answer, float)
    assert does(answer)
    if answer != start:
        size = max(abs(answer - start), abs(answer))
        # so far that even a flat root differs by more than SAME
        short = answer + np.sign(start - answer) * 1e-8 * size
        assert not does(short)


def test_where_a_function_takes_no_more_its_graph_ends() -> None:
    pieces = Percent().pieces
    assert (pieces[0][0], pieces[-1][2]) == (0.0, 100.0)
    assert Percent().reaching(1.0, 10.0) == 100.0


def test_unstated_steps_jump_where_the_stated_ones_do() -> None:
    stated, unstated = Steps(at_least=UNSTATED[-1].at_least), UNSTATED[-1]
    assert unstated.pieces == stated.pieces
    assert unstated.stepped


@given(st.lists(st.integers(1, 100), min_size=1, max_size=4), st.floats(1, 100))
def test_unstated_knots_leave_everybodys_value_nearly_straight(rivals: list[int], x: float) -> None:
    function, others = UnstatedLowest(), np.array(rivals, dtype=float)
    knots = function.knots(others)
    after = int(np.searchsorted(knots, x))
    low, high = knots[max(after - 1, 0)], knots[min(after, len(knots) - 1)]

    def everybody(at: float) -> Floats:
        among = np.append(others, at)
        return function(among, among)

    share = 0.0 if low == high else (x - low) / (high - low)
    line = everybody(low) * (1 - share) + everybody(high) * share
    assert everybody(x) == pytest.approx(line, abs=3 * TOLERANCE)


def test_which_functions_state_their_graph() -> None:
    assert all(function.sampled for function in (*UNSTATED, UnstatedLowest()))
    stated = ["identity", "lowest_over_this", {"linear": {"worst": 1.0, "best": 2.0}}]
    stated += [{"levels": {"yes": 100.0}}, {"linear_range": {"direction": "min"}}]
    assert not any(value_function(typed).sampled for typed in stated)


def test_a_relative_function_without_a_slope_is_refused() -> None:
    class Wavering(RelativeFunction):
        pass

    with pytest.raises(TypeError, match="allowed: a slope of max or min"):
        Wavering()


def test_a_function_that_gives_no_number_is_refused_where_it_does_not() -> None:
    class Logarithm(ValueFunction):
        def __call__(self, x: Any, among: Floats | None = None) -> Floats:
            with np.errstate(invalid="ignore", divide="ignore"):
                return np.log(np.asarray(x, dtype=float))

    with pytest.raises(ValueError, match="found no value at"):
        _ = Logarithm().pieces


def test_a_function_that_states_nothing_is_an_error_of_who_wrote_it() -> None:
    with pytest.raises(NotImplementedError, match="Unstated states neither its values nor pieces"):
        Unstated()(np.array([1.0]))

"""Erlang C: the published figures, the extremes, and an independent formula."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from make import ROOT
from vendor_eval.measures.staffing import (
    agents_needed,
    answered_share,
    offered_load,
    on_duty,
    waiting_share,
)

WORKED = json.loads((ROOT / "tests" / "worked" / "worked_examples.json").read_text("utf-8"))


def by_poisson(load: float, agents: int) -> float:
    """Erlang C from the Poisson distribution: an independent way to the same number."""
    lost = stats.poisson.pmf(agents, load) / stats.poisson.cdf(agents, load)
    return lost / (1 - load / agents * (1 - lost))


def test_the_worked_example_comes_out_as_published() -> None:
    example = WORKED["erlang_c"]  # 100 calls in 30 minutes of 180 s, answered within 20 s
    load = offered_load(100, handling_seconds=180, interval_seconds=1800)
    assert load == 10
    for agents, share in example["expected"].items():
        answered_part = answered_share(load, int(agents), within_seconds=20, handling_seconds=180)
        assert answered_part == pytest.approx(share, abs=example["tolerance"])
    # 13 agents answer 79.6 %, which is not 80 %
    assert agents_needed(load, share=0.8, within_seconds=20, handling_seconds=180) == 14
    assert agents_needed(load, share=0.79, within_seconds=20, handling_seconds=180) == 13


@given(load=st.floats(0.01, 3000), more=st.integers(1, 200))
def test_the_recursion_agrees_with_the_poisson_distribution(load: float, more: int) -> None:
    agents = math.floor(load) + more
    expected = by_poisson(load, agents)
    assert waiting_share(load, agents) == pytest.approx(expected, rel=1e-7, abs=1e-14)


@given(load=st.floats(0.01, 3000), share=st.floats(0.01, 0.999), within=st.floats(0, 600))
def test_the_agents_needed_are_enough_and_one_fewer_is_not(
    load: float, share: float, within: float
) -> None:
    times = {"within_seconds": within, "handling_seconds": 240.0}
    agents = agents_needed(load, share=share, **times)
    assert (
        answered_share(load, agents, **times) >= share > answered_share(load, agents - 1, **times)
    )


def test_the_extremes_are_right() -> None:
    times = {"within_seconds": 20.0, "handling_seconds": 180.0}
    assert answered_share(0, 0, **times) == answered_share(0, 5, **times) == 1  # nobody calls
    assert agents_needed(0, share=0.8, **times) == 0
    assert answered_share(10, 10, **times) == answered_share(10, 0, **times) == 0
    assert waiting_share(10, 9) == 1
    assert answered_share(10, 10**15, **times) == 1  # as quickly as any other
    assert answered_share(1e-12, 1, **times) == pytest.approx(1)


def test_a_huge_load_needs_hardly_more_agents_than_itself() -> None:
    # the square-root rule (Halfin & Whitt 1981): half wait at 0.506 standard deviations above
    load = 1e8
    half = load + 0.506 * math.sqrt(load)
    assert waiting_share(load, round(half)) == pytest.approx(0.5, abs=1e-3)
    needed = agents_needed(load, share=0.5, within_seconds=0, handling_seconds=180)
    assert needed == pytest.approx(half, abs=20)


def test_shrinkage_is_taken_off_and_nobody_is_cut_in_two() -> None:
    assert on_duty(40, 0.3) == 28
    assert on_duty(41, 0.3) == 28
    assert on_duty(40, 0) == 40


@pytest.mark.parametrize(
    "call",
    [
        lambda: waiting_share(-1, 3),
        lambda: waiting_share(math.nan, 3),
        lambda: waiting_share(math.inf, 3),
        lambda: waiting_share(1e15, 10**15 + 1),
        lambda: answered_share(3, 4, within_seconds=20, handling_seconds=0),
        lambda: agents_needed(3, share=1, within_seconds=20, handling_seconds=180),
        lambda: on_duty(40, -0.1),
    ],
)
def test_numbers_that_mean_nothing_are_refused(call: object) -> None:
    with pytest.raises(ValueError, match="allowed"):
        call()  # type: ignore[operator]

"""Rank reversal: each known hang and crash of the checkers ends at once, with a plain answer."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendor_eval.analysis.methods.reversal import TESTS, ReversalTest, reversal_tests

BIDS = {"A": [100.0, 60.0], "B": [112.0, 74.0], "C": [120.0, 80.0], "D": [150.0, 81.0]}


def outcomes(
    rows: dict[str, list[float]], *names: str, directions: str = "min max"
) -> dict[str, ReversalTest]:
    ways = directions.split()
    criteria = [f"c{n}" for n in range(len(ways))]
    found = reversal_tests(
        pd.DataFrame.from_dict(rows, orient="index", columns=criteria),
        weights=pd.Series(1.0, index=criteria),
        directions=pd.Series(ways, index=criteria),
        names=names or ("topsis",),
    )
    return {result.test: result for result in found}


def test_every_test_is_made_of_every_method_in_the_order_asked() -> None:
    frame = pd.DataFrame.from_dict(BIDS, orient="index", columns=["c0", "c1"])
    found = reversal_tests(
        frame,
        weights=pd.Series(1.0, index=["c0", "c1"]),
        directions=pd.Series(["min", "max"], index=["c0", "c1"]),
        names=("weighted_sum", "topsis"),
    )
    expected = [(name, test) for name in ("weighted_sum", "topsis") for test in TESTS]
    assert [(result.method, result.test) for result in found] == expected
    assert None not in {result.holds for result in found}


def test_identical_neighbours_end_the_test_before_it_draws_forever() -> None:
    same = [120.0, 70.0]
    found = outcomes({"A": [100.0, 90.0], "B": same, "C": same, "D": [150.0, 60.0]})["invariance"]
    assert found.holds is None
    assert "no room to make" in found.detail


def test_neighbours_that_differ_only_where_one_is_0_end_it_too() -> None:
    # noise may not cross 0, so that a 0 leaves no room either
    rows = {"A": [1.0, 9.0], "B": [2.0, 0.0], "C": [2.0, -3.0], "D": [2.0, -6.0]}
    found = outcomes(rows, "weighted_sum", "promethee2", directions="min max")
    assert found["invariance"].holds is None
    assert "B" in found["invariance"].detail


def test_the_last_of_three_needs_room_as_well() -> None:
    rows = {"A": [1.0, 9.0], "B": [5.0, 4.0], "C": [5.0, 4.0]}
    found = outcomes(rows)["invariance"]
    assert (found.holds, found.detail) == (
        None,
        "no room to make B, C worse: like the next one, or 0 where they differ",
    )


@pytest.mark.parametrize("test", ["invariance", "transitivity"])
def test_two_vendors_are_too_few_and_it_is_said(test: str) -> None:
    found = outcomes({"A": [100.0, 60.0], "B": [112.0, 74.0]})[test]
    assert (found.holds, found.detail) == (None, "it needs three vendors or more")


def test_two_vendors_are_enough_for_a_clone() -> None:
    assert outcomes({"A": [100.0, 60.0], "B": [112.0, 61.0]})["clones"].holds is True


@pytest.mark.parametrize("rows", [{}, {"A": [1.0, 2.0]}])
def test_without_a_rival_no_test_is_made(rows: dict[str, list[float]]) -> None:
    assert {(t.holds, "two vendors or more" in t.detail) for t in outcomes(rows).values()} == {
        (None, True)
    }


def test_vendors_that_all_tie_leave_no_losing_one_to_repeat() -> None:
    found = outcomes({v: [5.0, 5.0] for v in "ABC"}, "weighted_sum")
    assert found["clones"].detail == "all vendors tie, so there is no losing one to repeat"
    assert {result.holds for result in found.values()} == {None}


def test_a_method_that_cannot_rank_the_table_says_so_in_every_test() -> None:
    found = outcomes({"A": [0.0, 1.0], "B": [2.0, 3.0], "C": [4.0, 5.0]}, "weighted_product")
    assert {result.holds for result in found.values()} == {None}
    assert all("above 0" in result.detail for result in found.values())


def test_a_method_that_counts_pairs_is_caught_in_a_circle() -> None:
    rows = {"A": [3.0, 1.0, 2.0], "B": [2.0, 3.0, 1.0], "C": [1.0, 2.0, 3.1], "D": [9.0, 9.0, 9.0]}
    found = outcomes(rows, "promethee2", directions="max max max")["transitivity"]
    # a circle of A, B and C leaves the three tied behind D, which the test cannot take
    assert (found.holds, found.detail) == (None, "it needs a ranking without ties")


def test_the_same_seed_makes_the_same_tests() -> None:
    assert outcomes(BIDS, "codas") == outcomes(BIDS, "codas")


numbers = st.integers(0, 6).map(float)


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=5))
@settings(max_examples=30)
def test_whatever_the_answers_every_test_ends_with_an_answer(
    rows: list[tuple[float, float]],
) -> None:
    bids = {f"V{n}": list(row) for n, row in enumerate(rows)}
    for name in ("topsis", "weighted_sum", "electre2"):
        for result in outcomes(bids, name).values():
            assert result.holds in (True, False, None)
            assert (result.holds is True) == (result.detail == "")
            assert "could not make the test" not in result.detail, result

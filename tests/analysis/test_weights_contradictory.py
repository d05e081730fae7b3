"""Statements about weights that contradict each other, cannot be met or are entered wrongly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from make.drawn_weights import drawn, flat, two_levels
from vendor_eval.errors import UnknownName, VendorEvalError


def test_statements_that_contradict_each_other_are_named_and_the_others_are_not() -> None:
    with pytest.raises(VendorEvalError) as told:
        drawn(
            flat(4),
            order=["c0", "c1"],
            at_least=[["c1", 2.0, "c0"]],
            ranges={"c0": [0.1, 0.9], "c3": [0.0, 0.5]},
        )
    assert str(told.value) == (
        "no weights meet all of this: 'c0' has at least 0.1; 'c0' weighs at least as much as "
        "'c1'; 'c1' weighs at least 2 times as much as 'c0'"
    )


def test_ranges_that_cannot_sum_to_one_are_a_fault() -> None:
    with pytest.raises(VendorEvalError, match=r"'c0' has at most 0\.2; 'c1' has at most 0\.3"):
        drawn(flat(2), ranges={"c0": [0.0, 0.2], "c1": [0.0, 0.3]})


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_called_impossible_is_impossible_and_what_is_drawn_is_allowed(
    data: st.DataObject,
) -> None:
    names = [f"c{n}" for n in range(4)]
    tenth = st.integers(0, 10).map(lambda n: n / 10)
    ranges = data.draw(
        st.dictionaries(
            st.sampled_from(names), st.tuples(tenth, tenth).map(sorted), min_size=1, max_size=4
        )
    )
    pairs = st.tuples(st.sampled_from(names), st.sampled_from([0.5, 1.0, 3.0]), st.just("c0"))
    ratios = [r for r in data.draw(st.lists(pairs, max_size=2)) if r[0] != "c0"]
    a = [[r[1] if n == 0 else -1.0 * (names[n] == r[0]) for n in range(4)] for r in ratios]
    bounds = [tuple(ranges.get(name, (0.0, 1.0))) for name in names]
    possible = linprog(
        np.zeros(4),
        A_ub=a or None,
        b_ub=np.zeros(len(a)) if a else None,
        A_eq=[[1.0] * 4],
        b_eq=[1.0],
        bounds=bounds,
    ).success
    if not possible:
        with pytest.raises(VendorEvalError, match="no weights meet all of this"):
            drawn(flat(4), ranges=ranges, at_least=ratios)
        return
    weights = drawn(flat(4), draws=200, ranges=ranges, at_least=ratios)
    for n, (low, high) in enumerate(bounds):
        assert (weights[:, n] >= low - 1e-7).all()
        assert (weights[:, n] <= high + 1e-7).all()
    for row in a:
        assert (weights @ np.array(row) <= 1e-7).all()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"order": ["c0", "c00"]}, "unknown criterion 'c00'; did you mean 'c0'"),
        ({"order": ["c0"]}, "without any of its siblings"),
        ({"order": ["c0", "c0"]}, "stands twice"),
        ({"ranges": {"c0": [0.5, 0.2]}}, "the lower end first"),
        ({"ranges": {"c0": [0.5, 1.2]}}, "less than or equal to 1"),
        ({"at_least": [["c0", 1.0, "c0"]]}, "compared with itself"),
        ({"at_least": [["c0", 0.0, "c1"]]}, "greater than 0"),
        ({"odrer": ["c0", "c1"]}, "odrer"),
        ({}, "no information"),
    ],
)
def test_what_is_typed_wrongly_is_told(said: dict, told: str) -> None:
    with pytest.raises(VendorEvalError, match=told):
        drawn(flat(3), **said)


def test_criteria_of_different_parents_cannot_be_compared() -> None:
    with pytest.raises(VendorEvalError, match="with the same parent"):
        drawn(two_levels(), at_least=[["cost.fee", 1.0, "quality"]])
    with pytest.raises(UnknownName, match=r"did you mean 'cost\.fee'"):
        drawn(two_levels(), ranges={"cost.fees": [0.1, 0.5]})

"""The field: the evaluation's own values, and what they are once a bid moves, enters or leaves."""

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import rules
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.field import Field, field_of

FUNCTIONS: tuple[Any, ...] = (
    "identity",
    "lowest_over_this",
    {"linear_range": {"direction": "min"}},
    {"mean_based": {"direction": "min", "points_per_percent": 1.0}},
)
rows = st.lists(st.tuples(st.integers(1, 100), st.integers(1, 100)), min_size=2, max_size=6)
functions = st.sampled_from(FUNCTIONS)
GATE = {"id": "proof", "label": "Proof", "answer": "proof", "rule": {"equals": "yes"}}


def evaluated(bids: list[tuple[int, int]], f: Any, g: Any, *, passing: int) -> Evaluation:
    """Bids on two leaves; the first `passing` of them pass the gate, the others fail it."""
    typed = rules({"a": (3.0, f), "b": (2.0, g)}, gates=(GATE,))
    named = {
        f"V{n}": {"a": a, "b": b, "proof": "yes" if n < passing else "no"}
        for n, (a, b) in enumerate(bids)
    }
    return evaluate(typed, proposals(named))


def same(field: Field, evaluation: Evaluation) -> None:
    """A field holds exactly the values of an evaluation in which its vendors alone compete."""
    assert field.vendors == tuple(sorted(evaluation.ranking))
    expected = evaluation.values.loc[list(field.vendors)].to_numpy()
    assert (field.nodes == expected).all()
    assert field.scores == pytest.approx(evaluation.scores[list(field.vendors)].to_numpy())
    assert field.leading() == evaluation.leaders


@given(rows, functions, functions)
def test_the_field_has_exactly_the_values_of_the_evaluation(
    bids: list[tuple[int, int]], f: Any, g: Any
) -> None:
    evaluation = evaluated(bids, f, g, passing=len(bids))
    same(field_of(evaluation), evaluation)


@given(rows, functions, functions)
def test_a_vendor_enters_the_field_as_if_it_had_passed_its_gate(
    bids: list[tuple[int, int]], f: Any, g: Any
) -> None:
    before = evaluated(bids, f, g, passing=len(bids) - 1)
    last = f"V{len(bids) - 1}"
    same(field_of(before, entering=[last]), evaluated(bids, f, g, passing=len(bids)))


@given(rows, functions, functions)
def test_a_vendor_leaves_the_field_as_if_it_had_not_bid(
    bids: list[tuple[int, int]], f: Any, g: Any
) -> None:
    whole = evaluated(bids, f, g, passing=len(bids))
    fewer = evaluated(bids[:-1], f, g, passing=len(bids) - 1)
    same(field_of(whole).without(f"V{len(bids) - 1}"), fewer)


@given(rows, functions, st.lists(st.integers(1, 100), min_size=1, max_size=5))
def test_a_bid_that_moves_moves_the_values_as_a_new_evaluation_would(
    bids: list[tuple[int, int]], f: Any, to: list[int]
) -> None:
    field = field_of(evaluated(bids, f, "identity", passing=len(bids)))
    moved = field.leaves[0].moved(1, np.array(to, dtype=float))
    for x, values in zip(to, moved, strict=True):
        changed = [bids[0], (x, bids[1][1]), *bids[2:]]
        again = field_of(evaluated(changed, f, "identity", passing=len(bids)))
        assert values.tolist() == again.leaves[0].values.tolist()


@given(rows, functions, functions)
def test_the_gap_is_to_the_best_other_and_0_where_level(
    bids: list[tuple[int, int]], f: Any, g: Any
) -> None:
    evaluation = evaluated(bids, f, g, passing=len(bids))
    field = field_of(evaluation)
    assume(len(evaluation.leaders) == 1)
    [first] = field.places(evaluation.leaders)
    assert field.gaps[first] < 0
    behind = np.delete(field.gaps, first)
    assert (behind > 0).all()
    assert -field.gaps[first] == pytest.approx(behind.min())

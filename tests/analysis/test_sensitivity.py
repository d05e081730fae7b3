"""Weight intervals: the published figures, and the same winner found by reweighting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import assessed, five_criteria, rules
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.rules import Rules


def test_the_worked_intervals_are_found_in_closed_form() -> None:
    held = weight_intervals(evaluate(*five_criteria()))
    found = {path: (round(i.low, 3), round(i.high, 3)) for path, i in held.items()}
    assert found == {
        "expertise": (0.0, 0.347),
        "cost": (0.234, 1.0),
        "security": (0.091, 1.0),
        "location": (0.0, 0.254),
        "language": (0.0, 0.183),
    }
    assert (held["expertise"].below, held["expertise"].above) == (None, "B")
    assert held["language"].above == "C"


NESTED = Rules.model_validate(
    {
        "title": "t",
        "decision": "d",
        "currency": "EUR",
        "price": "a",
        "criteria": (
            {
                "id": "top",
                "label": "Top",
                "weight": 60.0,
                "criteria": tuple(
                    {"id": n, "label": n, "weight": w, "answer": n, "value": "identity"}
                    for n, w in (("a", 1.0), ("b", 2.0), ("c", 3.0))
                ),
            },
            {"id": "d", "label": "D", "weight": 25.0, "answer": "d", "value": "identity"},
            {"id": "e", "label": "E", "weight": 15.0, "answer": "e", "value": "identity"},
        ),
    }
)
points = st.integers(min_value=0, max_value=100)
offers = st.lists(st.tuples(*[points] * 5), min_size=2, max_size=5)


@given(offers)
def test_just_inside_an_interval_the_winner_stays_and_just_outside_it_goes(
    rows: list[tuple[int, ...]],
) -> None:
    bids = {f"V{n}": dict(zip("abcde", row, strict=True)) for n, row in enumerate(rows)}
    base = evaluate(NESTED, proposals(bids))
    stated = tree(NESTED.criteria)
    leaf_values = base.values[list(stated.leaves)].to_numpy()
    for path, interval in weight_intervals(base).items():
        node = stated.at(path)
        siblings = [
            n for n in range(len(stated.paths)) if stated.parents[n] == stated.parents[node]
        ]

        def leaders(share: float, node: int = node, siblings: list[int] = siblings) -> set[str]:
            moved = {
                stated.paths[n]: share
                if n == node
                else stated.shares[n] * (1 - share) / (1 - stated.shares[node])
                for n in siblings
            }
            other = stated.reweighted(moved)
            scores = leaf_values @ other.weights[other.leaf_at]
            return {
                v
                for v, s in zip(base.values.index, scores, strict=True)
                if s > scores.max() - 1e-12
            }

        winner = base.ranking[0]
        for inside in np.linspace(interval.low, interval.high, 5):
            assert winner in leaders(float(inside))
        if interval.below:
            assert interval.below in leaders(interval.low)
            assert winner not in leaders(interval.low - 1e-6) or interval.low < 1e-6
        if interval.above:
            assert interval.above in leaders(interval.high)
            assert winner not in leaders(interval.high + 1e-6) or interval.high > 1 - 1e-6


def test_an_only_child_has_no_share_to_move() -> None:
    held = assessed({"X": {"a": 1}, "Y": {"a": 2}}, rules({"a": 1})).weight_intervals
    assert (held["a"].low, held["a"].high, held["a"].nearest_change) == (1.0, 1.0, None)


@pytest.mark.parametrize("bids", [{"X": {"a": 1}}, {"X": {"a": 1}, "Y": {"a": 1}}])
def test_without_a_winner_and_a_rival_there_are_no_intervals(
    bids: dict[str, dict[str, int]],
) -> None:
    assert assessed(bids, rules({"a": 1})).weight_intervals == {}

"""Effective weights: the worked figures, and what spread means at the edges."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from make.builders import rules
from vendor_eval.analysis.weight_effects import EffectiveWeight, effective_weights
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules

WORKED = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))[
    "effective_weight"
]


def test_sixty_to_forty_on_paper_is_ten_to_ninety_among_these_bids() -> None:
    quality, price = WORKED["weights"]
    bids = {
        v: {"quality": q, "price": WORKED["price_points"][v]} for v, q in WORKED["quality"].items()
    }
    typed = rules({"price": price, "quality": quality})
    found = effective_weights(evaluate(typed, proposals(bids)))
    assert [found.top[c].effective for c in ("quality", "price")] == pytest.approx(
        WORKED["expected"], abs=WORKED["tolerance"]
    )
    assert [found.top[c].stated for c in ("quality", "price")] == pytest.approx([0.6, 0.4])
    assert found.top["quality"].warns
    assert found.top["price"].warns
    assert found.leaves == found.top


points = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=1, max_size=6)


def nested() -> Rules:
    def leaf(name: str, weight: float) -> dict[str, object]:
        return {"id": name, "label": name, "weight": weight, "answer": name, "value": "identity"}

    branch = {
        "id": "top",
        "label": "Top",
        "weight": 3.0,
        "criteria": (leaf("a", 2.0), leaf("b", 1.0)),
    }
    about = {"title": "t", "decision": "d", "currency": "EUR", "price": "a"}
    return Rules.model_validate(about | {"criteria": (branch, leaf("c", 1.0))})


@given(points)
def test_each_level_is_weighed_by_the_spread_of_its_own_values(
    rows: list[tuple[int, int, int]],
) -> None:
    bids = {f"V{n}": dict(zip("abc", row, strict=True)) for n, row in enumerate(rows)}
    found = effective_weights(evaluate(nested(), proposals(bids)))
    a, b, c = np.array(rows, dtype=float).T
    expected = {
        "top": {"top": 0.75 * np.std((2 * a + b) / 3), "c": 0.25 * np.std(c)},
        "leaves": {"top.a": 0.5 * np.std(a), "top.b": 0.25 * np.std(b), "c": 0.25 * np.std(c)},
    }
    for level, counts in expected.items():
        weights = getattr(found, level)
        total = sum(counts.values())
        assert sum(w.stated for w in weights.values()) == pytest.approx(1)
        for path, count in counts.items():
            if total > 1e-9:
                assert weights[path].effective == pytest.approx(count / total, abs=1e-9)
            else:
                assert weights[path].effective is None
                assert not weights[path].warns


def test_a_criterion_on_which_all_are_alike_decides_nothing_and_warns() -> None:
    bids = {"X": {"a": 0.1, "b": 20}, "Y": {"a": 0.1, "b": 60}, "Z": {"a": 0.1, "b": 70}}
    found = effective_weights(evaluate(rules({"a": 1, "b": 1}), proposals(bids))).leaves
    assert (found["a"].effective, found["b"].effective) == (0.0, 1.0)
    assert found["a"].warns
    assert not found["b"].warns  # exactly twice is not more than twice


def test_a_criterion_without_weight_has_none_among_the_bids_either() -> None:
    bids = {"X": {"a": 10, "b": 20}, "Y": {"a": 90, "b": 60}}
    found = effective_weights(evaluate(rules({"a": 0, "b": 1}), proposals(bids))).leaves
    assert found["a"] == EffectiveWeight(0.0, 0.0)
    assert not found["a"].warns


@pytest.mark.parametrize("least", [0.0, 99.0])
def test_one_eligible_vendor_or_none_leaves_nothing_to_tell_apart(least: float) -> None:
    gate = {"id": "g", "label": "G", "answer": "a", "rule": {"at_least": least}}
    typed = rules({"a": 1, "b": 1}, gates=(gate,))
    found = effective_weights(evaluate(typed, proposals({"X": {"a": 10, "b": 20}})))
    assert {weight.effective for weight in found.leaves.values()} == {None}

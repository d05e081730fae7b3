"""The stress test ends on any rules: it must never keep a buyer from sealing."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import examples
from vendor_eval.analysis.stress.trial import stress_test
from vendor_eval.bids.proposal import NAME
from vendor_eval.rules.consistency import inconsistencies
from vendor_eval.rules.rules import Rules

FUNCTIONS: tuple[Any, ...] = (
    "identity",
    {"linear": {"worst": 0, "best": 50}},
    {"linear": {"worst": 3e6, "best": 0}},
    {"linear": {"worst": -5, "best": 5}},
    {"piecewise": {"points": ((0, 10), (10, 60), (20, 60), (40, 0))}},
    {"piecewise": {"points": ((1e6, 100), (2e6, 30), (9e6, 0))}},
    {"steps": {"at_least": ((10, 40), (20, 20), (30, 90)), "below": 5}},
    {"steps": {"at_least": ((5, 0),), "below": 100}},
    "lowest_over_this",
    "this_over_highest",
    "above_lowest",
    {"linear_range": {"direction": "max"}},
    {"mean_based": {"direction": "min", "points_per_percent": 1.5}},
)
LEVELS: tuple[Any, ...] = (
    {"levels": {"only": 40}},
    {"levels": {"low": 0, "some": 50, "most": 50, "all": 100}},
)
CONDITIONS: tuple[dict[str, Any], ...] = (
    *({"at_least": 0.0}, {"at_least": 101.0}, {"at_most": 20.0}, {"equals": "all"}),
    *({"one_of": ("some", 30.0)}, {"not_before": "start"}),
)


@st.composite
def any_rules(draw: st.DrawFn) -> Rules:
    """Rules of one to five leaves with like labels, any functions, gates on answers and points."""
    number = draw(st.integers(1, 5))
    leaves = []
    for n in range(number):
        kinds = FUNCTIONS if n == 0 else (*FUNCTIONS, *LEVELS)
        leaf = {"id": f"c{n}", "label": draw(st.sampled_from(("Cost", "=1+1", "x" * 60)))}
        leaf |= {"answer": draw(st.sampled_from((f"a{n}", "shared"))) if n else "price"}
        leaf |= {"weight": draw(st.sampled_from((0, 1, 1, 30, 70))) if n else 1}
        leaves.append(leaf | {"value": draw(st.sampled_from(kinds))})
    gates = []
    for n in range(draw(st.integers(0, 3))):
        rule = draw(st.sampled_from(CONDITIONS))
        read = (
            draw(st.sampled_from(("answer", "criterion")))
            if len(rule)
            and set(rule)
            & {
                "at_least",
                "at_most",
            }
            else "answer"
        )
        what = draw(st.integers(0, number - 1))
        place = leaves[what]["id" if read == "criterion" else "answer"]
        gates.append({"id": f"g{n}", "label": "G", read: place, "rule": rule})
    typed = {"title": "T", "decision": "D?", "currency": "EUR", "start": None}
    typed |= {"price": draw(st.sampled_from(("price", None))), "criteria": tuple(leaves)}
    numeric = [leaf["id"] for leaf in leaves if leaf["value"] not in LEVELS]
    plausible = {id: (5.0, 60.0) for id in numeric if draw(st.booleans())}
    named = st.sampled_from([leaf["id"] for leaf in leaves])
    if draw(st.booleans()):
        typed |= {"knock_out": {"criterion": draw(named), "below": draw(st.integers(1, 100))}}
    if draw(st.booleans()):
        typed |= {"shortlist": {"criterion": draw(named), "best": draw(st.integers(1, 3))}}
    return Rules.model_validate(typed | {"gates": tuple(gates), "stress": {"plausible": plausible}})


@examples(quick=40, further=150)
@given(any_rules())
def test_the_stress_test_ends_and_its_examples_are_bids_with_names(rules: Rules) -> None:
    tested = stress_test(rules)
    json.dumps(tested.as_json())
    for warning in tested.warnings:
        assert warning.example.rows
        assert all(0 < len(name) <= NAME for name in warning.example.rows)
        header, *rows = tested.table(warning.example).splitlines()
        assert len(rows) == len(warning.example.rows)
        assert header.startswith("vendor,")


@examples(quick=15, further=40)
@given(any_rules())
def test_the_same_rules_give_the_same_warnings(rules: Rules) -> None:
    if not any(inconsistencies(rules)):
        assert stress_test(rules).as_json() == stress_test(rules).as_json()


@pytest.mark.parametrize("function", FUNCTIONS, ids=str)
def test_a_single_criterion_is_stressed(function: Any) -> None:
    leaf = {"id": "c", "label": "C", "weight": 1, "answer": "price", "value": function}
    typed = {"title": "T", "decision": "D?", "currency": "EUR", "price": "price"}
    found = stress_test(Rules.model_validate(typed | {"criteria": (leaf,)})).warnings
    assert {"no-tie-rule", "no-price-cap"} <= {warning.id for warning in found}

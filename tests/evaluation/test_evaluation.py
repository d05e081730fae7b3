"""The evaluation: ties, ranks and shadow ranks, and what holds for any bids at all."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import rules
from vendor_eval.bids.proposal import proposals, with_faults
from vendor_eval.errors import Fault
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.tender.folder import read


def points(table: Mapping[str, list[float]], **more: Any) -> Evaluation:
    """Vendors scored in points on criteria a, b, c ... of equal weight."""
    names = "abcdefg"[: len(next(iter(table.values())))]
    offers = {vendor: dict(zip(names, row, strict=True)) for vendor, row in table.items()}
    return evaluate(rules(dict.fromkeys(names, 1), **more), proposals(offers))


def test_equal_scores_share_a_rank_and_the_next_rank_is_skipped() -> None:
    evaluation = points({"Z": [50, 50], "B": [60, 40], "C": [10, 20], "D": [20, 10], "A": [0, 0]})
    assert evaluation.ranks == {"Z": 1, "B": 1, "C": 3, "D": 3, "A": 5}
    assert evaluation.ranking == ("B", "Z", "C", "D", "A")
    assert evaluation.ties_broken == ()


def test_float_noise_breaks_no_tie() -> None:
    evaluation = points({"A": [0.1, 0.2, 0.3], "B": [0.3, 0.2, 0.1], "C": [0.2, 0.2, 0.2]})
    assert set(evaluation.ranks.values()) == {1}


def test_the_tie_break_parts_exact_ties_in_its_own_order_and_says_so() -> None:
    table = {"A": [50, 10, 60], "B": [50, 60, 10], "C": [60, 30, 30], "D": [50, 60, 10]}
    evaluation = points(table, tie_break=("a", "b"))
    assert evaluation.ranks == {"C": 1, "B": 2, "D": 2, "A": 4}
    assert evaluation.ties_broken == (("C", "B", "D", "A"),)


def test_the_tie_break_never_overrules_a_score() -> None:
    assert points({"A": [50, 50], "B": [99, 0.9]}, tie_break=("a",)).ranks == {"A": 1, "B": 2}


def test_a_shadow_rank_counts_the_eligible_vendors_that_score_higher() -> None:
    rule = {"id": "g", "label": "G", "answer": "x", "rule": {"equals": "y"}}
    offers = {
        n: {"cost": c, "x": x} for n, c, x in [("A", 90, "y"), ("B", 70, "y"), ("C", 70, "y")]
    }
    out = {n: {"cost": c, "x": x} for n, c, x in [("P", 95, "n"), ("Q", 70, ""), ("R", 5, "n")]}
    evaluation = evaluate(rules({"cost": 1}, gates=(rule,)), proposals(offers | out))
    assert evaluation.ranks == {"A": 1, "B": 2, "C": 2}
    assert evaluation.shadow_ranks == {"P": 1, "Q": 2, "R": 4}


PRICED = ("linear", "steps", "piecewise", "identity")
FUNCTIONS: dict[str, Any] = {
    "linear": {"linear": {"worst": 90, "best": 10}},
    "steps": {"steps": {"at_least": ((20, 30), (60, 100))}},
    "piecewise": {"piecewise": {"points": ((0, 0), (50, 80), (100, 90))}},
    "identity": "identity",
}


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, dict[str, float]]]:
    """Criteria (weight, value function) and two to six vendors' answers between 0 and 100."""
    names = "abcde"[: draw(st.integers(1, 5))]
    weights = draw(st.lists(st.integers(0, 20), min_size=len(names), max_size=len(names)))
    assume(any(weights))
    functions = [FUNCTIONS[draw(st.sampled_from(PRICED))] for _ in names]
    criteria = dict(zip(names, zip(weights, functions, strict=True), strict=True))
    answer = st.integers(0, 400).map(lambda n: n / 4)
    vendors = "PQRSTU"[: draw(st.integers(2, 6))]
    return criteria, {v: {n: draw(answer) for n in names} for v in vendors}


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_vendors_changes_nothing(case: Any, random: Any) -> None:
    criteria, offers = case
    shuffled = dict(random.sample(list(offers.items()), len(offers)))
    first, second = (evaluate(rules(criteria), proposals(o)) for o in (offers, shuffled))
    assert first.scores.to_dict() == pytest.approx(second.scores.to_dict(), abs=1e-14)
    assert (first.ranks, first.ranking) == ({v: second.ranks[v] for v in offers}, second.ranking)


@given(cases(), st.floats(1e-6, 1e6))
def test_scaling_a_set_of_weights_changes_nothing(case: Any, factor: float) -> None:
    criteria, offers = case
    scaled = {name: (factor * weight, value) for name, (weight, value) in criteria.items()}
    first, second = (evaluate(rules(c), proposals(offers)) for c in (criteria, scaled))
    np.testing.assert_allclose(first.scores, second.scores, rtol=0, atol=1e-14)


@given(cases())
def test_a_dominated_vendor_is_never_ahead(case: Any) -> None:
    criteria, offers = case
    evaluation = evaluate(rules(criteria), proposals(offers))
    leaves = evaluation.values[list(evaluation.tree.leaves)]
    for better in offers:
        for worse in offers:
            if (leaves.loc[better] >= leaves.loc[worse]).all():
                assert evaluation.ranks[better] <= evaluation.ranks[worse]


@given(cases())
def test_a_losing_bid_leaves_the_other_scores_alone(case: Any) -> None:
    criteria, offers = case
    whole = evaluate(rules(criteria), proposals(offers))
    for vendor in offers:
        rest = evaluate(whole.rules, whole.proposals.without(vendor))
        np.testing.assert_allclose(rest.scores, whole.scores.drop(vendor), rtol=0, atol=1e-14)
        order = [v for v in whole.ranking if v != vendor]
        assert sorted(order) == sorted(rest.ranking)
        assert all(rest.ranks[v] == 1 for v in order if whole.ranks[v] == 1)


@given(cases(), st.integers(2, 4))
def test_splitting_a_criterion_into_identical_parts_changes_nothing(case: Any, parts: int) -> None:
    criteria, offers = case
    first, *rest = criteria
    weight, value = criteria[first]
    split = {first: (weight / parts, value)}
    split |= {f"{first}{n}": (weight / parts, value) for n in range(1, parts)}
    more = {f"{first}{n}" for n in range(1, parts)}
    doubled = {v: row | dict.fromkeys(more, row[first]) for v, row in offers.items()}
    whole = evaluate(rules(criteria), proposals(offers))
    halves = evaluate(rules(split | {name: criteria[name] for name in rest}), proposals(doubled))
    np.testing.assert_allclose(whole.scores, halves.scores, rtol=0, atol=1e-14)
    assert whole.ranks == halves.ranks


@given(cases())
def test_scores_and_values_lie_between_0_and_1_and_contributions_sum_to_the_score(
    case: Any,
) -> None:
    criteria, offers = case
    evaluation = evaluate(rules(criteria), proposals(offers))
    assert evaluation.values.to_numpy().min() >= 0
    assert evaluation.values.to_numpy().max() <= 1 + 1e-15
    parts = evaluation.contributions[list(evaluation.tree.top)].sum(axis=1)
    np.testing.assert_allclose(parts, evaluation.scores, rtol=0, atol=1e-14)


@pytest.mark.parametrize("name", ["customer-support", "gsa-help-desk"])
def test_weighing_the_same_answers_otherwise_is_evaluating_them_anew(data: Path, name: str) -> None:
    tender = read(data / name)
    for start in (None, *tender.rules.scenarios):
        evaluation = evaluate(tender.rules, tender.proposals, scenario=start)
        for scenario in (None, *tender.rules.scenarios):
            anew = evaluate(tender.rules, tender.proposals, scenario=scenario)
            weighed = evaluation.weighed(scenario)
            pd.testing.assert_frame_equal(weighed.values, anew.values, check_exact=True)
            pd.testing.assert_series_equal(weighed.scores, anew.scores, check_exact=True)
            for part in ("scenario", "ranks", "shadow_ranks", "ranking", "ties_broken", "faults"):
                assert getattr(weighed, part) == getattr(anew, part), part
            assert weighed.tree.shares.tolist() == anew.tree.shares.tolist()


def test_a_vendor_with_a_fault_stays_out_under_every_scenario() -> None:
    typed = rules({"a": 1, "b": 1}, scenarios={"other": {"weights": {"a": 1, "b": 9}}})
    offers = {"A": {"a": 60, "b": 10}, "B": {"a": 10, "b": 50}, "C": {"a": 90, "b": 90}}
    # such as a bid that looks like another one, whose answers can all be valued
    twin = Fault("C.xlsx", "the bid of A again", "C")
    evaluation = evaluate(typed, with_faults(proposals(offers), [twin]))
    assert evaluation.having("incomplete") == ("C",)
    assert evaluation.weighed("other").ranking == ("B", "A")

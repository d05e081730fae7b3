"""What unknowns are worth is what evaluating one answer after another says."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import examples
from make.builders import rules
from make.unknowns import Bids, asked, gate, may_miss
from vendor_eval.analysis.value_of_information.questions import open_answers
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

ABSOLUTE = [
    "identity",
    {"linear": {"worst": 20.0, "best": 70.0}},
    {"piecewise": {"points": ((10.0, 10.0), (45.0, 95.0), (90.0, 0.0))}},
    {"steps": {"below": 20.0, "at_least": ((30.0, 70.0), (60.0, 45.0), (80.0, 90.0))}},
]
RELATIVE = [
    "lowest_over_this",
    "this_over_highest",
    {"linear_range": {"direction": "min"}},
    "above_lowest",
    {"mean_based": {"direction": "min", "points_per_percent": 1.0}},
    {"mean_based": {"direction": "max", "points_per_percent": 0.4}},
]
functions = st.sampled_from(ABSOLUTE + RELATIVE)
numbers = st.integers(1, 100)
fields = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=4)


def one_after_another(
    typed: Rules, bids: Bids, vendor: str, column: str, answers: Any
) -> list[Evaluation]:
    """The evaluation with each of some answers in the place of one."""
    return [
        evaluate(typed, proposals(bids | {vendor: bids[vendor] | {column: float(answer)}}))
        for answer in answers
    ]


def first(evaluation: Evaluation) -> set[str]:
    return set(evaluation.leaders)


def mean_of_best(found: list[Evaluation], density: Callable[..., Any], x: Any) -> tuple[float, Any]:
    weights = density(x) / density(x).sum()
    scores = 100 * np.array([evaluation.scores.to_numpy() for evaluation in found])
    return float(weights @ scores.max(axis=1)), weights @ scores


@examples(quick=12, further=120)
@given(fields, functions, functions, st.tuples(numbers, numbers, numbers), st.booleans())
def test_a_range_does_what_evaluating_each_of_its_numbers_does(
    rows: list[tuple[int, int]], f: Any, g: Any, three: tuple[int, int, int], two_leaves: bool
) -> None:
    """The unknown answer feeds one leaf, or two at once."""
    low, likely, high = sorted(three)
    if low == high:
        low /= 2
    leaves = {"a": (3.0, f), "b": (2.0, g)}
    typed = rules(leaves)
    if two_leaves:
        again = typed.criteria[1].model_copy(update={"id": "c", "answer": "a", "weight": 2.0})
        plain = typed.criteria[0].model_copy(update={"value": typed.criteria[0].value})
        price = typed.criteria[1].model_copy(update={"id": "b"})
        typed = typed.model_copy(update={"criteria": (plain, price, again), "price": "b"})
    bids: Bids = {f"V{n}": {"a": a, "b": b} for n, (a, b) in enumerate(rows)}
    bids["U"] = {"a": f"{low}..{likely}..{high}", "b": 50}
    base = evaluate(typed, proposals(bids))
    [found] = open_answers(base)
    x = np.linspace(low, high, 61)
    tried = one_after_another(typed, bids, "U", "a", x)
    others = {evaluation.winner for evaluation in tried} - {base.winner}
    assert others - {None} <= set(found.to)
    assert found.could_change or not others
    if found.turns_at is not None:
        nearby = np.clip(found.turns_at + np.array([-1e-6, 0, 1e-6]), low, high)
        near = [first(e) for e in one_after_another(typed, bids, "U", "a", nearby)]
        assert any(leading != first(base) for leading in near)
    assert found.evpi is not None
    assert found.expected_loss is not None
    assert -1e-9 <= found.evpi <= found.expected_loss + 1e-9
    middles = low + (high - low) * (np.arange(100) + 0.5) / 100

    def density(at: Any) -> Any:
        rise, fall = (at - low) / max(likely - low, 1e-9), (high - at) / max(high - likely, 1e-9)
        return np.minimum(rise, fall)

    best, means = mean_of_best(one_after_another(typed, bids, "U", "a", middles), density, middles)
    # the brute sum misses a jump by up to one of its hundred cells
    assert found.evpi == pytest.approx(best - means.max(), abs=1.5)


@examples(quick=15, further=150)
@given(fields, functions)
def test_a_missing_answer_does_what_every_answer_it_might_be_does(
    rows: list[tuple[int, int]], f: Any
) -> None:
    typed = may_miss(rules({"b": 2.0, "a": (3.0, f)}), "a")
    bids: Bids = {f"V{n}": {"a": a, "b": b} for n, (a, b) in enumerate(rows)}
    bids["U"] = {"a": "", "b": 50}
    base = evaluate(typed, proposals(bids))
    [found] = open_answers(base)
    top = 100 if f == "identity" else 1e4
    x = np.unique([*np.geomspace(1e-4, top, 60), *(a for a, _ in rows if a <= top), 30, 45, 60, 80])
    tried = one_after_another(typed, bids, "U", "a", x)
    # with nobody to be relative to, the one answer has a value whatever it is
    others = {evaluation.winner for evaluation in tried} - {base.winner}
    assert others - {None} <= set(found.to)
    assert found.could_change or not others
    if found.evpi is not None:
        assert found.expected_loss is not None
        assert 0 <= found.evpi <= found.expected_loss + 1e-9


@examples(quick=4, further=15)
@given(fields, functions)
def test_a_missing_answer_is_worth_what_its_values_taken_alike_say(
    rows: list[tuple[int, int]], f: Any
) -> None:
    """Summed over answers, each weighed by the step it makes in the vendor's own value."""
    typed = may_miss(rules({"b": 2.0, "a": (3.0, f)}), "a")
    bids: Bids = {f"V{n}": {"a": a, "b": b} for n, (a, b) in enumerate(rows)}
    bids["U"] = {"a": "", "b": 50}
    [found] = asked(typed, bids)
    if found.evpi is None or f in ABSOLUTE[1:]:
        return  # those do not run through every value, or more than once
    x = np.linspace(0, 100, 200) if f == "identity" else np.geomspace(0.01, 1e5, 400)
    tried = one_after_another(typed, bids, "U", "a", x)
    own = np.array([evaluation.values.loc["U", "a"] for evaluation in tried])
    scores = 100 * np.array([evaluation.scores.to_numpy() for evaluation in tried])
    steps = np.abs(np.diff(own))
    weights, middles = steps / steps.sum(), (scores[1:] + scores[:-1]) / 2
    best = (weights * (scores.max(axis=1)[1:] + scores.max(axis=1)[:-1]) / 2).sum()
    assert found.evpi == pytest.approx(best - (weights @ middles).max(), abs=0.05)


@given(fields, st.tuples(numbers, numbers), functions, functions)
def test_a_gate_does_what_letting_the_vendor_in_does(
    rows: list[tuple[int, int]], entering: tuple[int, int], f: Any, g: Any
) -> None:
    typed = rules({"a": (3.0, f), "b": (2.0, g)}, gates=(gate("proof", equals="yes"),))
    bids: Bids = {f"V{n}": {"a": a, "b": b, "proof": "yes"} for n, (a, b) in enumerate(rows)}
    before = evaluate(typed, proposals(bids))
    bids["U"] = {"a": entering[0], "b": entering[1], "proof": ""}
    [found] = asked(typed, bids)
    bids["U"]["proof"] = "yes"
    after = evaluate(typed, proposals(bids))
    assert found.could_change == (before.winner != after.winner) or None in (
        before.winner,
        after.winner,
    )
    if after.winner != before.winner:
        assert found.to == ((after.winner,) if after.winner else ())
    kept = list(before.leaders)
    gain = 100 * (after.scores.max() - after.scores[kept].max())
    assert found.gain_if_passed == pytest.approx(gain, abs=1e-8)

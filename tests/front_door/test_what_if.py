"""`what_if`: one share is enough, and what comes back is what moved rules would give."""

import math
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import vendor_eval as ve
from make.builders import assessed, five_criteria, rules
from make.random_trees import evaluations
from vendor_eval.evaluation.evaluation import Evaluation


@given(evaluation=evaluations(), drawn=st.data())
@settings(max_examples=40)
def test_one_share_alone_is_taken_and_its_siblings_keep_their_proportions(
    evaluation: Evaluation, drawn: st.DataObject
) -> None:
    tree = evaluation.tree
    path = drawn.draw(st.sampled_from(tree.paths))
    [family] = [f for f in tree.families if tree.at(path) in f]
    others = [tree.paths[n] for n in family if tree.paths[n] != path]
    before = {p: float(tree.shares[tree.at(p)]) for p in others}
    assume(any(before.values()))
    share = drawn.draw(st.floats(0, 1))
    result = ve.evaluate(evaluation.rules, evaluation.proposals, draws=10)
    after = result.what_if(weights={path: share}).weights
    assert after[path] == pytest.approx(share, abs=1e-12)
    assert math.fsum(after[[path, *others]]) == pytest.approx(1)
    for other in others:  # before / (sum of the others before) of what is left
        expected = (1 - share) * before[other] / math.fsum(before.values())
        assert after[other] == pytest.approx(expected, abs=1e-12)
    elsewhere = [p for p in tree.paths if p not in (path, *others)]
    assert after[elsewhere].tolist() == result.weights[elsewhere].tolist()


def test_without_a_vendor_is_as_if_it_had_not_bid() -> None:
    typed, bids = five_criteria()
    trial = ve.evaluate(typed, bids, draws=100).what_if(without="B")
    alone = ve.evaluate(typed, bids.without("B"), draws=100)
    assert trial.to_frame().equals(alone.to_frame())
    assert trial.near_weights.ahead.equals(alone.near_weights.ahead)


def test_with_a_gate_off_is_as_if_the_rules_had_none() -> None:
    gate = {"id": "sound", "label": "Sound", "answer": "s", "rule": {"equals": "yes"}}
    offers = {"X": {"a": 90, "s": "no"}, "Y": {"a": 50, "s": "yes"}}
    gated = assessed(offers, rules({"a": 1}, gates=(gate,)), draws=10)
    assert list(gated.ranking.index) == ["Y"]
    assert list(gated.what_if(gates_off=["sound"]).ranking.index) == ["X", "Y"]
    assert list(gated.ranking.index) == ["Y"]


def test_a_trial_of_a_trial_adds_up() -> None:
    result = ve.evaluate(*five_criteria(), draws=10)
    once = result.what_if(weights={"cost": 0.5}, without=["C"])
    twice = result.what_if(weights={"cost": 0.5}).what_if(without=["C"])
    assert once.scores.equals(twice.scores)


def test_every_fault_is_named_at_once_each_with_the_nearest_name() -> None:
    result = ve.evaluate(*five_criteria(), draws=10)
    with pytest.raises(ve.InputFaults) as caught:
        result.what_if(weights={"csot": 0.5, "security": 20}, without=["D"], gates_off=["soc2"])
    assert [str(fault) for fault in caught.value.faults] == [
        "weights: unknown criterion 'csot'; did you mean 'cost'?",
        "without: unknown vendor 'D'; allowed: 'A', 'B' or 'C'",
        "gates_off: unknown gate 'soc2'; allowed: nothing",
        "weights['security']: found 20; allowed: a share among siblings from 0 to 1",
    ]


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({"cost": 0.7, "security": 0.6}, "that sum to 1.3; allowed: at most 1 among siblings"),
        ({"cost": math.nan}, "found nan; allowed: a share among siblings from 0 to 1"),
        ({"cost": "0.5"}, "found '0.5'; allowed: a share among siblings from 0 to 1"),
        ({"cost": True}, "found True; allowed: a share among siblings from 0 to 1"),
        (
            dict.fromkeys(("expertise", "cost", "security", "location", "language"), 0.1),
            "that sum to 0.5; allowed: 1, since they have no other sibling",
        ),
    ],
)
def test_shares_that_are_none_are_refused(weights: dict[str, Any], says: str) -> None:
    with pytest.raises(ve.InputFaults) as caught:
        ve.evaluate(*five_criteria(), draws=10).what_if(weights=weights)
    assert says in str(caught.value)


def test_siblings_without_weight_take_no_rest() -> None:
    result = assessed({"X": {"a": 1, "b": 2}}, rules({"a": 1, "b": 0}), draws=10)
    with pytest.raises(ve.InputFaults, match="allowed: 1, since 'b' carries no weight"):
        result.what_if(weights={"a": 0.4})
    assert result.what_if(weights={"b": 0.4}).weights.to_dict() == {"a": 0.6, "b": 0.4}


def test_a_trial_is_not_saved(tmp_path: Any) -> None:
    trial = ve.evaluate(*five_criteria(), draws=10).what_if(without="A")
    with pytest.raises(ve.VendorEvalError, match="found a trial of 'what_if'"):
        trial.save(tmp_path / "trial")
    assert list(tmp_path.iterdir()) == []

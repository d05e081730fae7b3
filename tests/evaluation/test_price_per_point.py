"""A price per point: who is first by hand, and every analysis by brute force."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.awards_by_price import FEE, per_point, priced_bids, quotients
from make.builders import assessed, rules
from make.exact_pairs import ahead
from vendor_eval.analysis.required_changes.changes import holds_until, level_prices, to_win
from vendor_eval.analysis.sensitivity.along import leads_along
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.sensitivity.weight_changes import potentially_optimal
from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.award.rank_basis import margin
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.evaluation.field import field_of
from vendor_eval.report.board import board_of
from vendor_eval.rules.robustness import CONCENTRATIONS
from vendor_eval.rules.rules import Rules

SAME = 1e-9


def changed(given: Proposals, vendor: str, **answers: object) -> Proposals:
    """The same bids with other answers of one vendor."""
    rows = given.answers.to_dict(orient="index")
    rows[vendor] = rows[vendor] | {name: repr(answer) for name, answer in answers.items()}
    return proposals(rows)


@given(priced_bids())
def test_the_ranking_is_that_of_the_price_over_the_points(evaluation: Evaluation) -> None:
    by_hand = quotients(evaluation)
    for vendor, price in by_hand.items():
        assert evaluation.price_per_point(vendor) == pytest.approx(price, rel=1e-12)
        cheaper = [v for v, other in by_hand.items() if other < price * (1 - SAME)]
        alike = [v for v, other in by_hand.items() if abs(other - price) <= SAME * price]
        assert len(cheaper) < evaluation.ranks[vendor] <= len(cheaper) + len(alike)


@given(priced_bids())
def test_the_margin_is_the_difference_of_two_prices_of_a_point(evaluation: Evaluation) -> None:
    first, second = evaluation.ranking[:2]
    by_hand = quotients(evaluation)
    assert margin(evaluation, first, second) == pytest.approx(
        by_hand[second] - by_hand[first], abs=1e-7 * by_hand[first]
    )


@given(priced_bids(), st.integers(2, 1000))
def test_another_unit_of_money_changes_no_rank_and_no_value_that_is_compared(
    evaluation: Evaluation, times: int
) -> None:
    rows = evaluation.proposals.answers.to_dict(orient="index")
    dearer = {v: row | {FEE: repr(times * float(row[FEE]))} for v, row in rows.items()}
    other = evaluate(evaluation.rules, proposals(dearer))
    assert dict(other.ranks) == dict(evaluation.ranks)
    assert field_of(other).values == pytest.approx(field_of(evaluation).values, rel=1e-12)


@given(priced_bids())
def test_at_equal_prices_it_is_the_highest_score(evaluation: Evaluation) -> None:
    rows = evaluation.proposals.answers.to_dict(orient="index")
    level = proposals({v: row | {FEE: "100"} for v, row in rows.items()})
    names = {leaf.id: leaf.weight for leaf in evaluation.rules.criteria}
    additive = evaluate(rules(names, price=None), level)
    divided = evaluate(evaluation.rules, level)
    assert divided.ranking == additive.ranking
    assert (field_of(divided).values == field_of(additive).values).all()
    assert weight_intervals(divided) == weight_intervals(additive)


@given(priced_bids(), st.randoms(use_true_random=False))
def test_a_weight_interval_holds_inside_and_not_outside(
    evaluation: Evaluation, drawn: Random
) -> None:
    tree = evaluation.tree
    for path, held in weight_intervals(evaluation).items():
        rest = [leaf for leaf in tree.leaves if leaf != path]
        others = {leaf: float(tree.shares[tree.at(leaf)]) for leaf in rest}
        for share in (0.0, 1.0, drawn.random(), held.low, held.high):
            whole = sum(others.values())
            left = {leaf: (1 - share) * part / whole for leaf, part in others.items()}
            by_hand = quotients(evaluation, {path: share} | left)
            best, mine = min(by_hand.values()), by_hand[str(evaluation.winner)]
            if held.low + 1e-7 < share < held.high - 1e-7:
                assert mine <= best * (1 + 1e-7)
            elif share < held.low - 1e-7 or share > held.high + 1e-7:
                assert mine >= best * (1 - 1e-7)


@given(priced_bids(), st.integers(0, 20))
def test_who_leads_along_a_weight_is_who_has_the_lowest_price_of_a_point(
    evaluation: Evaluation, step: int
) -> None:
    tree = evaluation.tree
    path, share = tree.leaves[0], step / 20
    rest = {leaf: float(tree.shares[tree.at(leaf)]) for leaf in tree.leaves[1:]}
    whole = sum(rest.values())
    left = {leaf: (1 - share) * part / whole for leaf, part in rest.items()}
    by_hand = quotients(evaluation, {path: share} | left)
    for lead in leads_along(evaluation, path):
        if lead.low + 1e-9 < share < lead.high - 1e-9:
            for vendor in lead.vendors:
                assert by_hand[vendor] <= min(by_hand.values()) * (1 + 1e-7)


@given(priced_bids(), st.integers(0, 2**31))
def test_no_drawn_weights_put_first_who_no_weights_may(evaluation: Evaluation, seed: int) -> None:
    possible = potentially_optimal(evaluation)
    drawn = np.random.default_rng(seed).dirichlet(np.ones(len(evaluation.tree.leaves)), size=50)
    for row in drawn:
        by_hand = quotients(evaluation, dict(zip(evaluation.tree.leaves, row, strict=True)))
        first = min(by_hand, key=by_hand.__getitem__)
        clear = sorted(by_hand.values())[1] > by_hand[first] * (1 + 1e-6)
        assert possible[first] or not clear


@given(priced_bids())
def test_an_answer_that_is_said_to_win_ties_with_the_best_other(evaluation: Evaluation) -> None:
    for vendor, changes in to_win(evaluation).items():
        for path, change in changes.items():
            if change is None or not isinstance(change.to, float):
                continue
            by_hand = quotients(
                evaluate(
                    evaluation.rules, changed(evaluation.proposals, vendor, **{path: change.to})
                )
            )
            best = min(price for v, price in by_hand.items() if v != vendor)
            assert by_hand[vendor] <= best * (1 + 1e-7)
            if change.to != change.start:
                assert by_hand[vendor] == pytest.approx(best, rel=1e-7)


@given(priced_bids())
def test_at_its_level_price_a_vendor_ties_with_the_best_other(evaluation: Evaluation) -> None:
    for vendor, price in level_prices(evaluation).items():
        by_hand = quotients(
            evaluate(evaluation.rules, changed(evaluation.proposals, vendor, **{FEE: price}))
        )
        best = min(each for v, each in by_hand.items() if v != vendor)
        assert by_hand[vendor] == pytest.approx(best, rel=1e-9)


@given(priced_bids())
def test_the_winner_holds_until_its_answer_ties(evaluation: Evaluation) -> None:
    for path, change in holds_until(evaluation).items():
        if change is None or not isinstance(change.to, float) or change.open_end:
            continue
        worse = changed(evaluation.proposals, str(evaluation.winner), **{path: change.to})
        by_hand = quotients(evaluate(evaluation.rules, worse))
        assert by_hand[str(evaluation.winner)] <= min(by_hand.values()) * (1 + 1e-7)


DRAWS = 20_000


@settings(max_examples=6)
@given(priced_bids(least=2, most=3))
def test_drawn_weights_put_the_leader_ahead_as_often_as_the_integral_says(
    evaluation: Evaluation,
) -> None:
    c = CONCENTRATIONS["usual"]
    near = near_weights(evaluation, concentration=c, draws=DRAWS, seed=1)
    tree, field = evaluation.tree, field_of(evaluation)
    shapes = c * tree.weights[tree.leaf_at]
    leader = field.places(near.vendors[:1])[0]
    for rival, share in near.ahead.items():
        gap = field.values[leader] - field.values[field.places([str(rival)])[0]]
        if np.abs(gap).max() < 1e-6:
            continue
        exact = ahead(gap.tolist(), shapes.tolist())
        assert abs(share - exact) < 5 * math.sqrt(0.25 / DRAWS)


@settings(max_examples=10)
@given(priced_bids(least=2, most=3))
def test_any_weights_agree_with_weights_drawn_by_hand(evaluation: Evaluation) -> None:
    shares = any_weights(evaluation, draws=100).pairwise
    leaves = evaluation.tree.leaves
    drawn = np.random.default_rng(3).dirichlet(np.ones(len(leaves)), size=4000)
    one, other = evaluation.ranking[:2]
    wins = 0
    for row in drawn:
        by_hand = quotients(evaluation, dict(zip(leaves, row, strict=True)))
        wins += by_hand[one] < by_hand[other] * (1 - 1e-12)
    if (field_of(evaluation).values[0] != field_of(evaluation).values[1]).any():
        assert abs(shares.loc[one, other] - wins / len(drawn)) < 5 * math.sqrt(0.25 / len(drawn))


# two vendors with 80 and 60 points at 100 and 80: 1.25 and 1.3333 a point
JUDGED = {
    "Alder": {"craft": 80, FEE: 100},
    "Birch": {"craft": 60, FEE: 80},
}


def test_an_error_of_judgement_is_divided_by_the_bid_s_own_price() -> None:
    typed = per_point({"craft": 1.0})
    evaluation = evaluate(typed, proposals(JUDGED))
    near = near_weights(evaluation, judgement_error=4.0, draws=200_000, seed=2)
    # 80/100 - 60/80 = 0.05; the deviation is 4 x sqrt(1/100^2 + 1/80^2)
    z = 0.05 / (4 * math.sqrt(1 / 100**2 + 1 / 80**2))
    exact = 0.5 * (1 + math.erf(z / math.sqrt(2)))
    assert near.ahead["Birch"] == pytest.approx(exact, abs=0.005)


@pytest.mark.parametrize(
    ("fee", "says"),
    [
        ("", "blank"),
        ("0", "found 0; allowed: above 0"),
        ("-5", "allowed: at least 0"),
        ("cheap", "cheap"),
        ("90..110", "allowed: one price"),
    ],
)
def test_a_price_that_cannot_be_divided_by_stops_its_vendor_and_moves_no_other(
    fee: str, says: str
) -> None:
    typed = per_point({"craft": 1.0})
    alone = evaluate(typed, proposals(JUDGED))
    three = evaluate(typed, proposals({**JUDGED, "Cedar": {"craft": 99, FEE: fee or None}}))
    assert three.status("Cedar") == "incomplete"
    assert "Cedar" not in three.scores
    assert says in " ".join(fault.message for fault in three.faults["Cedar"])
    for vendor in JUDGED:
        assert three.price_per_point(vendor) == alone.price_per_point(vendor)
    assert three.ranking == alone.ranking


def test_a_bid_without_points_has_no_price_of_a_point_and_is_last() -> None:
    bids = {**JUDGED, "Cedar": {"craft": 0, FEE: 1}}
    evaluation = evaluate(per_point({"craft": 1.0}), proposals(bids))
    assert evaluation.ranking[-1] == "Cedar"
    assert evaluation.price_per_point("Cedar") is None
    assert margin(evaluation, "Birch", "Cedar") == math.inf


def test_a_least_quality_is_a_gate_on_points() -> None:
    typed = per_point({"craft": 1.0}, rule={"least_quality": 70.0})
    evaluation = evaluate(typed, proposals({**JUDGED, "Cedar": {"craft": 69.9, FEE: 1}}))
    assert evaluation.ranking == ("Alder",)
    assert evaluation.having("excluded") == ("Birch", "Cedar")
    assert typed.gates[0].label == "At least 70 points of quality"


def test_a_tie_rule_reads_points_before_they_are_divided() -> None:
    bids = {"Alder": {"craft": 40, "art": 40, FEE: 50}, "Birch": {"craft": 80, "art": 80, FEE: 100}}
    weights = {"craft": 1.0, "art": 1.0}
    tied = evaluate(per_point(weights), proposals(bids))
    assert dict(tied.ranks) == {"Alder": 1, "Birch": 1}
    broken = evaluate(per_point(weights, tie_break=("art",)), proposals(bids))
    assert broken.ranking == ("Birch", "Alder")
    assert field_of(broken).leading() == ("Birch",)


def test_rounding_rounds_points_before_they_are_divided() -> None:
    bids = {"Alder": {"craft": 80.4, FEE: 100}, "Birch": {"craft": 60, FEE: 75}}
    exact = evaluate(per_point({"craft": 1.0}), proposals(bids))
    typed = per_point({"craft": 1.0}, rounding={"score": 0})
    rounded = evaluate(typed, proposals(bids))
    assert exact.winner == "Alder"
    assert dict(rounded.ranks) == {"Alder": 1, "Birch": 1}  # 100 / 80 and 75 / 60
    assert rounded.price_per_point("Alder") == 1.25


def test_rules_by_price_per_point_are_the_same_once_dumped_and_read() -> None:
    typed = per_point({"craft": 1.0}, rule={"least_quality": 70.0})
    assert Rules.model_validate(typed.model_dump(exclude_none=True)) == typed


def test_equal_quotients_are_level_also_where_their_points_round_apart() -> None:
    rules = per_point({"a": 2, "b": 1})
    # 200/3 points for 2 and 100/3 points for 1
    found = evaluate(
        rules,
        proposals({"Alder": {"a": 100, "b": 0, FEE: 2}, "Birch": {"a": 50, "b": 0, FEE: 1}}),
    )
    assert set(found.compared_points.values()) == {round(100 / 3, 9)}
    assert dict(found.ranks) == {"Alder": 1, "Birch": 1}


def test_no_price_brings_a_bid_without_points_level() -> None:
    bids = {"Alder": {"craft": 0, FEE: 600}, "Birch": {"craft": 60, FEE: 600}}
    result = assessed(bids, per_point({"craft": 1}), draws=200)
    assert set(result.level_prices) <= {"Birch"}
    assert "cheaper" not in board_of(result.tender, result).text

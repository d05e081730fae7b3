"""The worked examples of `tests/worked`, through the same functions a report is made from."""

import json
from typing import Any

import pytest

import vendor_eval as ve
from make import ROOT
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import proposals
from vendor_eval.rules.rules import Rules

EXAMPLES = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))
ADDITIVE, FORMULAS = EXAMPLES["additive_five_criteria"], EXAMPLES["price_formulas"]

# How the examples name the formulas, and how an evaluation writes them.
WRITTEN: dict[str, Any] = {
    "lowest_over_this": "lowest_over_this",
    "linear_range": {"linear_range": {"direction": "min"}},
    "above_lowest": "above_lowest",
    "mean_based": {"mean_based": {"direction": "min", "points_per_percent": 1}},
    "linear_scale": {"linear": {"worst": 150, "best": 90}},
}


def leaf(name: str, weight: float, value: Any = "identity") -> dict[str, Any]:
    """A criterion that reads the answer of its own name."""
    return {"id": name, "label": name, "weight": weight, "answer": name, "value": value}


def rules(price: str, *leaves: dict[str, Any]) -> Rules:
    """Rules of these criteria and nothing else."""
    about = {"title": "Worked", "decision": "Which one?", "currency": "EUR", "price": price}
    return Rules.model_validate({**about, "criteria": leaves})


def points(assessment: Result) -> dict[str, float]:
    """Every score from 0 to 100, in full precision."""
    return {vendor: 100 * score for vendor, score in assessment.evaluation.scores.items()}


@pytest.fixture(scope="module")
def additive() -> Result:
    """Three vendors on five criteria, the cost as a price on its scale."""
    worst, best = ADDITIVE["price_scale"]["worst_price"], ADDITIVE["price_scale"]["best_price"]
    scale = {"linear": {"worst": float(worst), "best": float(best)}}
    leaves = [
        leaf(name, weight, scale if name == "cost" else "identity")
        for name, weight in zip(ADDITIVE["criteria"], ADDITIVE["weights"], strict=True)
    ]
    bids = {
        vendor: dict(zip(ADDITIVE["criteria"], values, strict=True))
        for vendor, values in ADDITIVE["values"].items()
    }
    for bid in bids.values():
        bid["cost"] = worst - (worst - best) * bid["cost"] / 100
    return ve.evaluate(rules("cost", *leaves), proposals(bids))


def test_the_additive_model_gives_the_totals_and_the_winner(additive: Result) -> None:
    assert points(additive) == pytest.approx(ADDITIVE["expected"]["totals"], abs=1e-9)
    assert additive.recommendation.vendor == ADDITIVE["expected"]["winner"]
    assert additive.recommendation.runner_up == "B"
    assert additive.recommendation.margin == pytest.approx(1.8, abs=1e-9)


def test_the_weight_intervals_are_the_closed_form_ones(additive: Result) -> None:
    expected = ADDITIVE["expected"]["weight_intervals_winner_keeps_first"]
    tolerance = ADDITIVE["expected"]["weight_intervals_tolerance"]
    found = {path: (i.low, i.high) for path, i in additive.weight_intervals.items()}
    assert sorted(found) == sorted(expected)
    for path, ends in expected.items():
        assert found[path] == pytest.approx(ends, abs=tolerance), path


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_first_rank_shares_near_the_weights_come_out(additive: Result, seed: int) -> None:
    evaluation = additive.evaluation
    result = evaluation.evaluate(seed=seed)
    expected, tolerance = ADDITIVE["expected"], ADDITIVE["expected"]["share_tolerance"]
    alone, near = result.weights_alone, result.near_weights
    assert alone is not None
    shares = {vendor: alone.first(vendor) for vendor in evaluation.ranking}
    assert shares == pytest.approx(expected["first_rank_share_near_weights"], abs=tolerance)
    shares = {vendor: near.first(vendor) for vendor in evaluation.ranking}
    assert shares == pytest.approx(expected["first_rank_share_with_errors"], abs=tolerance)
    ahead = expected["ahead_of_each_rival_with_errors"]
    assert near.ahead.to_dict() == pytest.approx(ahead, abs=tolerance)


def test_a_lead_in_69_of_100_re_runs_is_too_close(additive: Result) -> None:
    assert additive.recommendation.verdict == "too close"
    assert additive.recommendation.rivals_not_told_apart == ("B", "C")


def test_the_answers_said_to_draw_level_do_draw_level(additive: Result) -> None:
    for rival, change in ADDITIVE["expected"]["to_draw_level_with_the_winner"].items():
        evaluation = additive.evaluation
        bids = evaluation.proposals.answers.to_dict(orient="index")
        bids[rival]["cost"] = float(bids[rival]["cost"]) - change["price_cut"]
        level = points(ve.evaluate(evaluation.rules, proposals(bids)))
        assert level[rival] == pytest.approx(level["A"], abs=1e-9)


def priced(example: dict[str, Any], formula: str, *, quality: float, price: float) -> Result:
    """Quality on its points and price by a formula."""
    criteria = [leaf("quality", quality), leaf("price", price, WRITTEN[formula])]
    bids = {
        vendor: {"quality": example["quality"][vendor], "price": asked}
        for vendor, asked in example["prices"].items()
    }
    return ve.evaluate(rules("price", *criteria), proposals(bids))


@pytest.mark.parametrize("formula", FORMULAS["base"]["expected"])
def test_each_price_formula_gives_its_totals(formula: str) -> None:
    assessment = priced(
        FORMULAS["base"],
        formula,
        quality=FORMULAS["quality_weight"],
        price=FORMULAS["price_weight"],
    )
    expected = FORMULAS["base"]["expected"][formula]
    assert points(assessment) == pytest.approx(expected, abs=0.005)
    assert assessment.recommendation.vendor == max(expected, key=expected.get)


@pytest.mark.parametrize(
    "example", FORMULAS["losing_bid_reverses_the_winner"], ids=lambda example: example["formula"]
)
def test_a_losing_bid_reverses_the_winner_under_each_relative_formula_and_is_told(
    example: dict[str, Any],
) -> None:
    weights = {"quality": FORMULAS["quality_weight"], "price": FORMULAS["price_weight"]}
    before = priced(example, example["formula"], **weights)
    assert points(before) == pytest.approx(example["before"], abs=0.005)
    [(added, bid)] = example["add"].items()
    fuller = {
        "prices": example["prices"] | {added: bid["price"]},
        "quality": example["quality"] | {added: bid["quality"]},
    }
    after = priced(fuller, example["formula"], **weights)
    assert points(after) == pytest.approx(example["after"], abs=0.005)
    assert after.recommendation.vendor != before.recommendation.vendor
    assert after.reversals == {added: before.recommendation.vendor}
    assert after.recommendation.verdict in ("sensitive", "too close")


@pytest.mark.parametrize(
    "example", FORMULAS["losing_bid_reverses_the_winner"], ids=lambda example: example["formula"]
)
def test_the_same_losing_bids_move_nothing_on_an_absolute_scale(example: dict[str, Any]) -> None:
    before = priced(example, "linear_scale", quality=0.6, price=0.4)
    [(added, bid)] = example["add"].items()
    fuller = {
        "prices": example["prices"] | {added: bid["price"]},
        "quality": example["quality"] | {added: bid["quality"]},
    }
    after = points(priced(fuller, "linear_scale", quality=0.6, price=0.4))
    after.pop(added)
    assert after == points(before)


def test_a_price_close_to_nothing_wins_with_the_worst_quality() -> None:
    example = FORMULAS["near_zero_price"]
    assessment = priced(
        example,
        example["formula"],
        quality=example["quality_weight"],
        price=example["price_weight"],
    )
    assert points(assessment) == pytest.approx(example["expected"], abs=0.005)
    assert assessment.recommendation.vendor == "B"


def test_scores_are_summed_in_full_precision_where_rounding_would_flip_the_order() -> None:
    example = EXAMPLES["rounding_flips_the_order"]
    first, second = example["weights"]
    bids = {name: {"x": example[name][0], "y": example[name][1]} for name in ("A", "B")}
    assessment = ve.evaluate(rules("y", leaf("x", first), leaf("y", second)), proposals(bids))
    assert points(assessment) == pytest.approx(example["exact"], abs=1e-9)
    assert assessment.evaluation.ranking == ("A", "B")
    rounded = example["summed_from_one_decimal"]
    assert rounded["B"] > rounded["A"]  # what a sheet that rounds first would say

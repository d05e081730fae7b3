"""Price formulas: the worked figures, and the same answers from evaluating other rules."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT, examples
from make.builders import FIVE, five_criteria, rules
from vendor_eval.analysis.formulas import FORMULAS, OWN, PER_QUALITY, price_formulas
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.named import typed_form

EXAMPLES = json.loads((ROOT / "tests/worked/worked_examples.json").read_text("utf-8"))
WORKED = EXAMPLES["price_formulas"]
SCALE = {"linear": {"worst": 150.0, "best": 90.0}}


def priced(
    example: dict[str, Any], *, quality: float = 0.6, price: float = 0.4, value: Any = SCALE
) -> Evaluation:
    typed = rules({"price": (price, value), "quality": (quality, "identity")})
    asked = example["prices"]
    bids = {v: {"price": p, "quality": example["quality"][v]} for v, p in asked.items()}
    return evaluate(typed, proposals(bids))


def test_every_formula_gives_its_worked_scores_and_winner() -> None:
    told = price_formulas(priced(WORKED["base"]))
    for name, scores in WORKED["base"]["expected"].items():
        formula = told[OWN if name == "linear_scale" else name]
        assert formula.scores == pytest.approx(scores, abs=0.005), name
        assert formula.winner == max(scores, key=scores.get)
    changed = {name for name, formula in told.items() if formula.changes_winner}
    assert changed == set(told) - {OWN}  # B on the fixed scale, A or C under all others


def test_the_price_of_a_quality_point_is_the_worked_one() -> None:
    formula = price_formulas(priced(WORKED["base"]))[PER_QUALITY]
    assert formula.scores == pytest.approx(WORKED["base"]["price_per_quality_point"], abs=5e-5)
    assert formula.winner == "C"


@pytest.mark.parametrize(
    "example", WORKED["losing_bid_reverses_the_winner"], ids=lambda example: example["formula"]
)
def test_each_worked_reversal_is_found_with_the_bid_that_does_it(example: dict[str, Any]) -> None:
    [(added, bid)] = example["add"].items()
    fuller = {
        "prices": example["prices"] | {added: bid["price"]},
        "quality": example["quality"] | {added: bid["quality"]},
    }
    told = price_formulas(priced(fuller))
    found = told[example["formula"]]
    assert found.scores == pytest.approx(example["after"], abs=0.005)
    assert found.reversals == {added: max(example["before"], key=example["before"].get)}
    assert told[OWN].reversals == {}


def test_a_price_close_to_nothing_wins_under_a_ratio_and_not_on_a_scale() -> None:
    example = WORKED["near_zero_price"]
    weights = {"quality": example["quality_weight"], "price": example["price_weight"]}
    told = price_formulas(priced(example, **weights))
    assert told["lowest_over_this"].scores == pytest.approx(example["expected"], abs=0.005)
    assert told["lowest_over_this"].winner == "B"
    assert told[OWN].winner == "A"


def test_scores_are_summed_in_full_precision_where_rounding_would_flip_the_order() -> None:
    example = EXAMPLES["rounding_flips_the_order"]
    typed = rules(dict(zip(("y", "x"), reversed(example["weights"]), strict=True)))
    bids = {v: {"x": example[v][0], "y": example[v][1]} for v in ("A", "B")}
    own = price_formulas(evaluate(typed, proposals(bids)))[OWN]
    assert own.scores == pytest.approx(example["exact"], abs=1e-9)
    assert own.winner == "A"


def test_the_five_criteria_keep_their_totals_under_the_rules_own_formula() -> None:
    example = EXAMPLES["additive_five_criteria"]
    scale = {"linear": {"worst": 150000.0, "best": 90000.0}}
    typed = rules({n: (w, scale) if n == "cost" else w for n, w in FIVE.items()}, price="cost")
    bids = {v: dict(zip(FIVE, row, strict=True)) for v, row in example["values"].items()}
    for bid in bids.values():
        bid["cost"] = 150000 - 600 * bid["cost"]
    told = price_formulas(evaluate(typed, proposals(bids)))
    assert told[OWN].scores == pytest.approx(example["expected"]["totals"], abs=1e-9)
    assert told[OWN].as_ruled
    assert not told[OWN].changes_winner


WRITTEN = [SCALE, *map(typed_form, FORMULAS.values())]
prices = st.lists(
    st.tuples(st.integers(50, 200), st.integers(0, 10), st.integers(1, 9)), min_size=1, max_size=6
)


def as_evaluated(typed: Rules, formula: Any, bids: dict[str, dict[str, int]]) -> Evaluation:
    """The same bids evaluated under rules that hold another price formula."""
    first, *others = typed.model_dump(mode="json", exclude_defaults=True)["criteria"]
    swapped = {"criteria": (first | {"value": formula}, *others)}
    plain = typed.model_dump(exclude_defaults=True, exclude={"criteria"})
    return evaluate(Rules.model_validate(plain | swapped), proposals(bids))


def withdrawn(slow: Evaluation) -> dict[str, str | None]:
    """Each losing bid without which another is first, by evaluating again without it."""
    first = set(slow.leaders)
    changed = {}
    for loser in [vendor for vendor in slow.ranking if vendor not in first]:
        after = evaluate(slow.rules, slow.proposals.without(loser))
        if set(after.leaders) != first:
            changed[loser] = after.winner
    return changed


@examples(quick=20, further=300)
@given(prices, st.sampled_from(WRITTEN), st.booleans())
def test_every_formula_says_what_an_evaluation_under_it_would(
    rows: list[tuple[int, int, int]], own: Any, breaks_ties: bool
) -> None:
    more = {"tie_break": ("quality",)} if breaks_ties else {}
    extra = (1.0, "this_over_highest")
    typed = rules({"price": (3.0, own), "quality": (4.0, "identity"), "size": extra}, **more)
    bids = {
        f"V{n}": {"price": price, "quality": 10 * quality, "size": size}
        for n, (price, quality, size) in enumerate(rows)
    }
    for name, formula in price_formulas(evaluate(typed, proposals(bids))).items():
        if name == PER_QUALITY or formula.error:
            continue
        slow = as_evaluated(typed, own if name == OWN else typed_form(FORMULAS[name]), bids)
        assert formula.scores == pytest.approx({v: 100 * s for v, s in slow.scores.items()})
        assert formula.winner == slow.winner, name
        assert formula.reversals == withdrawn(slow), name


@given(prices)
def test_the_price_of_a_quality_point_is_lowest_for_its_winner(
    rows: list[tuple[int, int, int]],
) -> None:
    bids = {f"V{n}": {"price": p, "quality": 10 * q} for n, (p, q, _) in enumerate(rows)}
    typed = rules({"price": (1.0, SCALE), "quality": 2.0})
    formula = price_formulas(evaluate(typed, proposals(bids)))[PER_QUALITY]
    ratios = {v: bid["price"] / bid["quality"] for v, bid in bids.items() if bid["quality"]}
    if len(ratios) < len(bids):
        assert formula.error
        assert (formula.first, formula.scores) == ((), {})
        return
    assert formula.scores == pytest.approx(ratios)
    cheapest = min(ratios.values())
    assert set(formula.first) == {v for v, r in ratios.items() if r == pytest.approx(cheapest)}
    assert formula.reversals == {}


def test_a_formula_that_divides_by_a_price_of_nothing_says_whose_it_is() -> None:
    bids = {"X": {"price": 0, "quality": 50}, "Y": {"price": 100, "quality": 60}}
    told = price_formulas(evaluate(rules({"price": (1, SCALE), "quality": 1}), proposals(bids)))
    for name in ("lowest_over_this", "above_lowest", "mean_based", PER_QUALITY):
        assert told[name].error == "it needs prices above 0; X asks 0"
        assert told[name].changes_winner is None
    assert told["linear_range"].error is None


def test_where_more_is_better_no_formula_for_the_lowest_price_is_applied() -> None:
    told = price_formulas(evaluate(*five_criteria()))
    assert told[OWN].winner == "A"
    assert all("higher price" in str(told[name].error) for name in told if name != OWN)


def test_without_a_price_there_is_no_price_per_quality_point() -> None:
    typed = rules({"price": (1, SCALE), "quality": 1})
    leaf = typed.criteria[0].model_copy(update={"missing": "worst"})
    typed = typed.model_copy(update={"criteria": (leaf, typed.criteria[1])})
    bids = {"X": {"price": "", "quality": 50}, "Y": {"price": 100, "quality": 60}}
    told = price_formulas(evaluate(typed, proposals(bids)))
    assert told[PER_QUALITY].error == "it needs every price; found none from X"
    assert told["lowest_over_this"].scores == {"X": 25.0, "Y": 80.0}


def test_a_price_that_carries_all_the_weight_leaves_no_quality_to_divide_by() -> None:
    bids = {"X": {"price": 100, "quality": 50}}
    told = price_formulas(evaluate(rules({"price": (1, SCALE), "quality": 0}), proposals(bids)))
    assert "all the weight" in str(told[PER_QUALITY].error)


def test_without_an_eligible_vendor_no_formula_has_a_winner() -> None:
    gate = {"id": "g", "label": "G", "answer": "quality", "rule": {"at_least": 99.0}}
    typed = rules({"price": (1, SCALE), "quality": 1}, gates=(gate,))
    told = price_formulas(evaluate(typed, proposals({"X": {"price": 100, "quality": 5}})))
    assert {formula.first for formula in told.values()} == {()}


def test_identical_vendors_tie_under_every_formula() -> None:
    bid = {"price": 100, "quality": 50}
    typed = rules({"price": (1, SCALE), "quality": 1})
    told = price_formulas(evaluate(typed, proposals({"X": bid, "Y": bid})))
    assert {formula.first for formula in told.values()} == {("X", "Y")}
    assert {formula.winner for formula in told.values()} == {None}


@pytest.mark.filterwarnings("error")
def test_a_bid_left_without_quality_by_a_withdrawal_is_not_divided_by() -> None:
    by_mean = {"mean_based": {"direction": "max", "points_per_percent": 1.0}}
    typed = rules({"price": (1, SCALE), "q": (1, by_mean)})
    # without A the mean is 106, and B's 52 more than half of it below: 50 - 50.9 points
    bids = {"A": (120, 50), "B": (110, 52), "C": (100, 160)}
    offers = {v: {"price": p, "q": q} for v, (p, q) in bids.items()}
    found = price_formulas(evaluate(typed, proposals(offers)))[PER_QUALITY]
    assert (found.error, found.winner, found.reversals) == (None, "C", {})

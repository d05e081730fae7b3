"""Two results are compared: parts sum to each change, and kinds, causes and refusals hold."""

import json
from copy import deepcopy
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vendor_eval as ve
from vendor_eval.award.comparison import KINDS, RunComparison, compared
from vendor_eval.award.comparison_words import comparison_document, comparison_sentence
from vendor_eval.award.score_changes import attribution
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.documents.html_page import page
from vendor_eval.outputs.documents.markdown_text import markdown
from vendor_eval.outputs.results import results_record

RELATIVE = "lowest_over_this"
LINEAR = {"linear": {"worst": 200, "best": 100}}


def rules(cost: float = 40, value: Any = LINEAR, **others: Any) -> dict[str, Any]:
    """Rules with a price and two leaves of quality under one branch."""
    quality = [
        {"id": "team", "label": "Team", "weight": 3, "answer": "team", "value": "identity"},
        {"id": "plan", "label": "Plan", "weight": 1, "answer": "plan", "value": "identity"},
    ]
    return {
        "title": "Help desk (constructed)",
        "decision": "Who?",
        "currency": "EUR",
        "price": "cost",
        "criteria": [
            {"id": "cost", "label": "Cost", "weight": cost, "answer": "cost", "value": value},
            {"id": "quality", "label": "Quality", "weight": 100 - cost, "criteria": quality},
        ],
        **others,
    }


BIDS = {"Aurora": (120.0, 80.0, 60.0), "Borealis": (150.0, 90.0, 90.0), "Cygnus": (180.0, 50, 40)}


def results(entered: dict[str, Any], bids: dict[str, tuple[float, ...]], **how: Any) -> Any:
    """The results of bids in a table under rules, as read back from JSON."""
    table = pd.DataFrame(bids.values(), index=list(bids), columns=["cost", "team", "plan"])
    result = ve.evaluate(entered, table, draws=20, **how)
    return json.loads(json.dumps(results_record(result.tender, result)))


def of_two(first: Any, second: Any, **how: Any) -> RunComparison:
    """The comparison of two results."""
    return compared(first, second, **how)


def flat(weight: float, value: float) -> dict[str, Any]:
    """Results of one vendor with one leaf, and what is left of its weight on a leaf of 0 points."""
    leaf = {"performance": value, "relative": False}
    criteria = {
        "a": leaf | {"weight": weight, "value": value},
        "b": leaf | {"weight": 1 - weight, "value": 0.0},
    }
    vendor = {"score": weight * value, "status": "eligible", "criteria": criteria}
    return {"vendors": {"V": vendor}}


def test_a_weight_and_a_value_that_fall_together_are_told_apart_by_their_means() -> None:
    # by hand: (.3 - .4)(80 + 70)/2 = -7.5 and (70 - 80)(.4 + .3)/2 = -3.5; .3 x 70 - .4 x 80 = -11
    moved = attribution(flat(0.4, 80.0), flat(0.3, 70.0), "V", "V")
    assert moved is not None
    assert moved.leaves[0].weights == pytest.approx(-7.5)
    assert moved.leaves[0].values == pytest.approx(-3.5)
    assert moved.change == pytest.approx(-11)
    assert moved.rounding == pytest.approx(0, abs=1e-12)


POINTS = st.integers(0, 1000).map(lambda tenths: tenths / 10)
ANSWERS = st.tuples(st.integers(60, 240), POINTS, POINTS)
WEIGHTS = st.integers(5, 95)
FUNCTIONS = st.sampled_from([LINEAR, {"linear": {"worst": 220, "best": 80}}, RELATIVE])


@settings(max_examples=25)
@given(
    WEIGHTS,
    WEIGHTS,
    FUNCTIONS,
    FUNCTIONS,
    st.lists(ANSWERS, min_size=6, max_size=6),
)
def test_whatever_changes_the_parts_of_every_score_sum_to_its_change(
    before: float, after: float, one: Any, other: Any, answers: list[tuple[float, ...]]
) -> None:
    names = list(BIDS)
    first = results(rules(before, one), dict(zip(names, answers[:3], strict=True)))
    second = results(rules(after, other), dict(zip(names, answers[3:], strict=True)))
    comparison = of_two(first, second)
    for each in comparison.vendors:
        moved = each.attribution
        assert moved is not None
        change = second["vendors"][each.vendor]["score"] - first["vendors"][each.vendor]["score"]
        assert moved.weights + moved.values + moved.rounding == pytest.approx(change, abs=1e-9)
        # points stand with 8 decimals, shares with 10
        assert abs(moved.rounding) < 1e-6
        parts = [moved.total(part) for part in ("answer", "function", "others")]
        assert None not in parts
        assert sum(filter(None, parts)) == pytest.approx(moved.values, abs=1e-9)


def test_each_part_of_a_value_is_computed_again_in_the_stated_order() -> None:
    first = results(rules(50, RELATIVE), {"A": (100.0, 0, 0), "B": (200.0, 0, 0)})
    second = results(rules(50, RELATIVE), {"A": (80.0, 0, 0), "B": (160.0, 0, 0)})
    moved = of_two(first, second).vendor("B").attribution
    # B at 160 against 100: 62.5 points of 100; against 80 it is 50 again, as 200 against 100 was
    assert moved.total("answer") == pytest.approx(0.5 * (62.5 - 50), abs=1e-6)
    assert moved.total("others") == pytest.approx(0.5 * (50 - 62.5), abs=1e-6)
    other = results(
        rules(50, {"linear": {"worst": 300, "best": 100}}), {"A": (80.0, 0, 0), "B": (150.0, 0, 0)}
    )
    start = results(rules(50), {"A": (80.0, 0, 0), "B": (160.0, 0, 0)})
    moved = of_two(start, other).vendor("B").attribution
    # by hand: 40 points at 160, 50 at 150; by the other function 150 is worth 75
    assert moved.total("answer") == pytest.approx(0.5 * 10)
    assert moved.total("function") == pytest.approx(0.5 * 25)


def test_a_leaf_that_stands_on_one_side_only_has_no_weight_on_the_other() -> None:
    entered = rules()
    del entered["criteria"][1]["criteria"][1]
    moved = of_two(results(entered, BIDS), results(rules(), BIDS)).vendor("Aurora").attribution
    plan = next(leaf for leaf in moved.leaves if leaf.path == "quality.plan")
    assert (plan.weights, plan.values) == (pytest.approx(0.15 * 60), 0)


def test_rules_that_are_not_additive_have_no_attribution() -> None:
    first = results(rules(), BIDS)
    second = deepcopy(first)
    second["vendors"]["Aurora"]["score"] = 12.0
    assert of_two(first, second).vendor("Aurora").attribution is None
    second["vendors"]["Aurora"]["score"] = round(first["vendors"]["Aurora"]["score"])
    rounded = of_two(first, second).vendor("Aurora").attribution
    assert rounded.rounding == pytest.approx(rounded.change)


def test_the_first_sentence_says_whose_answer_moved_the_two_apart() -> None:
    dearer = {**BIDS, "Aurora": (190.0, 80.0, 60.0)}
    comparison = of_two(results(rules(), BIDS), results(rules(), dearer))
    said = "Borealis replaces Aurora because Aurora\u2019s price rose from 120 to 190"
    assert comparison_sentence(comparison) == f"{said}."
    assert (
        comparison.kinds
        == ("recommendation", "verdict", "runner-up", "ranking", "score")[: len(comparison.kinds)]
        or "recommendation" in comparison.kinds
    )
    assert [cause.kind for cause in comparison.causes] == ["bids"]
    assert comparison.winner_changed


def test_the_first_sentence_says_that_it_was_the_weights() -> None:
    comparison = of_two(results(rules(60), BIDS), results(rules(10), BIDS))
    assert comparison_sentence(comparison).startswith(
        "Borealis replaces Aurora because of the weights, which moved the difference by "
    )
    assert [cause.kind for cause in comparison.causes] == ["rules"]
    assert comparison.sections == ("criteria.cost", "criteria.quality")


def test_the_first_sentence_says_that_a_vendor_is_out() -> None:
    gate = {"id": "team", "label": "Team", "criterion": "quality", "rule": {"at_least": 78}}
    comparison = of_two(results(rules(), BIDS), results(rules(gates=[gate]), BIDS))
    assert comparison_sentence(comparison) == (
        "Borealis replaces Aurora because Aurora is excluded now (team) and was eligible."
    )
    assert "gate status" in comparison.kinds


def test_the_same_results_show_no_change() -> None:
    first = results(rules(), BIDS)
    comparison = of_two(first, deepcopy(first))
    assert (comparison.kinds, comparison.causes) == ((), ())
    assert comparison_sentence(comparison).startswith("Nothing changed")


def test_a_change_without_a_cause_is_an_alarm_on_the_tool() -> None:
    first = results(rules(), BIDS)
    second = deepcopy(first)
    second["recommendation"]["verdict"] = "open"
    assert [cause.kind for cause in of_two(first, second).causes] == ["none"]
    second["tool"]["version"] = "99"
    assert [cause.kind for cause in of_two(first, second).causes] == ["versions"]
    second = deepcopy(first)
    second["recommendation"]["verdict"] = "open"
    second["robustness"]["seed"] = 1
    assert "seed (0 before, 1 now)" in of_two(first, second).causes[0].says


def test_kinds_stand_in_the_order_of_their_weight() -> None:
    first = results(rules(), BIDS)
    second = deepcopy(first)
    second["recommendation"] |= {"vendor": "Cygnus", "verdict": "open", "runner_up": "Aurora"}
    second["vendors"]["Cygnus"] |= {"status": "excluded", "score": 1.0, "price": 1.0}
    second["ranking"] = ["Borealis", "Aurora"]
    assert of_two(first, second).kinds == KINDS


def test_a_difference_within_the_tolerance_is_none() -> None:
    first = results(rules(), BIDS)
    second = deepcopy(first)
    second["vendors"]["Aurora"]["score"] += 1e-6
    assert of_two(first, second).kinds == ("score",)
    assert of_two(first, second, tolerance=1e-3).kinds == ()


def test_renamed_vendors_are_refused_and_not_guessed() -> None:
    first = results(rules(), BIDS)
    second = results(rules(), {"Aurora Ltd": BIDS["Aurora"], **dict(list(BIDS.items())[1:])})
    with pytest.raises(VendorEvalError, match="--rename 'Aurora=Aurora Ltd'"):
        of_two(first, second)
    comparison = of_two(first, second, renamed={"Aurora": "Aurora Ltd"})
    assert comparison.kinds == ()
    with pytest.raises(VendorEvalError, match="found 'Nobody'; allowed"):
        of_two(first, second, renamed={"Nobody": "Aurora Ltd"})


def test_a_vendor_that_is_gone_and_another_that_is_new_are_two() -> None:
    first = results(rules(), BIDS)
    fresh = {k: v for k, v in BIDS.items() if k != "Cygnus"} | {"Delphi": (199.0, 1.0, 2.0)}
    comparison = of_two(first, results(rules(), fresh))
    assert comparison.vendor("Cygnus").status == ("eligible", None)
    assert comparison.vendor("Delphi").status == (None, "eligible")
    assert "bids" in [cause.kind for cause in comparison.causes]


def test_results_of_two_evaluations_are_refused_and_another_title_alone_is_none() -> None:
    first = results(rules(), BIDS)
    other = results(rules(title="Payroll"), {"Delphi": (199.0, 1, 2), "Ermine": (101.0, 9, 3)})
    with pytest.raises(VendorEvalError, match=r"of 'Payroll', with no vendor and criterion in bo"):
        of_two(first, other)
    assert of_two(first, results(rules(title="Payroll"), BIDS)).kinds == ()
    fresh = results(rules(), {"Delphi": (199.0, 1, 2), "Ermine": (101.0, 9, 3)})
    assert of_two(first, fresh).winner_changed


def test_weights_that_changed_and_moved_nothing_are_said_to_be_no_reason() -> None:
    halved = rules(40)
    halved["criteria"][1]["criteria"][0]["weight"] = 1  # both have the same points on both leaves
    alike = {"Aurora": (120.0, 70.0, 70.0), "Borealis": (150.0, 70.0, 70.0)}
    dearer = {**alike, "Aurora": (190.0, 70.0, 70.0)}
    said = comparison_sentence(of_two(results(rules(), alike), results(halved, dearer)))
    assert said.endswith("from 120 to 190, not because of the weights.")


def test_results_of_two_forms_are_refused_with_both() -> None:
    first = results(rules(), BIDS)
    with pytest.raises(VendorEvalError, match=r"'vendor-eval/2' and 'vendor-eval/1'"):
        of_two(first, first | {"schema": "vendor-eval/1"})


def test_names_are_text_on_the_page_and_in_markdown() -> None:
    name = "<b>A|*x*</b>"
    first = results(rules(), {name: (120.0, 80, 60), "B": (150.0, 90, 90)})
    second = results(rules(), {name: (190.0, 80, 60), "B": (150.0, 90, 90)})
    document = comparison_document(of_two(first, second))
    assert "<b>" not in page(document)
    assert "&lt;b&gt;A|*x*" in page(document)
    assert r"&lt;b&gt;A\|\*x\*" in markdown(document)


def test_both_bids_and_rules_that_change_are_both_causes() -> None:
    comparison = of_two(
        results(rules(40), BIDS), results(rules(50), {**BIDS, "Aurora": (121.0, 80.0, 60.0)})
    )
    assert [cause.kind for cause in comparison.causes] == ["rules", "bids"]
    [change] = comparison.answers
    assert (change.vendor, change.what, change.old, change.new) == ("Aurora", "cost", 120, 121)

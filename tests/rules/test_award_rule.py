"""The award rule as it is entered: what is refused, and what vendors are asked."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from make.awards_by_price import FEE, per_point
from make.running import invoked
from vendor_eval.analysis.weights.sampling import anywhere
from vendor_eval.questionnaire.answers import answers_form
from vendor_eval.rules.award_rule import COST_MEASURES
from vendor_eval.rules.consistency import inconsistencies
from vendor_eval.rules.criteria import Criterion, tree
from vendor_eval.rules.rules import fingerprint
from vendor_eval.tender.rules_file import rules_faults

WEIGHTS = {"craft": 60.0, "art": 40.0}


def test_the_default_is_the_highest_score_and_changes_no_fingerprint() -> None:
    typed = per_point(WEIGHTS).model_dump(exclude={"award_rule"}) | {"price": None}
    stated = typed | {"award_rule": {"highest_score": {}}}
    silent, said = (rules_faults(each)[0] for each in (typed, stated))
    assert silent is not None
    assert said is not None
    assert fingerprint(silent) == fingerprint(said)


def test_vendors_are_asked_for_a_price_that_no_criterion_reads() -> None:
    rules = per_point(WEIGHTS)
    assert list(rules.answers) == ["craft", "art", FEE]
    asked = {field.id: (field.kind, field.unit) for field in answers_form(rules).fields}
    assert asked[FEE] == ("number", "EUR")


def test_a_measured_price_is_taken_though_no_criterion_takes_it() -> None:
    rules = per_point(WEIGHTS, price="total_cost")
    assert [m.name for m in rules.measures] == ["total_cost"]
    assert "total_cost" not in rules.answers


def test_the_cost_measures_that_a_price_may_name_exist() -> None:
    from vendor_eval.measures.measures import MEASURES

    assert set(COST_MEASURES) <= set(MEASURES)


def test_a_measured_price_without_what_it_needs_is_a_fault_at_the_price(
    data: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(data / "customer-support", tmp_path / "f"))
    rules = yaml.safe_load((folder / "evaluation.yaml").read_text("utf-8"))
    for gone in ("commercial", "methods", "scenarios", "tie_break"):
        del rules[gone]
    rules["criteria"] = [each for each in rules["criteria"] if each["id"] != "cost"]
    quality = [each["id"] for each in rules["criteria"]]
    rules["award_rule"] = {"price_per_point": {"quality": quality, "price": "total_cost"}}
    (folder / "evaluation.yaml").write_text(yaml.safe_dump(rules, sort_keys=False), "utf-8")
    (folder / "judgements.yaml").unlink()
    done = invoked("score", folder, cwd=tmp_path)
    assert done.exit_code == 2
    assert "price: 'total_cost' needs 'commercial'" in done.stderr


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"rule": {"quality": ("craft",)}}, "'art' has weight and is not quality"),
        ({"rule": {"quality": ("craft", "arts")}}, "unknown criterion 'arts'"),
        ({"rule": {"price": "cost"}}, "found 'cost'; allowed: 'fee', the price of the rules"),
        ({"rule": {"least_quality": 50.0}}, "found a floor on 2 criteria; allowed: one path"),
        ({"price": "art"}, "'art' reads the price, which is divided by points"),
        ({"price": None}, "the rules have no price"),
        ({"methods": ("topsis",)}, "has no meaning under 'price_per_point'"),
    ],
)
def test_what_does_not_fit_a_price_per_point_is_refused(more: dict[str, Any], says: str) -> None:
    messages = [message for _, message in inconsistencies(per_point(WEIGHTS, **more))]
    assert [m for m in messages if says in m], messages


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"highest_score": {}, "lowest_price": {}},
        {"highest_score": None},
        {"cheapest": {}},
        {"price_per_point": {}},
        {"price_per_point": {"quality": ()}},
        {"price_per_point": {"quality": ("craft",), "least_quality": 101.0}},
    ],
)
def test_an_award_rule_of_no_form_is_a_fault_at_its_place(typed: dict[str, Any]) -> None:
    entered = per_point(WEIGHTS).model_dump() | {"award_rule": typed}
    _, faults = rules_faults(entered)
    assert faults
    assert all(at[0] == "award_rule" for at, _ in faults)


def test_an_only_top_level_criterion_stands_for_those_under_it() -> None:
    leaves = tuple(
        {"id": n, "label": n.title(), "weight": 1, "answer": n, "value": "identity"}
        for n in ("craft", "art")
    )
    within = {"id": "quality", "label": "Quality", "weight": 1, "criteria": leaves}
    flat = tree(tuple(map(Criterion.model_validate, leaves)))
    grouped = tree((Criterion.model_validate(within),))
    assert flat.top == ("craft", "art")
    assert grouped.top == ("quality.craft", "quality.art")
    one, other = (anywhere(each).drawn(50, seed=0) for each in (flat, grouped))
    assert np.array_equal(one, other)

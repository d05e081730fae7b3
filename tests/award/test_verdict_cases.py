"""Cases at hand of which it is known beforehand which word they may not get."""

import math
import re
from dataclasses import replace
from typing import Any

import pytest
from scipy.stats import norm

import vendor_eval as ve
from make import ROOT
from make.builders import assessed, rules
from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import closest_rival, share_of_100
from vendor_eval.bids.proposal import proposals
from vendor_eval.outputs.warnings import every_warning
from vendor_eval.report import firmness
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

EXAMPLES = sorted(path.name for path in (ROOT / "data").iterdir() if path.is_dir())


def marked(unit: str | None, value: Any, marks: tuple[float, float]) -> Result:
    """Two vendors that people have given marks, at prices that weigh nothing."""
    leaves = (
        {"id": "cost", "label": "Cost", "weight": 0, "answer": "cost", "unit": "USD"}
        | {"value": {"linear": {"worst": 9.0, "best": 0.0}}},
        {"id": "marks", "label": "Marks", "weight": 1, "answer": "marks", "value": value}
        | ({"unit": unit} if unit else {}),
    )
    about = {"title": "T", "decision": "D", "currency": "USD", "price": "cost"}
    typed = Rules.model_validate(about | {"criteria": leaves})
    offers = {v: {"cost": 1, "marks": mark} for v, mark in zip("AB", marks, strict=True)}
    return ve.evaluate(typed, proposals(offers))


# Tustin 2004: 318.4 points to 312.6, of 360
TUSTIN = (318.4, 312.6)


@pytest.mark.parametrize(
    ("value", "unit", "marks", "lead"),
    [
        ("identity", None, tuple(mark / 3.6 for mark in TUSTIN), 5.8 / 3.6),
        ({"linear": {"worst": 0.0, "best": 360.0}}, "points", TUSTIN, 5.8 / 3.6),
        (
            {"piecewise": {"points": ((0.0, 0.0), (180.0, 50.0), (360.0, 100.0))}},
            "points",
            TUSTIN,
            5.8 / 3.6,
        ),
        ("this_over_highest", "points", TUSTIN, 100 * 5.8 / 318.4),
    ],
    ids=["identity", "linear", "piecewise", "this_over_highest"],
)
def test_a_lead_of_six_of_360_judged_points_is_too_close_however_it_is_entered(
    value: Any, unit: str | None, marks: tuple[float, float], lead: float
) -> None:
    result = marked(unit, value, marks)
    assert result.recommendation.verdict == "too close"
    assert result.reruns is not None
    # both scores are off by 3 points, the lead by sqrt(2) times as much
    exact = norm.cdf(lead / (3 * math.sqrt(2)))
    assert result.reruns.ahead["B"] == pytest.approx(exact, abs=0.004)


def test_a_thousandth_of_a_judged_point_is_too_close() -> None:
    result = marked("points", "identity", (70.001, 70.0))
    assert result.recommendation.verdict == "too close"
    assert result.recommendation.rivals_not_told_apart == ("B",)
    assert share_of_100(float(result.reruns.ahead["B"]), result.draws) in (49, 50)  # type: ignore[union-attr]


def seen(result: Result) -> str:
    """What the first screen, the section on firmness and the warnings say, without markup."""
    tender = Tender(result.evaluation.rules, result.evaluation.proposals, None, ())
    parts = [first_screen_html(tender, result), *firmness.section(result).parts]
    markup = " ".join(part.markup for part in parts if hasattr(part, "markup"))
    return " ".join([re.sub("<[^>]*>", " ", markup), *every_warning(tender, result)])


def test_exact_prices_alone_are_firm_and_nothing_is_said_of_weightings() -> None:
    cost = {"linear": {"worst": 200.0, "best": 100.0}}
    result = assessed(
        {"A": {"cost": 120}, "B": {"cost": 121}, "C": {"cost": 150}},
        rules({"cost": (1, cost)}, robustness={}),
    )
    assert (result.recommendation.vendor, result.recommendation.verdict) == ("A", "firm")
    said = seen(result).casefold()
    assert "under the rules a is first" in said
    assert not re.search(r"weight|re-run|\bdrawn?\b", said)
    assert not firmness.reruns_figure(result).data


def test_in_a_public_procedure_with_nothing_judged_the_rules_alone_decide() -> None:
    days = {"linear": {"worst": 30.0, "best": 0.0}}
    cost = {"linear": {"worst": 200.0, "best": 100.0}}
    typed = rules({"cost": (2, cost), "days": (1, days)}, procedure="public", robustness={})
    offers = {"A": {"cost": 120, "days": 20}, "B": {"cost": 121, "days": 20}}
    result = assessed(offers, typed)
    assert (result.recommendation.vendor, result.recommendation.verdict) == ("A", "firm")
    assert result.reruns is None
    said = seen(result)
    assert "The published rules alone decide" in said
    assert "re-run" not in said
    assert not firmness.reruns_figure(result).data


@pytest.mark.more
@pytest.mark.parametrize("name", EXAMPLES)
def test_twenty_seeds_give_the_same_word_and_integers_that_differ_by_one_at_most(name: str) -> None:
    base = read(ROOT / "data" / name).evaluate()
    words, shown = set(), []
    for seed in range(20):
        result = replace(base, seed=seed)
        award, reruns = result.recommendation, result.reruns
        words.add((award.verdict, award.vendor, award.rivals_not_told_apart))
        if reruns is None:
            continue
        integers = {v: share_of_100(float(s), reruns.draws) for v, s in reruns.ahead.items()}
        closest = closest_rival(reruns)
        near = result.near_weights
        firsts = {("first", v): int(wording.of_100(near.first(v))) for v in near.vendors}
        shown.append(integers | firsts | {"closest": closest and integers[closest[0]]})
    assert len(words) == 1
    for key in shown[0] if shown else ():
        numbers = [integers[key] for integers in shown]
        assert max(numbers) - min(numbers) <= 1, key

"""Checks of a first place: each flags what it is about, and nothing else."""

import json
from datetime import date
from statistics import NormalDist
from typing import Any

import pytest

from make import ROOT
from make.builders import assessed, rules
from make.priced import TERMS, line
from make.responses import response
from vendor_eval.analysis.circumstances import at_worst
from vendor_eval.award.checks import CHECKS, every_check
from vendor_eval.award.result import Result
from vendor_eval.award.verdict import RobustnessCheck
from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.measures import answered
from vendor_eval.rules.judgements import Judgements
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender

# A year of 1,000 transactions a month. Alder asks 10,000 a month, so 120,000, which is 50 points;
# Birch 13 a transaction, so 156,000, which is 35; their plans are worth 60 and 65 points.
BASE, HIGH, LOW = ({"monthly": monthly, "growth": 0.0} for monthly in (1000.0, 1200.0, 500.0))
LINEAR = {"linear": {"worst": 0.0, "best": 100.0}}
RANGE = {"linear_range": {"direction": "max"}}
STAKEHOLDERS = {
    "Ann": {"total_cost": 1.0, "plan": 1.0},
    "Ben": {"total_cost": 1.0, "plan": 9.0},  # Birch, by 0.1 x 35 + 0.9 x 65 to 5 + 54
}


def bid(vendor: str, plan: object, **priced: Any) -> Response:
    """A bid with one price line and a plan in points."""
    return response(
        vendor,
        forms={"price_terms": TERMS, "answers": {"plan": plan}},
        tables={"price_lines": [line(**priced)]},
    )


def checked(
    *,
    forecasts: Any = (("base", BASE), ("high", HIGH)),
    plan: object = 60,
    value: Any = LINEAR,
    dollars: float = 20.0,
    third: bool = False,
    people: bool = False,
    scenario: str | None = None,
) -> Result:
    """The result of Alder's and Birch's bids, Birch's in dollars at 0.65 euro."""
    leaves = (
        {"id": "total_cost", "label": "Cost", "weight": 1, "measure": "total_cost"}
        | {"value": {"linear": {"worst": 240_000.0, "best": 0.0}}},
        {"id": "plan", "label": "Plan", "weight": 1, "answer": "plan", "value": value},
    )
    commercial = {
        "months": 12,
        "money": "nominal",
        "volumes": dict(forecasts),
        "forecast": "base",
        "exchange": {"USD": {"rate": 0.65, "as_of": date(2026, 11, 2), "source": "Made up"}},
    }
    about: dict[str, Any] = {"title": "T", "decision": "D", "currency": "EUR"}
    about |= {"price": "total_cost"}
    about |= {"scenarios": {"plan_first": {"weights": {"total_cost": 1, "plan": 9}}}}
    typed = Rules.model_validate(about | {"criteria": leaves, "commercial": commercial})
    bids = [
        bid("Alder", plan, basis="per_month", price=10_000),
        bid("Birch", 65, basis="per_transaction", price=dollars, currency="USD"),
    ]
    if third:
        bids.append(bid("Cedar", 0, basis="per_month", price=20_000))
    asked = tuple({"name": name, "top": {"direct": w}} for name, w in STAKEHOLDERS.items())
    judgements = Judgements.model_validate({"stakeholders": asked}) if people else None
    offers = answered(typed, facts_of(typed, bids))
    tender = Tender(typed, offers, None, (), tuple(bids), judgements)
    return tender.evaluate(scenario=scenario, draws=2_000)


def flags(result: Result) -> dict[str, str]:
    """What the flagged checks say, by kind."""
    assert result.recommendation.vendor == "Alder"
    return {check.kind: check.says for check in result.checks if check.ok is False}


def test_every_check_is_made_and_none_flags_a_lead_that_holds() -> None:
    result = checked(plan="58..62", third=True, people=True)
    assert [(check.kind, check.ok) for check in result.checks] == [
        ("volumes", True),
        ("withdrawal", True),
        ("answers", True),
        ("stakeholders", None),
    ]
    assert [check.says for check in result.checks] == [
        "Alder leads at every stated volume forecast and at exchange rates 10 % lower or higher.",
        "Alder stays first if any one losing bid is withdrawn.",
        "Alder stays first with its own ranges at the worst end.",
        "The weights of 1 of 2 stakeholders put Alder first.",
    ]


@pytest.mark.parametrize(
    ("options", "kind", "says"),
    [
        (
            # at 500 a month Birch asks 78,000, 67.5 points: 66.3 to 55
            {"forecasts": (("base", BASE), ("low", LOW))},
            "volumes",
            "At the forecast \u201clow\u201d, Birch leads by 11.3 points.",
        ),
        (
            # 18 dollars are 140,400 euro, 41.5 points; at a rate 10 % lower 126,360, 47.35 points:
            # 56.2 to 55
            {"dollars": 18.0},
            "volumes",
            "With exchange rates 10 % lower, Birch leads by 1.2 points.",
        ),
        (
            # Birch's price is worth nothing; between Cedar's 0 and Birch's 65 Alder's plan has
            # 92.3 points, and none without Cedar: 50 to 100
            {"value": RANGE, "third": True, "dollars": 40.0},
            "withdrawal",
            "Without the bid of Cedar, Birch would be first.",
        ),
        (
            # 50 and 20 to 35 and 65
            {"plan": "20..100"},
            "answers",
            "With the ranges of Alder at the worst end, Birch leads by 15.0 points.",
        ),
    ],
)
def test_each_check_flags_alone_and_leaves_nothing_firm(
    options: dict[str, Any], kind: str, says: str
) -> None:
    result = checked(people=True, **options)
    assert flags(result) == {kind: says}
    assert result.recommendation.verdict in ("sensitive", "too close")


def test_stakeholders_are_shown_and_cap_nothing() -> None:
    result = checked(people=True)
    assert result.checks[-1].ok is None
    without = checked()
    assert [check.kind for check in without.checks] == ["volumes", "withdrawal"]
    assert without.recommendation.verdict == result.recommendation.verdict


def test_without_forecasts_rates_or_ranges_the_losing_bids_alone_are_checked() -> None:
    result = assessed({"A": {"a": 60, "b": 60}, "B": {"a": 50, "b": 50}}, rules({"a": 1, "b": 1}))
    assert [(check.kind, check.ok) for check in result.checks] == [("withdrawal", True)]
    assert result.recommendation.verdict == "firm"


def test_a_leader_paid_in_another_currency_is_checked_at_a_higher_rate_too() -> None:
    # 16 dollars are 124,800 euro, 48 points: 56.5 to 55; at a rate 10 % higher 42.8 points, 53.9
    result = checked(dollars=16.0, forecasts=(("base", BASE),))
    assert result.recommendation.vendor == "Birch"
    [flag] = [check for check in result.checks if check.ok is False]
    assert flag.says == "With exchange rates 10 % higher, Alder leads by 1.1 points."


def test_other_forecasts_are_counted_under_the_weights_of_the_scenario() -> None:
    # at 1,200 a month Birch's price has 22 points: 60.7 to 59, and 43.5 to 55 at even weights
    result = checked(scenario="plan_first")
    assert result.recommendation.vendor == "Birch"
    assert [check.ok for check in result.checks if check.kind == "volumes"] == [True]


def test_the_worst_of_a_range_is_weighed_over_all_its_criteria_and_may_lie_inside() -> None:
    dip = {"piecewise": {"points": ((0.0, 15.0), (20.0, 0.0), (40.0, 15.0))}}
    leaves = rules({"cost": 1, "plan": (4, dip), "size": (1, LINEAR)}).criteria
    shared = (*leaves[:2], leaves[2].model_copy(update={"answer": "plan"}))
    typed = rules({"cost": 1}).model_copy(update={"criteria": shared})
    result = assessed({"A": {"cost": 60, "plan": "0..30"}, "B": {"cost": 1, "plan": 20}}, typed)
    worst = at_worst(result.evaluation, "A")
    assert worst is not None
    assert float(worst.proposals.answers.at["A", "plan"]) == 20


def checked_at_high(offers: dict[str, dict[str, Any]], **more: Any) -> RobustnessCheck:
    """What the check of volumes says where these are the offers at another forecast."""
    agreed = {"A": {"cost": 80, "q": 60}, "B": {"cost": 70, "q": 60}}
    ranking = assessed(agreed, rules({"cost": 1, "q": 1})).evaluation.ranking
    moved = assessed(offers, rules({"cost": 1, "q": 1}, **more)).evaluation
    [check, _] = every_check(
        ranking, other_terms={"high": moved}, reversals={}, at_worst=None, elected=()
    )
    return check


def test_a_forecast_at_which_nobody_can_be_ranked_is_a_flag() -> None:
    gate = {"id": "g", "label": "Cost", "answer": "cost", "rule": {"at_least": 90.0}}
    offers = {"A": {"cost": 80, "q": 60}, "B": {"cost": 70, "q": 60}}
    check = checked_at_high(offers, gates=(gate,))
    assert (check.kind, check.ok) == ("volumes", False)
    assert check.says == "At the forecast \u201chigh\u201d, no vendor can be ranked."


def test_a_forecast_at_which_a_rival_cannot_be_priced_is_a_flag_and_no_tick() -> None:
    offers = {"A": {"cost": 80, "q": 60}, "B": {"cost": "", "q": 60}}
    check = checked_at_high(offers)
    assert check.ok is False
    assert check.says == "At the forecast \u201chigh\u201d, B cannot be priced."
    assert checked_at_high({**offers, "B": {"cost": 70, "q": 60}}).ok is True


def test_errors_under_relative_functions_are_enlarged_too() -> None:
    relative = (1, {"linear_range": {"direction": "max"}})
    offers = {"A": {"cost": 50, "q": 90}, "B": {"cost": 50, "q": 40}}
    typed = rules({"cost": 1, "q": relative})
    leaf = typed.criteria[1].model_copy(update={"error": 20.0})
    result = assessed(offers, typed.model_copy(update={"criteria": (typed.criteria[0], leaf)}))
    share = result.near_weights.ahead.min()
    times = result.withstands["error_times"]
    # both ends of the range are the two bids themselves: A is ahead while its error is the smaller
    assert share == pytest.approx(NormalDist().cdf(50 / (2**0.5 * 20)), abs=0.01)
    assert times == pytest.approx(50 / (2**0.5 * 20) / NormalDist().inv_cdf(0.75), rel=0.15)


def test_every_kind_of_check_has_its_words_wherever_it_is_named() -> None:
    schema = ROOT / "vendor_eval" / "outputs" / "results.schema.json"
    kinds = json.loads(schema.read_text("utf-8"))["$defs"]["check"]["properties"]["kind"]["enum"]
    assert set(CHECKS) == set(kinds)
    assert all(words.name for words in CHECKS.values())
    unsaid = {kind for kind, words in CHECKS.items() if not (words.after_checking and words.step)}
    assert unsaid == {"stakeholders"}  # which caps nothing

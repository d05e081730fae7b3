"""The main example shows everything an evaluation can hold, and its facts are facts."""

from datetime import date

import pytest
from conftest import ROOT
from evaluations import assessed, table

from vendor_eval.award import Assessment
from vendor_eval.criteria import walk
from vendor_eval.evaluation import Evaluation
from vendor_eval.rules import Rules


@pytest.fixture(scope="module")
def support() -> Assessment:
    """The assessment of the main example."""
    return assessed("customer-support")


@pytest.fixture(scope="module")
def rules(support: Assessment) -> Rules:
    """The rules of the main example."""
    return support.evaluation.rules


def test_customer_support_says_that_it_is_constructed(rules: Rules) -> None:
    assert rules.notice == "Constructed example, no real bids."
    assert rules.decision == "Which vendor runs EMEA customer support from January 2027?"


def test_customer_support_has_five_criteria_each_with_two_to_four_of_its_own(rules: Rules) -> None:
    assert [criterion.id for criterion in rules.criteria] == [
        "expertise",
        "cost",
        "security",
        "location",
        "language",
    ]
    assert all(2 <= len(criterion.criteria or ()) <= 4 for criterion in rules.criteria)


def test_customer_support_uses_several_value_functions_and_none_that_is_relative(
    rules: Rules,
) -> None:
    functions = [c.value for _, _, c in walk(rules.criteria) if c.value is not None]
    kinds = {type(function).__name__ for function in functions}
    assert {"Linear", "Piecewise", "Steps", "Levels", "Identity"} == kinds
    assert not any(function.relative for function in functions)


def test_customer_support_has_gates_on_an_answer_a_date_and_a_branch(rules: Rules) -> None:
    assert [(gate.id, gate.rule.form) for gate in rules.gates] == [
        ("soc2", "one_of"),
        ("iso27001", "not_before"),
        ("technical_floor", "at_least"),
    ]
    assert [gate.criterion for gate in rules.gates] == [None, None, "expertise"]
    assert rules.start == date(2027, 1, 1)


def test_customer_support_has_one_vendor_excluded_and_one_undecided(support: Assessment) -> None:
    evaluation = support.evaluation
    assert len(evaluation.vendors) == 6
    assert evaluation.having("excluded") == ("Fornax Service Desk",)
    assert evaluation.having("unknown") == ("Eridanus Support",)
    assert set(evaluation.shadow_ranks) == {"Fornax Service Desk", "Eridanus Support"}


def test_customer_support_has_uncertain_and_missing_answers(support: Assessment) -> None:
    evaluation = support.evaluation
    leaf = evaluation.performance["expertise.attrition"]
    at = evaluation.vendors.index("Borealis Contact")
    assert (leaf.low[at], leaf.likely[at], leaf.high[at]) == (22, 26, 34)
    leaf = evaluation.performance["expertise.transition"]
    at = evaluation.vendors.index("Dorado Dialogue")
    assert (leaf.low[at], leaf.likely[at], leaf.high[at]) == (10, 12, 14)
    assert evaluation.missing == (("Cygnus Assist", "security.open_findings"),)


def test_customer_support_is_a_narrow_decision_that_the_cheapest_does_not_win(
    support: Assessment,
) -> None:
    evaluation = support.evaluation
    assert support.recommendation.verdict == "narrow"
    assert support.recommendation.vendor == "Aurora Service"
    assert cheapest(evaluation, evaluation.ranking) == "Dorado Dialogue"
    assert cheapest(evaluation, evaluation.vendors) == "Fornax Service Desk"


def cheapest(evaluation: Evaluation, vendors: tuple[str, ...]) -> str:
    """The vendor that asks least."""
    return min(vendors, key=lambda vendor: evaluation.price(vendor) or 0)


def test_customer_supports_score_can_be_recomputed_by_hand(support: Assessment) -> None:
    # Aurora's answers, each through its scale, by pencil
    expertise = 0.25 * (100 * 8 / 12) + 0.30 * 70 + 0.25 * (60 + 40 * 2 / 15) + 0.20 * 70
    cost = 0.70 * (100 * 5448 / 9000) + 0.15 * 60 + 0.15 * (100 * 4 / 6)
    security = 0.30 * 100 + 0.30 * 100 + 0.20 * 100 + 0.20 * 80
    location = 0.40 * (100 * 5 / 6) + 0.30 * (100 * 41 / 60) + 0.30 * 70.6161
    language = 0.40 * 90 + 0.25 * 60 + 0.20 * 100 + 0.15 * 90
    score = 0.3 * expertise + 0.3 * cost + 0.2 * security + 0.1 * location + 0.1 * language
    assert 100 * support.evaluation.scores["Aurora Service"] == pytest.approx(score, abs=1e-9)


@pytest.mark.parametrize(
    ("scenario", "vendor"),
    [
        ("experts_first", "Borealis Contact"),
        ("cost_first", "Dorado Dialogue"),
        ("security_first", "Aurora Service"),
    ],
)
def test_customer_supports_winner_depends_on_the_scenario(scenario: str, vendor: str) -> None:
    assert assessed("customer-support", scenario).recommendation.vendor == vendor


def countries() -> dict[str, dict[str, str]]:
    """Facts by country."""
    return {
        row["country"]: row for row in table(ROOT / "data/customer-support/source/countries.csv")
    }


def test_customer_supports_answers_about_countries_are_facts(support: Assessment) -> None:
    answers, facts = support.evaluation.proposals.answers, countries()
    frankfurt = facts["Germany"]
    assert answers["delivery_country"].nunique() == 6
    for _, answer in answers.iterrows():
        country = facts[answer["delivery_country"]]
        apart = [
            abs(float(country[month]) - float(frankfurt[month]))
            for month in ("utc_offset_january_2026", "utc_offset_july_2026")
        ]
        assert float(answer["shared_hours"]) == 10 - max(apart)
        assert answer["corruption_index"] == country["cpi_2023"]
        assert answer["political_stability"] == country["political_stability_percentile_2023"]


def test_customer_supports_levels_of_countries_follow_from_data_protection_law(
    rules: Rules,
) -> None:
    [function] = [c.value for _, _, c in walk(rules.criteria) if c.id == "data_country"]
    points = {
        name: 100 if row["eea_member"] == "1" else 80 if row["eu_adequacy_decision"] else 50
        for name, row in countries().items()
    }
    assert function.points == points

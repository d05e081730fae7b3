"""The main example shows everything an evaluation can hold, and its facts are facts."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from make import ROOT
from make.evaluations import assessed, table
from make.priced import cash_flow
from vendor_eval.award.result import Result
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.letters import vendor_letters
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.criteria import walk
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


@pytest.fixture(scope="module")
def support() -> Result:
    """The assessment of the main example."""
    return assessed("customer-support")


@pytest.fixture(scope="module")
def case() -> Tender:
    """The main example as it is read from its folder."""
    return read(ROOT / "data" / "customer-support")


@pytest.fixture(scope="module")
def rules(support: Result) -> Rules:
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


def test_customer_support_has_gates_on_evidence_on_controls_and_on_a_branch(rules: Rules) -> None:
    assert [(gate.id, gate.rule.form) for gate in rules.gates] == [
        ("soc2", "one_of"),
        ("iso27001", "one_of"),
        ("controls", "at_least"),
        ("technical_floor", "at_least"),
    ]
    assert [gate.criterion for gate in rules.gates] == [None, None, None, "expertise"]
    assert rules.start == date(2027, 1, 1)


def test_customer_support_has_one_gate_failed_and_one_that_cannot_be_decided(
    support: Result,
) -> None:
    evaluation = support.evaluation
    assert len(evaluation.vendors) == 6
    assert evaluation.having("excluded") == ("Fornax Service Desk",)
    assert evaluation.having("undecided") == ("Eridanus Support",)
    assert set(evaluation.shadow_ranks) == {"Fornax Service Desk", "Eridanus Support"}
    states = [
        (vendor, gate, passage.state)
        for vendor, passages in evaluation.screening.passages.items()
        for gate, passage in passages.items()
        if passage.state != "pass"
    ]
    assert states == [
        ("Eridanus Support", "soc2", "unknown"),
        ("Fornax Service Desk", "soc2", "fail"),
    ]


def test_customer_support_has_uncertain_and_missing_answers(support: Result) -> None:
    evaluation = support.evaluation
    leaf = evaluation.performance["expertise.first_contact"]
    at = evaluation.vendors.index("Borealis Contact")
    assert (leaf.low[at], leaf.likely[at], leaf.high[at]) == (76, 80, 83)
    leaf = evaluation.performance["expertise.transition"]
    at = evaluation.vendors.index("Dorado Dialogue")
    assert (leaf.low[at], leaf.likely[at], leaf.high[at]) == (10, 12, 14)
    assert evaluation.missing == (("Cygnus Assist", "security.open_findings"),)


def test_customer_support_is_a_sensitive_decision_that_the_cheapest_does_not_win(
    support: Result,
) -> None:
    evaluation = support.evaluation
    assert support.recommendation.verdict == "sensitive"
    assert support.recommendation.rivals_not_told_apart == ("Borealis Contact", "Dorado Dialogue")
    assert support.recommendation.vendor == "Aurora Service"
    assert cheapest(evaluation, evaluation.ranking) == "Dorado Dialogue"
    assert cheapest(evaluation, evaluation.vendors) == "Fornax Service Desk"


def cheapest(evaluation: Evaluation, vendors: tuple[str, ...]) -> str:
    """The vendor that asks least."""
    return min(vendors, key=lambda vendor: evaluation.price(vendor) or 0)


# Aurora's bid, by pencil: 180 agents at 2,190, who follow the forecast and cost 3 % more each year;
# the platform; transition and exit; the month of double running at the cost in house; our own team.
AGENTS = 180 * 2190 * 12
AURORA = (
    AGENTS * (1 + 1.02 * 1.03 + 1.04 * 1.03**2)
    + 36 * 18_500
    + (140_000 + 360_000)
    + (120_000 + 5.6 * 100_000)
    + (150_000 + 27_000 * 12 * (1 + 1.03 + 1.03**2))
)


def test_customer_supports_price_can_be_recomputed_by_hand(support: Result) -> None:
    assert support.evaluation.price("Aurora Service") == pytest.approx(AURORA, abs=1e-6)


# Borealis, by pencil: a price in zloty for each contact that rises by 3.5 % a year, with a band of
# 95,000 to 105,000 outside which ARC and RRC stand instead of it; the platform rises by 1 %.
RISES = (1, 1.035, 1.035**2)
BESIDE_CONTACTS = (
    0.235 * (12 * 64_000 * (1 + 1.01 + 1.01**2) + 410_000 + 1_900_000)
    + (150_000 + 27_000 * 12 * (1 + 1.03 + 1.03**2))
)  # fmt: skip


@pytest.mark.parametrize(
    ("forecast", "billed", "outside", "price", "first_month"),
    [
        ("base", (100_000, 102_000, 104_000), (0, 0, 0), 0, 100_000),
        # above 105,000 each additional contact costs the ARC
        ("high", (105_000,) * 3, (10_000, 25_000, 35_000), 18.4, 115_000),
        # 95,000 are billed, and those of them that did not come credited at the RRC
        ("low", (95_000,) * 3, (10_000, 15_000, 20_000), -15.2, 85_000),
    ],
)
def test_customer_supports_volume_band_can_be_recomputed_by_hand(
    case: Tender,
    forecast: str,
    billed: tuple[int, ...],
    outside: tuple[int, ...],
    price: float,
    first_month: int,
) -> None:
    years = zip(billed, outside, RISES, strict=True)
    contacts = sum(12 * (20.1 * at_price + price * other) * rise for at_price, other, rise in years)
    by_hand = 0.235 * contacts + BESIDE_CONTACTS + (120_000 + 5.6 * first_month)
    [borealis] = [r for r in case.responses if r.vendor == "Borealis Contact"]
    found = cash_flow(borealis, case.rules, volumes=forecast).stated().total
    assert found == pytest.approx(by_hand, abs=1e-6)


def test_customer_supports_score_can_be_recomputed_by_hand(support: Result) -> None:
    # each answer through its scale; what rises by 3 % a year, and what does not, in the first year
    rise = 3 * AGENTS / (AGENTS + 12 * 18_500)
    exit_share = 100 * 360_000 / AURORA
    expertise = 0.25 * (100 * 7 / 12) + 0.30 * 70 + 0.25 * (60 + 40 * 2 / 15) + 0.20 * 70
    total = 100 * (23_000_000 - AURORA) / 10_000_000
    cost = 0.70 * total + 0.15 * (100 - 40 * rise / 3) + 0.15 * (100 - 20 * exit_share)
    security = 0.30 * 100 + 0.30 * 100 + 0.20 * 100 + 0.20 * 80
    location = 0.40 * (100 * 5 / 6) + 0.30 * (100 * 41 / 60) + 0.30 * 70.6161
    language = 0.40 * 90 + 0.25 * 60 + 0.20 * 100 + 0.15 * (80 + 20 * 10 / 30)
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


def test_customer_supports_answers_about_countries_are_facts(support: Result) -> None:
    answers, facts = support.evaluation.proposals.answers, countries()
    place = {"Aurora Service": "Portugal", "Borealis Contact": "Poland"}
    place |= {"Cygnus Assist": "South Africa", "Dorado Dialogue": "Morocco"}
    place |= {"Eridanus Support": "Romania", "Fornax Service Desk": "India"}
    for vendor, answer in answers.iterrows():
        country = facts[place[vendor]]
        stability = answer["governance(indicator=political_stability)"]
        assert float(answer["corruption_perceptions"]) == float(country["cpi_2023"])
        assert float(stability) == float(country["political_stability_percentile_2023"])
        eea = country["eea_member"] == "1"
        assert answer["transfer_route"] == ("eea" if eea else "scc")


# --- the workbooks -------------------------------------------------------------------------------


def test_the_workbooks_are_those_that_the_script_makes(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "build_customer_support.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True, cwd=ROOT)
    kept = ROOT / "data" / "customer-support" / "proposals"
    made = {path.name: path.read_bytes() for path in (tmp_path / "proposals").iterdir()}
    assert made == {path.name: path.read_bytes() for path in kept.iterdir()}


def test_the_workbooks_carry_the_fingerprint_of_the_rules(case: Tender) -> None:
    assert {response.fingerprint for response in case.responses} == {fingerprint(case.rules)}


MESS = {
    "Aurora Service.xlsx!Pricing!E6": ("2.190,00 EUR", 2190.0),
    "Aurora Service.xlsx!Price terms!E7": ("3,0 %", 0.03),
    "cygnus_assist.xlsx!Pricing!E6": ("$ 17.90", 17.9),
    "Dorado Dialogue - RFP EMEA.xlsx!Certificates!G8": ("30 November 2028", date(2028, 11, 30)),
    "Eridanus.xlsx!Controls!E14": ("YES", "yes"),
    "Fornax (signed).xlsx!Pricing!E8": ("90 000,00 USD", 90000.0),
    "Fornax (signed).xlsx!Languages!C7": ("b1", "B1"),
}


def test_the_mess_in_the_workbooks_is_read_and_told(case: Tender) -> None:
    cells = {cell.place: cell for response in case.responses for cell in response.cells}
    assert {at: (cells[at].typed, cells[at].value) for at in MESS} == MESS
    assert all(cells[at].note for at in MESS)


# One thing in each bid that does not fit, as the scripts of the bids say.
ASKED = {
    "Aurora Service": "Head-count",
    "Borealis Contact": "Volume forecast",
    "Cygnus Assist": "Scope of certificates",
    "Dorado Dialogue": "Languages and sites",
    "Eridanus Support": "Service level",
    "Fornax Service Desk": "Price as a whole",
}


def test_each_bid_holds_an_inconsistency_that_its_vendor_is_asked_about(
    case: Tender, support: Result
) -> None:
    told = clarifications_of(case, support.evaluation)
    asked = {(vendor, o.check.label) for o in told.outcomes for vendor in o.asked}
    assert set(ASKED.items()) <= asked
    once = [label for _, label in asked if label in ("Head-count", "Service level")]
    assert sorted(once) == ["Head-count", "Service level"]


def test_the_letters_of_the_main_example_keep_what_is_the_buyers_own(
    case: Tender, support: Result
) -> None:
    told = clarifications_of(case, support.evaluation)
    written = vendor_letters(case.rules, told)
    figures = ["12,296,664", "12296664", "17,500,000", "17,844,295", "30 %", "121", "105 can"]
    assert [f for text in written.values() for f in figures if f in text] == []
    asked = told.to("Fornax Service Desk")
    [price] = [question for check, question in asked if check.label == "Price as a whole"]
    assert price.note.startswith("counted as 12,296,664.64 EUR: ")
    assert "How will your 150 FTE reach that" in written["eridanus-support.md"]
    assert written["eridanus-support.md"].count("as listed in annex 4") == 1
    assert "`'3,0 %' read as 3 %`" in written["aurora-service.md"]
    assert "76 %" not in written["aurora-service.md"]
    assert "\\" not in "".join(written.values())

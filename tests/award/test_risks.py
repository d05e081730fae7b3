"""The risks of a first vendor are those its workbook shows, each at its cell."""

import datetime
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from make.builders import assessed, rules
from vendor_eval.award import risks
from vendor_eval.award.claims import Claims, leader_claims
from vendor_eval.award.contract import contract_amounts
from vendor_eval.award.result import Result
from vendor_eval.award.risks import RISKS, award_risks
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


@pytest.fixture(scope="module")
def tender(data: Path) -> Tender:
    """The constructed example."""
    return read(data / "customer-support")


def only(tender: Tender, vendor: str) -> Result:
    """The result had one vendor won: every other bid is excluded by the buyer."""
    others = {v: "for the test" for v in tender.proposals.vendors if v != vendor}
    alone = replace(tender.proposals, excluded=others)
    return replace(tender, proposals=alone).evaluate(draws=10)


LAST_DAYS = (("G7", "2026-09-30"), ("G8", "2028-05-31"))


def kinds(result: Result) -> list[str]:
    return [risk.kind for risk in award_risks(result)]


def test_a_certificate_that_ends_within_the_term_is_shown_at_its_last_day(tender: Tender) -> None:
    [risk] = [r for r in award_risks(only(tender, "Aurora Service")) if r.kind == "evidence"]
    # 36 months from 1 January 2027; the certificate's own last day stands in G8, the end of the
    # report's period in G7, after which the gate relies on it for six months
    assert risk.says == (
        "SOC 2 counts to 31 Mar 2027 and ISO 27001 to 31 May 2028; the term ends on 31 Dec 2029."
    )
    places = [(f"Aurora Service.xlsx!Certificates!{cell}", day) for cell, day in LAST_DAYS]
    assert risk.cells == tuple(places)
    assert risk.condition == "Oblige the vendor to renew SOC 2 and ISO 27001 in time."
    held = tender.facts["Aurora Service"].response.rows("certificates")
    assert datetime.date(2028, 5, 31) in [row["valid_to"].day for row in held]


def test_data_that_leaves_by_contract_clauses_only_names_the_country_and_its_cells(
    tender: Tender,
) -> None:
    [risk] = [r for r in award_risks(only(tender, "Dorado Dialogue")) if r.kind == "data"]
    assert risk.says == "Personal data goes to Morocco by contract clauses only."
    assert [content for _, content in risk.cells] == ["Morocco", "Morocco"]
    assert "data" not in kinds(only(tender, "Aurora Service"))


def test_a_single_site_is_a_risk_and_two_are_none(tender: Tender) -> None:
    facts = tender.facts["Fornax Service Desk"]
    assert len(facts.sites) == 1
    [risk] = risks._single_site(facts)
    assert risk.says == "The service comes from a single site, Pune, IN."
    assert list(risks._single_site(tender.facts["Aurora Service"])) == []


@pytest.mark.parametrize(
    ("charge", "risky"), [(100.0, True), (99.99, False), (0.0, False)], ids=str
)
def test_leaving_is_a_risk_from_an_average_month_of_the_other_charges(
    charge: float, risky: bool
) -> None:
    months = SimpleNamespace(commercial=SimpleNamespace(months=36))
    charges = {"exit": SimpleNamespace(total=charge), "fees": SimpleNamespace(total=3_600.0)}
    flow = SimpleNamespace(charges=charges, bid=months)
    found = list(risks._exit(_facts(flow)))
    assert [risk.kind for risk in found] == ["exit"] * risky
    assert all("1 times the charges of an average month" in risk.says for risk in found)


def test_leaving_is_no_risk_of_a_bid_that_charges_nothing() -> None:
    months = SimpleNamespace(commercial=SimpleNamespace(months=36))
    assert list(risks._exit(_facts(SimpleNamespace(charges={}, bid=months)))) == []


def _facts(flow: SimpleNamespace) -> Any:
    """A bid with these charges, and no word on leaving."""
    rules, response = SimpleNamespace(currency="EUR"), SimpleNamespace(forms={})
    return SimpleNamespace(cash_flow=lambda: flow, rules=rules, response=response)


def test_other_volumes_that_change_the_winner_are_a_risk(tender: Tender) -> None:
    result = tender.evaluate(draws=200)
    [risk] = [r for r in award_risks(result) if r.kind == "volumes"]
    [check] = [c for c in result.recommendation.checks if c.kind == "volumes"]
    assert risk.says == check.says


def test_risks_stand_in_the_order_in_which_a_committee_asks(tender: Tender) -> None:
    for vendor in tender.proposals.vendors:
        listed = kinds(only(tender, vendor)) if vendor != "Fornax Service Desk" else []
        assert listed == sorted(listed, key=list(RISKS).index)


def test_a_table_of_answers_shows_no_site_and_no_claim() -> None:
    bids = {"A": {"price": 70, "b": 60}, "B": {"price": 60, "b": 60}}
    judged = assessed(bids, rules({"price": 1, "b": 1}), draws=10)
    assert award_risks(judged) == ()
    assert leader_claims(judged) is None


def test_what_names_no_evidence_is_claimed_and_a_price_never_is(tender: Tender) -> None:
    result = tender.evaluate(draws=200)
    rest = leader_claims(result)
    assert rest is not None
    assert set(rest.gained) == {
        "expertise.first_contact",
        "expertise.attrition",
        "expertise.transition",
        "security.breach_notice",
        "security.open_findings",
    }
    ahead = result.evaluation.contributions
    for path, points in rest.gained.items():
        gap = 100 * (ahead.loc[rest.vendor, path] - ahead.loc[rest.rival, path])
        assert points == pytest.approx(max(0.0, gap))
    assert not rest.decide


def test_a_lead_that_is_gone_without_its_claims_rests_on_them() -> None:
    assert Claims("A", "B", 2.0, {"x": 1.5, "y": 0.5}).decide
    assert not Claims("A", "B", 2.1, {"x": 1.5, "y": 0.5}).decide
    assert not Claims("A", "B", 0.0, {"x": 0.0}).decide


def test_the_contract_and_own_costs_add_up_to_the_cost(tender: Tender) -> None:
    amounts = contract_amounts(tender, tender.evaluation, "Aurora Service")
    assert amounts.value is not None
    assert amounts.own_costs is not None
    price = tender.evaluation.price("Aurora Service")
    assert amounts.value + amounts.own_costs == pytest.approx(price)

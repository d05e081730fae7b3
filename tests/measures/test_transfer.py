"""By which way personal data may go to a vendor's sites."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from make.builders import rules as any_rules
from make.evaluations import table
from make.responses import response
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.measure import MEASURES, Measured
from vendor_eval.measures.security import transfer
from vendor_eval.reference.adequacy import adequacy_list_date
from vendor_eval.reference.figures import country_codes
from vendor_eval.rules.rules import Rules


def rules(buyer: str = "DE", as_of: date | None = date(2026, 11, 20), **more: Any) -> Rules:
    """Rules of a buyer in this country that read the route."""
    gate = {"id": "route", "label": "Route", "measure": "transfer_route"}
    gates = ({**gate, "rule": {"one_of": ("domestic", "eea", "adequacy")}},)
    return any_rules({"cost": 1}, service={"country": buyer}, as_of=as_of, gates=gates, **more)


def taken(*countries: str, typed: Rules | None = None) -> Measured:
    """What the route to sites in these countries is."""
    offered = response(tables={"sites": [{"country": c, "head_count": 1} for c in countries]})
    return MEASURES["transfer_route"]()(Facts(offered, typed or rules()))


@pytest.mark.parametrize(
    ("country", "way", "ground"),
    [
        ("DE", "domestic", "the buyer's own country"),
        ("PT", "eea", "European Economic Area"),
        ("NO", "eea", "European Economic Area"),
        ("RE", "eea", "European Economic Area"),
        ("GB", "adequacy", "of 2021-06-28, until 2031-12-27"),
        ("KR", "adequacy", "not personal credit information"),
        ("BR", "adequacy", "(EU) 2026/179 of 2026-01-26"),
        ("CA", "limited_adequacy", "for commercial organisations subject to PIPEDA"),
        ("US", "limited_adequacy", "certified under the EU-US Data Privacy Framework"),
        ("IN", "scc", "standard contractual clauses with a transfer impact assessment"),
        ("GL", "scc", "standard contractual clauses with a transfer impact assessment"),
    ],
)
def test_the_way_to_a_country_says_what_it_rests_on(country: str, way: str, ground: str) -> None:
    measured = taken(country)
    assert measured.value == way
    assert ground in measured.note
    assert "decisions as listed on 2026-01-28" in measured.note


@pytest.mark.parametrize("country", table(ROOT / "data/customer-support/source/countries.csv"))
def test_the_way_is_the_one_of_the_main_example(country: dict[str, str]) -> None:
    expected = {"1": {"eea", "domestic"}, "0": {"scc"}}[country["eea_member"]]
    if country["eu_adequacy_decision"]:
        expected = {"adequacy"}
    assert taken(country["alpha2"]).value in expected


def test_the_way_that_asks_most_over_all_sites_counts() -> None:
    measured = taken("PT", "GB", "IN")
    assert measured.value == "scc"
    assert "GB: adequacy" in measured.note
    assert len(measured.cells) == 3


codes = st.lists(st.sampled_from(country_codes()), min_size=1, max_size=5)


@given(codes, codes)
def test_another_site_never_makes_the_way_plainer(several: list[str], more: list[str]) -> None:
    places = [transfer.WAYS.index(taken(*c).value) for c in (several, [*several, *more])]
    assert places[0] <= places[1]


def test_a_decision_counts_from_its_day_to_its_end() -> None:
    # Brazil was decided on 26 January 2026
    assert taken("BR", typed=rules(as_of=date(2026, 1, 25))).value == "scc"
    assert taken("BR", typed=rules(as_of=date(2026, 1, 26))).value == "adequacy"
    # the United Kingdom's ends on 27 December 2031
    last = date(2031, 12, 27)
    assert taken("GB", typed=rules(start=last)).value == "adequacy"
    assert taken("GB", typed=rules(start=last + timedelta(days=1))).value == "scc"


def test_a_buyer_outside_the_eea_has_a_way_home_alone() -> None:
    assert taken("GB", typed=rules("GB")).value == "domestic"
    measured = taken("IN", typed=rules("GB"))
    assert measured.value is None
    assert "outside the European Economic Area" in measured.note


def test_an_unknown_country_has_no_way() -> None:
    assert (taken("XX").value, taken("XX").note) == (None, "not listed: XX")


def test_a_list_older_than_90_days_is_warned_of() -> None:
    listed = adequacy_list_date()
    assert transfer.warnings(rules(as_of=listed + timedelta(days=90))) == ()
    [warning] = transfer.warnings(rules(as_of=listed + timedelta(days=91)))
    assert "dated 2026-01-28, 91 days before 2026-04-29" in warning


def test_rules_that_read_no_route_are_not_warned() -> None:
    assert transfer.warnings(any_rules({"cost": 1}, as_of=date(2030, 1, 1))) == ()
    assert transfer.warnings(rules(as_of=None)) == ()

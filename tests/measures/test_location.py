"""Where the service comes from: several sites as one, shores, holidays, published figures."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from make.buyers import at, lasting, rules, taken
from make.evaluations import table
from make.responses import response
from vendor_eval.measures.measure import MEASURES, missing_needs
from vendor_eval.tender.rules_file import read_rules_file

TIMES = {"site_hours": "08:00-18:00"}


@pytest.mark.parametrize(
    "country",
    table(ROOT / "data/customer-support/source/countries.csv"),
    ids=lambda country: country["alpha2"],
)
def test_the_main_examples_indices_are_found_from_the_country(country: dict[str, str]) -> None:
    site = at({"country": country["alpha2"]})
    stability = taken("governance", site, indicator="political_stability")
    assert stability.value == float(country["political_stability_percentile_2023"])
    assert "2023" in stability.note
    assert "World Bank" in stability.note
    assert taken("corruption_perceptions", site).value == float(country["cpi_2023"])


# --- several sites -------------------------------------------------------------------------------

TWO = ({"country": "PT", "head_count": 150}, {"country": "IN", "head_count": 50})


def test_several_sites_are_weighted_by_head_count_or_the_worst_counts() -> None:
    # CPI 2023: Portugal 61, India 39
    weighted = taken("corruption_perceptions", at(*TWO))
    assert weighted.value == pytest.approx(0.75 * 61 + 0.25 * 39)
    assert "weighted by head-count" in weighted.note
    worst = taken("corruption_perceptions", at(*TWO), sites="worst")
    assert worst.value == 39
    assert "the worst site counts" in worst.note


@pytest.mark.parametrize("head_count", [None, "about 50", -5.0, 1e300])
def test_a_head_count_that_is_no_number_leaves_what_is_weighted_blank(head_count: Any) -> None:
    sites = at(TWO[0], TWO[1] | {"head_count": head_count})
    found = taken("corruption_perceptions", sites)
    assert found.value is None
    assert "IN: no head-count" in found.note
    assert taken("corruption_perceptions", sites, sites="worst").value == 39


def test_sites_without_any_head_count_have_no_weights() -> None:
    empty = at(*({"country": code, "head_count": 0} for code in ("PT", "IN")))
    assert taken("corruption_perceptions", empty).value is None


def test_a_single_site_needs_no_head_count() -> None:
    assert taken("corruption_perceptions", at({"country": "PT", "head_count": None})).value == 61


def test_a_country_that_is_not_listed_leaves_the_measure_blank_and_never_zero() -> None:
    # Andorra has no CPI, China no earnings in the table
    found = taken("corruption_perceptions", at(*TWO, {"country": "AD"}))
    assert (found.value, found.note) == (None, "not listed: AD")
    assert taken("earnings", at({"country": "CN"})).value is None
    assert taken("governance", at({"country": "XX"}), indicator="rule_of_law").value is None


@given(st.lists(st.tuples(st.sampled_from(["PT", "IN", "PL", "EG"]), st.integers(0, 999))))
def test_the_weighted_figure_lies_between_the_worst_site_and_the_best(
    places: list[tuple[str, int]],
) -> None:
    found = taken(
        "corruption_perceptions", at(*({"country": c, "head_count": n} for c, n in places))
    )
    scores = {"PT": 61, "IN": 39, "PL": 54, "EG": 35}
    if len(places) != 1 and not sum(n for _, n in places):
        assert found.value is None
    else:
        assert min(scores[c] for c, _ in places) <= found.value <= max(scores[c] for c, _ in places)


def test_earnings_are_as_published_with_each_countrys_own_year() -> None:
    # ILOSTAT, 2021 PPP USD: Germany 2021: 5819, India 2024: 1045.97
    found = taken("earnings", at({"country": "DE"}, {"country": "IN"}), sites="lowest")
    assert found.value == 1045.97
    assert "DE: 5819 (2021)" in found.note
    assert "IN: 1045.97 (2024)" in found.note


def test_speakers_are_a_share_of_the_countrys_population() -> None:
    # CLDR 48.2: English 64 % in the Philippines, not listed for Colombia
    assert taken("speaker_share", at({"country": "PH"}), language="en").value == 64
    assert taken("speaker_share", at({"country": "CO"}), language="en").value is None
    assert taken("speaker_share", at({"country": "TW"}), language="zh").value == 95


# --- shores --------------------------------------------------------------------------------------

NEAR = {"nearshore": {"countries": ("PL", "PT")}}
PLACES = [
    {"country": "DE", "head_count": 40},
    {"country": "PL", "head_count": 50},
    {"country": "IN", "head_count": 10},
]


@pytest.mark.parametrize(
    ("country", "shore"), [("DE", "onshore"), ("PL", "nearshore"), ("IN", "offshore")]
)
def test_a_shore_follows_from_the_countries_that_the_rules_call_near(
    country: str, shore: str
) -> None:
    assert taken("shoring", at({"country": country}), rules(**NEAR)).value == shore


@pytest.mark.parametrize(
    ("country", "hours_apart", "shore"),
    [
        ("PT", 1.0, "nearshore"),
        ("MA", 0.5, "offshore"),  # one hour behind in winter, two in summer
        ("EG", 1.0, "nearshore"),
        ("IN", 4.5, "nearshore"),
        ("IN", 4.0, "offshore"),  # 4.5 h ahead in winter, 3.5 h in summer
    ],
)
def test_a_shore_follows_from_the_most_that_clocks_ever_differ(
    country: str, hours_apart: float, shore: str
) -> None:
    site = at({"country": country, "time_zone": "Europe/Lisbon" if country == "PT" else None})
    typed = rules(nearshore={"hours_apart": hours_apart})
    assert taken("shoring", site, typed).value == shore


def test_the_furthest_site_counts_or_where_most_people_are() -> None:
    assert taken("shoring", at(*PLACES), rules(**NEAR)).value == "offshore"
    assert taken("shoring", at(*PLACES), rules(**NEAR), sites="most").value == "nearshore"


def test_of_two_shores_with_as_many_people_the_further_counts() -> None:
    even = at({"country": "DE"}, {"country": "IN"})
    assert taken("shoring", even, rules(**NEAR), sites="most").value == "offshore"


def test_shares_of_the_shores_are_per_cent_of_the_head_count() -> None:
    found = [
        taken("shoring_share", at(*PLACES), rules(**NEAR), shore=shore).value
        for shore in ("onshore", "nearshore", "offshore")
    ]
    assert found == pytest.approx([40, 50, 10])


def test_a_shore_needs_the_buyers_definition() -> None:
    assert missing_needs(MEASURES["shoring"](), rules()) == ("service.nearshore",)


# --- holidays ------------------------------------------------------------------------------------


def test_holidays_not_shared_are_working_days_free_on_one_side_alone() -> None:
    # 2027, Monday to Friday. Germany: 1 January, 26 and 29 March, 6 and 17 May (1 May is a
    # Saturday, 3 October a Sunday, 25 and 26 December a weekend). Austria has these but for
    # 26 March, and 6 January, 27 May, 26 October, 1 November, 8 December (Feiertagsruhegesetz)
    typed = lasting(rules(), 12)
    assert taken("holidays_not_shared", at({"country": "AT"}), typed).value == 6
    found = taken("holidays_not_shared", at({"country": "AT"}), typed, free="site")
    assert found.value == 5
    assert "package holidays" in found.note


def test_holidays_are_those_of_the_contracts_days_and_counted_by_the_year() -> None:
    # June to November 2027: 26 October and 1 November, twice that a year
    typed = lasting(rules().model_copy(update={"start": date(2027, 6, 1)}), 6)
    assert taken("holidays_not_shared", at({"country": "AT"}), typed).value == 4


def test_the_worst_site_shares_the_fewest_holidays() -> None:
    both, typed = at({"country": "AT"}, {"country": "DE"}), lasting(rules(), 12)
    assert taken("holidays_not_shared", both, typed).value == 3
    assert taken("holidays_not_shared", both, typed, sites="worst").value == 6


def test_the_buyers_own_country_shares_every_holiday() -> None:
    assert taken("holidays_not_shared", at({"country": "DE"})).value == 0


def test_holidays_that_follow_the_moon_are_told_as_estimates() -> None:
    assert "(partly estimated)" in taken("holidays_not_shared", at({"country": "MA"})).note
    assert "estimated" not in taken("holidays_not_shared", at({"country": "AT"})).note


def test_holidays_that_nobody_lists_are_not_none() -> None:
    found = taken("holidays_not_shared", at({"country": "UA"}))
    assert found.value is None
    assert "no public holidays of UA are listed for 2027" in found.note


# --- all of them ---------------------------------------------------------------------------------

OF_SITES = [
    ("working_hours_overlap", TIMES),
    ("governance", {"indicator": "rule_of_law"}),
    ("governance_estimate", {"indicator": "rule_of_law"}),
    ("corruption_perceptions", {}),
    ("earnings", {}),
    ("speaker_share", {"language": "en"}),
    ("shoring", {}),
    ("shoring_share", {"shore": "onshore"}),
    ("holidays_not_shared", {}),
    ("transfer_route", {}),
]


@pytest.mark.parametrize(("name", "parameters"), OF_SITES)
def test_a_measure_of_sites_has_a_line_and_a_unit_or_levels(
    name: str, parameters: dict[str, Any]
) -> None:
    kind = MEASURES[name]
    assert kind.about
    assert "\n" not in kind.about
    assert bool(kind.unit) is not bool(kind.levels)


@pytest.mark.parametrize(("name", "parameters"), OF_SITES)
def test_a_measure_of_sites_is_blank_with_a_reason_where_nothing_is_told(
    name: str, parameters: dict[str, Any]
) -> None:
    typed = rules(**NEAR)
    for nothing in (response(), at({"country": None}), at({"country": "XX"}, {"country": "XX"})):
        found = taken(name, nothing, typed, **parameters)
        unknown_is_offshore = name.startswith("shoring") and found.value in ("offshore", 0)
        assert found.value is None or unknown_is_offshore
        assert found.note


@pytest.mark.parametrize(("name", "parameters"), OF_SITES)
def test_a_measure_of_sites_names_its_cells_and_how_it_came_about(
    name: str, parameters: dict[str, Any]
) -> None:
    found = taken(name, at({"country": "PL", "city": "Kraków"}), rules(**NEAR), **parameters)
    assert found.value is not None
    assert {"Alder.xlsx!sites!country1", "Alder.xlsx!sites!city1"} <= {
        cell.place for cell in found.cells
    }
    assert "Kraków, PL: " in found.note


def test_the_folder_format_names_every_measure_of_places_and_languages(root: Path) -> None:
    text = (root / "docs/folder-format.md").read_text("utf-8")
    of_ours = (
        "vendor_eval.measures.location",
        "vendor_eval.measures.language",
        "vendor_eval.measures.security.transfer",
    )
    names = [name for name in MEASURES if MEASURES[name].__module__.startswith(of_ours)]
    assert len(names) == 16
    assert [name for name in names if f"`{name}`" not in text] == []


def test_the_example_of_a_service_is_read_as_printed(root: Path) -> None:
    text = (root / "docs/folder-format.md").read_text("utf-8")
    [printed] = re.findall(r"^```yaml\n(service:\n.*?)^```$", text, re.M | re.S)
    rest = (
        "title: T\ndecision: D?\ncurrency: EUR\nprice: cost\ncriteria:\n  - {id: cost, label: C, "
    )
    typed = rest + "weight: 1, answer: cost, value: identity}\n" + printed
    found, faults, _ = read_rules_file(typed.encode())
    assert faults == []
    assert found is not None
    assert found.service is not None
    assert found.service.peak is not None

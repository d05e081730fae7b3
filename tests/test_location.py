"""Where the service comes from: shores, clocks over every change, holidays, published figures."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from buyers import lasting, rules
from conftest import ROOT
from evaluations import table
from hypothesis import example, given
from hypothesis import strategies as st
from responses import response

from vendor_eval import reference
from vendor_eval.criteria import Measurement
from vendor_eval.folder.rules_file import read_rules_file
from vendor_eval.location import Spell, contract, spells
from vendor_eval.location.overlap import least, mean, shared
from vendor_eval.measure import Measured, missing_needs
from vendor_eval.measures import MEASURES, measure
from vendor_eval.response import Response
from vendor_eval.rules import Rules
from vendor_eval.terms import hours


def at(*sites: dict[str, Any]) -> Response:
    """A response with these sites; a bare country has 100 agents."""
    return response(tables={"sites": [{"head_count": 100} | site for site in sites]})


def taken(name: str, told: Response, typed: Rules | None = None, **parameters: Any) -> Measured:
    """What a measure with these parameters finds."""
    return measure(Measurement(name=name, parameters=parameters))(told, typed or rules())


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- clocks --------------------------------------------------------------------------------------


def changes(site: str, year: int = 2027) -> list[tuple[str, int]]:
    """The first day of every spell of a year, with the minutes the site is ahead of Berlin."""
    found = spells("Europe/Berlin", site, date(year, 1, 1), date(year, 12, 31))
    return [(spell.first.isoformat(), spell.ahead) for spell in found]


def test_a_site_without_summer_time_is_apart_by_what_the_buyer_changes() -> None:
    # EU summer time 2027: 28 March to 31 October (Directive 2000/84/EC); South Africa has none
    assert changes("Africa/Johannesburg") == [
        ("2027-01-01", 60),
        ("2027-03-28", 0),
        ("2027-10-31", 60),
    ]


def test_the_southern_hemisphere_changes_the_other_way_on_days_of_its_own() -> None:
    # New South Wales 2027: ends on the first Sunday of April, begins on the first of October
    assert changes("Australia/Sydney") == [
        ("2027-01-01", 600),
        ("2027-03-28", 540),
        ("2027-04-04", 480),
        ("2027-10-03", 540),
        ("2027-10-31", 600),
    ]


def test_the_weeks_between_americas_change_and_europes_are_told() -> None:
    # USA 2027: 14 March to 7 November (Energy Policy Act of 2005)
    assert changes("America/New_York") == [
        ("2027-01-01", -360),
        ("2027-03-14", -300),
        ("2027-03-28", -360),
        ("2027-10-31", -300),
        ("2027-11-07", -360),
    ]


def test_moroccos_month_of_ramadan_is_told() -> None:
    # Ramadan 2025 was from 2 to 30 March; Morocco kept UTC+0 from 23 February to 6 April
    assert changes("Africa/Casablanca", 2025) == [
        ("2025-01-01", 0),
        ("2025-02-23", -60),
        ("2025-03-30", -120),
        ("2025-04-06", -60),
        ("2025-10-26", 0),
    ]


def test_moroccos_clock_of_the_contract_is_the_one_of_the_package() -> None:
    # tzdata 2026.6: at UTC+0 for good from 20 September 2026; older databases of a machine do
    # not know it, and a figure must not depend on the machine
    assert changes("Africa/Casablanca") == [
        ("2027-01-01", -60),
        ("2027-03-28", -120),
        ("2027-10-31", -60),
    ]


def test_a_zone_at_the_equator_is_apart_by_what_the_buyer_changes() -> None:
    assert [ahead for _, ahead in changes("America/Bogota")] == [-360, -420, -360]


@pytest.mark.parametrize("site", ["Asia/Kolkata", "Australia/Sydney", "Pacific/Auckland"])
def test_spells_follow_each_other_without_a_gap(site: str) -> None:
    found = spells("Europe/Berlin", site, day("2027-01-01"), day("2029-12-31"))
    assert sum(spell.days for spell in found) == 365 + 366 + 365
    for before, after in pairwise(found):
        assert (after.first - before.last).days == 1
        assert after.ahead != before.ahead


def test_clocks_across_the_date_line_are_apart_by_their_hands() -> None:
    # Auckland is 21 hours ahead of Los Angeles in January: the hands are 3 hours apart
    assert Spell(day("2027-01-01"), day("2027-01-02"), 21 * 60).apart == 180


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2027-01-01", 36, "2029-12-31"),
        ("2027-01-31", 1, "2027-02-27"),
        ("2028-02-29", 12, "2029-02-27"),
        ("2027-07-15", 6, "2028-01-14"),
    ],
)
def test_a_contract_ends_the_day_before_its_months_are_over(
    start: str, months: int, last: str
) -> None:
    typed = lasting(rules().model_copy(update={"start": day(start)}), months)
    assert contract(typed).last == day(last)


# --- working hours in common ---------------------------------------------------------------------

EXAMPLE = table(ROOT / "data/customer-support/source/countries.csv")
TIMES = {"site_hours": "08:00-18:00"}


@pytest.mark.parametrize("country", EXAMPLE, ids=lambda country: country["alpha2"])
def test_the_main_examples_shared_hours_are_found_from_the_country(country: dict[str, str]) -> None:
    # as its README says: 08:00 to 18:00 on both sides, January or July 2026, whichever is less
    apart = [
        abs(float(country[month]) - {"january": 1, "july": 2}[month.split("_")[2]])
        for month in ("utc_offset_january_2026", "utc_offset_july_2026")
    ]
    site = at({"country": country["alpha2"], "time_zone": country["time_zone"]})
    # until August: Morocco's clock has changed for good since
    typed = lasting(rules().model_copy(update={"start": date(2026, 1, 1)}), 8)
    assert taken("working_hours_overlap", site, typed, **TIMES).value == 10 - max(apart)


@pytest.mark.parametrize("country", EXAMPLE, ids=lambda country: country["alpha2"])
def test_the_main_examples_indices_are_found_from_the_country(country: dict[str, str]) -> None:
    site = at({"country": country["alpha2"]})
    stability = taken("governance", site, indicator="political_stability")
    assert stability.value == float(country["political_stability_percentile_2023"])
    assert "2023" in stability.note
    assert "World Bank" in stability.note
    assert taken("corruption_perceptions", site).value == float(country["cpi_2023"])


def test_the_mean_weighs_each_spell_by_its_days() -> None:
    # Berlin 08-18 with Cape Town 08-18: 9 h while Germany is on winter time, else 10 h;
    # summer days of 2027, 2028, 2029: 217 each (last Sunday of March to that of October)
    summer = 3 * 217
    found = taken("working_hours_overlap", at({"country": "ZA"}), days="mean", **TIMES)
    assert found.value == pytest.approx((10 * summer + 9 * (1096 - summer)) / 1096)
    assert taken("working_hours_overlap", at({"country": "ZA"}), **TIMES).value == 9


def test_shifts_are_local_time_and_count_where_no_hours_are_given() -> None:
    # Manila is 7 h ahead in winter and 6 h in summer: 15:00-24:00 is 08:00-17:00 or 09:00-18:00
    site = at({"country": "PH", "city": "Manila", "shifts": "15:00-24:00"})
    found = taken("working_hours_overlap", site)
    assert found.value == 9
    assert {cell.typed for cell in found.cells} == {"PH", "Manila", "100", "15:00-24:00"}


@pytest.mark.parametrize(
    ("shifts", "why"), [(None, "no shifts are told"), ("24/7", "allowed: times such as")]
)
def test_shifts_that_are_blank_or_unclear_leave_the_overlap_blank(
    shifts: str | None, why: str
) -> None:
    found = taken("working_hours_overlap", at({"country": "PH", "shifts": shifts}))
    assert found.value is None
    assert why in found.note


def test_a_city_names_its_zone_whatever_its_accents() -> None:
    cities = {"São Paulo": 5, "Sao Paulo": 5, "Manaus": 4}
    for city, hours_shared in cities.items():
        found = taken("working_hours_overlap", at({"country": "BR", "city": city}), **TIMES)
        assert found.value == hours_shared, city


def test_a_country_of_several_zones_that_agree_needs_no_city() -> None:
    # Germany's Busingen keeps Berlin's time
    assert taken("working_hours_overlap", at({"country": "DE"}), **TIMES).value == 10
    assert taken("working_hours_overlap", at({"country": "AR"}), **TIMES).value == 5


def test_a_country_of_several_zones_that_differ_leaves_the_overlap_blank() -> None:
    found = taken("working_hours_overlap", at({"country": "PT", "city": "Porto"}), **TIMES)
    assert found.value is None
    assert "Porto, PT: in which time zone is not told" in found.note
    assert "Europe/Lisbon" in found.note
    told = at({"country": "PT", "city": "Porto", "time_zone": "Europe/Lisbon"})
    assert taken("working_hours_overlap", told, **TIMES).value == 9


@pytest.mark.parametrize(
    ("zone", "why"),
    [
        ("Europe/Porto", "is no time zone"),
        ("../../../etc/hosts", "is no time zone"),
        ("Europe/Berlin", "shows no time of PT"),
    ],
)
def test_a_zone_that_does_not_exist_or_is_not_the_countrys_leaves_the_overlap_blank(
    zone: str, why: str
) -> None:
    found = taken("working_hours_overlap", at({"country": "PT", "time_zone": zone}), **TIMES)
    assert found.value is None
    assert why in found.note


def test_a_former_name_of_a_zone_is_known() -> None:
    site = at({"country": "IN", "time_zone": "Asia/Calcutta"})
    assert taken("working_hours_overlap", site, **TIMES).value == 5.5


zone_of_a_site = st.sampled_from(sorted(reference.zone_names() - {"Factory"}))


@given(zone_of_a_site, zone_of_a_site)
@example("Pacific/Kiritimati", "Pacific/Niue")
@example("Europe/Berlin", "Africa/Casablanca")
def test_any_two_zones_share_between_none_and_all_of_the_hours(one: str, other: str) -> None:
    found = spells(one, other, day("2027-01-01"), day("2027-12-31"))
    buyer, site = hours("08:00-18:00"), hours("07:00-11:00, 12:00-16:00")
    assert 0 <= least(buyer, site, found) <= mean(buyer, site, found) + 1e-9 <= 8 + 2e-9
    back = spells(other, one, day("2027-01-01"), day("2027-12-31"))
    for spell in found:
        assert shared(buyer, site, spell.ahead) == shared(site, buyer, -spell.ahead)
    assert {spell.ahead for spell in back} == {-spell.ahead for spell in found}


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
    assert missing_needs(MEASURES["shoring"], rules()) == ("service.nearshore",)


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
    assert "\n" not in (kind.__doc__ or "\n").strip().partition("\n\n")[0]
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
    of_ours = ("vendor_eval.location", "vendor_eval.language", "vendor_eval.security.transfer")
    names = [name for name in MEASURES if MEASURES[name].__module__.startswith(of_ours)]
    assert len(names) == 15
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

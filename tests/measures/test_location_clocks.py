"""Clocks and working hours in common, over every change of either side's clock."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from make import ROOT
from make.buyers import at, lasting, rules, taken
from make.evaluations import table
from vendor_eval.measures.location.clocks import Spell, contract, spells
from vendor_eval.measures.location.overlap import least, mean, shared
from vendor_eval.reference.clocks import zone_names
from vendor_eval.rules.opening_hours import hours


def day(text: str) -> date:
    return date.fromisoformat(text)


# --- clocks --------------------------------------------------------------------------------------


def changes(site: str, year: int = 2027) -> list[tuple[str, int]]:
    """The first day of every spell of a year, with the minutes the site is ahead of Berlin."""
    runs = spells("Europe/Berlin", site, date(year, 1, 1), date(year, 12, 31))
    return [(spell.first.isoformat(), spell.ahead) for spell in runs]


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
    runs = spells("Europe/Berlin", site, day("2027-01-01"), day("2029-12-31"))
    assert sum(spell.days for spell in runs) == 365 + 366 + 365
    for before, after in pairwise(runs):
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


def test_the_mean_weighs_each_spell_by_its_days() -> None:
    # Berlin 08-18 with Cape Town 08-18: 9 h while Germany is on winter time, else 10 h;
    # summer days of 2027, 2028, 2029: 217 each (last Sunday of March to that of October)
    summer = 3 * 217
    measured = taken("working_hours_overlap", at({"country": "ZA"}), days="mean", **TIMES)
    assert measured.value == pytest.approx((10 * summer + 9 * (1096 - summer)) / 1096)
    assert taken("working_hours_overlap", at({"country": "ZA"}), **TIMES).value == 9


def test_shifts_are_local_time_and_count_where_no_hours_are_given() -> None:
    # Manila is 7 h ahead in winter and 6 h in summer: 15:00-24:00 is 08:00-17:00 or 09:00-18:00
    site = at({"country": "PH", "city": "Manila", "shifts": "15:00-24:00"})
    measured = taken("working_hours_overlap", site)
    assert measured.value == 9
    assert {cell.typed for cell in measured.cells} == {"PH", "Manila", "100", "15:00-24:00"}


@pytest.mark.parametrize(
    ("shifts", "why"), [(None, "no shifts are stated"), ("24/7", "allowed: times such as")]
)
def test_shifts_that_are_blank_or_unclear_leave_the_overlap_blank(
    shifts: str | None, why: str
) -> None:
    measured = taken("working_hours_overlap", at({"country": "PH", "shifts": shifts}))
    assert measured.value is None
    assert why in measured.note


def test_a_city_names_its_zone_whatever_its_accents() -> None:
    cities = {"São Paulo": 5, "Sao Paulo": 5, "Manaus": 4}
    for city, hours_shared in cities.items():
        measured = taken("working_hours_overlap", at({"country": "BR", "city": city}), **TIMES)
        assert measured.value == hours_shared, city


def test_a_country_of_several_zones_that_agree_needs_no_city() -> None:
    # Germany's Busingen keeps Berlin's time
    assert taken("working_hours_overlap", at({"country": "DE"}), **TIMES).value == 10
    assert taken("working_hours_overlap", at({"country": "AR"}), **TIMES).value == 5


def test_a_country_of_several_zones_that_differ_leaves_the_overlap_blank() -> None:
    measured = taken("working_hours_overlap", at({"country": "PT", "city": "Porto"}), **TIMES)
    assert measured.value is None
    settles = "; its time zone settles it"
    assert "Porto, PT: the city names none of the country's time zones (Europe/" in measured.note
    assert measured.note.endswith(settles)
    untold = taken("working_hours_overlap", at({"country": "PT"}), **TIMES)
    assert "PT: its time zone is not stated; it may be Europe/Lisbon or" in untold.note
    assert untold.note.endswith(settles)
    offered = at({"country": "PT", "city": "Porto", "time_zone": "Europe/Lisbon"})
    assert taken("working_hours_overlap", offered, **TIMES).value == 9


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
    measured = taken("working_hours_overlap", at({"country": "PT", "time_zone": zone}), **TIMES)
    assert measured.value is None
    assert why in measured.note


def test_a_former_name_of_a_zone_is_known() -> None:
    site = at({"country": "IN", "time_zone": "Asia/Calcutta"})
    assert taken("working_hours_overlap", site, **TIMES).value == 5.5


zone_of_a_site = st.sampled_from(sorted(zone_names() - {"Factory"}))


@given(zone_of_a_site, zone_of_a_site)
@example("Pacific/Kiritimati", "Pacific/Niue")
@example("Europe/Berlin", "Africa/Casablanca")
def test_any_two_zones_share_between_none_and_all_of_the_hours(one: str, other: str) -> None:
    runs = spells(one, other, day("2027-01-01"), day("2027-12-31"))
    buyer, site = hours("08:00-18:00"), hours("07:00-11:00, 12:00-16:00")
    assert 0 <= least(buyer, site, runs) <= mean(buyer, site, runs) + 1e-9 <= 8 + 2e-9
    back = spells(other, one, day("2027-01-01"), day("2027-12-31"))
    for spell in runs:
        assert shared(buyer, site, spell.ahead) == shared(site, buyer, -spell.ahead)
    assert {spell.ahead for spell in back} == {-spell.ahead for spell in runs}

"""Reference tables: their source is told, their bytes are as told, and a blank is no zero."""

import csv
import hashlib
from datetime import date

import pytest

from make import ROOT
from make.evaluations import table as rows_of
from vendor_eval.reference.adequacy import adequacy_decision, adequacy_list_date
from vendor_eval.reference.figures import (
    Figure,
    corruption_perceptions,
    country,
    country_codes,
    earnings,
    governance,
    language_codes,
    official_languages,
    speaker_share,
    time_zones,
)
from vendor_eval.reference.figures import country as figures_country
from vendor_eval.reference.holidays import public_holidays
from vendor_eval.reference.tables import content, manifest, rows

TABLES = sorted(path.stem for path in (ROOT / "vendor_eval/reference").glob("*.csv"))


def test_every_table_is_in_the_manifest_and_every_entry_has_a_table() -> None:
    assert sorted(manifest()) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_source_a_licence_and_a_year(name: str) -> None:
    entry = manifest()[name]
    assert all([entry.title, entry.source, entry.licence, entry.how])
    assert "20" in entry.vintage


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_one_its_manifest_speaks_of(name: str) -> None:
    entry = manifest()[name]
    assert hashlib.sha256(content(f"{name}.csv")).hexdigest() == entry.sha256
    assert len(rows(name)) == entry.rows
    assert tuple(rows(name)[0]) == entry.columns


def test_all_tables_together_stay_small() -> None:
    assert sum(len(content(f"{name}.csv")) for name in TABLES) < 120_000


NOT_OF_COUNTRIES = ("countries", "legal_forms", "macrolanguages")


@pytest.mark.parametrize("name", [n for n in TABLES if n not in NOT_OF_COUNTRIES])
def test_every_row_is_about_a_country_of_iso_3166(name: str) -> None:
    assert {row["alpha2"] for row in rows(name)} <= set(country_codes())


def test_a_language_is_a_member_of_one_macrolanguage_that_is_a_member_of_none() -> None:
    # ISO 639-3: Norwegian has two members that are told apart, neither of them the standard one
    members = [row["member"] for row in rows("macrolanguages")]
    assert len(members) == len(set(members))
    assert not set(members) & {row["macrolanguage"] for row in rows("macrolanguages")}
    norwegian = [r for r in rows("macrolanguages") if r["macrolanguage"] == "no"]
    assert [(r["member"], r["standard"]) for r in norwegian] == [("nb", ""), ("nn", "")]


def test_there_are_249_countries_of_which_30_are_in_the_eea() -> None:
    # ISO 3166-1 lists 249; 27 EU members, Iceland, Liechtenstein and Norway make the EEA
    known = [country(code) for code in country_codes()]
    assert len(known) == 249
    assert sum(c.eea_member for c in known if c) == 30


def test_outermost_regions_belong_to_the_eea_and_greenland_does_not() -> None:
    # Treaty on the Functioning of the EU, Article 355(1) and (4); Greenland left in 1985
    places = {code: country(code) for code in ("RE", "GP", "AX", "GL", "PF")}
    assert {code: c and c.in_eea for code, c in places.items()} == {
        "RE": True,
        "GP": True,
        "AX": True,
        "GL": False,
        "PF": False,
    }


@pytest.mark.parametrize("country", rows_of(ROOT / "data/customer-support/source/countries.csv"))
def test_figures_are_those_of_the_main_example(country: dict[str, str]) -> None:
    code = country["alpha2"]
    figures = figures_country(code)
    perceived = corruption_perceptions(code)
    stability = governance(code, "political_stability")
    decided = adequacy_decision(code)
    assert figures is not None
    assert figures.eea_member == (country["eea_member"] == "1")
    assert perceived is not None
    assert (perceived.value, perceived.year) == (float(country["cpi_2023"]), "2023")
    assert stability is not None
    assert stability.value == float(country["political_stability_percentile_2023"])
    assert (decided.scope if decided else "") == country["eu_adequacy_decision"]
    assert country["time_zone"] in time_zones(code)


def test_a_figure_tells_its_unit_year_and_source() -> None:
    # World Bank WGI 2024 update: Portugal, political stability 2023, percentile 70.6161
    figure = governance("PT", "political_stability")
    assert figure == Figure(
        70.6161, "percentile", "2023", "World Bank, Worldwide Governance Indicators, 2024 update"
    )
    # ILOSTAT: Germany's latest year in the table is 2021, India's 2024
    germany, india = earnings("DE"), earnings("IN")
    assert germany is not None
    assert india is not None
    assert (germany.value, germany.year) == (5819, "2021")
    assert (india.value, india.year) == (1045.97, "2024")


def test_a_country_that_has_left_the_index_keeps_the_year_of_its_last_score() -> None:
    # Brunei was last scored in 2020
    brunei = corruption_perceptions("BN")
    assert brunei is not None
    assert brunei.year == "2020"


def test_what_is_not_listed_is_none_and_never_zero() -> None:
    assert speaker_share("CO", "en") is None  # CLDR lists no English for Colombia
    assert earnings("CN") is None
    assert corruption_perceptions("AD") is None
    assert adequacy_decision("IN") is None
    assert country("XX") is None
    assert time_zones("XX") == ()
    assert governance("XX", "rule_of_law") is None
    assert official_languages("XX") == ()


@pytest.mark.parametrize("name", TABLES)
def test_no_blank_stands_where_a_figure_is_read_as_zero(name: str) -> None:
    numbers = {"percentile", "estimate", "score", "usd_2021_ppp_a_month", "percent"}
    for row in rows(name):
        for column in numbers & set(row):
            assert row[column] != ""


def test_languages_are_official_or_spoken_by_a_share() -> None:
    # CLDR 48.2: English is official in the Philippines and used by 64 %
    share = speaker_share("PH", "en")
    assert share is not None
    assert share.value == 64
    assert official_languages("PH") == ("en", "fil")
    assert {"de", "en", "fil"} <= language_codes()


def test_adequacy_decisions_have_their_day_and_limits() -> None:
    states, kingdom = adequacy_decision("US"), adequacy_decision("GB")
    assert states is not None
    assert states.scope == "partial"
    assert "Data Privacy Framework" in states.limits
    # Implementing Decision (EU) 2023/1795 of 10 July 2023
    assert not states.in_force(date(2023, 7, 9))
    assert states.in_force(date(2023, 7, 10))
    assert kingdom is not None
    assert kingdom.in_force(date(2031, 12, 27))
    assert not kingdom.in_force(date(2031, 12, 28))


def test_no_decision_is_younger_than_the_list() -> None:
    decisions = [adequacy_decision(row["alpha2"]) for row in rows("adequacy")]
    assert max(a.adopted for a in decisions if a) <= adequacy_list_date()


def counts() -> list[dict[str, str]]:
    """Public holidays of 2026 as `holidays` 0.109 counted them, by country."""
    path = ROOT / "tests/reference/public_holidays_2026_counts.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_public_holidays_are_as_many_as_were_counted_once() -> None:
    other = {}
    for row in counts():
        holidays = public_holidays(row["alpha2"], 2026) or {}
        weekdays = sum(day.weekday() < 5 for day in holidays)
        counted = (int(row["public_holidays_2026"]), int(row["of_which_mon_fri"]))
        if (len(holidays), weekdays) != counted:
            other[row["alpha2"]] = (len(holidays), weekdays), counted
    assert other == {}


def test_a_country_without_holidays_in_the_package_is_not_listed() -> None:
    assert public_holidays("XX", 2027) is None
    # martial law has suspended Ukraine's; Sri Lanka's are gazetted year by year
    assert public_holidays("UA", 2027) is None
    assert public_holidays("LK", 2027) is None


def test_germanys_nationwide_holidays_of_2027_are_nine() -> None:
    # Bundesministerium des Innern: New Year, Good Friday, Easter Monday, 1 May, Ascension,
    # Whit Monday, 3 October, Christmas Day, Boxing Day; Easter Sunday 2027 is 28 March
    holidays = public_holidays("DE", 2027)
    assert holidays is not None
    assert len(holidays) == 9
    assert date(2027, 3, 29) in holidays

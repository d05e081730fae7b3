"""Published figures that are old by the day of the rules are warned of, and no others."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.builders import rules as any_rules
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import facts_of
from vendor_eval.measures.location import ages
from vendor_eval.reference.figures import corruption_perceptions, earnings, governance
from vendor_eval.rules.rules import Rules

WGI = "World Bank, Worldwide Governance Indicators, 2024 update"


def reading(*measures: Any, as_of: date | None = date(2026, 11, 20)) -> Rules:
    """Rules with a leaf for each of these measures, labelled First, Second, ..."""
    labels = ("First", "Second", "Third")
    leaves = [
        {"id": label.lower(), "label": label, "weight": 1, "measure": measure, "value": "identity"}
        for label, measure in zip(labels, measures, strict=False)
    ]
    typed = any_rules({"cost": 1}, as_of=as_of).model_dump(exclude_none=True, exclude_unset=True)
    return Rules.model_validate(typed | {"criteria": (*typed["criteria"], *leaves)})


def at(vendor: str, *codes: str) -> Response:
    """A vendor with a site in each of these countries."""
    return response(vendor, tables={"sites": [{"country": c, "head_count": 9} for c in codes]})


def warnings(typed: Rules, bids: Sequence[Response]) -> tuple[str, ...]:
    """What is warned of under rules for these bids."""
    return ages.warnings(typed, facts_of(typed, bids))


STABLE = {"governance": {"indicator": "political_stability"}}


def test_an_old_figure_is_warned_of_with_its_year_its_source_and_the_sites_concerned() -> None:
    # the table holds 2023 for both countries: governance.csv, alpha2 PL and PT, indicator pv
    bids = [at("Alder", "PL", "PT", "PL"), at("Birch", "IN")]
    [sentence] = warnings(reading(STABLE), bids)
    assert sentence == (
        f"\u201cFirst\u201d uses figures over 2 years old on 2026-11-20 ({WGI}): of 2023 for "
        "Alder (Poland, Portugal), Birch (India)."
    )


def test_years_are_told_apart() -> None:
    years = {code: figure.year for code in ("PL", "IN", "BR") if (figure := earnings(code))}
    sentences = warnings(reading("earnings", as_of=date(2040, 1, 1)), [at("Alder", *years)])
    assert len(sentences) == 1
    assert all(f"of {year} for Alder (" in sentences[0] for year in years.values())


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_figure_is_old_once_two_years_have_passed_since_its_year_ended(as_of: date) -> None:
    # 2023 ended on 2023-12-31; two years later is 2025-12-31
    sentences = warnings(reading(STABLE, "corruption_perceptions", as_of=as_of), [at("A", "PL")])
    assert len(sentences) == (2 if as_of > date(2025, 12, 31) else 0)


@pytest.mark.parametrize(("year", "last"), [(2023, date(2025, 12, 31)), (2014, date(2016, 12, 31))])
def test_the_last_day_on_which_a_year_is_not_old(year: int, last: date) -> None:
    assert not ages.old(year, last)
    assert ages.old(year, last.replace(year=last.year + 1, month=1, day=1))


def test_without_a_day_nothing_is_said_to_be_old_but_that_ages_are_not_checked() -> None:
    [sentence] = warnings(reading(STABLE, "earnings", as_of=None), [at("Alder", "PL")])
    assert sentence == (
        "The rules give no \u2018as_of\u2019, so the age of the published figures that "
        "\u201cFirst\u201d and \u201cSecond\u201d read is not checked."
    )


def test_what_reads_no_figure_of_a_year_is_not_warned_of() -> None:
    speakers = {"speaker_share": {"language": "en"}}  # CLDR gives no year
    for as_of in (date(2040, 1, 1), None):
        assert warnings(reading(speakers, as_of=as_of), [at("Alder", "PL")]) == ()
        assert warnings(any_rules({"cost": 1}, as_of=as_of), [at("Alder", "PL")]) == ()
        assert warnings(reading(STABLE, as_of=as_of), []) == ()


def test_every_dated_table_names_a_year_that_can_be_counted() -> None:
    figures = [
        governance("PL", "political_stability"),
        corruption_perceptions("PL"),
        earnings("PL"),
    ]
    assert all(figure and figure.year.isdigit() for figure in figures)

"""Expertise: references of a sector and size, the workforce, and promises that bind."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from make.evidence import graded, taken
from make.responses import response
from vendor_eval.measures.measure import MEASURES
from vendor_eval.questionnaire.expertise import QUALITY, SECTORS, STAGES

SHOP = {"client": "Shop A", "sector": "retail", "fte": 150, "from_year": 2019, "until_year": 2023}
BANK = {"client": "Bank B", "sector": "banking", "fte": 400, "from_year": 2015}


def referred(measured: str, *rows: dict[str, Any], **parameters: Any) -> Any:
    return taken(measured, response(tables={"references": rows}), **parameters)


def test_references_are_clients_of_the_sector_and_of_the_size() -> None:
    small = SHOP | {"client": "Shop C", "fte": 99}
    measured = referred("references", SHOP, BANK, small, sector="retail", at_least_fte=100)
    assert (measured.value, measured.note) == (1, "references that count: 1 of 3")
    assert referred("references", SHOP, BANK, small).value == 3
    assert referred("references", SHOP | {"fte": 100}, at_least_fte=100).value == 1


def test_a_client_named_twice_is_one_client() -> None:
    assert referred("references", SHOP, SHOP | {"client": " shop  a", "fte": 20}).value == 1


def test_an_empty_table_is_no_answer() -> None:
    measured = referred("references")
    assert (measured.value, measured.note) == (None, "no reference is listed")


def test_references_elsewhere_are_none_here() -> None:
    measured = referred("references", BANK, sector="retail")
    assert (measured.value, measured.note) == (0, "references that count: 0 of 1")
    assert measured.cells


def test_only_what_the_buyer_confirmed_counts_where_that_is_asked() -> None:
    asked = SHOP | {"may_check": "yes"}
    confirmed = BANK | {"may_check": "yes", "checked": "confirmed"}
    denied = {**SHOP, "client": "Shop D", "may_check": "no", "checked": "not confirmed"}
    table = (asked, confirmed, denied)
    assert referred("references", *table).value == 3
    assert referred("references", *table, proof="may be asked").value == 2
    assert referred("references", *table, proof="confirmed").value == 1


def test_a_sector_or_size_that_is_not_shown_counts_not_and_is_told() -> None:
    measured = referred("references", {**SHOP, "sector": None}, sector="retail")
    assert measured.value == 0
    assert "Alder.xlsx!references!client1: its sector is blank" in measured.note
    vague = referred("references", SHOP | {"fte": "100..200"}, at_least_fte=100)
    assert vague.value == 0
    assert "its size is '100..200', no number" in vague.note
    assert referred("references", {**SHOP, "fte": None}).value == 1  # no size is asked


def test_years_with_several_clients_at_once_are_counted_once() -> None:
    # 2019 to 2023 and 2021 to 2025 span the six years 2019 ... 2024
    later = SHOP | {"client": "Shop C", "from_year": 2021, "until_year": 2025}
    assert referred("reference_years", SHOP, later, sector="retail").value == 6
    apart = SHOP | {"client": "Shop C", "from_year": 2010, "until_year": 2012}
    assert referred("reference_years", SHOP, apart, sector="retail").value == 6


def test_what_goes_on_is_counted_to_the_day_of_the_rules_and_never_to_today() -> None:
    assert referred("reference_years", BANK).value == 11  # 2015 to 2026
    assert referred("reference_years", BANK | {"until_year": 2040}).value == 11


def test_a_client_lost_too_long_ago_does_not_count() -> None:
    assert referred("references", SHOP, ended_within_years=3).value == 1  # 2023 to 2026
    assert referred("references", SHOP, ended_within_years=2).value == 0
    assert referred("references", BANK, ended_within_years=0).value == 1


@pytest.mark.parametrize(
    ("years", "why"),
    [
        ({"from_year": 2027}, "it begins only in 2027"),
        ({"from_year": 2024}, "it ends in 2023, before it begins"),
        ({"from_year": 7}, "7 is no year"),
        ({"from_year": "since 2019"}, "'since 2019' is no year"),
        ({"from_year": None}, "its first year is blank"),
    ],
)
def test_years_that_make_no_sense_do_not_count_and_are_told(years: Any, why: str) -> None:
    measured = referred("reference_years", {**SHOP, **years})
    assert measured.value == 0
    assert measured.note.endswith(f"Alder.xlsx!references!client1: {why}")


def test_an_unknown_sector_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(ValidationError, match="did you mean 'retail'"):
        referred("references", SHOP, sector="retial")
    with pytest.raises(ValidationError, match="'travel', 'utilities' or 'other'"):
        referred("references", SHOP, sector="space")


ROW = st.fixed_dictionaries(
    {
        "client": st.sampled_from(["Shop A", "shop a", "Bank B", "Ferry C"]),
        "sector": st.sampled_from([None, *SECTORS[:3]]),
        "fte": st.none() | st.integers(0, 500),
        "from_year": st.integers(2000, 2030),
        "until_year": st.none() | st.integers(2000, 2030),
        "checked": st.sampled_from([None, "confirmed", "not confirmed"]),
    }
)


@given(rows=st.lists(ROW, min_size=1, max_size=5), data=st.data())
def test_the_order_of_references_never_matters_and_one_more_never_hurts(
    rows: list[dict[str, Any]], data: Any
) -> None:
    moved = data.draw(st.permutations(rows))
    for name in ("references", "reference_years"):
        asked = {"sector": SECTORS[0], "at_least_fte": 100}
        value = referred(name, *rows, **asked).value
        assert value == referred(name, *moved, **asked).value
        assert value >= (referred(name, *rows[1:], **asked).value or 0)
        assert value >= referred(name, *rows, proof="confirmed", **asked).value


SAVING = {
    "commitment": "Fewer repeat calls",
    "from_year": 2,
    "amount": 40_000,
    "currency": "EUR",
    "share": 0.02,
    "contractual": "yes",
    "priced": "yes",
}


def committed(measured: str, *rows: dict[str, Any], year: int = 2) -> Any:
    return taken(measured, response(tables={"commitments": rows}), year=year)


def test_commitments_that_bind_and_are_priced_add_up() -> None:
    more = SAVING | {"amount": 10_000, "share": 0.01, "from_year": 1}
    assert committed("committed_saving", SAVING, more).value == pytest.approx(50_000)
    assert committed("committed_share", SAVING, more).value == pytest.approx(3)
    assert committed("committed_saving", SAVING, more, year=1).value == pytest.approx(10_000)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"contractual": "no"}, "not contractual"),
        ({"contractual": None}, "not stated as contractual"),
        ({"priced": "no"}, "not priced"),
        ({"priced": None}, "not stated as priced"),
        ({"amount": None, "share": None}, "no saving is given"),
        ({"currency": "USD"}, "its saving is in USD; only EUR is counted"),
        ({"currency": None}, "its saving is in no currency; only EUR is counted"),
        ({"amount": -5}, "its saving is not above 0"),
        ({"share": 1.5}, "its share is more than all of the charges"),
        ({"from_year": 0}, "no contract year from 1 on is given"),
    ],
)
def test_a_promise_that_does_not_bind_counts_zero_and_is_told(change: Any, why: str) -> None:
    for name in ("committed_saving", "committed_share"):
        measured = committed(name, {**SAVING, **change})
        assert measured.value == 0
        assert measured.note == (
            f"commitments that count in year 2: 0 of 1; Alder.xlsx!commitments!commitment1: {why}"
        )


def test_offering_no_commitment_is_an_offer_of_nothing() -> None:
    measured = committed("committed_saving")
    assert (measured.value, measured.note) == (0, "no commitment is offered")


PROMISE = st.fixed_dictionaries(
    {
        "commitment": st.just("Better"),
        "from_year": st.integers(0, 5),
        "amount": st.none() | st.floats(-1e6, 1e6),
        "currency": st.sampled_from([None, "EUR", "USD"]),
        "share": st.none() | st.floats(0, 1.2),
        "contractual": st.sampled_from([None, "yes", "no"]),
        "priced": st.sampled_from([None, "yes", "no"]),
    }
)


@given(rows=st.lists(PROMISE, max_size=5), late=PROMISE, data=st.data())
def test_an_unbound_promise_never_changes_a_total_nor_does_the_order(
    rows: list[dict[str, Any]], late: dict[str, Any], data: Any
) -> None:
    moved = data.draw(st.permutations(rows))
    loose = late | {"contractual": data.draw(st.sampled_from([None, "no"]))}
    for name in ("committed_saving", "committed_share"):
        value = committed(name, *rows).value
        assert value == committed(name, *moved).value
        assert value == committed(name, *rows, loose).value
        assert value >= 0


def worked(**answers: Any) -> Any:
    return response(forms={"expertise": answers})


def test_attrition_is_told_in_per_cent_and_the_ramp_in_weeks() -> None:
    assert taken("attrition", worked(attrition=0.35)).value == pytest.approx(35)
    assert taken("ramp", worked(ramp_weeks=9)).value == 9


@pytest.mark.parametrize(("name", "question"), [("attrition", "attrition"), ("ramp", "ramp_weeks")])
def test_a_blank_a_range_or_less_than_nothing_is_no_number(name: str, question: str) -> None:
    assert taken(name, response()).note == f"{question} is blank"
    for typed in ("8..12", -1):
        measured = taken(name, worked(**{question: typed}))
        assert measured.value is None
        assert f"found '{typed}'" in measured.note


@pytest.mark.parametrize("kind", ["attended", "unattended"])
def test_each_kind_of_automation_has_its_own_stage(kind: str) -> None:
    shown = graded({f"automation_{kind}": "pilot"}, form="expertise")
    measured = taken("automation", shown, kind=kind)
    assert (measured.value, measured.note) == ("pilot", "no evidence is named for it")
    assert measured.value in MEASURES["automation"].levels == STAGES
    other = {"attended": "unattended", "unattended": "attended"}[kind]
    assert taken("automation", shown, kind=other).value is None


def test_no_automation_needs_no_evidence() -> None:
    shown = graded({"automation_attended": "none"}, form="expertise")
    assert taken("automation", shown, kind="attended").note == ""


def test_the_quality_programme_is_counted_as_controls_are() -> None:
    asked = [field.id for field in QUALITY.fields]
    answers = dict(zip(asked, ["yes", "yes", "partial", "no", "not applicable"], strict=True))
    measured = taken("quality_programme", graded(answers, form="quality"), partial=50)
    assert measured.value == pytest.approx(62.5)  # (2 + 0.5) of 4
    assert taken("quality_programme", response(), partial=50).value is None


def test_references_need_the_date_of_the_rules() -> None:
    assert MEASURES["references"].needs == ("as_of",)

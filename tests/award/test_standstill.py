"""The standstill: working days that begin with the day of the notice, by real calendars."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.awards import LETTERS, awarded, documents, letters
from vendor_eval.award.forms import letter_form
from vendor_eval.award.standstill_period import holidays_of, standstill
from vendor_eval.errors import InputFaults, VendorEvalError

ALL = ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")


def named(calendars: Sequence[str]) -> dict[str, str]:
    """Calendars under their codes as names."""
    return dict(zip(calendars, calendars, strict=True))


# Each counted by hand from the bank holidays that gov.uk lists for each part of the country.
@pytest.mark.parametrize(
    ("notice", "calendars", "last", "skipped"),
    [
        (date(2026, 12, 7), ALL, date(2026, 12, 16), []),
        # St Andrew's Day is a bank holiday in Scotland alone
        (date(2026, 11, 26), ALL, date(2026, 12, 8), [date(2026, 11, 30)]),
        (date(2026, 11, 26), ("GB-ENG",), date(2026, 12, 7), []),
        # 2 January is one in Scotland alone, 1 January everywhere
        (date(2025, 12, 30), ALL, date(2026, 1, 12), [date(2026, 1, 1), date(2026, 1, 2)]),
        (date(2025, 12, 30), ("GB-ENG",), date(2026, 1, 9), [date(2026, 1, 1)]),
        # 12 July 2026 is a Sunday: the Monday after it is free in Northern Ireland alone
        (date(2026, 7, 6), ALL, date(2026, 7, 16), [date(2026, 7, 13)]),
        (date(2026, 7, 6), ("GB-ENG",), date(2026, 7, 15), []),
        # Christmas Day and, for the Saturday, the Monday after it
        (date(2026, 12, 18), ALL, date(2026, 12, 31), [date(2026, 12, 25), date(2026, 12, 28)]),
    ],
)
def test_a_standstill_of_8_working_days_ends_as_counted_by_hand(
    notice: date, calendars: tuple[str, ...], last: date, skipped: list[date]
) -> None:
    period = standstill(notice, 8, named(calendars))
    assert (period.first, period.last) == (notice, last)
    assert [when for when, _ in period.skipped] == skipped


def test_a_notice_on_a_free_day_counts_from_the_next_working_day() -> None:
    period = standstill(date(2026, 12, 25), 8, named(ALL))
    assert period.first == date(2026, 12, 29)
    assert "day 1 is Tue 29 Dec 2026" in period.sentence


@settings(max_examples=25)
@given(st.dates(date(2026, 1, 1), date(2030, 12, 1)), st.integers(1, 12))
def test_every_counted_day_is_a_working_day_and_none_in_between_is_left_out(
    notice: date, days: int
) -> None:
    period = standstill(notice, days, named(ALL))
    free = holidays_of(ALL, notice.year)
    every = [notice + timedelta(n) for n in range((period.last - notice).days + 1)]
    assert list(period.days) == [d for d in every if d.weekday() < 5 and d not in free]
    assert len(period.days) == days


def test_more_calendars_never_make_a_period_shorter() -> None:
    for month in range(1, 13):
        notice = date(2026, month, 20)
        lasts = [standstill(notice, 8, named(ALL[:n])).last for n in range(1, 5)]
        assert lasts == sorted(lasts)


def test_a_calendar_that_nobody_keeps_is_a_fault() -> None:
    with pytest.raises(VendorEvalError, match="found 'GB-XX'; allowed: a country"):
        standstill(date(2026, 1, 1), 8, named(["GB-XX"]))


def test_the_rule_of_the_uk_excludes_the_holidays_of_all_its_parts() -> None:
    rule = letter_form("uk_2023").standstill
    assert rule is not None
    assert (rule.working_days, tuple(rule.holidays)) == (8, ALL)


def test_what_was_not_read_of_the_law_stands_in_the_checklist_and_in_no_letter(
    tmp_path: Path,
) -> None:
    written = documents(awarded(tmp_path / "f"))
    for text in letters(written).values():
        assert "before midnight at the end of Wednesday 16 December 2026." in text
        assert "day 1 is Mon 7 Dec 2026, day 8 is Wed 16 Dec 2026" in text
        assert "Bank holidays of England, Wales, Scotland and Northern Ireland" in text
        assert not re.search(r"erified|not read|read on|\\_\\_", text)
    assert "definition of a working day in the Act were not read" in written.checklist_json


# A Good Friday and an Easter Monday, which are holidays in every part of the United Kingdom.
EASTER = "notice_on: 2027-03-23"


@pytest.mark.parametrize(
    ("terms", "fault"),
    [
        ("holidays: [DE]", "standstill.holidays: found 'DE'; allowed in uk_2023: 'GB-ENG', "),
        ("holidays: [GB-ENG, US]", "standstill.holidays: found 'US'; allowed in uk_2023"),
        ("holidays: GB", "standstill.holidays: found 'GB'; allowed in uk_2023"),
        ("holidays: []", "letters.yaml:8: standstill.holidays: found a list; allowed: 1 items"),
        ("working_days: 5", "standstill.working_days: found 5; allowed in uk_2023: 8 or more"),
    ],
)
def test_a_standstill_that_could_be_too_short_is_refused(
    tmp_path: Path, terms: str, fault: str
) -> None:
    entered = LETTERS.replace("notice_on: 2026-12-07", f"{EASTER}, {terms}")
    with pytest.raises(InputFaults) as caught:
        documents(awarded(tmp_path / "f", letters=entered))
    assert fault in str(caught.value)


def test_every_fault_of_a_standstill_is_reported_at_once(tmp_path: Path) -> None:
    entered = LETTERS.replace("notice_on: 2026-12-07", f"{EASTER}, holidays: [DE], working_days: 2")
    with pytest.raises(InputFaults) as caught:
        documents(awarded(tmp_path / "f", letters=entered))
    assert len(caught.value.faults) == 2


def test_one_calendar_of_the_rule_and_a_longer_period_are_allowed(tmp_path: Path) -> None:
    entered = LETTERS.replace(
        "notice_on: 2026-12-07", f"{EASTER}, holidays: GB-ENG, working_days: 9"
    )
    period = documents(awarded(tmp_path / "f", letters=entered)).case.standstill
    assert period is not None
    # 23 to 25 March, 30 March to 2 April, 5 and 6 April; Good Friday is 26 March
    assert period.last == date(2027, 4, 6)

"""The standstill: working days that begin with the day of the notice, by real calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vendor_eval.award.forms import letter_form
from vendor_eval.award.standstill_period import holidays_of, standstill
from vendor_eval.errors import VendorEvalError

ALL = ("GB-ENG", "GB-WLS", "GB-SCT", "GB-NIR")


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
    period = standstill(notice, 8, calendars)
    assert (period.first, period.last) == (notice, last)
    assert [when for when, _ in period.skipped] == skipped


def test_a_notice_on_a_free_day_counts_from_the_next_working_day() -> None:
    period = standstill(date(2026, 12, 25), 8, ALL)
    assert period.first == date(2026, 12, 29)
    assert "the first day that counts is Tue 29 Dec 2026" in period.sentence


@settings(max_examples=25)
@given(st.dates(date(2026, 1, 1), date(2030, 12, 1)), st.integers(1, 12))
def test_every_counted_day_is_a_working_day_and_none_in_between_is_left_out(
    notice: date, days: int
) -> None:
    period = standstill(notice, days, ALL)
    free = holidays_of(ALL, notice.year)
    every = [notice + timedelta(n) for n in range((period.last - notice).days + 1)]
    assert list(period.days) == [d for d in every if d.weekday() < 5 and d not in free]
    assert len(period.days) == days


def test_more_calendars_never_make_a_period_shorter() -> None:
    for month in range(1, 13):
        notice = date(2026, month, 20)
        lasts = [standstill(notice, 8, ALL[:n]).last for n in range(1, 5)]
        assert lasts == sorted(lasts)


def test_a_calendar_that_nobody_keeps_is_a_fault() -> None:
    with pytest.raises(VendorEvalError, match="found 'GB-XX'; allowed: a country"):
        standstill(date(2026, 1, 1), 8, ("GB-XX",))


def test_the_rule_of_the_uk_says_what_was_not_read() -> None:
    rule = letter_form("uk_2023").standstill
    assert rule is not None
    assert (rule.working_days, rule.holidays) == (8, ALL)
    assert rule.unverified == "the definition of a working day was not read in the Act"

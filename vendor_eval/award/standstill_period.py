"""The standstill before a contract: the days that count, the holidays that do not, its end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from vendor_eval.errors import VendorEvalError
from vendor_eval.wording import counted, listed

WEEKEND = 5
"""The first day of the weekend, as `date.weekday` counts."""


@dataclass(frozen=True)
class Standstill:
    """A period of working days: the contract may be entered into only after `last`."""

    notice_on: date
    days: tuple[date, ...]
    """The days that count, in order."""
    skipped: tuple[tuple[date, str], ...]
    """Holidays on a day from Monday to Friday that do not count, with their names."""
    calendars: tuple[str, ...]
    """Whose holidays do not count, by name."""

    @property
    def first(self) -> date:
        """The first day that counts."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day that counts."""
        return self.days[-1]

    @property
    def sentence(self) -> str:
        """The rule, the first and last day, and the holidays in between that do not count."""
        holidays = [f"{day(when)} ({name})" for when, name in self.skipped]
        skipped = f"; not counted: {listed(holidays)}" if holidays else ""
        n = len(self.days)
        return (
            f"{counted(n, 'working day')}, beginning on the day of publication, "
            f"{day(self.notice_on)}: day 1 is {day(self.first)}, day {n} is "
            f"{day(self.last)}{skipped}. Bank holidays of {listed(self.calendars)} are excluded."
        )


def day(when: date) -> str:
    """A day as people write it, as "Mon 7 Dec 2026"."""
    return f"{when:%a} {when.day} {when:%b} {when.year}"


def whole_day(when: date) -> str:
    """A day in full, as "Monday 7 December 2026"."""
    return f"{when:%A} {when.day} {when:%B} {when.year}"


def standstill(notice_on: date, working_days: int, calendars: Mapping[str, str]) -> Standstill:
    """So many working days that begin with the day of the notice, or the first one after it.

    A working day is none of Saturday, Sunday and a holiday in any of the `calendars`, which are
    countries or parts of one (`DE`, `GB-ENG`) as the package `holidays` has them, with the names
    that a reader knows them by. Raises VendorEvalError for a calendar that it does not have.
    """
    free = holidays_of(calendars, notice_on.year)
    counting, skipped, when = list[date](), list[tuple[date, str]](), notice_on
    while len(counting) < working_days:
        if when.weekday() >= WEEKEND:
            pass
        elif when in free:
            skipped.append((when, free[when]))
        else:
            counting.append(when)
        when += timedelta(days=1)
    return Standstill(notice_on, tuple(counting), tuple(skipped), tuple(calendars.values()))


def holidays_of(calendars: Iterable[str], year: int) -> dict[date, str]:
    """The public holidays of a year and the next in any of the calendars, with their names."""
    import holidays

    free: dict[date, str] = {}
    for calendar in calendars:
        country, _, part = calendar.partition("-")
        try:
            entries = holidays.country_holidays(
                country, subdiv=part or None, years=(year, year + 1), language="en_GB"
            )
        except NotImplementedError:
            raise VendorEvalError(
                f"standstill.holidays: found {calendar!r}; allowed: a country by its two letters, "
                "such as DE, or a part of it, such as GB-ENG or GB-SCT"
            ) from None
        for when, name in entries.items():
            free.setdefault(when, name)
    return free

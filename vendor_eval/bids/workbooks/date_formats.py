"""What a spreadsheet shows for a number that its format calls a date or a time.

ECMA-376 part 1, 18.8.31. Names of months and days are those of English.
"""

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from vendor_eval.bids.workbooks.format_sections import Unrendered

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORDS = frozenset(
    [
        *("a", "d", "de", "del", "den", "die", "do", "gada", "m", "na", "of", "ta", "г", "р"),
        *("st", "nd", "rd", "th", "t", "z", "年", "月", "日", "년", "월", "일"),
    ]
)
"""Words inside dates that say nothing more, of CLDR's date formats, and of ISO 8601."""
UNREAD = "unread"
FIRST, LAST = 61, 2_958_466
"""Days that Excel and the calendar count alike: before March 1900 Excel counts one that never
was, and its last year is 9999."""


def moment(number: float, epoch: date) -> datetime | None:
    """The date and time that a number of days stands for, to the second below.

    `epoch`: the date of day 0, which is 1899-12-30, or 1904-01-01 in a workbook of the 1904 date
    system. None after the year 9999 and below FIRST, in both systems: there the first of them
    counts a day that never was.
    """
    if not FIRST <= number < LAST - (epoch - date(1899, 12, 30)).days:
        return None
    start = datetime(epoch.year, epoch.month, epoch.day)  # noqa: DTZ001
    try:
        return start + timedelta(seconds=math.floor(round(number * 86_400, 3)))
    except OverflowError:  # rounded up to the year 10000
        return None


def days(typed: str, epoch: date) -> float | None:
    """The number of days that a date of ISO 8601 stands for; None where it is none.

    A time zone does not move it: the cell shows the date as it is written.
    """
    try:
        day = datetime.fromisoformat(typed.strip()).replace(tzinfo=None)
    except ValueError:
        return None
    return (day - datetime(epoch.year, epoch.month, epoch.day)) / timedelta(days=1)  # noqa: DTZ001


def rendered(
    number: float, pieces: Sequence[tuple[str, str]], epoch: date
) -> tuple[str, frozenset[str]]:
    """The text of a date or time, and what of it is shown; Unrendered where it is none.

    `pieces`: each the kind of a format's token and its text. Words that are no part of a date
    count as shown, as UNREAD.
    """
    day = moment(number, epoch)
    if day is None and 0 <= number < FIRST:  # a time of day alone, or else refused below
        day = moment(number + FIRST, epoch)
    if day is None:
        raise Unrendered
    kinds = _kinds(pieces)
    fields = {kind for kind in kinds if kind in ("year", "day", "hour", "minute", "second")}
    fields |= {
        "month"
        for kind, (_, text) in zip(kinds, pieces, strict=True)
        if kind == "month" and len(text) != len("mmmmm")  # the first letter alone
    }
    if number < FIRST and not {"year", "month", "day"}.isdisjoint(kinds):
        raise Unrendered
    half = any(kind == "noon" for kind in kinds)
    shown = [
        _shown(kind, text, day, number, half=half)
        for kind, (_, text) in zip(kinds, pieces, strict=True)
    ]
    words = (text for kind, (_, text) in zip(kinds, pieces, strict=True) if kind == "literal")
    if any(_says_more(word) for word in words):
        fields.add(UNREAD)
    return "".join(shown), frozenset(fields)


def _says_more(literal: str) -> bool:
    """Whether a text inside a date is more than marks and words that belong there."""
    marks = "".join(c if c.isalnum() else " " for c in literal)
    return any(word not in WORDS for word in marks.casefold().split())


def _kinds(pieces: Sequence[tuple[str, str]]) -> list[str]:
    """What each piece shows; `m` is minutes after hours and before seconds, or else months."""
    kinds = [_kind(kind, text) for kind, text in pieces]
    timed = [n for n, kind in enumerate(kinds) if kind != "literal"]
    for before, n, after in zip([None, *timed[:-1]], timed, [*timed[1:], None], strict=True):
        if kinds[n] == "month" and len(pieces[n][1]) <= 2:
            follows = before is not None and kinds[before] in ("hour", "hours since")
            if follows or (after is not None and kinds[after] in ("second", "seconds since")):
                kinds[n] = "minute"
    return kinds


def _kind(kind: str, text: str) -> str:
    first = text[:1]
    if kind == "elapsed":
        return {"h": "hours since", "m": "minutes since", "s": "seconds since"}[first]
    if kind == "time":
        if first == "d" and len(text) > 2:
            return "weekday"
        return {"y": "year", "m": "month", "d": "day", "h": "hour", "s": "second"}[first]
    return "noon" if kind == "noon" else "literal"


def _shown(kind: str, text: str, day: datetime, number: float, *, half: bool) -> str:
    """One piece of a date or time."""
    width = min(len(text), 2)
    if kind.endswith("since"):
        seconds = math.floor(round(number * 86_400, 3))
        size = {"h": 3600, "m": 60, "s": 1}[text[0]]
        return f"{seconds // size:0{len(text)}}"
    if kind == "year":
        return f"{day.year:04}" if len(text) > 2 else f"{day.year % 100:02}"
    if kind == "month" and len(text) > 2:
        name = MONTHS[day.month - 1]
        return {3: name[:3], 5: name[:1]}.get(len(text), name)
    if kind == "weekday":
        name = DAYS[day.weekday()]
        return name if len(text) > 3 else name[:3]
    if kind == "noon":
        return text.split("/")[day.hour >= 12]
    if kind == "literal":
        return text
    value: int = getattr(day, kind)
    if kind == "hour" and half:
        value = value % 12 or 12
    return f"{value:0{width}}"

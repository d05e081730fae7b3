"""Times of a day: typed as 08:00-20:00, held as minutes since midnight."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

DAY = 24 * 60
HOURS_ALLOWED = (
    "times such as 08:00-20:00, several separated by commas, the whole day as 00:00-24:00"
)
LONGEST = 80
"""Characters that an error quotes."""
SPAN = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)")


@dataclass(frozen=True)
class Hours:
    """A part of every day: spans of minutes since midnight, ascending, apart, within 0-1440."""

    spans: tuple[tuple[int, int], ...]

    @property
    def minutes(self) -> int:
        """How long it is, in minutes a day."""
        return sum(end - start for start, end in self.spans)

    def __and__(self, other: "Hours") -> "Hours":
        """What is in both."""
        return _joined(
            (max(a, c), min(b, d))
            for a, b in self.spans
            for c, d in other.spans
            if max(a, c) < min(b, d)
        )

    def __or__(self, other: "Hours") -> "Hours":
        """What is in either."""
        return _joined((*self.spans, *other.spans))

    def later(self, minutes: int) -> "Hours":
        """The same hours on a clock that shows so many minutes more; a day goes round."""
        return _joined(
            piece for a, b in self.spans for piece in _within_a_day(a + minutes, b + minutes)
        )


NO_HOURS = Hours(())


def hours(typed: str) -> Hours:
    """The hours entered as 08:00-20:00, over midnight as 22:00-06:00.

    Several are separated by commas, semicolons or line breaks.

    Raises ValueError, with what is allowed, where anything else stands.
    """
    return _joined(
        span for part in re.split("[,;\n]", typed) for span in _spans(part.strip(), typed)
    )


def _spans(part: str, typed: str) -> Iterable[tuple[int, int]]:
    match = SPAN.fullmatch(part)
    start, end = (60 * int(match[n]) + int(match[n + 1]) for n in (1, 3)) if match else (0, 0)
    if start == end or start >= DAY or end > DAY:
        raise ValueError(f"found {typed[:LONGEST]!r}; allowed: {HOURS_ALLOWED}")
    return _within_a_day(start, end if end > start else end + DAY)


def _within_a_day(start: int, end: int) -> list[tuple[int, int]]:
    """A span of at most a day, cut at midnight where it passes it."""
    length, start = end - start, start % DAY
    end = start + length
    return [(start, end)] if end <= DAY else [(0, end - DAY), (start, DAY)]


def _joined(spans: Iterable[tuple[int, int]]) -> Hours:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return Hours(tuple(joined))


def _checked(typed: str) -> str:
    hours(typed)
    return typed


TypedHours = Annotated[str, AfterValidator(_checked)]
"""Hours as somebody typed them, in a form that `hours` reads."""

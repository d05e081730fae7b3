"""Hours of a day as people write them: `08:00-16:00, 16:00-24:00`, `24/7`."""

import re

DAY = 24.0
SPAN = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|\u2013|to)\s*(\d{1,2})(?:[:.h](\d{2}))?")
ALWAYS = re.compile(r"24\s*(?:/|x|\u00d7)\s*7|24\s*h(?:ours)?", re.IGNORECASE)
BETWEEN = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\band\b|[\s,;+&()-]|\u2013", re.IGNORECASE
)
"""What may stand between spans without changing how long a day is covered."""


def covered_hours(text: str) -> float | None:
    """How many hours of a day are covered, in (0, 24]; None where that cannot be told.

    Overlapping shifts count once; a span that ends before it begins runs past midnight.
    """
    if BETWEEN.sub("", ALWAYS.sub("", text)) == "" and ALWAYS.search(text):
        return DAY
    spans = [_span(*match.groups()) for match in SPAN.finditer(text)]
    if not spans or None in spans or BETWEEN.sub("", SPAN.sub("", text)):
        return None
    pieces = sorted(piece for span in spans if span for piece in _within_a_day(*span))
    covered, until = 0.0, 0.0
    for start, end in pieces:
        covered += max(0.0, end - max(start, until))
        until = max(until, end)
    return covered


def _span(
    hour: str, minute: str | None, end_hour: str, end_minute: str | None
) -> tuple[float, float] | None:
    start = int(hour) + int(minute or 0) / 60
    end = int(end_hour) + int(end_minute or 0) / 60
    sound = max(start, end) <= DAY and max(int(minute or 0), int(end_minute or 0)) < 60
    return (start, end) if sound else None


def _within_a_day(start: float, end: float) -> list[tuple[float, float]]:
    return [(start, end)] if start < end else [(start, DAY), (0.0, end)]

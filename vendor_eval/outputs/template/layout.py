"""How wide columns and how high rows are, so that a sheet is legible on A4 landscape."""

import textwrap
from collections.abc import Sequence

from vendor_eval.bids.workbooks.places import heading
from vendor_eval.questionnaire.sheet import Form, Question, Table

ROOM = 150
"""Characters of column width that fit across the page at full size; more is printed smaller."""
FORM_WIDTHS = {"id": 15, "question": 40, "unit": 12, "allowed": 33, "answer": 20, "evidence": 26}
NARROWEST, ROOMY = 9, 16
LINE = 13.5
"""Points of a line of text."""
FREE = ("text", "country", "language", "hours", "time_zone")
"""Kinds of answers that may be long."""


def widths(parts: Sequence[Form | Table]) -> dict[int, float]:
    """The width of each column of a sheet, in characters, that suits every part on it.

    A column is as wide as its longest word; what is left of the page goes to free text.
    """
    widest: dict[int, float] = {}
    for part in parts:
        for column, width in enumerate(_wanted(part), start=1):
            widest[column] = max(widest.get(column, 5.0), width)
    return widest


def _wanted(part: Form | Table) -> list[float]:
    if isinstance(part, Form):
        longest = max(len(field.id) for field in part.fields)
        return [max(FORM_WIDTHS["id"], longest * 0.95 + 2), *list(FORM_WIDTHS.values())[1:]]
    narrow = [len(part.id) * 0.95 + 2, *map(_least, part.fields)]
    roomy = [n for n, field in enumerate(part.fields, start=1) if field.kind in FREE]
    spare = max(0.0, ROOM - sum(narrow)) / max(len(roomy), 1)
    return [width + min(spare, 18.0) if n in roomy else width for n, width in enumerate(narrow)]


def _least(asked: Question) -> float:
    """Characters that a column needs at least: its longest word and its longest choice's."""
    words = [len(word) + 2 for word in heading(asked).split()]
    choices = [len(word) + 3 for entry in asked.offered for word in entry.split()]
    roomy = ROOMY if asked.kind in FREE else NARROWEST
    return float(max([*words, *choices, roomy]))


def height(texts: Sequence[tuple[str, float]], least: float = 17.0) -> float:
    """Points that a row needs for its wrapped texts, each with its column's width."""
    lines = max(
        (len(textwrap.wrap(text, max(int(width * 1.02), 4))) for text, width in texts), default=1
    )
    return max(least, LINE * lines + 4.5)

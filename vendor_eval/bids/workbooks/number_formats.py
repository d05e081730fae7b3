"""What a spreadsheet shows for what a cell holds, by the cell's number format.

ECMA-376 part 1, 18.8.31, with the marks of English: a point before decimals, commas between
thousands. Fractions, other calendars and other numerals are not rendered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from vendor_eval.bids.workbooks import date_formats
from vendor_eval.bids.workbooks.digit_formats import digit_places, digits_shown
from vendor_eval.bids.workbooks.format_sections import FormatSection, Unrendered, sections_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows."""

    text: str
    """As a person sees it, without outer spaces."""
    kind: Literal["number", "date", "text"]
    judged: str = ""
    """A number without marks of thousands; a currency that its locale decides by its code."""
    per_cent: int = 0
    """How many times the number is shown multiplied by 100."""
    fields: frozenset[str] = frozenset()
    """What a date or time shows, of "year", "month", "day", "hour", "minute" and "second"."""


@lru_cache(maxsize=4096)
def shown_number(number: float, code: str, epoch: date) -> Shown:
    """What a number is shown as; raises Unrendered."""
    exact = Decimal(f"{number:.15g}")  # the digits that a spreadsheet holds
    section, magnitude = _section_for(exact, code)
    strange = ("general", "digit", "exponent") if section.dated else ("slash",)
    if section.has("refused", "unknown", *strange):
        raise Unrendered
    if section.dated:
        pieces = [(token.kind, token.text) for token in section.tokens]
        text, fields = date_formats.rendered(number, pieces, epoch)
        return Shown(text.strip(), "date", fields=fields)
    minus, at = "-" if magnitude < 0 else "", digit_places(section.tokens)
    text = minus + digits_shown(abs(magnitude), at, ",")
    judged = minus + digits_shown(abs(magnitude), at, "")
    return Shown(text.strip(), "number", judged.strip(), at.per_cent)


def shown_text(text: str, code: str) -> str:
    """What a text is shown as; raises Unrendered."""
    if code in ("General", "@"):
        return text
    sections = sections_of(code)
    if len(sections) < 4 and not sections[-1].has("text"):
        return text
    tokens = sections[-1].tokens
    if sum(token.kind == "text" for token in tokens) > 1:  # or a few cells would fill the memory
        raise Unrendered
    return "".join(text if token.kind == "text" else token.text for token in tokens)


def shown_colour(held: float | str, code: str) -> str:
    """The colour that a format shows a number or a text in; "" where it states none."""
    if "[" not in code:
        return ""
    if isinstance(held, str):
        sections = sections_of(code)
        return sections[-1].colour if len(sections) > 3 or sections[-1].has("text") else ""
    try:
        return _section_for(Decimal(f"{held:.15g}"), code)[0].colour
    except Unrendered:
        return ""


def _section_for(number: Decimal, code: str) -> tuple[FormatSection, Decimal]:
    """The section that a number is shown by, and the number without a sign that it replaces.

    Raises Unrendered.
    """
    sections = sections_of(code)
    if len(sections) > 4:
        raise Unrendered
    if sections[-1].has("text") and len(sections) > 1:
        sections = sections[:-1]
    sections = sections[:3]
    if len(sections) == 1 and sections[0].has("text"):
        return sections_of("General")[0], number
    if any(section.has("text") for section in sections):
        raise Unrendered
    if any(section.conditions for section in sections):
        return _conditional(number, sections), number
    if len(sections) == 1 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0], number
    return sections[1 if number < 0 else 2], abs(number)


def _conditional(number: Decimal, sections: Sequence[FormatSection]) -> FormatSection:
    """The section whose condition holds; Unrendered where programs differ or show none."""
    if number < 0 or (len(sections) == 3 and not sections[1].conditions):
        raise Unrendered  # whether the sign is shown depends on the program
    chosen = next((section for section in sections if section.holds(number)), None)
    if chosen is None:
        raise Unrendered
    return chosen

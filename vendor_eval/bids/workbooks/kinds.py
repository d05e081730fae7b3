"""A cell read as the kind of answer that is asked there: exactly, with a note, or refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from vendor_eval.bids.workbooks import date_formats, notation, numbers
from vendor_eval.bids.workbooks.asked import Read, allowed, reading_note
from vendor_eval.bids.workbooks.grid import A_DAY, GridCell
from vendor_eval.bids.workbooks.notation import Ambiguous, cut
from vendor_eval.errors import UnknownValue
from vendor_eval.questionnaire.sheet import SEPARATOR, Kind, Question
from vendor_eval.reference import names
from vendor_eval.rules.opening_hours import hours
from vendor_eval.rules.plain_text import folded, text, unseen

DAY_IN_FIGURES = re.compile(r"[0-9]+([^0-9A-Za-z])[0-9]+\1[0-9]+")
"""A day in figures, whose order a reader can mistake."""


def read(cell: GridCell, field: Question, *, weighed: bool = False) -> Read:
    """The answer in a cell; raises Ambiguous with what was found and what is allowed.

    `weighed`: whether the rules judge it themselves, so that a number may be a range.
    """
    _refuse_unsure(cell)
    if cell.held == "error":
        raise Ambiguous(
            f"found the error {cut(str(cell.value))}; allowed: {allowed(field, weighed)}"
        )
    if cell.held == "nothing":
        formula = f" ={cut(cell.formula)}" if cell.formula else ""
        raise Ambiguous(
            f"found the formula{formula}, whose value was not calculated; open the workbook in a "
            "spreadsheet program and save it, or enter the value"
        )
    cell = _seen(cell, allowed(field, weighed))
    odd = unseen(f"{cell.value}{cell.shown}")
    if odd is not None:
        raise Ambiguous(f"found the invisible {odd!a}; allowed: printable text")
    if field.kind == "number" and weighed:
        answer = numbers.number_or_range(cell, field)
    else:
        answer = READERS[field.kind](cell, field)
    return replace(answer, note="; ".join(filter(None, [answer.note, _formula_note(cell)])))


def _seen(cell: GridCell, wanted: str) -> GridCell:
    """The cell with the text its format shows; Ambiguous for a format that hides it."""
    display = cell.display
    if display is None:
        raise Ambiguous(
            f"found {cell.shown}, shown by the number format {cut(cell.format)!r}, which is not "
            f"read; allowed: {wanted}, in the format of the template"
        )
    if cell.shown.strip() and not display.text.strip():
        shown = cut(cell.shown)
        raise Ambiguous(f"found {shown!r}, which the cell does not show; allowed: {wanted}")
    if cell.held == "text" and text(display.text) != text(str(cell.value)):
        return replace(cell, value=display.text, format="General")
    return cell


def _refuse_unsure(cell: GridCell) -> None:
    """Raises Ambiguous where a person who looks at a cell may see another answer than it holds."""
    struck, faint, shown = cell.struck, cell.faint, repr(cut(cell.shown))
    if struck is not None and struck.conditional:
        raise Ambiguous(
            f"found {shown}, which a conditional format may strike out or show in another "
            "way or not at all; allowed: a cell without that format"
        )
    if cell.repeated:
        raise Ambiguous(
            f"found {shown}, which its alignment \u201cFill\u201d shows more than once; allowed: "
            "another alignment, which shows it once"
        )
    if struck is not None and struck.rest:
        raise Ambiguous(
            f"found {shown}, of which {cut(struck.part)!r} is struck out and "
            f"{cut(struck.rest)!r} is not; allowed: one answer, with nothing struck out"
        )
    if struck is not None:
        raise Ambiguous(
            f"found {shown}, which is struck out; allowed: an answer that is not struck out, or "
            "a blank cell"
        )
    if cell.shifted is not None:
        raise Ambiguous(
            f"found {shown}, of which {cut(cell.shifted.part)!r} is raised or lowered, as the mark "
            "of a footnote is; allowed: the answer alone"
        )
    if faint is not None and faint.rest:
        raise Ambiguous(
            f"found {shown}, of which {cut(faint.part)!r} has the colour of its background or "
            "is too small; allowed: an answer that can be seen whole"
        )


def _formula_note(cell: GridCell) -> str:
    if cell.formula is None:
        return ""
    shown = f"the formula ={cut(cell.formula)}" if cell.formula else "a formula"
    if re.search(r"\[\d+\]", cell.formula):
        return f"the value kept from {shown}, whose link to another workbook was not followed"
    return f"{cut(cell.shown)}, the value of {shown}"


def _date(cell: GridCell, field: Question) -> Read:
    if cell.held == "text":
        day = notation.day(text(str(cell.value)))
        return Read(day, reading_note(text(cell.shown), day.isoformat()))
    moment, display = cell.moment, cell.display
    if display is not None and display.kind == "date":
        if not display.fields >= A_DAY:
            raise Ambiguous(
                f"found {cut(cell.shown)}, without a day, a month and a year; "
                f"allowed: {allowed(field)}"
            )
        if date_formats.UNREAD in display.fields:
            raise Ambiguous(f"found {cut(cell.shown)!r}; allowed: {allowed(field)}")
    if moment is None or not notation.EARLIEST <= moment.date() <= notation.LATEST:
        raise Ambiguous(f"found {cell.shown}, not shown as a date; allowed: {allowed(field)}")
    day = moment.date()
    if moment.time() != datetime.min.time():
        return Read(day, f"{cell.shown} read as {day}")
    seen = display.text if display is not None else ""
    in_doubt = DAY_IN_FIGURES.fullmatch(seen) and day.day <= 12 and day.day != day.month
    return Read(day, f"shown as {seen!r}, read as {day}" if in_doubt and seen != str(day) else "")


def _text(cell: GridCell, field: Question) -> Read:
    typed = text(cell.shown)
    if cell.held == "text":
        return Read(typed)
    kind = "number" if cell.held == "number" else "truth value"
    return Read(typed, f"the {kind} {typed} read as text")


def _choice(cell: GridCell, field: Question) -> Read:
    """One of the choices by any of its names, or several; what has no choices is text."""
    typed = text(cell.shown)
    if not field.allowed:
        return _text(cell, field)
    if field.several:
        return _several(typed, field)
    choice = _meant(typed, field)
    called = _called(choice, field)
    return Read(choice, "" if typed in (choice, called) else f"{cut(typed)!r} read as {called!r}")


def _several(typed: str, field: Question) -> Read:
    """Choices separated by semicolons or line breaks, or by commas where no choice has them."""
    named: dict[str, str] = {}
    for part in filter(None, map(str.strip, re.split(r"[;\n]", typed))):
        pieces = [part] if _alike(part, field) else filter(None, map(str.strip, part.split(",")))
        named |= {piece: _meant(piece, field) for piece in pieces}
    if not named:
        raise Ambiguous(f"found {cut(typed)!r}; allowed: {allowed(field)}{_blank(field)}")
    choices = dict.fromkeys(named.values())
    exact = all(piece in (choice, _called(choice, field)) for piece, choice in named.items())
    called = SEPARATOR.join(_called(choice, field) for choice in choices)
    return Read(SEPARATOR.join(choices), "" if exact else reading_note(typed, called))


def _meant(typed: str, field: Question) -> str:
    """The choice that a text names; raises Ambiguous where there is none, or more than one."""
    alike = _alike(typed, field)
    if len(alike) != 1:
        raise Ambiguous(
            UnknownValue(
                f"found {cut(typed)!r}",
                lambda: _hint(typed, field),
                f"{allowed(field)}{_blank(field)}",
            )
        )
    return alike[0]


def _alike(typed: str, field: Question) -> list[str]:
    """The choices of exactly this name, else those that differ by case and spaces alone."""
    named = list(zip(field.allowed, field.offered, strict=True))
    same = [choice for choice, called in named if typed in (choice, called)]
    meant = folded(typed)
    return same or [c for c, called in named if meant in (folded(c), folded(called))]


def _hint(typed: str, field: Question) -> str:
    """The choice whose name is nearest, by the name that vendors read; regardless of case."""
    names = {folded(c): n for c, n in zip(field.allowed, field.offered, strict=True)}
    names |= {folded(name): name for name in field.offered}
    close = get_close_matches(folded(cut(typed)), names, n=1)
    return f"; did you mean {names[close[0]]!r}?" if close else ""


def _blank(field: Question) -> str:
    return "" if field.needed else ", or nothing"


def _called(choice: str, field: Question) -> str:
    return field.offered[field.allowed.index(choice)]


def _hours(cell: GridCell, field: Question) -> Read:
    answer = _text(cell, field)
    try:
        hours(str(answer.value))
    except ValueError as error:
        raise Ambiguous(str(error)) from None
    return answer


def _named(find: Callable[[str], str], called: Callable[[str], str]) -> "Reader":
    def read_name(cell: GridCell, field: Question) -> Read:
        typed = text(cell.shown)
        try:
            code = find(cut(" ".join(typed.split())))
        except ValueError as error:
            raise Ambiguous(error) from None  # whose message is made where it is reported
        name = called(code)
        return Read(code, reading_note(typed, name))

    return read_name


Reader = Callable[[GridCell, Question], Read]
READERS: Mapping[Kind, Reader] = {
    "text": _text,
    "number": numbers.number,
    "count": numbers.number,
    "money": numbers.number,
    "share": numbers.number,
    "date": _date,
    "choice": _choice,
    "country": _named(names.country, names.country_called),
    "language": _named(names.language, names.language_called),
    "currency": _named(notation.currency, str),
    "hours": _hours,
    "time_zone": _named(names.time_zone, str),
}
"""How each kind of answer is read."""

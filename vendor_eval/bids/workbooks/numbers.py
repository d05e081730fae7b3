"""A cell read as the number that is asked there: in its unit, exactly, or refused."""

import re
from dataclasses import replace
from decimal import Decimal

from vendor_eval.bids.workbooks import notation
from vendor_eval.bids.workbooks.asked import OR_RANGE, Read, allowed, per_cent, reading_note
from vendor_eval.bids.workbooks.grid import GridCell, rounds
from vendor_eval.bids.workbooks.notation import Ambiguous, Amount, cut
from vendor_eval.bids.workbooks.number_formats import Shown
from vendor_eval.questionnaire.sheet import Question
from vendor_eval.rules.estimates import LARGEST, SIZES, SMALLEST, span
from vendor_eval.rules.plain_text import text
from vendor_eval.wording import plain

RANGE = re.compile(r"\s*\.\.\s*")
LIKELY, MOST = 100, 1000
"""Per cent that a cell shown as a percentage may hold unnoted, and at all: a format of per cent
turns a 99.7 that is put into the cell into 9970 %."""


def number(cell: GridCell, field: Question) -> Read:
    """A number in the field's unit; a share as a fraction."""
    display = cell.display
    if cell.held == "text":
        written = _amount(str(cell.value), field)
    elif cell.held == "number" and display is not None:
        written = _native(cell, display, field)
    else:
        raise Ambiguous(f"found {cut(cell.shown)}; allowed: {allowed(field)}")
    shown = cut(cell.shown)
    in_unit, currencies = _in_unit(written, shown, field)
    value = float(in_unit / 100 if field.kind == "share" else in_unit)
    whole = field.kind != "count" or (value >= 0 and value.is_integer())
    if not whole or (field.least is not None and in_unit < Decimal(repr(field.least))):
        raise Ambiguous(f"found {shown}; allowed: {allowed(field)}")
    return Read(value, _read_as(cell, written, in_unit, field), currencies)


def _read_as(cell: GridCell, written: Amount, number: Decimal, field: Question) -> str:
    """How a number was read, where it is not a number in the form that is asked."""
    shown, display = plain(float(number)) + (" %" if per_cent(field) else ""), cell.display
    if cell.held == "text" or display is None:
        return reading_note(text(cell.shown), shown)
    if per_cent(field) and not written.percent and number:
        return f"{cell.shown} read as {shown}"
    if display.per_cent and abs(number) > LIKELY:
        return f"{plain(float(cell.value))}, shown as a percentage, read as {shown}"
    seen, signs = _judged(cell, display), _accounted(cell, display)
    restated = seen.number != number or signs != display.judged
    restated |= written.percent and not display.per_cent
    return f"shown as {cut(display.text)!r}, read as {shown}" if restated else ""


def _native(cell: GridCell, display: Shown, field: Question) -> Amount:
    """A number that stands as one, where what it is shown as says the same."""
    if display.kind == "date":
        raise Ambiguous(f"found {cell.shown}, shown as a date; allowed: {allowed(field)}")
    try:
        seen = _judged(cell, display)
    except Ambiguous:
        raise Ambiguous(f"found {cut(display.text)!r}; allowed: {allowed(field)}") from None
    number = cell.exact.scaleb(2 * display.per_cent)
    if not rounds(number, seen.number):
        raise Ambiguous(
            f"found {cut(display.text)!r}, shown by the number format {cut(cell.format)!r} for "
            f"{plain(float(cell.value))}; allowed: {allowed(field)}, shown as it is"
        )
    if display.per_cent:
        _refuse_doubtful(cell.exact, cell, field)
    return replace(seen, number=number)


def _judged(cell: GridCell, display: Shown) -> Amount:
    """What a cell with a number shows, read as if it had been entered."""
    return notation.amount(_accounted(cell, display), point=True)


def _accounted(cell: GridCell, display: Shown) -> str:
    """What a number is shown as, with the signs of bookkeeping in those of arithmetic.

    Accountants' formats show a negative number in parentheses and zero as a dash.
    """
    judged = display.judged
    if cell.exact < 0 and re.fullmatch(r"[^()]*\([^()]*\)[^()]*", judged):
        return "-" + judged.replace("(", "").replace(")", "")
    if not cell.exact and not re.search("[0-9]", judged):
        return re.sub("[-\u2013]", "0", judged, count=1)
    return judged


def _refuse_doubtful(number: Decimal, cell: GridCell, field: Question) -> None:
    """Raises Ambiguous where a percentage is so large that a hundredth of it may be meant."""
    if per_cent(field) and abs(number) * 100 > MOST:
        raise Ambiguous(
            f"found {cell.shown}, which can mean {cell.shown} or {plain(float(number))} %; write "
            "it with its % sign as text, or type it so that the cell shows what is meant"
        )


def _amount(typed: str, field: Question) -> Amount:
    try:
        return notation.amount(typed)
    except Ambiguous as error:
        if str(error).endswith("allowed: a number"):
            raise Ambiguous(str(error).removesuffix("a number") + allowed(field)) from None
        raise


def _in_unit(written: Amount, shown: str, field: Question) -> tuple[Decimal, frozenset[str]]:
    """The number in the field's unit, in per cent for shares, and the currencies it may be in."""
    number = written.number
    if written.percent and not per_cent(field):
        asked = _asked(field) or allowed(field)
        raise Ambiguous(f"found the percentage {shown}; allowed: {asked}")
    if per_cent(field) and not written.percent and 0 < abs(number) <= 1:
        fraction, points = plain(float(number * 100)), plain(float(number))
        raise Ambiguous(
            f"found {shown}, which can mean {points} % or {fraction} %; write it with its % sign"
        )
    if number and not SMALLEST <= abs(number) <= LARGEST:
        raise Ambiguous(f"found {shown}, which is too large or too small; allowed: {SIZES}")
    return number, _currencies(written, shown, field)


def _asked(field: Question) -> str:
    """A number in the field's unit, in words; "" for a field without one."""
    if field.unit == "%":
        return "a percentage such as 2.5 %"
    return f"a number of {field.unit}" if field.unit else ""


def _currencies(written: Amount, shown: str, field: Question) -> frozenset[str]:
    """The currencies that an amount says it is in; none where it says nothing."""
    if not written.unit or _same(written.unit, field.unit):
        return frozenset()
    known = notation.currencies()
    codes = known.get(written.unit) or known.get(written.unit.upper(), frozenset())
    if not codes or (field.kind != "money" and field.unit not in codes):
        asked = _asked(field) or f"{allowed(field)} without a unit"
        asked = "an amount" if field.kind == "money" else asked
        raise Ambiguous(f"found {shown!r}, with {written.unit!r}; allowed: {asked}")
    return codes


def _same(typed: str, unit: str) -> bool:
    """Whether two units are one, regardless of case and number."""
    return typed.casefold().rstrip("s") == unit.strip().casefold().rstrip("s") != ""


def number_or_range(cell: GridCell, field: Question) -> Read:
    """A number, or a range of numbers."""
    if cell.held == "text" and ".." in str(cell.value):
        return _range(cell, field)
    try:
        return number(cell, field)
    except Ambiguous as error:
        message = str(error)
        raise Ambiguous(message + (OR_RANGE if message.endswith(allowed(field)) else "")) from None


def _range(cell: GridCell, field: Question) -> Read:
    """A range, `low..high` or `low..likely..high`, in plain numbers of the field's unit."""
    typed = cut(text(str(cell.value)), 200)
    parts = RANGE.split(typed)
    form = "a range such as 10..14 or 10..12..14"
    if len(parts) not in (2, 3):
        raise Ambiguous(f"found {typed!r}; allowed: a number, or {form}")
    exact = [_in_unit(_amount(part, field), typed, field)[0] for part in parts]
    if exact != sorted(exact):
        raise Ambiguous(f"found {typed!r}; allowed: {form}, the lower end first")
    numbers = [float(number) for number in exact]
    shown = "..".join(map(plain, numbers))
    likely = numbers[1] if len(numbers) == 3 else None
    return Read(span(numbers[0], likely, numbers[-1], shown), reading_note(typed, shown))

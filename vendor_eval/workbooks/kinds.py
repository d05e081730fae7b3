"""A cell read as the kind of answer that is asked there: exactly, with a note, or refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from openpyxl.styles.numbers import is_date_format

from vendor_eval.errors import nearest, quoted
from vendor_eval.performance import LARGEST, SMALLEST
from vendor_eval.proposal import text, unseen
from vendor_eval.questionnaire import Field, Kind
from vendor_eval.response import Value
from vendor_eval.workbooks import names, notation
from vendor_eval.workbooks.grid import GridCell, plain
from vendor_eval.workbooks.notation import Ambiguous, Amount, cut

PER_CENT = re.compile(r"%.*|per ?cent.*", re.IGNORECASE)
IN_FORMAT = re.compile(r'"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|([$€£¥])')
OR_RANGE = ", or a range such as 10..14"
RANGE = re.compile(r"\s*\.\.\s*")
LIKELY, MOST = 100, 1000
"""Per cent that a cell shown as a percentage may hold unnoted, and at all: a format of per cent
turns a 99.7 that is put into the cell into 9970 %."""


@dataclass(frozen=True)
class Read:
    """What a cell was read as, how, and the currencies that its amount may be in, if it says."""

    value: Value
    note: str = ""
    currencies: frozenset[str] = frozenset()


def read(cell: GridCell, field: Field, *, weighed: bool = False) -> Read:
    """The answer in a cell; raises Ambiguous with what was found and what is allowed.

    `weighed`: whether the rules judge it themselves, so that a number may be a range and what is
    no choice is kept as written.
    """
    if cell.held == "error":
        raise Ambiguous(
            f"found the error {cut(str(cell.value))}; allowed: {allowed(field, weighed)}"
        )
    if cell.held == "nothing":
        formula = f" ={cut(cell.formula)}" if cell.formula else ""
        raise Ambiguous(
            f"found the formula{formula} without its value; open the workbook in a spreadsheet "
            "program and save it, or type the value"
        )
    odd = unseen(str(cell.value))
    if odd is not None:
        raise Ambiguous(f"found the invisible {odd!a}; allowed: printable text")
    if field.kind == "number" and weighed:
        found = _weighed(cell, field)
    elif field.kind == "choice" and weighed:
        found = _weighed_choice(cell, field)
    else:
        found = READERS[field.kind](cell, field)
    return replace(found, note="; ".join(filter(None, [found.note, _formula_note(cell)])))


def _formula_note(cell: GridCell) -> str:
    if cell.formula is None:
        return ""
    shown = f"the formula ={cut(cell.formula)}" if cell.formula else "a formula"
    if re.search(r"\[\d+\]", cell.formula):
        return f"the value kept from {shown}, whose link to another workbook was not followed"
    return f"the value of {shown}"


def per_cent(field: Field) -> bool:
    """Whether a number is asked in per cent."""
    return field.kind == "share" or (
        field.kind == "number" and bool(PER_CENT.fullmatch(field.unit.strip()))
    )


def allowed(field: Field, weighed: bool = False) -> str:
    """What may be answered, for people."""
    if field.kind == "choice":
        return quoted(field.allowed)
    example = "a percentage such as 2.5 %" if per_cent(field) else ALLOWED[field.kind]
    if field.least is not None and field.kind != "count":
        example += f", at least {plain(float(field.least))}"
    return example + (OR_RANGE if weighed and field.kind == "number" else "")


ALLOWED: Mapping[Kind, str] = {
    "text": "text",
    "number": "a number",
    "count": "a whole number, at least 0",
    "money": "an amount",
    "share": "a percentage such as 2.5 %",
    "date": "a date such as 2027-01-31",
    "country": "a country",
    "language": "a language",
}


def _number(cell: GridCell, field: Field) -> Read:
    """A number in the field's unit; a share as a fraction."""
    if cell.held == "text":
        written = _amount(str(cell.value), field)
    elif cell.held == "number":
        written = _native(cell, field)
    else:
        raise Ambiguous(f"found {cut(cell.shown)}; allowed: {allowed(field)}")
    found = cut(cell.shown)
    number, currencies = _in_unit(written, found, field)
    value = float(number / 100 if field.kind == "share" else number)
    whole = field.kind != "count" or (value >= 0 and value.is_integer())
    if not whole or (field.least is not None and number < Decimal(repr(field.least))):
        raise Ambiguous(f"found {found}; allowed: {allowed(field)}")
    return Read(value, _read_as(cell, written, number, field), currencies)


def _read_as(cell: GridCell, written: Amount, number: Decimal, field: Field) -> str:
    """How a number was read, where it is not a number in the form that is asked."""
    shown = plain(float(number)) + (" %" if per_cent(field) else "")
    if cell.held == "text":
        return _other(text(cell.shown), shown)
    if per_cent(field) and not written.percent and number:
        return f"{cell.shown} read as {shown}"
    if written.percent and abs(number) > LIKELY:
        return f"{plain(float(cell.value))}, shown as a percentage, read as {shown}"
    odd = [t for t in _beside(cell) if t not in notation.currencies() and not _same(t, field.unit)]
    return f"shown as {cell.format!r}, read as {shown}" if odd else ""


def _other(found: str, shown: str) -> str:
    """How a text was read; nothing where it was read as what stands there."""
    return "" if found == shown else f"{cut(found)!r} read as {shown}"


def _native(cell: GridCell, field: Field) -> Amount:
    """A number that stands as one, with what its format says of it."""
    if is_date_format(cell.format):
        raise Ambiguous(f"found {cell.shown}, shown as a date; allowed: {allowed(field)}")
    number = Decimal(f"{float(cell.value):.15g}")  # the digits that a spreadsheet holds
    if cell.percent:
        _refuse_doubtful(number, cell, field)
        return Amount(number * 100, percent=True)
    units = [shown for shown in _beside(cell) if shown in notation.currencies()]
    return Amount(number, unit=units[0] if units else "")


def _refuse_doubtful(number: Decimal, cell: GridCell, field: Field) -> None:
    """Raises Ambiguous where a percentage is so large that a hundredth of it may be meant."""
    if per_cent(field) and abs(number) * 100 > MOST:
        raise Ambiguous(
            f"found {cell.shown}, which can mean {cell.shown} or {plain(float(number))} %; write "
            "it with its % sign as text, or type it so that the cell shows what is meant"
        )


def _beside(cell: GridCell) -> list[str]:
    """What the number format shows beside the number: currencies, units, whatever it spells."""
    if cell.format in ("General", "@"):
        return []
    first = re.sub(r"(?:\\[^\d\s])+", _quoted, cell.format.partition(";")[0])
    shown = ["".join(groups).strip() for groups in IN_FORMAT.findall(first)]
    return [found for found in shown if re.search(r"[^\s.,()%-]", found)]


def _quoted(escaped: re.Match[str]) -> str:
    """Characters that a format escapes one by one, as the text in quotes that they mean."""
    return '"' + escaped[0].replace("\\", "") + '"'


def _amount(typed: str, field: Field) -> Amount:
    try:
        return notation.amount(typed)
    except Ambiguous as error:
        if str(error).endswith("allowed: a number"):
            raise Ambiguous(str(error).removesuffix("a number") + allowed(field)) from None
        raise


def _in_unit(written: Amount, found: str, field: Field) -> tuple[Decimal, frozenset[str]]:
    """The number in the field's unit, in per cent for shares, and the currencies it may be in."""
    number = written.number
    if written.percent and not per_cent(field):
        asked = f"a number of {field.unit}" if field.unit else allowed(field)
        raise Ambiguous(f"found the percentage {found}; allowed: {asked}")
    if per_cent(field) and not written.percent and 0 < abs(number) <= 1:
        fraction, points = plain(float(number * 100)), plain(float(number))
        raise Ambiguous(
            f"found {found}, which can mean {points} % or {fraction} %; write it with its % sign"
        )
    if number and not SMALLEST <= abs(number) <= LARGEST:
        size = f"0, or a size from {SMALLEST:g} to {LARGEST:g}"
        raise Ambiguous(f"found {found}, which is too large or too small; allowed: {size}")
    return number, _currencies(written, found, field)


def _currencies(written: Amount, found: str, field: Field) -> frozenset[str]:
    """The currencies that an amount says it is in; none where it says nothing."""
    if not written.unit or _same(written.unit, field.unit):
        return frozenset()
    known = notation.currencies()
    codes = known.get(written.unit) or known.get(written.unit.upper(), frozenset())
    if not codes or (field.kind != "money" and field.unit not in codes):
        asked = f"a number of {field.unit}" if field.unit else f"{allowed(field)} without a unit"
        asked = "an amount" if field.kind == "money" else asked
        raise Ambiguous(f"found {found!r}, with {written.unit!r}; allowed: {asked}")
    return codes


def _same(typed: str, unit: str) -> bool:
    """Whether two units are one, whatever their case and number."""
    return typed.casefold().rstrip("s") == unit.strip().casefold().rstrip("s") != ""


def _weighed(cell: GridCell, field: Field) -> Read:
    """A number, or a range of numbers."""
    if cell.held == "text" and ".." in str(cell.value):
        return _range(cell, field)
    try:
        return _number(cell, field)
    except Ambiguous as error:
        told = str(error)
        raise Ambiguous(told + (OR_RANGE if told.endswith(allowed(field)) else "")) from None


def _range(cell: GridCell, field: Field) -> Read:
    """A range, `low..high` or `low..likely..high`, in plain numbers of the field's unit."""
    found = cut(text(str(cell.value)), 200)
    parts = RANGE.split(found)
    form = "a range such as 10..14 or 10..12..14"
    if len(parts) not in (2, 3):
        raise Ambiguous(f"found {found!r}; allowed: a number, or {form}")
    numbers = [_in_unit(_amount(part, field), found, field)[0] for part in parts]
    if numbers != sorted(numbers):
        raise Ambiguous(f"found {found!r}; allowed: {form}, the lower end first")
    shown = "..".join(plain(float(number)) for number in numbers)
    return Read(shown, _other(found, shown))


def _date(cell: GridCell, field: Field) -> Read:
    if cell.held == "text":
        day = notation.day(text(str(cell.value)))
        return Read(day, _other(text(cell.shown), day.isoformat()))
    moment = cell.moment
    if moment is None or not notation.EARLIEST <= moment.date() <= notation.LATEST:
        raise Ambiguous(f"found {cell.shown}, not shown as a date; allowed: {allowed(field)}")
    timed = moment.time() != datetime.min.time()
    return Read(moment.date(), f"{cell.shown} read as {moment.date()}" if timed else "")


def _text(cell: GridCell, field: Field) -> Read:
    found = text(cell.shown)
    if cell.held == "text":
        return Read(found)
    kind = "number" if cell.held == "number" else "truth value"
    return Read(found, f"the {kind} {found} read as text")


def _choice(cell: GridCell, field: Field) -> Read:
    found = text(cell.shown)
    if found in field.allowed:
        return Read(found)
    alike = _alike(found, field)
    if len(alike) != 1:
        hint = nearest(cut(found), field.allowed)
        raise Ambiguous(f"found {cut(found)!r}{hint}; allowed: {quoted(field.allowed)}, or nothing")
    return Read(alike[0], f"{found!r} read as {alike[0]!r}")


def _weighed_choice(cell: GridCell, field: Field) -> Read:
    """The choice where it is one but for case and spaces; any other text is for the rules."""
    found = text(cell.shown)
    if found not in field.allowed and len(_alike(found, field)) == 1:
        return _choice(cell, field)
    return _text(cell, field)


def _alike(found: str, field: Field) -> list[str]:
    """The choices that are the same but for case and spaces."""
    return [allowed for allowed in field.allowed if _folded(allowed) == _folded(found)]


def _folded(typed: str) -> str:
    return " ".join(typed.split()).casefold()


def _named(find: Callable[[str], str], called: Callable[[str], str]) -> "Reader":
    def read_name(cell: GridCell, field: Field) -> Read:
        found = text(cell.shown)
        try:
            code = find(cut(" ".join(found.split())))
        except ValueError as error:
            raise Ambiguous(str(error)) from None
        name = called(code)
        return Read(code, "" if found == name else f"{found!r} read as {name}")

    return read_name


Reader = Callable[[GridCell, Field], Read]
READERS: Mapping[Kind, Reader] = {
    "text": _text,
    "number": _number,
    "count": _number,
    "money": _number,
    "share": _number,
    "date": _date,
    "choice": _choice,
    "country": _named(names.country, names.country_called),
    "language": _named(names.language, names.language_called),
}
"""How each kind of answer is read."""

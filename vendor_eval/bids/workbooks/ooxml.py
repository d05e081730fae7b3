"""A returned workbook as a `Book`: one pass over each sheet, nothing run and no link followed.

ECMA-376 part 1, section 18 (SpreadsheetML), transitional and strict alike. Values and formulas
are read together: what a formula gave when it was saved is never taken for what somebody typed.
"""

import math
import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from vendor_eval.bids.workbooks import date_formats, limits
from vendor_eval.bids.workbooks.cell_formats import format_codes
from vendor_eval.bids.workbooks.grid import Book, GridCell, Held, Sheet
from vendor_eval.bids.workbooks.package import (
    RELATION,
    STRICT_RELATION,
    Package,
    Unreadable,
    broken,
    whole,
)
from vendor_eval.rules.estimates import WRITTEN

REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
CUSTOM = ("custom-properties", "customproperties")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


def book(content: bytes) -> Book:
    """The workbook in a file; raises Unreadable where it is none, or a trap."""
    package = Package(content)
    main = _main_part(package)
    relations = package.relations(main)
    listed, names, epoch = _workbook(package, main)
    calculated = _calculated(package, main)
    parts = dict(relations.values())
    texts = _texts(package, parts.get("sharedStrings"))
    formats = format_codes(package, parts.get("styles"))
    if len(listed) > limits.SHEETS:
        raise Unreadable(f"found {len(listed)} sheets; allowed: {limits.SHEETS} at most")
    sheets = []
    for name, hidden, relation in listed:
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet":
            reader = _Reader(package, texts, formats, epoch, calculated=calculated)
            sheets.append(reader.sheet(name, hidden, part))
        elif not kind:
            raise broken(f"found the sheet {name!r} listed, but not in the file")
    if not sheets:
        raise Unreadable("found no sheet with cells; allowed: the response workbook, filled in")
    return Book(
        tuple(sheets),
        names,
        _properties(package),
        macros=any(name.lower().endswith("vbaproject.bin") for name in package.names),
        links="externalLink" in parts,
    )


def _main_part(package: Package) -> str:
    mains = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    if len(mains) != 1 or not mains[0].endswith(".xml"):
        raise Unreadable("found a file without a workbook in it; save it as .xlsx")
    return mains[0]


def _workbook(
    package: Package, main: str
) -> tuple[list[tuple[str, bool, str]], dict[str, str], date]:
    """Each sheet's (name, whether hidden, relation), what names stand for, and the epoch."""
    sheets: list[tuple[str, bool, str]] = []
    names: dict[str, str] = {}
    epoch = date(1899, 12, 30)
    for event, tag, element in package.elements(main):
        if event == "start":
            continue
        if tag == "sheet":
            relation = element.get(RELATION) or element.get(STRICT_RELATION) or ""
            hidden = element.get("state", "visible") != "visible"
            sheets.append((element.get("name", ""), hidden, relation))
        elif tag == "definedName":
            names[element.get("name", "")] = element.text or ""
        elif tag == "workbookPr" and element.get("date1904") in ("1", "true"):
            epoch = date(1904, 1, 1)
    seen = [name.casefold() for name, _, _ in sheets]
    if len(set(seen)) != len(seen):
        raise Unreadable("found two sheets of one name; allowed: each name once")
    return sheets, names, epoch


def _calculated(package: Package, main: str) -> bool:
    """Whether the program that saved the workbook says that it calculated its formulas.

    Libraries that cannot calculate store a 0 or an old value and ask for `fullCalcOnLoad`, which
    spreadsheet programs do not. `calcCompleted` is 0 where one saved without calculating (18.2.2).
    """
    for _, tag, element in package.elements(main):
        if tag == "calcPr":
            asks = element.get("fullCalcOnLoad") in ("1", "true")
            return not asks and element.get("calcCompleted") not in ("0", "false")
    return True


def _texts(package: Package, part: str | None) -> list[str]:
    """The texts that cells refer to by their number."""
    texts: list[str] = []
    if part is None:
        return texts
    pieces: list[str] = []
    phonetic = 0
    for event, tag, element in package.elements(part):
        if tag == "rPh":  # how to pronounce it: not part of the text
            phonetic += 1 if event == "start" else -1
        elif event == "start":
            pieces = [] if tag == "si" else pieces
        elif tag == "t" and not phonetic:
            pieces.append(element.text or "")
        elif tag == "si":
            texts.append(_text(pieces))
    return texts


def _text(pieces: list[str]) -> str:
    """The text in pieces, its escaped characters as they are meant."""
    text = "".join(pieces)
    if len(text) > limits.TEXT_LENGTH:
        most = f"{limits.TEXT_LENGTH:,}"
        raise Unreadable(f"found a text of {len(text):,} characters; allowed: {most} at most")
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _properties(package: Package) -> dict[str, str]:
    """The workbook's own properties that are text."""
    parts = [p for kind, p in package.relations("").values() if kind.lower() in CUSTOM]
    properties: dict[str, str] = {}
    for part in parts[:1]:
        if part in package.names:
            name = ""
            for event, tag, element in package.elements(part):
                if event == "start" and tag == "property":
                    name = element.get("name", "")
                elif event == "end" and tag == "lpwstr":
                    properties[name] = element.text or ""
    return properties


class _Reader:
    """Reads one sheet, element by element."""

    def __init__(
        self,
        package: Package,
        texts: list[str],
        formats: list[str],
        epoch: date,
        *,
        calculated: bool,
    ) -> None:
        self.package, self.texts, self.formats, self.epoch = package, texts, formats, epoch
        self.calculated, self.zero_shown = calculated, True
        self.row = self.column = 0
        self.numbered = False
        self.seen: set[tuple[int, int]] = set()
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []

    def sheet(self, name: str, hidden: bool, part: str) -> Sheet:
        """The sheet in a part."""
        held: dict[str, Any] = {}
        phonetic = 0
        for event, tag, element in self.package.elements(part):
            if tag == "rPh":
                phonetic += 1 if event == "start" else -1
            elif event == "start":
                held = self._begin(tag, element, held)
            elif tag in ("v", "f"):
                held[tag] = element.text or ""
            elif tag == "t" and not phonetic:
                held.setdefault("t", []).append(element.text or "")
            elif tag == "c":
                self._cell(element, held)
            elif tag == "sheetView":
                self.zero_shown &= element.get("showZeros") not in ("0", "false")
            elif tag == "mergeCell":
                self.merged.append(_range(element.get("ref", "")))
                if len(self.merged) > limits.MERGED:
                    most = f"{limits.MERGED:,}"
                    raise Unreadable(
                        f"found more than {most} merged ranges in a sheet; allowed: {most} at most"
                    )
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                first, last = whole(element.get("min")), whole(element.get("max"))
                self.hidden_columns.append((first, last))
        return Sheet(
            name,
            self.cells,
            hidden,
            frozenset(self.hidden_rows),
            tuple(self.hidden_columns),
            tuple(self.merged),
        )

    def _begin(self, tag: str, element: Element, held: dict[str, Any]) -> dict[str, Any]:
        """Notes where a row or a cell begins; what the cell holds so far."""
        if tag == "row":
            typed = element.get("r")
            self.row, self.column = (whole(typed) if typed else self.row + 1), 0
            self.numbered = bool(typed)
            if element.get("hidden") in ("1", "true"):
                self.hidden_rows.add(self.row)
        elif tag == "c":
            typed = element.get("r")
            row, self.column = _place(typed) if typed else (self.row, self.column + 1)
            if row != self.row and self.numbered:
                raise broken(f"found the cell {typed} in row {self.row}")
            self.row = row
            return {}
        return held

    def _cell(self, element: Element, held: dict[str, Any]) -> None:
        at = (self.row, self.column)
        if not (1 <= at[0] <= LAST_ROW and 1 <= at[1] <= LAST_COLUMN):
            raise broken(f"found a cell in row {at[0]}, column {at[1]}, which no sheet has")
        if not held:
            return
        if at in self.seen:
            raise broken(f"found the cell in row {at[0]}, column {at[1]} twice")
        self.seen.add(at)
        if len(self.seen) > limits.CELLS:
            most = f"{limits.CELLS:,}"
            raise Unreadable(f"found a sheet with more than {most} cells; allowed: {most} at most")
        kind, value = self._value(element.get("t", "n"), held)
        style = whole(element.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else "General"
        if code == "General" and element.get("t") == "d":
            code = "yyyy-mm-dd"  # a date by its kind, which no style shows otherwise
        if value == 0 and not self.zero_shown:
            code = ";;;"
        cell = GridCell(*at, kind, value, held.get("f"), code, self.epoch)
        if not cell.blank:
            self.cells[at] = cell

    def _value(self, kind: str, held: dict[str, Any]) -> tuple[Held, float | str]:
        """What a cell of one of the file format's kinds holds."""
        typed = held.get("v", "")
        if kind == "inlineStr":
            return "text", _text(held.get("t", []))
        if "f" in held and not self.calculated:
            return "nothing", ""
        if not typed and "f" in held:
            return ("text", "") if kind == "str" and "v" in held else ("nothing", "")
        if not typed:
            return "text", ""
        if kind == "s":
            number = whole(typed)
            if number >= len(self.texts):
                raise broken(f"found a reference to text {number}, which is not in the file")
            return "text", self.texts[number]
        if kind == "n":
            return self._number(typed)
        if kind == "b":
            return "truth", self._truth(typed)
        if kind == "d":
            days = date_formats.days(typed, self.epoch)
            return ("text", _text([typed])) if days is None else ("number", days)
        if kind in ("str", "e"):
            return ("error" if kind == "e" else "text"), _text([typed])
        raise broken(f"found a cell of the kind {kind!r}, which no workbook has")

    def _truth(self, typed: str) -> str:
        if typed not in ("1", "true", "0", "false"):
            raise broken(f"found {typed[:40]!r} in row {self.row} where a truth value belongs")
        return "TRUE" if typed in ("1", "true") else "FALSE"

    def _number(self, typed: str) -> tuple[Held, float]:
        number = float(typed) if WRITTEN.fullmatch(typed) and len(typed) < 40 else math.inf
        if not math.isfinite(number):
            raise broken(f"found {typed[:40]!r} in row {self.row} where a number belongs")
        return "number", number


def _place(typed: str) -> tuple[int, int]:
    match = REFERENCE.fullmatch(typed)
    if not match:
        raise broken(f"found a cell named {typed!r}")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def _range(typed: str) -> tuple[int, int, int, int]:
    first, _, last = typed.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return top, left, bottom, right

"""A returned workbook as a `Book`: one pass over each sheet, nothing run and no link followed.

ECMA-376 part 1, section 18 (SpreadsheetML), transitional and strict alike. Values and formulas
are read together: what a formula gave when it was saved is never taken for what somebody typed.
"""

import math
import re
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Book, GridCell, Held, Sheet
from vendor_eval.bids.workbooks.package import (
    RELATION,
    STRICT_RELATION,
    Package,
    Unreadable,
    broken,
    too_much,
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
    parts = dict(relations.values())
    texts = _texts(package, parts.get("sharedStrings"))
    formats = _formats(package, parts.get("styles"))
    if len(listed) > limits.SHEETS:
        raise too_much("sheets", limits.SHEETS)
    sheets = []
    for name, hidden, relation in listed:
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet":
            sheets.append(_Reader(package, texts, formats, epoch).sheet(name, hidden, part))
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


def _texts(package: Package, part: str | None) -> list[str]:
    """The texts that cells refer to by their number."""
    texts: list[str] = []
    if part is None:
        return texts
    pieces: list[str] = []
    phonetic = plain = 0
    for event, tag, element in package.elements(part):
        if tag == "rPh":  # how to pronounce it: not part of the text
            phonetic += 1 if event == "start" else -1
        elif event == "start":
            pieces, plain = ([], 0) if tag == "si" else (pieces, plain)
        elif tag == "t" and not phonetic:
            pieces.append(element.text or "")
            plain += 1
        elif tag == "r":
            plain -= 1
        elif tag == "si":
            texts.append(_text(pieces, plain))
    return texts


def _text(pieces: list[str], plain: int = 1) -> str:
    """The text in pieces, `plain` of them in no run, its escaped characters as they are meant."""
    if plain > 1:  # of which programs show one or all
        raise broken(f"found {plain} texts in one cell")
    text = "".join(pieces)
    if len(text) > limits.TEXT_LENGTH:
        most = f"{limits.TEXT_LENGTH:,}"
        raise Unreadable(f"found a text of {len(text):,} characters; allowed: {most} at most")
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _formats(package: Package, part: str | None) -> list[str]:
    """The number format of each cell style."""
    codes, used = dict(BUILTIN_FORMATS), []
    if part is None:
        return []
    within = False
    for event, tag, element in package.elements(part):
        if tag == "cellXfs":
            within = event == "start"
        elif event == "end" and tag == "numFmt":
            code = element.get("formatCode", "General")
            if len(code) > limits.FORMAT_LENGTH:
                most = limits.FORMAT_LENGTH
                message = f"found a number format of {len(code)} characters"
                raise Unreadable(f"{message}; allowed: {most} at most")
            codes[_whole(element.get("numFmtId"))] = code
            if len(codes) > limits.FORMATS:
                raise too_much("number formats", limits.FORMATS)
        elif event == "end" and tag == "xf" and within:
            used.append(_whole(element.get("numFmtId", "0")))
    return [codes.get(number, "General") for number in used]


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


def _whole(typed: str | None) -> int:
    if typed is None or not re.fullmatch("[0-9]{1,9}", typed):
        raise broken(f"found {typed!r} inside where a whole number belongs")
    return int(typed)


class _Reader:
    """Reads one sheet, element by element."""

    def __init__(self, package: Package, texts: list[str], formats: list[str], epoch: date) -> None:
        self.package, self.texts, self.formats, self.epoch = package, texts, formats, epoch
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
                held["plain"] = held.get("plain", 0) + 1
            elif tag == "r":
                held["plain"] = held.get("plain", 0) - 1
            elif tag == "c":
                self._cell(element, held)
            elif tag == "mergeCell":
                self.merged.append(_range(element.get("ref", "")))
                if len(self.merged) > limits.MERGED:
                    raise too_much("merged ranges in a sheet", limits.MERGED)
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                first, last = _whole(element.get("min")), _whole(element.get("max"))
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
            self.row, self.column = (_whole(typed) if typed else self.row + 1), 0
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
            raise too_much("cells in a sheet", limits.CELLS)
        kind, value = self._value(element.get("t", "n"), held)
        style = _whole(element.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else "General"
        cell = GridCell(*at, kind, value, held.get("f"), code, self.epoch)
        self.package.count_text(str(value) if kind == "text" else "")
        if not cell.blank:
            self.cells[at] = cell

    def _value(self, kind: str, held: dict[str, Any]) -> tuple[Held, float | str]:
        """What a cell of one of the file format's kinds holds."""
        typed = held.get("v", "")
        if kind == "inlineStr":
            return "text", _text(held.get("t", []), held.get("plain", 0))
        if not typed and "f" in held:
            return ("text", "") if kind == "str" and "v" in held else ("nothing", "")
        if not typed:
            return "text", ""
        if kind == "s":
            number = _whole(typed)
            if number >= len(self.texts):
                raise broken(f"found a reference to text {number}, which is not in the file")
            return "text", self.texts[number]
        if kind == "n":
            return self._number(typed)
        if kind == "b":
            return "truth", self._truth(typed)
        if kind in ("str", "d", "e"):
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

"""A returned workbook as a `Book`: one pass over each sheet, nothing run and no link followed.

ECMA-376 part 1, section 18 (SpreadsheetML), transitional and strict alike. Values and formulas
are read together: what a formula gave when it was saved is never taken for what somebody typed.
"""

import math
from dataclasses import replace
from datetime import date

from vendor_eval.bids.workbooks import date_formats, limits
from vendor_eval.bids.workbooks.cell_formats import format_codes
from vendor_eval.bids.workbooks.comments import comments_on, persons
from vendor_eval.bids.workbooks.conditions import RULE, SheetConditions
from vendor_eval.bids.workbooks.drawings import HEADER_FOOTER, drawn_on, printed_text
from vendor_eval.bids.workbooks.grid import USUAL_WIDTH, Book, GridCell, Held, Marked, Sheet
from vendor_eval.bids.workbooks.hidden import FORMAT, OUTLINE, YES, HiddenLines
from vendor_eval.bids.workbooks.main_part import calculated, listing, main_part_name, properties
from vendor_eval.bids.workbooks.package import (
    Package,
    Unreadable,
    broken,
    place,
    too_much,
    whole,
)
from vendor_eval.bids.workbooks.styles import PLAIN, Look, Styles, cell_styles, unseen
from vendor_eval.bids.workbooks.texts import RichText, TextReader, decoded, shared_texts
from vendor_eval.bids.workbooks.xml_events import Element
from vendor_eval.rules.estimates import WRITTEN

CELL = "worksheet/sheetData/row/c"


def book(content: bytes) -> Book:
    """The workbook in a file; raises Unreadable where it is none, or a trap."""
    package = Package(content)
    main = main_part_name(package)
    relations = package.relations(main)
    listed, names, epoch = listing(package, main)
    trusted = calculated(package, main)
    parts = dict(relations.values())
    texts = shared_texts(package, parts.get("sharedStrings"))
    formats = format_codes(package, parts.get("styles"))
    looks = cell_styles(package, parts.get("styles"), parts.get("theme"))
    people = persons(package, parts.get("person"))
    if len(listed) > limits.SHEETS:
        raise too_much("sheets", limits.SHEETS)
    sheets = []
    for name, hidden, relation in listed:
        kind, part = relations.get(relation, ("", ""))
        if kind == "worksheet":
            reader = _Reader(package, texts, formats, looks, epoch, calculated=trusted)
            read = reader.sheet(name, hidden, part)
            comments, drawn = comments_on(package, part, people), drawn_on(package, part)
            sheets.append(replace(read, comments=comments, drawn=drawn))
        elif not kind:
            raise broken(f"found the sheet {name!r} listed, but not in the file")
    if not sheets:
        raise Unreadable("found no sheet with cells; allowed: the response workbook, filled in")
    return Book(
        tuple(sheets),
        names,
        properties(package),
        macros=any(name.lower().endswith("vbaproject.bin") for name in package.names),
        links="externalLink" in parts,
    )


class _Held:
    """What stands in a cell so far: its value, its formula, its text."""

    def __init__(self) -> None:
        self.value: str | None = None
        self.formula: str | None = None
        self.text: TextReader | None = None

    def met(self, event: str, inside: str, element: Element) -> None:
        """Takes the next element, by its path inside the cell."""
        if inside.startswith("is/"):
            self.text = self.text or TextReader()
            self.text.met(event, inside.removeprefix("is/"), element)
        elif event == "end" and inside == "v":
            self.value = element.text or ""
        elif event == "end" and inside == "f":
            self.formula = element.text or ""

    @property
    def nothing(self) -> bool:
        """Whether the cell has a style alone."""
        return self.value is None and self.formula is None and self.text is None


class _Reader:
    """Reads one sheet, element by element."""

    def __init__(
        self,
        package: Package,
        texts: list[RichText],
        formats: list[str],
        looks: Styles,
        epoch: date,
        *,
        calculated: bool,
    ) -> None:
        self.package, self.texts, self.formats, self.epoch = package, texts, formats, epoch
        self.styles = looks
        self.calculated, self.zero_shown = calculated, True
        self.row = self.column = 0
        self.row_style = "0"
        """How cells look that name no style."""
        self.numbered = False
        self.seen: set[tuple[int, int]] = set()
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.lines = HiddenLines()
        self.merged: list[tuple[int, int, int, int]] = []
        self.printed: list[str] = []
        self.conditions = SheetConditions(looks)

    def sheet(self, name: str, hidden: bool, part: str) -> Sheet:
        """The sheet in a part."""
        held, covered, tables = _Held(), "", 0
        for event, path, element in self.package.elements(part):
            if path == CELL:
                if event == "start":
                    held = self._begin_cell(element)
                else:
                    self._cell(element, held)
            elif path.startswith(CELL):
                held.met(event, path[len(CELL) + 1 :], element)
            elif event == "end":
                if path.startswith(HEADER_FOOTER):
                    self.printed.append(printed_text(element.text))
            elif path == "worksheet/sheetData/row":
                self._begin_row(element)
            elif path == "worksheet/sheetData":
                tables += 1
            elif path == "worksheet/sheetViews/sheetView":
                self.zero_shown &= element.get("showZeros") not in ("0", "false")
            elif path == "worksheet/mergeCells/mergeCell":
                self._merge(element)
            elif path == "worksheet/cols/col":
                self.lines.column(whole(element.get("min")), whole(element.get("max")), element)
            elif path in (FORMAT, OUTLINE):
                self.lines.sheet(path, element)
            elif path == "worksheet/conditionalFormatting":
                covered = element.get("sqref", "")
            elif path.startswith(RULE):
                ranges = map(_range, covered.split())
                self.conditions.rule(path.removeprefix(RULE), element, ranges)
        if tables > 1:
            raise broken("found the cells of a sheet twice")
        self.cells |= self.conditions.marked(self.cells)
        read = Sheet(
            name,
            self.cells,
            hidden,
            self.lines.all_rows(),
            self.lines.all_columns(),
            tuple(self.lines.widths),
            USUAL_WIDTH if self.lines.width is None else self.lines.width,
            tuple(self.merged),
            printed=tuple(dict.fromkeys(filter(None, self.printed))),
        )
        self._mark_repeated(read)
        return read

    def _begin_row(self, element: Element) -> None:
        typed = element.get("r")
        self.row, self.column = (whole(typed) if typed else self.row + 1), 0
        self.numbered = bool(typed)
        self.row_style = element.get("s", "0") if element.get("customFormat") in YES else "0"
        self.lines.row(self.row, element)

    def _begin_cell(self, element: Element) -> _Held:
        typed = element.get("r")
        row, self.column = place(typed) if typed else (self.row, self.column + 1)
        if row != self.row and self.numbered:
            raise broken(f"found the cell {typed} in row {self.row}")
        self.row = row
        return _Held()

    def _merge(self, element: Element) -> None:
        self.merged.append(_range(element.get("ref", "")))
        if len(self.merged) > limits.MERGED:
            raise too_much("merged ranges in a sheet", limits.MERGED)

    def _mark_repeated(self, sheet: Sheet) -> None:
        """Marks what is shown more than once, since its cell has room and is to be filled."""
        for at, cell in self.cells.items():
            if cell.look.repeated and 2 * len(cell.shown) <= sheet.room(*at):
                self.cells[at] = replace(cell, repeated=True)

    def _cell(self, element: Element, held: _Held) -> None:
        at = (self.row, self.column)
        if not (1 <= at[0] <= limits.LAST_ROW and 1 <= at[1] <= limits.LAST_COLUMN):
            raise broken(f"found a cell in row {at[0]}, column {at[1]}, which no sheet has")
        if held.nothing:
            return
        if at in self.seen:
            raise broken(f"found the cell in row {at[0]}, column {at[1]} twice")
        self.seen.add(at)
        if len(self.seen) > limits.CELLS:
            raise too_much("cells in a sheet", limits.CELLS)
        kind, value = self._value(element.get("t", "n"), held)
        style = whole(element.get("s", "0"))
        code = self.formats[style] if style < len(self.formats) else "General"
        if code == "General" and element.get("t") == "d":
            code = "yyyy-mm-dd"  # a date by its kind, which no style shows otherwise
        if value == 0 and not self.zero_shown:
            code = ";;;"
        cell = GridCell(*at, kind, value, held.formula, code, self.epoch)
        self.package.count_text(str(value) if kind == "text" else "")
        if not cell.blank:
            look = self.styles.look(whole(element.get("s", self.row_style)))
            self.cells[at] = self._looking(cell, self._rich(element, held), look)

    def _rich(self, element: Element, held: _Held) -> RichText:
        """The runs of a cell's text; none where it is in one font."""
        kind = element.get("t", "n")
        if kind == "inlineStr" and held.text is not None:
            return held.text.text
        return self.texts[whole(held.value)] if kind == "s" and held.value else RichText("")

    def _looking(self, cell: GridCell, rich: RichText, look: Look) -> GridCell:
        """A cell with what of it is struck out, and what cannot be made out."""
        if look is not PLAIN and look != PLAIN:
            cell = replace(cell, look=look)
        colour = self.styles.palette.of_format(cell.colour) if cell.colour else None
        if colour is not None and not rich.runs:
            look = replace(look, ink=colour, faint=unseen(colour, look.paper))
        if not (rich.runs or look.struck or look.faint):
            return cell
        if rich.runs:
            self.package.count_elements(len(rich.runs))  # once a cell, however few texts there are
            struck, faint = rich.struck(look), rich.faint(look, self.styles.palette)
            cell = replace(cell, shifted=rich.shifted()) if rich.shifted() else cell
        else:
            struck = Marked() if look.struck else None
            faint = Marked() if look.faint else None
        return replace(cell, struck=struck, faint=faint) if struck or faint else cell

    def _value(self, kind: str, held: _Held) -> tuple[Held, float | str]:
        """What a cell of one of the file format's kinds holds."""
        typed = held.value or ""
        if kind == "inlineStr":
            return "text", held.text.text.text if held.text else ""
        if held.formula is not None and not self.calculated:
            return "nothing", ""
        if not typed and held.formula is not None:
            return ("text", "") if kind == "str" and held.value is not None else ("nothing", "")
        if not typed:
            return "text", ""
        if kind == "s":
            number = whole(typed)
            if number >= len(self.texts):
                raise broken(f"found a reference to text {number}, which is not in the file")
            return "text", self.texts[number].text
        if kind == "n":
            return self._number(typed)
        if kind == "b":
            return "truth", self._truth(typed)
        if kind == "d":
            days = date_formats.days(typed, self.epoch)
            return ("text", decoded([typed])) if days is None else ("number", days)
        if kind in ("str", "e"):
            return ("error" if kind == "e" else "text"), decoded([typed])
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


def _range(typed: str) -> tuple[int, int, int, int]:
    first, _, last = typed.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    return top, left, bottom, right

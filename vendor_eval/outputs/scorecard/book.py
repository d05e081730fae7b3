"""The workbook's paper and ink: styles, pages for A4 landscape, safe text, steady bytes."""

import io
import math
import re
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from vendor_eval.bids.workbooks.limits import TEXT_LENGTH
from vendor_eval.outputs.office_files import WRITTEN, steady, xml_text
from vendor_eval.rules.criteria import Criterion

HEADER = 5
"""The row of every sheet's column headings."""
PAGE_WIDTH = 150
"""Characters of column width that stay readable across one A4 landscape page."""
SHEETS = ("Scorecard", "Weights", "Performance", "Values", "Scales", "Gates", "Read me")

INK, MUTED, LEAD, WASH, LINE = "16202C", "5B6775", "0B5CAD", "F2F5F8", "C5CED8"
POINTS, PERCENT, DECIMAL_PLACES = "0.00", "0.0%", "0.000000000"
TEXT = "@"

UNWRAPPED = ("sheet title", "sentence", "section")
COMMENTS = {
    "xl/comments/comment": "xl/comments",
    "xl/drawings/commentsDrawing": "xl/drawings/vmlDrawing",
}
"""How Excel begins the names of a sheet's comment parts, by how openpyxl does."""
FORMULA_LIKE = tuple("=+-@\t\r\n")
ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def new_book(title: str, sheets: Sequence[str] = SHEETS) -> Workbook:
    """An empty workbook with the styles in it, recomputed whenever it is opened."""
    book = Workbook()
    book.remove(book.active)
    for name in sheets:
        book.create_sheet(name)
    for style in _styles():
        book.add_named_style(style)
    book.calculation.fullCalcOnLoad = True
    book.properties.creator = "vendor-eval"
    book.properties.title = safe(title)[:255]
    return book


def _styles() -> list[NamedStyle]:
    rule = Side(style="thin", color=LINE)
    wash = PatternFill("solid", fgColor=WASH)
    top, wrap = {"vertical": "top"}, {"vertical": "top", "wrap_text": True}

    def style(
        name: str, align: Mapping[str, object], *, fill: bool = False, **font: object
    ) -> NamedStyle:
        return NamedStyle(
            name=name,
            font=Font(**{"name": "Calibri", "size": 10.5, "color": INK} | font),
            alignment=Alignment(**align),
            border=Border(bottom=rule) if name not in UNWRAPPED else Border(),
            fill=wash if fill else PatternFill(),
        )

    right, heading = {"horizontal": "right"}, {"size": 10, "bold": True, "color": MUTED}
    return [
        style("sheet title", {"vertical": "center"}, size=15, bold=True),
        style("sentence", {"vertical": "top"}, color=MUTED),
        style("heading", wrap, fill=True, **heading),
        style("heading number", wrap | right, fill=True, **heading),
        style("label", wrap),
        style("label branch", wrap, fill=True, bold=True),
        style("fine print", wrap, size=9, color=MUTED),
        style("fine print branch", wrap, fill=True, size=9, color=MUTED),
        style("fine number", top | right, size=9, color=MUTED),
        style("section", {"vertical": "bottom"}, bold=True, color=MUTED),
        style("typed", top | right, color=LEAD),
        style("typed branch", top | right, fill=True, bold=True, color=LEAD),
        style("typed text", wrap | right, color=LEAD),
        style("computed", top | right),
        style("computed branch", top | right, fill=True, bold=True),
        style("rank", {"vertical": "top", "horizontal": "center"}, bold=True),
        style("result", top | right, bold=True),
    ]


def safe(typed: str) -> str:
    """Text that a workbook can hold: what XML forbids replaced, what Excel would decode escaped."""
    return ESCAPE_LIKE.sub("_x005F_", xml_text(typed))[:TEXT_LENGTH]


def hold(cell: Cell, typed: str) -> None:
    """Puts text into a cell as text, regardless of how it begins."""
    cell._value, cell.data_type = safe(typed), "s"  # `value` would guess a type
    if typed.startswith(FORMULA_LIKE):
        cell.quotePrefix = True


def ref(column: int, row: int | None = None) -> str:
    """A column's letter, or with a row an absolute cell such as $F$5."""
    letter = str(get_column_letter(column))
    return letter if row is None else f"${letter}${row}"


class SheetWriter:
    """A sheet that is written from the top: a title, a sentence, headings, then rows."""

    def __init__(
        self, book: Workbook, name: str, sentence: str, *, title: str | None = None
    ) -> None:
        self.sheet: Worksheet = book[name]
        self.sheet.sheet_view.showGridLines = False
        self.sheet.row_dimensions[1].height = 24
        self.lines: dict[int, int] = {}
        self.text(1, 1, title or name, "sheet title")
        self.text(2, 1, sentence, "sentence")

    def text(
        self, row: int, column: int, typed: str | None, style: str, *, indent: int = 0
    ) -> Cell:
        """Text as text, regardless of how it begins: it never becomes a formula or an error."""
        cell = self.sheet.cell(row, column)
        cell.style = style
        if typed:
            hold(cell, typed)
            if row > HEADER and style not in UNWRAPPED:
                width = self.sheet.column_dimensions[ref(column)].width
                room = 0.82 if style.startswith("fine") else 0.97  # characters of this size
                lines = math.ceil((room * len(typed) + indent) / width)
                self.lines[row] = max(self.lines.get(row, 1), min(lines, 12))
        return cell

    def number(
        self, row: int, column: int, number: float | None, style: str, form: str = "General"
    ) -> Cell:
        """A number that somebody typed; None leaves the cell blank, but styled."""
        cell = self.sheet.cell(row, column)
        cell.style = style
        cell.value, cell.number_format = number, form
        return cell

    def formula(
        self, row: int, column: int, formula: str, style: str, form: str = "General"
    ) -> Cell:
        """A live formula, given without its `=`."""
        cell = self.sheet.cell(row, column, f"={formula}")
        cell.style = style
        cell.number_format = form
        return cell

    def array(self, row: int, column: int, formula: str, style: str) -> Cell:
        """A live formula that walks over ranges, in the form every version of Excel reads."""
        cell = self.sheet.cell(row, column, ArrayFormula(f"{ref(column)}{row}", f"={formula}"))
        cell.style = style
        return cell

    def band(self, row: int, first: int, last: int, style: str = "fine print branch") -> None:
        """Empty cells from one column to another, in one style."""
        for column in range(first, last + 1):
            self.sheet.cell(row, column).style = style

    def node(self, row: int, path: str, criterion: Criterion) -> str:
        """A criterion's label, indented by depth, and its path; the ending of a branch's styles."""
        kind = "" if criterion.is_leaf else " branch"
        indent = min(2 * path.count("."), 12)
        cell = self.text(row, 1, criterion.label, f"label{kind}", indent=indent)
        if indent:
            cell.alignment = Alignment(
                horizontal="left", vertical="top", wrap_text=True, indent=indent
            )
        self.text(row, 2, path, f"fine print{kind}")
        return kind

    def heading(self, column: int, name: str, width: float) -> None:
        """One column of numbers: its name in the header row, its width in characters."""
        self.text(HEADER, column, name, "heading number")
        self.sheet.column_dimensions[ref(column)].width = width

    def headings(self, headings: Mapping[str, float], *, numbers_from: int = 99) -> None:
        """The header row; columns' names and their widths in characters."""
        for column, (heading, width) in enumerate(headings.items(), start=1):
            style = "heading number" if column >= numbers_from else "heading"
            self.text(HEADER, column, heading, style)
            self.sheet.column_dimensions[ref(column)].width = width

    def vendors(self, names: tuple[str, ...], first: int) -> None:
        """One heading a vendor, from a column on."""
        for column, name in enumerate(names, start=first):
            self.heading(column, name, 13)

    def finish(self, *, header_rows: int = 1, fixed_columns: int = 1) -> None:
        """Frozen and repeated headings, and as many A4 landscape pages as it takes to be read."""
        sheet, last = self.sheet, HEADER + header_rows - 1
        sheet.freeze_panes = f"{ref(fixed_columns + 1)}{last + 1}"
        sheet.print_title_rows = f"{HEADER}:{last}"
        sheet.print_title_cols = f"A:{ref(fixed_columns)}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        width = sum(dimension.width for dimension in sheet.column_dimensions.values())
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_setup.fitToWidth = max(1, round(width / PAGE_WIDTH))
        sheet.page_setup.fitToHeight = 0
        sheet.row_dimensions[HEADER].height = self._header_height()
        for row, lines in self.lines.items():  # not every program fits rows to wrapped text
            if lines > 1:
                sheet.row_dimensions[row].height = 14.0 * lines + 1
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"

    def _header_height(self) -> float:
        """Points that the headings need when they wrap in their columns, five lines at most."""
        lines = 1
        for cell in self.sheet[HEADER]:
            width = self.sheet.column_dimensions[ref(cell.column)].width
            lines = max(lines, math.ceil(1.05 * len(str(cell.value or "")) / width))
        return 14.0 * min(lines, 5) + 4


def _called(part: str) -> str:
    """A part's name; those of comments as Excel calls them, since others find them by it."""
    for ours, excels in COMMENTS.items():
        part = part.replace(ours, excels)
    return part


def _linked(part: str, content: bytes) -> bytes:
    """A part's content with the new names of parts that it refers to, as Excel refers to them."""
    if part.startswith("xl/worksheets/_rels/"):
        return _called(content.decode()).replace('="/xl/', '="../').encode()
    return _called(content.decode()).encode() if part == "[Content_Types].xml" else content


def as_bytes(book: Workbook) -> bytes:
    """The workbook as a file, without the time at which it was written."""
    written = io.BytesIO()
    book.save(written)
    book.properties.created = book.properties.modified = WRITTEN  # saving sets the clock's
    core = tostring(book.properties.to_tree())

    def part(name: str, content: bytes) -> tuple[str, bytes]:
        return _called(name), core if name == "docProps/core.xml" else _linked(name, content)

    return steady(written, part)

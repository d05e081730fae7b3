"""The template's sheets: forms and tables, drawn from the questionnaire's data alone."""

from collections.abc import Callable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.bids.workbooks.answers import EVIDENCE, WEIGHED
from vendor_eval.bids.workbooks.asked import allowed, per_cent
from vendor_eval.bids.workbooks.editions import QUESTIONS_MARK
from vendor_eval.bids.workbooks.places import FORM_COLUMNS, LISTS, LISTS_MARK, SENTENCE, heading
from vendor_eval.outputs.scorecard.book import hold, ref
from vendor_eval.outputs.template.layout import height, widths
from vendor_eval.questionnaire.glossary import explanations, glossary_lines
from vendor_eval.questionnaire.sheet import Form, Kind, Question, Table
from vendor_eval.reference.names import listed_countries, listed_languages

FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "number": "General",
    "count": "0",
    "money": "#,##0.00",
    "share": "0.0##%",
    "date": "yyyy-mm-dd",
    "choice": "@",
    "country": "@",
    "language": "@",
    "currency": "@",
    "hours": "@",
    "time_zone": "@",
}
"""The number format of an answer cell of each kind."""


ON_THE_RIGHT = ("number", "count", "money", "share", "date")
INLINE = 255
"""Characters that a drop-down list may have without a separate sheet."""


class Lists:
    """Drop-down lists too long for a cell, on a hidden sheet that is written last."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.columns: dict[tuple[str, ...], int] = {}

    def formula(self, entries: tuple[str, ...]) -> str:
        """What a validation refers to: the list itself, or where it stands."""
        inline = ",".join(entries)
        if len(inline) <= INLINE - 2 and not any(set('",') & set(entry) for entry in entries):
            return f'"{inline}"'
        column = self.columns.setdefault(entries, len(self.columns) + 1)
        letter = ref(column)
        return f"{LISTS}!${letter}$2:${letter}${len(entries) + 1}"

    def write(self, questions: Sequence[str]) -> None:
        """The hidden sheet: the long lists, and last the list of the questions asked."""
        sheet = self.book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        sheet.protection.sheet = True
        hold(sheet.cell(1, 1), LISTS_MARK)
        for entries, column in self.columns.items():
            for row, entry in enumerate(entries, start=2):
                hold(sheet.cell(row, column), entry)
        last = max(len(self.columns), 1) + 1
        for row, entry in enumerate((QUESTIONS_MARK, *questions), start=1):
            hold(sheet.cell(row, last), entry)


def part_sheet(book: Workbook, name: str, parts: Sequence[Form | Table], lists: Lists) -> None:
    """One sheet with its forms and tables, one below the other."""
    sheet: Worksheet = book.create_sheet(name)
    _text(sheet, 1, 1, name, "sheet title")
    # a sheet that the buyer fills in asks a vendor for nothing
    ours = all(field.buyers for part in parts for field in part.fields)
    _text(sheet, 2, 1, "" if ours else SENTENCE, "sentence")
    sheet.row_dimensions[1].height = 24
    for column, width in widths(parts).items():
        sheet.column_dimensions[ref(column)].width = width
    row, header = 4, 0
    for part in parts:
        _text(sheet, row, 1, part.title, "section")
        sheet.row_dimensions[row].height = 20
        if part.about:
            row += 1
            _text(sheet, row, 1, part.about, "sentence")
        header = row + 1
        draw: Callable[..., int] = _form if isinstance(part, Form) else _table
        row = draw(sheet, part, header, lists) + 2
    for n, line in enumerate(glossary_lines(parts), start=row):
        _text(sheet, n, 1, line, "sentence")
    alone = len(parts) == 1
    sheet.freeze_panes = f"{'C' if isinstance(parts[0], Form) else 'B'}{header + 1 if alone else 3}"
    set_up(sheet, title_rows=f"{header}:{header}" if alone else None)


def set_up(sheet: Worksheet, *, title_rows: str | None) -> None:
    """Locked but for its answer cells, and as many A4 landscape pages as it takes."""
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
    # widths and heights are the reader's own business
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.7
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"
    if title_rows:
        sheet.print_title_rows = title_rows


def _form(sheet: Worksheet, form: Form, row: int, lists: Lists) -> int:
    """Draws a form from its header on; its last row."""
    labels = {**FORM_COLUMNS, "id": form.id}
    for column, (name, label) in enumerate(labels.items(), start=1):
        _text(sheet, row, column, label, "fine label" if name == "id" else "heading")
    meanings = explanations(form)
    for n, asked in enumerate(form.fields, start=row + 1):
        weighed = form.id == WEIGHED
        explanation = ". ".join(
            filter(None, [_explanation(asked, weighed), meanings.get(asked.id, "")])
        )
        printed = (asked.id, asked.label, asked.unit, explanation)
        styles = ("fine label", "label", "fine label", "fine label")
        for column, (typed, style) in enumerate(zip(printed, styles, strict=True), start=1):
            _text(sheet, n, column, typed, style)
        _answers(sheet, 5, n, n, asked, lists, weighed=weighed)
        _answers(sheet, 6, n, n, EVIDENCE, lists)
        wide = (sheet.column_dimensions[ref(c)].width for c in range(1, len(printed) + 1))
        sheet.row_dimensions[n].height = height(list(zip(printed, wide, strict=True)))
    return row + len(form.fields)


def _table(sheet: Worksheet, table: Table, row: int, lists: Lists) -> int:
    """Draws a table from its header on; its last row."""
    last = row + table.rows
    _text(sheet, row, 1, table.id, "fine label")
    heads: list[tuple[str, float]] = []
    for column, asked in enumerate(table.fields, start=2):
        _text(sheet, row, column, heading(asked), "heading")
        # headings are in bold, which is wider
        heads.append((heading(asked), sheet.column_dimensions[ref(column)].width * 0.9))
        _answers(sheet, column, row + 1, last, asked, lists)
    for n in range(row + 1, last + 1):
        cell = sheet.cell(n, 1, n - row)
        cell.style = "row number"
        sheet.row_dimensions[n].height = 17
    sheet.row_dimensions[row].height = height(heads)
    return last


def _answers(
    sheet: Worksheet,
    column: int,
    first: int,
    last: int,
    asked: Question,
    lists: Lists,
    *,
    weighed: bool = False,
) -> None:
    """Answer cells for one question, one below the other, with what may be typed into them."""
    style = "answer number" if asked.kind in ON_THE_RIGHT else "answer text"
    for row in range(first, last + 1):
        cell = sheet.cell(row, column)
        cell.style = style
        cell.number_format = "0.0##%" if per_cent(asked) else FORMATS[asked.kind]
    validation = _validation(asked, lists, weighed)
    if validation is not None:
        validation.add(f"{ref(column)}{first}:{ref(column)}{last}")
        sheet.add_data_validation(validation)


def _validation(asked: Question, lists: Lists, weighed: bool) -> DataValidation | None:
    """What a spreadsheet program lets in; None where that is anything."""
    rule = _rule(asked, lists, weighed)
    if rule is None and not asked.help:
        return None
    explanation = _explanation(asked, weighed)
    validation = DataValidation(**(rule or {}), allow_blank=True)
    validation.promptTitle = asked.label[:32]
    validation.prompt = (explanation[:1].upper() + explanation[1:])[:255]
    validation.showInputMessage = bool(asked.help)
    validation.error = f"Allowed: {explanation}"[:225]  # no program shows more
    validation.showErrorMessage = rule is not None and not _free(asked)
    return validation


def _free(asked: Question) -> bool:
    """Whether more may be typed than its list offers: other names, several choices at once."""
    return asked.several or asked.kind in ("country", "language", "currency")


def _rule(asked: Question, lists: Lists, weighed: bool) -> dict[str, str] | None:
    if asked.kind == "choice":
        return {"type": "list", "formula1": lists.formula(asked.offered)} if asked.allowed else None
    if asked.kind == "currency":
        return {"type": "list", "formula1": lists.formula(asked.allowed)} if asked.allowed else None
    if asked.kind == "country":
        return {"type": "list", "formula1": lists.formula(tuple(listed_countries()))}
    if asked.kind == "language":
        return {"type": "list", "formula1": lists.formula(tuple(listed_languages(asked.allowed)))}
    if asked.kind == "count":
        return {"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0"}
    if asked.kind == "date":
        return {"type": "date", "operator": "greaterThanOrEqual", "formula1": "32874"}
    if (asked.kind == "number" and weighed) or FORMATS[asked.kind] == "@":
        return None  # a range is text
    least = "-1E+15"
    if asked.least is not None:
        least = f"{asked.least / (100 if per_cent(asked) else 1):g}"
    return {"type": "decimal", "operator": "between", "formula1": least, "formula2": "1E+15"}


def _explanation(asked: Question, weighed: bool) -> str:
    """What may be answered and how, as it is printed."""
    if asked.kind == "text" and asked.help:
        return asked.help
    if asked.kind == "currency" and asked.allowed:
        return ", ".join(asked.allowed)
    form = ", ".join(asked.offered) if asked.kind == "choice" else allowed(asked, weighed)
    return ". ".join(filter(None, [form, asked.help]))


def _text(sheet: Worksheet, row: int, column: int, typed: str, style: str):  # type: ignore[no-untyped-def]
    cell = sheet.cell(row, column)
    cell.style = style
    if typed:
        hold(cell, typed)
    return cell

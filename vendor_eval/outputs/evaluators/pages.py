"""Sheets that a panel reads and fills in, drawn from the same data as they are read back by."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.bids.workbooks.places import heading
from vendor_eval.bids.workbooks.returned import CARRIED
from vendor_eval.outputs.evaluators.guide import GUIDE
from vendor_eval.outputs.scorecard.book import hold, ref, safe
from vendor_eval.outputs.template.layout import height
from vendor_eval.outputs.template.sheets import set_up
from vendor_eval.outputs.template.template import template_styles
from vendor_eval.panel.workbooks import GUIDE_SHEET, SCALE_SHEET
from vendor_eval.questionnaire.sheet import Form, Table
from vendor_eval.rules.rules import Rules, fingerprint

TALLEST = 220.0
"""Points of the highest row: a spreadsheet program shows no row over 409."""
WIDTHS = {
    **{"vendor": 18, "criterion": 18, "question": 30, "answer": 42, "evidence": 20, "marks": 50},
    **{"spread": 9, "level": 9, "comment": 46, "reason": 34, "present": 16, "shown_at": 26},
    **{"interest": 14, "detail": 46, "mitigation": 14, "decided_by": 22, "asked": 14},
}
ENTERED = (
    *("level", "comment", "reason", "present", "shown_at", "evaluator_note"),
    *("interest", "detail", "mitigation", "decided_by"),
)
"""Columns that people fill in."""


def panel_workbook(rules: Rules, title: str) -> Workbook:
    """An empty workbook with the styles in it and the fingerprint of the rules."""
    book = Workbook()
    book.remove(book.active)
    for style in template_styles():
        book.add_named_style(style)
    book.custom_doc_props.append(StringProperty(name=CARRIED, value=fingerprint(rules)))
    book.properties.creator = "vendor-eval"
    book.properties.title = safe(title)[:255]
    return book


def put(sheet: Worksheet, row: int, column: int, typed: str, style: str) -> Cell:
    """A cell with a text in a style."""
    cell: Cell = sheet.cell(row, column)
    cell.style = style
    if typed:
        hold(cell, typed)
    return cell


def guide_sheet(book: Workbook, rules: Rules) -> None:
    """The page for those who have never seen the tool."""
    sheet = book.create_sheet(GUIDE_SHEET)
    sheet.column_dimensions["A"].width = 110
    put(sheet, 1, 1, rules.title, "sheet title")
    put(sheet, 2, 1, rules.decision, "sentence")
    row = 4
    for title, sentences in GUIDE:
        put(sheet, row, 1, title, "section")
        for n, sentence in enumerate(sentences, start=row + 1):
            put(sheet, n, 1, sentence, "plain")
        row += len(sentences) + 2
    put(sheet, row, 1, f"Rules: {fingerprint(rules)}", "fine print")
    set_up(sheet, title_rows=None)
    sheet.page_setup.fitToHeight = 1


def scale_sheet(book: Workbook, rules: Rules, paths: Sequence[str]) -> None:
    """Each scale that is read, level by level from the best, and the criteria that read it."""
    sheet = book.create_sheet(SCALE_SHEET)
    for letter, width in zip("ABC", (10, 24, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    put(sheet, 1, 1, SCALE_SHEET, "sheet title")
    row = 3
    named = dict.fromkeys(q.scale for p in paths if (q := rules.judged_leaves[p].panel) is not None)
    for name in named:
        labels = [
            leaf.label
            for path, leaf in rules.judged_leaves.items()
            if path in paths and leaf.panel and leaf.panel.scale == name
        ]
        put(sheet, row, 1, ", ".join(labels), "section")
        for column, label in enumerate(("Level", "Called", "Means"), start=1):
            put(sheet, row + 1, column, label, "heading")
        levels = tuple(reversed(rules.scales[name].levels))
        for n, level in enumerate(levels, start=row + 2):
            for column, typed in enumerate((level.level, level.label, level.means), start=1):
                put(sheet, n, column, typed, "label")
            sheet.row_dimensions[n].height = height([(level.means, 100.0)])
        row += len(levels) + 3
    set_up(sheet, title_rows=None)


def form_rows(sheet: Worksheet, form: Form, row: int, given: Mapping[str, str]) -> int:
    """Draws a form from its header on, with what is known filled in; the row after it."""
    for column, label in enumerate((form.id, "Question", "Answer"), start=1):
        put(sheet, row, column, label, "fine label" if column == 1 else "heading")
    for n, asked in enumerate(form.fields, start=row + 1):
        put(sheet, n, 1, asked.id, "fine label")
        put(sheet, n, 2, asked.label, "label")
        sheet.row_dimensions[n].height = height([(asked.label, float(WIDTHS["vendor"]))])
        known = given.get(asked.id, "")
        fixed = asked.id in given
        cell = put(sheet, n, 3, known, "label" if fixed else "answer text")
        if asked.kind == "date":
            cell.number_format = "yyyy-mm-dd"
    return row + len(form.fields) + 2


def table_lines(
    sheet: Worksheet,
    table: Table,
    row: int,
    lines: Sequence[Mapping[str, str]],
    choices: Mapping[int, Sequence[str]],
) -> None:
    """Draws a table from its header on; `choices`: the levels of each line, by its position."""
    put(sheet, row, 1, table.id, "fine label")
    sheet.column_dimensions["A"].width = 12
    columns = {asked.id: n for n, asked in enumerate(table.fields, start=2)}
    for asked in table.fields:
        column = columns[asked.id]
        put(sheet, row, column, heading(asked), "heading")
        sheet.column_dimensions[ref(column)].width = WIDTHS[asked.id]
    sheet.row_dimensions[row].height = 34
    validations: dict[tuple[str, ...], DataValidation] = {}
    for n, line in enumerate(lines, start=row + 1):
        put(sheet, n, 1, str(n - row), "row number")
        for id, column in columns.items():
            style = "answer text" if id in ENTERED else "fine label" if id == "asked" else "label"
            put(sheet, n, column, line.get(id, ""), style).number_format = "@"
        if "level" in columns:
            codes = tuple(choices[n - row - 1])
            known = validations.setdefault(codes, _levels(codes))
            known.add(f"{ref(columns['level'])}{n}")
        for asked in table.fields:
            if asked.allowed:
                known = validations.setdefault(asked.allowed, _levels(asked.allowed))
                known.add(f"{ref(columns[asked.id])}{n}")
        texts = [(line.get(id, ""), float(WIDTHS[id])) for id in columns]
        sheet.row_dimensions[n].height = min(height(texts, 34.0), TALLEST)
    for validation in validations.values():
        sheet.add_data_validation(validation)
    sheet.freeze_panes = f"D{row + 1}"
    set_up(sheet, title_rows=f"{row}:{row}")


def _levels(codes: tuple[str, ...]) -> DataValidation:
    """A drop-down list of levels; a mark that is none of them is refused when it is read."""
    inline = ",".join(codes)
    listed = len(inline) < 250 and not any(set('",') & set(code) for code in codes)
    rule = {"type": "list", "formula1": f'"{inline}"'} if listed else {}
    validation = DataValidation(**rule, allow_blank=True)
    validation.error = f"Allowed: {', '.join(codes)}"[:225]
    validation.showErrorMessage = listed
    return validation

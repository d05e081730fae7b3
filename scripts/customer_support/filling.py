"""A response workbook filled in: the template, with answers where the vendor would type them."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.bids.workbooks.places import heading
from vendor_eval.outputs.office_files import PACKED
from vendor_eval.outputs.scorecard.book import hold
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.security import CONTROLS
from vendor_eval.questionnaire.sheet import Form, Table
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.request import questionnaire

NBSP = "\u00a0"
Forms = Mapping[str, Mapping[str, Any]]
Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def controls(**others: str) -> dict[str, Any]:
    """Answers on controls: yes with a document named, except for those given."""
    given = {field.id: others.get(field.id, "yes") for field in CONTROLS.fields}
    return {
        id: (answer, f"Control report, section {n}" if answer == "yes" else None)
        for n, (id, answer) in enumerate(given.items(), start=1)
    }


def filled(rules: Rules, vendor: str, forms: Forms, tables: Tables) -> Workbook:
    """The template for these rules, filled in by a vendor."""
    asked, known = questionnaire(rules), every_question(rules)
    questions = {f"{form}.{id}" for form, answers in forms.items() for id in answers}
    if unknown := questions - known.questions:
        raise ValueError(f"found {sorted(unknown)}; allowed: {sorted(known.questions)}")
    book = workbook(asked, rules)
    typed(beside(book["Read me"], "Vendor"), vendor)
    for part in asked.parts:
        if isinstance(part, Form):
            _fill_form(book[part.sheet], part, forms.get(part.id, {}))
        else:
            _fill_table(book[part.sheet], part, tables.get(part.id, ()))
    return book


def typed(cell: Cell, value: Any) -> None:
    """Puts what a person typed into a cell: text as text, numbers and dates as they are."""
    if isinstance(value, str):
        hold(cell, value)
    else:
        cell.value = value


def beside(sheet: Worksheet, label: str) -> Cell:
    """The cell to the right of the one that begins with this text."""
    [found] = [c for row in sheet.iter_rows() for c in row if str(c.value or "").startswith(label)]
    return sheet.cell(found.row, found.column + 1)


def answer_cell(sheet: Worksheet, id: str) -> Cell:
    """The answer cell of a form's question."""
    [found] = [row[0] for row in sheet.iter_rows(max_col=1) if row[0].value == id]
    return sheet.cell(found.row, 5)


def _fill_form(sheet: Worksheet, form: Form, answers: Mapping[str, Any]) -> None:
    asked = {field.id for field in form.fields}
    for id, told in answers.items():
        if id not in asked:
            continue  # known, as `filled` makes sure, and not asked under these rules
        cell = answer_cell(sheet, id)
        answer, evidence = told if isinstance(told, tuple) else (told, None)
        typed(cell, answer)
        if evidence:
            typed(sheet.cell(cell.row, cell.column + 1), evidence)


def _fill_table(sheet: Worksheet, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    [header] = [row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == table.id]
    labels = {heading(field): field.id for field in table.fields}
    columns = {labels[c.value]: c.column for c in sheet[header] if c.value in labels}
    for n, row in enumerate(rows, start=header + 1):
        for id, value in row.items():
            if id in columns:
                typed(sheet.cell(n, columns[id]), value)


def unlocked(book: Workbook) -> None:
    """Takes the locks off, as somebody does who moves cells about."""
    book.security = None
    for sheet in book.worksheets:
        sheet.protection.sheet = False


def with_formula(content: bytes, marker: float, formula: str) -> bytes:
    """The workbook with a formula, and the value it was stored with, where a marker stands.

    openpyxl writes formulas without their values, which spreadsheet programs do not.
    """
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=PACKED)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                value = f"<v>{marker:g}</v>"
                text = re.sub(re.escape(value).encode(), f"<f>{formula}</f>{value}".encode(), text)
            packed.writestr(part, text)
    return target.getvalue()

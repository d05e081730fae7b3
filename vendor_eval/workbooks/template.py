"""The response workbook that is sent out: what is asked, with nothing of how it is judged."""

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.excel.book import INK, LEAD, LINE, MUTED, WASH, as_bytes, hold, safe
from vendor_eval.questionnaire import Questionnaire
from vendor_eval.request import questionnaire
from vendor_eval.rules import Rules, fingerprint
from vendor_eval.workbooks.editions import VERSION, listed
from vendor_eval.workbooks.returned import CARRIED, READ_ME, VENDOR_LABEL
from vendor_eval.workbooks.sheets import Lists, part_sheet, set_up

ANSWER_FILL = "FFFBEA"
STEPS = (
    "Write your company's name into the coloured cell above.",
    "Answer on the other sheets, in the coloured cells. Everything else is locked.",
    (
        "Numbers are numbers: no currency, no unit and no text in their cells. "
        "Percentages carry their % sign."
    ),
    "A cell left blank means that you give no answer. “N/A” and “No” are answers.",
    "Columns marked * must be filled in on every row that you use. Leave the other rows empty.",
    "Keep the sheets, the columns and the ids as they are: the workbook is read by a program.",
    "Save as .xlsx, without a password and without macros, and return one workbook.",
)
"""What a vendor is told to do."""


def template(rules: Rules) -> bytes:
    """The workbook for a vendor's response: the same bytes for the same rules."""
    return as_bytes(workbook(questionnaire(rules), rules))


def workbook(asked: Questionnaire, rules: Rules) -> Workbook:
    """The workbook that asks this questionnaire under these rules."""
    book = Workbook()
    book.remove(book.active)
    for style in _styles():
        book.add_named_style(style)
    _read_me(book, asked, rules)
    lists = Lists(book)
    for name in asked.sheets:
        part_sheet(book, name, [part for part in asked.parts if part.sheet == name], lists)
    lists.write(listed(asked))
    for name, mark in ((CARRIED, fingerprint(rules)), (VERSION, asked.version)):
        book.custom_doc_props.append(StringProperty(name=name, value=mark))
        book.defined_names.add(DefinedName(name, attr_text=f'"{mark}"', hidden=True))
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "vendor-eval"
    book.properties.title = safe(rules.title)[:255]
    return book


def _read_me(book: Workbook, asked: Questionnaire, rules: Rules) -> None:
    sheet: Worksheet = book.create_sheet(READ_ME)
    for column, width in (("A", 4), ("B", 22), ("C", 96)):
        sheet.column_dimensions[column].width = width
    _put(sheet, "B1", rules.title, "sheet title")
    _put(sheet, "B2", rules.decision, "sentence")
    _put(sheet, "B4", VENDOR_LABEL, "label strong")
    name = sheet["C4"]
    name.style = "answer name"
    sheet.row_dimensions[4].height = 24
    _put(sheet, "B6", "What to do", "section")
    for n, step in enumerate(STEPS, start=1):
        _put(sheet, f"B{6 + n}", f"{n}.", "number of a step")
        _put(sheet, f"C{6 + n}", step, "plain")
        sheet.row_dimensions[6 + n].height = 30 if len(step) > 96 else 16
    row = 8 + len(STEPS)
    _put(sheet, f"B{row}", "Sheets", "section")
    for n, name_of_sheet in enumerate(asked.sheets, start=1):
        titles = [part.title for part in asked.parts if part.sheet == name_of_sheet]
        _put(sheet, f"B{row + n}", name_of_sheet, "plain")
        _put(sheet, f"C{row + n}", ", ".join(titles), "plain")
    row += len(asked.sheets) + 2
    _put(sheet, f"B{row}", "Rules", "fine print")
    _put(sheet, f"C{row}", fingerprint(rules), "fine print")
    set_up(sheet, title_rows=None)


def _put(sheet: Worksheet, at: str, typed: str, style: str) -> None:
    sheet[at].style = style
    hold(sheet[at], typed)


def _styles() -> list[NamedStyle]:
    rule = Side(style="thin", color=LINE)
    box = Border(left=rule, right=rule, top=rule, bottom=rule)
    wrap = {"vertical": "top", "wrap_text": True}

    def style(
        name: str, align: dict[str, object], fill: str | None = None, **font: object
    ) -> NamedStyle:
        answer = name.startswith("answer")
        ruled = name in ("heading", "label", "fine label", "row number")
        return NamedStyle(
            name=name,
            font=Font(**{"name": "Calibri", "size": 10.5, "color": INK} | font),
            alignment=Alignment(**align),
            border=box if answer else Border(bottom=rule) if ruled else Border(),
            fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
            protection=Protection(locked=not answer),
        )

    return [
        style("sheet title", {"vertical": "center"}, size=15, bold=True),
        style("sentence", {"vertical": "top"}, color=MUTED),
        style("section", {"vertical": "bottom"}, bold=True, size=12, color=LEAD),
        style("plain", wrap),
        style("number of a step", {"vertical": "top", "horizontal": "right"}, color=MUTED),
        style("label strong", {"vertical": "center"}, bold=True),
        style("heading", wrap, WASH, size=10, bold=True, color=MUTED),
        style("label", wrap),
        style("fine label", wrap, size=9, color=MUTED),
        style("row number", {"vertical": "top", "horizontal": "left"}, size=9, color=MUTED),
        style("fine print", {"vertical": "top"}, size=9, color=MUTED),
        style("answer text", wrap | {"horizontal": "left", "indent": 1}, ANSWER_FILL, color=LEAD),
        style(
            "answer name",
            {"vertical": "center", "horizontal": "left", "indent": 1},
            ANSWER_FILL,
            size=12,
            color=LEAD,
        ),
        style(
            "answer number",
            {"vertical": "top", "horizontal": "right", "indent": 1},
            ANSWER_FILL,
            color=LEAD,
        ),
    ]

"""The response workbook that is sent out: what is asked, with nothing of how it is judged."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from vendor_eval.bids.workbooks.editions import VERSION, listed
from vendor_eval.bids.workbooks.returned import CARRIED
from vendor_eval.outputs.scorecard.book import INK, LEAD, LINE, MUTED, WASH, as_bytes, safe
from vendor_eval.outputs.template.read_me import read_me_sheet
from vendor_eval.outputs.template.sheets import Lists, part_sheet
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.rules.stage import stage_rules
from vendor_eval.tender.request import envelope_questionnaire, questionnaire

ANSWER_FILL = "FFFBEA"


def response_template(rules: Rules) -> bytes:
    """The workbook for a vendor's response: the same bytes for the same rules."""
    return as_bytes(workbook(questionnaire(rules), rules))


def envelope_template(rules: Rules, id: str) -> bytes:
    """The workbook for one of two envelopes; what the rules have a price for is in the last."""
    return as_bytes(workbook(envelope_questionnaire(rules, id), stage_rules(rules, id)))


def templates(rules: Rules, out: Path) -> dict[Path, Callable[[], bytes]]:
    """What makes each workbook, by where it goes: one, or one for each envelope.

    A name without an ending is given that of a workbook.
    """
    out = out if out.suffix or out.exists() else out.with_suffix(".xlsx")
    if not rules.envelopes:
        return {out: partial(response_template, rules)}
    return {
        out.with_name(f"{out.stem}-{each.id}{out.suffix}"): partial(
            envelope_template, rules, each.id
        )
        for each in rules.envelopes
    }


def workbook(asked: Questionnaire, rules: Rules) -> Workbook:
    """The workbook that asks this questionnaire under these rules."""
    book = Workbook()
    book.remove(book.active)
    for style in template_styles():
        book.add_named_style(style)
    read_me_sheet(book, asked, rules)
    lists = Lists(book)
    for name in asked.sheets:
        part_sheet(book, name, [part for part in asked.parts if part.sheet == name], lists)
    lists.write(listed(asked))
    for name, mark in ((CARRIED, fingerprint(rules)), (VERSION, asked.version)):
        book.custom_doc_props.append(StringProperty(name=name, value=mark))
        book.defined_names.add(DefinedName(name, attr_text=f'"{mark}"', hidden=True))
    book.calculation.fullCalcOnLoad = False  # or a program that keeps it says it never calculated
    book.security = WorkbookProtection(lockStructure=True)
    book.properties.creator = "vendor-eval"
    book.properties.title = safe(rules.title)[:255]
    return book


def template_styles() -> list[NamedStyle]:
    """The styles of workbooks that are sent out to be filled in."""
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
        style("label strong", {"vertical": "center"}, bold=True),
        style("heading", wrap, WASH, size=10, bold=True, color=MUTED),
        style("label", wrap),
        style("fine label", wrap, size=10, color=MUTED),
        style("row number", {"vertical": "top", "horizontal": "left"}, size=10, color=MUTED),
        style("fine print", {"vertical": "top"}, size=10, color=MUTED),
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

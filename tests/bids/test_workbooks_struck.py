"""What is struck out is a fault at its cell, however it is struck out; elsewhere it is a note."""

import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from make import examples
from make.marks import Parts, cell_tag, in_font, replaced, styled, with_text
from make.response_books import (
    ASKED,
    FILLED,
    filled,
    patched,
    read,
    saved,
    sheet_part,
    values,
    with_cell,
    with_shared_texts,
)
from vendor_eval.bids.decisions import Correction
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.request import questionnaire

WHOLE = saved(filled())
PRICING, ANSWERS = (sheet_part(filled(), name) for name in ("Pricing", "Answers"))
PRICE = "Beta.xlsx!Pricing!D7"
STRUCK = "found '48000', which is struck out; allowed: an answer that is not struck out, or a blank"
PARTS = (
    "found '140 120', of which '140' is struck out and '120' is not; allowed: one answer, with "
    "nothing struck out"
)
RUNS = "<r><rPr><strike/></rPr><t>140</t></r><r><rPr><strike val='0'/></rPr><t> 120</t></r>"


def faults_at(content: bytes, place: str = PRICE) -> list[str]:
    """What is wrong at a place, where nothing else is wrong."""
    bid, faults = read(content)
    assert bid is not None
    assert {fault.place for fault in faults} <= {place}
    if faults:
        assert values(bid) == {at: v for at, v in FILLED.items() if at != ("lines", 1, "price")}
    return [fault.message for fault in faults]


@pytest.mark.parametrize("mark", ["<strike/>", '<strike val="1"/>', '<strike val="true"/>'])
def test_a_cell_in_a_font_that_strikes_out_is_a_fault(mark: str) -> None:
    [message] = faults_at(in_font(WHOLE, PRICING, "D7", mark))
    assert message == f"{STRUCK} cell"


@pytest.mark.parametrize("mark", ['<strike val="0"/>', '<strike val="false"/>', "<b/>"])
def test_a_font_that_does_not_strike_out_is_no_fault(mark: str) -> None:
    assert faults_at(in_font(WHOLE, PRICING, "D7", mark)) == []


def test_a_named_style_strikes_out_the_cells_that_name_no_font_of_their_own() -> None:
    def change(parts: Parts) -> None:
        style = styled(parts, "<strike/>")
        text = parts["xl/styles.xml"].decode()
        font = re.findall(r'fontId="(\d+)"', text)[-1]
        last = re.findall(r"<cellXfs.*(<xf [^>]*/>)</cellXfs>", text, re.DOTALL)[0]
        named = text.count("<xf ", 0, text.index("</cellStyleXfs>"))
        own = f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="0"/>'
        replaced(parts, "xl/styles.xml", "</cellStyleXfs>", f"{own}</cellStyleXfs>")
        replaced(parts, "xl/styles.xml", last, f'<xf numFmtId="0" xfId="{named}"/>')
        tag = cell_tag(parts, PRICING, "D7")
        replaced(parts, PRICING, tag, re.sub(r's="\d+"', f's="{style}"', tag))

    [message] = faults_at(patched(WHOLE, change))
    assert message.startswith(STRUCK)


def test_a_row_strikes_out_the_cells_that_name_no_style() -> None:
    def change(parts: Parts) -> None:
        style = styled(parts, "<strike/>")
        replaced(parts, PRICING, '<row r="7"', f'<row r="7" s="{style}" customFormat="1"')
        tag = cell_tag(parts, PRICING, "D7")
        replaced(parts, PRICING, tag, re.sub(r' s="\d+"', "", tag))

    [message] = faults_at(patched(WHOLE, change))
    assert message.startswith(STRUCK)


def test_a_condition_that_may_strike_out_is_a_fault() -> None:
    def change(parts: Parts) -> None:
        format = "<dxf><font><b/></font></dxf><dxf><font><strike/></font></dxf>"
        styles = re.sub(r"<dxfs[^>]*?(/>|>.*?</dxfs>)", "", parts["xl/styles.xml"].decode())
        parts["xl/styles.xml"] = styles.replace(
            "</cellStyles>", f'</cellStyles><dxfs count="2">{format}</dxfs>'
        ).encode()
        rule = '<cfRule type="expression" dxfId="{}" priority="1"><formula>1</formula></cfRule>'
        bold = f'<conditionalFormatting sqref="A1:H9">{rule.format(0)}</conditionalFormatting>'
        struck = f'<conditionalFormatting sqref="B99 D7">{rule.format(1)}</conditionalFormatting>'
        replaced(parts, PRICING, "</sheetData>", f"</sheetData>{bold}{struck}")

    [message] = faults_at(patched(WHOLE, change))
    assert message.startswith("found '48000', which a conditional format may strike out or show")


@pytest.mark.parametrize("shared", [False, True])
def test_a_text_that_is_struck_out_in_part_is_a_fault_that_shows_both_parts(shared: bool) -> None:
    content = with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{RUNS}</is>")
    assert faults_at(with_shared_texts(content) if shared else content) == [PARTS]


def test_a_run_without_a_font_is_shown_in_its_cells_font() -> None:
    runs = "<r><t>140</t></r><r><rPr><b/></rPr><t> 120</t></r>"
    content = with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>")
    assert faults_at(in_font(content, PRICING, "D7", "<strike/>")) == [PARTS]


def test_a_struck_space_between_words_withdraws_nothing() -> None:
    runs = "<r><t>48</t></r><r><rPr><strike/></rPr><t> </t></r><r><t>000</t></r>"
    content = with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>")
    assert faults_at(content) == []


def test_the_vendors_name_struck_out_leaves_the_workbook_without_one() -> None:
    bid, [fault] = read(in_font(WHOLE, sheet_part(filled(), "Read me"), "C4", "<strike/>"))
    assert bid is None
    assert str(fault).startswith("Beta.xlsx!Read me!C4: found 'Beta', which is struck out")


def test_a_struck_label_is_a_note_and_changes_no_answer() -> None:
    bid, faults = read(in_font(WHOLE, ANSWERS, "B6", "<strike/>"))
    assert bid is not None
    assert (faults, values(bid)) == ([], FILLED)
    assert bid.notes == ("Beta.xlsx!Answers: cell B6 is struck out, and not read as an answer",)


def test_more_conditions_than_anybody_writes_are_refused() -> None:
    rule = '<cfRule dxfId="0"/>'
    ranges = " ".join(["A1:H9"] * 101)
    wild = f'<conditionalFormatting sqref="{ranges}">{rule}</conditionalFormatting>'
    content = with_text(WHOLE, PRICING, "</sheetData>", f"</sheetData>{wild}")
    assert faults_at(content) == []  # which strikes nothing out

    def struck(parts: Parts) -> None:
        styles = re.sub(r"<dxfs[^>]*?(/>|>.*?</dxfs>)", "", parts["xl/styles.xml"].decode())
        format = "<dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>"
        parts["xl/styles.xml"] = styles.replace("</styleSheet>", format).encode()

    bid, [fault] = read(patched(content, struck))
    assert bid is None
    assert "more than 100 ranges in a sheet that a condition strikes out" in fault.message


EXAMPLE = Path(__file__).parents[2] / "data" / "customer-support"
AURORA = EXAMPLE / "proposals" / "Aurora Service.xlsx"


def cells_of(content: bytes) -> list[tuple[str, str, str]]:
    """The sheet, part and name of every cell that holds anything, without the hidden lists."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [n for n in parts.namelist() if n.startswith("xl/worksheets/sheet")]
        texts = {name: parts.read(name).decode() for name in names}
    book = load_workbook(io.BytesIO(content))
    by_part = {sheet_part(book, name): name for name in book.sheetnames if name != "Lists"}
    return [
        (by_part[part], part, at)
        for part, text in sorted(texts.items())
        for at in re.findall(r'<c r="([A-Z]+\d+)"[^>]*[^/]>', text)
        if part in by_part
    ]


CONTENT = AURORA.read_bytes()
CELLS = cells_of(CONTENT)
RULES = read_rules(EXAMPLE)


@examples(quick=20, further=120)
@given(st.sampled_from(CELLS), st.sampled_from(["<strike/>", "<strike/><b/>"]))
def test_any_cell_of_the_example_struck_out_is_a_fault_there_or_a_note(
    cell: tuple[str, str, str], font: str
) -> None:
    sheet, part, at = cell
    bid, faults = response(
        in_font(CONTENT, part, at, font), "A.xlsx", questionnaire(RULES), every_question(RULES)
    )
    place = f"A.xlsx!{sheet}!{at}"
    assert [f.place for f in faults if "which is struck out" in f.message] in ([place], [])
    if not any(fault.place == place for fault in faults):
        assert bid is not None
        note = f"A.xlsx!{sheet}: cell {at} is struck out, and not read as an answer"
        assert note in bid.notes


def test_the_buyer_may_correct_what_is_struck_out_in_part_to_what_its_vendor_meant() -> None:
    content = with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{RUNS}</is>")
    said = {"kind": "correction", "vendor": "Beta", "at": PRICE, "found": "140 120", "value": 120}
    signed = {"by": "A", "approved_by": "B", "on": date(2026, 11, 24), "reason": "old"}
    correction = Correction.model_validate(said | signed | {"ground": "reading"})
    bid, faults = response(content, "Beta.xlsx", ASKED, corrections={PRICE: correction})
    assert bid is not None
    assert (faults, bid.notes) == ([], ())
    assert bid.corrected == {PRICE: (PRICE, "140 120")}
    assert bid.rows("lines")[1]["price"].value == 120


def test_one_text_of_many_runs_in_many_cells_is_refused() -> None:
    def change(parts: Parts) -> None:
        run = "<r><rPr><strike/></rPr><t>a</t></r><r><t>b</t></r>"
        replaced(parts, "xl/sharedStrings.xml", "</sst>", f"<si>{run * 1_000}</si></sst>")
        last = parts["xl/sharedStrings.xml"].decode().count("<si>") - 1
        rows = "".join(f'<row><c t="s"><v>{last}</v></c></row>' for _ in range(300))
        replaced(parts, PRICING, "</sheetData>", f"{rows}</sheetData>")

    bid, [fault] = read(patched(with_shared_texts(WHOLE), change))
    assert bid is None
    assert "found more than 500,000 cells and marks" in fault.message

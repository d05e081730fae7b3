"""Footnote marks, tiny text, drawings and printed words are faults or notes, never silent."""

import re

import pytest

from make.marks import Parts, in_font, replaced
from make.response_books import filled, patched, read, saved, sheet_part, with_cell
from vendor_eval.bids.workbooks.drawings import printed_text

WHOLE = saved(filled())
PRICING = sheet_part(filled(), "Pricing")


def said(content: bytes) -> tuple[list[str], list[str]]:
    """Faults' messages and notes."""
    bid, faults = read(content)
    assert bid is not None
    return [fault.message for fault in faults], list(bid.notes)


@pytest.mark.parametrize("mark", ["superscript", "subscript"])
def test_the_mark_of_a_footnote_is_no_digit_of_the_price(mark: str) -> None:
    runs = f'<r><t>2190</t></r><r><rPr><vertAlign val="{mark}"/></rPr><t>2</t></r>'
    [message], _ = said(with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>"))
    assert message == (
        "found '21902', of which '2' is raised or lowered, as the mark of a footnote is; "
        "allowed: the answer alone"
    )


def test_an_answer_that_is_raised_whole_is_read() -> None:
    runs = '<r><rPr><vertAlign val="superscript"/></rPr><t>48000</t></r>'
    assert said(with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>"))[0] == []


def test_a_digit_too_small_to_be_seen_is_no_digit_of_the_price() -> None:
    runs = '<r><rPr><sz val="11"/></rPr><t>2190</t></r><r><rPr><sz val="1"/></rPr><t>0</t></r>'
    [message], _ = said(with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>"))
    assert "of which '0' has the colour of its background or is too small" in message


def test_a_price_in_a_font_too_small_to_be_seen_is_said_to_be_hidden() -> None:
    faults, notes = said(in_font(WHOLE, PRICING, "D7", '<sz val="1"/>'))
    assert faults == []
    assert notes == ["Beta.xlsx!Pricing: cell D7 is hidden by colour or size, and read"]


def test_a_conditional_format_that_may_show_another_number_is_a_fault() -> None:
    def change(parts: Parts) -> None:
        dxf = '<dxf><numFmt numFmtId="200" formatCode="&quot;9&quot;0"/></dxf>'
        assert b"<dxfs" not in parts["xl/styles.xml"]
        replaced(parts, "xl/styles.xml", "</styleSheet>", f"<dxfs>{dxf}</dxfs></styleSheet>")
        rule = '<cfRule type="cellIs" dxfId="0" priority="1" operator="greaterThan">'
        rule += "<formula>0</formula></cfRule>"
        under = f'</sheetData><conditionalFormatting sqref="D7">{rule}</conditionalFormatting>'
        replaced(parts, PRICING, "</sheetData>", under)

    [message], _ = said(patched(WHOLE, change))
    assert "a conditional format may strike out or show in another way" in message


def test_what_a_text_box_says_is_quoted_as_not_read() -> None:
    words = "All prices in thousands of EUR"

    def change(parts: Parts) -> None:
        main = "http://schemas.openxmlformats.org/drawingml/2006/main"
        space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        parts["xl/drawings/drawing9.xml"] = (
            f'<xdr:wsDr xmlns:xdr="{space}" xmlns:a="{main}"><xdr:twoCellAnchor><xdr:sp>'
            f"<xdr:txBody><a:p><a:r><a:t>{words}</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
            "</xdr:twoCellAnchor></xdr:wsDr>"
        ).encode()
        folder, _, name = PRICING.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        link = f'<Relationship Id="rId99" Type="{office}/drawing" '
        link += 'Target="../drawings/drawing9.xml"/></Relationships>'
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        empty = f'<Relationships xmlns="{package}"></Relationships>'.encode()
        parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", link.encode())

    faults, notes = said(patched(WHOLE, change))
    assert faults == []
    [note] = notes
    assert note.startswith("Beta.xlsx!Pricing: it holds drawings")
    assert repr(words) in note


def test_what_is_printed_around_a_sheet_is_quoted_where_it_has_words() -> None:
    def change(parts: Parts) -> None:
        text = parts[PRICING].decode()
        bare = re.sub(r"<headerFooter.*?</headerFooter>", "", text, flags=re.DOTALL)
        footer = "<headerFooter><oddFooter>&amp;LPrices in kEUR&amp;R&amp;P / &amp;N</oddFooter>"
        parts[PRICING] = bare.replace(
            "</worksheet>", f"{footer}</headerFooter></worksheet>"
        ).encode()

    _, notes = said(patched(WHOLE, change))
    assert notes == [
        "Beta.xlsx!Pricing: its header or footer says 'Prices in kEUR /', which was not read"
    ]


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("&L&P / &N", ""),
        ('&C&"Arial,Bold"&12&K00FF00Draft', "Draft"),
        ("&&", ""),
        ("&A", ""),
        ("", ""),
    ],
)
def test_codes_of_a_header_are_no_words(stated: str, words: str) -> None:
    assert printed_text(stated) == words

"""What a person cannot see in a cell as it is read is a fault or a note at the cell."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import examples
from make.marks import Parts, in_font, replaced
from make.response_books import FILLED, filled, patched, read, saved, sheet_part, values
from vendor_eval.bids.workbooks.format_sections import FILLS
from vendor_eval.bids.workbooks.styles import NAMED, UNSEEN

WHOLE = saved(filled())
PRICING = sheet_part(filled(), "Pricing")
PRICE = "Beta.xlsx!Pricing!D7"
FAINT = "Beta.xlsx!Pricing: cell D7 is hidden by colour or size, and read"
NARROW = re.compile(r"^Beta\.xlsx!Pricing: cells? .*D7.* too narrow to show the number, and read")
CONDITIONAL = "which a conditional format may strike out or show in another way or not at all"
PARTS = st.tuples(*[st.integers(0, 255)] * 3)
NEAR = st.tuples(*[st.integers(220, 255)] * 3)
COLOURS = st.one_of(PARTS, NEAR, st.sampled_from([(0, 0, 0), (255, 255, 255)]))
few = examples(quick=10, further=25)


def hexed(colour: tuple[int, ...]) -> str:
    return f'rgb="FF{bytes(colour).hex().upper()}"'


def alike(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= UNSEEN


def conditional(content: bytes, dxf: str, rule: str = "", at: str = "D7") -> bytes:
    """The workbook with a conditional format on some cells; `rule` instead of one by a style."""
    by_style = '<cfRule type="expression" dxfId="0" priority="1"><formula>1</formula></cfRule>'

    def change(parts: Parts) -> None:
        styles = re.sub(r"<dxfs[^>]*?(/>|>.*?</dxfs>)", "", parts["xl/styles.xml"].decode())
        dxfs = f'<dxfs count="1"><dxf>{dxf}</dxf></dxfs>'
        parts["xl/styles.xml"] = styles.replace("</cellStyles>", f"</cellStyles>{dxfs}").encode()
        format = f'<conditionalFormatting sqref="{at}">{rule or by_style}</conditionalFormatting>'
        replaced(parts, PRICING, "</sheetData>", f"</sheetData>{format}")

    return patched(content, change)


def said(content: bytes) -> list[str]:
    """The faults at the price, or the notes of a workbook that reads as it was filled in."""
    bid, faults = read(content)
    assert bid is not None
    if faults:
        assert {fault.place for fault in faults} == {PRICE}
        return [fault.message for fault in faults]
    assert values(bid) == FILLED
    return list(bid.notes)


@few
@given(cell=st.tuples(COLOURS, COLOURS), rule=st.tuples(COLOURS, COLOURS), has=st.integers(0, 3))
def test_a_condition_hides_where_its_colours_and_the_cells_are_alike(
    cell: tuple[tuple[int, ...], ...], rule: tuple[tuple[int, ...], ...], has: int
) -> None:
    font = f"<font><color {hexed(rule[0])}/></font>" if has & 1 else ""
    fill = f"<fill><patternFill><bgColor {hexed(rule[1])}/></patternFill></fill>"
    behind = f'<patternFill patternType="solid"><fgColor {hexed(cell[1])}/></patternFill>'
    coloured = in_font(WHOLE, PRICING, "D7", f"<color {hexed(cell[0])}/>", fill=behind)
    found = said(conditional(coloured, font + (fill if has & 2 else "")))
    ink, paper = rule[0] if has & 1 else cell[0], rule[1] if has & 2 else cell[1]
    if has and alike(ink, paper):
        assert CONDITIONAL in found[0]
    else:
        assert found == ([FAINT] if alike(*cell) else [])


@pytest.mark.parametrize(
    ("rule", "hides"),
    [
        ('<cfRule type="dataBar"><dataBar showValue="0"><color rgb="FF0B5CAD"/></dataBar>', True),
        ('<cfRule type="dataBar"><dataBar><color rgb="FF0B5CAD"/></dataBar>', False),
        ('<cfRule type="iconSet"><iconSet showValue="false"/>', True),
        ('<cfRule type="iconSet"><iconSet showValue="1"/>', False),
        ('<cfRule type="colorScale"><colorScale><color rgb="FF000000"/></colorScale>', True),
        ('<cfRule type="colorScale"><colorScale><color rgb="FF63BE7B"/></colorScale>', False),
    ],
)
def test_bars_icons_and_scales_hide_a_value_or_leave_it_to_be_seen(rule: str, hides: bool) -> None:
    black = in_font(WHOLE, PRICING, "D7", '<color rgb="FF000000"/>')
    found = said(conditional(black, "", f"{rule}</cfRule>"))
    assert (CONDITIONAL in found[0]) if hides else found == []


@pytest.mark.parametrize(("size", "hides"), [("3.5", True), ("4", False), ("11", False)])
def test_a_font_too_small_to_be_made_out_is_said_to_hide_its_cell(size: str, hides: bool) -> None:
    found = said(in_font(WHOLE, PRICING, "D7", f'<sz val="{size}"/>'))
    assert found == ([FAINT] if hides else [])


def test_a_condition_elsewhere_hides_nothing_here() -> None:
    white = '<font><color rgb="FFFFFFFF"/></font>'
    assert said(conditional(WHOLE, white, at="J90:K99")) == []


def with_format(code: str, *, held: float | None = None, fill: str = "") -> bytes:
    """The workbook with the price shown by a number format, on a fill."""
    book = filled()
    cell = book["Pricing"]["D7"]
    cell.number_format = code
    if held is not None:
        cell.value = held
    if fill:
        from openpyxl.styles import PatternFill

        cell.fill = PatternFill("solid", fgColor=f"FF{fill}")  # its default is written as none
    return saved(book)


@few
@given(name=st.sampled_from(sorted(NAMED)), paper=st.sampled_from([*NAMED.values(), (90, 90, 90)]))
def test_a_number_in_the_colour_of_its_background_by_its_format_is_said_to_be_hidden(
    name: str, paper: tuple[int, ...]
) -> None:
    content = with_format(f"[{name.title()}]0", fill=bytes(paper).hex())
    assert said(content) == ([FAINT] if alike(NAMED[name], paper) else [])


@pytest.mark.parametrize(
    ("code", "hides"),
    [
        ("[White]0;[Red]-0", True),
        ("0;[White]-0", False),
        ("[White][>50000]0;0", False),
        ("[White][<50000]0;0", True),
        ("[Color2]0", True),
        ("[Color 1]0", False),
        ('0;0;0;[White]"x"@', False),
    ],
)
def test_the_section_that_a_number_is_shown_by_states_its_colour(code: str, hides: bool) -> None:
    assert said(with_format(code)) == ([FAINT] if hides else [])


@few
@given(st.characters(codec="latin-1", exclude_categories=("Cc", "Cf")))
def test_a_fill_is_read_where_nobody_takes_it_for_a_part_of_the_number(mark: str) -> None:
    found = said(with_format(f"0*{mark}"))
    assert (found == []) == (mark in FILLS)


def in_column(width: float, content: bytes = WHOLE) -> bytes:
    """The workbook with the prices in a column of a width."""

    def change(parts: Parts) -> None:
        [col] = re.findall('<col [^>]*min="4" max="4"[^>]*>', parts[PRICING].decode())
        replaced(parts, PRICING, col, f'<col width="{width}" customWidth="1" min="4" max="4"/>')

    return patched(content, change)


@few
@given(st.floats(1, 12), st.sampled_from(["General", "0", "#,##0", "0.00"]))
def test_a_number_that_its_column_has_no_room_for_is_said_not_to_be_shown(
    width: float, code: str
) -> None:
    # 48000, in digits and the two narrower marks of its formats
    needed = {"General": 5, "0": 5, "#,##0": 5.4, "0.00": 7.4}[code]
    notes = said(in_column(width, with_format(code)))
    assert any(NARROW.search(note) for note in notes) == (needed > width)


def test_a_merged_cell_has_the_room_of_the_columns_that_it_covers() -> None:
    def merged(parts: Parts, cells: str) -> None:
        text = parts[PRICING].decode()
        old = re.search(r"<mergeCells[^>]*>", text)
        merge = f'<mergeCell ref="{cells}"/>'
        if old:
            replaced(parts, PRICING, old[0], f"{old[0]}{merge}")
        else:
            replaced(
                parts, PRICING, "</sheetData>", f"</sheetData><mergeCells>{merge}</mergeCells>"
            )

    assert any(map(NARROW.search, said(in_column(4.9))))
    wider, lower = (
        patched(in_column(4.9), lambda p, m=m: merged(p, m)) for m in ("D7:E7", "D7:D8")
    )
    notes = [bid.notes for bid, _ in map(read, (wider, lower)) if bid is not None]
    assert [any(map(NARROW.search, said)) for said in notes] == [False, True]


@few
@given(st.floats(1.5, 40))
def test_a_number_that_fills_its_cell_again_and_again_is_a_fault(width: float) -> None:
    def change(parts: Parts) -> None:
        styles = parts["xl/styles.xml"].decode()
        style = len(
            re.findall("<xf ", styles[styles.index("<cellXfs") :].partition("</cellXfs>")[0])
        )
        aligned = '<xf numFmtId="0" fontId="0" xfId="0"><alignment horizontal="fill"/></xf>'
        replaced(parts, "xl/styles.xml", "</cellXfs>", f"{aligned}</cellXfs>")
        [tag] = re.findall('<c r="D7"[^>]*>', parts[PRICING].decode())
        replaced(parts, PRICING, tag, re.sub(r's="\d+"', f's="{style}"', tag))

    found = said(in_column(width, patched(WHOLE, change)))
    if width >= 10:  # 48000 twice
        [message] = found
        assert "shows more than once" in message
    else:
        assert not any("more than once" in each for each in found)


@few
@given(st.floats(0, 20))
def test_a_row_too_low_to_show_anything_is_said_to_be_hidden(height: float) -> None:
    def change(parts: Parts) -> None:
        [row] = re.findall('<row r="7"[^>]*>', parts[PRICING].decode())
        replaced(parts, PRICING, row, f'<row r="7" ht="{height:.6f}" customHeight="1">')

    hidden = ["Beta.xlsx!Pricing: row 7 is hidden, and read"]
    assert said(patched(WHOLE, change)) == (hidden if float(f"{height:.6f}") < 3 else [])

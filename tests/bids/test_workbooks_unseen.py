"""What no program shows is not read; what a sheet hides is read, and said to be hidden."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.marks import MAIN, Parts, cell_tag, in_font, replaced, with_text
from make.response_books import (
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

WHOLE = saved(filled())
SHARED = with_shared_texts(WHOLE)
PRICING = sheet_part(filled(), "Pricing")
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MCE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ROW = '<{0}row r="7"><{0}c r="D7" t="n"><{0}v>1</{0}v></{0}c></{0}row>'
CELL = '<{0}c r="D7"><{0}v>1</{0}v></{0}c>'
SMUGGLED = (
    *(made.format("y:") for made in (ROW, CELL, "<{0}v>1</{0}v>", "<{0}si><{0}t>x</{0}t></{0}si>")),
    (
        f'<mc:AlternateContent xmlns:mc="{MCE}">'
        f'<mc:Choice Requires="y">{ROW.format("")}</mc:Choice>'
        f"<mc:Fallback>{ROW.format('')}</mc:Fallback></mc:AlternateContent>"
    ),
    f"<extLst><ext uri='x'>{ROW.format('')}</ext></extLst>",
    "<y:mergeCell ref='A1:Z99'/><y:col min='1' max='9' hidden='1'/><y:t>1</y:t><y:f>1</y:f>",
    f'<s:c xmlns:s="{STRICT}" r="D7"><s:v>1</s:v></s:c>',
)
PARTS = (PRICING, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml")
BETWEEN = re.compile(r"(?<=>)(?=<)")
"""Where an element may be put: between two tags."""
TEXTS = re.compile(r"<(v|f|t)\b[^>]*>$")
"""The beginning of an element that holds nothing but text."""


def gaps(part: str) -> list[int]:
    """Every place in a part, inside its root, where an element may be put."""
    text = content_of(part)
    first = text.index(">", text.index("xmlns")) + 1
    return [
        m.start()
        for m in BETWEEN.finditer(text)
        if first <= m.start() <= text.rindex("</") and not TEXTS.search(text[: m.start()][-200:])
    ]


def content_of(part: str) -> str:
    """A part of the workbook as text."""
    held: list[str] = []
    patched(SHARED, lambda parts: held.append(parts[part].decode()))
    return held[0]


GAPS = [(part, at) for part in PARTS for at in gaps(part)]


def unchanged(content: bytes) -> None:
    """Asserts that a workbook reads as it was filled in, without a word."""
    bid, faults = read(content)
    assert bid is not None
    assert (faults, values(bid), bid.notes, bid.comments) == ([], FILLED, (), ())


@given(st.sampled_from(SMUGGLED), st.sampled_from(GAPS))
def test_a_smuggled_element_changes_nothing_wherever_it_stands(
    smuggled: str, gap: tuple[str, int]
) -> None:
    part, at = gap

    def change(parts: Parts) -> None:
        text = parts[part].decode()
        placed = f"{text[:at]}{smuggled}{text[at:]}"
        parts[part] = placed.replace(f'xmlns="{MAIN}"', f'xmlns="{MAIN}" xmlns:y="y"', 1).encode()

    unchanged(patched(SHARED, change))


@pytest.mark.parametrize(
    ("before", "smuggled"),
    [
        ("<sheetData>", ROW.format("")),
        ("<sheetData>", CELL.format("")),
        ("</sheetData>", CELL.format("")),
        ("</sheetData>", "<is><t>1</t></is>"),
        ("<sheetProtection", f"<sheetData2>{ROW.format('')}</sheetData2>"),
        ("<sheetProtection", '<mergeCell ref="A1:Z99"/><col min="1" max="9" hidden="1"/>'),
    ],
)
def test_an_element_in_a_wrong_parent_changes_nothing(before: str, smuggled: str) -> None:
    unchanged(with_text(WHOLE, PRICING, before, f"{smuggled}{before}"))


@pytest.mark.parametrize("inside", [CELL, "<y:v xmlns:y='y'/>", "<t>1</t>"])
@pytest.mark.parametrize("kind", ["v", "f"])
def test_an_element_inside_a_value_is_refused(kind: str, inside: str) -> None:
    content = with_cell(WHOLE, PRICING, "D7", "n", f"<{kind}>{inside.format('')}48000</{kind}>")
    bid, [fault] = read(content)
    assert bid is None
    assert "inside a text; open it in a spreadsheet program" in fault.message


def test_a_sheet_whose_cells_stand_twice_is_refused() -> None:
    again = f"<sheetData>{ROW.format('').replace('7', '99')}</sheetData>"
    bid, [fault] = read(with_text(WHOLE, PRICING, "</sheetData>", f"</sheetData>{again}"))
    assert bid is None
    assert "found the cells of a sheet twice" in fault.message


def test_a_strict_workbook_reads_as_a_transitional_one() -> None:
    def change(parts: Parts) -> None:
        for name, part in parts.items():
            if name.startswith("xl/") and name.endswith(".xml"):
                parts[name] = part.replace(MAIN.encode(), STRICT.encode())

    unchanged(patched(SHARED, change))


def test_a_sheet_in_a_foreign_namespace_is_refused() -> None:
    bid, [fault] = read(with_text(WHOLE, PRICING, MAIN, "urn:other"))
    assert bid is None
    assert f"found the part '{PRICING}', which belongs in no workbook" in fault.message


HIDDEN_ROW = ("Beta.xlsx!Pricing: row 7 is hidden, and read",)
HIDDEN_COLUMN = ("Beta.xlsx!Pricing: column D is hidden, and read",)


def notes(content: bytes) -> tuple[str, ...]:
    """What is said of a workbook that reads as it was filled in."""
    bid, faults = read(content)
    assert bid is not None
    assert (faults, values(bid)) == ([], FILLED)
    return bid.notes


@pytest.mark.parametrize(
    "says",
    ['hidden="1"', 'ht="0"', 'ht="0.0" customHeight="1"', 'outlineLevel="1"'],
)
def test_a_row_hidden_in_any_way_is_said_to_be_hidden(says: str) -> None:
    def change(parts: Parts) -> None:
        text = parts[PRICING].decode()
        [row] = re.findall('<row r="7"[^>]*>', text)
        replaced(parts, PRICING, row, f'<row r="7" {says}>')
        [below] = re.findall('<row r="8"[^>]*>', text)
        if "outline" in says:
            replaced(parts, PRICING, below, '<row r="8" collapsed="1">')

    assert notes(patched(WHOLE, change)) == HIDDEN_ROW


def test_a_group_above_its_sum_is_collapsed_where_the_sheet_says_that_sums_stand_above() -> None:
    def change(parts: Parts) -> None:
        replaced(parts, PRICING, 'summaryBelow="1"', 'summaryBelow="0"')
        for n, says in ((6, 'collapsed="1"'), (7, 'outlineLevel="2"'), (8, "")):
            [row] = re.findall(f'<row r="{n}"[^>]*>', parts[PRICING].decode())
            replaced(parts, PRICING, row, f'<row r="{n}" {says}>')

    assert notes(patched(WHOLE, change)) == HIDDEN_ROW


@pytest.mark.parametrize("says", ['zeroHeight="1"', 'defaultRowHeight="0"'])
def test_rows_that_state_no_height_are_hidden_where_the_sheet_says_so(says: str) -> None:
    def change(parts: Parts) -> None:
        replaced(parts, PRICING, 'baseColWidth="8" defaultRowHeight="15"', says)
        [row] = re.findall('<row r="7"[^>]*>', parts[PRICING].decode())
        replaced(parts, PRICING, row, '<row r="7">')

    # the header of the form below states none either
    said = "Beta.xlsx!Pricing: rows 7, 14 are hidden, and read"
    assert notes(patched(WHOLE, change)) == (said,)


@pytest.mark.parametrize(
    "says", ['width="33" hidden="1"', 'width="0"', 'outlineLevel="1" width="9"']
)
def test_a_column_hidden_in_any_way_is_said_to_be_hidden(says: str) -> None:
    def change(parts: Parts) -> None:
        text = parts[PRICING].decode()
        [col] = re.findall('<col [^>]*min="4" max="4"[^>]*>', text)
        replaced(parts, PRICING, col, f'<col {says} min="4" max="4"/>')
        if "outline" in says:
            [right] = re.findall('<col [^>]*min="5" max="5"[^>]*>', text)
            replaced(parts, PRICING, right, '<col collapsed="1" width="9" min="5" max="5"/>')

    assert notes(patched(WHOLE, change)) == HIDDEN_COLUMN


def test_columns_that_state_no_width_are_hidden_where_the_sheet_says_so() -> None:
    def change(parts: Parts) -> None:
        replaced(parts, PRICING, 'baseColWidth="8"', 'defaultColWidth="0"')
        [col] = re.findall('<col [^>]*min="4" max="4"[^>]*>', parts[PRICING].decode())
        replaced(parts, PRICING, col, "")

    assert notes(patched(WHOLE, change)) == HIDDEN_COLUMN


INKS = {
    "white on none": ('<color rgb="FFFFFFFF"/>', ""),
    "the theme's white on none": ('<color theme="0"/>', ""),
    "a numbered white on none": ('<color indexed="9"/>', ""),
    "the window's colour on none": ('<color indexed="65"/>', ""),
    "nearly white on none": ('<color theme="0" tint="-0.05"/>', ""),
    "black made white": ('<color theme="1" tint="1"/>', ""),
    "one colour on itself": ('<color rgb="FF0B5CAD"/>', '<fgColor rgb="000B5CAD"/>'),
    "black on black": ("", '<fgColor indexed="8"/>'),
}
SEEN = {
    "black on none": ("<b/>", ""),
    "white on blue": ('<color rgb="FFFFFFFF"/>', '<fgColor rgb="FF0B5CAD"/>'),
    "grey on none": ('<color theme="0" tint="-0.5"/>', ""),
    "a colour that nobody knows": ('<color theme="99"/>', ""),
    "no colour at all": ('<color rgb="white"/>', ""),
    "automatic": ('<color auto="1"/>', ""),
}


def inked(ink: tuple[str, str]) -> bytes:
    """The workbook with one price in a colour, on a fill."""
    font, colour = ink
    fill = f'<patternFill patternType="solid">{colour}</patternFill>' if colour else ""
    return in_font(WHOLE, PRICING, "D7", font or "<b/>", fill=fill)


@pytest.mark.parametrize("ink", INKS.values(), ids=INKS)
def test_a_value_in_the_colour_of_its_background_is_said_to_be_hidden(ink: tuple[str, str]) -> None:
    said = ("Beta.xlsx!Pricing: cell D7 is hidden by colour or size, and read",)
    assert notes(inked(ink)) == said


@pytest.mark.parametrize("ink", SEEN.values(), ids=SEEN)
def test_a_value_that_can_be_seen_is_not(ink: tuple[str, str]) -> None:
    assert notes(inked(ink)) == ()


def test_a_part_of_a_text_in_the_colour_of_its_background_is_a_fault() -> None:
    runs = '<r><t>120</t></r><r><rPr><color rgb="FFFFFFFF"/></rPr><t>140</t></r>'
    _, [fault] = read(with_cell(WHOLE, PRICING, "D7", "inlineStr", f"<is>{runs}</is>"))
    assert fault.place == "Beta.xlsx!Pricing!D7"
    assert fault.message == (
        "found '120140', of which '140' has the colour of its background or is too small; "
        "allowed: an answer that can be seen whole"
    )


def test_a_theme_may_have_other_colours() -> None:
    def change(parts: Parts) -> None:
        theme = parts["xl/theme/theme1.xml"].decode()
        [accent] = re.findall(r"<a:accent1>.*?</a:accent1>", theme, re.DOTALL)
        white = '<a:accent1><a:srgbClr val="FFFFFF"/></a:accent1>'
        replaced(parts, "xl/theme/theme1.xml", accent, white)
        assert cell_tag(parts, PRICING, "D7")

    content = inked(('<color theme="4"/>', ""))
    assert notes(content) == ()
    assert "hidden by colour or size" in " ".join(notes(patched(content, change)))

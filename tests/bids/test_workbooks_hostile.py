"""Traps are refused with a reason, and whatever was broken is never read as something else."""

import io
import os
import random
import re
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from make import ROOT, examples, mostly_more
from make.response_books import FILLED, SOURCE, filled, patched, read, saved, sheet_part, values
from make.workbook_bombs import WHOLE, bombs, heaviest
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.date_formats import moment

BOMBS = bombs()
HEAVIEST = heaviest()
LENGTHY = (
    *("a sheet of 99,000 cells", "a sheet of empty rows", "cells on many sheets"),
    *("cells without end", "rows without end"),
)
PARTS = zipfile.ZipFile(io.BytesIO(WHOLE)).namelist()


@pytest.mark.parametrize(
    "kind", mostly_more(BOMBS, *(kind for kind in BOMBS if kind not in LENGTHY))
)
def test_a_trap_is_refused_with_its_reason(kind: str) -> None:
    content, reason = BOMBS[kind]
    bid, [fault] = read(content)
    assert bid is None
    assert fault.place == SOURCE
    assert reason in fault.message
    assert "allowed" in fault.message or "save it" in fault.message or "inside" in fault.message


PEAK = """
import sys, tracemalloc
from pathlib import Path
from make.response_books import read
content = Path(sys.argv[1]).read_bytes()
tracemalloc.start()
read(content)
print(tracemalloc.get_traced_memory()[1])
"""


@pytest.mark.parametrize("kind", mostly_more(HEAVIEST, "a sheet of 90 MB"))
def test_the_heaviest_workbooks_take_a_bounded_memory(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "heavy.xlsx"
    path.write_bytes(HEAVIEST[kind])
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=True,
    )
    # a workbook of 60 MB, the most that is unpacked, is held three times at the very worst
    assert int(done.stdout) < 3 * limits.UNPACKED_BYTES


def right_or_told(content: bytes) -> None:
    """Reads a workbook: what comes out is what was filled in, or a fault tells of it."""
    bid, faults = read(content)
    if not faults:
        assert bid is not None
        assert values(bid) == FILLED
        assert bid.vendor == "Beta"


@examples(quick=60, further=250)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), min_size=1,
                max_size=8))  # fmt: skip
def test_flipped_bytes_are_never_read_as_another_answer(flips: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for at, flip in flips:
        content[at] ^= flip
    right_or_told(bytes(content))


@examples(quick=40, further=100)
@given(st.integers(0, len(WHOLE)), st.binary(max_size=100))
def test_a_workbook_cut_off_is_never_read_as_another(at: int, tail: bytes) -> None:
    right_or_told(WHOLE[:at] + tail)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_missing_or_empty_is_told_or_not_needed(part: str) -> None:
    right_or_told(patched(WHOLE, lambda parts: parts.pop(part)))
    right_or_told(patched(WHOLE, lambda parts: parts.update({part: b""})))


@examples(quick=15, further=300)
@given(st.permutations([name for name in PARTS if "sheet" in name]))
def test_sheets_that_changed_places_are_still_read_for_what_they_are(order: list[str]) -> None:
    sheets = [name for name in PARTS if "sheet" in name]

    def swap(parts: dict[str, bytes]) -> None:
        held = [parts[name] for name in order]
        parts.update(zip(sheets, held, strict=True))

    right_or_told(patched(WHOLE, swap))


@given(st.permutations(PARTS))
def test_any_parts_may_change_places_without_a_wrong_answer(order: list[str]) -> None:
    def swap(parts: dict[str, bytes]) -> None:
        held = [parts[name] for name in order]
        parts.update(zip(PARTS, held, strict=True))

    right_or_told(patched(WHOLE, swap))


@examples(quick=40, further=120)
@given(st.sampled_from(PARTS), st.integers(0, 2**32), st.sampled_from(b"<>&\"'/ =0a9\xff\x00"))
@example(sheet_part(filled(), "Sites"), 0, 0)
def test_broken_xml_ends_in_a_fault_and_never_in_a_crash(part: str, seed: int, byte: int) -> None:
    drawn = random.Random(seed)

    def break_it(parts: dict[str, bytes]) -> None:
        held = bytearray(parts[part])
        for _ in range(3):
            held[drawn.randrange(len(held))] = byte
        parts[part] = bytes(held)

    bid, faults = read(patched(WHOLE, break_it))
    assert bid is not None or faults


def cells(*xml: str) -> bytes:
    """The workbook with a row of these cells at the end of the sheet Sites."""

    def add(parts: dict[str, bytes]) -> None:
        name = sheet_part(filled(), "Sites")
        row = f'<row r="13">{"".join(xml)}</row></sheetData>'
        parts[name] = parts[name].replace(b"</sheetData>", row.encode())

    return patched(WHOLE, add)


BROKEN = {
    "a number that is none": '<c r="B13"><v>nan</v></c>',
    "an endless number": f'<c r="B13"><v>{"9" * 400}</v></c>',
    "a text that is not there": '<c r="B13" t="s"><v>99999</v></c>',
    "a text before the first": '<c r="B13" t="s"><v>-1</v></c>',
    "a truth that is none": '<c r="B13" t="b"><v>yes</v></c>',
    "a cell twice": '<c r="B13"><v>1</v></c><c r="B13"><v>2</v></c>',
    "a cell of another row": '<c r="B1"><v>1</v></c>',
    "a cell nowhere": '<c r="ZZZ13"><v>1</v></c>',
    "a cell without a row": '<c r="BB"><v>1</v></c>',
    "a cell of no kind": '<c r="B13" t="x"><v>1</v></c>',
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_cell_that_no_program_writes_is_refused(kind: str) -> None:
    bid, [fault] = read(cells(BROKEN[kind]))
    assert bid is None
    assert fault.place == SOURCE


def test_a_table_without_end_is_cut_short_with_a_fault() -> None:
    book = filled()
    for n in range(7, 2_100):
        book["Sites"].cell(n, 2, "Poland")
        book["Sites"].cell(n, 4, 1)
    _, [fault] = read(saved(book))
    assert fault.place == f"{SOURCE}!Sites!row 2007"
    assert fault.message.startswith("more than 2,000 rows")


def test_a_workbook_of_faults_tells_a_hundred_and_counts_the_rest() -> None:
    book = filled()
    for n in range(7, 200):
        book["Sites"].cell(n, 2, "Polnd")
        book["Sites"].cell(n, 4, 1)
    _, faults = read(saved(book))
    assert len(faults) == 101
    assert faults[-1].message == "93 more faults of this workbook"


def test_macros_and_links_are_noted_and_left_alone() -> None:
    def add(parts: dict[str, bytes]) -> None:
        parts["xl/vbaProject.bin"] = b"macros"
        rels = parts["xl/_rels/workbook.xml.rels"]
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
        link = b'<Relationship Id="rId99" Type="' + kind + b'" Target="externalLinks/1.xml"/>'
        parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Rel", link + b"</Rel")

    bid, faults = read(patched(WHOLE, add))
    assert bid is not None
    assert (values(bid), faults) == (FILLED, [])
    assert bid.notes == (
        f"{SOURCE}: it holds macros, which were not run",
        f"{SOURCE}: it refers to other workbooks, which were not opened",
    )


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "other/vbaProject.bin"])
def test_a_workbook_of_macros_named_xlsx_is_read_and_nothing_of_it_is_run(part: str) -> None:
    def disguised(parts: dict[str, bytes]) -> None:
        parts[part] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Sub Auto_Open() Shell"
        plain = b"officedocument.spreadsheetml.sheet.main+xml"
        kinds = parts["[Content_Types].xml"]
        assert plain in kinds
        kinds = kinds.replace(b"vnd.openxmlformats-" + plain, b"vnd.ms-excel.sheet.macroEnabled")
        parts["[Content_Types].xml"] = kinds
        kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        link = b'<Relationship Id="rId98" Type="' + kind + b'" Target="/' + part.encode() + b'"/>'
        rels = parts["xl/_rels/workbook.xml.rels"]
        parts["xl/_rels/workbook.xml.rels"] = rels.replace(b"</Rel", link + b"</Rel")

    bid, faults = read(patched(WHOLE, disguised))
    assert bid is not None
    assert (values(bid), faults) == (FILLED, [])
    assert bid.notes == (f"{SOURCE}: it holds macros, which were not run",)


def test_the_template_may_be_in_the_strict_form_of_the_standard() -> None:
    swaps: list[tuple[bytes, bytes]] = [
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
         b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
         b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ]  # fmt: skip

    def strict(parts: dict[str, Any]) -> None:
        for name, part in parts.items():
            for old, new in swaps:
                part = part.replace(old, new)
            parts[name] = part

    bid, faults = read(patched(WHOLE, strict))
    assert bid is not None
    assert (values(bid), faults, bid.notes) == (FILLED, [], ())


def test_rows_may_come_without_their_numbers() -> None:
    def unnumbered(parts: dict[str, Any]) -> None:
        for name, part in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                parts[name] = re.sub(rb'<row r="\d+"', b"<row", part)

    bid, faults = read(patched(WHOLE, unnumbered))
    assert bid is not None
    assert (values(bid), faults, bid.notes) == (FILLED, [], ())


@pytest.mark.parametrize(
    "columns",
    [
        (
            '<col min="5" max="3" outlineLevel="1"/><col min="4" max="4" outlineLevel="1"/>'
            '<col min="5" max="5" collapsed="1"/>'
        ),
        '<col min="2" max="9"/><col min="2" max="3"/>',
        '<col min="1" max="20000"/>',
    ],
)
def test_columns_that_no_program_lists_so_are_refused_at_once(columns: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        text = parts[sheet_part(filled(), "Pricing")].decode()
        bare = re.sub(r"<cols>.*?</cols>", f"<cols>{columns}</cols>", text, flags=re.DOTALL)
        parts[sheet_part(filled(), "Pricing")] = bare.encode()

    bid, [fault] = read(patched(saved(filled()), change))
    assert bid is None
    assert "found the columns" in fault.message


def test_a_day_that_rounds_up_to_the_year_10000_is_no_date() -> None:
    assert moment(2958465.9999999995, date(1899, 12, 30)) is None
    assert moment(2958465.0, date(1899, 12, 30)) == datetime(9999, 12, 31)  # noqa: DTZ001

"""The heaviest workbooks take bounded time, memory and lines; what is no response, one sentence."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from make import ROOT
from make.heavy_books import heavy_books, of_columns, of_rows, of_texts, other_workbook
from make.response_books import SOURCE, read
from vendor_eval.bids.response import Response
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import GridCell, Sheet
from vendor_eval.errors import Fault

CPU_SECONDS, MEGABYTES = 10, 300
"""What reading any workbook may take at most, as `limits` states it."""
KINDS = (
    *("columns nobody asked for", "columns of long names", "one heading over and over"),
    *("hidden columns", "labels of the vendor's name", "marks of the questions", "headers"),
    *("headers without their mark", "unknown countries", "unknown ids", "merged rows"),
    *("overlapping merged ranges", "lists of questions", "blank cells with a format"),
    *("blank rows of spaces", "sheets of long names", "sheets of names", "many references"),
    *("many names", "a long list of parts", "formats of brackets", "formats of dates"),
    *("formats without end", "numbers of spaces", "one text in all cells", "texts of many runs"),
    *("accents on one letter", "open brackets", "texts of entities", "spaces inside a choice"),
    *("spaced-out escapes", "short numbers of spaces", "short one text in all cells"),
    *("short texts of many runs", "short accents on one letter", "short open brackets"),
    *("short texts of entities", "short spaces inside a choice", "short spaced-out escapes"),
)
OF_PARTS = (
    *("sheets of long names", "sheets of names", "many references", "many names"),
    *("a long list of parts", "formats of brackets", "formats of dates", "formats without end"),
)
READING = """
import resource, sys
from pathlib import Path
from make.response_books import read
content = Path(sys.argv[1]).read_bytes()
before = resource.getrusage(resource.RUSAGE_SELF)
read(content)
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
status = Path("/proc/self/status").read_text().splitlines()
print(next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) * 1024)
"""
"""Reads a workbook in a process of its own: its seconds of one processor, its bytes at the most."""


@pytest.fixture(scope="module")
def books() -> dict[str, bytes]:
    """Every heavy workbook, by its kind."""
    return heavy_books()


def cost(content: bytes, folder: Path) -> tuple[float, float]:
    """Seconds of one processor, and megabytes, that reading a workbook takes."""
    path = folder / "heavy.xlsx"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", READING, str(path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, held = done.stdout.split()
    return float(seconds), int(held) / 1_000_000


@pytest.mark.more
def test_every_kind_of_heavy_workbook_is_measured(books: dict[str, bytes]) -> None:
    assert sorted(books) == sorted(KINDS)
    assert all(len(content) <= limits.FILE_BYTES for content in books.values())


@pytest.mark.more
@pytest.mark.parametrize("kind", KINDS)
def test_reading_the_heaviest_workbooks_stays_within_the_stated_limits(
    kind: str, books: dict[str, bytes], tmp_path: Path
) -> None:
    seconds, megabytes = cost(books[kind], tmp_path)
    assert seconds < CPU_SECONDS
    assert megabytes < MEGABYTES


@pytest.mark.more
def test_a_large_workbook_that_is_no_response_is_refused_at_once(tmp_path: Path) -> None:
    seconds, _ = cost(other_workbook(limits.CELLS), tmp_path)
    assert seconds < CPU_SECONDS


SMALL = [kind for kind in KINDS if kind not in OF_PARTS and not kind.startswith("short ")]


@cache
def small() -> dict[str, bytes]:
    """Workbooks of the same kinds that are read in no time."""
    return of_columns(300) | of_rows(1_200) | of_texts(3_000, 40)


@cache
def of_kind(kind: str) -> tuple[Response | None, list[Fault]]:
    """What is read of a small workbook of a kind, and its faults."""
    return read(small()[kind])


def lines(kind: str) -> tuple[list[Fault], tuple[str, ...]]:
    """The faults and notes of a small workbook of a kind."""
    bid, faults = of_kind(kind)
    return faults, bid.notes if bid else ()


@pytest.mark.parametrize("kind", SMALL)
def test_a_workbook_has_a_hundred_faults_and_notes_at_most_and_no_line_is_long(kind: str) -> None:
    faults, notes = lines(kind)
    assert len(faults) <= limits.FAULTS + 1
    assert len(notes) <= limits.NOTES + 1
    longest = max(map(len, [*map(str, faults), *notes]), default=0)
    assert longest < 2 * limits.SHOWN  # one cell, and what is said of it


@pytest.mark.parametrize("kind", SMALL)
def test_no_cell_holds_more_for_a_line_than_a_line_shows(kind: str) -> None:
    bid, _ = of_kind(kind)
    cells = bid.cells if bid else ()
    assert all(len(cell.typed) <= limits.SHOWN for cell in cells)
    assert all(len(cell.note) <= limits.SHOWN for cell in cells)


def test_many_columns_that_nobody_asked_for_are_one_note() -> None:
    _, notes = lines("columns nobody asked for")
    assert notes == (f"{SOURCE}!Sites: columns F-KS are not asked for and not read",)


def test_notes_beyond_a_hundred_are_counted() -> None:
    _, notes = lines("headers")
    assert len(notes) == limits.NOTES + 1
    assert notes[-1] == f"{SOURCE}: 139 more notes of this workbook"


def test_only_faults_that_are_shown_look_for_the_nearest_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    for hint in ("_country_hint", "_language_hint"):
        monkeypatch.setattr(
            f"vendor_eval.reference.names.{hint}", lambda typed: asked.append(typed) or []
        )
    _, faults = read(small()["unknown countries"])
    assert len(faults) == limits.FAULTS + 1
    assert len(asked) == limits.FAULTS


def test_a_merged_range_is_looked_up_among_those_of_its_column() -> None:
    ranges = tuple((n, 2, n + 1, 3) for n in range(1, 999, 2))
    sheet = Sheet("S", {(1, 2): GridCell(1, 2, "number", 1.0)}, merged=(*ranges, (5, 7, 90, 7)))
    for row in range(1, 1_000):
        covering = [r for r in ranges if r[0] <= row <= r[2]]
        assert [sheet.merged_at(row, 3)] == (covering or [None])
    assert sheet.merged_at(50, 7) == (5, 7, 90, 7)
    assert sheet.merged_at(91, 7) is None
    assert sheet.merged_at(50, 1) is None


def test_a_column_is_hidden_where_any_run_covers_it() -> None:
    sheet = Sheet("S", {}, hidden_columns=((1, 20), (3, 4), (30, 30)))
    hidden = [column for column in range(1, 40) if sheet.column_hidden(column)]
    assert hidden == [*range(1, 21), 30]


def test_a_workbook_that_is_no_response_is_refused_in_one_sentence_with_two_ways_on() -> None:
    bid, [fault] = read(other_workbook(500))
    assert bid is None
    assert str(fault) == (
        f"{SOURCE}: holds no part of the response workbook; allowed: the template that the vendor "
        "was sent, filled in; ask the vendor for it, or copy the answers into the template and "
        "move this file to attachments/"
    )

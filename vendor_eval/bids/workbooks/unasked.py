"""What a returned workbook holds beyond what was asked, and what of it is hidden: noted."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from openpyxl.utils import get_column_letter

from vendor_eval.bids.response import Comment
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Book, GridCell, Sheet
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.places import LISTS_MARK, SENTENCE, PartPlaces, Place, key
from vendor_eval.bids.workbooks.reading import WorkbookReading
from vendor_eval.errors import one_line
from vendor_eval.questionnaire.glossary import column_explanations, glossary_lines
from vendor_eval.questionnaire.sheet import Questionnaire, Table
from vendor_eval.wording import agreeing

RUNS = 12
"""Runs of rows or columns that one line names; the others are counted."""


def unread_notes(
    opened: Book, asked: Questionnaire, parts: PartPlaces, reading: WorkbookReading
) -> Iterator[str]:
    """Sheets, columns and rows that were not read, and hidden ones that were, with their place."""
    source = reading.source
    if opened.macros:
        yield f"{source}: it holds macros, which were not run"
    if opened.links:
        yield f"{source}: it refers to other workbooks, which were not opened"
    known = {key(text) for part in asked.parts for text in (part.title, part.about, part.sheet)}
    known |= {key(line) for part in asked.parts for line in glossary_lines([part])}
    known |= {key(SENTENCE), *(key(sheet.name) for sheet in opened.sheets)}
    for sheet in opened.sheets:
        places = [place for place in parts.places.values() if place.sheet is sheet]
        where = f"{source}!{sheet.called}"
        yield from _struck(sheet, reading, where)
        if not places:
            if sheet.cells and not _asks_nothing(sheet, reading):
                hidden = "the hidden sheet" if sheet.hidden else "the sheet"
                yield f"{where}: {hidden} is not one of ours and was not read"
            continue
        if sheet.hidden:
            yield f"{where}: the sheet is hidden, and was read"
        yield from _hidden(sheet, reading, where)
        yield from _faint(sheet, reading, where)
        yield from _narrow(sheet, reading, where)
        yield from _around(sheet, where)
        yield from _unread_columns(sheet, places, reading, where)
        yield from _unread_rows(sheet, reading, known, where)


def _asks_nothing(sheet: Sheet, reading: WorkbookReading) -> bool:
    """Whether it is a sheet of the template without questions: the one with the name, or lists."""
    mark = sheet.cells.get((1, 1))
    return (mark is not None and mark.value == LISTS_MARK) or sheet.name in reading.used


def _hidden(sheet: Sheet, reading: WorkbookReading, where: str) -> Iterator[str]:
    used = reading.used.get(sheet.name, ())
    rows = sorted({row for row, _ in used if row in sheet.hidden_rows})
    columns = sorted(column for column in {c for _, c in used} if sheet.column_hidden(column))
    if rows:
        yield f"{where}: {_runs('row', rows)} hidden, and read"
    if columns:
        yield f"{where}: {_runs('column', columns, get_column_letter)} hidden, and read"


def _struck(sheet: Sheet, reading: WorkbookReading, where: str) -> Iterator[str]:
    """What is struck out and is neither a fault nor corrected: no answer."""
    settled = {fault.place for fault in reading.faults}
    settled |= {place for place, _ in reading.corrected.values()}
    struck = (cell.at for cell in sheet.cells.values() if cell.struck)
    names = [at for at in struck if reading.place(sheet, at) not in settled]
    if names:
        yield f"{where}: {_cells(names)} struck out, and not read as an answer"


def _faint(sheet: Sheet, reading: WorkbookReading, where: str) -> Iterator[str]:
    used = reading.used.get(sheet.name, set())
    faint = (cell for cell in sheet.cells.values() if cell.faint and not cell.faint.rest)
    names = [c.at for c in faint if (c.row, c.column) in used]
    if names:
        yield f"{where}: {_cells(names)} hidden by colour or size, and read"


def _narrow(sheet: Sheet, reading: WorkbookReading, where: str) -> Iterator[str]:
    """Numbers that their columns have no room for, so that a row of # is seen in their place."""
    names = [
        cell.at
        for row, column in sorted(reading.used.get(sheet.name, ()))
        if (cell := sheet.cells.get((row, column))) is not None
        if cell.held == "number" and not sheet.column_hidden(column)
        if cell.needs > sheet.room(row, column)
    ]
    if names:
        yield f"{where}: {_cells(names)} too narrow to show the number, and read"


def _around(sheet: Sheet, where: str) -> Iterator[str]:
    """What stands on a sheet and in no cell, which may limit or change what its cells say."""
    if sheet.drawn is not None:
        says = f", and say {sheet.drawn!r}" if sheet.drawn else ""
        drawings = "text boxes, pictures or charts"
        yield f"{where}: it holds drawings ({drawings}), which were not read{says}"
    for words in sheet.printed:
        yield f"{where}: its header or footer says {words!r}, which was not read"


def _cells(names: Sequence[str]) -> str:
    """Cells as "cells B6, C6 are"."""
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    cells, verb = agreeing(len(names), "cell", "cells"), agreeing(len(names), "is", "are")
    return f"{cells} {', '.join(names[:12])}{more} {verb}"


OURS = "vendor-eval"
"""The author of the comments in which older templates explained their columns."""


def vendors_comments(
    opened: Book, asked: Iterable[Questionnaire], parts: PartPlaces, reading: WorkbookReading
) -> Iterator[Comment]:
    """The comments in a workbook, sheet by sheet, but for those that its template explained by.

    `asked`: the questionnaires that may have explained its columns.
    """
    tables = [part for each in asked for part in each.parts if isinstance(part, Table)]
    texts = {key(text) for table in tables for text in column_explanations(table)}
    places = parts.places.values() if reading.edition.older else ()
    headers = {(place.sheet.name, place.header) for place in places}
    for sheet in opened.sheets:
        for (row, column), entries in sheet.comments.items():
            cell = sheet.cells.get((row, column)) or GridCell(row, column, "text")
            place, content = reading.place(sheet, cell.at), cut(cell.shown)
            for author, text in entries:
                old = author == OURS and (sheet.name, row) in headers
                if not old and key(text) not in texts:
                    yield Comment(place, author, text, content)


def _unread_columns(
    sheet: Sheet, places: Iterable[Place], reading: WorkbookReading, where: str
) -> Iterator[str]:
    """Columns that a vendor added to a part: each with its heading, or many in one line."""
    for at in places:
        used = reading.used.get(sheet.name, set())
        header = sheet.rows[at.header]
        unread = {column for column in header if (at.header, column) not in used}
        if not unread:
            continue
        for _, cells in sheet.between(at.header, at.last):
            for column, cell in cells.items():
                if column in unread:
                    reading.use(sheet, cell)
        if len(unread) > RUNS:
            runs = _runs("column", sorted(unread), get_column_letter)
            yield f"{where}: {runs} not asked for and not read"
            continue
        for column in sorted(unread):
            title = one_line(cut(" ".join(cut(header[column].shown, limits.SHOWN).split())))
            letter = get_column_letter(column)
            yield f"{where}: column {letter} ({title!r}) is not asked for and was not read"


def _unread_rows(
    sheet: Sheet, reading: WorkbookReading, known: set[str], where: str
) -> Iterator[str]:
    used = reading.used.get(sheet.name, set())
    rows = sorted(
        {row for (row, n), c in sheet.cells.items() if (row, n) not in used and not _own(c, known)}
    )
    if rows:
        yield f"{where}: {_runs('row', rows)} not asked for, and not read in full"


def _own(cell: GridCell, known: set[str]) -> bool:
    """Whether it is text of the template, or the number of a row."""
    if cell.held == "number":
        return cell.column == 1
    return key(cell.shown) in known


def _runs(noun: str, numbers: list[int], called: Callable[[int], str] = str) -> str:
    """Numbers as "rows 3, 7-9 are", each as it is `called`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = ", ".join(called(a) if a == b else f"{called(a)}-{called(b)}" for a, b in runs[:RUNS])
    more = f" and {len(runs) - RUNS} more" if len(runs) > RUNS else ""
    nouns, verb = agreeing(len(numbers), noun, f"{noun}s"), agreeing(len(numbers), "is", "are")
    return f"{nouns} {shown}{more} {verb}"

"""Where in a workbook each part of the questionnaire stands, however it was moved."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Book, GridCell, Sheet
from vendor_eval.errors import Fault, nearest, quoted
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table

FORM_COLUMNS = {
    "id": "Id",
    "question": "Question",
    "unit": "Unit",
    "allowed": "Allowed answers",
    "answer": "Answer",
    "evidence": "Evidence",
}
"""Headings of a form's columns."""
LONGEST = 1_000
"""Characters of a heading; longer texts are none."""
NEEDED = " *"
"""What stands behind the heading of a column that must be filled in."""
LISTS, LISTS_MARK = "Lists", "vendor-eval: drop-down lists"
"""The hidden sheet of long drop-down lists, and what stands in its first cell."""
SENTENCE = "Fill in the coloured cells; what is left blank counts as not answered."
"""What stands at the top of each sheet that vendors fill in."""


@dataclass(frozen=True)
class Place:
    """Where one part stands: its sheet, its header, its columns, and the rows below them."""

    sheet: Sheet
    header: int
    columns: Mapping[str, int]
    """By field of a table, or by column of a form."""
    last: int = 1_048_576
    repeats: frozenset[int] = frozenset()
    """Rows in which the header stands again."""


@dataclass
class PartPlaces:
    """Every part that was found, what is wrong with where it stands, and the parts that are not."""

    places: dict[str, Place] = field(default_factory=dict)
    absent: dict[str, Fault] = field(default_factory=dict)
    """By part, what to say of it where it should be there."""
    faults: list[Fault] = field(default_factory=list)


def heading(asked: Question) -> str:
    """A column's heading in the template: its label, its unit, and whether it is needed."""
    unit = asked.unit if asked.unit.casefold() not in asked.label.casefold() else ""
    return asked.label + (f" ({unit})" if unit else "") + (NEEDED if asked.needed else "")


def key(typed: str) -> str:
    """What of a heading counts: not its case, spacing, line breaks or marks at its end."""
    return _key(typed) if len(typed) <= LONGEST else typed


@lru_cache(maxsize=4096)
def _key(typed: str) -> str:
    folded = unicodedata.normalize("NFKC", typed).replace("\u2019", "'").casefold()
    return " ".join(folded.split()).rstrip(" *:")


def bare(typed: str) -> str:
    """A heading's key without what stands in brackets, such as its unit."""
    if "(" not in typed or len(typed) > LONGEST:
        return key(typed)
    return " ".join(re.sub(r"\([^)]*\)", " ", key(typed)).split())


def part_places(book: Book, asked: Questionnaire, source: str) -> PartPlaces:
    """Where every part stands, a fault for each that stands twice, and what is absent."""
    parts = PartPlaces()
    headers = list(_headers(book, asked.parts))
    for part in asked.parts:
        mine = [place for id, place in headers if id == part.id]
        if not mine:
            parts.absent[part.id] = _absent(book, part, source)
            continue
        first, *others = mine
        again = {p.header for p in others if p.sheet is first.sheet and p.columns == first.columns}
        for other in others:
            if other.sheet is not first.sheet or other.header not in again:
                place = f"{source}!{other.sheet.called}!{_corner(other)}"
                message = f"{part.title!r} stands here again, after {first.sheet.called}!"
                message += f"{_corner(first)}; allowed: once; delete one of them"
                parts.faults.append(_fault(part, place, message))
        parts.places[part.id] = Place(
            first.sheet,
            first.header,
            first.columns,
            _last(first, part.id, headers),
            frozenset(again),
        )
    return parts


def _corner(place: Place) -> str:
    return place.sheet.rows[place.header][min(place.columns.values())].at


def _last(place: Place, id: str, headers: Sequence[tuple[str, Place]]) -> int:
    """The row above the next part's header on the same sheet."""
    below = [
        other.header
        for name, other in headers
        if other.sheet is place.sheet and other.header > place.header and name != id
    ]
    return min(below, default=place.last + 1) - 1


def _headers(book: Book, parts: Sequence[Form | Table]) -> Iterator[tuple[str, Place]]:
    """Each header row as (part, place): marked by the part's id, or else by its headings alone."""
    marked: list[tuple[str, Place]] = []
    rows = list(_rows_with_headings(book, parts))
    for sheet, row, cells in rows:
        names = {key(str(cell.value)) for cell in cells.values() if cell.held == "text"}
        for part in parts:
            if key(part.id) in names and (columns := _columns(part, cells, 1)):
                marked.append((part.id, Place(sheet, row, columns)))
    yield from marked
    claimed = {(place.sheet.name, place.header) for _, place in marked}
    lost = [part for part in parts if part.id not in {id for id, _ in marked}]
    alike = [
        unmarked
        for sheet, row, cells in rows[: limits.HEADERS]
        if lost and (sheet.name, row) not in claimed
        for unmarked in _unmarked(lost, sheet, row, cells)
    ]
    for share, id, place in alike:
        if share == max(other for other, name, _ in alike if name == id):
            yield id, place


def _rows_with_headings(
    book: Book, parts: Sequence[Form | Table]
) -> Iterator[tuple[Sheet, int, Mapping[int, GridCell]]]:
    """The rows in which any heading of any part stands: few, however large the workbook."""
    known = {key(label) for label in FORM_COLUMNS.values()}
    for part in parts:
        for asked in part.fields if isinstance(part, Table) else ():
            known |= {key(heading(asked)), key(asked.label), key(asked.id), bare(asked.label)}
    for sheet in book.sheets:
        for row, cells in sheet.rows.items():
            texts = [str(cell.value) for cell in cells.values() if cell.held == "text"]
            if any(key(text) in known or bare(text) in known for text in texts):
                yield sheet, row, cells


def _unmarked(
    parts: Sequence[Form | Table], sheet: Sheet, row: int, cells: Mapping[int, GridCell]
) -> Iterator[tuple[float, str, Place]]:
    """A header row that lost its mark, and how sure that is, in [0, 1].

    It is told by its headings, a form by the ids below it.
    """
    best: tuple[float, str, Place] | None = None
    for part in parts:
        place, share = _by_headings(part, sheet, row, cells)
        if place and share > (best[0] if best else 0):
            best = share, part.id, place
    if best:
        yield best


def _by_headings(
    part: Form | Table, sheet: Sheet, row: int, cells: Mapping[int, GridCell]
) -> tuple[Place | None, float]:
    """Where a part stands if this is its header, and how much of it is recognised, in [0, 1]."""
    if isinstance(part, Table):
        n = len(part.fields)
        columns = _columns(part, cells, min(n, max(2, -(-3 * n // 5))))
        return (Place(sheet, row, columns), len(columns) / n) if columns else (None, 0.0)
    columns = _columns(part, cells, 1)
    if not columns or "question" not in columns:
        return None, 0.0
    ids = {key(asked.id) for asked in part.fields}
    counts: dict[int, int] = {}
    for _, below in sheet.between(row + 1, row + 3 * len(ids) + 10):
        for column, cell in below.items():
            if key(str(cell.value)) in ids:
                counts[column] = counts.get(column, 0) + 1
    column = max(counts, key=lambda c: counts[c], default=0)
    if counts.get(column, 0) * 2 < len(ids):
        return None, 0.0
    return Place(sheet, row, {**columns, "id": column}), counts[column] / len(ids)


def _columns(part: Form | Table, cells: Mapping[int, GridCell], least: int) -> dict[str, int]:
    """The part's columns in a header row; none where fewer than `least` are there.

    A heading counts as written, then as its id, then without what stands in brackets.
    """
    typed = {column: str(cell.value) for column, cell in cells.items() if cell.held == "text"}
    if isinstance(part, Form):
        return _form_columns(part, typed)
    columns: dict[str, int] = {}
    for names, fold in ((heading, key), (_label, key), (_id, key), (_label, bare)):
        for asked in part.fields:
            if asked.id in columns:
                continue
            wanted = fold(names(asked))
            at = [c for c, t in typed.items() if fold(t) == wanted and c not in columns.values()]
            if at:
                columns[asked.id] = at[0]
    return columns if len(columns) >= least else {}


def _label(asked: Question) -> str:
    return asked.label


def _id(asked: Question) -> str:
    return asked.id


def _form_columns(part: Form, typed: Mapping[int, str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, label in FORM_COLUMNS.items():
        wanted = {key(label), key(part.id)} if name == "id" else {key(label)}
        at = [column for column, text in typed.items() if key(text) in wanted]
        if at:
            columns[name] = at[0]
    return columns if "answer" in columns and len(columns) > 1 else {}


def _absent(book: Book, part: Form | Table, source: str) -> Fault:
    """The fault of a part that is nowhere, or stands sideways."""
    wanted = (
        {key(heading(f)) for f in part.fields} | {key(f.label) for f in part.fields}
        if isinstance(part, Table)
        else {key(f.id) for f in part.fields}
    )
    for sheet in book.sheets:
        lines = sheet.rows if isinstance(part, Form) else _turned(sheet)
        for cells in lines.values():
            hits = [cell for cell in cells.values() if key(str(cell.value)) in wanted]
            if len({key(str(cell.value)) for cell in hits}) >= max(2, -(-len(part.fields) // 2)):
                return _fault(
                    part,
                    f"{source}!{sheet.called}!{hits[0].at}",
                    f"{part.title!r} stands here sideways, its rows as columns; allowed: "
                    "the template's own layout; copy the answers into it",
                )
    sheets = [sheet.name for sheet in book.sheets]
    hint = nearest(part.sheet, sheets) if part.sheet not in sheets else ""
    return _fault(
        part,
        source,
        f"{part.title!r} of the sheet {part.sheet!r} is nowhere in the workbook{hint}; "
        f"found the sheets {quoted(sheets)}; allowed: every part of the template",
    )


def _fault(part: Form | Table, place: str, message: str) -> Fault:
    """A fault that leaves nothing of a part to be read."""
    return Fault(place, message, audience="vendor", about=(part.id,))


def _turned(sheet: Sheet) -> dict[int, dict[int, GridCell]]:
    """The cells of each column."""
    columns: dict[int, dict[int, GridCell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        columns.setdefault(column, {})[row] = cell
    return columns

"""Where in a workbook each part of the questionnaire stands, however it was moved."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Book, Sheet
from vendor_eval.errors import Fault
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
    last: int = limits.LAST_ROW
    repeats: frozenset[int] = frozenset()
    """Rows in which the header stands again."""


@dataclass(frozen=True)
class HeaderRow:
    """A row with headings: its columns by what of a heading counts, with and without brackets."""

    sheet: Sheet
    row: int
    by_key: Mapping[str, Sequence[int]]
    by_bare: Mapping[str, Sequence[int]]


IdRows = Mapping[tuple[str, str], Mapping[int, Sequence[int]]]
"""The rows in which an id of a form stands, ascending: by sheet and form, then by column."""


@dataclass
class PartPlaces:
    """Every part that was found, and what is wrong with where it stands."""

    places: dict[str, Place] = field(default_factory=dict)
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
    return _bare(typed) if "(" in typed and len(typed) <= LONGEST else key(typed)


@lru_cache(maxsize=4096)
def _bare(typed: str) -> str:
    # a bracket that never closes ends at the next one, or each would be followed to the end
    return " ".join(re.sub(r"\([^()]*\)", " ", _key(typed)).split())


def part_places(book: Book, asked: Questionnaire, source: str) -> PartPlaces:
    """Where every part stands, and a fault for each that stands twice."""
    parts = PartPlaces()
    headers = list(_headers(book, asked.parts))
    for part in asked.parts:
        mine = [place for id, place in headers if id == part.id]
        if not mine:
            continue
        first, *others = mine
        again = {p.header for p in others if p.sheet is first.sheet and p.columns == first.columns}
        for other in others:
            if other.sheet is not first.sheet or other.header not in again:
                place = f"{source}!{other.sheet.called}!{_corner(other)}"
                message = f"{part.title!r} appears here again, after {first.sheet.called}!"
                message += f"{_corner(first)}; allowed: once; delete one of them"
                parts.faults.append(part_fault(part, place, message))
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
    names = {part.id: _names(part) for part in parts}
    ids = {key(part.id): part for part in parts}
    rows, below = _rows_with_headings(book, parts)
    for at in rows:
        for part in [ids[name] for name in at.by_key if name in ids]:
            if columns := _columns(part, names[part.id], at, 1):
                marked.append((part.id, Place(at.sheet, at.row, columns)))
    yield from marked
    claimed = {(place.sheet.name, place.header) for _, place in marked}
    absent = {part.id for part in parts} - {id for id, _ in marked}
    lost = [part for part in parts if part.id in absent]
    alike = [
        unmarked
        for at in rows[: limits.HEADERS]
        if lost and (at.sheet.name, at.row) not in claimed
        for unmarked in _unmarked(lost, names, at, below)
    ]
    best: dict[str, float] = {}
    for share, id, _ in alike:
        best[id] = max(share, best.get(id, 0))
    yield from ((id, place) for share, id, place in alike if share == best[id])


def _rows_with_headings(
    book: Book, parts: Sequence[Form | Table]
) -> tuple[list[HeaderRow], IdRows]:
    """The rows in which any heading of any part stands, and where forms' ids stand."""
    known = {key(label) for label in FORM_COLUMNS.values()}
    forms: dict[str, list[str]] = {}
    for part in parts:
        for asked in part.fields:
            if isinstance(part, Form):
                forms.setdefault(key(asked.id), []).append(part.id)
            else:
                known |= {key(heading(asked)), key(asked.label), key(asked.id), bare(asked.label)}
    rows: list[HeaderRow] = []
    below: dict[tuple[str, str], dict[int, list[int]]] = {}
    for sheet in book.sheets:
        for row, cells in sheet.rows.items():
            texts = [(column, str(c.value)) for column, c in cells.items() if c.held == "text"]
            keys = [(column, key(text)) for column, text in texts]
            for column, name in keys:
                for form in forms.get(name, ()):
                    below.setdefault((sheet.name, form), {}).setdefault(column, []).append(row)
            if any(name in known for _, name in keys) or any(bare(t) in known for _, t in texts):
                bares = [(column, bare(text)) for column, text in texts]
                rows.append(HeaderRow(sheet, row, _by_name(keys), _by_name(bares)))
    return rows, below


def _by_name(columns: Sequence[tuple[int, str]]) -> dict[str, list[int]]:
    named: dict[str, list[int]] = {}
    for column, name in columns:
        named.setdefault(name, []).append(column)
    return named


def _unmarked(
    parts: Sequence[Form | Table],
    names: Mapping[str, Sequence["Names"]],
    at: HeaderRow,
    below: IdRows,
) -> Iterator[tuple[float, str, Place]]:
    """A header row that lost its mark, and how sure that is, in [0, 1].

    It is recognised by its headings, a form by the ids below it.
    """
    best: tuple[float, str, Place] | None = None
    for part in parts:
        place, share = _by_headings(part, names[part.id], at, below)
        if place and share > (best[0] if best else 0):
            best = share, part.id, place
    if best:
        yield best


def _by_headings(
    part: Form | Table, names: Sequence["Names"], at: HeaderRow, below: IdRows
) -> tuple[Place | None, float]:
    """Where a part stands if this is its header, and how much of it is recognised, in [0, 1]."""
    n = len(part.fields)
    if isinstance(part, Table):
        columns = _columns(part, names, at, min(n, max(2, -(-3 * n // 5))))
        return (Place(at.sheet, at.row, columns), len(columns) / n) if columns else (None, 0.0)
    columns = _columns(part, names, at, 1)
    if not columns or "question" not in columns:
        return None, 0.0
    last = at.row + 3 * n + 10
    counts = {
        column: bisect_right(rows, last) - bisect_right(rows, at.row)
        for column, rows in below.get((at.sheet.name, part.id), {}).items()
    }
    column = max(counts, key=lambda c: counts[c], default=0)
    if counts.get(column, 0) * 2 < n:
        return None, 0.0
    return Place(at.sheet, at.row, {**columns, "id": column}), counts[column] / n


Names = tuple[bool, Sequence[tuple[str, str]]]
"""What the columns of a part may be called: whether without brackets, and the name of each."""


def _names(part: Form | Table) -> list[Names]:
    """What a part's columns may be called, the best name first.

    A heading of a table counts as written, then as its id, then without what stands in brackets.
    """
    if isinstance(part, Form):
        labels = [(name, key(label)) for name, label in FORM_COLUMNS.items()]
        return [(False, [("id", key(part.id))]), (False, labels)]
    fields = part.fields
    return [
        (False, [(asked.id, key(heading(asked))) for asked in fields]),
        (False, [(asked.id, key(asked.label)) for asked in fields]),
        (False, [(asked.id, key(asked.id)) for asked in fields]),
        (True, [(asked.id, bare(asked.label)) for asked in fields]),
    ]


def _columns(
    part: Form | Table, names: Sequence[Names], at: HeaderRow, least: int
) -> dict[str, int]:
    """The part's columns in a header row; none where fewer than `least` are there."""
    columns: dict[str, int] = {}
    taken: set[int] = set()
    for without, called in names:
        by_name = at.by_bare if without else at.by_key
        for id, name in called:
            free = (column for column in by_name.get(name, ()) if column not in taken)
            if id not in columns and (column := next(free, 0)):
                columns[id] = column
                taken.add(column)
    if isinstance(part, Form):
        return columns if "answer" in columns and len(columns) > 1 else {}
    return columns if len(columns) >= least else {}


def part_fault(part: Form | Table, place: str, message: str) -> Fault:
    """A fault that leaves nothing of a part to be read."""
    return Fault(place, message, audience="vendor", about=(part.id,))

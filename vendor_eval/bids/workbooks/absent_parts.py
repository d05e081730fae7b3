"""The parts of the questionnaire that a returned workbook lacks, and a workbook that lacks all."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from vendor_eval.bids.workbooks.grid import Book, GridCell, Sheet
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.places import PartPlaces, heading, key, part_fault
from vendor_eval.errors import Fault, nearest, quoted
from vendor_eval.questionnaire.sheet import Form, Questionnaire, Table

SHEET_SHOWN = 60
"""Characters that a list of sheets shows of a sheet's name."""
NO_RESPONSE = (
    "holds no part of the response workbook; allowed: the template that the vendor was sent, "
    "filled in; ask the vendor for it, or copy the answers into the template and move this file "
    "to attachments/"
)


def absences(
    book: Book, asked: Questionnaire, parts: PartPlaces, source: str
) -> Mapping[str, Fault]:
    """What to report of each part that is nowhere, or stands sideways, by part."""
    absent = [part for part in asked.parts if part.id not in parts.places]
    sideways = _sideways(book, absent) if absent else {}
    sheets = [cut(sheet.called, SHEET_SHOWN) for sheet in book.sheets]
    faults: dict[str, Fault] = {}
    for part in absent:
        if part.id in sideways:
            sheet, cell = sideways[part.id]
            place = f"{source}!{sheet.called}!{cell.at}"
            message = f"{part.title!r} is transposed here, its rows as columns; allowed: "
            message += "the template's own layout; copy the answers into it"
        else:
            hint = nearest(part.sheet, sheets) if part.sheet not in sheets else ""
            place = source
            message = f"{part.title!r} of the sheet {part.sheet!r} is nowhere in the workbook{hint}"
            message += f"; found the sheets {quoted(sheets)}; allowed: every part of the template"
        faults[part.id] = part_fault(part, place, message)
    return faults


def is_no_response(parts: PartPlaces, absent: Mapping[str, Fault], source: str) -> bool:
    """Whether a workbook holds nothing that is asked, not even sideways."""
    return bool(absent) and not parts.places and all(f.place == source for f in absent.values())


def _sideways(book: Book, parts: Sequence[Form | Table]) -> dict[str, tuple[Sheet, GridCell]]:
    """Where parts stand sideways, by id: a form's ids in a row, a table's headings in a column."""
    words: dict[str, set[str]] = {}
    for part in parts:
        for asked in part.fields:
            form = isinstance(part, Form)
            for word in (asked.id,) if form else (heading(asked), asked.label):
                words.setdefault(key(word), set()).add(part.id)
    by_id = {part.id: part for part in parts}
    at: dict[str, tuple[Sheet, GridCell]] = {}
    for sheet in book.sheets:
        hits: dict[tuple[str, int], dict[str, GridCell]] = {}
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                name = key(str(cell.value)) if cell.held == "text" else ""
                for id in words.get(name, ()):
                    line = row if isinstance(by_id[id], Form) else column
                    hits.setdefault((id, line), {}).setdefault(name, cell)
        for (id, _), met in sorted(hits.items(), key=itemgetter(0)):
            if len(met) >= max(2, -(-len(by_id[id].fields) // 2)):
                at.setdefault(id, (sheet, next(iter(met.values()))))
    return at

"""One returned workbook as a vendor's response, with every fault in it."""

from collections.abc import Mapping, Sequence

from vendor_eval.bids.decisions import Correction
from vendor_eval.bids.proposal import NAME
from vendor_eval.bids.response import Response
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.absent_parts import NO_RESPONSE, absences, is_no_response
from vendor_eval.bids.workbooks.answers import form_answers, table_rows
from vendor_eval.bids.workbooks.editions import FINGERPRINT, NOT_ASKED, edition
from vendor_eval.bids.workbooks.grid import Book, GridCell, Sheet
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.bids.workbooks.notation import Ambiguous, cut
from vendor_eval.bids.workbooks.ooxml import book
from vendor_eval.bids.workbooks.package import Unreadable
from vendor_eval.bids.workbooks.places import PartPlaces, key, part_places
from vendor_eval.bids.workbooks.reading import WorkbookReading
from vendor_eval.bids.workbooks.unasked import unread_notes, vendors_comments
from vendor_eval.errors import Fault, quoted
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table
from vendor_eval.rules.plain_text import text

VENDOR_LABEL = "Vendor's name"
"""What stands before the vendor's name on the sheet *Read me*."""
READ_ME = "Read me"
CARRIED = "vendor_eval_rules"
"""The property, and the name, that carries the rules' fingerprint."""


def response(
    content: bytes,
    source: str,
    asked: Questionnaire,
    known: Questionnaire | None = None,
    *,
    corrections: Mapping[str, Correction] | None = None,
) -> tuple[Response | None, list[Fault]]:
    """What a workbook answers, unless it does not show whose it is, and its faults.

    `known`: everything that can be asked, of which an older workbook may have asked more.
    `corrections`: what the buyer corrects in it, by the place of the cell.
    """
    try:
        opened = book(content)
    except Unreadable as error:
        return None, [Fault(source, str(error), audience="vendor")]
    names = [sheet.name for sheet in opened.sheets if len(sheet.name) > limits.NAME]
    if names:
        message = f"found a sheet's name of {len(names[0]):,} characters; allowed: {limits.NAME}"
        return None, [Fault(source, message, audience="vendor")]
    made = edition(opened, asked, known or asked)
    reading = WorkbookReading(source, made, corrections=corrections or {})
    asked = made.read_by
    parts = part_places(opened, asked, source)
    absent = absences(opened, asked, parts, source)
    labels = _labels(opened, parts)
    if not labels and is_no_response(parts, absent, source):
        return None, [Fault(source, NO_RESPONSE)]
    vendor = _vendor(labels, reading)
    reading.faults += parts.faults
    _report_absences(absent, reading)
    carried = carried_fingerprint(opened)
    read_parts = _parts(parts, asked, reading)
    notes = noted([*unread_notes(opened, asked, parts, reading), *reading.notes], source)
    commented = tuple(vendors_comments(opened, (asked, known or asked), parts, reading))
    faults = at_most(reading.faults, source)
    if vendor is None:
        return None, faults
    forms, tables = read_parts
    returned = Response(
        vendor,
        source,
        forms,
        tables,
        carried,
        tuple(notes),
        asked_at=dict(reading.asked_at),
        comments=commented,
        corrected=dict(reading.corrected),
    )
    return returned, faults


def _report_absences(absent: Mapping[str, Fault], reading: WorkbookReading) -> None:
    """A fault for each absent part that was asked for, a note for each that is new since then."""
    for part in reading.edition.read_by.parts:
        ids = [field.id for field in part.fields]
        if part.id in absent and reading.edition.wanted(part.id, *ids):
            reading.faults.append(absent[part.id])
        elif part.id in absent and reading.edition.new(part.id, *ids):
            reading.notes.append(f"{reading.source}: {part.title!r} {NOT_ASKED}")


def at_most(faults: list[Fault], source: str) -> list[Fault]:
    """The first faults of a workbook, and one that says how many more there are."""
    if len(faults) <= limits.FAULTS:
        return faults
    more = faults[limits.FAULTS :]
    spoilt = sorted({id for fault in more for id in fault.about})
    message = f"{len(more)} more faults of this workbook"
    rest = Fault(source, message, audience="vendor", about=tuple(spoilt))
    return [*faults[: limits.FAULTS], rest]


def noted(notes: list[str], source: str) -> list[str]:
    """The first notes of a workbook, and one that says how many more there are."""
    more = len(notes) - limits.NOTES
    rest = [f"{source}: {more} more notes of this workbook"] if more > 0 else []
    return [*notes[: limits.NOTES], *rest]


def _parts(parts: PartPlaces, asked: Questionnaire, reading: WorkbookReading) -> tuple[dict, dict]:  # type: ignore[type-arg]
    forms, tables = {}, {}
    for part in asked.parts:
        at = parts.places.get(part.id)
        if at is None:
            continue
        for cell in at.sheet.rows[at.header].values():
            if cell.column in at.columns.values() or key(cell.shown) == key(part.id):
                reading.use(at.sheet, cell)
        reading.asked_at[part.id] = f"{reading.source}!{at.sheet.called}"
        if isinstance(part, Form):
            forms[part.id] = form_answers(part, at, reading)
        elif isinstance(part, Table):
            tables[part.id] = table_rows(part, at, reading)
    return forms, tables


Labels = Sequence[tuple[Sheet, GridCell, GridCell | None]]
"""Cells that say `VENDOR_LABEL`, each with the next one in its row."""


def _labels(opened: Book, parts: PartPlaces) -> Labels:
    label = key(VENDOR_LABEL)
    headers = {(place.sheet.name, place.header) for place in parts.places.values()}
    labels: list[tuple[Sheet, GridCell, GridCell | None]] = []
    for sheet in opened.sheets:
        for row, cells in sheet.rows.items():
            if (sheet.name, row) in headers:
                continue
            texts = [
                cell.held == "text" and key(str(cell.value)) == label for cell in cells.values()
            ]
            if any(texts):
                following = [*cells.values(), None][1:]
                every = zip(texts, cells.values(), following, strict=True)
                labels += [(sheet, cell, after) for is_label, cell, after in every if is_label]
    return labels


def _vendor(labels: Labels, reading: WorkbookReading) -> str | None:
    """The vendor's name, found by its label; None, and a fault, where there is none."""
    if not labels:
        message = f"no cell says {VENDOR_LABEL!r}; allowed: the template's sheet {READ_ME!r}"
        reading.fault(reading.source, message)
        return None
    names: dict[str, str] = {}
    for sheet, cell, after in labels:
        reading.use(sheet, cell)
        if after is None:
            continue
        reading.use(sheet, after)
        place = reading.place(sheet, after.at)
        try:
            name = str(read(after, Question("vendor", VENDOR_LABEL)).value)
        except Ambiguous as error:
            reading.fault(place, error)
            return None
        names.setdefault(" ".join(text(name).split()), place)
    place = reading.place(labels[0][0], labels[0][1].at)
    if len(names) == 1:
        [(vendor, place)] = names.items()
        if len(vendor) <= NAME:
            return vendor
        message = f"a name of {len(vendor):,} characters; allowed: {NAME} at most"
        reading.fault(place, message)
        return None
    message = (
        f"{len(names)} names of the vendor: {quoted(map(cut, names), at_most=2)}; allowed: one"
        if names
        else "the vendor's name is blank; allowed: a name in the cell next to it"
    )
    reading.fault(place, message)
    return None


def carried_fingerprint(opened: Book) -> str | None:
    """The fingerprint that a workbook carries: as a property, as a name, or in a cell."""
    cells = (c.value for s in opened.sheets for c in s.cells.values() if c.held == "text")
    typed = (opened.properties.get(CARRIED, ""), opened.names.get(CARRIED, "").strip('"'), *cells)
    return next((str(each) for each in typed if FINGERPRINT.fullmatch(str(each))), None)

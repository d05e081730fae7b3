"""The answers of one returned workbook, part by part, with what is wrong or worth knowing."""

from collections.abc import Iterator, Mapping

from vendor_eval.bids.response import Answer, Cell, Row
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.asked import Read
from vendor_eval.bids.workbooks.editions import NOT_ASKED
from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.places import NEEDED, Place, heading, key
from vendor_eval.bids.workbooks.reading import WorkbookReading
from vendor_eval.questionnaire.sheet import Form, Question, Table, currency_of

WEIGHED = "answers"
"""The form whose answers the rules judge themselves."""
EVIDENCE = Question("evidence", "Evidence")
NEAR = 50
"""Columns that are not asked for among which a missing one is looked for."""


def form_answers(form: Form, at: Place, reading: WorkbookReading) -> dict[str, Answer]:
    """Each question's answer and evidence."""
    rows = _question_rows(form, at, reading)
    weighed = form.id == WEIGHED
    answers: dict[str, Answer] = {}
    reads: dict[str, tuple[Cell, Read]] = {}
    for asked in form.fields:
        cells = rows.get(asked.id)
        if cells is None:
            continue
        n, column = next(iter(cells.values())).row, at.columns["answer"]
        held = reading.held(at.sheet, n, column, cells, asked.id)
        about = f"{form.id}.{asked.id}"
        reading.asked_at[about] = reading.place(at.sheet, GridCell(n, column, "text").at)
        answer = reading.cell(at.sheet, held, asked, about, weighed=weighed) if held else None
        if held is None:
            _merged_faults(form, asked, n, column, at, reading)
        proof = cells.get(at.columns.get("evidence", 0))
        evidence = reading.cell(at.sheet, proof, EVIDENCE, EVIDENCE.id) if proof else None
        answers[asked.id] = Answer(answer[0] if answer else None, evidence[0] if evidence else None)
        if answer:
            reads[asked.id] = answer
    _currency_faults(form, reads, reading)
    return answers


def _question_rows(
    form: Form, at: Place, reading: WorkbookReading
) -> dict[str, Mapping[int, GridCell]]:
    """The row of each question, by its id; faults for ids unknown, absent or there twice."""
    known = {key(asked.id): asked for asked in form.fields}
    rows: dict[str, Mapping[int, GridCell]] = {}
    answered = (at.columns["answer"], at.columns.get("evidence", 0))
    for _, cells in at.sheet.between(at.header + 1, at.last):
        id = cells.get(at.columns["id"])
        if id is None or (cells.keys().isdisjoint(answered) and key(id.shown) not in known):
            continue
        place = reading.place(at.sheet, id.at)
        asked = known.get(key(id.shown))
        for column in at.columns.values():
            if column in cells:
                reading.use(at.sheet, cells[column])
        if asked is None and reading.edition.dropped(f"{form.id}.{id.shown}"):
            reading.notes.append(f"{place}: {cut(id.shown)!r} is no longer asked and was not read")
        elif asked is None:
            hint = reading.hint(cut(id.shown), [a.id for a in form.fields])
            message = f"unknown id {cut(id.shown)!r}{hint}; allowed: the template's own ids"
            reading.fault(place, message, f"{form.id}.{cut(id.shown)}")
        elif asked.id in rows:
            message = f"the question {asked.id!r} appears here again; allowed: one answer to each"
            reading.fault(place, message, f"{form.id}.{asked.id}")
        else:
            rows[asked.id] = cells
            reading.notes += _altered(asked, cells, at, reading)
    for asked in form.fields:
        place = f"{reading.source}!{at.sheet.called}"
        if asked.id not in rows and reading.edition.wanted(form.id, asked.id):
            message = f"the question {asked.id!r} is not there; allowed: every row of the template"
            reading.fault(place, message, f"{form.id}.{asked.id}")
        elif asked.id not in rows and reading.edition.new(form.id, asked.id):
            reading.notes.append(f"{place}: the question {asked.id!r} {NOT_ASKED}")
    return rows


def _altered(
    asked: Question, cells: Mapping[int, GridCell], at: Place, reading: WorkbookReading
) -> Iterator[str]:
    """Where a question or its unit does not read as it was asked."""
    for name, wanted in (("question", asked.label), ("unit", asked.unit)):
        cell = cells.get(at.columns.get(name, 0))
        if cell is not None and key(cell.shown) != key(wanted):
            place = reading.place(at.sheet, cell.at)
            yield f"{place}: the {name} was {wanted!r} and reads {cut(cell.shown)!r} now"


def table_rows(table: Table, at: Place, reading: WorkbookReading) -> tuple[Row, ...]:
    """The rows that hold anything, as entered."""
    _missing_columns(table, at, reading)
    for id, column in at.columns.items():
        reading.asked_at[f"{table.id}.{id}"] = GridCell(1, column, "text").at[:-1]
    rows: list[Row] = []
    for n, cells in at.sheet.between(at.header + 1, at.last):
        filled = {
            f.id: cell
            for f in table.fields
            if (cell := reading.held(at.sheet, n, at.columns.get(f.id, 0), cells)) is not None
        }
        if not filled:
            continue
        if n in at.repeats:
            reading.notes.append(f"{reading.place(at.sheet, f'row {n}')}: the header again")
            for cell in cells.values():
                reading.use(at.sheet, cell)
        elif not _left_over(n, filled, at):
            rows.append(_row(table, at, filled, reading))
        if len(rows) > limits.ROWS:
            message = f"more than {limits.ROWS:,} rows; allowed: {limits.ROWS:,} at most"
            reading.fault(reading.place(at.sheet, f"row {n}"), message, table.id)
            break
    return tuple(rows)


def _left_over(n: int, filled: Mapping[str, GridCell], at: Place) -> bool:
    """Whether a row holds no entry: a banner across columns, or formulas that give nothing."""
    cells = list(filled.values())
    if all(c.formula is not None and c.held == "number" and not c.value for c in cells):
        return True
    merged = at.sheet.merged_at(n, cells[0].column)
    return len(cells) == 1 and merged is not None and merged[3] > merged[1]


def _row(table: Table, at: Place, filled: Mapping[str, GridCell], reading: WorkbookReading) -> Row:
    read_cells = {
        asked.id: reading.cell(at.sheet, filled[asked.id], asked, f"{table.id}.{asked.id}")
        for asked in table.fields
        if asked.id in filled
    }
    row = {id: cell for id, cell in read_cells.items() if cell is not None}
    n = next(iter(filled.values())).row
    blank = [f for f in table.fields if f.id in at.columns and f.id not in filled]
    merged = [_merged_faults(table, f, n, at.columns[f.id], at, reading) for f in blank]
    needed = [f for f in blank if f.needed]
    if needed and not any(merged):
        _needed(table, needed, n, at, reading)
    _currency_faults(table, row, reading)
    for asked in table.fields:
        if asked.buyers and asked.id in row:
            cell = row[asked.id][0]
            message = f"{cut(cell.typed)!r} under {asked.label!r}, which the buyer fills in"
            reading.notes.append(f"{cell.place}: {message}")
    return {id: cell for id, (cell, _) in row.items()}


def _merged_faults(
    part: Form | Table, asked: Question, n: int, column: int, at: Place, reading: WorkbookReading
) -> bool:
    """Whether a blank cell is merged with a filled one above it, which is a fault."""
    merged = at.sheet.merged_at(n, column)
    if merged is None or merged[0] >= n or merged[:2] not in at.sheet.cells:
        return False
    first = GridCell(merged[0], merged[1], "text").at
    message = f"is merged with {first}; allowed: a value in each row; unmerge and fill in"
    place = reading.place(at.sheet, GridCell(n, column, "text").at)
    reading.fault(place, f"{asked.label!r} {message}", f"{part.id}.{asked.id}")
    return True


def _needed(
    table: Table, blank: list[Question], n: int, at: Place, reading: WorkbookReading
) -> None:
    """The fault of a row that lacks what every row must hold, at the first cell concerned."""
    names = " and ".join(repr(asked.label) for asked in blank)
    place = reading.place(at.sheet, GridCell(n, at.columns[blank[0].id], "text").at)
    message = f"{names} blank in a row that is filled in; allowed: a value"
    reading.fault(place, message, *(f"{table.id}.{asked.id}" for asked in blank))


def _missing_columns(table: Table, at: Place, reading: WorkbookReading) -> None:
    others = [c for c in at.sheet.rows[at.header].values() if c.column not in at.columns.values()]
    typed = [cut(cell.shown) for cell in others[:NEAR]]
    names = {key(name): f.id for f in table.fields for name in (heading(f), f.label)}
    for cell in others:
        again = names.get(key(cell.shown))
        if again is not None:
            message = f"the column {cut(cell.shown)!r} appears here again; allowed: once"
            reading.fault(reading.place(at.sheet, cell.at), message, f"{table.id}.{again}")
    for asked in table.fields:
        if asked.id in at.columns:
            continue
        wanted = heading(asked).removesuffix(NEEDED)
        place = f"{reading.source}!{at.sheet.called}!row {at.header}"
        if reading.edition.new(table.id, asked.id):
            reading.notes.append(f"{place}: the column {wanted!r} {NOT_ASKED}")
        elif reading.edition.wanted(table.id, asked.id):
            message = (
                f"no column {wanted!r}{reading.hint(wanted, typed)}; allowed: every column of the"
            )
            reading.fault(place, f"{message} template", f"{table.id}.{asked.id}")


def _currency_faults(
    part: Form | Table, reads: Mapping[str, tuple[Cell, Read]], reading: WorkbookReading
) -> None:
    """Amounts that say they are in another currency than the one that is stated for them."""
    for asked in part.fields:
        if asked.id not in reads or not reads[asked.id][1].currencies:
            continue
        currency = currency_of(asked, part.fields) or ""
        stated = reads.get(currency)
        if stated is None:
            continue
        cell, read = reads[asked.id]
        code, place = str(stated[0].value).upper(), stated[0].place
        if code not in read.currencies:
            message = f"found {cut(cell.typed)!r}, but the currency stated is {code} at {place}"
            reading.fault(cell.place, message, f"{part.id}.{asked.id}", f"{part.id}.{currency}")

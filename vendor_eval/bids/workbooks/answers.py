"""The answers of one returned workbook, part by part, with what is wrong or worth knowing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vendor_eval.bids.decisions import Correction
from vendor_eval.bids.response import Answer, Cell, Row
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.asked import Read
from vendor_eval.bids.workbooks.editions import NOT_ASKED, Edition
from vendor_eval.bids.workbooks.grid import GridCell, Sheet
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.bids.workbooks.notation import Ambiguous, cut
from vendor_eval.bids.workbooks.places import NEEDED, Place, heading, key
from vendor_eval.errors import Fault, nearest
from vendor_eval.questionnaire.sheet import Form, Question, Table, currency_of

WEIGHED = "answers"
"""The form whose answers the rules judge themselves."""
EVIDENCE = Question("evidence", "Evidence")


@dataclass
class WorkbookReading:
    """What was read of one workbook so far."""

    source: str
    edition: Edition
    """What the workbook was made to ask."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: set[tuple[str, int, int]] = field(default_factory=set)
    """Cells that were read or are the template's own: sheet, row, column."""
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    """What the buyer corrects in this workbook, by the place that it names."""
    corrected: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The cells that were corrected so far: by the place named, the cell's place and its text."""
    asked_at: dict[str, str] = field(default_factory=dict)
    """Where each question is asked, as `Response` remembers it."""

    def place(self, sheet: Sheet, at: str) -> str:
        """A cell as faults name it, `Beta.xlsx!Pricing!D14`."""
        return f"{self.source}!{sheet.called}!{at}"

    def fault(self, place: str, message: str, *about: str) -> None:
        """Counts a fault; `about`: the parts or fields it spoils, by id, or else everything."""
        self.faults.append(Fault(place, message, audience="vendor", about=about))

    def use(self, sheet: Sheet, cell: GridCell) -> None:
        """Counts a cell as read."""
        self.used.add((sheet.name, cell.row, cell.column))

    def held(
        self, sheet: Sheet, row: int, column: int, cells: Mapping[int, GridCell], id: str = ""
    ) -> GridCell | None:
        """What is read in a row's column: the cell, or what the buyer corrected it to.

        None where it is blank. `id`: the question's, by which a correction may name the cell too.
        """
        cell = cells.get(column)
        if not self.corrections or not column:
            return cell
        place = self.place(sheet, GridCell(row, column, "text").at)
        by_id = f"{self.source}!{sheet.called}!{id}"
        correction = self.corrections.get(place) or self.corrections.get(by_id)
        if correction is None:
            return cell
        self.corrected[correction.at] = (place, cell.shown.strip() if cell else "")
        if isinstance(correction.value, float):
            return GridCell(row, column, "number", correction.value)
        return GridCell(row, column, "text", correction.becomes)

    def cell(
        self, sheet: Sheet, held: GridCell, asked: Question, about: str, *, weighed: bool = False
    ) -> tuple[Cell, Read] | None:
        """A cell as it was read; None, and a fault `about` its question, where it is refused."""
        self.use(sheet, held)
        place = self.place(sheet, held.at)
        correction = self._correction(place)
        merged = sheet.merged_at(held.row, held.column)
        covered = merged is not None and merged[:2] != (held.row, held.column)
        if merged is not None and covered and correction is None:
            first = GridCell(merged[0], merged[1], "text").at
            message = f"found {cut(held.shown)!r} under a cell that is merged with {first}"
            self.fault(place, f"{message}; allowed: a cell that is seen; unmerge it", about)
            return None
        try:
            value = read(held, asked, weighed=weighed)
        except Ambiguous as error:
            self.fault(place, str(error), about)
            return None
        said = sheet.commented(held.row, held.column)
        if correction is not None:
            _, holds = self.corrected[correction.at]
            note, answered = correction.note(holds), correction.ground == "answer"
            return Cell(value.value, place, holds, note, correction.becomes, answered, said), value
        return Cell(value.value, place, held.shown.strip(), value.note, comment=said), value

    def _correction(self, place: str) -> Correction | None:
        """The correction of a cell that was met in `held`."""
        named = (at for at, (cell, _) in self.corrected.items() if cell == place)
        return self.corrections.get(next(named, ""))


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
            hint = nearest(cut(id.shown), [a.id for a in form.fields])
            message = f"unknown id {cut(id.shown)!r}{hint}; allowed: the template's own ids"
            reading.fault(place, message, f"{form.id}.{cut(id.shown)}")
        elif asked.id in rows:
            message = f"the question {asked.id!r} stands here again; allowed: one answer to each"
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
    """The rows that hold anything, as typed."""
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
    typed = [cut(cell.shown) for cell in others]
    names = {key(name): f.id for f in table.fields for name in (heading(f), f.label)}
    for cell in others:
        again = names.get(key(cell.shown))
        if again is not None:
            message = f"the column {cut(cell.shown)!r} stands here again; allowed: once"
            reading.fault(reading.place(at.sheet, cell.at), message, f"{table.id}.{again}")
    for asked in table.fields:
        if asked.id in at.columns:
            continue
        wanted = heading(asked).removesuffix(NEEDED)
        place = f"{reading.source}!{at.sheet.called}!row {at.header}"
        if reading.edition.new(table.id, asked.id):
            reading.notes.append(f"{place}: the column {wanted!r} {NOT_ASKED}")
        elif reading.edition.wanted(table.id, asked.id):
            message = f"no column {wanted!r}{nearest(wanted, typed)}; allowed: every column of the"
            reading.fault(place, f"{message} template", f"{table.id}.{asked.id}")


def _currency_faults(
    part: Form | Table, reads: Mapping[str, tuple[Cell, Read]], reading: WorkbookReading
) -> None:
    """Amounts that say they are in another currency than the one that is stated for them."""
    for asked in part.fields:
        currency = currency_of(asked, part.fields) or ""
        stated = reads.get(currency)
        if asked.id not in reads or stated is None:
            continue
        cell, read = reads[asked.id]
        code, place = str(stated[0].value).upper(), stated[0].place
        if read.currencies and code not in read.currencies:
            message = f"found {cut(cell.typed)!r}, but the currency stated is {code} at {place}"
            reading.fault(cell.place, message, f"{part.id}.{asked.id}", f"{part.id}.{currency}")

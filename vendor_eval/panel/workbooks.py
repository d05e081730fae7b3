"""Evaluators' workbooks and the agenda as they came back, by the reader of vendors' workbooks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import get_args

from vendor_eval.bids.response import Cell, Row
from vendor_eval.bids.workbooks.absent_parts import absences
from vendor_eval.bids.workbooks.answers import form_answers, table_rows
from vendor_eval.bids.workbooks.editions import Edition
from vendor_eval.bids.workbooks.grid import GridCell
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.bids.workbooks.notation import Ambiguous
from vendor_eval.bids.workbooks.ooxml import book
from vendor_eval.bids.workbooks.package import Unreadable
from vendor_eval.bids.workbooks.places import part_places
from vendor_eval.bids.workbooks.reading import WorkbookReading
from vendor_eval.bids.workbooks.returned import at_most, carried_fingerprint, noted
from vendor_eval.bids.workbooks.unasked import unread_notes
from vendor_eval.errors import Fault
from vendor_eval.panel.bodies import Interest, Mitigation
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table
from vendor_eval.rules.scales import AnchoredScale

SCORES_SHEET, SCALE_SHEET, GUIDE_SHEET = "Scores", "Scale", "How to score"
AGENDA_SHEET, CHAIR_SHEET = "Agenda", "Chair"
DECLARATIONS_SHEET = "Declarations"
DECLARATION = "declaration.xlsx"
"""The workbook of those who declare and score nothing."""
OURS = (SCALE_SHEET, GUIDE_SHEET)
"""Sheets that nobody fills in."""
PRINTED = 2
"""Rows of a title and a sentence at the top of each sheet."""
WHO = Form(
    "who",
    SCORES_SHEET,
    "Who scores",
    (
        Question("evaluator", "Your id"),
        Question("scored_on", "Date on which you scored", "date"),
        Question("round", "Round"),
        Question("log_code", "Code of the log when this workbook was made"),
    ),
)
MARKS = Table(
    "marks",
    SCORES_SHEET,
    "Marks",
    (
        Question("vendor", "Vendor", needed=True),
        Question("criterion", "Criterion", needed=True),
        Question("question", "Question to the vendor"),
        Question("answer", "Answer of the vendor"),
        Question("evidence", "Evidence named"),
        Question("level", "Level", help="A level of the scale; half levels do not exist."),
        Question("comment", "Comment", help="What you found, and where in the proposal."),
        Question("reason", "Reason for a change", help="Only where you change an earlier mark."),
        Question("asked", "Asked"),
    ),
)
EVALUATOR_BOOK = Questionnaire((WHO, MARKS))
DECLARES = Form(
    "declares",
    DECLARATIONS_SHEET,
    "Who declares",
    (
        Question("person", "Your id or role"),
        Question("declared_on", "Date of your declaration", "date"),
    ),
)
INTERESTS = Table(
    "interests",
    DECLARATIONS_SHEET,
    "Interests",
    (
        Question("vendor", "Vendor", needed=True),
        Question("interest", "Interest", "choice", allowed=get_args(Interest)),
        Question("detail", "What it is", help="It is kept in private/, and in no report."),
        Question("mitigation", "Measure", "choice", allowed=get_args(Mitigation)),
        Question("decided_by", "Who decided the measure"),
    ),
)
DECLARATION_BOOK = Questionnaire((DECLARES, INTERESTS))
DECLARING_BOOK = Questionnaire((DECLARES, INTERESTS, WHO, MARKS))
"""An evaluator's workbook where the rules ask for declarations."""
MEETING = Form(
    "meeting",
    AGENDA_SHEET,
    "The meeting",
    (
        Question("agreed_on", "Date of the meeting", "date"),
        Question("recorded_by", "Recorded by (an id or a role)"),
        Question("log_code", "Code of the log when this workbook was made"),
    ),
)
AGENDA = Table(
    "agenda",
    AGENDA_SHEET,
    "Agenda",
    (
        Question("vendor", "Vendor", needed=True),
        Question("criterion", "Criterion", needed=True),
        Question("question", "Question to the vendor"),
        Question("answer", "Answer of the vendor"),
        Question("evidence", "Evidence named"),
        Question("marks", "Levels and comments"),
        Question("spread", "Spread"),
        Question("level", "Agreed level"),
        Question("reason", "Reason for the vendor"),
        Question("present", "Present (ids)"),
        Question("shown_at", "Evidence for a level that nobody gave"),
        Question("asked", "Asked"),
    ),
)
CHAIR = Table(
    "chair",
    CHAIR_SHEET,
    "Decisions of the chair",
    (
        Question("criterion", "Criterion", needed=True),
        Question("reason", "Why fewer evaluators are enough, for all vendors alike"),
    ),
)
AGENDA_BOOK = Questionnaire((MEETING, AGENDA, CHAIR))


@dataclass(frozen=True)
class PanelBook:
    """A workbook of the panel as it came back; what could not be read is blank, with its fault."""

    source: str
    forms: Mapping[str, Mapping[str, Cell]]
    tables: Mapping[str, tuple[Row, ...]]
    columns: Mapping[str, str]
    """The letters of each table's columns, by "table.column"."""
    cells: Mapping[str, str]
    """The cells of each form's answers, by "form.question"."""
    fingerprint: str | None
    notes: tuple[str, ...]
    faults: tuple[Fault, ...]
    """At most 100, and how many more there are."""
    unread: frozenset[str] = frozenset()
    """Every cell that holds what could not be read."""

    def entered(self, form: str, question: str) -> str:
        """An answer of a form as text; "" where it is blank."""
        cell = self.forms.get(form, {}).get(question)
        return cell.text if cell else ""

    def day(self, form: str, question: str) -> date | None:
        """A date of a form; None where it is blank."""
        cell = self.forms.get(form, {}).get(question)
        return cell.day if cell else None

    def cell(self, form: str, question: str) -> str:
        """A cell of a form as faults name it, blank or not."""
        return self.cells.get(f"{form}.{question}", f"{self.source}!{form}!{question}")

    def is_unread(self, place: str) -> bool:
        """Whether a cell holds what could not be read, which is a fault already."""
        return place in self.unread

    def place(self, table: str, row: Row, column: str) -> str:
        """A cell of a table's row as faults name it, blank or not."""
        if column in row:
            return row[column].place
        sheet, _, at = next(iter(row.values())).place.rpartition("!")
        number = at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return f"{sheet}!{self.columns.get(f'{table}.{column}', '')}{number}"


def panel_book(content: bytes, source: str, asked: Questionnaire) -> PanelBook:
    """What stands in a returned workbook, with every fault that keeps a cell from being read."""
    try:
        opened = book(content)
    except Unreadable as error:
        return PanelBook(source, {}, {}, {}, {}, None, (), (Fault(source, str(error)),))
    reading = WorkbookReading(source, Edition(asked, asked.questions, asked.questions))
    parts = part_places(opened, asked, source)
    reading.faults += [*parts.faults, *absences(opened, asked, parts, source).values()]
    for sheet in opened.sheets:
        for cell in sheet.cells.values():
            # what is printed: pages that nobody fills in, titles, and the numbers of rows
            if sheet.name in OURS or cell.row <= PRINTED or cell.column == 1:
                reading.use(sheet, cell)
    forms, tables = {}, {}
    for part in asked.parts:
        at = parts.places.get(part.id)
        if at is None:
            continue
        for cell in at.sheet.rows[at.header].values():
            reading.use(at.sheet, cell)
        if isinstance(part, Form):
            answers = form_answers(part, at, reading)
            forms[part.id] = {id: a.answer for id, a in answers.items() if a.answer}
        else:
            tables[part.id] = table_rows(part, at, reading)
    notes = noted([*reading.notes, *unread_notes(opened, asked, parts, reading)], source)
    faults = tuple(replace(fault, audience="buyer") for fault in at_most(reading.faults, source))
    unread = frozenset(fault.place for fault in reading.faults)
    asked_at = {id: at for id, at in reading.asked_at.items() if "." in id}
    cells = {id: at for id, at in asked_at.items() if at.startswith(f"{source}!")}
    columns = {id: at for id, at in asked_at.items() if id not in cells}
    fingerprint = carried_fingerprint(opened)
    return PanelBook(
        source, forms, tables, columns, cells, fingerprint, tuple(notes), faults, unread
    )


def level_in(cell: Cell, scale: AnchoredScale) -> str:
    """The code of the level in a cell; ValueError with what was found and what is allowed.

    A level goes by its code, or by its code and label.
    """
    called = tuple(f"{level.level} {level.label}" for level in scale.levels)
    asked = Question("level", "Level", "choice", "", scale.codes, needed=True, called=called)
    try:
        return str(read(GridCell(1, 1, "text", cell.typed), asked).value)
    except Ambiguous as error:
        raise ValueError(str(error)) from None

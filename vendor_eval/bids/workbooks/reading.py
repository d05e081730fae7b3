"""What was read of one returned workbook so far: every cell, fault and note passes through it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vendor_eval.bids.decisions import Correction
from vendor_eval.bids.response import Cell
from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.asked import Read
from vendor_eval.bids.workbooks.editions import Edition
from vendor_eval.bids.workbooks.grid import GridCell, Sheet
from vendor_eval.bids.workbooks.kinds import read
from vendor_eval.bids.workbooks.notation import Ambiguous, cut
from vendor_eval.errors import Fault, nearest
from vendor_eval.questionnaire.sheet import Question


@dataclass
class WorkbookReading:
    """What was read of one workbook so far."""

    source: str
    edition: Edition
    """What the workbook was made to ask."""
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    """Cells that were read or are the template's own: rows and columns, by sheet."""
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    """What the buyer corrects in this workbook, by the place that it names."""
    corrected: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The cells that were corrected so far: by the place named, the cell's place and its text."""
    correction_at: dict[str, Correction] = field(default_factory=dict)
    """The corrections that were made so far, by the place of the cell."""
    asked_at: dict[str, str] = field(default_factory=dict)
    """Where each question is asked, as `Response` remembers it."""

    def place(self, sheet: Sheet, at: str) -> str:
        """A cell as faults name it, `Beta.xlsx!Pricing!D14`."""
        return f"{self.source}!{sheet.called}!{at}"

    def fault(self, place: str, message: str | Ambiguous, *about: str) -> None:
        """Counts a fault; `about`: the parts or fields it spoils, by id, or else everything.

        Beyond the limit nothing but its count is reported, and its message is not made.
        """
        shown = "" if self.full else str(message)
        self.faults.append(Fault(place, shown, audience="vendor", about=about))

    @property
    def full(self) -> bool:
        """Whether it has as many faults as are reported of one workbook."""
        return len(self.faults) >= limits.FAULTS

    def hint(self, name: str, known: Iterable[str]) -> str:
        """The known name that is nearest; none where the fault is only counted."""
        return "" if self.full else nearest(name, known)

    def use(self, sheet: Sheet, cell: GridCell) -> None:
        """Counts a cell as read."""
        self.used.setdefault(sheet.name, set()).add((cell.row, cell.column))

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
        holds = cut(cell.shown, limits.SHOWN) if cell else ""
        self.corrected[correction.at] = (place, holds)
        if not correction.becomes:
            self.notes.append(f"{place}: {correction.note(holds)}")
            return None
        self.correction_at[place] = correction
        if isinstance(correction.value, float):
            return GridCell(row, column, "number", correction.value)
        return GridCell(row, column, "text", correction.becomes)

    def cell(
        self, sheet: Sheet, held: GridCell, asked: Question, about: str, *, weighed: bool = False
    ) -> tuple[Cell, Read] | None:
        """A cell as it was read; None, and a fault `about` its question, where it is refused."""
        self.use(sheet, held)
        place = self.place(sheet, held.at)
        correction = self.correction_at.get(place)
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
            self.fault(place, error, about)
            return None
        said = sheet.commented(held.row, held.column)
        if correction is not None:
            _, holds = self.corrected[correction.at]
            note, answered = correction.note(holds), correction.ground == "answer"
            return Cell(value.value, place, holds, note, correction.becomes, answered, said), value
        typed = cut(held.shown, limits.SHOWN)
        return Cell(value.value, place, typed, value.note, comment=said), value

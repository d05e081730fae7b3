"""The bids in a folder, from its table or its workbooks, as they are under the decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vendor_eval.bids.decisions import Correction, Decisions
from vendor_eval.case import SourceFile
from vendor_eval.errors import Fault, quoted
from vendor_eval.folder.answers_file import TABLE, read_answers_file
from vendor_eval.folder.decided import (
    Corrected,
    corrected_cells,
    corrected_table,
    decided,
    kept,
    with_faults,
)
from vendor_eval.folder.rules_file import measurable
from vendor_eval.measures import answered
from vendor_eval.proposal import Proposals
from vendor_eval.response import Response
from vendor_eval.rules import Rules

WORKBOOKS = "proposals"
"""The folder of response workbooks."""


@dataclass(frozen=True)
class Bids:
    """What was read of the bids, and faults that are no single vendor's."""

    proposals: Proposals | None = None
    responses: tuple[Response, ...] = ()
    faults: tuple[Fault, ...] = ()
    vendors: tuple[str, ...] = ()
    """Every vendor that a bid names, those that another stands for too."""
    sources: tuple[str, ...] = ()
    """Workbooks, or lines of the table."""
    corrected: Mapping[str, Corrected] = field(default_factory=dict)
    """Cells that were corrected, by the place a correction names."""


@dataclass(frozen=True)
class Reading:
    """All that reading the bids of a folder takes; `sound`: whether the rules have no fault."""

    files: tuple[SourceFile, ...]
    refused: Mapping[str, Fault]
    rules: Rules | None
    vendor_column: str
    decisions: Decisions
    sound: bool

    def bids(self, corrections: Sequence[Correction]) -> Bids:
        """The bids with these corrections; none where there is neither table nor workbook."""
        table = [file for file in self.files if file.name == TABLE]
        if table:
            return self._table(table[0].content, corrections)
        workbooks = [file for file in self.files if file.name.startswith(f"{WORKBOOKS}/")]
        return self._workbooks(workbooks, corrections) if workbooks or self.refused else Bids()

    def _table(self, content: bytes, corrections: Sequence[Correction]) -> Bids:
        replaced = self.decisions.replaced
        found, faults = read_answers_file(content, self.rules, self.vendor_column, replaced)
        if self.rules is not None and self.rules.measures:
            faults.append(_unmeasured(self.rules))
        lines = tuple(f"{TABLE}:{n}" for n in range(1, content.count(b"\n") + 2))
        if found is None or self.rules is None:
            return Bids(found, (), tuple(faults), found.vendors if found else (), lines)
        corrected, cells = corrected_table(found, corrections)
        proposals = decided(corrected, (), self.rules, self.decisions)
        return Bids(proposals, (), tuple(faults), found.vendors, lines, cells)

    def _workbooks(self, files: list[SourceFile], corrections: Sequence[Correction]) -> Bids:
        """What workbooks answer and show.

        Under rules that are not sound nothing is measured unless their faults leave it possible.
        """
        # what reads a table does without the library of workbooks
        from vendor_eval.workbooks import read_workbooks

        rules, replaced = self.rules, self.decisions.replaced
        names = tuple(name.rpartition("/")[2] for name in (*(f.name for f in files), *self.refused))
        taken = [file for file in files if file.name.rpartition("/")[2] not in replaced]
        read, faults = read_workbooks(taken, rules, self.refused, corrections=corrections)
        vendors = tuple(response.vendor for response in read)
        responses = kept(read, self.decisions)
        if rules is None or not responses:
            return Bids(None, responses, tuple(faults), vendors, names)
        measures = rules.measures if self.sound or measurable(rules) else ()
        cells = corrected_cells(responses)
        proposals = with_faults(answered(rules, responses, measures), faults)
        places = frozenset(cell.place for cell in cells.values())
        proposals = decided(replace(proposals, corrected=places), responses, rules, self.decisions)
        return Bids(proposals, responses, (), vendors, names, cells)


def _unmeasured(rules: Rules) -> Fault:
    names = quoted(measurement.column for measurement in rules.measures)
    message = f"the rules take the measure {names}; measures read response workbooks"
    return Fault(TABLE, f"{message}, {WORKBOOKS}/*.xlsx, and no table")

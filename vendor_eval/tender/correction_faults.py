"""What is wrong with the buyer's corrections: each needs a ground, and the cell as it was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from vendor_eval.bids.contents import names_content
from vendor_eval.bids.decisions import GROUNDS, Correction, Ground
from vendor_eval.bids.response import Value
from vendor_eval.clarifications.asked_cells import cells_asked_about
from vendor_eval.errors import Fault, quoted
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.bids import BidsReading
from vendor_eval.tender.bids_after_decisions import CorrectedCell
from vendor_eval.tender.decisions_file import at_lines
from vendor_eval.tender.evaluated_bids import EvaluatedBids, bids_as_evaluated
from vendor_eval.tender.tender import Tender


def faults_of_corrections(
    lines: Lines | None, reading: BidsReading, submitted: EvaluatedBids, corrected: EvaluatedBids
) -> list[Fault]:
    """What is wrong with each correction, each with its line.

    `submitted` and `corrected`: the bids that were read, without and with all corrections.
    """
    decisions, cells = reading.decisions, corrected.corrected
    grounds = _grounds(reading, submitted, cells)
    read = {c.place: c.value for response in submitted.responses for c in response.cells}
    misfits = (
        ((n, *at), message)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        if isinstance(entry, Correction)
        for at, message in _misfits(entry, cells.get(entry.at), read, grounds, corrected)
    )
    return at_lines(misfits, lines)


def _misfits(
    correction: Correction,
    cell: CorrectedCell | None,
    read: Mapping[str, Value],
    grounds: Mapping[str, Sequence[Ground]],
    corrected: EvaluatedBids,
) -> Iterator[tuple[Location, str]]:
    if cell is None:
        allowed = "allowed: a cell that is read, as faults name it"
        yield ("at",), f"found {correction.at!r}, which is no cell that was read; {allowed}"
        return
    if cell.vendor != correction.vendor:
        yield (
            ("vendor",),
            f"found {correction.vendor!r}; allowed: {cell.vendor!r}, whose cell it is",
        )
    if not names_content(correction.holds, cell.holds, read.get(cell.place)):
        yield (
            ("found",),
            f"found {correction.holds!r}; allowed: what the cell holds, {cell.holds!r}",
        )
    open_grounds = grounds[correction.at]
    if correction.ground not in open_grounds:
        message = f"found {correction.ground!r} for a cell that is read without a fault"
        asked = "" if "answer" in open_grounds else " and that nothing was asked about"
        allowed = quoted(open_grounds) if open_grounds else "'arithmetic', a number for a number"
        yield ("ground",), f"{message}{asked}; allowed: {allowed}"
    for fault in corrected.unreadable(cell.vendor):
        if fault.place in (cell.place, correction.at):
            yield ("value",), f"cannot be read there: {fault.message}"


def _grounds(
    reading: BidsReading, submitted: EvaluatedBids, cells: Mapping[str, CorrectedCell]
) -> Mapping[str, Sequence[Ground]]:
    """On which grounds each cell may be corrected, by the place that its correction names.

    A question may arise only once other cells are corrected. So the corrections that have their
    ground are applied, and the others are judged by what is asked of the bids then, until no more
    of them find theirs.
    """
    corrections = reading.decisions.corrections
    grounds: dict[str, dict[Ground, None]] = {
        each.at: {"arithmetic": None} if _is_a_number(each) else {} for each in corrections
    }
    state, applied = _State(reading, submitted, submitted), 0
    while True:
        for correction in corrections:
            cell = cells.get(correction.at)
            if cell is not None and correction.ground not in grounds[correction.at]:
                grounds[correction.at] |= dict.fromkeys(state.grounds(cell, correction))
        justified = [each for each in corrections if each.ground in grounds[each.at]]
        if len(justified) in (applied, len(corrections)):
            return {at: tuple(open_grounds) for at, open_grounds in grounds.items()}
        applied = len(justified)
        state = _State(reading, submitted, bids_as_evaluated(reading, justified))


def _is_a_number(correction: Correction) -> bool:
    """Whether a correction puts a number for a number, as a wrong sum needs."""
    held = any(character.isdigit() for character in correction.holds)
    return held and any(character.isdigit() for character in correction.becomes)


@dataclass(frozen=True)
class _State:
    """The bids as they are under some of the corrections, with what is asked of them then."""

    reading: BidsReading
    submitted: EvaluatedBids
    bids: EvaluatedBids

    def grounds(self, cell: CorrectedCell, correction: Correction) -> Iterator[Ground]:
        """On which grounds a cell may be corrected, besides a wrong sum."""
        places = {cell.place, correction.at}
        if any(fault.place in places for fault in self.bids.of_vendors.get(cell.vendor, ())):
            yield from GROUNDS
        elif cell.place in self.doubtful:
            yield from ("reading", "answer")
        elif not cell.holds or places & self.asked.get(cell.vendor, frozenset()):
            yield "answer"

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """The cells that were read otherwise than letter for letter, as they were sent."""
        responses = self.submitted.responses
        return frozenset(c.place for response in responses for c in response.cells if c.note)

    @cached_property
    def asked(self) -> Mapping[str, frozenset[str]]:
        """The cells that each vendor is asked about, by vendor."""
        bids, rules = self.bids, self.reading.rules
        if rules is None or bids.proposals is None or bids.evaluation is None:
            return {}
        tender = Tender(
            rules,
            bids.proposals,
            None,
            self.reading.files,
            bids.responses,
            measured=bids.facts,
            evaluated=bids.evaluation,
        )
        return cells_asked_about(tender, bids.evaluation)

"""Bids as the buyer's decisions leave them: excluded, corrected, or asked about."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vendor_eval.bids.decisions import Award, Correction, Decisions, Ground, misdecisions
from vendor_eval.bids.proposal import Proposals, with_faults
from vendor_eval.bids.replacements import Replacement, misreplacements
from vendor_eval.bids.response import Response
from vendor_eval.bids.twins import TwinCandidate, bids_of_table, candidate_of, twin_faults
from vendor_eval.errors import Fault, quoted
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import Lines
from vendor_eval.tender.decisions_file import decision_fault
from vendor_eval.tender.request import questionnaire


@dataclass(frozen=True)
class CorrectedCell:
    """A cell that was corrected: whose it is, its place, and the text that it holds."""

    vendor: str
    place: str
    holds: str


def after_decisions(
    proposals: Proposals, responses: Sequence[Response], rules: Rules, decisions: Decisions
) -> Proposals:
    """The table of the bids that are read, with the buyer's grounds and the faults of twins."""
    left = replace(
        proposals,
        excluded={v: why for v, why in decisions.excluded.items() if v in proposals.rows},
        investigated=decisions.investigated,
    )
    if responses:
        asked = questionnaire(rules)
        bids = [candidate_of(response, asked) for response in responses]
    else:
        rows = left.answers.to_dict("index")
        bids = bids_of_table(rules, {str(vendor): row for vendor, row in rows.items()}, left.source)
    return with_faults(left, twin_faults(bids, decisions.two))


def corrected_table(
    proposals: Proposals, corrections: Sequence[Correction]
) -> tuple[Proposals, dict[str, CorrectedCell]]:
    """A table with its cells corrected, and these cells by the place a correction names."""
    answers, met = proposals.answers.copy(), {}
    for correction in corrections:
        vendor = correction.vendor
        for column in answers.columns if vendor in proposals.rows else ():
            place = proposals.place(vendor, column)
            if place == correction.at:
                met[place] = CorrectedCell(vendor, place, str(answers.loc[vendor, column]))
                answers.loc[vendor, column] = correction.becomes
    places = frozenset(cell.place for cell in met.values())
    cells = {(cell.vendor, cell.place.rpartition("!")[2]) for cell in met.values()}
    spoilt = proposals.spoilt - cells
    return replace(proposals, answers=answers, corrected=places, spoilt=spoilt), met


def corrected_cells(responses: Sequence[Response]) -> dict[str, CorrectedCell]:
    """The cells of workbooks that were corrected, by the place a correction names."""
    return {
        at: CorrectedCell(response.vendor, place, holds)
        for response in responses
        for at, (place, holds) in response.corrected.items()
    }


Faults = Mapping[str, tuple[Fault, ...]]


def decision_faults(
    decisions: Decisions,
    lines: Lines | None,
    vendors: Sequence[str],
    every: Sequence[TwinCandidate],
    replaced: Sequence[Replacement],
    proofs: Sequence[str],
) -> list[Fault]:
    """What of the decisions does not fit the folder, each with its line.

    `every`: all bids, those that another stands for too, where there is such a decision;
    `proofs`: the files under `attachments/`.
    """
    sources = [bid.source for bid in every]
    misfits = (
        *misdecisions(decisions, vendors, sources, proofs),
        *misreplacements(decisions, every, replaced),
    )
    return _at_lines(iter(misfits), lines)


def correction_faults(
    decisions: Decisions,
    lines: Lines | None,
    met: Mapping[str, CorrectedCell],
    before: Faults,
    after: Faults,
    doubtful: Collection[str] = (),
) -> list[Fault]:
    """What is wrong with each correction, each with its line.

    `before` and `after`: the vendors' faults without and with the corrections; `doubtful`: the
    places of cells that were read otherwise than letter for letter.
    """
    misfits = (
        ((n, *at), message)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        if isinstance(entry, Correction)
        for at, message in _misfits(entry, met.get(entry.at), before, after, doubtful)
    )
    return _at_lines(misfits, lines)


def award_faults(
    decisions: Decisions, lines: Lines | None, rules: Rules, proposals: Proposals
) -> list[Fault]:
    """Awards of a public procedure to a vendor that is not first, each with its line."""
    awards = [
        (n, entry)
        for n, entry in zip(decisions.places, decisions.entries, strict=True)
        if isinstance(entry, Award)
    ]
    if rules.procedure == "private" or not awards:
        return []
    first = evaluate(rules, proposals).leaders
    allowed = f"allowed: {quoted(first)}, first by the rules of a public procedure"
    misfits = (
        ((n, "vendor"), f"found {entry.vendor!r}; {allowed}")
        for n, entry in awards
        if entry.vendor not in first
    )
    return _at_lines(misfits, lines)


def _misfits(
    correction: Correction,
    cell: CorrectedCell | None,
    before: Faults,
    after: Faults,
    doubtful: Collection[str],
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
    if cell.holds != correction.holds:
        yield (
            ("found",),
            f"found {correction.holds!r}; allowed: what the cell holds, {cell.holds!r}",
        )
    places = {cell.place, correction.at}
    faulty = [fault for fault in before.get(cell.vendor, ()) if fault.place in places]
    grounds = ["arithmetic", *_grounds(cell, doubtful)]
    if not faulty and correction.ground not in grounds:
        message = f"found {correction.ground!r} for a cell that is read without a fault"
        yield ("ground",), f"{message}; allowed: {quoted(grounds)}"
    for fault in after.get(cell.vendor, ()):
        if fault.place in places:
            yield ("value",), f"cannot be read there: {fault.message}"


def _grounds(cell: CorrectedCell, doubtful: Collection[str]) -> tuple[Ground, ...]:
    """On which grounds a cell without a fault is corrected, besides a wrong sum.

    One that was not read letter for letter may be read otherwise; a blank can be answered.
    """
    if cell.place in doubtful:
        return ("reading", "answer")
    return () if cell.holds else ("answer",)


def _at_lines(misfits: Iterator[tuple[Location, str]], lines: Lines | None) -> list[Fault]:
    return [decision_fault(lines, at, message) for at, message in misfits] if lines else []


def not_read(replaced: Sequence[Replacement]) -> tuple[str, ...]:
    """The bids that are not read because another stands for them."""
    named = ((each.decision.instead_of, each.decision.stands) for each in replaced)
    return tuple(
        f"{instead_of}: not read; {stands} stands instead of it (decisions.yaml)"
        for instead_of, stands in named
    )

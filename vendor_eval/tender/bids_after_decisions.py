"""Bids as the buyer's decisions leave them: excluded, corrected, or asked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vendor_eval.bids.decisions import Correction, Decisions
from vendor_eval.bids.proposal import Proposals, with_faults
from vendor_eval.bids.replacements import Replacement
from vendor_eval.bids.response import Response
from vendor_eval.bids.twins import bids_of_table, candidate_of, twin_faults
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules
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


def by_their_content(decisions: Decisions, cells: Mapping[str, CorrectedCell]) -> Decisions:
    """The decisions, each correction with its cell's content by the one name it has everywhere."""
    entries = tuple(
        entry.model_copy(update={"found": cells[entry.at].holds})
        if isinstance(entry, Correction) and entry.at in cells
        else entry
        for entry in decisions.entries
    )
    return replace(decisions, entries=entries)


def not_read(replaced: Sequence[Replacement]) -> tuple[str, ...]:
    """The bids that are not read because another stands for them."""
    named = ((each.decision.instead_of, each.decision.stands) for each in replaced)
    return tuple(
        f"{instead_of}: not read; {stands} stands instead of it (decisions.yaml)"
        for instead_of, stands in named
    )


def additions(
    rules: Rules,
    decisions: Decisions,
    responses: Sequence[Response],
    submitted: Proposals | None,
) -> Iterator[str]:
    """What the buyer filled, or changed though it could be read, by a vendor's answer.

    In a public procedure alone.
    """
    answers = [c for c in decisions.corrections if c.ground == "answer"]
    if rules.procedure == "private" or submitted is None or not answers:
        return
    faults = evaluate(rules, submitted).faults
    cells = {at: place for r in responses for at, (place, _) in r.corrected.items()}
    for answer in answers:
        unread = (f.place for f in faults.get(answer.vendor, ()) if f.severity == "fault")
        if cells.get(answer.at, answer.at) in unread:
            continue
        held = f"held {answer.holds!r} and is read as" if answer.holds else ""
        done, adds = (held, "change it") if held else ("was blank and is filled with", "add to it")
        yield (
            f"decisions.yaml: {answer.at} {done} {answer.becomes!r} by an answer of "
            f"{answer.vendor}; in a public procedure an answer may explain a bid, not {adds}"
        )

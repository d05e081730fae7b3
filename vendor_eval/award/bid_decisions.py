"""What was asked about one bid and what was decided of it, each with its day and its people."""

from collections.abc import Iterator
from dataclasses import replace

from vendor_eval.award.bid_record import without_strangers
from vendor_eval.award.document import Block, Heading, Paragraph, grid
from vendor_eval.award.letter_case import LetterCase
from vendor_eval.award.standstill_period import day
from vendor_eval.bids.decisions import (
    GROUNDS,
    Award,
    Closed,
    Correction,
    Decision,
    Investigation,
    TwoVendors,
)
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.requests import open_requests
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

RAISED = "raised"
SIGNED = ("Reason", "On", "By", "Approved by")
Raised = tuple[str, str, str]
"""How a question stands, its text, and its cells with what they hold."""


def questions(case: LetterCase) -> Iterator[Block]:
    """Every question about the bid, before and after its corrections, and every correction."""
    yield Heading("Questions and answers")
    now = _raised(case.tender, case.vendor)
    known = {(text, cells) for _, text, cells in now}
    submitted = _submitted(case.tender)
    before = _raised(submitted, case.vendor) if submitted else []
    settled = [("settled by a correction", *each[1:]) for each in before if each[1:] not in known]
    rows = [
        [state, without_strangers(case, text), without_strangers(case, cells)]
        for state, text, cells in (*now, *settled)
    ]
    corrected = [e for e in case.tender.decisions.corrections if e.vendor == case.vendor]
    if rows:
        yield Paragraph("The record does not show which of these questions were sent.")
        yield grid("Questions that the bid raised", ("State", "Question", "Cells"), rows)
    if corrected:
        head = ("Cell", "Held", "Read as", "Ground", "Proof or calculation", *SIGNED)
        shown = [_correction(case, each) for each in corrected]
        yield grid("Corrections of cells, with the answers that they rest on", head, shown)
    if not (rows or corrected):
        yield Paragraph("The bid raised no question, and no cell was corrected.")


def _submitted(tender: Tender) -> Tender | None:
    """The tender as its bids were before the corrections; None where there are none."""
    if tender.submitted is None:
        return None
    return replace(
        tender,
        proposals=tender.submitted,
        responses=tender.submitted_responses,
        measured={},
        submitted=None,
    )


def _raised(tender: Tender, vendor: str) -> list[Raised]:
    """What a bid leaves open, and then what our checks would ask its vendor."""
    raised = list[Raised]()
    for request in open_requests(tender, tender.evaluation).get(vendor, ()):
        text = f"{request.question}: {request.found}".removeprefix(": ")
        raised.append(("open", text, "; ".join(request.places)))
    for _, question in clarifications_of(tender, tender.evaluation).to(vendor):
        cells = (f"{place}: {text or '(blank)'}" for place, text in question.cells)
        raised.append((RAISED, question.question, "; ".join(cells) or NONE))
    return raised


def _correction(case: LetterCase, entry: Correction) -> list[str]:
    proof = without_strangers(case, entry.proof or entry.calculation or NONE)
    values = (entry.at, entry.holds or "(blank)", entry.becomes or "(blank)")
    return [*values, GROUNDS[entry.ground], proof, *_signed(case, entry)]


def _signed(case: LetterCase, entry: Decision) -> list[str]:
    reason = without_strangers(case, entry.reason)
    return [reason, day(entry.on), entry.by, getattr(entry, "approved_by", NONE)]


def decisions(case: LetterCase) -> Iterator[Block]:
    """What the buyer decided of the bid; corrections and the award are shown elsewhere."""
    rows = [
        [without_strangers(case, what), *_signed(case, entry)]
        for entry in case.tender.decisions.entries
        if (what := _decided(case, entry))
    ]
    if rows:
        yield Heading("Decisions about this bid")
        yield grid("Who decided what", ("What", *SIGNED), rows)


def _decided(case: LetterCase, entry: Decision) -> str:
    """A decision about the bid in words; "" for one about others."""
    if isinstance(entry, TwoVendors):
        return _of_two(case, entry)
    if isinstance(entry, Award | Correction) or getattr(entry, "vendor", "") != case.vendor:
        return ""
    if isinstance(entry, Closed):
        return f"Bid closed: {entry.ground}"
    if isinstance(entry, Investigation):
        answered = f"answered on {day(entry.answered)}" if entry.answered else "not answered"
        asked = f"asked on {day(entry.asked_on)}, {answered}"
        return f"Price that seemed abnormally low: {asked}; {entry.outcome}"
    return "Late bid read"


def _of_two(case: LetterCase, entry: TwoVendors) -> str:
    """That two bids are of two vendors, or that one is read for the other; no other is named."""
    if entry.vendors and case.vendor in entry.vendors:
        return "This bid and another that looks alike are of different vendors"
    for each in case.tender.replaced:
        if each.decision == entry and each.stands.vendor == case.vendor:
            return f"{entry.stands} is read instead of {entry.instead_of}"
    return ""

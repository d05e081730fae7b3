"""The answer to those who ask about one bid: marks, reasons, cells, questions, decisions, dates."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.required_changes.qualifying import asked
from vendor_eval.award.account import Assessed, assessed, cells_words, shown_points
from vendor_eval.award.document import Block, Document, Heading, Paragraph, grid
from vendor_eval.award.forms import LetterForm
from vendor_eval.award.letter_case import Lacking, LetterCase, exclusion_reasons
from vendor_eval.award.letter_parts import INDENT, PARTS, SCORES
from vendor_eval.award.standstill_period import day
from vendor_eval.bids.decisions import Award, Correction, TwoVendors
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.requests import open_requests
from vendor_eval.errors import VendorEvalError, nearest, quoted
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.items import Item
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.tender.tender import Tender

LEFT_OUT = "[left out: it names another vendor]"
NONE = "\u2013"


def answer(
    tender: Tender, evaluation: Evaluation, vendor: str, form: LetterForm, file: LettersFile
) -> Document:
    """One vendor's page, and of the winner what the form shows; nothing of other losers.

    Raises VendorEvalError for a vendor whose bid is not in the folder.
    """
    if vendor not in tender.proposals.rows:
        hint = nearest(vendor, tender.proposals.vendors)
        allowed = quoted(tender.proposals.vendors)
        raise VendorEvalError(f"--vendor: found {vendor!r}{hint}; allowed: {allowed}")
    case = LetterCase(tender, evaluation, form, file, vendor, None)
    parts = (_outcome, _marks, _reasons, _gates, _questions, _decisions, _dates, _winner)
    blocks = [block for part in parts for block in part(case)]
    return Document(f"Answer on the bid of {vendor}", tuple(blocks))


def _every(case: LetterCase) -> tuple[Assessed, ...]:
    return assessed(case.tender, case.evaluation, case.vendor, whose="its")


def _safe(case: LetterCase, text: str) -> str:
    """A text that somebody wrote, left out where it names a vendor that may not be named."""
    return LEFT_OUT if case.names_strangers(text) else text


def _outcome(case: LetterCase) -> Iterator[Block]:
    yield Paragraph(f"{case.tender.rules.title}. {case.tender.rules.decision}")
    if case.tender.rules.notice:
        yield Paragraph(case.tender.rules.notice, "muted")
    award = case.decision
    if award is None:
        yield Paragraph("The award has not been decided yet.")
    else:
        to = "to this vendor" if case.wins else "to another vendor"
        if not case.wins and case.form.shows("winner.name"):
            to = f"to {award.vendor}"
        yield Paragraph(f"The contract was awarded {to} on {day(award.on)}.")
    status = case.evaluation.status(case.vendor)
    total = ""
    if case.assessed_at_all and not case.evaluation.rules.lowest_price:
        total = f"; {wording.points(case.evaluation.scores[case.vendor])} of 100 points"
    yield Paragraph(f"This bid: {status}{total}.")
    for reason in exclusion_reasons(case.evaluation, case.vendor):
        yield Paragraph(_safe(case, f"{reason}."))


def _marks(case: LetterCase) -> Iterator[Block]:
    if case.evaluation.rules.lowest_price:
        return  # nothing is scored
    yield Heading("Every mark")
    rows = [_mark_row(each) for each in _every(case)]
    head = (*SCORES, "Answer or agreed level", "Where")
    yield grid("Criteria, points and the cells that they rest on", head, rows)
    if not case.assessed_at_all:
        yield Paragraph("The bid was not ranked, so its points did not count.")


def _mark_row(each: Assessed) -> list[str]:
    numbers = [NONE if x is None else shown_points(x) for x in (each.points, each.weighted)]
    label = f"{INDENT * each.depth}{each.label}"
    cells = cells_words(each.cells, at_most=12) if each.cells else NONE
    return [label, wording.percent(each.weight), *numbers, each.found or NONE, cells]


def _reasons(case: LetterCase) -> Iterator[Block]:
    if case.evaluation.rules.lowest_price:
        return
    yield Heading("Reasons")
    for each in (each for each in _every(case) if each.leaf):
        yield Paragraph(_safe(case, each.explanation))
        item = case.tender.panel.items.get((case.vendor, each.path)) if case.tender.panel else None
        if item is not None:
            yield from _judged(case, item)
        entered = case.file.reasons.get(case.vendor, {}).get(each.path)
        if entered:
            yield Paragraph(_safe(case, entered))


def _judged(case: LetterCase, item: Item) -> Iterator[Block]:
    """The agreed reason word for word, and each mark by the evaluator's role and day."""
    agreed = item.agreement
    if agreed is not None:
        present = f"; present: {wording.listed(agreed.present)}" if agreed.present else ""
        when = f"agreed on {day(agreed.entry.line.on)}, line {agreed.entry.n} of the log{present}"
        yield Paragraph(f"Agreed reason ({when}): {_safe(case, agreed.reason)}")
        if agreed.evidence:
            yield Paragraph(f"Shown in the proposal: {_safe(case, agreed.evidence)}")
    panel = case.tender.rules.panel
    rows = []
    for id, mark in item.marks.items():
        evaluator = panel.evaluator(id) if panel else None
        role = evaluator.role if evaluator else id
        comment = _safe(case, mark.comment) or NONE
        rows.append([role, mark.level, str(mark.entry.line.on), comment])
    if rows:
        yield grid("Marks before the meeting", ("Role", "Level", "On", "Comment"), rows)


def _gates(case: LetterCase) -> Iterator[Block]:
    gates = case.evaluation.rules.gates
    if not gates:
        return
    yield Heading("Gates")
    passages = case.evaluation.screening.passages[case.vendor]
    rows = []
    for gate in gates:
        passage = passages[gate.id]
        shown = passage.found
        text = wording.number(shown) if isinstance(shown, float) else shown or "no answer"
        rows.append([gate.label, asked(gate, case.evaluation.rules), str(text), passage.state])
    yield grid("What each gate asks and found", ("Gate", "Asks", "Found", "Result"), rows)


def _questions(case: LetterCase) -> Iterator[Block]:
    yield Heading("Questions and answers")
    tender, evaluation = case.tender, case.evaluation
    open_ = open_requests(tender, evaluation).get(case.vendor, ())
    put = [
        question.question for _, question in clarifications_of(tender, evaluation).to(case.vendor)
    ]
    for request in open_:
        where = ", ".join(request.places)
        yield Paragraph(_safe(case, f"Open: {request.question} ({where}): {request.found}"))
    for question in put:
        yield Paragraph(_safe(case, f"Asked: {question}"))
    rows = [
        [c.at, c.holds or "(blank)", c.becomes, c.ground, c.proof or c.calculation or NONE]
        for c in tender.decisions.corrections
        if c.vendor == case.vendor
    ]
    if rows:
        head = ("Cell", "Held", "Read as", "Ground", "Answer or calculation")
        yield grid("Corrections of cells, with the answers that they rest on", head, rows)
    if not (open_ or put or rows):
        yield Paragraph("Nothing was asked, and no cell was corrected.")


def _decisions(case: LetterCase) -> Iterator[Block]:
    rows = [
        [
            str(entry.on),
            entry.kind.replace("_", " "),
            _safe(case, entry.reason),
            entry.by,
            getattr(entry, "approved_by", NONE),
        ]
        for entry in case.tender.decisions.entries
        if getattr(entry, "vendor", None) == case.vendor
        and not isinstance(entry, Award | Correction | TwoVendors)
    ]
    if rows:
        yield Heading("Decisions about this bid")
        head = ("On", "What", "Reason", "By", "Approved by")
        yield grid("Who decided what", head, rows)


def _dates(case: LetterCase) -> Iterator[Block]:
    tender = case.tender
    yield Heading("Roles and dates")
    yield Paragraph(f"{sealing(tender.seal)}.")
    read = [f.name for f in tender.files if case.vendor in _senders(tender, f.name)]
    if read:
        yield Paragraph(f"Read from: {wording.listed(read)}.")
    panel = tender.rules.panel
    if panel and tender.panel:
        rows = [[each.role, wording.listed(each.criteria)] for each in panel.evaluators]
        yield grid("Who read what", ("Role", "Criteria"), rows)
        lock = tender.panel.lock
        locked = f"locked on {day(lock.line.on)}" if lock else "not locked"
        yield Paragraph(f"The log of scores is {locked}; its code is {tender.panel.log.code}.")


def _senders(tender: Tender, file: str) -> tuple[str, ...]:
    """The vendors whose bid a file holds."""
    name = file.rpartition("/")[2]
    return tuple(r.vendor for r in tender.responses if r.source.rpartition("/")[2] == name)


def _winner(case: LetterCase) -> Iterator[Block]:
    """The winner's marks and reasons, where the form shows them."""
    if case.wins or case.winner is None or not case.form.shows("winner.scores"):
        return
    yield Heading("The successful bid")
    for fills in ("winner.scores", "winner.total", "winner.explanations"):
        part = PARTS[fills](case)
        if isinstance(part, Lacking):
            yield Paragraph(f"Not shown: {_safe(case, part.what)}.", "muted")
        else:
            yield from part.blocks

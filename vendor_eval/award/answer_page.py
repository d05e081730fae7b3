"""The answer to those who ask about one bid: marks, reasons, cells, questions, decisions, dates."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.required_changes.qualifying import asked, found_words
from vendor_eval.award.account import Assessed, assessed, cells_words, shown_points
from vendor_eval.award.bid_decisions import decisions, questions
from vendor_eval.award.bid_record import envelope_dates, interests, judgements, without_strangers
from vendor_eval.award.document import Block, Document, Heading, Paragraph, grid
from vendor_eval.award.forms import LetterForm
from vendor_eval.award.letter_case import Lacking, LetterCase, exclusion_reasons
from vendor_eval.award.letter_parts import INDENT, PARTS, SCORES
from vendor_eval.award.letter_prices import total_words
from vendor_eval.award.standstill_period import day
from vendor_eval.errors import VendorEvalError, nearest, quoted
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.criteria import under
from vendor_eval.rules.seal import sealing
from vendor_eval.tender.letters_file import LettersFile
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

OF_WINNER = (
    *("winner.scores", "winner.total", "winner.price", "winner.advantages"),
    "winner.explanations",
)
"""What of the winner's bid a page may show, in this order."""
NO_SCORES = "its scores are not part of this page"


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
    parts = (_outcome, _scores, _reasons, _gates, questions, decisions, _dates, _winner)
    blocks = [block for part in parts for block in part(case)]
    return Document(f"Information about the bid of {vendor}", tuple(blocks))


def _every(case: LetterCase) -> tuple[Assessed, ...]:
    return assessed(case.tender, case.evaluation, case.vendor, whose="its")


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
    if not case.assessed_at_all:
        yield Paragraph(f"Status: {status}. The bid was not ranked; {NO_SCORES}.")
    elif case.evaluation.rules.lowest_price:
        yield Paragraph(f"Status: {status}.")
    else:
        yield Paragraph(f"Status: {status}. Total: {total_words(case, case.vendor)}.")
    for reason in exclusion_reasons(case.evaluation, case.vendor):
        yield Paragraph(without_strangers(case, f"{reason.rstrip('.')}."))


def _scores(case: LetterCase) -> Iterator[Block]:
    if case.evaluation.rules.lowest_price:
        return  # nothing is scored
    if case.assessed_at_all:
        yield Heading("Scores")
        rows = [_score_row(each) for each in _every(case)]
        head = (*SCORES, "Answer or agreed level", "Cells")
        yield grid("Scores, and the cells they are based on", head, rows)
        return
    yield Heading("Answers")
    measured = [each for each in _every(case) if each.leaf and not each.judged]
    rows = [[each.label, each.found or NONE, _cells(each)] for each in measured]
    yield grid("Answers, and their cells", ("Criterion", "Answer", "Cells"), rows)


def _score_row(each: Assessed) -> list[str]:
    numbers = [NONE if x is None else shown_points(x) for x in (each.points, each.weighted)]
    label = f"{INDENT * each.depth}{each.label}"
    return [label, wording.percent(each.weight), *numbers, each.found or NONE, _cells(each)]


def _cells(each: Assessed) -> str:
    return cells_words(each.cells, at_most=12) if each.cells else NONE


def _reasons(case: LetterCase) -> Iterator[Block]:
    """Why each criterion has its points; of a bid that is not ranked, those that excluded it."""
    if case.evaluation.rules.lowest_price:
        return
    blocks = [b for each in _every(case) if each.leaf for b in _reason(case, each)]
    if blocks:
        yield Heading("Reasons")
        yield from blocks


def _reason(case: LetterCase, each: Assessed) -> Iterator[Block]:
    item = case.tender.panel.items.get((case.vendor, each.path)) if case.tender.panel else None
    if case.assessed_at_all:
        yield Paragraph(without_strangers(case, each.explanation))
    elif item is None or not _decided_a_gate(case, each.path):
        return
    else:
        yield Paragraph(f"{each.label}: {each.found}.")
    if item is not None:
        yield from judgements(case, item)
    if entered := case.file.reasons.get(case.vendor, {}).get(each.path):
        yield Paragraph(without_strangers(case, entered))


def _decided_a_gate(case: LetterCase, path: str) -> bool:
    """Whether a gate that the bid does not pass reads the points or levels of a criterion."""
    passages = case.evaluation.screening.passages[case.vendor]
    read = [g.criterion for g in case.evaluation.rules.gates if passages[g.id].state != "pass"]
    return any(c is not None and under(path, c) for c in read)


def _gates(case: LetterCase) -> Iterator[Block]:
    evaluation = case.evaluation
    if not evaluation.rules.gates:
        return
    yield Heading("Gates")
    passages, rows = evaluation.screening.passages[case.vendor], []
    for gate in evaluation.rules.gates:
        absent = evaluation.proposals.absence(case.vendor, str(gate.reads))
        text = found_words(gate, evaluation.rules, passages[gate.id]) or absent
        cells = evaluation.proposals.places(case.vendor, str(gate.reads))
        where = cells_words(cells, at_most=12) if cells else NONE
        needs, state = asked(gate, evaluation.rules), passages[gate.id].state
        rows.append([gate.label, needs, text, where, state])
    head = ("Gate", "Requires", "Found", "Cells", "Result")
    yield grid("Each requirement and what we found", head, rows)


def _dates(case: LetterCase) -> Iterator[Block]:
    tender = case.tender
    yield Heading("Roles and dates")
    yield Paragraph(f"{sealing(tender.seal)}.")
    if read := _files(case):
        yield Paragraph(f"Read from: {wording.listed(read)}.")
    if tender.record:
        yield from envelope_dates(case, tender.record)
    panel = tender.rules.panel
    if panel and tender.panel:
        rows = [[each.role, wording.listed(each.criteria)] for each in panel.evaluators]
        yield grid("Who assessed what", ("Role", "Criteria"), rows)
        yield from interests(case, tender.panel)
        lock = tender.panel.lock
        locked = f"was locked on {day(lock.line.on)}" if lock else "is not locked"
        yield Paragraph(f"The log of scores {locked}; its code is {tender.panel.log.code}.")


def _files(case: LetterCase) -> list[str]:
    """The files that hold this bid: its workbook, or the tables of all bids."""
    bids, responses = case.tender.proposals, case.tender.responses
    bid = bids.answers.loc[case.vendor]
    held = {r.source.rpartition("/")[2] for r in responses if r.vendor == case.vendor}
    tables = set() if responses else {bids.file_of(str(column)) for column in bid[bid != ""].index}
    names = [file.name for file in case.tender.files]
    return [name for name in names if name in tables or name.rpartition("/")[2] in held]


def _winner(case: LetterCase) -> Iterator[Block]:
    """What the form shows of the winner's bid."""
    asked = [fills for fills in OF_WINNER if case.form.shows(fills)]
    if case.wins or case.winner is None or not asked:
        return
    yield Heading("The successful bid")
    shown: list[Block] = []
    for fills in asked:
        part = PARTS[fills](case)
        if isinstance(part, Lacking):
            shown.append(Paragraph(f"Not shown: {without_strangers(case, part.what)}.", "muted"))
        else:
            shown += part.blocks
    yield from dict.fromkeys(shown)  # where nothing is scored, one block stands for several

"""The evaluators' workbooks and the agenda, as files that are sent out."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import as_seen
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.evaluators.pages import (
    form_rows,
    guide_sheet,
    panel_workbook,
    put,
    scale_sheet,
    table_lines,
)
from vendor_eval.outputs.scorecard.book import as_bytes
from vendor_eval.panel.items import Item, asks
from vendor_eval.panel.moderation import agenda, needs_meeting
from vendor_eval.panel.scoring import ASKED_DIGITS
from vendor_eval.panel.values import written_answer
from vendor_eval.panel.workbooks import (
    AGENDA,
    AGENDA_SHEET,
    CHAIR,
    CHAIR_SHEET,
    DECLARATION,
    DECLARATIONS_SHEET,
    DECLARES,
    INTERESTS,
    MARKS,
    MEETING,
    SCORES_SHEET,
    WHO,
)
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.whole_file import delivered
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import blind_codes, new_blind_codes, panel_of
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import counted, listed

ROUND = re.compile(r"[A-Za-z0-9_-]{0,30}")

TO_SCORE = "Fill in the coloured cells. Half levels do not exist; a comment says what and where."
TO_DECLARE = (
    "For each vendor choose none, or the interest you have. Marks are read once you have declared. "
    "Vendors have their names here, as nobody can declare an interest in a code."
)
TO_AGREE = (
    "Fill in a level and its reason for each line. The reason is for the vendor: what the tender "
    "asks, what the proposal says and where, what the level asks, and why not the next."
)


def evaluator_workbook(
    tender: Tender, evaluator: str, *, codes: Mapping[str, str], round_name: str = ""
) -> bytes:
    """The workbook of one evaluator: their items only, with their own marks so far.

    `codes`: what vendors are called in a blind round, by name; empty where names are shown.
    """
    record, rules = panel_of(tender), tender.rules
    paths = [path for path in rules.judged_leaves if evaluator in record.readers(path)]
    items = [
        item
        for item in record.items.values()
        if evaluator in item.readers and tender.evaluation.status(item.vendor) != "excluded"
    ]
    items.sort(key=lambda item: (paths.index(item.criterion), _named(item, codes)))
    book = panel_workbook(rules, f"{rules.title}: {evaluator}")
    guide_sheet(book, rules)
    if record.declared.asked_for:
        _declarations_sheet(book, tender, {"person": evaluator})
    scale_sheet(book, rules, paths)
    sheet = book.create_sheet(SCORES_SHEET)
    put(sheet, 1, 1, SCORES_SHEET, "sheet title")
    put(sheet, 2, 1, TO_SCORE, "sentence")
    given = {"evaluator": evaluator, "round": round_name, "log_code": record.log.code}
    row = form_rows(sheet, WHO, 4, given)
    lines = []
    for item in items:
        line = _asked(item, tender, codes)
        if mark := item.marks.get(evaluator):
            line |= {"level": mark.level, "comment": mark.comment}
        lines.append(line)
    levels = dict(enumerate(item.scale.codes for item in items))
    table_lines(sheet, MARKS, row, lines, levels)
    book.active = book.index(sheet)
    return as_bytes(book)


def declaration_workbook(tender: Tender) -> bytes:
    """The workbook of those who declare and score nothing: chair, moderator, who opens a file."""
    book = panel_workbook(tender.rules, f"{tender.rules.title}: declaration")
    _declarations_sheet(book, tender, {})
    return as_bytes(book)


def _declarations_sheet(book: Workbook, tender: Tender, given: Mapping[str, str]) -> None:
    """What a person declares of each vendor, by its name also where the round is blind."""
    sheet = book.create_sheet(DECLARATIONS_SHEET)
    put(sheet, 1, 1, DECLARATIONS_SHEET, "sheet title")
    before = _declared_before(tender, given.get("person", ""))
    put(sheet, 2, 1, " ".join(filter(None, [TO_DECLARE, before])), "sentence")
    row = form_rows(sheet, DECLARES, 4, given)
    out = tender.evaluation.having("excluded")
    vendors = [vendor for vendor in tender.proposals.vendors if vendor not in out]
    table_lines(sheet, INTERESTS, row, [{"vendor": vendor} for vendor in vendors], {})


def _declared_before(tender: Tender, who: str) -> str:
    """What a person declared in an earlier round, without the details; "" for nothing."""
    own = [line for line in panel_of(tender).declared.lines if line.body.evaluator == who]
    if not own:
        return ""
    last = {line.body.vendor: line for line in own}
    said = [
        f"{line.whose}: {line.body.interest}"
        f"{'' if line.body.mitigation == 'none' else f', {line.body.mitigation}'}"
        for line in last.values()
    ]
    on = max(line.entry.line.on for line in own)
    declared = f"You have declared, last on {on}: {'; '.join(said)}"
    return f"{declared}. Fill in a line where this has changed."


def agenda_workbook(tender: Tender, *, codes: Mapping[str, str]) -> bytes:
    """The agenda of the meeting: what is still to be agreed, the widest spread first."""
    record, rules = panel_of(tender), tender.rules
    excluded = tender.evaluation.having("excluded")
    items = agenda(record, excluded)
    book = panel_workbook(rules, f"{rules.title}: agenda")
    sheet = book.create_sheet(AGENDA_SHEET)
    put(sheet, 1, 1, AGENDA_SHEET, "sheet title")
    put(sheet, 2, 1, TO_AGREE, "sentence")
    row = form_rows(sheet, MEETING, 4, {"log_code": record.log.code})
    lines = [_asked(item, tender, codes) | _marked(item, rules) for item in items]
    table_lines(sheet, AGENDA, row, lines, dict(enumerate(item.scale.codes for item in items)))
    scale_sheet(book, rules, list(rules.judged_leaves))
    chair = book.create_sheet(CHAIR_SHEET)
    put(chair, 1, 1, CHAIR.title, "sheet title")
    table_lines(chair, CHAIR, 3, [{"criterion": path} for path in record.too_few], {})
    book.active = 0
    return as_bytes(book)


def _named(item: Item, codes: Mapping[str, str]) -> str:
    return codes.get(item.vendor, item.vendor)


def _asked(item: Item, tender: Tender, codes: Mapping[str, str]) -> dict[str, str]:
    """What an item is: the vendor, the question, and what the vendor answered."""
    question = tender.rules.judged_leaves[item.criterion].panel
    text, evidence, _ = written_answer(
        item.vendor, item.criterion, tender.proposals, tender.responses
    )
    return {
        "vendor": _named(item, codes),
        "criterion": item.criterion,
        "question": question.question if question else "",
        "answer": text,
        "evidence": evidence,
        "asked": asks(tender.rules, item.criterion)[:ASKED_DIGITS],
    }


def _marked(item: Item, rules: Rules) -> dict[str, str]:
    """What evaluators gave, one below the other, and how far apart that is."""
    marks = [f"{id}: {mark.level}. {mark.comment}".strip() for id, mark in item.marks.items()]
    if item.agreement is not None:
        marks.append(f"Agreed before: {item.agreement.level}. {item.agreement.reason}")
    spread = "" if item.spread is None else counted(item.spread, "step")
    meeting = "; a meeting agrees it" if needs_meeting(item, rules) else ""
    return {"marks": "\n".join(marks), "spread": f"{spread}{meeting}"}


def evaluator_workbooks(
    folder: Path, out: Path, *, blind: bool = False, round_name: str = ""
) -> list[Path]:
    """The paths of the evaluators' workbooks, once all are written.

    Raises VendorEvalError where there is such a file, or none can be written.
    """
    tender = read(folder)
    panel = panel_of(tender).rules.panel
    if not ROUND.fullmatch(round_name):
        allowed = "at most 30 letters, digits, - and _"
        raise VendorEvalError(f"--round: found {round_name!r:.60}; allowed: {allowed}")
    if (lock := panel_of(tender).lock) is not None:
        raise VendorEvalError(f"the panel was locked on line {lock.n}; nobody scores after that")
    codes = new_blind_codes(folder, tender.proposals.vendors) if blind else {}
    ending = f"-{round_name}" if round_name else ""
    books = {
        out / f"{each.id}{ending}.xlsx": evaluator_workbook(
            tender, each.id, codes=codes, round_name=round_name
        )
        for each in (panel.evaluators if panel else ())
    }
    if panel_of(tender).declared.asked_for:
        books[out / DECLARATION] = declaration_workbook(tender)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise VendorEvalError(f"--out {out}: cannot be written: {error.strerror}") from None
    there = [path.name for path in books if path.exists()]
    if there:
        message = f"--out {out}: found {listed(there, at_most=3)}"
        raise VendorEvalError(f"{message}; allowed: an empty place, as marks could be lost")
    return [delivered(path, partial(bytes, content)) for path, content in books.items()]


def names_in_answers(folder: Path) -> tuple[str, ...]:
    """Answers in which a vendor names itself, so that a blind round does not hide it."""
    tender, lines = read(folder), list[str]()
    for vendor, path in panel_of(tender).items:
        text, evidence, place = written_answer(vendor, path, tender.proposals, tender.responses)
        said = as_seen(f"{text} {evidence}")
        names = {as_seen(vendor), as_seen(base_name(vendor))} - {""}
        # "Delphi-Desk" and "delphidesk.example" name Delphi Desk, too
        written = [r"[\W_]*".join(map(re.escape, name.split())) for name in names]
        if any(re.search(rf"(?<!\w){name}(?!\w)", said) for name in written):
            lines.append(f"{place}: the answer names its vendor; the round is not blind to it")
    return tuple(lines)


def written_agenda(folder: Path, out: Path) -> Path:
    """The path of the agenda, once it is written; raises VendorEvalError where it cannot be."""
    tender = read(folder)
    record = panel_of(tender)
    if record.lock is not None:
        raise VendorEvalError(
            f"the panel was locked on line {record.lock.n}; nothing can be agreed any more"
        )
    if record.agreed != "consensus":
        message = f"the rules take the {record.agreed} of the marks; nothing is agreed in a meeting"
        raise VendorEvalError(message)
    codes = blind_codes(folder, tender.proposals.vendors)
    return delivered(out, lambda: agenda_workbook(tender, codes=codes))

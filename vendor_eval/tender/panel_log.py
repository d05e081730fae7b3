"""What a folder's log of scores takes in: marks, agreed levels, a lock, a copy, a redaction."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from vendor_eval.bids.proposal import as_seen
from vendor_eval.bids.workbooks.limits import FILE_BYTES
from vendor_eval.errors import Fault, InputFaults, VendorEvalError
from vendor_eval.panel.declarations import declarations_of
from vendor_eval.panel.declaring import DeclarationIntake, declares, refuse_faulty
from vendor_eval.panel.entries import Draft, LogEntry, SaltedText, draft
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import (
    LOG,
    SCORES,
    ScoreLog,
    merged_drafts,
    redaction,
    score_log,
)
from vendor_eval.panel.moderation import agreements_read
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.panel.scoring import Intake, marks_read
from vendor_eval.panel.workbooks import (
    AGENDA_BOOK,
    DECLARATION_BOOK,
    DECLARING_BOOK,
    EVALUATOR_BOOK,
    panel_book,
)
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.tender.bid_files import LARGEST
from vendor_eval.tender.entries import misplaced
from vendor_eval.tender.folder import read
from vendor_eval.tender.lock import lock_draft, record_of
from vendor_eval.tender.log_file import read_whole, recorded, refuse_misplaced, written
from vendor_eval.tender.tender import Tender

PRIVATE = "private"
"""The folder of names and codes: never read by a run, never hashed."""
CODES = f"{PRIVATE}/codes.json"
DECLARED = f"{PRIVATE}/declarations"

Added = tuple[ScoreLog, tuple[LogEntry, ...], tuple[str, ...]]
"""The log, the lines that were added, and what else to know."""


def panel_of(tender: Tender) -> PanelRecord:
    """The panel of a tender; raises VendorEvalError where its rules have none."""
    if tender.panel is None:
        raise VendorEvalError("the rules have no 'panel'; allowed: rules with criteria it judges")
    return tender.panel


def scored(folder: Path, files: Sequence[Path]) -> Added:
    """The log with the marks of evaluators' workbooks.

    Raises InputFaults with every fault of every workbook; then nothing is added.
    """
    tender = read(folder)
    asked = DECLARING_BOOK if panel_of(tender).declared.asked_for else EVALUATOR_BOOK
    return _from_books(folder, files, asked)


def agreed(folder: Path, file: Path) -> Added:
    """The log with what a returned agenda holds; raises as `scored`."""
    return _from_books(folder, [file], AGENDA_BOOK)


def _from_books(folder: Path, files: Sequence[Path], asked: Questionnaire) -> Added:
    tender = read(folder)
    panel_of(tender)
    rules, vendors = tender.rules, tender.proposals.vendors
    codes = blind_codes(folder, vendors)
    books = [panel_book(_returned(file), file.name, asked) for file in files]
    read_in: list[Intake] = []

    def compose(log: ScoreLog) -> Sequence[Draft]:
        if asked is not AGENDA_BOOK:
            read_in.append(marks_read(log, rules, vendors, books, codes))
        else:
            read_in.append(agreements_read(log, rules, vendors, books[0], codes))
        _keep(folder, read_in[-1].details)
        return read_in[-1].drafts

    log, added = recorded(folder, rules, compose)
    places = {f"{LOG}:{entry.n}" for entry in added}
    findings = comment_findings(panel_record(rules, log, vendors))
    odd = [str(finding) for finding in findings if finding.place in places]
    return log, added, (*read_in[-1].warnings, *odd)


def declared(folder: Path, files: Sequence[Path]) -> Added:
    """The log with what people declare who score nothing, or declare anew; raises as `scored`."""
    tender = read(folder)
    panel_of(tender)
    books = [panel_book(_returned(file), file.name, DECLARATION_BOOK) for file in files]

    def compose(log: ScoreLog) -> Sequence[Draft]:
        declarations = declarations_of(log, tender.rules)
        opened = bool(log.of_kind("opened"))
        intake = DeclarationIntake(declarations, tender.proposals.vendors, opened)
        for book in books:
            intake.read(book)
        refuse_faulty(intake, books)
        _keep(folder, intake.details)
        return intake.drafts

    log, added_lines = recorded(folder, tender.rules, compose)
    blank = [f"{book.source}: nothing is declared in it" for book in books if not declares(book)]
    notes = [note for book in books for note in book.notes]
    return log, added_lines, (*notes, *blank)


def _keep(folder: Path, details: Sequence[SaltedText]) -> None:
    """Writes what people wrote of their interests where no run reads it."""
    refuse_misplaced(folder, (PRIVATE, "folder"), (DECLARED, "folder"))
    for kept in details:
        content = json.dumps({"salt": kept.salt, "text": kept.text}, ensure_ascii=False)
        written(folder, f"{DECLARED}/{kept.sha256[:16]}.json", f"{content}\n".encode())


def _returned(file: Path, *, of: Path | None = None, at_most: int = FILE_BYTES) -> bytes:
    """What a file holds that somebody named; no link out of its folder is followed."""
    if wrong := misplaced(file, of or file.parent, "file"):
        raise InputFaults([Fault(file.name, wrong)])
    return read_whole(file, file.name, at_most=at_most)


def added(folder: Path, tender: Tender, drafts: Sequence[Draft]) -> ScoreLog:
    """The log of a folder with lines that were made for it as the tender holds it.

    Raises VendorEvalError where somebody added lines since it was read.
    """
    known = record_of(tender).log

    def compose(log: ScoreLog) -> Sequence[Draft]:
        if log.head != known.head:
            message = f"{LOG}: somebody added lines since it was read; allowed: read it again"
            raise VendorEvalError(message)
        return drafts

    return recorded(folder, tender.rules, compose)[0]


def locked(
    folder: Path, *, by: str, on: date, envelope: str | None = None
) -> tuple[ScoreLog, LogEntry]:
    """The log once the panel is locked; raises NotReady with what is still to be done."""
    tender = read(folder)
    log = added(folder, tender, [lock_draft(tender, envelope, on=on, by=by)])
    return log, log.entries[-1]


def merged(folder: Path, other: Path, *, by: str, on: date) -> tuple[ScoreLog, int]:
    """The log with the lines of another copy, a folder or its log, and how many were added."""
    tender = read(folder)
    record_of(tender).declared.refuse_left(by=by)
    file, of = (other / LOG, other) if other.is_dir() else (other, other.parent)
    copy = score_log(_returned(file, of=of, at_most=LARGEST[SCORES]), tender.rules)
    announced = partial(draft, "merged", on=on, by=by, source="scores --merge")
    log, lines = recorded(folder, tender.rules, lambda log: merged_drafts(log, copy, announced))
    return log, len(lines)


def redacted(folder: Path, line: int, *, why: str, by: str, on: date) -> ScoreLog:
    """The log once the texts of one line are removed, and a line is added that says so."""
    tender = read(folder)
    record_of(tender).declared.refuse_left(by=by)
    if not why.strip():
        raise VendorEvalError("--why: found nothing; allowed: why the text is removed")
    made = partial(draft, "redacted", on=on, by=by, source="vendor-eval redact", why=why.strip())
    return recorded(folder, tender.rules, lambda log: redaction(log, line, made))[0]


def blind_codes(folder: Path, vendors: Sequence[str]) -> Mapping[str, str]:
    """What vendors are called in a blind round, by name; empty without one.

    Raises VendorEvalError where a code is now the name of a vendor, too.
    """
    refuse_misplaced(folder, (PRIVATE, "folder"), (CODES, "file"))
    if not (folder / CODES).exists():
        return {}
    content = read_whole(folder / CODES, CODES)
    try:
        typed: Any = json.loads(content)
    except ValueError:
        typed = None
    if not isinstance(typed, dict) or not all(isinstance(code, str) for code in typed.values()):
        raise VendorEvalError(f"{CODES}: not a list of codes written by 'sheets --blind'")
    named = {as_seen(vendor) for vendor in (*vendors, *typed)}
    if any(as_seen(code) in named for code in typed.values()):
        message = f"{CODES}: a code that was sent out is now the name of a vendor, too"
        raise VendorEvalError(f"{message}; allowed: a new round, once this file is removed")
    return typed


def new_blind_codes(folder: Path, vendors: Sequence[str]) -> Mapping[str, str]:
    """The codes of a blind round, in an order that chance decides, once they are kept.

    Vendors that have a code keep it.
    """
    known = dict(blind_codes(folder, vendors))
    taken = {as_seen(name) for name in (*vendors, *known, *known.values())}
    candidates = map(_code, range(len(vendors) + len(taken)))
    free = [code for code in candidates if as_seen(code) not in taken]
    fresh = [vendor for vendor in vendors if vendor not in known]
    secrets.SystemRandom().shuffle(fresh)
    codes = known | dict(zip(fresh, free, strict=False))
    if fresh:
        written(folder, CODES, (json.dumps(codes, indent=2) + "\n").encode())
    return codes


def _code(n: int) -> str:
    """Vendor A, Vendor B ... Vendor Z, Vendor AA ..."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return f"Vendor {letters}"

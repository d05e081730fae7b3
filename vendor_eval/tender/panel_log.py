"""What a folder's log of scores takes in: marks, agreed levels, a lock, a copy, a redaction."""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from vendor_eval.errors import Fault, InputFaults, VendorEvalError
from vendor_eval.panel.entries import Draft, LogEntry, draft
from vendor_eval.panel.log import (
    LOG,
    ScoreLog,
    merged_drafts,
    recorded,
    redaction,
    score_log,
)
from vendor_eval.panel.moderation import agreements_read, lock_draft
from vendor_eval.panel.record import PanelRecord
from vendor_eval.panel.scoring import Intake, marks_read
from vendor_eval.panel.workbooks import AGENDA_BOOK, EVALUATOR_BOOK, panel_book
from vendor_eval.questionnaire.sheet import Questionnaire
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

PRIVATE = "private"
"""The folder of names and codes: never read by a run, never hashed."""
CODES = f"{PRIVATE}/codes.json"
LARGEST = 10_000_000
"""Bytes that a returned workbook may have."""

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
    return _from_books(folder, files, EVALUATOR_BOOK)


def agreed(folder: Path, file: Path) -> Added:
    """The log with what a returned agenda holds; raises as `scored`."""
    return _from_books(folder, [file], AGENDA_BOOK)


def _from_books(folder: Path, files: Sequence[Path], asked: Questionnaire) -> Added:
    tender = read(folder)
    panel_of(tender)
    rules, vendors, codes = tender.rules, tender.proposals.vendors, blind_codes(folder)
    books = [panel_book(_content(file), file.name, asked) for file in files]
    read_in: list[Intake] = []

    def compose(log: ScoreLog) -> Sequence[Draft]:
        if asked is EVALUATOR_BOOK:
            read_in.append(marks_read(log, rules, vendors, books, codes))
        else:
            read_in.append(agreements_read(log, rules, vendors, books[0], codes))
        return read_in[-1].drafts

    log, added = recorded(folder, rules, compose)
    return log, added, tuple(read_in[-1].warnings)


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST:
            message = f"found {size} bytes; allowed: {LARGEST} at most"
            raise InputFaults([Fault(file.name, message)])
        return file.read_bytes()
    except OSError as error:
        raise InputFaults([Fault(file.name, f"cannot be read: {error.strerror}")]) from None


def added(folder: Path, tender: Tender, drafts: Sequence[Draft]) -> ScoreLog:
    """The log of a folder with lines that were made for it as the tender holds it.

    Raises VendorEvalError where somebody added lines since it was read.
    """
    known = panel_of(tender).log

    def compose(log: ScoreLog) -> Sequence[Draft]:
        if log.head != known.head:
            message = f"{LOG}: somebody added lines since it was read; allowed: read it again"
            raise VendorEvalError(message)
        return drafts

    return recorded(folder, tender.rules, compose)[0]


def locked(folder: Path, *, by: str, on: date) -> tuple[ScoreLog, LogEntry]:
    """The log once the panel is locked; raises NotReady with what is still to be done."""
    tender = read(folder)
    inputs = {name: digest for name, digest in tender.hashes.items() if name != LOG}
    excluded = tender.evaluation.having("excluded")
    made = lock_draft(panel_of(tender), excluded=excluded, inputs=inputs, on=on, by=by)
    log = added(folder, tender, [made])
    return log, log.entries[-1]


def merged(folder: Path, other: Path, *, by: str, on: date) -> tuple[ScoreLog, int]:
    """The log with the lines of another copy, a folder or its log, and how many were added."""
    tender = read(folder)
    panel_of(tender)
    copy = score_log(_content(other / LOG if other.is_dir() else other), tender.rules)
    announced = partial(draft, "merged", on=on, by=by, source="scores --merge")
    log, lines = recorded(folder, tender.rules, lambda log: merged_drafts(log, copy, announced))
    return log, len(lines)


def redacted(folder: Path, line: int, *, why: str, by: str, on: date) -> ScoreLog:
    """The log once the texts of one line are removed, and a line is added that says so."""
    tender = read(folder)
    panel_of(tender)
    if not why.strip():
        raise VendorEvalError("--why: found nothing; allowed: why the text is removed")
    made = partial(draft, "redacted", on=on, by=by, source="vendor-eval redact", why=why.strip())
    return recorded(folder, tender.rules, lambda log: redaction(log, line, made))[0]


def blind_codes(folder: Path) -> Mapping[str, str]:
    """What vendors are called in a blind round, by name; empty without one."""
    try:
        content = (folder / CODES).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise VendorEvalError(f"{CODES}: cannot be read: {error.strerror}") from None
    try:
        typed: Any = json.loads(content)
        if isinstance(typed, dict) and all(isinstance(code, str) for code in typed.values()):
            return typed
    except ValueError:
        pass
    raise VendorEvalError(f"{CODES}: not a list of codes written by 'vendor-eval sheets --blind'")


def new_blind_codes(folder: Path, vendors: Sequence[str]) -> Mapping[str, str]:
    """The codes of a blind round, in an order that chance decides, once they are kept.

    Vendors that have a code keep it.
    """
    known = dict(blind_codes(folder))
    taken = set(known.values())
    free = [code for code in map(_code, range(len(vendors) + len(known))) if code not in taken]
    fresh = [vendor for vendor in vendors if vendor not in known]
    secrets.SystemRandom().shuffle(fresh)
    codes = known | dict(zip(fresh, free, strict=False))
    if fresh:
        try:
            (folder / PRIVATE).mkdir(exist_ok=True)
            replaced_file(folder / CODES, (json.dumps(codes, indent=2) + "\n").encode())
        except OSError as error:
            raise VendorEvalError(f"{CODES}: cannot be written: {error.strerror}") from None
    return codes


def _code(n: int) -> str:
    """Vendor A, Vendor B ... Vendor Z, Vendor AA ..."""
    letters = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        letters = chr(65 + rest) + letters
    return f"Vendor {letters}"

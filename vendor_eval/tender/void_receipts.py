"""Receipts that are void: for a wrong vendor or envelope; the line and the file are kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from vendor_eval.errors import VendorEvalError
from vendor_eval.panel.bodies import Receipt, VoidReceipt
from vendor_eval.panel.declarations import declarations_of
from vendor_eval.panel.entries import Draft, LogEntry, draft
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.tender.envelopes import receipts_of
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.log_file import recorded, refuse_misplaced
from vendor_eval.tender.receiving import moved, refuse_closed

PRIVATE, KEPT = "private", "private/void"
"""Where files of void receipts are kept; no run reads, hashes or copies them."""


def voided(
    folder: Path, line: int, *, why: str, by: str, on: date
) -> tuple[ScoreLog, LogEntry, Path]:
    """The log once a receipt is void, the line that says so, and where its file is kept, unread.

    Raises VendorEvalError where the line is no receipt that counts, or its envelope is locked or
    opened, InputFaults where a link stands in the place of the file.
    """
    rules = read_rules(folder)
    kept: list[Path] = []
    if not why.strip():
        raise VendorEvalError("--why: found nothing; allowed: why the receipt is void")

    def compose(log: ScoreLog) -> list[Draft]:
        declarations_of(log, rules).refuse_left(by=by)
        receipts = dict(receipts_of(log).values())
        if line not in receipts:
            lines = ", ".join(map(str, sorted(receipts))) or "none"
            raise VendorEvalError(f"LINE: found {line}; allowed: the line of a receipt: {lines}")
        body = receipts[line]
        refuse_closed(log, body.envelope, "a void receipt before that alone")
        refuse_misplaced(folder, (PRIVATE, "folder"), (KEPT, "folder"), (body.file, "file"))
        kept.append(folder / KEPT / f"line-{line}-{Path(body.file).name}")
        if not (folder / body.file).exists():
            raise VendorEvalError(f"{body.file}: no such file; allowed: the file that was received")
        moved(folder / body.file, kept[0])
        source = "vendor-eval void"
        return [draft("voided", on=on, by=by, source=source, line=line, why=why.strip())]

    log, [entry] = recorded(folder, rules, compose)
    return log, entry, kept[0]


def void_lines(log: ScoreLog | None) -> Iterator[str]:
    """Each receipt that is void, with the line and the reason that say so."""
    for entry in log.entries if log else ():
        if isinstance(entry.body, VoidReceipt) and log is not None:
            receipt = log.entries[entry.body.line - 1].body
            name = receipt.file if isinstance(receipt, Receipt) else ""
            void = f"the receipt on line {entry.body.line} is void (line {entry.n} of {LOG})"
            yield f"{name}: {void}: {entry.text('why') or 'the reason was redacted'}"

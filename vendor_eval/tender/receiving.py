"""Bids that come in and are put away unread, and the opening of an envelope."""

import hashlib
import re
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from vendor_eval.bids.names import base_name
from vendor_eval.bids.proposal import NAME, as_seen
from vendor_eval.errors import Fault, InputFaults, LogBroken, NotReady, VendorEvalError, quoted
from vendor_eval.panel.bodies import EVERY, EnvelopeOpening, PanelLock
from vendor_eval.panel.declarations import declarations_of
from vendor_eval.panel.entries import Draft, LogEntry, draft
from vendor_eval.panel.log import LOG, ScoreLog
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bid_files import LARGEST
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.entries import misplaced, opened
from vendor_eval.tender.envelopes import kept_out, names_in, openings_of, receipts_of
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.lock import awaited, record_of, undecided_last
from vendor_eval.tender.log_file import recorded, refuse_misplaced
from vendor_eval.tender.panel_log import added
from vendor_eval.tender.tender import Tender

UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
"""What no file's name may hold on every system."""


def received(
    folder: Path,
    file: Path,
    *,
    vendor: str | None,
    envelope: str,
    at: datetime,
    channel: str,
    by: str,
    new_vendor: bool = False,
) -> tuple[ScoreLog, LogEntry]:
    """The log with the receipt of a file, once it is moved to its envelope; it is not parsed.

    `vendor`: None for a table of all bids. `new_vendor`: whether it is another vendor than one
    whose name differs only by its legal form or version. Raises InputFaults where the file cannot
    be taken, VendorEvalError for another envelope, an opened one, a second file of one vendor, or
    a name that may be that of a known one.
    """
    rules = read_rules(folder)
    known = [each.id for each in rules.envelopes]
    if envelope not in known:
        allowed = quoted(known) if known else "none, as the rules have no 'envelopes'"
        raise VendorEvalError(f"--envelope: found {envelope!r:.40}; allowed: {allowed}")
    target = _target(file, vendor, envelope)
    named = " ".join(vendor.split()) if vendor is not None else EVERY
    if wrong := misplaced(file, file.parent, "file") or _absent(file):
        raise InputFaults([Fault(file.name, wrong)])
    refuse_misplaced(folder, (WORKBOOKS, "folder"), (f"{WORKBOOKS}/{envelope}", "folder"))
    sha256, size = _hashed(file, TABLES if vendor is None else LARGEST[WORKBOOKS])

    def compose(log: ScoreLog) -> list[Draft]:
        declarations_of(log, rules).refuse_left(by=by)
        _refuse_second(folder, log, target, vendor, envelope)
        if vendor is not None:
            _refuse_alike(log, named, new_vendor=new_vendor)
        made = draft(
            "received",
            on=at.date(),
            by=by,
            source="vendor-eval receive",
            vendor=named,
            envelope=envelope,
            file=target,
            sha256=sha256,
            size=size,
            at=f"{at:%Y-%m-%dT%H:%M}",
            late=vendor is not None and _is_late(rules, at),
            channel=channel,
        )
        moved(file, folder / target)
        return [made]

    log, [entry] = recorded(folder, rules, compose)
    return log, entry


TABLES = 100_000_000
"""Bytes that a table of all bids may have."""


def _target(file: Path, vendor: str | None, envelope: str) -> str:
    """Where a file goes: `proposals/price/Alder.xlsx`, or `proposals/price.csv` for a table."""
    if vendor is None:
        if file.suffix.lower() != ".csv":
            message = f"--vendor: found none for {file.name!r}; allowed: whose it is"
            raise VendorEvalError(f"{message}, or a table of all bids that ends in .csv")
        return f"{WORKBOOKS}/{envelope}.csv"
    if file.suffix.lower() != ".xlsx":
        raise VendorEvalError(f"FILE: found {file.name!r}; allowed: a workbook saved as .xlsx")
    name = " ".join(vendor.split())
    safe = UNSAFE.sub("_", name).strip(". ")
    if not as_seen(name) or not safe or len(name) > NAME or not name.isprintable():
        message = f"--vendor: found {vendor!r:.80}; allowed: a name of at most {NAME} characters"
        raise VendorEvalError(message)
    return f"{WORKBOOKS}/{envelope}/{safe}.xlsx"


def _absent(file: Path) -> str | None:
    return None if file.is_file() else "no such file"


def _hashed(file: Path, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with opened(file) as content:
            while piece := content.read(1 << 20):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise InputFaults([Fault(file.name, f"cannot be read: {error.strerror}")]) from None
    if size > most:
        raise InputFaults([Fault(file.name, f"found {size} bytes; allowed: {most} at most")])
    return digest.hexdigest(), size


def _is_late(rules: Rules, at: datetime) -> bool:
    notice = rules.tender
    if notice is None or notice.deadline is None:
        return False
    return f"{at:%Y-%m-%dT%H:%M}" > f"{notice.deadline}T{notice.deadline_time or '23:59'}"


def refuse_closed(log: ScoreLog, envelope: str, allowed: str) -> None:
    """Raises VendorEvalError where an envelope is locked or opened; `allowed`: what is instead."""
    for entry in log.entries:
        body = entry.body
        ends = {PanelLock: "locked", EnvelopeOpening: "opened"}.get(type(body))
        if ends and getattr(body, "envelope", None) == envelope:
            message = f"the envelope {envelope!r} was {ends} on line {entry.n} of {LOG}"
            raise VendorEvalError(f"{message}; allowed: {allowed}")


def _refuse_alike(log: ScoreLog, vendor: str, *, new_vendor: bool) -> None:
    """Raises VendorEvalError where a vendor's name is nearly that of one who handed in a file.

    A `new_vendor` may have such a name where a reader can distinguish the two.
    """
    for n, body in receipts_of(log).values():
        if body.vendor == vendor or base_name(body.vendor) != base_name(vendor):
            continue
        same = as_seen(body.vendor) == as_seen(vendor)
        if same or not new_vendor:
            message = f"--vendor: found {vendor!r}, and {body.vendor!r} handed in a file (line {n})"
            way_out = "" if same else " or, for another vendor, --new-vendor"
            raise VendorEvalError(f"{message}; allowed: {body.vendor!r}{way_out}")


def _refuse_second(
    folder: Path, log: ScoreLog, target: str, vendor: str | None, envelope: str
) -> None:
    """Raises VendorEvalError where the envelope is opened, or holds a file of this vendor."""
    refuse_closed(log, envelope, "nothing is received after that")
    for n, body in receipts_of(log).values():
        if body.envelope == envelope and as_seen(body.vendor) == as_seen(vendor or EVERY):
            message = f"a file of {vendor or 'all vendors'} was received on line {n} of {LOG}"
            raise VendorEvalError(f"{message}; allowed: one for each envelope")
    if (folder / target).exists():
        raise VendorEvalError(f"{target}: this file exists; allowed: a name that is free")
    names = names_in(folder, envelope)
    if vendor is None and names:
        raise VendorEvalError(f"{names[0]}: found workbooks; allowed: they, or a table")
    if vendor is not None and names == (f"{WORKBOOKS}/{envelope}.csv",):
        raise VendorEvalError(f"{names[0]}: found a table; allowed: it, or workbooks")


def moved(file: Path, target: Path) -> None:
    """Moves a file without opening it; raises VendorEvalError where it cannot be moved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
    except OSError as error:
        message = f"{target.name}: cannot be written: {error.strerror}"
        raise VendorEvalError(message) from None


def opened_envelope(
    folder: Path, envelope: str, *, by: str, on: date
) -> tuple[ScoreLog, LogEntry, Mapping[str, str], tuple[Fault, ...]]:
    """The log once an envelope is opened, the line that says so, and the files, by sha256.

    Last, whose envelope was never received. Raises VendorEvalError for another envelope, NotReady
    before the lock or while it is not decided of a late envelope, LogBroken where a file is not
    the one that was received. What it does not open stays closed.
    """
    tender = read(folder)
    record, envelopes = record_of(tender), tender.rules.whole.envelopes
    if not envelopes or envelope != envelopes[-1].id:
        allowed = repr(envelopes[-1].id) if envelopes else "none, as the rules have no 'envelopes'"
        raise VendorEvalError(f"ENVELOPE: found {envelope!r:.40}; allowed: {allowed}")
    record.declared.refuse_left(by=by)
    needs = list(tender.panel_needs)
    if record.lock is None:
        message = f"the envelope {envelopes[0].id!r} is not locked"
        needs.append(Fault(LOG, f"{message}; allowed: 'vendor-eval lock' first"))
    needs += tender.undeclared([by])
    needs += undecided_last(tender)
    if needs:
        raise NotReady(dict.fromkeys(needs))
    files, unopened, decided = _to_open(folder, tender, envelope)
    made = draft(
        "opened",
        on=on,
        by=by,
        source="vendor-eval open",
        envelope=envelope,
        files=files,
        unopened=unopened,
        decided=decided,
    )
    log = added(folder, tender, [made])
    return log, log.entries[-1], files, awaited(tender)


def _to_open(
    folder: Path, tender: Tender, envelope: str
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """The files that are opened now, with their sha256, and the vendors whose are not.

    Last, those of them whom a decision keeps out: they stay so, regardless of later decisions.
    """
    record = record_of(tender)
    receipts, done = receipts_of(record.log), openings_of(record.log)
    before = {name for opening in done for name in opening.files}
    kept, out = kept_out(record.log), list(tender.evaluation.having("excluded"))
    out += [v for v in tender.proposals.vendors if as_seen(v) in kept and v not in out]
    closed = {as_seen(vendor) for vendor in out}
    files, faults = dict[str, str](), list[Fault]()
    for name in names_in(folder, envelope):
        n, body = receipts[name]
        if name in before or as_seen(body.vendor) in closed:
            continue
        sha256, _ = _hashed(folder / name, TABLES)
        if sha256 != body.sha256:
            message = f"is not the file that was received on line {n} of {LOG}"
            faults.append(Fault(name, f"{message}; allowed: that file"))
        files[name] = sha256
    if faults:
        raise LogBroken(faults)
    if done and not files:
        raise VendorEvalError(f"the envelope {envelope!r} is opened; allowed: what is still closed")
    if not files:
        raise VendorEvalError(f"{WORKBOOKS}/{envelope}: found nothing to open; allowed: a bid")
    undecided = tender.envelopes.undecided if tender.envelopes else ()
    decided = {*tender.decisions.excluded, *(str(fault.vendor) for fault in undecided)}
    stays = {*kept, *map(as_seen, decided)}
    return files, tuple(out), tuple(v for v in out if as_seen(v) in stays)

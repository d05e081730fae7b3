"""Manifest errors: agreed levels that are corrected after prices were opened."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from vendor_eval.bids.proposal import as_seen
from vendor_eval.errors import VendorEvalError, nearest, quoted
from vendor_eval.panel.entries import LogEntry, draft
from vendor_eval.panel.items import Item, asks
from vendor_eval.panel.log import ScoreLog
from vendor_eval.panel.record import PanelRecord
from vendor_eval.tender.envelopes import openings_of
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import added, panel_of
from vendor_eval.tender.tender import Tender


def corrected(
    folder: Path,
    *,
    vendor: str,
    criterion: str,
    level: str,
    reason: str,
    evidence: str,
    approved_by: str,
    read_again: Sequence[str],
    by: str,
    on: date,
) -> tuple[ScoreLog, LogEntry]:
    """The log once a level is corrected; raises VendorEvalError with everything it lacks."""
    tender = read(folder)
    record = panel_of(tender)
    if not openings_of(record.log):
        message = "no envelope is opened; allowed: a manifest error after that alone"
        raise VendorEvalError(message)
    item = record.items.get((vendor, criterion))
    if item is None:
        raise VendorEvalError(_unknown(record, vendor, criterion))
    said = {"--reason": reason, "--evidence": evidence}
    faults = [f"{name}: found nothing; allowed: words" for name, w in said.items() if not w.strip()]
    faults += _lacks(tender, item, level, (by, approved_by), read_again)
    if faults:
        raise VendorEvalError("\n".join(faults))
    made = draft(
        "manifest_error",
        on=on,
        by=by,
        source="vendor-eval manifest-error",
        vendor=vendor,
        criterion=criterion,
        level=level,
        reason=reason.strip(),
        evidence=evidence.strip(),
        approved_by=approved_by,
        read_again=tuple(read_again),
        asks=asks(tender.rules, criterion),
    )
    log = added(folder, tender, [made])
    return log, log.entries[-1]


def _unknown(record: PanelRecord, vendor: str, criterion: str) -> str:
    vendors = sorted({item.vendor for item in record.items.values()})
    if vendor not in vendors:
        return f"--vendor: unknown {vendor!r}{nearest(vendor, vendors)}; allowed: {quoted(vendors)}"
    paths = record.rules.judged_leaves
    hint = nearest(criterion, paths)
    return f"--criterion: unknown {criterion!r}{hint}; allowed: {quoted(paths)}"


def _lacks(
    tender: Tender, item: Item, level: str, people: tuple[str, str], read_again: Sequence[str]
) -> Iterator[str]:
    """What a correction lacks, in a sentence each."""
    record = panel_of(tender)
    codes, counted = item.scale.codes, record.counts(item)
    if record.agreed != "consensus":
        yield f"--level: the rules take the {record.agreed} of the marks; nothing was agreed"
    elif level not in codes or level == counted:
        others = quoted(code for code in codes if code != counted)
        yield f"--level: found {level!r}; allowed: {others}, as {counted!r} is agreed"
    by, chair = people
    if as_seen(by) == as_seen(chair):
        yield f"--approved-by: found {chair!r}, who enters it; allowed: another person"
    yield from record.declared.left_options(by=by, approved_by=chair)
    out = tender.evaluation.having("excluded")
    vendors = [v for v in tender.proposals.vendors if v not in out or v == item.vendor]
    lacking = [v for v in vendors if v not in read_again]
    if lacking:
        message = f"--read-again: the same question was not read again for {quoted(lacking)}"
        yield f"{message}; allowed: once for every vendor"
    unknown = [name for name in read_again if name not in tender.proposals.vendors]
    if unknown:
        yield f"--read-again: unknown {quoted(unknown)}; allowed: {quoted(vendors)}"
    yield from (fault.message for fault in tender.undeclared(people, of=[item.vendor]))

"""The lock of a panel: what it fixed, and what is no longer as it was then."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date

from vendor_eval.bids.proposal import as_seen
from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, InputFaults, NotReady, VendorEvalError
from vendor_eval.panel.bodies import PanelLock
from vendor_eval.panel.entries import Draft, draft
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord
from vendor_eval.rules.stage import envelope_of
from vendor_eval.tender.bids import WORKBOOKS
from vendor_eval.tender.last_envelope import missing_envelope
from vendor_eval.tender.tender import Tender


def lock_draft(tender: Tender, envelope: str | None, *, on: date, by: str) -> Draft:
    """The line that locks the panel, or one envelope.

    Raises VendorEvalError for another envelope than the rules' first, InputFaults where it is
    locked already, NotReady with everything that is still to be scored, agreed or declared.
    """
    record = record_of(tender)
    envelopes = tender.rules.whole.envelopes
    expected = envelopes[0].id if envelopes else None
    if envelope != expected:
        allowed = repr(expected) if expected else "none, as the rules have no envelopes"
        shown = repr(envelope)[:40] if envelope else "none"
        raise VendorEvalError(f"ENVELOPE: found {shown}; allowed: {allowed}")
    if record.lock is not None:
        message = f"the panel was locked on line {record.lock.n}, on {record.lock.line.on}"
        raise InputFaults([Fault(LOG, f"{message}; allowed: one lock")])
    record.declared.refuse_left(by=by)
    late = tender.envelopes.refused.values() if tender.envelopes else ()
    if needs := [*tender.panel_needs, *late, *tender.undeclared([by])]:
        raise NotReady(dict.fromkeys(needs))
    inputs = {name: digest for name, digest in sorted(tender.hashes.items()) if name != LOG}
    source = "vendor-eval lock"
    return draft(
        "locked",
        on=on,
        by=by,
        source=source,
        performance=performance_hash(tender),
        inputs=inputs,
        envelope=envelope,
    )


def awaited(tender: Tender) -> tuple[Fault, ...]:
    """What to know of the last envelope before it is opened, of the vendors still in.

    Which files came in late and are not decided, and from whom none was received.
    """
    envelopes, whole = tender.envelopes, tender.rules.whole.envelopes
    if envelopes is None or not tender.rules.stage or tender.through:
        return ()
    last = f"{WORKBOOKS}/{whole[-1].id}"
    out = tender.evaluation.having("excluded")
    known = {as_seen(v) for name, v in envelopes.owners.items() if name.startswith(f"{last}/")}
    lacking = [v for v in tender.proposals.vendors if as_seen(v) not in known and v not in out]
    if f"{last}.csv" in envelopes.closed:
        lacking = []
    said = [(v, missing_envelope(v, whole[-1].id, opened=False)) for v in lacking]
    missing = (Fault(last, message, v, severity="question") for v, message in said)
    return (*undecided_last(tender), *missing)


def undecided_last(tender: Tender) -> tuple[Fault, ...]:
    """The last envelopes that came in late and hold up the opening until that is decided."""
    if tender.envelopes is None:
        return ()
    last = f"{WORKBOOKS}/{tender.rules.whole.envelopes[-1].id}/"
    out = {as_seen(vendor) for vendor in tender.evaluation.having("excluded")}
    late = (fault for fault in tender.envelopes.undecided if fault.place.startswith(last))
    return tuple(fault for fault in late if as_seen(str(fault.vendor)) not in out)


def record_of(tender: Tender) -> PanelRecord:
    """What the log holds; raises VendorEvalError where the rules ask for no log."""
    if tender.record is None:
        message = "the rules have neither 'panel' nor 'envelopes', so that nothing is logged"
        raise VendorEvalError(f"{message}; allowed: rules with one of them")
    return tender.record


def lock_breaks(tender: Tender) -> Iterator[Fault]:
    """What the panel was locked on and is not as it was: rules, bids, and what marks counted as."""
    record, hashes = tender.record, tender.hashes
    if record is None or record.lock is None:
        return
    lock = record.lock
    fixed = lock.body
    if not isinstance(fixed, PanelLock):
        return
    since = f"the panel was locked, on line {lock.n} of {LOG}"
    if lock.line.rules != record.log.rules:
        message = f"the rules are not those on which {since}"
        yield Fault(f"{LOG}:{lock.n}", f"{message}; allowed: the rules as they were then")
        return
    bids = [name for name in sorted({*fixed.inputs, *hashes}) if _is_bid(name, fixed.envelope)]
    changed = [name for name in bids if fixed.inputs.get(name) != hashes.get(name)]
    for name in changed:
        yield Fault(name, f"is not the file on which {since}; allowed: the bids as they were then")
    if not changed and performance_hash(tender) != fixed.performance:
        what = "answers and levels" if fixed.envelope else "levels"
        message = f"the {what} are not those on which {since}"
        yield Fault(f"{LOG}:{lock.n}", f"{message}; allowed: the decisions as they were then")


def performance_hash(tender: Tender) -> str:
    """The sha256, in hex, of every vendor's level; with envelopes, of each answer in the first.

    A manifest error that was corrected since does not count.
    """
    record, envelopes = tender.record, tender.rules.whole.envelopes
    if record is None or not envelopes:
        return record.performance() if record else ""
    evaluation = tender.evaluation
    counted = []
    for path in evaluation.stated.leaves:
        inside = envelope_of(tender.rules.whole, path)
        if inside is None or inside.id != envelopes[0].id:
            continue
        for vendor, row in evaluation.proposals.rows.items():
            item = record.items.get((vendor, path))
            shown = evaluation.performance[path].shown(row)
            counted.append([vendor, path, record.counted_at_lock(item) if item else str(shown)])
    return hashlib.sha256(json.dumps(counted).encode()).hexdigest()


def lock_notes(record: PanelRecord | None, hashes: Mapping[str, str]) -> tuple[str, ...]:
    """Files that are no bids, such as decisions, and are not as they were at the lock."""
    if record is None or record.lock is None or not isinstance(record.lock.body, PanelLock):
        return ()
    then = record.lock.body.inputs
    names = [name for name in sorted({*then, *hashes}) if name != LOG and not _is_bid(name)]
    changed = (name for name in names if then.get(name) != hashes.get(name))
    since = f"is not as it was when the panel was locked, on line {record.lock.n} of {LOG}"
    return tuple(f"{name}: {since}" for name in changed)


def _is_bid(name: str, envelope: str | None = None) -> bool:
    if envelope is not None:
        return name.startswith((f"{WORKBOOKS}/{envelope}/", f"{WORKBOOKS}/{envelope}.csv"))
    return name == TABLE or name.startswith(f"{WORKBOOKS}/")

"""The lock of a panel: what it fixed, and what is no longer as it was then."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, InputFaults, NotReady
from vendor_eval.panel.entries import Draft, PanelLock, draft
from vendor_eval.panel.log import LOG
from vendor_eval.panel.record import PanelRecord
from vendor_eval.tender.bids import WORKBOOKS


def lock_draft(
    record: PanelRecord,
    *,
    excluded: Sequence[str],
    inputs: Mapping[str, str],
    on: date,
    by: str,
) -> Draft:
    """The line that locks the panel.

    Raises InputFaults where it is locked already, NotReady with everything that is still to be
    scored or agreed.
    """
    if record.lock is not None:
        message = f"the panel was locked on line {record.lock.n}, on {record.lock.line.on}"
        raise InputFaults([Fault(LOG, f"{message}; allowed: one lock")])
    if needs := record.missing(excluded):
        raise NotReady(needs)
    return draft(
        "locked",
        on=on,
        by=by,
        source="vendor-eval lock",
        performance=record.performance(),
        inputs=dict(sorted(inputs.items())),
    )


def lock_breaks(record: PanelRecord | None, hashes: Mapping[str, str]) -> Iterator[Fault]:
    """What the panel was locked on and is not as it was: rules, bids, and what marks counted as.

    `hashes`: the sha256, in hex, of the folder's files by name.
    """
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
    bids = [name for name in sorted({*fixed.inputs, *hashes}) if _is_bid(name)]
    changed = [name for name in bids if fixed.inputs.get(name) != hashes.get(name)]
    for name in changed:
        yield Fault(name, f"is not the file on which {since}; allowed: the bids as they were then")
    if not changed and record.performance() != fixed.performance:
        message = f"the levels are not those on which {since}"
        yield Fault(f"{LOG}:{lock.n}", f"{message}; allowed: the decisions as they were then")


def lock_notes(record: PanelRecord | None, hashes: Mapping[str, str]) -> tuple[str, ...]:
    """Files that are no bids, such as decisions, and are not as they were at the lock."""
    if record is None or record.lock is None or not isinstance(record.lock.body, PanelLock):
        return ()
    then = record.lock.body.inputs
    names = [name for name in sorted({*then, *hashes}) if name != LOG and not _is_bid(name)]
    changed = (name for name in names if then.get(name) != hashes.get(name))
    since = f"is not as it was when the panel was locked, on line {record.lock.n} of {LOG}"
    return tuple(f"{name}: {since}" for name in changed)


def _is_bid(name: str) -> bool:
    return name == TABLE or name.startswith(f"{WORKBOOKS}/")

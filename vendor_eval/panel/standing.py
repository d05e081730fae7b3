"""How far a panel is, in lines for people: who has scored what, the log, and odd comments."""

from collections.abc import Iterator, Sequence

from vendor_eval.errors import VendorEvalError
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import LOG, ScoreLog, witness_line
from vendor_eval.panel.record import PanelRecord
from vendor_eval.panel.void_locks import locked_again
from vendor_eval.wording import agreeing, counted, listed

ASSERTED = "the order of its lines is asserted, not evidenced"
NO_CODE = f"{ASSERTED}: no code was sent out and came back"
EMPTY = (
    f"{ASSERTED}: the codes that came back are of the empty log; send the evaluators the present "
    "code"
)


def progress(record: PanelRecord, excluded: Sequence[str] = ()) -> dict[str, tuple[int, int]]:
    """Items that each evaluator has marked, of those that are theirs, by evaluator."""
    counts: dict[str, tuple[int, int]] = {}
    for item in record.items.values():
        if item.vendor in excluded:
            continue
        for reader in item.readers:
            done, all_ = counts.get(reader, (0, 0))
            counts[reader] = (done + (reader in item.marks), all_ + 1)
    return counts


def panel_notes(record: PanelRecord | None) -> tuple[str, ...]:
    """What to know of a panel: the log's code, marks that do not count, comments; no total."""
    if record is None:
        return ()
    log = record.log
    lines = [f"{LOG}: {counted(len(log.entries), 'line')}, code {log.code}"]
    if log.entries:
        lines.append(f"{LOG}: {evidence_of_order(record)}")
    if record.lock is not None:
        lines.append(f"{LOG}: the panel was locked on line {record.lock.n}")
        lines += lock_dates(record.lock, log)
    lines += [f"{LOG}: {void.sentence}" for void in locked_again(record)]
    lines += _present_though_left(record)
    findings = [str(finding) for finding in comment_findings(record)]
    return (*lines, *map(str, record.unread), *record.declared.outdated(), *findings)


def _present_though_left(record: PanelRecord) -> Iterator[str]:
    """A warning for everybody who was present at an agreement after withdrawing."""
    lines: dict[str, list[str]] = {}
    for agreement in filter(None, (item.agreement for item in record.items.values())):
        for who in agreement.present:
            if record.declared.withdrawn.get(who, agreement.entry.n) < agreement.entry.n:
                lines.setdefault(who, []).append(str(agreement.entry.n))
    for who, on in lines.items():
        numbers = f"{agreeing(len(on), 'line', 'lines')} {listed(on, at_most=3)}"
        yield f"{LOG}: {record.declared.left_words(who)}, and was present at {numbers}"


def lock_dates(lock: LogEntry, log: ScoreLog) -> tuple[str, ...]:
    """A warning where a lock is dated before something that it locks; dates are entered."""
    kinds = ("individual", "agreed", "chair")
    before = [entry for entry in log.entries[: lock.n] if entry.kind in kinds]
    last = max(before, key=lambda entry: entry.line.on, default=lock)
    if last.line.on <= lock.line.on:
        return ()
    what = f"line {last.n} is of {last.line.on}"
    return (f"{LOG}:{lock.n}: the lock is dated {lock.line.on}, but {what}; --on sets the date",)


def evidence_of_order(record: PanelRecord) -> str:
    """Up to which line workbooks that were sent out and came back show the order of the log."""
    if not record.evidenced:
        return EMPTY if record.began_with_a_code else NO_CODE
    return f"workbooks that came back carry the code of line {record.evidenced}"


def witnessed(log: ScoreLog | None, codes: Sequence[str]) -> tuple[str, ...]:
    """What each code that somebody kept shows of the log; raises LogBroken where it shows a break.

    Raises VendorEvalError where there is no log, or a text is no code.
    """
    if codes and log is None:
        raise VendorEvalError("--witness: the rules have no 'panel', so there is no log")
    lines = []
    for code in codes:
        line = witness_line(log, code) if log else 0
        lines.append(f"{LOG}: {code} is the code of line {line}; nothing before it was changed")
    return tuple(lines)

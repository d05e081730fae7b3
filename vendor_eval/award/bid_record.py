"""What the log of scores holds of one bid: marks, agreements, interests, dates of its envelopes."""

from collections.abc import Iterator, Sequence

from vendor_eval.award.document import Block, Paragraph, grid
from vendor_eval.award.letter_case import LetterCase
from vendor_eval.award.standstill_period import day
from vendor_eval.bids.proposal import as_seen
from vendor_eval.panel.bodies import (
    EVERY,
    AgreedLevel,
    EnvelopeOpening,
    IndividualMark,
    LevelCorrection,
    PanelLock,
    Receipt,
)
from vendor_eval.panel.declarations import DeclaredInterest
from vendor_eval.panel.entries import LogEntry
from vendor_eval.panel.items import Item
from vendor_eval.panel.record import PanelRecord
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.envelopes import receipts_of
from vendor_eval.wording import NONE, listed

LEFT_OUT = "[left out: it names another vendor]"
REDACTED = "[removed from the log]"
INTERESTS = ("Person", "Vendor", "Interest", "Measure", "Decided by", "Declared on")
MARKS = ("Role", "Line", "On", "Level", "Comment", "Change")


def without_strangers(case: LetterCase, text: str) -> str:
    """A text that somebody wrote, left out where it names a vendor that may not be named."""
    return LEFT_OUT if case.names_strangers(text) else text


def judgements(case: LetterCase, item: Item) -> Iterator[Block]:
    """Every agreement and every mark, replaced ones too, with the reason of each change."""
    agreed = [(e, e.body) for e in item.lines if isinstance(e.body, AgreedLevel)]
    stated = [e for e in item.lines if isinstance(e.body, AgreedLevel | LevelCorrection)]
    for entry, level in agreed:
        later = next((e for e in stated if e.n > entry.n), None)
        yield from _agreement(case, entry, level, later)
    for entry in stated:
        if isinstance(entry.body, LevelCorrection):
            when = f"{day(entry.line.on)}, line {entry.n} of the log"
            what = f"level {entry.body.level}, a manifest error in the level that was agreed"
            approved = f"corrected on {when}; approved by {entry.body.approved_by}"
            text = without_strangers(case, _text(entry, "reason"))
            yield Paragraph(f"Reason for {what} ({approved}): {text}")
            yield Paragraph(
                f"Shown in the proposal: {without_strangers(case, _text(entry, 'evidence'))}"
            )
    marks = [(e, e.body) for e in item.lines if isinstance(e.body, IndividualMark)]
    rows = []
    for entry, mark in marks:
        own = [e for e, body in marks if body.evaluator == mark.evaluator]
        changes = list(_changes(case, entry, own, [e.n for e, _ in agreed]))
        if mark.evaluator not in item.readers:
            changes.append("does not count: the evaluator withdrew")
        comment = without_strangers(case, _text(entry, "comment")) or NONE
        role, on = _role(case, mark.evaluator), day(entry.line.on)
        rows.append([role, str(entry.n), on, mark.level, comment, "; ".join(changes) or NONE])
    if rows:
        yield grid("Every mark, in the order of the log", MARKS, rows)


def _agreement(
    case: LetterCase, entry: LogEntry, body: AgreedLevel, later: LogEntry | None
) -> Iterator[Block]:
    said = [f"level {body.level}, agreed on {day(entry.line.on)}, line {entry.n} of the log"]
    if body.present:
        said.append(f"present: {listed(_role(case, who) for who in body.present)}")
    if later is not None:
        said.append(f"replaced on {day(later.line.on)}, line {later.n}")
    which = "Agreed reason" if later is None else "Earlier agreed reason"
    text = without_strangers(case, _text(entry, "reason"))
    yield Paragraph(f"{which} ({'; '.join(said)}): {text}")
    if evidence := _text(entry, "evidence"):
        yield Paragraph(f"Shown in the proposal: {without_strangers(case, evidence)}")


def _changes(
    case: LetterCase, entry: LogEntry, own: Sequence[LogEntry], agreed: Sequence[int]
) -> Iterator[str]:
    """What a mark replaces and what replaces it; `own`: all marks of its evaluator, in order."""
    at = own.index(entry)
    if met := [n for n in agreed if n < entry.n]:
        yield f"entered after the agreement on line {met[-1]}"
    if at:
        reason = without_strangers(case, _text(entry, "reason"))
        yield f"replaces line {own[at - 1].n}{f': {reason}' if reason else ''}"
    if own[at + 1 :]:
        yield f"replaced on line {own[at + 1].n}"


def _text(entry: LogEntry, name: str) -> str:
    """What a person wrote; that it was removed where only its hash is left."""
    removed = getattr(entry.body, name, None) is not None
    return entry.text(name) or (REDACTED if removed else "")


def _role(case: LetterCase, who: str) -> str:
    panel = case.tender.rules.panel
    evaluator = panel.evaluator(who) if panel else None
    return evaluator.role if evaluator else who


def interest_row(declared: DeclaredInterest, rules: Rules) -> list[str]:
    """What stands under each of `INTERESTS`; the details of an interest are private."""
    body, line = declared.body, declared.entry.line
    evaluator = rules.panel.evaluator(body.evaluator) if rules.panel else None
    return [
        f"{body.evaluator} ({evaluator.role})" if evaluator else body.evaluator,
        declared.whose,
        body.interest,
        f"{body.mitigation}{'; declared after scoring' if declared.after_scoring else ''}",
        body.decided_by or NONE,
        f"{day(line.on)} (line {line.n})",
    ]


def interests(case: LetterCase, record: PanelRecord) -> Iterator[Block]:
    """The interests that people declared in this vendor, by their roles."""
    rows = [
        [_role(case, each.body.evaluator), *interest_row(each, record.rules)[2:]]
        for each in record.declared.interests
        if each.body.vendor in (case.vendor, EVERY)
    ]
    if rows:
        yield grid("Interests declared about this vendor", ("Role", *INTERESTS[2:]), rows)
    elif record.declared.asked_for:
        yield Paragraph("Nobody declared an interest about this vendor.")


def envelope_dates(case: LetterCase, record: PanelRecord) -> Iterator[Block]:
    """When the bid was received, locked and opened, with the lines of the log."""
    rows, own = [], set[str]()
    valid = {n for n, _ in receipts_of(record.log).values()}
    for entry in record.log.entries:
        body, what = entry.body, ""
        if isinstance(body, Receipt) and as_seen(body.vendor) in (as_seen(case.vendor), EVERY):
            if entry.n not in valid:
                continue  # a void receipt is of another vendor or envelope
            own.add(body.file)
            late = ", after the deadline" if body.late else ""
            what = f"{body.file} received at {body.at.partition('T')[2]}{late}"
        elif isinstance(body, PanelLock):
            what = f"envelope {body.envelope!r} locked" if body.envelope else "scores locked"
        elif isinstance(body, EnvelopeOpening):
            if case.vendor in body.unopened:
                what = f"envelope {body.envelope!r} not opened for this bid"
            elif files := [name for name in body.files if name in own]:
                what = f"{listed(files)} opened"
        if what:
            rows.append([day(entry.line.on), what, entry.line.by, str(entry.n)])
    if rows:
        yield grid("Dates that the log holds", ("On", "What", "By", "Line"), rows)

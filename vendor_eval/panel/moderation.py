"""The agenda of a meeting, and what the meeting agreed as lines of the log."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from vendor_eval.bids.response import Row
from vendor_eval.errors import InputFaults, nearest, quoted
from vendor_eval.panel.entries import Draft, draft
from vendor_eval.panel.items import Item, ItemKey, asks
from vendor_eval.panel.log import ScoreLog
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.panel.scoring import Intake, carried_code, check_origin, every_name
from vendor_eval.panel.workbooks import PanelBook, level_in
from vendor_eval.rules.criteria import tree
from vendor_eval.rules.rules import Rules

ROLES = ("chair", "moderator")
"""Who may be present alongside evaluators."""
LEAST_PRESENT = 2
"""People who must be present where the marks lie far apart."""


def agenda(record: PanelRecord, excluded: Sequence[str] = ()) -> tuple[Item, ...]:
    """The items to be agreed, by spread times weight, then by vendor's name and criterion.

    Nothing of it depends on who is ahead. Items that are not fully scored are left out.
    """
    weighed = tree(record.rules.criteria)
    weights = {
        path: float(weighed.weights[weighed.at(path)]) for path in record.rules.judged_leaves
    }
    open_ = [
        item
        for item in record.items.values()
        if item.vendor not in excluded and not item.unscored and not item.settled
    ]
    key = lambda item: (-(item.spread or 0) * weights[item.criterion], *item.key)  # noqa: E731
    return tuple(sorted(open_, key=key))


def needs_meeting(item: Item, rules: Rules) -> bool:
    """Whether the marks lie so far apart that a meeting must agree the level."""
    least = rules.panel.moderate.spread if rules.panel else 0
    return item.spread is not None and item.spread >= least


def agreement_faults(
    item: Item,
    record: PanelRecord,
    *,
    level: str,
    reason: str,
    present: Sequence[str],
    evidence: str,
) -> Iterator[tuple[str, str]]:
    """What is wrong with an agreed level: the field that lacks something, and what."""
    rules = record.rules
    if item.unscored:
        yield "level", f"{', '.join(item.unscored)} has not scored it; allowed: every mark first"
        return
    as_it_was = _stands(item, level=level, reason=reason, evidence=evidence, present=present)
    if (locked := record.locked_before(item)) and not as_it_was:
        yield "level", f"{locked}; allowed: the level as it was agreed"
        return
    if not reason:
        yield "reason", "no reason is given; allowed: why this level, in words for the vendor"
    if needs_meeting(item, rules) and len(present) < LEAST_PRESENT:
        steps = f"the marks lie {item.spread} steps apart"
        yield "present", f"{steps}; allowed: at least {LEAST_PRESENT} of those who agreed it"
    if level in item.scale.codes and item.is_outside(level) and not evidence:
        given = quoted(dict.fromkeys(item.levels))
        message = f"no evaluator gave {level!r}; given: {given}"
        yield "shown_at", f"{message}; allowed: one of these, or where the proposal shows it"
    known = [*(e.id for e in (rules.panel.evaluators if rules.panel else ())), *ROLES]
    for name in present:
        if name not in known:
            message = f"unknown id {name!r}{nearest(name, known)}"
            yield "present", f"{message}; allowed: {quoted(known)}, separated by commas"
        elif left := record.declared.left_words(name):
            yield "present", f"{left}; allowed: those who remain"


def agreement_draft(
    item: Item,
    rules: Rules,
    *,
    on: date,
    by: str,
    source: str,
    level: str,
    reason: str,
    present: Sequence[str] = (),
    evidence: str = "",
    head: str = "",
) -> Draft:
    """The line of an agreed level, which replaces the one before where there is one."""
    return draft(
        "agreed",
        on=on,
        by=by,
        source=source,
        vendor=item.vendor,
        criterion=item.criterion,
        level=level,
        reason=reason,
        evidence=evidence,
        present=tuple(present),
        replaces=item.agreement.entry.n if item.agreement else None,
        asks=asks(rules, item.criterion),
        head=head,
    )


def agreements_read(
    log: ScoreLog, rules: Rules, vendors: Sequence[str], book: PanelBook, codes: Mapping[str, str]
) -> Intake:
    """The agreed levels and decisions of the chair that a returned agenda adds to the log.

    Raises InputFaults with every fault, LogBroken where the agenda was made from another log;
    nothing is added then.
    """
    intake = Intake(panel_record(rules, log, vendors), every_name(vendors, codes))
    intake.faults += book.faults
    intake.warnings += book.notes
    check_origin(intake, book, log)
    if intake.record.agreed != "consensus":
        how = intake.record.agreed
        intake.fault(book.source, f"the rules take the {how} of the marks; nothing is agreed")
    else:
        _read(intake, book)
    if intake.faults:
        raise InputFaults(intake.faults, tuple(intake.warnings))
    return intake


def _read(intake: Intake, book: PanelBook) -> None:
    day, by = book.day("meeting", "agreed_on"), book.entered("meeting", "recorded_by")
    agreed = [r for r in book.tables.get("agenda", ()) if _filled_in(r)]
    decided = [row for row in book.tables.get("chair", ()) if {"criterion", "reason"} <= row.keys()]
    for question, value in (("agreed_on", day), ("recorded_by", by)):
        if not value and (agreed or decided):
            message = "is blank; allowed: when it was agreed, and who recorded it"
            intake.fault_unless_unread(book, book.cell("meeting", question), message)
    if by and (agreed or decided) and (left := intake.record.declared.left_words(by)):
        place = book.cell("meeting", "recorded_by")
        intake.fault(place, f"{left}; allowed: those who remain")
    for row in agreed:
        key = intake.item(book, "agenda", row)
        if key is not None:
            # where there is a fault nothing is added, so any day serves to find the others
            _agreed(intake, book, row, key, day or date.min, by or ROLES[-1])
    for row in decided:
        path = row["criterion"].text
        if path not in intake.rules.judged_leaves:
            known = quoted(intake.rules.judged_leaves)
            intake.fault(row["criterion"].place, f"unknown criterion {path!r}; allowed: {known}")
        elif day is not None and by and path not in intake.record.chair:
            source, reason = row["reason"].place, row["reason"].text
            body: dict[str, Any] = {"criterion": path, "reason": reason, "head": carried_code(book)}
            intake.drafts.append(draft("chair", on=day, by=by, source=source, **body))


def _filled_in(row: Row) -> bool:
    return bool({"level", "reason", "present", "shown_at"} & row.keys())


def _agreed(intake: Intake, book: PanelBook, row: Row, key: ItemKey, day: date, by: str) -> None:
    item, place = intake.record.items[key], book.place("agenda", row, "level")
    if "level" not in row:
        intake.fault_unless_unread(
            book, place, "no level is agreed; allowed: a level with its reason"
        )
        return
    first = intake.seen.setdefault(key, place)
    if first != place:
        named = f"{item.vendor} on {item.criterion!r}"
        intake.fault(place, f"{named} appears here again, after {first}; allowed: once")
        return
    try:
        level = level_in(row["level"], item.scale)
    except ValueError as error:
        intake.fault(place, str(error))
        return
    present = names_in(row["present"].text) if "present" in row else ()
    said: dict[str, Any] = {
        "level": level,
        "reason": row["reason"].text if "reason" in row else "",
        "evidence": row["shown_at"].text if "shown_at" in row else "",
        "present": present,
    }
    faults = list(agreement_faults(item, intake.record, **said))
    for field, message in faults:
        intake.fault_unless_unread(book, book.place("agenda", row, field), message)
    for who in present:
        if intake.record.declared.is_restricted(who, item.vendor):
            message = f"{who} is restricted for {item.vendor}, and was present"
            intake.warnings.append(f"{place}: {message}; check that the measure allows it")
    if not faults and not _stands(item, **said):
        made = agreement_draft(
            item, intake.rules, on=day, by=by, source=place, head=carried_code(book), **said
        )
        intake.drafts.append(made)


def names_in(typed: str) -> tuple[str, ...]:
    """The ids in a list that is separated by commas, semicolons, spaces or lines."""
    return tuple(dict.fromkeys(filter(None, re.split(r"[,;\s]+", typed))))


def _stands(item: Item, *, level: str, reason: str, evidence: str, present: Sequence[str]) -> bool:
    """Whether this was agreed already, by the marks as they stand."""
    agreement = item.agreement
    if agreement is None or item.stale:
        return False
    stands = (agreement.level, agreement.reason, agreement.evidence, agreement.present)
    return stands == (level, reason, evidence, tuple(present))

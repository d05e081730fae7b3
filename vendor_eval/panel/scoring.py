"""Marks from evaluators' workbooks as lines of the log, or every fault that keeps them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from vendor_eval.bids.proposal import as_seen
from vendor_eval.bids.response import Row
from vendor_eval.errors import Fault, InputFaults, LogBroken, NotReady, nearest, quoted
from vendor_eval.panel.declaring import DeclarationIntake
from vendor_eval.panel.entries import Draft, SaltedText, draft
from vendor_eval.panel.items import Item, ItemKey, asks
from vendor_eval.panel.log import LOG, ScoreLog, code_of, start
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.panel.workbooks import PanelBook, level_in
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.wording import agreeing, counted

ASKED_DIGITS = 12
"""Digits of the hash of scale and question that a workbook carries in each row."""


@dataclass
class Intake:
    """What returned workbooks are read against, and what was met in them."""

    record: PanelRecord
    vendors: Mapping[str, str]
    """Vendors' names, by each name that may stand in a workbook, as it is seen."""
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    details: list[SaltedText] = field(default_factory=list)
    """What people wrote of their interests, which stays outside the log."""
    seen: dict[tuple[str, ...], str] = field(default_factory=dict)
    """Where each mark stands that was read already."""

    @property
    def rules(self) -> Rules:
        """The rules of the panel."""
        return self.record.rules

    def fault(self, place: str, message: str) -> None:
        """Counts a fault."""
        self.faults.append(Fault(place, message))

    def fault_unless_unread(self, book: PanelBook, place: str, message: str) -> None:
        """Counts a blank as a fault, unless the cell holds what could not be read."""
        if not book.is_unread(place):
            self.fault(place, message)

    def item(self, book: PanelBook, table: str, row: Row) -> ItemKey | None:
        """The item that a row is about; None, and a fault, where there is none."""
        if not {"vendor", "criterion"} <= row.keys():
            return None  # a fault of the workbook already
        named, path = row["vendor"].text, row["criterion"].text
        vendor = self.vendors.get(as_seen(named))
        known = self.rules.judged_leaves
        if vendor is None:
            hint = nearest(named, self.vendors.values())
            allowed = quoted(sorted(set(self.vendors.values())))
            self.fault(row["vendor"].place, f"unknown vendor {named!r}{hint}; allowed: {allowed}")
        if path not in known:
            hint = nearest(path, known)
            message = f"unknown criterion {path!r}{hint}; allowed: {quoted(known)}"
            self.fault(row["criterion"].place, message)
        if vendor is None or path not in known:
            return None
        asked, ours = row.get("asked"), asks(self.rules, path)[:ASKED_DIGITS]
        if asked is None or asked.text != ours:
            message = f"the question or the scale of {path!r} differs from that in the rules now"
            place = book.place(table, row, "asked")
            self.fault(place, f"{message}; allowed: a workbook made for these rules")
            return None
        return vendor, path


def every_name(vendors: Sequence[str], codes: Mapping[str, str]) -> dict[str, str]:
    """Vendors' names by their names and by the codes of a blind round, as they are seen."""
    return {as_seen(vendor): vendor for vendor in vendors} | {
        as_seen(code): vendor for vendor, code in codes.items() if vendor in vendors
    }


def marks_read(
    log: ScoreLog,
    rules: Rules,
    vendors: Sequence[str],
    books: Sequence[PanelBook],
    codes: Mapping[str, str],
) -> Intake:
    """The declarations and marks that returned workbooks add to the log, and warnings.

    Declarations are read before any mark. Raises InputFaults with every fault of every workbook,
    NotReady where somebody marks a vendor of which they declared nothing, LogBroken where a
    workbook was made from a log that this one does not hold; nothing is added then.
    """
    intake = Intake(panel_record(rules, log, vendors), every_name(vendors, codes))
    declaring = DeclarationIntake(intake.record.declared, vendors, bool(log.of_kind("opened")))
    for book in books:
        declaring.read(book)
    intake.faults += declaring.faults
    intake.drafts += declaring.drafts
    intake.details += declaring.details
    for book in books:
        intake.faults += book.faults
        intake.warnings += book.notes
        check_origin(intake, book, log)
        _marks_of(intake, book)
    if intake.faults:
        raise InputFaults(intake.faults, tuple(intake.warnings))
    marked: dict[str, list[str]] = {}
    for made in intake.drafts:
        if made.kind == "individual":
            marked.setdefault(made.by, []).append(str(made.body["vendor"]))
    leaving = {
        str(made.body["evaluator"])
        for made in declaring.drafts
        if made.body.get("mitigation") == "withdrawn"
    }
    for who in sorted(leaving & marked.keys()):
        number = len(marked[who])
        kept = agreeing(number, "is kept and does", "are kept and do")
        intake.warnings.append(f"{who} withdraws; {counted(number, 'mark')} {kept} not count")
    lacking = [declaring.lacking(who, sorted(set(of))) for who, of in marked.items()]
    if needs := [Fault(LOG, f"{says}; {FIRST}", severity="question") for says in lacking if says]:
        raise NotReady(needs)
    return intake


FIRST = "allowed: a declaration first, on the sheet 'Declarations'"


def check_origin(intake: Intake, book: PanelBook, log: ScoreLog) -> None:
    """Counts a workbook for other rules as a warning, and one after the lock as a fault.

    Raises LogBroken where it carries the code of a log that this one does not hold.
    """
    lock = intake.record.lock
    if lock is not None:
        message = f"the panel was locked on line {lock.n} of the log"
        intake.fault(book.source, f"{message}; allowed: nothing is marked or agreed after that")
    ours, theirs = fingerprint(intake.rules), book.fingerprint
    if theirs is None:
        intake.warnings.append(f"{book.source} carries no fingerprint of the rules.")
    elif theirs != ours:
        same = "the same questions and scales count"
        intake.warnings.append(f"{book.source} was made for different rules; {same}.")
    code = carried_code(book)
    known = {*log.lines_by_code, code_of(start(ours)), code_of(start(theirs or ours)), ""}
    if code not in known:
        message = f"was made when the log had the code {code}, which no line has now"
        way_out = "the log that it was made from, or 'scores --merge' with that copy first"
        raise LogBroken([Fault(book.source, f"{message}; allowed: {way_out}")])


def carried_code(book: PanelBook) -> str:
    """The code of the log that a workbook was made with; "" where it carries none."""
    return book.entered("who", "log_code") or book.entered("meeting", "log_code")


def _marks_of(intake: Intake, book: PanelBook) -> None:
    panel, id = intake.rules.panel, book.entered("who", "evaluator")
    who = panel.evaluator(id) if panel else None
    day = book.day("who", "scored_on")
    if who is None and panel:
        known = [each.id for each in panel.evaluators]
        message = f"unknown evaluator {id!r}{nearest(id, known)}; allowed: {quoted(known)}"
        intake.fault(book.cell("who", "evaluator"), message)
    if day is None:
        message = "the date of scoring is blank; allowed: a date such as 2026-11-24"
        intake.fault_unless_unread(book, book.cell("who", "scored_on"), message)
    for row in book.tables.get("marks", ()):
        if {"level", "comment", "reason"} & row.keys():
            key = intake.item(book, "marks", row)
            if key is not None:
                # where there is a fault nothing is added, so any day serves to find the others
                _mark(intake, book, row, id if who else "", key, day or date.min)


def _mark(
    intake: Intake, book: PanelBook, row: Row, evaluator: str, key: ItemKey, day: date
) -> None:
    """Counts what a row adds to the log: nothing where it is as it was, or holds a fault."""
    vendor, path = key
    place = book.place("marks", row, "level")
    if evaluator and evaluator not in intake.record.readers(path):
        if left := intake.record.declared.left_words(evaluator):
            intake.fault(row["criterion"].place, f"{left}; allowed: no mark")
            return
        message = f"{evaluator} does not read {path!r}"
        allowed = quoted(
            p for p in intake.rules.judged_leaves if evaluator in intake.record.readers(p)
        )
        intake.fault(row["criterion"].place, f"{message}; allowed: {allowed}")
        return
    if "level" not in row:
        intake.fault_unless_unread(
            book, place, "a comment without a level; allowed: both, or neither"
        )
        return
    first = intake.seen.setdefault((evaluator, *key), place)
    if first != place:
        message = f"{vendor} on {path!r} appears here again, after {first}; allowed: once"
        intake.fault(place, message)
        return
    try:
        level = level_in(row["level"], intake.rules.scale(path))
    except ValueError as error:
        intake.fault(place, str(error))
        return
    said = {name: row[name].text if name in row else "" for name in ("comment", "reason")}
    source, head = place, carried_code(book)
    try:
        made = mark_draft(
            intake.record.items[key],
            intake.rules,
            evaluator,
            on=day,
            source=source,
            head=head,
            level=level,
            stays=intake.record.marks_stay,
            **said,
        )
    except ValueError as error:
        intake.fault(book.place("marks", row, "reason"), str(error))
        return
    if made is not None:
        intake.drafts.append(made)


def mark_draft(
    item: Item,
    rules: Rules,
    evaluator: str,
    *,
    on: date,
    source: str,
    level: str,
    comment: str,
    reason: str = "",
    head: str = "",
    stays: str = "",
) -> Draft | None:
    """The line of an evaluator's mark; None where the item has it already.

    `stays`: why no mark may replace another now, "" where one may. Raises ValueError where it
    replaces another mark nonetheless, and where no reason is given.
    """
    before = item.marks.get(evaluator)
    if before is not None:
        if (before.level, before.comment) == (level, comment):
            return None
        was = "the comment was another"
        if before.level != level:
            was = f"the level was {before.level}"
        if stays:
            message = f"{was} on line {before.entry.n} of the log, and {stays}"
            raise ValueError(f"{message}; allowed: the mark as it was")
        if not reason:
            message = f"{was} on line {before.entry.n} of the log, and no reason is given"
            raise ValueError(f"{message}; allowed: a reason for the change")
    return draft(
        "individual",
        on=on,
        by=evaluator,
        source=source,
        evaluator=evaluator,
        vendor=item.vendor,
        criterion=item.criterion,
        level=level,
        comment=comment,
        asks=asks(rules, item.criterion),
        head=head,
        replaces=before.entry.n if before else None,
        reason=reason if before else None,
    )

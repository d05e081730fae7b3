"""Declarations from workbooks as lines of the log; their details stand outside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vendor_eval.bids.response import Row
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.panel.bodies import EVERY, Declaration
from vendor_eval.panel.declarations import Declarations, declaration_faults
from vendor_eval.panel.entries import Draft, SaltedText, draft, salted
from vendor_eval.panel.workbooks import PanelBook
from vendor_eval.wording import listed


@dataclass
class DeclarationIntake:
    """What declarations are read against, and what they add."""

    declared: Declarations
    vendors: Sequence[str]
    opened: bool
    """Whether prices are opened, so that nobody can withdraw any more."""
    faults: list[Fault] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    details: list[SaltedText] = field(default_factory=list)
    """What people wrote of their interests; it goes to `private/declarations/`."""
    added: dict[str, set[str]] = field(default_factory=dict)
    """By person, the vendors of which something is declared now."""

    def read(self, book: PanelBook) -> None:
        """Counts what a workbook declares."""
        rows = _declared(book)
        who, day = book.entered("declares", "person"), book.day("declares", "declared_on")
        if not rows:
            return
        for name, value in (("person", who), ("declared_on", day)):
            if not value:
                place = book.cell("declares", name)
                if not book.is_unread(place):
                    self.faults.append(Fault(place, "is blank; allowed: who declares, and when"))
        for row in rows:
            body = self._body(book, row, who)
            if body is None or day is None or not who:
                continue
            self.added.setdefault(who, set()).add(str(body["vendor"]))
            if self._stands(body, str(day)):
                continue
            if detail := str(body.pop("detail") or ""):
                kept = salted(detail)
                self.details.append(kept)
                body["detail"] = kept.sha256
            place = book.place("interests", row, "interest")
            made = draft("declaration", on=day, by=who, source=place, **body)
            self.drafts.append(made)

    def _body(self, book: PanelBook, row: Row, who: str) -> dict[str, Any] | None:
        """What a row declares; None, and faults, where something is wrong with it."""
        named = {id: row[id].text if id in row else "" for id in COLUMNS}
        known = {" ".join(vendor.casefold().split()): vendor for vendor in self.vendors}
        vendor = known.get(" ".join(named["vendor"].casefold().split()), named["vendor"])
        body = named | {"vendor": vendor, "evaluator": who}
        faults = list(declaration_faults(body, self.vendors))
        if named["mitigation"] == "withdrawn" and self.opened:
            message = "prices are opened, and nobody can withdraw; allowed: restricted"
            faults.append(("mitigation", message))
        if left := self.declared.left_words(named["decided_by"]):
            faults.append(("decided_by", f"{left}; allowed: those who remain"))
        for name, message in faults:
            self.faults.append(Fault(book.place("interests", row, name), message))
        return None if faults else {k: v or None for k, v in body.items()}

    def _stands(self, body: Mapping[str, str | None], day: str) -> bool:
        """Whether the last line of this person and vendor says the same, on the same day."""
        for line in reversed(self.declared.lines):
            last: Declaration = line.body
            if (last.evaluator, last.vendor) == (body["evaluator"], body["vendor"]):
                now = (body["interest"], body["mitigation"] or "none", body["decided_by"])
                same = now == (last.interest, last.mitigation, last.decided_by)
                return same and str(line.entry.line.on) == day
        return False

    def lacking(self, who: str, vendors: Sequence[str]) -> str:
        """That a person marks vendors of which nothing is declared; "" where all are."""
        if not self.declared.asked_for:
            return ""
        now = self.added.get(who, set())
        lacking = [v for v in self.declared.lacking(who, vendors) if not {v, EVERY} & now]
        named = listed(lacking, at_most=6)
        return f"{who} has declared nothing of {named}, and marks it" if lacking else ""


def _declared(book: PanelBook) -> list[Row]:
    """The rows in which something is entered about a vendor."""
    return [row for row in book.tables.get("interests", ()) if len(row) > 1]


def declares(book: PanelBook) -> bool:
    """Whether anything is declared in a workbook."""
    return bool(_declared(book))


COLUMNS = ("vendor", "interest", "detail", "mitigation", "decided_by")


def refuse_faulty(intake: DeclarationIntake, books: Sequence[PanelBook]) -> None:
    """Raises InputFaults with every fault of workbooks and of what they declare."""
    faults = [fault for book in books for fault in book.faults]
    if faults := [*faults, *intake.faults]:
        raise InputFaults(faults, [note for book in books for note in book.notes])

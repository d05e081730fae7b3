"""What makes a letter of an award's items: the sender, the day, the salutation and who signs it."""

from datetime import date

from vendor_eval.award.letter_case import Lacking, LetterCase, Part, said
from vendor_eval.award.standstill_period import day

LINE = "\u2026" * 30
"""A line to write on, of characters that are no markup."""


def sender(case: LetterCase) -> Part:
    """The buyer, as entered."""
    buyer = case.file.buyer
    if buyer is None:
        return Lacking("buyer.name in letters.yaml")
    lines = (buyer.name, buyer.address, buyer.email, buyer.reference and f"Ref. {buyer.reference}")
    return said(*filter(None, lines))


def dated(case: LetterCase) -> Part:
    """The letter's day as entered, or that of the decision; the day of writing is not read."""
    decision, notice = case.decision, case.standstill
    if decision is None:
        return case.undecided
    entered = case.file.dated
    on = entered or decision.on
    if _outside(on, decision.on, notice.notice_on if notice else None):
        return Lacking(
            f"dated in letters.yaml: found {on}; allowed: a day on or after the date of the "
            "decision, and not after standstill.notice_on"
        )
    return said(f"Date: {day(on)}")


def _outside(on: date, decided: date, notice: date | None) -> bool:
    # a notice before the decision is reported once, by the standstill's item
    return on < decided or (notice is not None and decided <= notice < on)


def salutation(case: LetterCase) -> Part:
    """Whom the letter addresses."""
    return said(f"Dear {case.vendor},")


def questions(case: LetterCase) -> Part:
    """Whom the vendor can ask."""
    buyer = case.file.buyer
    contact = buyer and (buyer.email or buyer.address)
    if not contact:
        return Lacking("buyer.email in letters.yaml")
    return said(f"Questions about this letter: {contact}.")


def signatory(case: LetterCase) -> Part:
    """A line to sign on, and under it who signs: as entered, or those who made the decision."""
    decision, buyer = case.decision, case.file.buyer
    if decision is None:
        return case.undecided
    who = (buyer and buyer.signatory) or decision.by
    for_buyer = [f"For {buyer.name}"] if buyer else []
    return said("Yours sincerely", f"Signature: {LINE}", who, *for_buyer)

"""Certificates that do not reach every site, or not as far as the start of the service."""

from vendor_eval.clarifications.check import (
    CHECKS,
    CheckedBid,
    Clarification,
    Found,
    Unmade,
    clarification_check,
    known,
    seen,
)
from vendor_eval.clarifications.scopes import held, report, scope_questions
from vendor_eval.clarifications.undecided_gates import open_columns


@CHECKS.register("certificate_scope")
@clarification_check(
    "Scope of certificates",
    compares=(
        "The sites that each certificate covers for certain against those that deliver the service."
    ),
)
def certificate_scope(bid: CheckedBid) -> Found:
    """The sites that each certificate covers for certain against those that deliver the service.

    What keeps a gate or a criterion from being decided is asked there.
    """
    sites = bid.response.rows("sites")
    if not held(bid.response) or not sites:
        yield Unmade("no certificate" if sites else "no site")
        return
    asked = [bid.reading(column) for column in sorted(open_columns(bid))]
    for doubt in scope_questions(bid):
        if not any(doubt.within(cells) for cells in asked):
            yield Clarification(doubt.question, doubt.cells)


@CHECKS.register("certificate_expiry")
@clarification_check(
    "Validity of certificates",
    compares="The last day of each certificate against the first of the service.",
    needs=("start",),
)
def certificate_expiry(bid: CheckedBid) -> Found:
    """The last day of each certificate against the first of the service.

    A SOC report speaks of a period that is over, and is left to the rules.
    """
    start = known(bid.rules.start)
    dated = [row for row in held(bid.response) if "valid_to" in row and not report(row)]
    if not dated:
        yield Unmade("no certificate with its last day")
    for row in dated:
        last = row["valid_to"].day
        if last < start:
            yield Clarification(
                f"Your {row['certificate'].text} is valid until {last}, and the service starts on "
                f"{start}. When will it be renewed? Please send us the evidence.",
                seen(row["certificate"], row["valid_to"]),
            )

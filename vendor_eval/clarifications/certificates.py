"""Certificates that do not reach every site, or not as far as the start of the service."""

import re

from vendor_eval.clarifications.check import (
    CHECKS,
    Bid,
    Clarification,
    Found,
    Unmade,
    check,
    known,
    listed,
    seen,
)
from vendor_eval.clarifications.places import folded, names, site_name
from vendor_eval.response import Response, Row

NONE_HELD = "none"
EVERYWHERE = re.compile(
    r"\b(?:all|every|each)\b[\w\s-]{0,30}\b(?:site|location|office|facilit|cent(?:er|re)|countr)"
)


@CHECKS.register("certificate_scope")
@check("Scope of certificates")
def certificate_scope(bid: Bid) -> Found:
    """The sites that each certificate covers against those that deliver the service."""
    held, sites = _held(bid.response), bid.response.rows("sites")
    if not held or not sites:
        yield Unmade("no certificate" if sites else "no site")
        return
    for row in held:
        name, told = row["certificate"].text, row.get("sites", row.get("scope"))
        if told is None:
            yield Clarification(
                f"Which sites and services does your {name} cover?", seen(row["certificate"])
            )
            continue
        left = [site for site in sites if not names(site, told.text)]
        if left and not EVERYWHERE.search(folded(told.text)):
            unnamed = listed([site_name(site) for site in left])
            yield Clarification(
                f"The scope of your {name} does not name {unnamed}, from where you would deliver. "
                "Is what happens there covered, and can you send what shows it?",
                seen(told, *(site.get("city", site["country"]) for site in left)),
            )


@CHECKS.register("certificate_expiry")
@check("Validity of certificates", needs=("start",))
def certificate_expiry(bid: Bid) -> Found:
    """The last day of each certificate against the first of the service.

    A SOC report speaks of a period that is over, and is left to the rules.
    """
    start = known(bid.rules.start)
    dated = [row for row in _held(bid.response) if "valid_to" in row and not _report(row)]
    if not dated:
        yield Unmade("no certificate with its last day")
    for row in dated:
        last = row["valid_to"].day
        if last < start:
            yield Clarification(
                f"Your {row['certificate'].text} is valid until {last}, and the service starts on "
                f"{start}. When will it be renewed, and can you send what shows it?",
                seen(row["certificate"], row["valid_to"]),
            )


def _held(response: Response) -> list[Row]:
    """The certificates there are: a row may also say that there is none."""
    rows = response.rows("certificates")
    return [row for row in rows if folded(row["certificate"].text) != NONE_HELD]


def _report(certificate: Row) -> bool:
    return folded(certificate["certificate"].text).startswith("soc")

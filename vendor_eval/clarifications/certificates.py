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

EVERYWHERE = re.compile(
    r"\b(?:all|every|each)\b[\w\s-]{0,30}\b(?:site|location|office|facilit|cent(?:er|re)|countr)"
)


@CHECKS.register("certificate_scope")
@check("Scope of certificates")
def certificate_scope(bid: Bid) -> Found:
    """The scope of each certificate against the sites that deliver the service."""
    held, sites = bid.response.rows("certificates"), bid.response.rows("sites")
    if not held or not sites:
        yield Unmade("no certificate" if sites else "no site")
        return
    for row in held:
        name = row["certificate"].text
        if "scope" not in row:
            yield Clarification(
                f"Which sites and services does your {name} cover?", seen(row["certificate"])
            )
            continue
        scope = row["scope"].text
        left = [site for site in sites if not names(site, scope)]
        if left and not EVERYWHERE.search(folded(scope)):
            unnamed = listed([site_name(site) for site in left])
            yield Clarification(
                f"The scope of your {name} does not name {unnamed}, from where you would deliver. "
                "Is what happens there covered, and can you send what shows it?",
                seen(row["scope"], *(site.get("city", site["country"]) for site in left)),
            )


@CHECKS.register("certificate_expiry")
@check("Validity of certificates", needs=("start",))
def certificate_expiry(bid: Bid) -> Found:
    """The last day of each certificate against the first of the service."""
    start = known(bid.rules.start)
    dated = [row for row in bid.response.rows("certificates") if "valid_to" in row]
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

"""What is offered on the sheet *Languages* against the sites that are to deliver it."""

from collections.abc import Sequence

from vendor_eval.bids.response import Cell, Row
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
from vendor_eval.clarifications.places import names
from vendor_eval.measures.language.offers import LanguageOffer, channels
from vendor_eval.reference.languages import language_name
from vendor_eval.rules.opening_hours import DAY, hours
from vendor_eval.rules.rules import Rules
from vendor_eval.wording import decimal, listed

MINUTES = 60


@CHECKS.register("language_sites")
@clarification_check(
    "Languages and sites",
    compares="The site that a language is offered from against the sites there are.",
)
def language_sites(bid: CheckedBid) -> Found:
    """The site that a language is offered from against the sites there are."""
    sites, rows = bid.response.rows("sites"), bid.response.rows("languages")
    placed = [offer for offer in rows if "site" in offer]
    if not sites or not placed:
        yield Unmade("no language names a site" if sites else "no site")
        return
    for offer in placed:
        if not _at(offer, sites):
            yield Clarification(
                f"You offer {_offered(offer, bid.rules)} from {offer['site'].text}, which is not "
                "among your sites. From which site will it be delivered?",
                seen(offer["language"], offer["site"], *(_named(site) for site in sites)),
            )


@CHECKS.register("language_agents")
@clarification_check(
    "Agents by language",
    compares="The agents tested in a language against the head-count of the site they work at.",
)
def language_agents(bid: CheckedBid) -> Found:
    """The agents tested in a language against the head-count of the site they work at."""
    sites, rows = bid.response.rows("sites"), bid.response.rows("languages")
    tested = [offer for offer in rows if "agents" in offer]
    if not sites or not tested:
        yield Unmade("no agents are stated as tested" if sites else "no site")
        return
    for offer in tested:
        there = _at(offer, sites) if "site" in offer else list(sites)
        staff = [site["head_count"] for site in there]
        most = sum(cell.number for cell in staff)
        if there and offer["agents"].number > most:
            yield Clarification(
                f"You state {decimal(offer['agents'].number)} agents tested for "
                f"{_offered(offer, bid.rules)}, where {decimal(most)} FTE work. How do "
                "the two go together?",
                seen(offer["agents"], *staff),
            )


@CHECKS.register("hours_covered")
@clarification_check(
    "Hours covered",
    compares="The hours a day that a language is covered against the length of the sites' shifts.",
)
def hours_covered(bid: CheckedBid) -> Found:
    """The hours a day that a language is covered against the length of the sites' shifts.

    Lengths only: shifts are in each site's own time. Several sites are taken as if their shifts
    never overlapped, so what is asked about cannot be met however they lie.
    """
    sites, rows = bid.response.rows("sites"), bid.response.rows("languages")
    shifts = [site for site in sites if "shifts" in site]
    timed = [offer for offer in rows if "hours" in offer]
    if not shifts or not timed:
        yield Unmade("no language states its hours" if shifts else "no site states its shifts")
        return
    for offer in timed:
        there = _at(offer, sites) if "site" in offer else list(sites)
        at_work = [site["shifts"] for site in there if "shifts" in site]
        if unread := [cell for cell in (offer["hours"], *at_work) if _minutes(cell) is None]:
            yield Unmade(f"\u201c{unread[0].typed}\u201d cannot be read ({unread[0].place})")
        elif there and len(at_work) == len(there):
            yield from _uncovered(bid, offer, at_work)


def _uncovered(bid: CheckedBid, offer: Row, shifts: Sequence[Cell]) -> Found:
    """What to ask of a language whose hours are more than these shifts, laid end to end."""
    wanted = known(_minutes(offer["hours"]))
    worked = min(DAY, sum(known(_minutes(cell)) for cell in shifts))
    if wanted > worked:
        yield Clarification(
            f"You offer {_offered(offer, bid.rules)} for {decimal(wanted / MINUTES)} hours a day, "
            f"and the shifts of the site cover {decimal(worked / MINUTES)}. Who covers the rest?",
            seen(offer["hours"], *shifts),
        )


@CHECKS.register("languages_alike")
@clarification_check(
    "Languages of one family",
    compares=(
        "Languages offered that belong to the wider one the channels need, which is not offered."
    ),
)
def languages_alike(bid: CheckedBid) -> Found:
    """Languages offered that belong to the wider one the channels need, which is not offered."""
    offered, required = bid.facts.language_offers, bid.facts.language_requirements
    if not offered or not required:
        yield Unmade("no language is listed" if required else "the rules need no language")
        return
    for needed in dict.fromkeys(r.language for r in required):
        alike = [o for o in offered if o.match(needed) == "kindred"]
        if alike and not any(o.match(needed) == "meets" for o in offered):
            names = listed(list(dict.fromkeys(language_name(o.language) for o in alike)))
            wanted = language_name(needed)
            yield Clarification(
                f"You offer {names}, and {wanted} is needed, which is taken to mean its standard "
                f"form. Are agents tested in {wanted} too?",
                seen(*(o.row["language"] for o in alike)),
            )


def _at(offer: Row, sites: Sequence[Row]) -> list[Row]:
    """The sites that the text in an offer's column *Site* names."""
    return [site for site in sites if names(site, offer["site"].text)]


def _named(site: Row) -> Cell:
    return site.get("city", site["country"])


def _offered(offer: Row, rules: Rules) -> str:
    """A row of *Languages* in words: "German at C1 for Telephone"."""
    names = [_channel(name, rules) for name in LanguageOffer(offer).channels]
    channel = f" for {listed(names)}" if names else ""
    return f"{language_name(offer['language'].text)} at {offer['level'].text}{channel}"


def _channel(name: str, rules: Rules) -> str:
    """A channel's label in the rules, whichever name of it is entered; others as entered."""
    meant = next((channel for channel in channels(rules) if channel.goes_by(name)), None)
    return meant.called if meant else name


def _minutes(cell: Cell) -> int | None:
    """How many minutes of a day are typed in a cell; None where that cannot be read."""
    try:
        return hours(cell.text).minutes
    except ValueError:
        return None

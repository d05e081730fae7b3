"""What is offered on the sheet *Languages* against the sites that are to deliver it."""

from collections.abc import Iterator, Sequence

from vendor_eval.clarifications.check import (
    CHECKS,
    Bid,
    Clarification,
    Found,
    Unmade,
    check,
    plain,
    seen,
)
from vendor_eval.clarifications.hours import DAY, covered_hours
from vendor_eval.clarifications.places import language_name, names
from vendor_eval.response import Cell, Row


@CHECKS.register("language_sites")
@check("Languages and sites")
def language_sites(bid: Bid) -> Found:
    """The site that a language is offered from against the sites there are."""
    sites, offers = bid.response.rows("sites"), bid.response.rows("languages")
    placed = [offer for offer in offers if "site" in offer]
    if not sites or not placed:
        yield Unmade("no language names a site" if sites else "no site")
        return
    for offer in placed:
        if not _at(offer, sites):
            yield Clarification(
                f"You offer {_offered(offer)} from {offer['site'].text}, which is not among your "
                "sites. From which site will it be delivered?",
                seen(offer["language"], offer["site"], *(_named(site) for site in sites)),
            )


@CHECKS.register("language_agents")
@check("Agents by language")
def language_agents(bid: Bid) -> Found:
    """The agents tested in a language against the head-count of the site they work at."""
    sites, offers = bid.response.rows("sites"), bid.response.rows("languages")
    tested = [offer for offer in offers if "agents" in offer]
    if not sites or not tested:
        yield Unmade("no agents are stated as tested" if sites else "no site")
        return
    for offer in tested:
        there = _at(offer, sites) if "site" in offer else list(sites)
        staff = [site["head_count"] for site in there]
        most = sum(cell.number for cell in staff)
        if there and offer["agents"].number > most:
            yield Clarification(
                f"You state {plain(offer['agents'].number)} agents tested for {_offered(offer)}, "
                f"where {plain(most)} FTE work. How do the two go together?",
                seen(offer["agents"], *staff),
            )


@CHECKS.register("hours_covered")
@check("Hours covered")
def hours_covered(bid: Bid) -> Found:
    """The hours a day that a language is covered against the length of the sites' shifts.

    Lengths only: shifts are in each site's own time. Several sites are taken as if their shifts
    never overlapped, so what is asked about cannot be met however they lie.
    """
    sites, offers = bid.response.rows("sites"), bid.response.rows("languages")
    shifts = [site for site in sites if "shifts" in site]
    timed = [offer for offer in offers if "hours" in offer]
    if not shifts or not timed:
        yield Unmade("no language states its hours" if shifts else "no site states its shifts")
        return
    for cell in _unread([*(s["shifts"] for s in shifts), *(o["hours"] for o in timed)]):
        yield Unmade(f"\u201c{cell.typed}\u201d cannot be read as hours ({cell.place})")
    for offer in timed:
        there = _at(offer, sites) if "site" in offer else list(sites)
        lengths = [covered_hours(site["shifts"].text) for site in there if "shifts" in site]
        wanted, known = covered_hours(offer["hours"].text), [n for n in lengths if n is not None]
        if wanted is None or not there or len(known) < len(there):
            continue
        worked = min(DAY, sum(known))
        if round(wanted - worked, 9) > 0:
            yield Clarification(
                f"You offer {_offered(offer)} for {plain(wanted)} hours a day, and the shifts of "
                f"the site cover {plain(worked)}. Who covers the rest?",
                seen(offer["hours"], *(site["shifts"] for site in there)),
            )


def _at(offer: Row, sites: Sequence[Row]) -> list[Row]:
    """The sites that the text in an offer's column *Site* names."""
    return [site for site in sites if names(site, offer["site"].text)]


def _named(site: Row) -> Cell:
    return site.get("city", site["country"])


def _offered(offer: Row) -> str:
    """A row of *Languages* in words: "German at C1 for chat"."""
    channel = f" for {offer['channel'].text}" if "channel" in offer else ""
    return f"{language_name(offer['language'].text)} at {offer['level'].text}{channel}"


def _unread(cells: Sequence[Cell]) -> Iterator[Cell]:
    return (cell for cell in cells if covered_hours(cell.text) is None)

"""By which way personal data may go to a vendor's sites (GDPR, Articles 44 to 46)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, get_args

from vendor_eval.measures.location.site import NotShown, Site
from vendor_eval.measures.location.site_measure import SiteMeasure, values_by_site
from vendor_eval.measures.measure import MEASURES
from vendor_eval.reference.adequacy import adequacy_decision, adequacy_list_date
from vendor_eval.reference.figures import country
from vendor_eval.rules.rules import Rules

Way = Literal["domestic", "eea", "adequacy", "limited_adequacy", "scc"]
WAYS: tuple[Way, ...] = get_args(Way)
"""From the plainest to the one that asks most."""
STALE_DAYS = 90
"""A list of decisions older than this is warned of."""
SCC = "standard contractual clauses with a transfer impact assessment"


@dataclass(frozen=True)
class Route:
    """The way to one country, and on what it rests."""

    way: Way
    ground: str


def route(site_country: str, rules: Rules) -> Route:
    """The way personal data may go from the buyer to a country, as decided by `as_of`.

    A decision counts that was adopted by then and does not end before the service starts.
    NotShown where the buyer is outside the European Economic Area, unless the site is at home.
    """
    if rules.service is None or rules.as_of is None:
        raise NotShown("the rules do not give 'service.country' and 'as_of'")
    home, there = country(rules.service.country), country(site_country)
    if there is None:
        raise NotShown(f"not listed: {site_country}")
    if home == there:
        return Route("domestic", "the buyer's own country")
    if home is None or not home.in_eea:
        raise NotShown(
            f"the buyer is in {rules.service.country}, outside the European Economic Area: "
            "other law decides"
        )
    if there.in_eea:
        return Route("eea", "European Economic Area")
    return _third_country(site_country, rules.as_of, rules.start or rules.as_of)


def _third_country(code: str, as_of: date, start: date) -> Route:
    decided = adequacy_decision(code)
    if decided is None or not decided.in_force(as_of) or not decided.in_force(max(as_of, start)):
        return Route("scc", SCC)
    way: Way = "adequacy" if decided.scope == "full" else "limited_adequacy"
    limits = f", for {decided.limits}" if decided.limits else ""
    ends = f", until {decided.expires.isoformat()}" if decided.expires else ""
    return Route(way, f"{decided.decision} of {decided.adopted.isoformat()}{limits}{ends}")


@MEASURES.register("transfer_route")
class TransferRoute(SiteMeasure):
    """The data transfer mechanism: of all the sites, the one that asks most."""

    about = "The data transfer mechanism: of all the sites, the one that asks most."
    levels: ClassVar[tuple[str, ...]] = WAYS
    needs: ClassVar[tuple[str, ...]] = ("service.country", "as_of")
    reads: ClassVar[tuple[str, ...]] = ("country", "city")

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[str, str]:
        routes = [route(site.country, rules) for site in sites]
        worst = max((r.way for r in routes), key=WAYS.index)
        grounds = values_by_site(sites, [f"{r.way} ({r.ground})" for r in routes])
        return worst, f"{grounds}; decisions as listed on {adequacy_list_date().isoformat()}"


def warnings(rules: Rules) -> tuple[str, ...]:
    """That the list of adequacy decisions is old at `as_of`, where the rules read the route."""
    read = any(measurement.name == "transfer_route" for measurement in rules.measures)
    if not read or rules.as_of is None:
        return ()
    listed = adequacy_list_date()
    age = (rules.as_of - listed).days
    if age <= STALE_DAYS:
        return ()
    sentence = (
        f"The list of adequacy decisions is dated {listed.isoformat()}, {age} days before "
        f"{rules.as_of.isoformat()}. Check the Commission's list for later decisions."
    )
    return (sentence,)

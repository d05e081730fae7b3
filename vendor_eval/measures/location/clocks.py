"""How far a site's clock is from the buyer's, on every day of the contract."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby

from dateutil.relativedelta import relativedelta

from vendor_eval.measures.location.site import NotShown, Site
from vendor_eval.reference.clocks import zone, zone_names
from vendor_eval.reference.figures import time_zones
from vendor_eval.rules.opening_hours import DAY
from vendor_eval.rules.plain_text import place_key
from vendor_eval.rules.rules import Rules

NONE = timedelta(0)


@dataclass(frozen=True)
class Spell:
    """Days in a row on which two clocks differ by the same."""

    first: date
    last: date
    ahead: int
    """Minutes that the site's clock shows more than the buyer's."""

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1

    @property
    def apart(self) -> int:
        """Minutes between the clocks' hands, on any date, at most 720."""
        return min(self.ahead % DAY, -self.ahead % DAY)


@dataclass(frozen=True)
class Contract:
    """The days of the service: from `start`, for `commercial.months`."""

    first: date
    last: date
    months: int

    def __str__(self) -> str:
        return f"{self.first.isoformat()} to {self.last.isoformat()}"


def contract(rules: Rules) -> Contract:
    """The days of the service under the rules; NotShown where they do not state them."""
    months = getattr(rules.commercial, "months", None)
    if rules.start is None or months is None:
        raise NotShown("the rules do not give 'start' and 'commercial.months'")
    last = rules.start + relativedelta(months=months) - timedelta(days=1)
    return Contract(rules.start, last, months)


@cache
def spells(buyer_zone: str, site_zone: str, first: date, last: date) -> tuple[Spell, ...]:
    """The spells between these days, divided where either side changes its clock.

    Clocks are compared at noon of the buyer's day: they are changed at night.
    """
    buyer, site = zone(buyer_zone), zone(site_zone)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def ahead(day: date) -> int:
        noon = datetime.combine(day, time(12), buyer)
        apart = (noon.astimezone(site).utcoffset() or NONE) - (noon.utcoffset() or NONE)
        return round(apart / timedelta(minutes=1))

    parts = [(minutes, list(run)) for minutes, run in groupby(days, ahead)]
    return tuple(Spell(run[0], run[-1], minutes) for minutes, run in parts)


def zones(site: Site) -> tuple[str, ...]:
    """The zones a site may be in: the typed one, the one its city names, or its country's.

    NotShown where the country has none, or the typed one does not exist.
    """
    of_country = time_zones(site.country)
    if "time_zone" in site.row:
        typed = site.row["time_zone"].text
        if typed not in zone_names():
            raise NotShown(f"{site.name}: {typed!r} is no time zone, such as Europe/Berlin")
        return (typed,)
    if not of_country:
        raise NotShown(f"{site.name}: no time zone is listed")
    city = place_key(site.row["city"].text) if "city" in site.row else ""
    return tuple(z for z in of_country if place_key(z.rpartition("/")[2]) == city) or of_country


def _undecided(site: Site, possible: tuple[str, ...]) -> str:
    """Why several zones are possible, and what settles it."""
    if "city" in site.row:
        why = f"the city names none of the country's time zones ({first_three(possible)})"
    else:
        why = f"its time zone is not stated; it may be {first_three(possible)}"
    return f"{why}; its time zone settles it"


def first_three(zones: tuple[str, ...]) -> str:
    """The first three of some zones, and whether there are more."""
    return " or ".join(zones[:3]) + (" or others" if zones[3:] else "")


def site_spells(site: Site, rules: Rules) -> tuple[Spell, ...]:
    """The spells of the contract between the buyer's clock and a site's.

    NotShown where the site may be in several zones that differ in them, or in a zone that shows
    no time of its country.
    """
    if rules.service is None or rules.service.time_zone is None:
        raise NotShown("the rules do not give 'service.time_zone'")
    days, buyer = contract(rules), rules.service.time_zone

    def of(zone: str) -> tuple[Spell, ...]:
        return spells(buyer, zone, days.first, days.last)

    possible = zones(site)
    possible_spells = {of(zone) for zone in possible}
    if len(possible_spells) > 1:
        raise NotShown(f"{site.name}: {_undecided(site, possible)}")
    [only] = possible_spells
    of_country = time_zones(site.country)
    if only not in {of(zone) for zone in of_country}:
        raise NotShown(f"{site.name}: {possible[0]} shows no time of {site.country}")
    return only

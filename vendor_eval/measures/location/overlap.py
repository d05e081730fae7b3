"""Working hours that the buyer and a vendor's sites have in common."""

import math
from collections.abc import Sequence
from typing import ClassVar, Literal

from vendor_eval.measures.location.clocks import Spell, site_spells
from vendor_eval.measures.location.site import NotShown, Site
from vendor_eval.measures.location.site_measure import (
    SiteMeasure,
    Taken,
    aggregation_note,
    together,
    values_by_site,
)
from vendor_eval.measures.measure import MEASURES
from vendor_eval.reference.clocks import clocks_source
from vendor_eval.rules.opening_hours import Hours, TypedHours, hours
from vendor_eval.rules.rules import Rules


def shared(buyer: Hours, site: Hours, ahead: int) -> float:
    """Hours a day that both work, the site's clock showing so many minutes more."""
    return (buyer & site.later(-ahead)).minutes / 60


def least(buyer: Hours, site: Hours, spells: Sequence[Spell]) -> float:
    """Hours a day that both work, in the spell with the fewest."""
    return min(shared(buyer, site, spell.ahead) for spell in spells)


def mean(buyer: Hours, site: Hours, spells: Sequence[Spell]) -> float:
    """Hours a day that both work, on the mean of all days."""
    parts = [shared(buyer, site, spell.ahead) * spell.days for spell in spells]
    return math.fsum(parts) / sum(spell.days for spell in spells)


def buyer_hours(rules: Rules) -> Hours:
    """The buyer's own working hours; NotShown where the rules do not give them."""
    if rules.service is None or rules.service.working_hours is None:
        raise NotShown("the rules do not give 'service.working_hours'")
    return hours(rules.service.working_hours)


def shifts(site: Site) -> Hours:
    """When a site works, in its own time; NotShown where that is blank or unclear."""
    if "shifts" not in site.row:
        raise NotShown(f"{site.name}: no shifts are stated")
    try:
        return hours(site.row["shifts"].text)
    except ValueError as why:
        raise NotShown(f"{site.name}: {why}") from None


def ahead(spells: Sequence[Spell]) -> str:
    """By how much a site's clock is ahead of the buyer's, as "+0 to +1 h"."""
    by_hours = sorted(spell.ahead / 60 for spell in spells)
    return " to ".join(dict.fromkeys(f"{h:+g}" for h in (by_hours[0], by_hours[-1]))) + " h"


@MEASURES.register("working_hours_overlap")
class WorkingHoursOverlap(SiteMeasure):
    """Hours a day that buyer and sites both work, over every clock change of the contract.

    A site works `site_hours`, in its own time; without them, the shifts that its vendor typed.
    """

    about = "Hours a day that buyer and sites both work, over every clock change of the contract."
    unit: ClassVar[str] = "hours a day"
    needs: ClassVar[tuple[str, ...]] = (
        "service.time_zone",
        "service.working_hours",
        "start",
        "commercial.months",
    )
    reads: ClassVar[tuple[str, ...]] = ("country", "city", "time_zone", "head_count", "shifts")
    days: Literal["least", "mean"] = "least"
    sites: Taken = "head_count"
    site_hours: TypedHours | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(c for c in self.reads if c != "shifts" or self.site_hours is None)

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        buyer, over = buyer_hours(rules), least if self.days == "least" else mean
        values, notes = [], []
        for site in sites:
            spells = site_spells(site, rules)
            worked = hours(self.site_hours) if self.site_hours else shifts(site)
            values.append(over(buyer, worked, spells))
            notes.append(f"{values[-1]:.4g} h with the clock at {ahead(spells)}")
        note = f"{values_by_site(sites, notes)}; the {self.days} of {_days(spells)}"
        value = together(values, sites, self.sites, min)
        return value, f"{note}; {clocks_source()}{aggregation_note(sites, self.sites)}"


def _days(spells: Sequence[Spell]) -> str:
    return f"{spells[0].first.isoformat()} to {spells[-1].last.isoformat()}"

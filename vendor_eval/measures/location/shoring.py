"""Onshore, nearshore or offshore, by the buyer's own definition."""

import math
from collections.abc import Sequence
from typing import ClassVar, Literal, get_args

from vendor_eval.measures.location.clocks import site_spells
from vendor_eval.measures.location.site import NotShown, Site, weights
from vendor_eval.measures.location.site_measure import SiteMeasure, values_by_site
from vendor_eval.measures.measure import MEASURES
from vendor_eval.rules.rules import Rules

Shore = Literal["onshore", "nearshore", "offshore"]
SHORES: tuple[Shore, ...] = get_args(Shore)


def shore(site: Site, rules: Rules) -> Shore:
    """Where a site lies: in the buyer's country, near as `service.nearshore` says, or beyond."""
    service = rules.service
    if service is None or service.nearshore is None:
        raise NotShown("the rules do not give 'service.nearshore'")
    if site.country == service.country:
        return "onshore"
    near = service.nearshore
    if near.hours_apart is None:
        return "nearshore" if site.country in (near.countries or ()) else "offshore"
    most = max(spell.apart for spell in site_spells(site, rules)) / 60
    return "nearshore" if most <= near.hours_apart else "offshore"


class _Shores(SiteMeasure):
    needs: ClassVar[tuple[str, ...]] = ("service.nearshore",)
    reads: ClassVar[tuple[str, ...]] = ("country", "city", "time_zone", "head_count")


@MEASURES.register("shoring")
class Shoring(_Shores):
    """Onshore, nearshore or offshore: the furthest site, or where most of the head-count is."""

    about = "Onshore, nearshore or offshore: the furthest site, or where most of the head-count is."
    levels: ClassVar[tuple[str, ...]] = SHORES
    sites: Literal["furthest", "most"] = "furthest"

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[str, str]:
        shores = [shore(site, rules) for site in sites]
        how = {"furthest": "the furthest site counts", "most": "where most people are counts"}
        note = "; ".join([values_by_site(sites, shores), how[self.sites]][: len(sites)])
        if self.sites == "furthest":
            return max(shores, key=SHORES.index), note
        shares = {s: _share(s, shores, sites) for s in SHORES}
        # of two that are equal, the further
        most = max(SHORES, key=lambda s: (round(shares[s], 9), SHORES.index(s)))
        return most, note


@MEASURES.register("shoring_share")
class ShoringShare(_Shores):
    """Share of the head-count that is onshore, nearshore or offshore, in %."""

    about = "Share of the head-count that is onshore, nearshore or offshore, in %."
    unit: ClassVar[str] = "%"
    shore: Shore

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        shores = [shore(site, rules) for site in sites]
        return 100 * _share(self.shore, shores, sites), values_by_site(sites, shores)


def _share(wanted: Shore, shores: Sequence[Shore], sites: Sequence[Site]) -> float:
    """The share of the head-count on one shore, in [0, 1]."""
    there = [w for w, its in zip(weights(sites), shores, strict=True) if its == wanted]
    return 1.0 if len(there) == len(sites) else min(1.0, math.fsum(there))

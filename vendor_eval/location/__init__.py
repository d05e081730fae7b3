"""Where the service comes from: shores, clocks, holidays and published figures of countries."""

from vendor_eval.location.clocks import Contract, Spell, contract, site_spells, spells
from vendor_eval.location.figures import CountryFigure, figures
from vendor_eval.location.holidays import HolidaysNotShared
from vendor_eval.location.overlap import WorkingHoursOverlap
from vendor_eval.location.shoring import Shoring, shore
from vendor_eval.location.sites import NotShown, Site, SiteMeasure, sites, told
from vendor_eval.location.sites_counted import SiteCount

__all__ = [
    "Contract",
    "CountryFigure",
    "HolidaysNotShared",
    "NotShown",
    "Shoring",
    "Site",
    "SiteCount",
    "SiteMeasure",
    "Spell",
    "WorkingHoursOverlap",
    "contract",
    "figures",
    "shore",
    "site_spells",
    "sites",
    "spells",
    "told",
]

"""Public holidays that the buyer and a vendor's sites do not have in common."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Literal

from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.measures.location.clocks import Contract, contract
from vendor_eval.measures.location.site import NotShown, Site
from vendor_eval.measures.location.site_measure import (
    SiteMeasure,
    Taken,
    aggregation_note,
    together,
    values_by_site,
)
from vendor_eval.measures.measure import MEASURES
from vendor_eval.reference.holidays import holidays_source, public_holidays
from vendor_eval.reference.holidays import public_holidays as holidays_holidays
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import DAYS


def working_holidays(code: str, days: Sequence[str], term: Contract) -> frozenset[date]:
    """Nationwide public holidays during the contract that fall on these days of the week."""
    days_off: set[date] = set()
    for year in range(term.first.year, term.last.year + 1):
        holidays = holidays_holidays(code, year)
        if holidays is None:
            raise NotShown(f"no public holidays of {code} are listed for {year}")
        within = (day for day in holidays if term.first <= day <= term.last)
        days_off |= {day for day in within if DAYS[day.weekday()] in days}
    return frozenset(days_off)


def estimated(code: str, term: Contract) -> bool:
    """Whether some of a country's holidays are estimates: days that follow the moon."""
    years = range(term.first.year, term.last.year + 1)
    names = [n for year in years for n in (public_holidays(code, year) or {}).values()]
    return any("estimated" in name for name in names)


@MEASURES.register("holidays_not_shared")
class HolidaysNotShared(SiteMeasure):
    """Working days a year that are a public holiday on one side alone, or for the site alone."""

    about = (
        "Working days a year that are a public holiday on one side alone, or for the site alone."
    )
    unit: ClassVar[str] = "days a year"
    needs: ClassVar[tuple[str, ...]] = ("service.working_days", "start", "commercial.months")
    free: Literal["one_side", "site"] = "one_side"
    sites: Taken = "head_count"

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        term = contract(rules)
        if rules.service is None or rules.service.working_days is None:
            raise NotShown("the rules do not give 'service.working_days'")
        days = rules.service.working_days
        buyer = working_holidays(rules.service.country, days, term)
        values = []
        for site in sites:
            there = working_holidays(site.country, days, term)
            alone = there ^ buyer if self.free == "one_side" else there - buyer
            values.append(MONTHS_A_YEAR * len(alone) / term.months)
        value = together(values, sites, self.sites, max)
        guessed = [" (partly estimated)" if estimated(s.country, term) else "" for s in sites]
        notes = [f"{number:.3g}{more}" for number, more in zip(values, guessed, strict=True)]
        by_site, taken = values_by_site(sites, notes), aggregation_note(sites, self.sites)
        return value, f"{by_site}; nationwide holidays, {term}; {holidays_source()}{taken}"

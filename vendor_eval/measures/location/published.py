"""What published figures say of the countries a vendor delivers from."""

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from vendor_eval.measures.location.site import NotShown, Site, weighted
from vendor_eval.measures.location.site_measure import (
    SiteMeasure,
    Taken,
    aggregation_note,
    together,
    values_by_site,
)
from vendor_eval.measures.measure import MEASURES
from vendor_eval.reference.figures import (
    Figure,
    corruption_perceptions,
    earnings,
    governance,
    governance_estimate,
)
from vendor_eval.rules.rules import Rules

Indicator = Literal[
    "voice_and_accountability",
    "political_stability",
    "government_effectiveness",
    "regulatory_quality",
    "rule_of_law",
    "control_of_corruption",
]


def figures(sites: Sequence[Site], figure: Callable[[str], Figure | None]) -> list[Figure]:
    """Each site's figure; NotShown where one country is not listed."""
    by_site = [(site, figure(site.country)) for site in sites]
    lacking = dict.fromkeys(site.country for site, number in by_site if number is None)
    if lacking:
        raise NotShown(f"not listed: {', '.join(lacking)}")
    return [number for _, number in by_site if number is not None]


def sourced(sites: Sequence[Site], numbers: Sequence[Figure]) -> str:
    """Each site's figure with its year, then the source, for a note."""
    values = [" ".join(filter(None, [f"{f.value:g}", f.year and f"({f.year})"])) for f in numbers]
    notes = dict.fromkeys(f.note for f in numbers if f.note)
    return "; ".join([values_by_site(sites, values), numbers[0].source, *notes])


class PublishedFigure(SiteMeasure):
    """A measure that reads a published figure of each site's country."""

    @abstractmethod
    def figure(self, code: str) -> Figure | None:
        """The figure of one country; None where it is not listed."""


class CountryFigure(PublishedFigure):
    """A published figure that is the better the higher it is."""

    sites: Taken = "head_count"

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        numbers = figures(sites, self.figure)
        value = together([n.value for n in numbers], sites, self.sites, min)
        return value, sourced(sites, numbers) + aggregation_note(sites, self.sites)


@MEASURES.register("governance")
class Governance(CountryFigure):
    """Percentile rank of the sites' countries on a Worldwide Governance Indicator, 100 best."""

    about = "Percentile rank of the sites' countries on a Worldwide Governance Indicator, 100 best."
    unit: ClassVar[str] = "percentile"
    indicator: Indicator

    def figure(self, code: str) -> Figure | None:
        return governance(code, self.indicator)


@MEASURES.register("governance_estimate")
class GovernanceEstimate(CountryFigure):
    """Estimate of a Worldwide Governance Indicator, about -2.5 to 2.5, 2.5 best."""

    about = "Estimate of a Worldwide Governance Indicator, about -2.5 to 2.5, 2.5 best."
    unit: ClassVar[str] = "standard deviations"
    indicator: Indicator

    def figure(self, code: str) -> Figure | None:
        return governance_estimate(code, self.indicator)


@MEASURES.register("corruption_perceptions")
class CorruptionPerceptions(CountryFigure):
    """Corruption Perceptions Index of the sites' countries, 0-100, 100 very clean."""

    about = "Corruption Perceptions Index of the sites' countries, 0-100, 100 very clean."
    unit: ClassVar[str] = "points"

    def figure(self, code: str) -> Figure | None:
        return corruption_perceptions(code)


@MEASURES.register("earnings")
class Earnings(PublishedFigure):
    """Average monthly earnings where the sites are, as published, of the year in the note."""

    about = "Average monthly earnings where the sites are, as published, of the year in the note."
    unit: ClassVar[str] = "2021 PPP USD a month"
    sites: Literal["head_count", "lowest", "highest"] = "head_count"

    def figure(self, code: str) -> Figure | None:
        return earnings(code)

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        numbers = figures(sites, self.figure)
        values = [number.value for number in numbers]
        picked = {"lowest": min, "highest": max}.get(self.sites)
        value = picked(values) if picked else weighted(values, sites)
        how = f"; {self.sites.replace('head_count', 'weighted by head-count')}"
        return value, sourced(sites, numbers) + (how if len(sites) > 1 else "")

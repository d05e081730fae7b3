"""Measures that are taken site by site, and how the values of several sites become one."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Literal

from vendor_eval.bids.response import Cell
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.location.site import NotShown, Site, weighted
from vendor_eval.measures.measure import Measure, Measured
from vendor_eval.rules.rules import Rules

Taken = Literal["head_count", "worst"]
"""How sites are taken together: weighted by their head-count, or the worst of them."""


def together(
    values: Sequence[float],
    sites: Sequence[Site],
    taken: Taken,
    worst: Callable[[Sequence[float]], float],
) -> float:
    """The sites' values as one: weighted, or the worst, which is what `worst` picks."""
    return weighted(values, sites) if taken == "head_count" else worst(values)


class SiteMeasure(Measure):
    """A measure of all of a vendor's sites; blank, with the reason, where one does not show it."""

    reads: ClassVar[tuple[str, ...]] = ("country", "city", "head_count")
    """The columns of the sheet *Sites* that it may use."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the sheet *Sites* that it uses with its parameters."""
        return self.reads

    def questions(self, rules: Rules) -> frozenset[str]:
        return frozenset(f"sites.{column}" for column in self.columns)

    def __call__(self, facts: Facts) -> Measured:
        if not facts.sites:
            return Measured(None, note="no site is listed")
        cells = self.cells(facts.sites)
        try:
            value, note = self.measured(facts.sites, facts.rules)
        except NotShown as why:
            return Measured(None, cells, str(why))
        return Measured(value, cells, note)

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float | str, str]:
        """The value over one site or more, and how it came about; NotShown where it did not."""
        raise NotImplementedError

    def cells(self, sites: Sequence[Site]) -> tuple[Cell, ...]:
        """The cells that it uses."""
        return tuple(site.row[name] for site in sites for name in self.columns if name in site.row)


def values_by_site(sites: Sequence[Site], values: Sequence[str]) -> str:
    """Each site with its value, once each, as "Lisbon, PT: 61; Pune, IN: 39"."""
    pairs = zip(sites, values, strict=True)
    return "; ".join(dict.fromkeys(f"{site.name}: {value}" for site, value in pairs))


def aggregation_note(sites: Sequence[Site], taken: Taken) -> str:
    """How several sites were taken together, as the end of a note; nothing for a single one."""
    if len(sites) == 1:
        return ""
    return "; weighted by head-count" if taken == "head_count" else "; the worst site counts"

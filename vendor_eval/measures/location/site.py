"""A vendor's delivery sites, and measures that are taken site by site."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from vendor_eval.bids.response import Cell, Response, Row
from vendor_eval.measures.measure import Measure, Measured
from vendor_eval.rules.rules import Rules

Taken = Literal["head_count", "worst"]
"""How sites are taken together: weighted by their head-count, or the worst of them."""

NO_COUNTRY = "a site names no country"
MOST = 1e9
"""More people than this work nowhere: a head-count beyond it is none."""


class NotShown(Exception):
    """Why a response does not show what is measured, as its note says it."""


@dataclass(frozen=True)
class Site:
    """A row of the sheet *Sites*."""

    row: Row

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        if "country" not in self.row:
            raise NotShown(NO_COUNTRY)
        return self.row["country"].text

    @property
    def name(self) -> str:
        """City and country, as in "Lisbon, PT"."""
        return ", ".join(self.row[n].text for n in ("city", "country") if n in self.row)

    @property
    def head_count(self) -> float:
        """In FTE, at least 0."""
        found = self.row["head_count"].value if "head_count" in self.row else None
        if not isinstance(found, float) or not 0 <= found <= MOST:
            raise NotShown(f"{self.name}: no head-count to weigh the sites by")
        return found


def sites(response: Response) -> tuple[Site, ...]:
    """The delivery sites of a response, as typed."""
    return tuple(Site(row) for row in response.rows("sites"))


def weights(sites: Sequence[Site]) -> tuple[float, ...]:
    """Each site's share of the head-count, in [0, 1]; a single site has all of it."""
    if len(sites) == 1:
        return (1.0,)
    heads = [site.head_count for site in sites]
    total = math.fsum(heads)
    if not total:
        raise NotShown("the sites have no head-count to be weighed by")
    return tuple(head / total for head in heads)


def weighted(values: Sequence[float], sites: Sequence[Site]) -> float:
    """The mean of the sites' values by head-count, between the least and the greatest."""
    mean = math.fsum(w * v for w, v in zip(weights(sites), values, strict=True))
    return min(max(mean, min(values)), max(values))


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

    def __call__(self, response: Response, rules: Rules) -> Measured:
        found = sites(response)
        if not found:
            return Measured(None, note="no site is listed")
        cells = self.cells(found)
        try:
            value, note = self.found(found, rules)
        except NotShown as why:
            return Measured(None, cells, str(why))
        return Measured(value, cells, note)

    def found(self, sites: Sequence[Site], rules: Rules) -> tuple[float | str, str]:
        """The value over one site or more, and how it came about; NotShown where it did not."""
        raise NotImplementedError

    def cells(self, sites: Sequence[Site]) -> tuple[Cell, ...]:
        """The cells that it uses."""
        return tuple(site.row[name] for site in sites for name in self.columns if name in site.row)


def told(sites: Sequence[Site], values: Sequence[str]) -> str:
    """Each site with its value, once each, as "Lisbon, PT: 61; Pune, IN: 39"."""
    pairs = zip(sites, values, strict=True)
    return "; ".join(dict.fromkeys(f"{site.name}: {value}" for site, value in pairs))


def manner(sites: Sequence[Site], taken: Taken) -> str:
    """How several sites were taken together, as the end of a note; nothing for a single one."""
    if len(sites) == 1:
        return ""
    return "; weighted by head-count" if taken == "head_count" else "; the worst site counts"

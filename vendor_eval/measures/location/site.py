"""A vendor's delivery sites."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from vendor_eval.bids.response import Response, Row
from vendor_eval.reference.figures import country
from vendor_eval.wording.short_repr import ShortRepr

NO_COUNTRY = "a site names no country"
MOST = 1e9
"""More people than this work nowhere: a head-count beyond it is none."""


class NotShown(Exception):
    """Why a response does not show what is measured, as its note says it."""


@dataclass(frozen=True)
class Site(ShortRepr):
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
        count = self.row["head_count"].value if "head_count" in self.row else None
        if not isinstance(count, float) or not 0 <= count <= MOST:
            raise NotShown(f"{self.name}: no head-count to weigh the sites by")
        return count


def country_label(code: str) -> str:
    """A country's name in the table of countries, or its code where it is not listed."""
    listed = country(code)
    return listed.name if listed else code


def sites(response: Response) -> tuple[Site, ...]:
    """The delivery sites of a response, as entered."""
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

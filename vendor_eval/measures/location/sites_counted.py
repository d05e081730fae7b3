"""How many delivery sites a vendor has."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from vendor_eval.measures.location.site import Site
from vendor_eval.measures.location.site_measure import SiteMeasure
from vendor_eval.measures.measure import MEASURES
from vendor_eval.rules.plain_text import place_key
from vendor_eval.rules.rules import Rules


@MEASURES.register("site_count")
class SiteCount(SiteMeasure):
    """Delivery sites, several in one city once; or the countries that they are in."""

    about = "Delivery sites, several in one city once; or the countries that they are in."
    unit: ClassVar[str] = "sites"
    reads: ClassVar[tuple[str, ...]] = ("country", "city")
    of: Literal["sites", "countries"] = "sites"

    def measured(self, sites: Sequence[Site], rules: Rules) -> tuple[float, str]:
        by_place: dict[tuple[str, str], str] = {}
        for n, site in enumerate(sites):
            city = site.row["city"].text if "city" in site.row else ""
            # a site without a city stands for itself
            place = "" if self.of == "countries" else place_key(city) or f"row {n}"
            name = site.country if self.of == "countries" else site.name
            by_place.setdefault((site.country, place), name)
        return float(len(by_place)), "; ".join(by_place.values())

"""Where vendors deliver from: each site's clock, and each country's figures and transfer route."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from string import ascii_uppercase

from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import Facts
from vendor_eval.measures.location.clocks import contract, first_three, site_spells, zones
from vendor_eval.measures.location.overlap import ahead, buyer_hours, least, mean, shifts
from vendor_eval.measures.location.shoring import shore
from vendor_eval.measures.location.site import NO_COUNTRY, NotShown, Site, country_label
from vendor_eval.measures.security.transfer import route
from vendor_eval.reference.figures import (
    Figure,
    corruption_perceptions,
    earnings,
    governance,
)
from vendor_eval.report.html import Html, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.opening_hours import hours
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender
from vendor_eval.wording import NONE

FIGURES: dict[str, Callable[[str], Figure | None]] = {
    "Political stability": lambda code: governance(code, "political_stability"),
    "Rule of law": lambda code: governance(code, "rule_of_law"),
    "Corruption Perceptions Index": corruption_perceptions,
    "Earnings": earnings,
}
"""What is shown of a country, by the column that holds it."""
FAULTY = "its country cannot be read"
OVERLAP = "working_hours_overlap"
UNITS = "stability and rule of law in percentiles, earnings in 2021 PPP USD a month"


def places_table(rules: Rules, facts: Mapping[str, Facts]) -> Html:
    """Every site with its clock, and every country with its figures; nothing without sites.

    What is not shown stands as the reason; no figure is "\u2013", never zero.
    """
    vendor_sites = [(vendor, site) for vendor, shown in facts.items() for site in shown.sites]
    if not vendor_sites:
        return Html("")
    unread = {row for shown in facts.values() for row in _faulty_countries(shown.response)}
    listed = _sites(rules, vendor_sites, unread).markup
    return Html("\n".join([listed, _countries(rules, vendor_sites).markup]))


def _faulty_countries(response: Response) -> Iterator[str]:
    """The rows of sites, as `Alder.xlsx!Sites!7`, whose country cannot be read."""
    return (_row(fault.place) for fault in response.faults if "sites.country" in fault.about)


def _row(place: str) -> str:
    """The row of a cell, with its sheet."""
    sheet, _, at = place.rpartition("!")
    return f"{sheet}!{at.lstrip(ascii_uppercase)}"


def _sites(rules: Rules, vendor_sites: Sequence[tuple[str, Site]], unread: Collection[str]) -> Html:
    head = ["Vendor", "Site", "FTE", "Shore", "Time zone", "Clock", "Hours a day shared"]
    rows = [
        [vendor, site.name or NONE, *_of_site(site, rules, unread)] for vendor, site in vendor_sites
    ]
    term = _or_why(lambda: str(contract(rules)))
    caption = f"Delivery sites; clocks against the buyer's, through all clock changes: {term}"
    return table(caption, head, rows, prose=True)


def _of_site(site: Site, rules: Rules, unread: Collection[str]) -> list[str]:
    cells = [
        _or_why(lambda: f"{site.head_count:g}"),
        _or_why(lambda: shore(site, rules)),
        _or_why(lambda: first_three(zones(site))),
        _or_why(lambda: ahead(site_spells(site, rules))),
        _or_why(lambda: _overlap(site, rules)),
    ]
    if "country" not in site.row and any(_row(c.place) in unread for c in site.row.values()):
        return [FAULTY if cell == NO_COUNTRY else cell for cell in cells]
    return cells


def _overlap(site: Site, rules: Rules) -> str:
    """As the rules take it: at the hours they state for every site, else at the shifts typed."""
    taken = [m.parameters for m in rules.measures if m.name == OVERLAP]
    stated = {str(typed["site_hours"]) for typed in taken if "site_hours" in typed}
    there = hours(stated.pop()) if len(stated) == 1 else shifts(site)
    spells, buyer = site_spells(site, rules), buyer_hours(rules)
    return f"least {least(buyer, there, spells):.3g}, mean {mean(buyer, there, spells):.3g}"


def _countries(rules: Rules, vendor_sites: Sequence[tuple[str, Site]]) -> Html:
    vendors: dict[str, list[str]] = {}
    for vendor, site in vendor_sites:
        if "country" in site.row:
            vendors.setdefault(site.country, []).append(vendor)
    rows = [
        [country_label(code), ", ".join(dict.fromkeys(there)), *_figures(code), _route(code, rules)]
        for code, there in sorted(vendors.items())
    ]
    head = ["Country", "Vendors", *FIGURES, "Data transfer mechanism"]
    sources = dict.fromkeys(f.source for code in vendors for f in _known(code))
    caption = "; ".join(["Countries of the sites, figures with their year", UNITS, *sources])
    return table(caption, head, rows, prose=True)


def _known(code: str) -> list[Figure]:
    return [figure for of in FIGURES.values() if (figure := of(code)) is not None]


def _figures(code: str) -> list[str]:
    figures = [of(code) for of in FIGURES.values()]
    return [f"{f.value:.4g} ({f.year})" if f else NONE for f in figures]


def _route(code: str, rules: Rules) -> str:
    def mechanism() -> str:
        transfer = route(code, rules)
        return f"{transfer.way}: {transfer.ground}"

    return _or_why(mechanism)


def _or_why(shown: Callable[[], str]) -> str:
    """What is shown, or why nothing is."""
    try:
        return shown()
    except NotShown as why:
        return str(why)


def section(tender: Tender) -> Section:
    """From where each bid is delivered."""
    return shown(places_table(tender.rules, tender.facts))

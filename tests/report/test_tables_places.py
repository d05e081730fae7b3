"""The table of places shows sites and countries with years and sources, and why what is blank."""

import re
from collections.abc import Sequence
from html import unescape

from make.buyers import rules
from make.responses import response
from vendor_eval.bids.response import Response
from vendor_eval.measures.facts import facts_of
from vendor_eval.report.html import Html
from vendor_eval.report.places import places_table
from vendor_eval.rules.rules import Rules

NEAR = {"nearshore": {"countries": ("PL",)}}
SITES = [
    {"country": "PL", "city": "Kraków", "head_count": 120, "shifts": "08:00-16:00"},
    {"country": "PT", "city": "Porto", "head_count": None},
    {"country": "US", "city": "<b>Austin</b>", "head_count": 3, "time_zone": "America/Chicago"},
]


def cells(markup: str) -> list[list[str]]:
    """The text of every row's cells, of all tables."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", markup, re.DOTALL)
    return [[unescape(c) for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def places(typed: Rules, responses: Sequence[Response]) -> Html:
    """The table of places of responses under rules."""
    return places_table(typed, facts_of(typed, responses))


def test_sites_are_shown_with_clock_and_shared_hours() -> None:
    shown = places(rules(**NEAR), [response("Alder", tables={"sites": SITES})])
    [head, poland, portugal, states, *_] = cells(shown.markup)
    assert head[:3] == ["Vendor", "Site", "FTE"]
    assert poland[:5] == ["Alder", "Kraków, PL", "120", "nearshore", "Europe/Warsaw"]
    assert poland[5:] == ["+0 h", "least 8, mean 8"]
    assert portugal[2] == "Porto, PT: no head-count to weigh the sites by"
    assert portugal[4] == "Europe/Lisbon or Atlantic/Madeira or Atlantic/Azores"
    assert "the city names none of the country's time zones" in portugal[5]
    assert states[5] == "-7 to -6 h"
    assert "no shifts are stated" in states[6]


def test_countries_are_shown_with_years_sources_and_the_way_of_personal_data() -> None:
    responses = [response(v, tables={"sites": SITES}) for v in ("Alder", "Birch")]
    shown = places(rules(**NEAR), responses)
    [head, poland, portugal, states] = cells(shown.markup)[7:]
    assert head[:4] == ["Country", "Vendors", "Political stability", "Rule of law"]
    assert head[4:] == ["Corruption Perceptions Index", "Earnings", "Data transfer mechanism"]
    # WGI 2023: 63.981, as in data/customer-support; CPI 2023: 54
    assert poland[:3] == ["Poland", "Alder, Birch", "63.98 (2023)"]
    assert poland[4] == "54 (2023)"
    assert poland[-1] == "eea: European Economic Area"
    assert portugal[0] == "Portugal"
    assert states[-1].startswith("limited_adequacy: Implementing Decision (EU) 2023/1795")
    for source in ("World Bank", "Transparency International", "ILOSTAT"):
        assert source in shown.markup


def test_what_a_vendor_typed_is_escaped() -> None:
    shown = places(rules(), [response("<i>A</i>", tables={"sites": SITES})])
    assert "<b>" not in shown.markup
    assert "<i>" not in shown.markup


def test_a_figure_that_is_not_listed_is_a_dash_and_never_zero() -> None:
    bid = response(tables={"sites": [{"country": "AD", "head_count": 1}]})
    [row] = [r for r in cells(places(rules(), [bid]).markup) if r[0] == "Andorra"]
    assert row[4] == "\u2013"


def test_without_sites_there_is_no_table() -> None:
    assert places(rules(), [response()]).markup == ""
    assert places(rules(), []).markup == ""


def test_rules_without_a_service_show_why_nothing_is_compared() -> None:
    typed = rules().model_copy(update={"service": None})
    shown = places(typed, [response(tables={"sites": SITES[:1]})])
    assert "the rules do not give 'service.time_zone'" in unescape(shown.markup)

"""Names of places, as two people may write the same one."""

import re
from functools import cache
from typing import Any

from vendor_eval.bids.response import Row
from vendor_eval.rules.plain_text import place_key


def country_name(code: str) -> str:
    """A country's English name, or the code where it has none."""
    return str(_english().territories.get(code, code))


@cache
def _english() -> Any:
    from babel import Locale  # what asks about no place need not pay for it

    return Locale("en")


def site_name(site: Row) -> str:
    """A site as a letter names it: "Kraków, Poland"."""
    country = country_name(site["country"].text)
    return f"{site['city'].text}, {country}" if "city" in site else country


def names(site: Row, text: str) -> bool:
    """Whether a text names a site, by its city or, where it has none, its country."""
    code, whole = site["country"].text, place_key(text)
    city = place_key(site["city"].text) if "city" in site else ""
    if city and city in whole:
        return True
    codes = [part.strip() for part in re.split("[;,/]", text)]
    return place_key(country_name(code)) in whole or code in codes

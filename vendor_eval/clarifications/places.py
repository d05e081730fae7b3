"""Names of places and languages, as two people may write the same one."""

import re
import unicodedata
from functools import cache
from typing import Any

from vendor_eval.bids.response import Row


def folded(text: str) -> str:
    """Text without accents, capitals or odd spaces: "Kraków" and "KRAKOW " are one city."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


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
    told, code = folded(text), site["country"].text
    listed = [part.strip() for part in re.split("[;,/]", text)]
    if "city" in site and folded(site["city"].text) in told:
        return True
    return folded(country_name(code)) in told or code in listed

"""What countries are called: by CLDR, by the United Nations, by themselves and by others."""

import re
from collections.abc import Iterator
from functools import cache

from vendor_eval.reference.name_keys import codes_by_key, names_in
from vendor_eval.reference.tables import rows

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "TA"})
"""What CLDR lists in addition to the countries of ISO 3166-1."""
ALSO_COUNTRIES = {
    "AE": "UAE; Emirates",
    "BA": "Bosnia",
    "BO": "Bolivia",
    "CD": "DR Congo; DRC",
    "CG": "Congo Republic",
    "CI": "Ivory Coast",
    "CN": "PRC; Mainland China; Republic of China",
    "GB": "Great Britain; Britain; England; Scotland; Wales; Northern Ireland",
    "HK": "Hong Kong",
    "IE": "Republic of Ireland",
    "KP": "DPRK",
    "KR": "ROK",
    "MK": "Macedonia",
    "MM": "Burma",
    "MO": "Macau; Macao",
    "NL": "Holland",
    "PS": "Palestine",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey",
    "TW": "Taiwan; Republic of China",
    "VA": "Vatican",
}
"""Names that people write, and neither CLDR in English nor the United Nations lists.

The parts of the United Kingdom are those of ISO 3166-2:GB; "Republic of Ireland" is the description
of the state in the Republic of Ireland Act 1948, section 2. A name of two countries is asked about.
"""


@cache
def territories() -> dict[str, str]:
    """English names of all countries, by code, as CLDR has them."""
    return {c: name for c, name in names_in("en")[0].items() if c not in NO_COUNTRIES}


@cache
def country_codes_by_key() -> dict[str, frozenset[str]]:
    """Countries by their codes of two letters."""
    return codes_by_key((code, code) for code in territories())


@cache
def english_countries() -> dict[str, frozenset[str]]:
    """Countries by their English names in CLDR."""
    return codes_by_key((name, code) for code, name in territories().items())


@cache
def official_countries() -> dict[str, frozenset[str]]:
    """Countries by the names, short and formal, that the United Nations list in English."""
    return codes_by_key((row["name"], row["alpha2"]) for row in rows("country_names"))


@cache
def also_countries() -> dict[str, frozenset[str]]:
    """Countries by other names in English."""
    named = ((n, code) for code, also in ALSO_COUNTRIES.items() for n in also.split("; "))
    return codes_by_key(named)


@cache
def aliased_countries() -> dict[str, frozenset[str]]:
    """Countries by the other codes that CLDR knows, such as POL."""
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for old, new in get_global("territory_aliases").items():
            if len(new) == 1 and new[0] in territories() and re.fullmatch("[A-Z]{2,3}", old):
                yield old, new[0]

    return codes_by_key(names())


@cache
def native_countries() -> dict[str, frozenset[str]]:
    """Countries by their names in their own official languages."""

    def names() -> Iterator[tuple[str, str]]:
        for code, tongues in _tongues_by_country().items():
            yield from ((names_in(tongue)[0].get(code, ""), code) for tongue in tongues)

    return codes_by_key(names())


@cache
def foreign_countries() -> dict[str, frozenset[str]]:
    """Countries by their names in the official languages of others, and by cities of time zones.

    Such a name is no answer, but says which country may be meant: Allemagne, or Dubai.
    """

    def names() -> Iterator[tuple[str, str]]:
        tongues = {tongue for official in _tongues_by_country().values() for tongue in official}
        for tongue in sorted(tongues):
            called = names_in(tongue)[0]
            yield from ((called.get(code, ""), code) for code in territories())

    cities = ((row["zone"].rpartition("/")[2], row["alpha2"]) for row in rows("time_zones"))
    return codes_by_key(cities) | codes_by_key(names())


@cache
def _tongues_by_country() -> dict[str, tuple[str, ...]]:
    from babel.languages import get_official_languages

    return {c: get_official_languages(c, de_facto=True) for c in territories()}

"""What of a name counts when names are compared, and the codes that names may mean."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

COUNTRY = re.compile("[A-Z]{2}")


def name_key(name: str) -> str:
    """What of a name counts: letters and digits, without accents, case and "the".

    Initials count as one word: "U.S.A." is "USA".
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = (c for c in plain if not unicodedata.combining(c))
    initials_joined = re.sub(r"\b(\w)\.(?=\w\b)", r"\1", "".join(letters))
    words = re.sub(r"[\W_]+", " ", initials_joined).split()
    return " ".join(word for word in words if word != "the")


def codes_by_key(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The codes that each name may mean, by what of the name counts; `names`: name and code."""
    by_key: dict[str, frozenset[str]] = {}
    for name, code in names:
        by_key[name_key(name)] = by_key.get(name_key(name), frozenset()) | {code}
    by_key.pop("", None)
    return by_key


@cache
def names_in(language: str) -> tuple[Mapping[str, str], str]:
    """What countries are called in one language, by code, and the language's name for itself.

    Without names where CLDR has no data in it.
    """
    from babel import Locale, UnknownLocaleError, localedata

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}, ""
    countries = {c: str(n) for c, n in locale.territories.items() if COUNTRY.fullmatch(c)}
    called = str(locale.languages.get(language, ""))
    # Babel would keep all it knows of every language, which is 140 MB; it loads them again at need
    localedata._cache.pop(str(locale), None)
    return countries, called

"""What of a name counts when names are compared, and the codes that names may mean."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any


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


def locale_data(code: str) -> Any:
    """CLDR's data in one language; None where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None

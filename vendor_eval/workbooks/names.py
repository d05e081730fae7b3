"""Countries and languages by their names, as CLDR has them in English and in their own tongue."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, cast

from vendor_eval.errors import nearest, quoted

NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "TA"})
"""What CLDR lists beside the countries of ISO 3166-1."""
ALSO_COUNTRIES = {
    "AE": "UAE; Emirates",
    "BA": "Bosnia",
    "CD": "DR Congo; DRC; Democratic Republic of the Congo",
    "CG": "Republic of the Congo; Congo Republic",
    "CI": "Ivory Coast",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "GB": "Great Britain; U.K.; United Kingdom of Great Britain and Northern Ireland",
    "HK": "Hong Kong",
    "KR": "Republic of Korea; Korea, South",
    "MK": "Macedonia",
    "MM": "Myanmar; Burma",
    "MO": "Macau; Macao",
    "NL": "Holland; The Netherlands",
    "PH": "The Philippines",
    "PS": "Palestine",
    "RU": "Russian Federation",
    "SZ": "Swaziland",
    "TR": "Turkey",
    "TW": "Taiwan",
    "US": "U.S.; U.S.A.; United States of America",
    "VN": "Viet Nam",
}
"""Names that people write and CLDR does not list first."""
ALSO_LANGUAGES = {
    "el": "Modern Greek",
    "fa": "Farsi",
    "he": "Ivrit",
    "no": "Norwegian",
    "zh": "Mandarin; Mandarin Chinese; Chinese (Mandarin)",
    "tl": "Filipino; Tagalog",
    "es": "Castilian",
    "nl": "Flemish",
}
DENIALS = ("na", "no")
"""Codes, of Namibia and Norway, Nauruan and Norwegian, that are also what people write for none."""
OLD = {"iw": "he", "in": "id", "ji": "yi", "fil": "tl", "cmn": "zh", "mo": "ro"}
"""Codes that have another one today, or one of two letters."""


def country(typed: str) -> str:
    """The country's ISO 3166-1 alpha-2 code; raises ValueError with the nearest name."""
    return _found(typed, "country", _countries, _native_countries)


def language(typed: str) -> str:
    """The language's ISO 639-1 code, or of ISO 639-3 where it has no other; raises ValueError."""
    tag = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2}|[0-9]{3})", typed)
    if tag:  # such as en-GB
        typed = tag[1]
    return _found(typed, "language", _languages, _native_languages)


def listed_countries() -> Mapping[str, str]:
    """English names of all countries, with their codes, by name."""
    return dict(sorted((name, code) for code, name in _territories().items()))


def listed_languages() -> Mapping[str, str]:
    """English names of the languages that have a code of two letters, with it, by name."""
    tongues = _tongues()
    return dict(sorted((name, code) for code, name in tongues.items() if len(code) == 2))


def _found(typed: str, kind: str, english: Any, native: Any) -> str:
    key = _key(typed)
    if key in DENIALS:
        raise ValueError(f"found {typed!r}, which may mean none; allowed: the {kind}'s full name")
    code = english().get(key) or native().get(key)
    if code is None:
        names = listed_countries() if kind == "country" else listed_languages()
        raise ValueError(
            f"unknown {kind} {typed!r}{_hint(typed, names)}; allowed: its English name, or its code"
        )
    return str(code)


def _hint(typed: str, names: Mapping[str, str]) -> str:
    """The names that hold what was typed, or else the nearest one."""
    key, folded = _key(typed), {_key(name): name for name in names}
    holding = [name for plain, name in folded.items() if f" {key} " in f" {plain} "]
    if holding and key:
        return f"; did you mean {quoted(holding, at_most=3)}?"
    close = nearest(key, folded)
    match = re.search("'(.*)'", close)
    return close.replace(match[1], folded[match[1]]) if match else ""


def _key(name: str) -> str:
    """What of a name counts: letters and digits, without accents and case."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ").casefold())
    letters = (c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def _clear(names: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Codes by what of a name counts, without names that two of them have."""
    found: dict[str, set[str]] = {}
    for name, code in names:
        found.setdefault(_key(name), set()).add(code)
    return {key: min(codes) for key, codes in found.items() if key and len(codes) == 1}


def _english() -> Any:
    from babel import Locale

    return Locale("en")


@cache
def _territories() -> dict[str, str]:
    names = cast("Mapping[str, str]", _english().territories)
    return {c: n for c, n in names.items() if re.fullmatch("[A-Z]{2}", c) and c not in NO_COUNTRIES}


@cache
def _tongues() -> dict[str, str]:
    names = cast("Mapping[str, str]", _english().languages)
    left_out = {*OLD, "mul", "und", "zxx", "mis", "root"}
    return {c: n for c, n in names.items() if re.fullmatch("[a-z]{2,3}", c) and c not in left_out}


@cache
def _countries() -> dict[str, str]:
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for code, name in _territories().items():
            yield code, code
            yield name, code
            yield from ((also, code) for also in ALSO_COUNTRIES.get(code, "").split("; "))
        for old, new in get_global("territory_aliases").items():  # such as POL
            if len(new) == 1 and new[0] in _territories() and re.fullmatch("[A-Z]{2,3}", old):
                yield old, new[0]

    return _clear(names())


@cache
def _native_countries() -> dict[str, str]:
    from babel.languages import get_official_languages

    spoken = {c: get_official_languages(c, de_facto=True) for c in _territories()}
    known = {tongue: _in_own(tongue) for tongue in {t for ts in spoken.values() for t in ts}}

    def names() -> Iterator[tuple[str, str]]:
        for code, tongues in spoken.items():
            for locale in filter(None, map(known.get, tongues)):
                yield locale.territories.get(code, ""), code

    return _clear(names())


@cache
def _languages() -> dict[str, str]:
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for code, name in _tongues().items():
            yield code, code
            if code not in ("nl",) or name == "Dutch":
                yield name, code
            yield from ((also, code) for also in ALSO_LANGUAGES.get(code, "").split("; "))
        for old, new in {**get_global("language_aliases"), **OLD}.items():  # such as deu
            if new in _tongues() and re.fullmatch("[a-z]{2,3}", old):
                yield old, new

    # what the template offers, and codes of two letters, mean themselves: "ga" is Irish, not Ga
    offered = {_key(name): code for name, code in listed_languages().items()}
    return _clear(names()) | offered | {code: code for code in offered.values()}


@cache
def _native_languages() -> dict[str, str]:
    def names() -> Iterator[tuple[str, str]]:
        for code in _tongues():
            locale = _in_own(code)
            if locale is not None:
                yield locale.languages.get(code, ""), code

    return _clear(names())


def _in_own(code: str) -> Any:
    """CLDR's data in one language; None where it has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None

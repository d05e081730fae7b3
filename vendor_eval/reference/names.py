"""Countries and languages by their names, as CLDR has them in English and in their own tongue."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, cast

from vendor_eval.errors import UnknownValue, nearest, quoted
from vendor_eval.reference.clocks import zone_names
from vendor_eval.reference.figures import country_codes, language_codes, official_languages
from vendor_eval.reference.languages import canonical_language

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
    "es": "Castilian",
    "nl": "Flemish",
}
DENIALS = ("na", "no")
"""Codes, of Namibia and Norway, Nauruan and Norwegian, that are also what people write for none."""

Layer = Callable[[], Mapping[str, frozenset[str]]]
"""The codes that each name of one sort may mean. Sorts are asked in order, and the first that knows
a name decides: codes, English names, other names and codes, names in the country's own tongue."""


def country(typed: str) -> str:
    """The country's ISO 3166-1 alpha-2 code; raises ValueError with the nearest name."""
    layers = (_country_codes, _country_names, _other_countries, _native_countries)
    return _found(typed, "country", layers, listed_countries(), country_called)


def language(typed: str) -> str:
    """The language's code in CLDR, of two letters where it has one; raises ValueError."""
    tag = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2}|[0-9]{3})", typed)
    if tag:  # such as en-GB
        typed = tag[1]
    layers = (_language_codes, _language_names, _other_languages, _native_languages)
    return _found(typed, "language", layers, listed_languages(), language_called)


def time_zone(typed: str) -> str:
    """The name of a time zone in the IANA database; raises ValueError with the nearest name."""
    if typed in zone_names():
        return typed
    alike = [name for name in zone_names() if name.casefold() == typed.casefold()]
    if len(alike) != 1:
        raise UnknownValue(
            f"found {typed!r}",
            lambda: nearest(typed, sorted(zone_names())),
            "a time zone such as Europe/Berlin",
        )
    return alike[0]


def listed_countries() -> Mapping[str, str]:
    """English names of all countries, with their codes, by name."""
    return dict(sorted((name, code) for code, name in _territories().items()))


def listed_languages(asked: Iterable[str] = ()) -> Mapping[str, str]:
    """English names of languages with their codes: those asked for first, then by name.

    Listed are those with a code of two letters and those that are official in a country, if CLDR
    has an English name for them.
    """
    tongues = {code: name for code, name in _tongues().items() if name != code}
    listed = {code for code in tongues if len(code) == 2} | (_official() & tongues.keys())
    first = {tongues[code]: code for code in asked}
    return first | dict(sorted((tongues[code], code) for code in listed - set(first.values())))


def country_called(code: str) -> str:
    """The English name of a country's code."""
    return _territories()[code]


def language_called(code: str) -> str:
    """The English name of a language's code."""
    return _tongues()[code]


def _found(
    typed: str, kind: str, layers: Iterable[Layer], listed: Mapping[str, str], called: Any
) -> str:
    """The code of a name in the first layer that knows it; raises ValueError."""
    key = _key(typed)
    if key in DENIALS:
        raise ValueError(f"found {typed!r}, which may mean none; allowed: the {kind}'s full name")
    codes = next((codes for layer in layers if (codes := layer().get(key))), frozenset())
    if len(codes) == 1:
        return min(codes)
    known = "ambiguous" if codes else "unknown"
    raise UnknownValue(
        f"{known} {kind} {typed!r}",
        lambda: (
            f"; did you mean {quoted(sorted(map(called, codes)))}?"
            if codes
            else _hint(typed, listed)
        ),
        "its English name, or its code",
    )


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


def _by_key(names: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """The codes that each name may mean, by what of the name counts."""
    codes_by_key: dict[str, frozenset[str]] = {}
    for name, code in names:
        codes_by_key[_key(name)] = codes_by_key.get(_key(name), frozenset()) | {code}
    codes_by_key.pop("", None)
    return codes_by_key


def _english() -> Any:
    from babel import Locale

    return Locale("en")


@cache
def _territories() -> dict[str, str]:
    names = cast("Mapping[str, str]", _english().territories)
    return {c: n for c, n in names.items() if re.fullmatch("[A-Z]{2}", c) and c not in NO_COUNTRIES}


@cache
def _english_languages() -> dict[str, str]:
    names = cast("Mapping[str, str]", _english().languages)
    left_out = {"mul", "und", "zxx", "mis", "root"}
    return {c: n for c, n in names.items() if re.fullmatch("[a-z]{2,3}", c) and c not in left_out}


@cache
def _tongues() -> dict[str, str]:
    """Every language that may be asked for or offered, by the one code it has today.

    Those that rules may name and CLDR does not are called by their code.
    """
    names = {c: n for c, n in _english_languages().items() if canonical_language(c) == c}
    return {code: code for code in language_codes()} | names


@cache
def _official() -> frozenset[str]:
    """Languages that are official in a country, without scripts."""
    tongues = (tongue for code in country_codes() for tongue in official_languages(code))
    return frozenset(tongue.split("_")[0] for tongue in tongues)


@cache
def _country_codes() -> dict[str, frozenset[str]]:
    return _by_key((code, code) for code in _territories())


@cache
def _country_names() -> dict[str, frozenset[str]]:
    return _by_key((name, code) for code, name in _territories().items())


@cache
def _other_countries() -> dict[str, frozenset[str]]:
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for code, also in ALSO_COUNTRIES.items():
            yield from ((name, code) for name in also.split("; "))
        for old, new in get_global("territory_aliases").items():  # such as POL
            if len(new) == 1 and new[0] in _territories() and re.fullmatch("[A-Z]{2,3}", old):
                yield old, new[0]

    return _by_key(names())


@cache
def _native_countries() -> dict[str, frozenset[str]]:
    from babel.languages import get_official_languages

    spoken = {c: get_official_languages(c, de_facto=True) for c in _territories()}
    known = {tongue: _in_own(tongue)[0] for tongue in {t for ts in spoken.values() for t in ts}}

    def names() -> Iterator[tuple[str, str]]:
        for code, tongues in spoken.items():
            yield from ((known[tongue].get(code, ""), code) for tongue in tongues)

    return _by_key(names())


@cache
def _language_codes() -> dict[str, frozenset[str]]:
    return _by_key((code, code) for code in _tongues())


@cache
def _language_names() -> dict[str, frozenset[str]]:
    names = _english_languages() | _tongues()
    return _by_key((name, canonical_language(code)) for code, name in names.items())


@cache
def _other_languages() -> dict[str, frozenset[str]]:
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for code, also in ALSO_LANGUAGES.items():
            yield from ((name, code) for name in also.split("; "))
        for old, new in get_global("language_aliases").items():  # such as deu
            if new in _tongues() and re.fullmatch("[a-z]{2,3}", old):
                yield old, new

    return _by_key(names())


@cache
def _native_languages() -> dict[str, frozenset[str]]:
    return _by_key((_in_own(code)[1], code) for code in _tongues())


def _in_own(code: str) -> tuple[Mapping[str, str], str]:
    """The names of countries, and of itself, in one language; none where CLDR has none."""
    from babel import Locale, UnknownLocaleError, localedata

    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return {}, ""
    names = {c: str(locale.territories.get(c, "")) for c in _territories()}
    called = str(locale.languages.get(code, ""))
    # Babel would keep all it knows of every language, which is 140 MB; it loads them again at need
    localedata._cache.pop(str(locale), None)
    return names, called

"""Countries and languages by their names, as CLDR has them in English and in their own tongue."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import cast

from vendor_eval.errors import nearest, quoted
from vendor_eval.reference import country_names
from vendor_eval.reference.clocks import zone_names
from vendor_eval.reference.figures import country_codes, language_codes, official_languages
from vendor_eval.reference.languages import canonical_language
from vendor_eval.reference.name_keys import codes_by_key, locale_data, name_key

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

ALIKE = 0.8
"""How alike a hint is to what was entered: below it, Scotland is like Poland."""
FORMS = (
    *("commonwealth", "democratic", "federal", "federation", "islamic", "kingdom", "of", "people"),
    *("principality", "republic", "s", "socialist", "sultanate"),
)
"""Words that many countries' formal names share, so that they say nothing of which is meant."""

Layer = Callable[[], Mapping[str, frozenset[str]]]
"""The codes that each name of one sort may mean. Sorts are asked in order, and the first that knows
a name decides: codes, English names, other names and codes, names in the country's own tongue."""


def country(typed: str) -> str:
    """The country's ISO 3166-1 alpha-2 code; raises ValueError with the country that may be meant.

    A name may also stand as in ISO's list: "Korea, Republic of", or "Iran (Islamic Republic of)".
    """
    layers = (
        country_names.country_codes_by_key if typed.isascii() else dict,  # "Áo" is not AO
        country_names.english_countries,
        country_names.official_countries,
        country_names.also_countries,
        country_names.aliased_countries if typed.isascii() else dict,
        country_names.native_countries,
    )
    turned = re.fullmatch(r"([^,(]+)[,(]([^,()]+)\)?", typed.strip())
    readings = (typed, *([f"{turned[2]} {turned[1]}"] if turned else ()))
    return _code(readings, "country", layers, country_called, _country_hint)


def language(typed: str) -> str:
    """The language's code in CLDR, of two letters where it has one; raises ValueError."""
    tag = re.fullmatch(r"([A-Za-z]{2,3})[-_]([A-Za-z]{2}|[0-9]{3})", typed)
    if tag:  # such as en-GB
        typed = tag[1]
    layers = (_language_codes, _language_names, _other_languages, _native_languages)
    return _code((typed,), "language", layers, language_called, _language_hint)


def time_zone(typed: str) -> str:
    """The name of a time zone in the IANA database; raises ValueError with the nearest name."""
    if typed in zone_names():
        return typed
    alike = [name for name in zone_names() if name.casefold() == typed.casefold()]
    if len(alike) != 1:
        hint = nearest(typed, sorted(zone_names()))
        raise ValueError(f"found {typed!r}{hint}; allowed: a time zone such as Europe/Berlin")
    return alike[0]


def listed_countries() -> Mapping[str, str]:
    """English names of all countries, with their codes, by name."""
    return dict(sorted((name, code) for code, name in country_names.territories().items()))


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
    return country_names.territories()[code]


def language_called(code: str) -> str:
    """The English name of a language's code."""
    return _tongues()[code]


def _code(
    readings: tuple[str, ...],
    kind: str,
    layers: Iterable[Layer],
    called: Callable[[str], str],
    hint: Callable[[str], Iterable[str]],
) -> str:
    """The code of a name in the first layer that knows it, as entered or read another way.

    Raises ValueError with the names that `hint` gives for it, else with the nearest.
    """
    typed, keys = readings[0], [name_key(reading) for reading in readings]
    if keys[0] in DENIALS:
        raise ValueError(f"found {typed!r}, which may mean none; allowed: the {kind}'s full name")
    known = (codes for layer in layers for key in keys if (codes := layer().get(key)))
    codes = next(known, frozenset[str]())
    if len(codes) == 1:
        return min(codes)
    word, meant = ("ambiguous", sorted(map(called, codes))) if codes else ("unknown", hint(typed))
    likely = quoted(meant, at_most=3)
    mean = f"; did you mean {likely}?" if meant else ""
    raise ValueError(f"{word} {kind} {typed!r}{mean}; allowed: its English name, or its code")


def _country_hint(typed: str) -> list[str]:
    """The countries that hold what was entered, or are called so elsewhere, or almost so."""
    key, names = name_key(typed), _without_forms()
    bare = _bare(key)
    elsewhere = country_names.foreign_countries().get(key, frozenset())
    close = get_close_matches(bare, names, n=2, cutoff=ALIKE)
    codes = names.get(bare) or elsewhere or {code for name in close for code in names[name]}
    exact = bare in names and bare != key
    holding = [] if exact else _holding(key, listed_countries())
    return holding or sorted(map(country_called, codes))


def _language_hint(typed: str) -> list[str]:
    """The languages whose names hold what was entered, or else the nearest."""
    key, folded = name_key(typed), {name_key(name): name for name in listed_languages()}
    close = get_close_matches(key, folded, n=1, cutoff=ALIKE)
    return _holding(key, listed_languages()) or [folded[name] for name in close]


def _holding(key: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if key and f" {key} " in f" {name_key(name)} "]


@cache
def _without_forms() -> dict[str, frozenset[str]]:
    """Countries by what of a name may be misspelt: no codes, and no form of a state."""
    names = country_names.also_countries() | country_names.english_countries()
    return {_bare(name): codes for name, codes in names.items() if len(name) > 3}


def _bare(key: str) -> str:
    return " ".join(word for word in key.split() if word not in FORMS)


@cache
def _english_languages() -> dict[str, str]:
    names = cast("Mapping[str, str]", locale_data("en").languages)
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
def _language_codes() -> dict[str, frozenset[str]]:
    return codes_by_key((code, code) for code in _tongues())


@cache
def _language_names() -> dict[str, frozenset[str]]:
    names = _english_languages() | _tongues()
    return codes_by_key((name, canonical_language(code)) for code, name in names.items())


@cache
def _other_languages() -> dict[str, frozenset[str]]:
    from babel.core import get_global

    def names() -> Iterator[tuple[str, str]]:
        for code, also in ALSO_LANGUAGES.items():
            yield from ((name, code) for name in also.split("; "))
        for old, new in get_global("language_aliases").items():  # such as deu
            if new in _tongues() and re.fullmatch("[a-z]{2,3}", old):
                yield old, new

    return codes_by_key(names())


@cache
def _native_languages() -> dict[str, frozenset[str]]:
    def names() -> Iterator[tuple[str, str]]:
        for code in _tongues():
            locale = locale_data(code)
            if locale is not None:
                yield locale.languages.get(code, ""), code

    return codes_by_key(names())

"""Numbers and dates as people write them: read where they can mean one thing only, else refused."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from locale import windows_locale

from vendor_eval.errors import UnknownValue, nearest, quoted

GROUPERS = " '\u2019\u00a0\u2009\u202f"
"""What parts thousands and never decimals: spaces and apostrophes."""
MINUS = "-\u2212"
SIGNS = "+\u2212\\-"
DOT = r"(?<=[^\W\d_])\."
"""The point of an abbreviation, such as `Fr.`"""
AMOUNT = re.compile(
    # what is taken is not given back, or 80 spaces would be shared out in every way
    rf"(?P<sign>[{SIGNS}]?)\s*+"
    rf"(?P<before>(?:(?:[^0-9.,%(){SIGNS}]|{DOT})*(?:[^0-9.,%(){SIGNS}\s]|{DOT}))?+)\s*+"
    rf"(?P<inner>[{SIGNS}]?)"
    rf"(?P<body>[0-9](?:[0-9.,{GROUPERS}]*[0-9])?+(?:[eE][+-]?[0-9]{{1,3}})?)"
    rf"\s*+(?P<percent>%?+)\s*+(?P<after>[^0-9%(){SIGNS}]*+)"
)
GROUPED = (
    re.compile(r"[0-9]{1,3}([^0-9])[0-9]{3}(?:\1[0-9]{3})*"),
    re.compile(r"[0-9]{1,2}(,)[0-9]{2}(?:,[0-9]{2})*,[0-9]{3}"),  # lakhs and crores
)
WAY_OUT = "enter it as a number rather than as text"
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
EARLIEST, LATEST = date(1900, 3, 1), date(2200, 12, 31)


class Ambiguous(ValueError):
    """What was entered can mean two things, or nothing that is asked."""


@dataclass(frozen=True)
class Amount:
    """A number as it was written: its value, whether per cent, and what stood around it."""

    number: Decimal
    percent: bool = False
    unit: str = ""
    """The unit next to it, such as `EUR` or `hours`."""


def cut(typed: str, longest: int = 80) -> str:
    """Text on one line without outer spaces, short enough to be quoted."""
    trimmed = typed.strip()
    return trimmed if len(trimmed) <= longest else trimmed[: longest - 3] + "..."


def amount(typed: str, *, point: bool = False) -> Amount:
    """The number in a text; raises Ambiguous where it has none, two, or one of two.

    `point`: whether it is known that a point stands before decimals and never between thousands.
    """
    shown = cut(typed)
    match = AMOUNT.fullmatch(shown)
    if not match or ".." in shown:
        raise Ambiguous(f"found {shown!r}; allowed: a number")
    if match["sign"] and match["inner"]:
        raise Ambiguous(f"found {shown!r}, with two signs; allowed: a number")
    around = [text for text in (match["before"].strip(), match["after"].strip()) if text]
    if len(around) > 1 and len(set(around)) > 1:
        raise Ambiguous(f"found {shown!r}; allowed: a number, with one unit or currency at most")
    number = _pointed(match["body"], shown) if point else _decimal(match["body"], shown)
    if (match["sign"] or match["inner"] or "+") in MINUS:
        number = -number
    return Amount(number, bool(match["percent"]), around[0] if around else "")


def _decimal(body: str, shown: str) -> Decimal:
    """The number of digits and separators, where they can mean one number only."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+", body):
        return Decimal(body)
    if "e" in body.casefold():  # its mark may group or be the decimal one
        raise Ambiguous(f"found {shown!r}, with marks before its exponent; {WAY_OUT}")
    marks = re.findall(f"[.,{GROUPERS}]", body)
    if not marks:
        return Decimal(body)
    last = marks[-1]
    whole, _, fraction = body.rpartition(last)
    if last in GROUPERS or marks.count(last) > 1:
        return _grouped(body, shown)
    if len(marks) > 1:  # the other mark groups, so this one is the decimal one
        return _grouped(whole, shown, fraction)
    if len(fraction) == 3 and len(whole) <= 3 and whole.strip("0"):
        as_decimal, as_grouped = f"{whole}.{fraction}", f"{whole}{fraction}"
        raise Ambiguous(f"found {shown!r}, which can mean {as_decimal} or {as_grouped}; {WAY_OUT}")
    if len(whole) > 1 and whole.startswith("0") and len(fraction) == 3:
        raise Ambiguous(f"found {shown!r}, with leading zeros; {WAY_OUT}")
    return Decimal(f"{whole}.{fraction}")


def _pointed(body: str, shown: str) -> Decimal:
    """The number of digits, where a point stands before decimals alone."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?", body):
        return Decimal(body)
    whole, _, fraction = body.partition(".")
    if fraction and not fraction.isdecimal():
        raise Ambiguous(f"found {shown!r}; allowed: a number")
    return _grouped(whole, shown, fraction)


def _grouped(whole: str, shown: str, fraction: str = "") -> Decimal:
    """A number whose thousands are separated by one and the same mark."""
    match = next(filter(None, (pattern.fullmatch(whole) for pattern in GROUPED)), None)
    if not match or whole.startswith("0"):
        raise Ambiguous(f"found {shown!r}, which is not how thousands are separated; {WAY_OUT}")
    return Decimal(re.sub("[^0-9]", "", whole) + (f".{fraction}" if fraction else ""))


@cache
def currencies() -> dict[str, frozenset[str]]:
    """The currencies (ISO 4217) that each code and symbol may stand for."""
    from babel.numbers import get_currency_symbol, list_currencies

    symbols: dict[str, set[str]] = {code: {code} for code in list_currencies()}
    for code in list(symbols):
        symbol = str(get_currency_symbol(code, locale="en"))
        symbols.setdefault(symbol, set()).add(code)
        if symbol.endswith("$") and len(symbol) > 1:
            symbols.setdefault("$", set()).add(code)
    for symbol, codes in SYMBOLS.items():
        symbols.setdefault(symbol, set()).update(codes.split())
    return {symbol: frozenset(codes) for symbol, codes in symbols.items()}


def currency(typed: str) -> str:
    """The currency's ISO 4217 code; raises Ambiguous where it is none, or one of several."""
    shown = cut(typed)
    known = currencies()
    codes = known.get(shown.upper()) or known.get(shown) or known.get(shown.casefold())
    if not codes:
        raise UnknownValue(
            f"unknown currency {shown!r}",
            lambda: nearest(shown.upper(), known) if len(shown) == LETTERS else "",
            A_CURRENCY,
        )
    if len(codes) > 1:
        raise Ambiguous(
            f"found {shown!r}, which can mean {quoted(sorted(codes))}; allowed: {A_CURRENCY}"
        )
    return min(codes)


def currency_code(symbol: str, locale: str) -> str:
    """The code of ISO 4217 that a symbol of several currencies has in a locale, or the symbol.

    `locale`: as number formats write it, a tag such as "da-DK" or its number, "406".
    """
    from babel.numbers import get_territory_currencies

    territory = _territory(locale)
    if not territory:
        return symbol
    known = currencies()
    shown = symbol.strip()
    codes = known.get(shown) or known.get(shown.casefold(), frozenset())
    here = codes.intersection(get_territory_currencies(territory))
    return symbol.replace(shown, min(here)) if len(here) == 1 < len(codes) else symbol


def _territory(locale: str) -> str:
    """The country of a locale's tag or number; "" where it has none."""
    if re.fullmatch("[0-9A-Fa-f]{1,8}", locale):
        locale = windows_locale.get(int(locale, 16) & 0xFFFF, "")
    match = re.search("[-_]([A-Z]{2})(?:[-_]|$)", locale)
    return match[1] if match else ""


LETTERS = 3
A_CURRENCY = "the three letters of a currency, such as EUR"
SYMBOLS = {
    "$": "USD ARS CLP COP SGD",
    "US$": "USD",
    "USD$": "USD",
    "£": "GBP EGP",
    "¥": "JPY CNY",
    "Euro": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "EURO": "EUR",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "лв": "BGN",
    "kr": "DKK ISK NOK SEK",
    "kr.": "DKK ISK NOK SEK",
    "Fr.": "CHF",
    "Rs": "INR LKR NPR PKR MUR",
    "Rs.": "INR LKR NPR PKR MUR",
    "R": "ZAR",
    "₺": "TRY",
}
"""Symbols in addition to those of CLDR's English, each with what it may stand for."""


def day(typed: str) -> date:
    """The day in a text; raises Ambiguous where it could be another one, or none."""
    shown = cut(typed)
    parts = _day_parts(shown)
    try:
        read = date(*parts)
    except ValueError:
        raise Ambiguous(f"found {shown!r}; allowed: a date that exists") from None
    if not EARLIEST <= read <= LATEST:
        raise Ambiguous(f"found {shown!r}; allowed: a date from {EARLIEST} to {LATEST}")
    return read


def _day_parts(shown: str) -> tuple[int, int, int]:
    """Year, month and day."""
    if match := re.fullmatch(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:T00:00:00)?", shown):
        return int(match[1]), int(match[3]), int(match[4])
    if match := re.fullmatch(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4})", shown):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if first > 12 or first == second:
            return year, second, first
        if second > 12:
            return year, first, second
        one, other = f"{year}-{second:02}-{first:02}", f"{year}-{first:02}-{second:02}"
        raise Ambiguous(f"found {shown!r}, which can mean {one} or {other}; write one of these")
    if match := re.fullmatch(r"([0-9]{1,2})[. -]*([A-Za-z]+)[., -]*([0-9]{4})", shown):
        return int(match[3]), _month(match[2], shown), int(match[1])
    if match := re.fullmatch(r"([A-Za-z]+)\.? *([0-9]{1,2})(?:st|nd|rd|th)?,? *([0-9]{4})", shown):
        return int(match[3]), _month(match[1], shown), int(match[2])
    raise Ambiguous(f"found {shown!r}; allowed: a date such as 2027-01-31")


def _month(typed: str, shown: str) -> int:
    name = typed.casefold()
    for number, month in enumerate(MONTHS, start=1):
        if name in (month, month[:3]) or (name, month) == ("sept", "september"):
            return number
    raise Ambiguous(f"found {shown!r}; allowed: a date such as 2027-01-31")

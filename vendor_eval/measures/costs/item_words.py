"""Words in the text of a price line that say what its price is for: quantities, periods, units."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["quantity", "unit", "period", "total", "option"]
CURRENCY = (
    r"(?:EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|INR|ZAR|MAD|JPY|CAD|AUD|euros?|dollars?|"
    r"pounds?)"
)
LARGE = r"(?:k|m|mio|million|thousand|bn)"
DIGITS = r"\d+(?:[ .,'\u2019]\d{3})*"
PER = r"(?:\bper\s+|(?<!\d)(?<!\d\s)/\s?)"
PERIODS = {
    "hour": (r"(?:(?:productive|worked|agent|staff)[ -])?h(?:(?:ou)?rs?)?", "hourly"),
    "day": (r"days?", "daily"),
    "week": (r"w(?:ee)?ks?", "weekly"),
    "month": (r"mo(?:nth)?s?|3\d days", "monthly"),
    "quarter": (r"quarters?|(?:3|three) months", "quarterly"),
    "year": (r"y(?:ea)?rs?|annum|(?:12|twelve) months", "annual|annually|yearly"),
}
"""By period: what follows "per" or "a", and what stands before a fee."""
ABBREVIATED = {
    "year": r"\bp\.\s?a\b\.?|\bp/a\b",
    "month": r"(?<!\d)(?<!\d\s)\bp\.\s?m\b\.?|\bpcm\b",
}
FEE = (
    r"(?:fees?|charges?|prices?|rates?|costs?|amounts?|totals?|sum|licen[cs]es?|subscriptions?|"
    r"maintenance|retainer|payments?|salary|salaries|support|hosting|rental|rent|budget|value)"
)
NO_FEE = r"(?!\s+(?:adjust|increas|index|review|chang|rise|report))"
UNITS = {
    "transaction": r"(?:contact|call)(?!s?[ -]?cent(?:er|re))s?|transactions?|tickets?|e-?mails?|"
    r"chats?|cases?|claims?|invoices?|orders?|interactions?",
    "FTE": r"FTEs?|agents?|heads?|employees?|seats?|persons?|advis[eo]rs?",
}
PEOPLE = r"(?:FTEs?|agents?|heads?|employees?|seats?|staff|people|advis[eo]rs?)"
TIMES = r"(?:%|(?:min(?:ute)?s?|h(?:(?:ou)?rs?)?|days?|w(?:ee)?ks?|months?|y(?:ea)?rs?|seconds?)\b)"
NO_SPAN = r"(?!\s+(?:of|shifts?|teams?|rota|cover)\b)"
"""What follows a day or quarter that is no price's: "a quarter of the contacts", "day shift"."""
COUNTING = r"(?:once|twice|thrice|one|two|three|four|five|six|eight|ten|twelve|several|many)"
NUMBERING = re.compile(
    r"\b(?:year|month|tier|band|phase|lot|level|line|step|stage|block|site)s?\s?"
    r"(?:no\.?\s?|#\s?)?\d{1,2}(?:\s?(?:-|\u2013|to|and|/)\s?\d{1,2})?\b",
    re.IGNORECASE,
)
"""Numbers that say which, not how many."""
COUNTED = re.compile(
    rf"(?:\d\s?%(?:\s+[\w-]+){{0,2}}|\b1|\b{COUNTING}(?:\s+[\w-]+){{0,2}}"
    rf"|\d\s*(?:{LARGE}\s+)?(?!(?:{CURRENCY}|{LARGE})\b)[a-z][\w-]*(?:\s+[a-z][\w-]*){{0,2}})\s*$"
    r"|\b(?:billed|invoiced|paid|payable|reviewed|indexed|adjusted|updated|increased|reported|"
    r"charged|credited|settled|in advance|invoices?|reports?|reviews?|billing)\s*$",
    re.IGNORECASE,
)
"""What stands before a period that is not the price's: "3 % a year", "400 hours a month"."""

NEARBY = 80
"""Characters before a word that may say what it counts; a hostile text may hold many words."""


@dataclass(frozen=True)
class Word:
    """Words of a text: what kind they are of, what they mean, and how they are written."""

    kind: Kind
    means: str
    """A period or unit, "100", or "" for a total or an option."""
    text: str


def words_in(item: str) -> tuple[Word, ...]:
    """What an item's text says of its price, each kind in the order of the text."""
    text = plain_item(item)
    every = [*_quantities(text), *_units(text), *_periods(text), *_totals(text), *_options(text)]
    return tuple(dict.fromkeys(every))


def periods_of_volumes(item: str) -> tuple[str, ...]:
    """The periods that an item names, those of something that it counts included."""
    return tuple(word.means for word in _periods(plain_item(item), of_prices=False))


def plain_item(item: str) -> str:
    """An item's text with plain spaces, and without numbers that say which, as in "Year 2"."""
    spaced = " ".join(unicodedata.normalize("NFKC", item).split())
    return " ".join(NUMBERING.sub(" ", spaced).split())


def _matches(pattern: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(pattern, text, re.IGNORECASE)


def _quantities(text: str) -> Iterator[Word]:
    several = rf"(?:(?P<digits>{DIGITS})\s?(?P<k>k\b)?|(?P<word>hundred|thousand|mille|dozen)\b)"
    for match in _matches(
        rf"(?:{PER}|\b(?:each|every|pro)\s+){several}(?![\s-]?{TIMES})(?!\d|:|/\d)", text
    ):
        people = re.match(rf"\s?(?:[a-z]+\s)?{PEOPLE}\b", text[match.end() :], re.IGNORECASE)
        single = match["digits"] and re.sub(r"\D", "", match["digits"]) in ("0", "1")
        if not (single and not match["k"]) and not people and not _counted(text, match.start()):
            yield Word("quantity", "several", match[0].strip())
    for match in _matches(
        rf"\b(?:block|pack|bundle|package|batch|bucket)s?\s+of\s+(?:{DIGITS}|hundred)\b", text
    ):
        yield Word("quantity", "bundle", match[0])


def _units(text: str) -> Iterator[Word]:
    for unit, names in UNITS.items():
        for match in _matches(rf"\bper\s+(?:{names})\b", text):
            if not _counted(text, match.start()):
                yield Word("unit", unit, match[0])


def _periods(text: str, *, of_prices: bool = True) -> Iterator[Word]:
    for period, (names, adjectives) in PERIODS.items():
        patterns = [rf"(?:\bper\s+|/\s?|\ban?\s+|\bper\s+[\w-]+\s+and\s+)(?:{names})\b{NO_SPAN}"]
        patterns += [ABBREVIATED[period]] if period in ABBREVIATED else []
        # alone, or before a fee: "monthly reports" says nothing of the price
        alone = r"\s*(?:$|[,;:()\[\]/])"
        patterns += [rf"\b(?:{adjectives})\b(?=(?:[\s-]+[a-z]+)?[\s-]+{FEE}\b{NO_FEE}|{alone})"]
        for match in (m for pattern in patterns for m in _matches(pattern, text)):
            if not (of_prices and _counted(text, match.start())):
                yield Word("period", period, match[0].strip())


def _totals(text: str) -> Iterator[Word]:
    not_one = r"(?!\s+(?:cost\s+of\s+ownership|quality|care|experience))"
    for match in _matches(rf"\b(?:(?:grand|sub)[ -]?)?total\b{not_one}|^sum\b|\bsum\s+of\b", text):
        yield Word("total", "", match[0])


def _options(text: str) -> Iterator[Word]:
    negated = r"(?<!\bno )(?<!\bnot )(?<!\bnon-)(?<!\bwithout )"
    conditions = r"if (?:required|needed|requested|ordered)|(?:up)?on request"
    for match in _matches(rf"{negated}\b(?:option(?:al|ally)?|{conditions})\b", text):
        yield Word("option", "", match[0])


def _counted(text: str, start: int) -> bool:
    """Whether what stands before a place counts something, so that no price's period follows."""
    return COUNTED.search(text[max(0, start - NEARBY) : start]) is not None

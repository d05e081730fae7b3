"""The sections of a number format, each a row of tokens (ECMA-376 part 1, 18.8.31)."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from vendor_eval.bids.workbooks.notation import currency_code

TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|(?P<space>_.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]"""
    r"|(?P<general>general)|(?P<noon>AM/PM|A/P)|E(?P<exponent>[+-])"
    r"|(?P<time>y+|m+|d+|h+|s+)|(?P<digit>[0#?])|(?P<mark>[.,%])|(?P<text>@)|(?P<end>;)"
    r"|(?P<slash>/)|(?P<refused>[beg])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
COLOUR = re.compile(
    "(?:black|blue|cyan|green|magenta|red|white|yellow|brown|gr[ae]y|colou?r ?[0-9]{1,2})",
    re.IGNORECASE,
)
CURRENCY = re.compile(r"\$([^-]*)(?:-(.+))?")
CALENDARS, NUMERALS = {0, 1, 2, 9, 10, 11, 12}, {0, 1}
"""The Gregorian calendars and Western numerals of a locale's number (MS-OI29500, 2.1.739)."""
FILLS = frozenset(" ._=#~*")
"""What fills a cell to its width without being read as part of it; how often a digit is shown
hangs on the width."""


class Unrendered(ValueError):
    """What a cell shows is not known: its format is broken, or of a kind that is not rendered."""


@dataclass(frozen=True)
class Token:
    """A piece of a number format."""

    kind: str
    text: str
    judged: str = ""


@dataclass(frozen=True)
class FormatSection:
    """One of the parts of a number format that semicolons separate."""

    tokens: tuple[Token, ...]
    conditions: tuple[tuple[str, Decimal], ...] = ()
    colour: str = ""
    """The colour that it states, in small letters."""

    def has(self, *kinds: str) -> bool:
        """Whether it has a piece of one of these kinds."""
        return not self._kinds.isdisjoint(kinds)

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(token.kind for token in self.tokens)

    @property
    def dated(self) -> bool:
        """Whether it shows a number as a date or a time."""
        return self.has("time", "elapsed", "noon")

    def holds(self, number: Decimal) -> bool:
        """Whether its condition, if it has one, holds for a number."""
        return all(COMPARED[sign](number, bound) for sign, bound in self.conditions)


COMPARED = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


@lru_cache(maxsize=1024)
def sections_of(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format, a part of it that is not known kept as "unknown"."""
    sections: list[FormatSection] = []
    tokens: list[Token] = []
    conditions: list[tuple[str, Decimal]] = []
    colour = ""
    for match in TOKEN.finditer(code or "General"):
        kind, piece = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "end":
            sections.append(FormatSection(tuple(tokens), tuple(conditions), colour))
            tokens, conditions, colour = [], [], ""
        elif kind == "bracket" and (condition := CONDITION.fullmatch(piece)):
            conditions.append((condition[1], Decimal(condition[2])))
        elif kind == "bracket" and COLOUR.fullmatch(piece):
            colour = piece.lower()
        else:
            tokens += _token(kind, piece)
    return (*sections, FormatSection(tuple(tokens), tuple(conditions), colour))


def _token(kind: str, piece: str) -> list[Token]:
    """A piece of a format as what it shows."""
    if kind == "quoted":
        literal = piece.strip('"')
    elif kind == "space":
        literal = " "
    elif kind == "fill":
        if piece not in FILLS:
            return [Token("unknown", piece)]
        literal = ""
    elif kind in ("escaped", "plain"):
        literal = piece
    elif kind == "bracket":
        return _bracket(piece)
    elif kind in ("noon", "exponent"):
        return [Token(kind, piece)]
    else:
        return [Token(kind, piece.lower())]
    return [Token("literal", literal, literal)]


def _bracket(piece: str) -> list[Token]:
    """What stands in brackets: a currency or locale, or elapsed time."""
    if re.fullmatch("h+|m+|s+", piece, re.IGNORECASE):
        return [Token("elapsed", piece.lower())]
    if not (match := CURRENCY.fullmatch(piece)):
        return [Token("unknown", piece)]
    symbol, locale = match[1], match[2] or ""
    if re.fullmatch("[0-9A-Fa-f]{5,8}", locale):
        number = int(locale, 16)
        if (number >> 16) & 0xFF not in CALENDARS or number >> 24 not in NUMERALS:
            return [Token("unknown", piece)]
    return [Token("literal", symbol, currency_code(symbol, locale))] if symbol else []

"""What a spreadsheet shows for what a cell holds, by the cell's number format.

ECMA-376 part 1, 18.8.31, with the marks of English: a point before decimals, commas between
thousands. Fractions, other calendars and other numerals are not rendered.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache
from typing import Literal

from vendor_eval.bids.workbooks import date_formats
from vendor_eval.bids.workbooks.notation import currency_code
from vendor_eval.wording import plain

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
"""What fills a cell to its width without being read as part of it."""
EXACT = Context(prec=700)
"""As many digits as the largest number and the longest format can show."""


class Unrendered(ValueError):
    """What a cell shows is not known: its format is broken, or of a kind that is not rendered."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a cell shows."""

    text: str
    """As a person sees it, without outer spaces."""
    kind: Literal["number", "date", "text"]
    judged: str = ""
    """A number without marks of thousands; a currency that its locale decides by its code."""
    per_cent: int = 0
    """How many times the number is shown multiplied by 100."""
    fields: frozenset[str] = frozenset()
    """What a date or time shows, of "year", "month", "day", "hour", "minute" and "second"."""


@dataclass(frozen=True)
class Token:
    """A piece of a number format."""

    kind: str
    text: str
    judged: str = ""


@dataclass(frozen=True)
class Section:
    """One of the parts of a number format that semicolons separate."""

    tokens: tuple[Token, ...]
    conditions: tuple[tuple[str, Decimal], ...] = ()

    def has(self, *kinds: str) -> bool:
        """Whether it has a piece of one of these kinds."""
        return any(token.kind in kinds for token in self.tokens)

    @property
    def dated(self) -> bool:
        """Whether it shows a number as a date or a time."""
        return self.has("time", "elapsed", "noon")

    def holds(self, number: Decimal) -> bool:
        """Whether its condition, if it has one, holds for a number."""
        return all(COMPARED[sign](number, bound) for sign, bound in self.conditions)

    @cached_property
    def places(self) -> "Places":
        """How it lays out digits."""
        return _places(self.tokens)


COMPARED = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


def shown_number(number: float, code: str, epoch: date) -> Shown:
    """What a number is shown as; raises Unrendered."""
    exact = Decimal(f"{number:.15g}")  # the digits that a spreadsheet holds
    section, magnitude = _section_for(exact, code)
    strange = ("general", "digit", "exponent") if section.dated else ("slash",)
    if section.has("refused", "unknown", *strange):
        raise Unrendered
    if section.dated:
        pieces = [(token.kind, token.text) for token in section.tokens]
        text, fields = date_formats.rendered(number, pieces, epoch)
        return Shown(text.strip(), "date", fields=fields)
    minus = "-" if magnitude < 0 else ""
    text = minus + _digits_shown(abs(magnitude), section, ",")
    judged = minus + _digits_shown(abs(magnitude), section, "")
    return Shown(text.strip(), "number", judged.strip(), section.places.per_cent)


def shown_text(text: str, code: str) -> str:
    """What a text is shown as."""
    if code in ("General", "@"):
        return text
    sections = _sections(code)
    if len(sections) < 4 and not sections[-1].has("text"):
        return text
    tokens = sections[-1].tokens
    return "".join(text if token.kind == "text" else token.text for token in tokens)


def _section_for(number: Decimal, code: str) -> tuple[Section, Decimal]:
    """The section that a number is shown by, and the number that it shows, without a sign that
    the section replaces; raises Unrendered."""
    sections = _sections(code)
    if len(sections) > 4:
        raise Unrendered
    if sections[-1].has("text") and len(sections) > 1:
        sections = sections[:-1]
    sections = sections[:3]
    if len(sections) == 1 and sections[0].has("text"):
        return _sections("General")[0], number
    if any(section.has("text") for section in sections):
        raise Unrendered
    if any(section.conditions for section in sections):
        return _conditional(number, sections), number
    if len(sections) == 1 or number > 0 or (number == 0 and len(sections) == 2):
        return sections[0], number
    return sections[1 if number < 0 else 2], abs(number)


def _conditional(number: Decimal, sections: Sequence[Section]) -> Section:
    """The section whose condition holds; Unrendered where programs differ or show none."""
    if number < 0 or (len(sections) == 3 and not sections[1].conditions):
        raise Unrendered  # whether the sign is shown depends on the program
    chosen = next((section for section in sections if section.holds(number)), None)
    if chosen is None:
        raise Unrendered
    return chosen


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[Section, ...]:
    """The sections of a format, a part of it that is not known kept as "unknown"."""
    sections: list[Section] = []
    tokens: list[Token] = []
    conditions: list[tuple[str, Decimal]] = []
    for match in TOKEN.finditer(code or "General"):
        kind, piece = str(match.lastgroup), match[match.lastgroup or 0]
        if kind == "end":
            sections.append(Section(tuple(tokens), tuple(conditions)))
            tokens, conditions = [], []
        elif kind == "bracket" and (condition := CONDITION.fullmatch(piece)):
            conditions.append((condition[1], Decimal(condition[2])))
        else:
            tokens += _token(kind, piece)
    return (*sections, Section(tuple(tokens), tuple(conditions)))


def _token(kind: str, piece: str) -> list[Token]:
    """A piece of a format as what it shows; nothing for a colour."""
    if kind == "quoted":
        literal = piece.strip('"')
    elif kind == "space":
        literal = " "
    elif kind == "fill":
        literal = "" if piece in FILLS else piece
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
    """What stands in brackets: a colour, a currency or locale, or elapsed time."""
    if COLOUR.fullmatch(piece):
        return []
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


@dataclass(frozen=True)
class Places:
    """Where a section shows digits: its tokens before and after the decimal point, and scale."""

    whole: tuple[int, ...]
    decimals: tuple[int, ...]
    exponent: tuple[int, ...]
    point: int | None
    grouped: bool
    thousands: int
    """How many times the number is divided by 1000."""
    per_cent: int


def _places(tokens: Sequence[Token]) -> Places:
    at = [n for n, token in enumerate(tokens) if token.kind == "exponent"]
    end = at[0] if at else len(tokens)
    digits = [n for n in range(end) if tokens[n].kind == "digit"]
    points = [n for n in range(end) if tokens[n].text == "." and tokens[n].kind == "mark"]
    point = points[0] if points else None
    whole = tuple(n for n in digits if point is None or n < point)
    decimals = tuple(n for n in digits if point is not None and n > point)
    grouped, thousands = False, 0
    for n, token in enumerate(tokens):
        if (token.kind, token.text) != ("mark", ","):
            continue
        if whole and whole[0] < n < whole[-1]:
            grouped = True
        elif digits and n > digits[-1] or (whole and point and whole[-1] < n < point):
            thousands += 1
        else:
            raise Unrendered
    exponent = tuple(n for n in range(end, len(tokens)) if tokens[n].kind == "digit")
    if len(points) > 1 or len(at) > 1 or (at and not (whole and exponent)):
        raise Unrendered
    per_cent = sum(token.text == "%" for token in tokens if token.kind == "mark")
    return Places(whole, decimals, exponent, point, grouped, thousands, per_cent)


def _digits_shown(number: Decimal, section: Section, mark: str) -> str:
    """A number, at least 0, as a section shows it, with this mark between thousands."""
    at = section.places
    scaled = number.scaleb(2 * at.per_cent - 3 * at.thousands, EXACT)
    power = 0
    if at.exponent:
        scaled, power = _mantissa(scaled, len(at.whole), len(at.decimals))
    rounded = _rounded(scaled, len(at.decimals))
    before, _, after = f"{rounded:f}".partition(".")
    digits = _whole_digits(before.lstrip("0"), section, mark if at.grouped else "")
    digits |= _decimal_digits(after, section)
    if at.exponent:
        digits |= _exponent_digits(abs(power), section)
    shown = []
    for n, token in enumerate(section.tokens):
        if n == at.point:
            shown.append(_point(before, digits, section, seen=bool(mark)))
        elif token.kind == "general":
            shown.append(plain(float(number)))
        elif token.kind == "exponent":
            shown.append("E" + ("-" if power < 0 else token.text.replace("-", "")))
        elif token.kind == "literal":
            shown.append(token.text if mark else token.judged)
        elif token.kind == "digit":
            shown.append(digits[n])
        elif token.text == "%":
            shown.append("%")
    return "".join(shown)


def _point(before: str, digits: dict[int, str], section: Section, *, seen: bool) -> str:
    """The decimal point; in what is judged with a 0 before it and only before decimals."""
    at = section.places
    whole = "".join(digits[n] for n in at.whole).strip()
    missing = before.lstrip("0") if not at.whole else ""
    if seen:
        return f"{missing}."
    zero = "" if whole or missing else "0"
    return missing + zero + ("." if "".join(digits[n] for n in at.decimals).strip() else "")


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACT)


def _mantissa(number: Decimal, whole: int, decimals: int) -> tuple[Decimal, int]:
    """A number as one of up to `whole` digits, times ten to a power that `whole` divides."""
    if not number:
        return number, 0
    power = number.adjusted() // whole * whole
    mantissa = number.scaleb(-power, EXACT)
    if _rounded(mantissa, decimals) >= 10**whole:
        power += whole
        mantissa = number.scaleb(-power, EXACT)
    return mantissa, power


def _whole_digits(digits: str, section: Section, mark: str) -> dict[int, str]:
    """What stands at each place before the decimal point; all that is left at the first."""
    places, shown = section.places.whole, {}
    for position, n in enumerate(reversed(places)):
        first = n == places[0]
        here = digits[: len(digits) - position] if first else digits[-1 - position :][:1]
        if position >= len(digits):
            here = {"0": "0", "?": " ", "#": ""}[section.tokens[n].text]
        apart = len(here) - 1 + position
        pieces = [
            digit + (mark if (apart - i) % 3 == 0 and apart > i and digit != " " else "")
            for i, digit in enumerate(here)
        ]
        shown[n] = "".join(pieces)
    return shown


def _decimal_digits(digits: str, section: Section) -> dict[int, str]:
    """What stands at each place after the decimal point: zeros at the end only where asked."""
    shown, needed = {}, False
    for n, digit in reversed(list(zip(section.places.decimals, digits, strict=False))):
        sign = section.tokens[n].text
        needed = needed or digit != "0" or sign == "0"
        shown[n] = digit if needed else {"?": " ", "#": ""}[sign]
    return shown


def _exponent_digits(power: int, section: Section) -> dict[int, str]:
    places = section.places.exponent
    digits = f"{power:0{len(places)}}"
    spread = [digits[: len(digits) - len(places) + 1], *digits[len(digits) - len(places) + 1 :]]
    return dict(zip(places, spread, strict=True))

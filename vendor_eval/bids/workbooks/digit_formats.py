"""How a section of a number format lays out a number's digits (ECMA-376 part 1, 18.8.31)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from vendor_eval.bids.workbooks.format_sections import Token, Unrendered
from vendor_eval.wording import plain

EXACT = Context(prec=2000)
"""As many digits as the largest number and the longest format can show."""


@dataclass(frozen=True)
class DigitPlaces:
    """Where a section shows digits, before and after the decimal point, and in what scale."""

    tokens: tuple[Token, ...]
    whole: tuple[int, ...]
    decimals: tuple[int, ...]
    exponent: tuple[int, ...]
    point: int | None
    grouped: bool
    thousands: int
    """How many times the number is divided by 1000."""
    per_cent: int


@lru_cache(maxsize=1024)
def digit_places(tokens: tuple[Token, ...]) -> DigitPlaces:
    """Where tokens lay out digits; raises Unrendered where programs differ."""
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
        elif (digits and n > digits[-1]) or (whole and point and whole[-1] < n < point):
            thousands += 1
        else:
            raise Unrendered
    exponent = tuple(n for n in range(end, len(tokens)) if tokens[n].kind == "digit")
    if len(points) > 1 or len(at) > 1 or (at and not (whole and exponent)):
        raise Unrendered
    per_cent = sum(token.text == "%" for token in tokens if token.kind == "mark")
    if per_cent and thousands:
        raise Unrendered
    return DigitPlaces(tokens, whole, decimals, exponent, point, grouped, thousands, per_cent)


def digits_shown(number: Decimal, at: DigitPlaces, mark: str) -> str:
    """A number, at least 0, as a section shows it, with this mark between thousands.

    Without a mark it is what is judged: currencies by their codes, digits as they are entered.
    """
    scaled = number.scaleb(2 * at.per_cent - 3 * at.thousands, EXACT)
    power = 0
    if at.exponent:
        scaled, power = _mantissa(scaled, len(at.whole), len(at.decimals))
    rounded = _rounded(scaled, len(at.decimals))
    before, _, after = f"{rounded:f}".partition(".")
    digits = _whole_digits(before.lstrip("0"), at, mark if at.grouped else "")
    digits |= _decimal_digits(after, at)
    if at.exponent:
        digits |= _exponent_digits(abs(power), at)
    shown = []
    for n, token in enumerate(at.tokens):
        if n == at.point:
            shown.append(_point(before, digits, at, seen=bool(mark)))
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


def _point(before: str, digits: dict[int, str], at: DigitPlaces, *, seen: bool) -> str:
    """The decimal point; in what is judged with a 0 before it and only before decimals."""
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


def _whole_digits(digits: str, at: DigitPlaces, mark: str) -> dict[int, str]:
    """What stands at each place before the decimal point; all that is left at the first."""
    shown = {}
    for position, n in enumerate(reversed(at.whole)):
        first = n == at.whole[0]
        here = digits[: len(digits) - position] if first else digits[-1 - position :][:1]
        if position >= len(digits):
            here = {"0": "0", "?": " ", "#": ""}[at.tokens[n].text]
        apart = len(here) - 1 + position
        pieces = [
            digit + (mark if (apart - i) % 3 == 0 and apart > i and digit != " " else "")
            for i, digit in enumerate(here)
        ]
        shown[n] = "".join(pieces)
    return shown


def _decimal_digits(digits: str, at: DigitPlaces) -> dict[int, str]:
    """What stands at each place after the decimal point: zeros at the end only where asked."""
    shown, needed = {}, False
    for n, digit in reversed(list(zip(at.decimals, digits, strict=False))):
        sign = at.tokens[n].text
        needed = needed or digit != "0" or sign == "0"
        shown[n] = digit if needed else {"?": " ", "#": ""}[sign]
    return shown


def _exponent_digits(power: int, at: DigitPlaces) -> dict[int, str]:
    digits = f"{power:0{len(at.exponent)}}"
    first = len(digits) - len(at.exponent) + 1
    return dict(zip(at.exponent, [digits[:first], *digits[first:]], strict=True))

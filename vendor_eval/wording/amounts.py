"""Amounts of money in words, each with its currency."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from vendor_eval.wording.numbers import NO_BREAK, nine_decimals, quantized, rounded

NO_CURRENCY = "XXX"
"""What ISO 4217 writes where no currency is meant, or none is known."""


@dataclass(frozen=True)
class KindOfMoney:
    """How one kind of money is called, by what it stands with."""

    noted: str
    """In a note on how an amount was counted."""
    counted_in: str
    """After what a table or a sentence counts, such as "Over 36 months"."""
    behind_amount: str
    """After an amount; "" for money as it is paid, which a reader expects."""


KINDS_OF_MONEY = {
    "nominal": KindOfMoney("as paid", "as paid", ""),
    "real": KindOfMoney(
        "in money of the start", "in money of the service start", "in money of the start"
    ),
    "present_value": KindOfMoney(
        "present value", "as present value at the service start", "in present value"
    ),
}
"""By the name that rules give it."""


def money(amount: float, currency: str) -> str:
    """An amount with its currency, as "€104,400" or "$57.33"; cents only where there are any.

    Halves are rounded away from 0, as everywhere.
    """
    # locale data costs 60 ms, and what prints no money needs none
    from babel.numbers import format_currency, get_currency_symbol

    symbol = "" if currency == NO_CURRENCY else "¤"
    digits = 0 if round(amount, 2) == round(amount) else 2
    if 0 < abs(amount) < 0.1:
        digits = min(12, 2 - math.floor(math.log10(abs(amount))))
    apart = NO_BREAK if symbol and get_currency_symbol(currency, locale="en")[-1].isalpha() else ""
    pattern = f"{symbol}{apart}#,##0" + ("." + "0" * digits if digits else "")
    exact = rounded(amount, digits) if digits <= 2 else Decimal(repr(amount))
    return str(format_currency(exact, currency, pattern, locale="en", currency_digits=False))


def money_above(amount: float, currency: str) -> str:
    """An amount rounded up: to whole units from 1,000 on, else to cents."""
    return money(float(_outward(amount, 0 if amount >= 1000 else -2, ROUND_CEILING)), currency)


def floored_amount(amount: float, decimals: int) -> float:
    """An amount rounded down to some decimals."""
    return float(_outward(amount, -decimals, ROUND_FLOOR))


def _outward(amount: float, place: int, rounding: str) -> Decimal:
    """An amount rounded up or down to a power of ten.

    What is less than a thousandth of it is float noise, which a tie within nine decimals of a point
    leaves in an amount.
    """
    without_noise = quantized(Decimal(repr(float(amount))), 3 - place, ROUND_HALF_EVEN)
    return quantized(without_noise, -place, rounding)


def money_about(amount: float, currency: str) -> str:
    """An amount to three significant digits, with "about" where that is not all of it."""
    shown = _three_digits(amount, ROUND_HALF_UP)
    about = "" if shown == round(amount, 9) else "about "
    return about + money(shown, currency)


def money_whole(amount: float, currency: str) -> str:
    """An amount to whole units from 1,000 on, else to cents."""
    return money(money_shown(amount), currency).replace("-", "\u2212")


def money_shown(amount: float) -> float:
    """An amount as `money_whole` shows it, so that differences are those of what is shown."""
    return float(rounded(amount, 0 if abs(amount) >= 1000 else 2))


def parts_shown(parts: Sequence[float]) -> tuple[float, ...]:
    """Amounts as they are shown next to their sum, so that they add up to it as it is shown.

    Each is rounded down to the unit of the sum, and what is left goes to those that lost most, the
    first of equals (the method of largest remainders).
    """
    exact = [nine_decimals(part) for part in parts]
    total = Decimal(repr(money_shown(float(sum(exact)))))
    decimals = 0 if abs(total) >= 1000 else 2
    unit = Decimal(1).scaleb(-decimals)
    down = [quantized(part, decimals, ROUND_FLOOR) for part in exact]
    left = int((total - sum(down)) / unit)
    most = sorted(range(len(exact)), key=lambda n: down[n] - exact[n])
    return tuple(float(down[n] + (unit if n in most[:left] else 0)) for n in range(len(exact)))


SIZES = {"K": "k", "M": "m", "B": "bn", "T": "tn"}
"""How business writes what CLDR's compact formats write."""


def money_brief(amount: float, currency: str) -> str:
    """An amount to three significant digits, in thousands or millions, as "€12.3m" or "€412k"."""
    shown = _three_digits(amount, ROUND_HALF_UP)
    return money_whole(amount, currency) if abs(shown) < 1000 else _compact(shown, currency)


def money_brief_above(amount: float, currency: str) -> str:
    """The same rounded up, so that what is shown is enough: "€805k" for 804,961."""
    shown = _three_digits(amount, ROUND_CEILING)
    return money_above(amount, currency) if abs(shown) < 1000 else _compact(shown, currency)


def _three_digits(amount: float, rounding: str) -> float:
    place = nine_decimals(amount).adjusted() - 2
    return float(_outward(amount, place, rounding))


def _compact(shown: float, currency: str) -> str:
    """An amount that has three digits already, or Babel writes 999,999 as "1000K"."""
    from babel.numbers import format_compact_decimal

    brief = format_compact_decimal(abs(shown), locale="en", fraction_digits=2)
    # not Babel's compact currencies, which write "CHF12M" without a space
    figure = brief[:-1] + SIZES[brief[-1]]
    return ("\u2212" if shown < 0 else "") + money(0, currency).replace("0", figure)

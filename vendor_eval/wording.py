"""Numbers in words: rounded only here, and so that what is said is true of the exact number."""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

NO_BREAK = "\u00a0"
METHOD_NAMES = {
    "cocoso": "CoCoSo",
    "electre2": "ELECTRE II",
    "moora_reference_point": "MOORA reference point",
    "promethee2": "PROMETHEE II",
    "simplified_probid": "Simplified PROBID",
}
"""Proper names that their registered names do not give."""
NO_CURRENCY = "XXX"
"""What ISO 4217 writes where no currency is meant, or none is known."""


def money(amount: float, currency: str) -> str:
    """An amount with its currency, as "€104,400" or "$57.33"; cents only where there are any."""
    # locale data costs 60 ms, and what prints no money needs none
    from babel.numbers import format_currency, get_currency_symbol

    symbol = "" if currency == NO_CURRENCY else "¤"
    digits = 0 if round(amount, 2) == round(amount) else 2
    if 0 < abs(amount) < 0.1:
        digits = min(12, 2 - math.floor(math.log10(abs(amount))))
    apart = NO_BREAK if symbol and get_currency_symbol(currency, locale="en")[-1].isalpha() else ""
    pattern = f"{symbol}{apart}#,##0" + ("." + "0" * digits if digits else "")
    return str(format_currency(amount, currency, pattern, locale="en", currency_digits=False))


def money_above(amount: float, currency: str) -> str:
    """An amount rounded up: to whole units from 1,000 on, else to cents."""
    step = Decimal(1) if amount >= 1000 else Decimal("0.01")
    return money(float(_exact(amount).quantize(step, rounding=ROUND_CEILING)), currency)


def money_about(amount: float, currency: str) -> str:
    """An amount to three significant digits, with "about" where that is not all of it."""
    shown = float(f"{amount:.3g}")
    about = "" if shown == round(amount, 9) else "about "
    return about + money(shown, currency)


def money_whole(amount: float, currency: str) -> str:
    """An amount to whole units from 1,000 on, else to cents."""
    return money(money_shown(amount), currency).replace("-", "\u2212")


def money_shown(amount: float) -> float:
    """An amount as `money_whole` shows it, so that differences are those of what is shown."""
    return float(rounded(amount, 0 if abs(amount) >= 1000 else 2))


def money_brief(amount: float, currency: str) -> str:
    """An amount to three significant digits, in thousands or millions, as "€12.3m" or "€412k"."""
    shown = float(f"{amount:.3g}")
    for size, word in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(shown) >= size:
            figure = f"{float(f'{shown / size:.3g}'):g}"
            digits = len(figure.partition(".")[2])
            return _scaled(shown / size, digits, currency) + word
    return money(round(amount, 2), currency)


def _scaled(number: float, digits: int, currency: str) -> str:
    """A number with its currency and a set number of decimals."""
    sample = money(0, currency)
    sign = "\u2212" if number < 0 else ""
    return sign + sample.replace("0", f"{abs(number):.{digits}f}")


def points(share: float) -> str:
    """A value or score in [0, 1] as points to one decimal, as "73.6"."""
    return f"{rounded(100 * share, 1)}"


def difference(share: float) -> str:
    """A difference of contributions with its sign, as "+6.3 points", "−7.5 points", "+0.03 points".

    What one decimal would show as nothing has one digit that is not 0.
    """
    exact = abs(_exact(100 * share))
    shown = rounded(100 * share, 1).copy_abs()
    if not shown and exact:
        shown = rounded(float(exact), -exact.adjusted())
    sign = "" if not exact else "+" if share > 0 else "\u2212"
    return f"{sign}{shown:f} points"


def lead(first: float, second: float) -> str:
    """How far a score in [0, 1] is ahead of another, in points, as "1.8 points".

    It is the difference of the scores as `points` shows them, or has one digit more; both are
    rounded to the nearest.
    """
    margin = _exact(100 * (first - second))
    shown = rounded(float(margin), 1)
    if margin and (not shown or shown != rounded(100 * first, 1) - rounded(100 * second, 1)):
        shown = rounded(float(margin), 2)
    return "less than 0.01 points" if shown == 0 < margin else f"{shown} points"


def number(x: float) -> str:
    """A number to six significant digits, or to whole units from 100,000 on, as "15.5479"."""
    exact = Decimal(repr(float(x)))
    decimals = max(0, 5 - exact.adjusted()) if exact else 0
    shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{shown:,f}".rstrip("0").rstrip(".") if decimals else f"{shown:,f}"


def percent(share: float) -> str:
    """A share in [0, 1] as a percentage to one decimal, as "34.7 %"."""
    return f"{_plain(float(rounded(100 * share, 1)))}{NO_BREAK}%"


def percents_within(low: float, high: float) -> str:
    """An interval of shares in [0, 1], rounded inwards: what holds in it holds in what is shown."""
    return " to ".join(bounds_within(low, high))


def bounds_within(low: float, high: float) -> tuple[str, str]:
    """The ends of such an interval, in as many digits as keep them in order."""
    for digits in range(len(QUANTA)):
        first = _bound(100 * low, ROUND_CEILING, digits)
        last = _bound(100 * high, ROUND_FLOOR, digits)
        if float(first) <= float(last):
            break
    return f"{first}{NO_BREAK}%", f"{last}{NO_BREAK}%"


def percent_beyond(bound: float, today: float) -> str:
    """A bound on a share in [0, 1], rounded away from today's: past what is shown it is passed."""
    return percent_below(bound) if bound < today else percent_above(bound)


def percent_below(share: float) -> str:
    """A share as a percentage rounded down: whatever is below it is below the share."""
    return f"{_bound(100 * share, ROUND_FLOOR)}{NO_BREAK}%"


def percent_above(share: float) -> str:
    """A share as a percentage rounded up: whatever is above it is above the share."""
    return f"{_bound(100 * share, ROUND_CEILING)}{NO_BREAK}%"


def of_100(share: float) -> str:
    """A share of weightings in [0, 1] as a whole number of 100, rounded down: 100 is all."""
    return str(math.floor(round(100 * share, 9)))


def in_100(share: float) -> str:
    """The same for a table, where 0 is none of them: "<1" stands between."""
    shown = of_100(share)
    return "<1" if shown == "0" and round(100 * share, 9) > 0 else shown


def times_of_100(share: float) -> str:
    """The same in a sentence, as "75 of 100"; "fewer than 1 of 100" for less than that."""
    shown = in_100(share)
    return f"{'fewer than 1' if shown == '<1' else shown} of 100"


def brief(name: str, most: int) -> str:
    """A name of at most so many characters, cut after a word where it is longer."""
    if len(name) <= most:
        return name
    cut = name[:most]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:-1]).rstrip(" ,;:&-") + "\u2026"


def listed(names: list[str], *, at_most: int = 3) -> str:
    """Names as "A, B and C", or "A, B, C and 4 more"."""
    shown = names[:at_most]
    if len(names) > at_most:
        return ", ".join(shown) + f" and {len(names) - at_most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


def ended(text: str) -> str:
    """Sentences in which a name that ends with a stop, or was cut, brings no second one."""
    return re.sub(r"(?<=[^\W\d_])\.\.(?=\s|$)", ".", text.replace("\u2026.", "\u2026"))


def counted(n: int, noun: str) -> str:
    """A count and its noun, as "1 answer" or "2,000 answers"."""
    return f"{n:,} {agreeing(n, noun, f'{noun}s')}"


def agreeing(n: int, one: str, several: str) -> str:
    """The form of a verb or noun that agrees with a count, as "is" or "are"."""
    return one if n == 1 else several


def part_of(n: int, total: int, noun: str) -> str:
    """Some of a known number as a subject: "2 of 5 bids", "both bids", "the one bid", "no bid".

    Its verb agrees with it as `agreeing_part` says.
    """
    if n == 0:
        return f"no {noun}" if total == 1 else f"none of the {total} {noun}s"
    if n == total:
        return {1: f"the one {noun}", 2: f"both {noun}s"}.get(n, f"all {n} {noun}s")
    return f"{n} of {total} {noun}s"


def agreeing_part(n: int, total: int, one: str, several: str) -> str:
    """The form of a verb that agrees with `part_of`: "none of the 5 bids" takes the plural."""
    return one if 1 in (n, total) else several


def begun(text: str) -> str:
    """A sentence with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def other_criteria(n: int, named: int) -> str:
    """The criteria that are left once some have been named, as "Each of the 4 other criteria"."""
    if n == 1:
        return "The other criterion" if named else "The criterion"
    return f"Each of the {n} {'other ' if named else ''}criteria"


def titled(name: str) -> str:
    """A name as typed in rules, in words: "experts_first" as "Experts first"."""
    return begun(name.replace("_", " "))


def method_name(name: str) -> str:
    """A ranking method by its proper name, as "TOPSIS" or "PROMETHEE II"."""
    # what the field calls by its letters is registered in one word, the rest in several
    return METHOD_NAMES.get(name) or (titled(name) if "_" in name else name.upper())


def ordinal(n: int) -> str:
    """A rank in words, as "1st", "2nd" or "11th"."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def rounded(number: float, decimals: int) -> Decimal:
    """A number to some decimals, halves away from 0, as the explorer's JavaScript rounds it too."""
    return _exact(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0


def floored(number: float, decimals: int) -> float:
    """A number rounded down to some decimals."""
    return float(_exact(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR))


def _exact(number: float) -> Decimal:
    # nine decimals first, so that float noise below the tie tolerance moves no digit
    return Decimal(repr(round(float(number), 9)))


QUANTA = ("0.1", "0.001", "0.000001")


def _bound(percentage: float, rounding: str, digits: int = 0) -> str:
    """A percentage to one decimal, or to as many as keep it off the 0 or 100 that it is not."""
    exact = _exact(percentage)
    for quantum in QUANTA[digits:]:
        shown = exact.quantize(Decimal(quantum), rounding=rounding)
        if shown not in (0, 100) or shown == exact:
            break
    return _plain(float(shown))


def _plain(number: float) -> str:
    return f"{number:,.9g}"

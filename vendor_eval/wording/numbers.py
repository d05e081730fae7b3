"""Numbers in words: rounded only here, so that every sentence is true of the exact number."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

NO_BREAK = "\u00a0"
ANY_FLOAT = Context(prec=400)
"""Room for the digits of the largest float."""


def plain(number: float) -> str:
    """A number in as many digits as it has, whole ones without a decimal point, as "104400"."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def digits(number: float) -> str:
    """A number to the 12 digits that `results.json` holds, without a float's noise, as "0.3"."""
    return f"{number:.12g}"


def grouped(number: float) -> str:
    """The same with its thousands apart, as "12,000,000" or "0.3"."""
    return f"{number:,.12g}"


def whole(number: float) -> str:
    """A number to the next whole one, its thousands apart, as "12,000"."""
    return f"{number:,.0f}"


def decimal(number: float) -> str:
    """A number to two decimals, its thousands apart, as "1,234" or "0.5"."""
    return whole(number) if number == round(number) else f"{number:,.2f}".rstrip("0")


def number(x: float) -> str:
    """A number to six significant digits, or to whole units from 100,000 on, as "15.5479"."""
    exact = Decimal(repr(float(x)))
    decimals = max(0, 5 - exact.adjusted()) if exact else 0
    shown = quantized(exact, decimals, ROUND_HALF_UP)
    return f"{shown:,f}".rstrip("0").rstrip(".") if decimals else f"{shown:,f}"


def number_apart(x: float, bound: float | None, decimals: int | None = None) -> str:
    """A number as `number` writes it, with as many digits as show it on its side of a bound.

    `decimals`: how many to begin with, such as 1 for points; "59.96" for a bound of 60, not "60".
    """
    exact, edge = nine_decimals(x), None if bound is None else nine_decimals(bound)
    first = max(0, 5 - exact.adjusted() if exact else 0) if decimals is None else decimals
    for places in range(min(first, 9), 10):
        shown = rounded(x, places)
        if edge is None or (shown < edge, shown > edge) == (exact < edge, exact > edge):
            break
    return f"{shown:,f}".rstrip("0").rstrip(".") if "." in f"{shown:f}" else f"{shown:,f}"


def points(share: float) -> str:
    """A value or score in [0, 1] as points to one decimal, as "73.6"."""
    return f"{rounded(100 * share, 1)}"


def points_apart(share: float, bound: float) -> str:
    """A value in [0, 1] as points, with as many decimals as show it on its side of a bound.

    `bound` in points, one decimal at least, as "49.96" for a bound of 50.
    """
    exact = nine_decimals(100 * share)
    for decimals in range(1, 9):
        shown = rounded(100 * share, decimals)
        if (shown < bound) == (exact < bound):
            return f"{shown}"
    return f"{exact}"


def points_distinct(share: float, other: float) -> str:
    """A score in [0, 1] as `points`, with as many decimals as tell it from another, up to nine."""
    exact, compared = 100 * share, 100 * other
    for decimals in range(1, 10):
        if (shown := rounded(exact, decimals)) != rounded(compared, decimals):
            return f"{shown}"
    return points(share)


def difference(share: float) -> str:
    """A difference of contributions with its sign, as "+6.3 points", "−7.5 points", "+0.03 points".

    What one decimal would show as nothing has one digit that is not 0.
    """
    exact = abs(nine_decimals(100 * share))
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
    margin = nine_decimals(100 * (first - second))
    shown = rounded(float(margin), 1)
    if margin and (not shown or shown != rounded(100 * first, 1) - rounded(100 * second, 1)):
        shown = rounded(float(margin), 2)
    return "less than 0.01 points" if shown == 0 < margin else f"{shown} points"


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


def percent_below(share: float) -> str:
    """A share as a percentage rounded down: any figure below it is below the share."""
    return f"{_bound(100 * share, ROUND_FLOOR)}{NO_BREAK}%"


def percent_above(share: float) -> str:
    """A share as a percentage rounded up: any figure above it is above the share."""
    return f"{_bound(100 * share, ROUND_CEILING)}{NO_BREAK}%"


def percent_past(share: float, now: float) -> str:
    """A share that a weight moves to as a percentage, rounded away from where it is now."""
    if round(share, 9) == round(now, 9):
        return percent(now)
    return percent_below(share) if share < now else percent_above(share)


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


def ordinal(n: int) -> str:
    """A rank in words, as "1st", "2nd" or "11th"."""
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def rounded(number: float, decimals: int) -> Decimal:
    """A number to some decimals, halves away from 0, as the explorer's JavaScript rounds it too."""
    return quantized(nine_decimals(number), decimals, ROUND_HALF_UP) + 0


def floored(number: float, decimals: int) -> float:
    """A number rounded down to some decimals."""
    return float(quantized(nine_decimals(number), decimals, ROUND_FLOOR))


def quantized(number: Decimal, decimals: int, rounding: str) -> Decimal:
    """A number to some decimals, or to a power of ten where they are negative; of any size."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding, ANY_FLOAT)


def nine_decimals(number: float) -> Decimal:
    """A number to nine decimals, so that float noise below the tie tolerance moves no digit."""
    return Decimal(repr(round(float(number), 9)))


QUANTA = ("0.1", "0.001", "0.000001")


def _bound(percentage: float, rounding: str, digits: int = 0) -> str:
    """A percentage to one decimal, or to as many as keep it off the 0 or 100 that it is not."""
    exact = nine_decimals(percentage)
    for quantum in QUANTA[digits:]:
        shown = exact.quantize(Decimal(quantum), rounding)
        if shown not in (0, 100) or shown == exact:
            break
    return _plain(float(shown))


def _plain(number: float) -> str:
    return f"{number:,.9g}"

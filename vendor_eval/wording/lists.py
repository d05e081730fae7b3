"""Lists and counts in words, with what must agree with them."""

from collections.abc import Iterable
from typing import Literal

NONE = "\u2013"
"""What a table shows where there is nothing to show."""


def listed(names: Iterable[str], *, at_most: int | None = None) -> str:
    """Names as "A, B and C"; with more than `at_most` of them as "A, B, C and 4 more"."""
    every = list(names)
    if at_most is not None and len(every) > at_most:
        return f"{', '.join(every[:at_most])} and {len(every) - at_most} more"
    return _joined(every, "standard")


def either(names: Iterable[str]) -> str:
    """Names as "A, B or C"."""
    return _joined(list(names), "or")


def _joined(names: list[str], style: Literal["standard", "or"]) -> str:
    from babel.lists import format_list  # loading it costs more than most commands that print none

    # British, which has no comma before the last "and"
    return format_list(names, style, locale="en_GB")


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


def other_criteria(n: int, named: int) -> str:
    """The criteria that are left once some have been named, as "Each of the 4 other criteria"."""
    if n == 1:
        return "The other criterion" if named else "The criterion"
    return f"Each of the {n} {'other ' if named else ''}criteria"

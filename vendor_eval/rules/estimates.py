"""A number as somebody entered it: certain, a range, or a range with a likely number."""

import re
from dataclasses import dataclass
from math import isfinite

from vendor_eval.wording import plain
from vendor_eval.wording.short_repr import ShortRepr

NUMBER = r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
"""A number in a CSV: no thousands, no currency, no per cent sign, no `inf`, no `nan`."""
WRITTEN = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
"""A number as programs write it, with or without digits on either side of its point."""
_RANGE = re.compile(rf"({NUMBER})(?:\s*\.\.\s*({NUMBER}))?(?:\s*\.\.\s*({NUMBER}))?")

SMALLEST, LARGEST = 1e-15, 1e15
"""Sizes within which no formula here overflows, and more than any tender needs."""
SIZES = f"0, or a size from {SMALLEST:g} to {LARGEST:g}"
"""The numbers that are allowed, for people."""


def bounded(number: float) -> bool:
    """Whether a number is 0 or of a size that is allowed."""
    return number == 0 or SMALLEST <= abs(number) <= LARGEST


def finite(typed: object) -> float | None:
    """A number as entered in YAML; None for what is no finite number, truth values among it."""
    if not isinstance(typed, int | float) or isinstance(typed, bool):
        return None
    try:
        number = float(typed)
    except OverflowError:  # a whole number of more than 308 digits
        return None
    return number if isfinite(number) else None


@dataclass(frozen=True)
class Estimate(ShortRepr):
    """A number as somebody gave it: certain, `low..high`, or `low..likely..high`.

    `text`: as entered in a table, in plain numbers from a workbook.
    """

    low: float
    likely: float
    high: float
    peaked: bool
    """Whether it is a range whose likely number was given, and not taken as its midpoint."""
    text: str

    @property
    def certain(self) -> bool:
        """Whether it is a single number."""
        return self.low == self.high


def span(low: float, likely: float | None, high: float, text: str) -> Estimate:
    """The range between two ends; its likely number is the midpoint unless given."""
    middle = low / 2 + high / 2 if likely is None else likely
    return Estimate(low, middle, high, likely is not None and low < high, text)


def single(number: float) -> Estimate:
    """A single number; raises ValueError where it is none, or of a size that is not allowed."""
    text = plain(number)
    if not bounded(number):
        return estimate(text)
    exact = number + 0.0  # which is 0 where it was -0.0
    return Estimate(exact, exact, exact, peaked=False, text=text)


def estimate(answer: str) -> Estimate:
    """The number or range in an answer; a range's likely number is its midpoint unless given.

    Raises ValueError, with what was found and what is allowed, when the answer is neither.
    """
    allowed = "allowed: a number such as 1234.5, or a range such as 10..20 or 10..12..20"
    match = _RANGE.fullmatch(answer)
    if not match:
        grouped = "; with a decimal point, and nothing between thousands"
        comma = re.search(r"[0-9],[0-9]", answer) is not None
        raise ValueError(f"found {answer!r}; {allowed}{grouped if comma else ''}")
    numbers = [float(part) for part in match.groups() if part]
    if not all(map(bounded, numbers)):
        raise ValueError(f"found {answer!r}, which is too large or too small; allowed: {SIZES}")
    if numbers != sorted(numbers):
        raise ValueError(f"found {answer!r}; allowed: the lower end first")
    return span(numbers[0], numbers[1] if len(numbers) == 3 else None, numbers[-1], answer)

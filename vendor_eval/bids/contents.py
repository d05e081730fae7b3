"""What a cell holds, by every name that a person may read for it: in its sheet, or in a letter."""

import re
from datetime import date
from itertools import product
from math import isclose

from vendor_eval.bids.response import Value, as_text
from vendor_eval.rules.estimates import Estimate

SHOWN = re.compile(r"[-+]?\d+(\.\d+)?(e[-+]?\d+)?\s?%?", re.IGNORECASE)
"""A number as every sentence about a cell shows it, such as "300 %"."""
ENTERED = re.compile(
    r"(?:[$\u20ac\u00a3\u00a5]|[A-Z]{3})?\s?(?P<number>[-+]?\d[\d.,' \u00a0\u202f\u2019]*)"
    r"(?P<percent>\s?%)?\s?(?:[$\u20ac\u00a3\u00a5]|[A-Z]{3})?"
)
"""A number as a sheet may show it: with separators, a per cent sign or a currency."""


def names_content(name: str, shown: str, value: Value | None = None) -> bool:
    """Whether a name is one of a cell's content.

    `shown`: the cell's content as every sentence about it shows it; `value`: what it was read as.
    The same number may be entered as its format shows it, "300%", or as the cell stores it, "3".
    """
    if _bare(name) == _bare(shown):
        return True
    if isinstance(value, date):
        return name == as_text(value)
    held = {float(value)} if isinstance(value, int | float) else set[float]()
    if isinstance(value, Estimate) and value.certain:
        held.add(value.low)
    if SHOWN.fullmatch(shown):
        held |= _numbers(shown)
    return any(isclose(one, other, rel_tol=1e-11) for one, other in product(_numbers(name), held))


def _bare(text: str) -> str:
    """Text with single spaces, and none before a per cent sign."""
    return re.sub(r"\s?%", "%", " ".join(text.split()))


def _numbers(text: str) -> set[float]:
    """Every number that a text may show: with a comma or a point for decimals or thousands."""
    if SHOWN.fullmatch(text):
        digits = text.rstrip(" %")
        numbers = {float(digits)}
    else:
        numbers = set()
    if entered := ENTERED.fullmatch(text):
        digits = re.sub(r"[' \u00a0\u202f\u2019]", "", entered["number"])
        for decimal, thousands in ((".", ","), (",", ".")):
            whole = re.fullmatch(
                rf"([-+]?)(\d+|\d{{1,3}}(?:\{thousands}\d{{3}})+)(?:\{decimal}(\d+))?", digits
            )
            if whole:
                sign, units, decimals = whole[1], whole[2].replace(thousands, ""), whole[3]
                numbers.add(float(f"{sign}{units}.{decimals or 0}"))
    return {number / 100 for number in numbers} if "%" in text else numbers

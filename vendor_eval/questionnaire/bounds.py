"""What a number can be, by its unit and its question: a share of a whole, a count, a price."""

import math
import re
from dataclasses import dataclass

import numpy as np

from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.values.function import ValueFunction
from vendor_eval.wording import plain

PERCENT = re.compile(r"(?:%|per ?cents?\b|pct\b)(?P<of>.*)", re.IGNORECASE)
MONEY = re.compile(r"[A-Z]{3}\b|[$\u20ac\u00a3\u00a5]")
PRICE = re.compile(r"\b(?:prices?|costs?|fees?)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|FTEs?|agents?|people|persons?|"
    r"employees?|staff|heads?|seats?|sites?|countries|languages?|channels?|clients?|customers?|"
    r"contracts?|references?|projects?|certificates?|contacts?|calls?|e-mails?|tickets?|"
    r"transactions?|units?|hrs?|h|wks?|yrs?|min|findings?|incidents?|complaints?|errors?)\b",
    re.IGNORECASE,
)
"""Units that something is counted in: there are never fewer than none of them."""
CHANGES = re.compile(
    r"\b(?:chang|grow|increas|decreas|rise|rising|reduc|differ|deviat|varia|margin|discount|sav|"
    r"index|inflat|return|result|profit|balance|net\b|surplus|delta|against|compared|relative|"
    r"ahead|earl|late\b|later\b)\w*",
    re.IGNORECASE,
)
"""Words of what may be below 0, or more than the whole: a change, or a difference."""
TURNOVER = re.compile(
    r"\b(?:attrition|turnover|churn|leav|left|utili[sz]|of (?:the )?(?:target|plan|budget)|"
    r"over-?time|mark-?up|surcharge)",
    re.IGNORECASE,
)
"""Words of shares that may exceed 100 %, as where more agents leave in a year than there are."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most that an answer in a unit can be."""

    least: float = -math.inf
    most: float = math.inf
    unit: str = ""

    def refusal(self, number: float) -> str | None:
        """Why a number cannot be meant, with what is allowed; None where it can."""
        if self.least <= number <= self.most:
            return None
        ends = f"{plain(self.least)} to {plain(self.most)}"
        allowed = f"at least {plain(self.least)}" if math.isinf(self.most) else ends
        return f"found {plain(number)} {self.unit}".rstrip() + f"; allowed: {allowed}"


def answer_bounds(leaf: Criterion) -> Bounds:
    """What an answer that a leaf reads can be, infinite where its unit sets none.

    A leaf whose value function itself speaks of numbers beyond a bound has no such bound, as where
    the worst is below 0.
    """
    function, unit = leaf.value, leaf.unit or ""
    if function is None or not function.numeric or CHANGES.search(leaf.label):
        return Bounds()
    lowest, highest = _valued(function)
    least, most = -math.inf, math.inf
    if percent := PERCENT.match(unit):
        # "% a year" is a rate, and no share of a whole
        whole = not percent["of"].strip() or percent["of"].strip().startswith("of")
        least = 0.0
        most = 100.0 if whole and not TURNOVER.search(leaf.label) else math.inf
    elif COUNTED.match(unit) or (function.slope == "min" and _is_money(leaf)):
        least = 0.0
    return Bounds(
        least if lowest >= least else -math.inf, most if highest <= most else math.inf, unit
    )


def _is_money(leaf: Criterion) -> bool:
    unit = leaf.unit or ""
    return bool(MONEY.match(unit) or (not unit and PRICE.search(leaf.label)))


def _valued(function: ValueFunction) -> tuple[float, float]:
    """The least and the greatest number that a value function speaks of; 0 for a relative one."""
    if function.relative:
        return 0.0, 0.0
    knots = function.knots(np.zeros(0))
    return (float(knots.min()), float(knots.max())) if len(knots) else (0.0, 0.0)

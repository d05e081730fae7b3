"""Prices far below the others or below the buyer's own estimate, as the rules' `clarify` says."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vendor_eval.evaluation.evaluation import Evaluation, evaluate

OTHERS = 2
"""Other prices from which on their mean says something."""
WHOLE = 100


@dataclass(frozen=True)
class Below:
    """A price is below a figure by as much as the rules ask about."""

    percent: float
    """By how much of the figure, in per cent."""
    figure: float
    """In the rules' currency."""
    others: int
    """Of how many other bids the figure is the mean; 0 where it is the buyer's estimate."""

    @property
    def shown(self) -> str:
        """The per cent to one decimal, rounded down: the price is at least that far below."""
        return f"{math.floor(round(self.percent, 9) * 10) / 10:g} %"


def other_prices(evaluation: Evaluation, vendor: str) -> tuple[float, ...]:
    """The prices of the other bids that may win, in the rules' currency."""
    others = (other for other in evaluation.vendors if other != vendor)
    ranked = (o for o in others if evaluation.status(o) in ("eligible", "undecided"))
    return tuple(price for o in ranked if (price := evaluation.price(o)) is not None)


def low_price(evaluation: Evaluation, vendor: str) -> tuple[Below, ...]:
    """What a vendor's price is abnormally low against; nothing where it is not, or no rule says."""
    clarify, price = evaluation.rules.clarify, evaluation.price(vendor)
    low = clarify.abnormally_low if clarify else None
    if clarify is None or low is None or price is None:
        return ()
    others, below = other_prices(evaluation, vendor), list[Below]()
    if low.below_mean_of_others is not None and len(others) >= OTHERS:
        mean = math.fsum(others) / len(others)
        below += _below(price, mean, low.below_mean_of_others, len(others))
    if low.below_estimate is not None and clarify.estimate is not None:
        below += _below(price, clarify.estimate, low.below_estimate, 0)
    return tuple(below)


def _below(price: float, figure: float, percent: float, others: int) -> Sequence[Below]:
    if figure <= 0:
        return ()
    below = WHOLE * (1 - price / figure)
    return () if round(below - percent, 9) < 0 else (Below(below, figure, others),)


@dataclass(frozen=True)
class Pending:
    """A vendor that is first at an abnormally low price, and no investigation is recorded."""

    vendor: str
    below: tuple[Below, ...]
    to: tuple[str, ...]
    """Who would be first if its price were rejected; several where they tie."""


def pending(evaluation: Evaluation) -> tuple[Pending, ...]:
    """Every vendor that is first at a low price of which no investigation is recorded."""
    waiting = (v for v in evaluation.leaders if v not in evaluation.proposals.investigated)
    priced = ((vendor, low_price(evaluation, vendor)) for vendor in waiting)
    return tuple(Pending(v, below, _instead(evaluation, v)) for v, below in priced if below)


def _instead(evaluation: Evaluation, vendor: str) -> tuple[str, ...]:
    excluded = {**evaluation.proposals.excluded, vendor: ""}
    rejected = replace(evaluation.proposals, excluded=excluded)
    return evaluate(evaluation.rules, rejected, scenario=evaluation.scenario).leaders

"""Pricing models: what a price line comes to in each month, before indexation.

A pricing model is one function, registered under the basis that vendors choose on the sheet
*Pricing*. It knows neither vendors nor currencies: a price, the months, and what is used in them.
The volume band and the gain share, which look at more than one line, are registered beside them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from vendor_eval.registry import Registry
from vendor_eval.values import Floats


@dataclass(frozen=True)
class Line:
    """One price of a bid, in its own currency, and the months in which it is charged."""

    item: str
    basis: str
    component: str
    price: float
    currency: str
    first_month: int
    last_month: int
    quantity: float | None = None
    """FTE or hours a month, as assumed by the vendor."""
    volume_share: float = 1.0
    """The part of all transactions that it is charged for."""
    indexation: float | None = None
    """Its own yearly rise, where it differs from the terms'."""

    def active(self, months: int) -> Floats:
        """1 in the months in which it is charged, else 0; (months + 1,)."""
        month = np.arange(months + 1)
        return ((month >= self.first_month) & (month <= self.last_month)).astype(float)


@dataclass(frozen=True, eq=False)
class Usage:
    """What a line is charged for in each month; all of shape (months + 1,)."""

    transactions: Floats
    fte: Floats
    hours: Floats

    @property
    def months(self) -> int:
        """The length of the term in months."""
        return len(self.transactions) - 1


PRICING_MODELS: Registry[Callable[..., Any]] = Registry("pricing model")


def line_amounts(line: Line, usage: Usage) -> Floats:
    """What a line comes to in each month by its pricing model, in its currency; (months + 1,)."""
    return np.asarray(PRICING_MODELS[line.basis](line, usage), dtype=float)


@PRICING_MODELS.register("once")
def once(line: Line, usage: Usage) -> Floats:
    """A single amount in the line's first month."""
    return line.price * (np.arange(usage.months + 1) == line.first_month)


@PRICING_MODELS.register("per_month")
def per_month(line: Line, usage: Usage) -> Floats:
    """The same amount every month, whatever the volume."""
    return line.price * line.active(usage.months)


@PRICING_MODELS.register("per_fte_month")
def per_fte_month(line: Line, usage: Usage) -> Floats:
    """The price of an FTE for a month times the FTE."""
    return line.price * usage.fte * line.active(usage.months)


@PRICING_MODELS.register("per_productive_hour")
def per_productive_hour(line: Line, usage: Usage) -> Floats:
    """The price of a productive hour times the hours."""
    return line.price * usage.hours * line.active(usage.months)


@PRICING_MODELS.register("per_transaction")
def per_transaction(line: Line, usage: Usage) -> Floats:
    """The price of a transaction times the transactions charged, not fewer than committed."""
    return line.price * usage.transactions * line.active(usage.months)

"""Pricing models: what a price line comes to in each month, before indexation.

A pricing model is one function, registered under the basis that vendors choose on the sheet
*Pricing*. It knows neither vendors nor currencies: a price, the months, and what is used in them.
The volume band and the gain share, which look at more than one line, stand in modules of this
package alongside.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.questionnaire.pricing_models.tier import Tier
from vendor_eval.registry import Registry
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr

ChargedBy = Literal["once", "month", "people", "transactions"]
"""What a price is charged by: a single time, each month, FTE or hours, or transactions."""


@dataclass(frozen=True)
class Line(ShortRepr):
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
    tier: Tier | None = None
    """The transactions a month that it is the price of, where it is one of several tiers."""

    def active(self, months: int) -> Floats:
        """1 in the months in which it is charged, else 0; (months + 1,)."""
        month = np.arange(months + 1)
        return ((month >= self.first_month) & (month <= self.last_month)).astype(float)


@dataclass(frozen=True, eq=False)
class Usage:
    """What a line is charged for in each month; all of shape (months + 1,)."""

    transactions: Floats
    """The line's share of the transactions that are billed at a price per transaction."""
    fte: Floats
    hours: Floats

    @property
    def months(self) -> int:
        """The length of the term in months."""
        return len(self.transactions) - 1


Amounts = Callable[[Line, Usage], Floats]
"""A line's amounts by month, (months + 1,), in its currency and before indexation."""


Edges = Callable[[Line], tuple[float, ...]]
"""Transactions a month at which a line's amount bends or jumps."""


def no_edges(line: Line) -> tuple[float, ...]:
    """None: the amount is a straight line in the transactions."""
    return ()


def tier_edges(line: Line) -> tuple[float, ...]:
    """Where the line's volume tier begins and ends."""
    return line.tier.edges if line.tier else ()


@dataclass(frozen=True)
class PricingModel:
    """A basis that a price line may have: what it is called, and what a line of it comes to."""

    about: str
    """What it comes to, in one sentence."""
    label: str
    """What its charges are called in tables, such as "Transactions"."""
    charged_by: ChargedBy
    amounts: Amounts
    edges: Edges


PRICING_MODELS: Registry[PricingModel] = Registry("pricing model")


def pricing_model(
    *, about: str, label: str, charged_by: ChargedBy, edges: Edges = no_edges
) -> Callable[[Amounts], PricingModel]:
    """A decorator that makes a pricing model of a function; `about` says what it comes to.

    Between its `edges` the amount is a straight line in the transactions, FTE and hours.
    """

    def made(amounts: Amounts) -> PricingModel:
        return PricingModel(about, label, charged_by, amounts, edges)

    return made


def line_amounts(line: Line, usage: Usage) -> Floats:
    """What a line comes to in each month by its pricing model, in its currency; (months + 1,)."""
    return np.asarray(PRICING_MODELS[line.basis].amounts(line, usage), dtype=float)


@PRICING_MODELS.register("once")
@pricing_model(
    about="A single amount in the line's first month.",
    label="Single charges",
    charged_by="once",
)
def once(line: Line, usage: Usage) -> Floats:
    """A single amount in the line's first month."""
    return line.price * (np.arange(usage.months + 1) == line.first_month)


@PRICING_MODELS.register("per_month")
@pricing_model(
    about="The same amount every month, regardless of the volume.",
    label="Fixed fees",
    charged_by="month",
)
def per_month(line: Line, usage: Usage) -> Floats:
    """The same amount every month, regardless of the volume."""
    return line.price * line.active(usage.months)


@PRICING_MODELS.register("per_fte_month")
@pricing_model(
    about="The price of an FTE for a month times the FTE.",
    label="People, by FTE",
    charged_by="people",
)
def per_fte_month(line: Line, usage: Usage) -> Floats:
    """The price of an FTE for a month times the FTE."""
    return line.price * usage.fte * line.active(usage.months)


@PRICING_MODELS.register("per_productive_hour")
@pricing_model(
    about="The price of a productive hour times the hours.",
    label="People, by hour",
    charged_by="people",
)
def per_productive_hour(line: Line, usage: Usage) -> Floats:
    """The price of a productive hour times the hours."""
    return line.price * usage.hours * line.active(usage.months)


@PRICING_MODELS.register("per_transaction")
@pricing_model(
    about="The price of a transaction times the transactions charged, not fewer than committed.",
    label="Transactions",
    charged_by="transactions",
)
def per_transaction(line: Line, usage: Usage) -> Floats:
    """The price of a transaction times the transactions charged, not fewer than committed."""
    return line.price * usage.transactions * line.active(usage.months)


@PRICING_MODELS.register("per_transaction_tier")
@pricing_model(
    about="The price of a transaction times the transactions that the line's volume tier prices.",
    label="Transactions, by tier",
    charged_by="transactions",
    edges=tier_edges,
)
def per_transaction_tier(line: Line, usage: Usage) -> Floats:
    """The price of a transaction times the transactions that the line's volume tier prices."""
    if line.tier is None:
        raise ValueError(f"the line {line.item!r} is priced by tier and holds none")
    return line.price * line.tier.priced(usage.transactions) * line.active(usage.months)

"""The buyer's figures that bids are compared with, from wherever in the rules they stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vendor_eval.rules import Rules


@dataclass(frozen=True)
class Peak:
    """The busiest interval of the service, and how it is to be answered."""

    contacts: float
    """Contacts that arrive in the interval."""
    minutes: float
    """How long the interval is."""
    handling_seconds: float
    share: float
    """Share of contacts to be answered in time, in [0, 1)."""
    within_seconds: float


@dataclass(frozen=True)
class Buyer:
    """What the buyer expects; what the rules do not give is None."""

    peak: Peak | None = None
    volume_month: float | None = None
    """Transactions forecast for a month in which the service runs fully."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """Units of the rules' currency for one unit of another, by that other."""


def buyer(rules: Rules) -> Buyer:
    """The figures that the rules give."""
    return Buyer(rates={rules.currency: 1.0})

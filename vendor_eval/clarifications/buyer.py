"""The buyer's figures that bids are compared with, from everywhere in the rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from vendor_eval.measures.costs.forecasts import volumes
from vendor_eval.rules.commercial import Commercial
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.service import Service


@dataclass(frozen=True)
class BusiestInterval:
    """The busiest interval of the service, and how it is to be answered; shares are in [0, 1)."""

    contacts: float
    """Contacts that arrive in the interval."""
    minutes: float
    """How long the interval is."""
    handling_seconds: float
    share: float
    """Share of contacts to be answered in time."""
    within_seconds: float
    shrinkage: float
    """Share of a head-count that is not on the line: leave, breaks, training."""


@dataclass(frozen=True)
class BuyerExpectations:
    """What the buyer expects; what the rules do not give is None."""

    peak: BusiestInterval | None = None
    volume: tuple[float, float] | None = None
    """The least and the most transactions that are forecast for a month."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """Units of the rules' currency for one unit of another, by that other."""


def buyer_expectations(rules: Rules) -> BuyerExpectations:
    """The figures that the rules give."""
    return BuyerExpectations(_peak(rules.service), _volume(rules.commercial), _rates(rules))


def _peak(service: Service | None) -> BusiestInterval | None:
    if service is None or service.peak is None:
        return None
    given = service.peak
    return BusiestInterval(
        contacts=given.calls,
        minutes=given.interval_minutes,
        handling_seconds=given.handling_seconds,
        share=given.target_share,
        within_seconds=given.answered_within_seconds,
        # without one, the rules mean by a head-count people on the line
        shrinkage=given.shrinkage or 0.0,
    )


def _volume(commercial: Commercial | None) -> tuple[float, float] | None:
    if commercial is None or commercial.forecast not in commercial.volumes:
        return None
    monthly = volumes(commercial)[1:]  # nothing is handled before the start
    return float(monthly.min()), float(monthly.max())


def _rates(rules: Rules) -> Mapping[str, float]:
    exchange = rules.commercial.exchange if rules.commercial else {}
    return {currency: stated.rate for currency, stated in exchange.items()} | {rules.currency: 1.0}

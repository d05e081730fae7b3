"""What bids cost at other exchange rates, and which of them a constant rate may flatter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from vendor_eval.measures.costs.bids import Bid
from vendor_eval.measures.costs.cash_flows import CashFlow, flow_at
from vendor_eval.measures.costs.charges import band_line
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.rules.rules import Rules

SHIFT = 0.1
"""By which part rates are moved to show how far a total depends on them."""


@dataclass(frozen=True)
class ExchangeRisk:
    """A bid whose prices rise in a currency that the rules hold at one rate over the term."""

    vendor: str
    rises: Mapping[str, float]
    """By currency, the greatest yearly rise of its running prices in it; above 0."""
    total: float
    """Over the term, in the rules' currency and kind of money."""
    at_lower_rates: float
    """The same where every exchange rate is 10 % lower."""
    at_higher_rates: float


def at_exchange_rates(rules: Rules, factor: float) -> Rules:
    """The rules with every exchange rate times `factor`, which is above 0; all else as it was.

    At 0.9 a unit of each foreign currency is worth 10 % less in the rules' currency.
    """
    if rules.commercial is None:
        return rules
    exchange = {
        currency: stated.model_copy(update={"rate": stated.rate * factor})
        for currency, stated in rules.commercial.exchange.items()
    }
    commercial = rules.commercial.model_copy(update={"exchange": exchange})
    return rules.model_copy(update={"commercial": commercial})


def exchange_risk(flow: CashFlow) -> ExchangeRisk | None:
    """How far a bid's total depends on exchange rates; None where no foreign price rises.

    A price that rises with another country's wages rises with its inflation, against which a
    currency tends to fall: at a constant rate the total shows the one and not the other.
    """
    rises = _foreign_rises(flow.bid)
    if not rises:
        return None

    def total(factor: float) -> float:
        rules = at_exchange_rates(flow.bid.rules, factor)
        if rules.commercial is None:
            raise ValueError("a bid was priced without commercial terms")
        moved = replace(flow.bid, rules=rules, commercial=rules.commercial)
        return flow_at(moved, flow.volumes).stated().total

    return ExchangeRisk(
        flow.bid.vendor, rises, flow.stated().total, total(1 - SHIFT), total(1 + SHIFT)
    )


def _foreign_rises(bid: Bid) -> dict[str, float]:
    """By foreign currency, the greatest yearly rise of prices charged after the first year."""
    lines = [line for line, _ in bid.offer.lines if PRICING_MODELS[line.basis].charged_by != "once"]
    if bid.offer.has_band:
        lines.append(band_line(bid))
    rises: dict[str, float] = {}
    for line in lines:
        if line.currency == bid.rules.currency or line.last_month <= MONTHS_A_YEAR:
            continue
        inflation = bid.commercial.inflation
        rise = inflation[line.currency] if bid.real else bid.indexation(line)
        if rise > 0:
            rises[line.currency] = max(rise, rises.get(line.currency, 0.0))
    return rises

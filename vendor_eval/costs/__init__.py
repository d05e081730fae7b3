"""What a vendor costs over the term of the contract, on one basis for every pricing model."""

from vendor_eval.costs import measures  # it registers them
from vendor_eval.costs.bid import Bid, bid
from vendor_eval.costs.break_even import (
    IN_HOUSE,
    CostCurve,
    Stretch,
    baseline_curve,
    break_even,
    vendor_curve,
)
from vendor_eval.costs.cash_flow import CashFlow, baseline, cash_flow, priced, stated
from vendor_eval.costs.comparison import Comparison, comparison, payback_month
from vendor_eval.costs.components import component_label
from vendor_eval.costs.exchange import ExchangeRisk, at_exchange_rates, exchange_risk
from vendor_eval.costs.offer import NotPriced
from vendor_eval.costs.volumes import monthly_volumes, steady, volumes

__all__ = [
    "IN_HOUSE",
    "Bid",
    "CashFlow",
    "Comparison",
    "CostCurve",
    "ExchangeRisk",
    "NotPriced",
    "Stretch",
    "at_exchange_rates",
    "baseline",
    "baseline_curve",
    "bid",
    "break_even",
    "cash_flow",
    "comparison",
    "component_label",
    "exchange_risk",
    "measures",
    "monthly_volumes",
    "payback_month",
    "priced",
    "stated",
    "steady",
    "vendor_curve",
    "volumes",
]

"""How bids are priced, and what money is worth when: pure functions with a worked example each."""

from vendor_eval.pricing.lines import (
    PRICING_MODELS,
    ChargedBy,
    Line,
    PricingModel,
    Usage,
    line_amounts,
    pricing_model,
)
from vendor_eval.pricing.money import (
    DiscountRate,
    Inflation,
    MixedMoney,
    Money,
    nothing,
    present_value,
    step_index,
    years,
)
from vendor_eval.pricing.outcome import GainShare, service_credit
from vendor_eval.pricing.tier import Tier, TierPrices
from vendor_eval.pricing.volume_band import VolumeBand
from vendor_eval.pricing.workforce import Attrition, attrition_cost, price_per_productive_hour

__all__ = [
    "PRICING_MODELS",
    "Attrition",
    "ChargedBy",
    "DiscountRate",
    "GainShare",
    "Inflation",
    "Line",
    "MixedMoney",
    "Money",
    "PricingModel",
    "Tier",
    "TierPrices",
    "Usage",
    "VolumeBand",
    "attrition_cost",
    "line_amounts",
    "nothing",
    "present_value",
    "price_per_productive_hour",
    "pricing_model",
    "service_credit",
    "step_index",
    "years",
]

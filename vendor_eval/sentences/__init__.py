"""The plain sentence above each picture and table, made from the numbers."""

from vendor_eval.sentences.analysis import along, informed, panel
from vendor_eval.sentences.change import (
    effective_weights,
    negotiation,
    point_price,
    price_cut,
    price_formulas,
    questions,
    topics,
    weight_changes,
)
from vendor_eval.sentences.doubt import (
    anywhere,
    intervals,
    methods,
    scenarios,
    simulation,
    sureness,
    winner_map,
)
from vendor_eval.sentences.standing import cost, gates, rules, why

__all__ = [
    "along",
    "anywhere",
    "cost",
    "effective_weights",
    "gates",
    "informed",
    "intervals",
    "methods",
    "negotiation",
    "panel",
    "point_price",
    "price_cut",
    "price_formulas",
    "questions",
    "rules",
    "scenarios",
    "simulation",
    "sureness",
    "topics",
    "weight_changes",
    "why",
    "winner_map",
]

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
    open_answers,
    scenarios,
    simulation,
    sureness,
    winner_map,
)
from vendor_eval.sentences.intake import blanks, clarifications, files, intake, readings
from vendor_eval.sentences.standing import cost, gates, rules, why

__all__ = [
    "along",
    "anywhere",
    "blanks",
    "clarifications",
    "cost",
    "effective_weights",
    "files",
    "gates",
    "informed",
    "intake",
    "intervals",
    "methods",
    "negotiation",
    "open_answers",
    "panel",
    "point_price",
    "price_cut",
    "price_formulas",
    "questions",
    "readings",
    "rules",
    "scenarios",
    "simulation",
    "sureness",
    "topics",
    "weight_changes",
    "why",
    "winner_map",
]

"""The plain sentence above each picture and table, made from the numbers."""

from vendor_eval.sentences.amounts import at_price, counted, price_gap, price_words, priced
from vendor_eval.sentences.analysis import along, informed, panel
from vendor_eval.sentences.change import (
    effective_weights,
    negotiation,
    point_price,
    price_change,
    price_formulas,
    questions,
    topics,
    weight_changes,
)
from vendor_eval.sentences.costs import (
    against_baseline,
    break_even,
    cost_basis,
    cost_over_time,
    exchange_risk,
    total_cost,
    volume_scenarios,
)
from vendor_eval.sentences.decisions import corrected_first, decisions
from vendor_eval.sentences.doubt import (
    anywhere,
    intervals,
    methods,
    scenarios,
    simulation,
    sureness,
    winner_map,
)
from vendor_eval.sentences.elicitation import (
    about,
    elicitation_method,
    judgements,
    revisit,
    stakeholders_winners,
    weight_sets,
)
from vendor_eval.sentences.intake import blanks, clarifications, files, intake, readings, unread
from vendor_eval.sentences.open import faults, open_entry, open_headline, stopped
from vendor_eval.sentences.standing import cost, gates, rules, why
from vendor_eval.sentences.swings import swing_ends, swing_question

__all__ = [
    "about",
    "against_baseline",
    "along",
    "anywhere",
    "at_price",
    "blanks",
    "break_even",
    "clarifications",
    "corrected_first",
    "cost",
    "cost_basis",
    "cost_over_time",
    "counted",
    "decisions",
    "effective_weights",
    "elicitation_method",
    "exchange_risk",
    "faults",
    "files",
    "gates",
    "informed",
    "intake",
    "intervals",
    "judgements",
    "methods",
    "negotiation",
    "open_entry",
    "open_headline",
    "panel",
    "point_price",
    "price_change",
    "price_formulas",
    "price_gap",
    "price_words",
    "priced",
    "questions",
    "readings",
    "revisit",
    "rules",
    "scenarios",
    "simulation",
    "stakeholders_winners",
    "stopped",
    "sureness",
    "swing_ends",
    "swing_question",
    "topics",
    "total_cost",
    "unread",
    "volume_scenarios",
    "weight_changes",
    "weight_sets",
    "why",
    "winner_map",
]

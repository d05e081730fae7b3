"""The parts of a report that are words: first screen, sentences and tables, as escaped HTML."""

from vendor_eval.tables.change import (
    holds_until,
    questions,
    to_qualify,
    to_win,
    weight_changes,
)
from vendor_eval.tables.clarifications import checks, clarifications
from vendor_eval.tables.doubt import acceptability, methods, scenarios, weight_intervals
from vendor_eval.tables.first_screen import first_screen, warnings
from vendor_eval.tables.html import Html, say, style, table
from vendor_eval.tables.intake import blanks, files, intake_screen, readings, sites
from vendor_eval.tables.origins import origins
from vendor_eval.tables.price import effective_weights, price_formulas
from vendor_eval.tables.provenance import method, sources, value_functions
from vendor_eval.tables.simulation import (
    central_weights,
    pairwise,
    ranks,
    reversal_tests,
    variants,
)
from vendor_eval.tables.standing import answers, contributions, cost, gates, values

__all__ = [
    "Html",
    "acceptability",
    "answers",
    "blanks",
    "central_weights",
    "checks",
    "clarifications",
    "contributions",
    "cost",
    "effective_weights",
    "files",
    "first_screen",
    "gates",
    "holds_until",
    "intake_screen",
    "method",
    "methods",
    "origins",
    "pairwise",
    "price_formulas",
    "questions",
    "ranks",
    "readings",
    "reversal_tests",
    "say",
    "scenarios",
    "sites",
    "sources",
    "style",
    "table",
    "to_qualify",
    "to_win",
    "value_functions",
    "values",
    "variants",
    "warnings",
    "weight_changes",
    "weight_intervals",
]

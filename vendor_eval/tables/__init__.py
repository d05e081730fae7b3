"""The parts of a report that are words: first screen, sentences and tables, as escaped HTML."""

from vendor_eval.tables.doubt import acceptability, methods, scenarios, weight_intervals
from vendor_eval.tables.first_screen import first_screen, warnings
from vendor_eval.tables.html import Html, say, style, table
from vendor_eval.tables.provenance import method, sources, value_functions
from vendor_eval.tables.standing import answers, contributions, cost, gates, values

__all__ = [
    "Html",
    "acceptability",
    "answers",
    "contributions",
    "cost",
    "first_screen",
    "gates",
    "method",
    "methods",
    "say",
    "scenarios",
    "sources",
    "style",
    "table",
    "value_functions",
    "values",
    "warnings",
    "weight_intervals",
]

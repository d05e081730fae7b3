"""The parts of a report that are words: first screen, sentences and tables, as escaped HTML."""

from vendor_eval.tables.change import (
    holds_until,
    questions,
    to_qualify,
    to_win,
    weight_changes,
)
from vendor_eval.tables.clarifications import checks, clarifications
from vendor_eval.tables.costs import (
    against_baseline,
    break_evens,
    cost_basis,
    cost_by_year,
    cost_components,
    cost_scenarios,
    unpriced,
)
from vendor_eval.tables.doubt import acceptability, methods, scenarios, weight_intervals
from vendor_eval.tables.elicitation import (
    disagreements,
    judgements,
    stakeholders_ranks,
    swings,
    weight_sets,
)
from vendor_eval.tables.evidence import certificates, commitments, control_coverage
from vendor_eval.tables.faults import faults
from vendor_eval.tables.first_screen import first_screen, warnings
from vendor_eval.tables.html import Html, say, style, table
from vendor_eval.tables.intake import blanks, files, intake_screen, readings
from vendor_eval.tables.origins import origins
from vendor_eval.tables.places import places
from vendor_eval.tables.price import effective_weights, price_formulas
from vendor_eval.tables.provenance import method, sources, value_functions
from vendor_eval.tables.simulation import (
    central_weights,
    pairwise,
    ranks,
    reversal_tests,
    variants,
)
from vendor_eval.tables.standard_parts import standard_parts
from vendor_eval.tables.standing import answers, contributions, cost, gates, values

__all__ = [
    "Html",
    "acceptability",
    "against_baseline",
    "answers",
    "blanks",
    "break_evens",
    "central_weights",
    "certificates",
    "checks",
    "clarifications",
    "commitments",
    "contributions",
    "control_coverage",
    "cost",
    "cost_basis",
    "cost_by_year",
    "cost_components",
    "cost_scenarios",
    "disagreements",
    "effective_weights",
    "faults",
    "files",
    "first_screen",
    "gates",
    "holds_until",
    "intake_screen",
    "judgements",
    "method",
    "methods",
    "origins",
    "pairwise",
    "places",
    "price_formulas",
    "questions",
    "ranks",
    "readings",
    "reversal_tests",
    "say",
    "scenarios",
    "sources",
    "stakeholders_ranks",
    "standard_parts",
    "style",
    "swings",
    "table",
    "to_qualify",
    "to_win",
    "unpriced",
    "value_functions",
    "values",
    "variants",
    "warnings",
    "weight_changes",
    "weight_intervals",
    "weight_sets",
]

"""Ranking methods by name, through scikit-criteria, as second opinions on the additive model.

A method is one decorated function, with its published worked example among the tests' golden
cases. Nothing here imports scikit-criteria until one first runs. Ranks are never the library's: it
breaks mathematical ties by float noise.

Three of its aggregators are not offered. ELECTRE I finds a kernel, not a ranking. ERVD needs a
reference point for each criterion, which its paper leaves to the decision maker. SIMUS takes no
weights, and reports whichever optimal vertex the installed linear-programming solver meets first.
"""

from vendor_eval.methods import distances, moora, outranking, sums  # they register the methods
from vendor_eval.methods.panel import (
    METHODS,
    Method,
    Opinion,
    agreement,
    competition_ranks,
    second_opinions,
)
from vendor_eval.methods.promethee import Preference, net_flows
from vendor_eval.methods.table import Table

__all__ = [
    "METHODS",
    "Method",
    "Opinion",
    "Preference",
    "Table",
    "agreement",
    "competition_ranks",
    "distances",
    "moora",
    "net_flows",
    "outranking",
    "second_opinions",
    "sums",
]

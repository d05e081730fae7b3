"""Ranking methods by name, through scikit-criteria, as second opinions on the additive model.

A method is one decorated function, with its published worked example among the tests' golden
cases. Nothing here imports scikit-criteria until one first runs. Ranks are never the library's: it
breaks mathematical ties by float noise.

Three of its aggregators are not offered. ELECTRE I finds a kernel, not a ranking. ERVD needs a
reference point for each criterion, which its paper leaves to the decision maker. SIMUS takes no
weights, and reports whichever optimal vertex the installed linear-programming solver meets first.
"""

# they register the methods
from vendor_eval.analysis.methods import distances as distances
from vendor_eval.analysis.methods import moora_family as moora_family
from vendor_eval.analysis.methods import outranking as outranking
from vendor_eval.analysis.methods import sums as sums

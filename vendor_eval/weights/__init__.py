"""Weights that are judged, and weights that are not quite known.

`judged` turns what somebody judged into shares, each form by its own formula. `near`, `anywhere`
and `informed` give `Weightings`: which nodes of the criteria tree vary, and how to draw them.
"""

from vendor_eval.weights.concordance import kendall_w
from vendor_eval.weights.halfspaces import halfspace_shares
from vendor_eval.weights.information import WeightInformation, informed
from vendor_eval.weights.judged import FORMS, LIMIT, Judged, Revisit, judged
from vendor_eval.weights.sampling import Weightings, anywhere, fill_simplex, near

__all__ = [
    "FORMS",
    "LIMIT",
    "Judged",
    "Revisit",
    "WeightInformation",
    "Weightings",
    "anywhere",
    "fill_simplex",
    "halfspace_shares",
    "informed",
    "judged",
    "kendall_w",
    "near",
]

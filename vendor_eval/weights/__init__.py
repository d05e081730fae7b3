"""Weights that are not quite known: near the agreed ones, any at all, or what somebody can say.

Each function gives `Weightings`: which nodes of the criteria tree vary, and how to draw them.
"""

from vendor_eval.weights.halfspaces import halfspace_shares
from vendor_eval.weights.information import WeightInformation, informed
from vendor_eval.weights.sampling import Weightings, anywhere, fill_simplex, near

__all__ = [
    "WeightInformation",
    "Weightings",
    "anywhere",
    "fill_simplex",
    "halfspace_shares",
    "informed",
    "near",
]

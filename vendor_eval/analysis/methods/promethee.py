"""PROMETHEE II by sorting: each vendor is compared with all others at once, not one by one.

Brans, J.-P. & Vincke, Ph. (1985), A preference ranking organisation method, Management Science
31(6), 647-656. A pairwise table of n vendors and m criteria takes n*n*m steps; sorted columns and
their running sums give the same flows in n*m*log(n), but for the Gaussian function.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.analysis.methods.performance_table import Floats
from vendor_eval.errors import VendorEvalError


@dataclass(frozen=True)
class Preference:
    """How much being better by d counts, in [0, 1]: the six functions of Brans & Vincke (1985).

    Differences up to `q` count nothing and those above `p` count fully; `s` is the Gaussian's
    point of inflexion.
    """

    kind: Literal["usual", "u", "v", "level", "linear", "gauss"] = "usual"
    q: float = 0.0
    p: float = 0.0
    s: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.q < np.inf or (
            self.kind in ("v", "level", "linear") and not self.q < self.p < np.inf
        ):
            raise VendorEvalError(
                f"preference function {self.kind!r} has q = {self.q} and p = {self.p}; "
                "q must be at least 0, and p larger than q"
            )
        if self.kind == "gauss" and not 0 < self.s < np.inf:
            raise VendorEvalError(f"preference function 'gauss' has s = {self.s}; it must exceed 0")


USUAL = Preference()


def net_flows(
    values: Floats,
    weights: Floats,
    preferences: Sequence[Preference] | None = None,
) -> Floats:
    """Net outranking flows of n vendors, in [-1, 1], the best highest; they add up to 0.

    `values` is (n, m), more is better; `weights` is (m,), taken as shares; `preferences` has one
    function a criterion, by default the usual criterion: any difference counts fully.
    """
    functions = preferences or [USUAL] * values.shape[1]
    margins = [
        won(column, function) - won(-column, function)
        for column, function in zip(values.T, functions, strict=True)
    ]
    return np.column_stack(margins) @ (weights / weights.sum()) / (len(values) - 1)


def won(column: Floats, preference: Preference) -> Floats:
    """The sum over all rivals of a vendor's preference over them, in [0, n-1]."""
    match preference.kind:
        case "usual":
            return _beaten_by_more_than(0.0, column)
        case "u":
            return _beaten_by_more_than(preference.q, column)
        case "level":
            q, p = preference.q, preference.p
            return (_beaten_by_more_than(q, column) + _beaten_by_more_than(p, column)) / 2
        case "v" | "linear":
            q, p = preference.q, preference.p
            return (_excess_over(q, column) - _excess_over(p, column)) / (p - q)
        case "gauss":  # not a piecewise line, so running sums cannot serve
            ahead = np.maximum(column[:, None] - column, 0.0) / preference.s
            return (1 - np.exp(-(ahead**2) / 2)).sum(axis=1)


def _beaten_by_more_than(step: float, column: Floats) -> Floats:
    """How many rivals each vendor leads by more than `step`."""
    return np.searchsorted(np.sort(column), column - step, side="left").astype(float)


def _excess_over(step: float, column: Floats) -> Floats:
    """The sum over all rivals of what each vendor's lead exceeds `step` by."""
    centred = column - np.median(column)  # keeps the running sums small, and so exact
    ordered = np.sort(centred)
    below = np.searchsorted(ordered, centred - step, side="left")
    running = np.concatenate([[0.0], np.cumsum(ordered)])
    return below * (centred - step) - running[below]

"""Methods that ask for each two vendors whether one outranks the other."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from vendor_eval.analysis.methods.panel import METHODS, TIE_DECIMALS, ranking_method
from vendor_eval.analysis.methods.performance_table import Floats, raw, span
from vendor_eval.analysis.methods.promethee import Preference, net_flows


@METHODS.register("electre2")
@ranking_method(
    about="Mean layers of two rankings, 1 the best.",
    scale=span,
    settings="one vendor outranks another at a concordance of at least {concordance} and a "
    "discordance of at most {discordance}; mean of the descending and the ascending ranking",
    source="Roy & Bertier 1971, as in Gomes, Gomes & de Almeida 2004",
    higher_is_better=False,
)
def electre2(matrix: Any, *, concordance: float = 0.35, discordance: float = 0.65) -> Floats:
    """Mean layers of two rankings, 1 the best."""
    from skcriteria.agg.electre import ELECTRE2

    # The library compares sums of weights without tolerance, so that 0.1 + 0.2 outweighs 0.3. Its
    # strong outranking implies the weak one, and its layers ask for either: the weak one decides.
    outcome = ELECTRE2().evaluate(matrix).e_
    agreed = np.round(outcome.matrix_concordance, TIE_DECIMALS)
    opposed = np.round(outcome.matrix_discordance, TIE_DECIMALS)
    outranks = (agreed > agreed.T) & (agreed >= concordance) & (opposed <= discordance)
    ascending = _layers(outranks.T)
    return (_layers(outranks) + ascending.max() + 1 - ascending) / 2


def _layers(outranks: np.ndarray) -> Floats:
    """The layer of each vendor, from 1: those none outranks, then the same among the rest."""
    layer = np.zeros(len(outranks))
    while (rest := np.flatnonzero(layer == 0)).size:
        top = rest[~outranks[np.ix_(rest, rest)].any(axis=0)]
        layer[top if top.size else rest] = layer.max() + 1  # a circle shares one layer
    return layer


@METHODS.register("promethee2")
@ranking_method(
    about="Net outranking flows, in [-1, 1].",
    scale=raw,
    settings="net flows with the usual criterion, so that any difference "
    "counts in full and its size does not",
    source="Brans & Vincke 1985",
)
def promethee2(matrix: Any, *, preferences: Sequence[Preference] | None = None) -> Floats:
    """Net outranking flows, in [-1, 1]."""
    return _promethee_aggregator()(preferences=preferences).evaluate(matrix).e_.net_flows


@cache
def _promethee_aggregator() -> Any:
    """PROMETHEE II as an aggregator of scikit-criteria, which has none: its extension point."""
    from skcriteria.extend import mkagg
    from skcriteria.utils.rank import rank_values

    @mkagg(preferences=None)
    def PrometheeII(matrix: Floats, objectives: Floats, weights: Floats, **given: Any) -> Any:
        flows = net_flows(matrix * objectives, weights, given["hparams"].preferences)
        return rank_values(flows, reverse=True), {"net_flows": flows}

    return PrometheeII

"""Second opinions on tables written as a test writes them, and tables for hypothesis."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from vendor_eval.analysis.methods.panel import METHODS, Opinion, second_opinions

ALL = METHODS.names()
# A vendor at least as good on every criterion is never ranked behind, by construction. CODAS may do
# so at its threshold, the PROBIDs reward distance from the average.
MONOTONE = sorted(set(ALL) - {"codas", "probid", "simplified_probid"})
# These look at the worst regret only, or at who outranks whom: a better vendor may draw level.
MAY_DRAW_LEVEL = {"vikor", "moora_reference_point", "electre2", "multimoora"}
# Here a criterion's weight does more than scale its part, so that even one on which all are equal
# can shift the balance between the others.
WEIGHT_BENDS = {"waspas", "cocoso", "ram", "codas", "electre2", "probid"}
# The multiplicative form takes no weights, by definition.
WEIGHTED = sorted(set(ALL) - {"full_multiplicative_form"})
DIVIDE_BY_COSTS = ["weighted_sum", "weighted_product", "waspas", "marcos", "codas", "aras"]
DIVIDE_BY_COSTS += ["copras", "ocra", "full_multiplicative_form", "multimoora"]
FREE_OFFERS_WELCOME = sorted(set(ALL) - set(DIVIDE_BY_COSTS))


def opinions(
    rows: Mapping[str, Sequence[float]],
    directions: Sequence[str],
    weights: Sequence[float] | None = None,
    names: Sequence[str] = ALL,
) -> dict[str, Opinion]:
    """Opinions on a table written as vendor -> answers; criteria are called c0, c1 ..."""
    criteria = [f"c{j}" for j in range(len(directions))]
    return second_opinions(
        pd.DataFrame.from_dict(dict(rows), orient="index", columns=criteria),
        weights=pd.Series(weights or [1.0] * len(criteria), index=criteria),
        directions=pd.Series(list(directions), index=criteria),
        names=names,
    )


def checked(found: Mapping[str, Opinion], vendors: int) -> None:
    """Either whole ranks and finite scores, or a reason: never both, never nan."""
    for name, opinion in found.items():
        assert opinion.method == name
        if opinion.error is not None:
            assert opinion.error, name
            assert opinion.ranks is None, name
            assert opinion.scores is None, name
            continue
        assert opinion.ranks is not None, name
        assert opinion.scores is not None, name
        assert opinion.ranks.dtype.kind == "i", name
        assert len(opinion.ranks) == len(opinion.scores) == vendors, name
        assert opinion.ranks.min() == 1, name
        assert np.isfinite(opinion.scores).all(), name


FOUR = {
    "Alpha": [620, 8, 3.5],
    "Beta": [540, 6, 4.5],
    "Gamma": [480, 7, 2.0],
    "Delta": [700, 9, 4.0],
}
WAYS = ["min", "max", "max"]

CELLS = st.integers(1, 9).map(float)


@st.composite
def tables(
    draw: st.DrawFn, cells: st.SearchStrategy[float] = CELLS
) -> tuple[dict[str, list[float]], list[str], list[float]]:
    """A table of two to six vendors, its directions and its weights."""
    vendors, criteria = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    row = st.lists(cells, min_size=criteria, max_size=criteria)
    rows = draw(st.lists(row, min_size=vendors, max_size=vendors))
    ways = draw(st.lists(st.sampled_from(["min", "max"]), min_size=criteria, max_size=criteria))
    weights = draw(st.lists(st.integers(1, 9).map(float), min_size=criteria, max_size=criteria))
    return {f"V{i}": values for i, values in enumerate(rows)}, ways, weights

"""How far rankings agree: Kendall's tau-b, undefined where there is nothing to compare."""

import numpy as np
import pandas as pd
import pytest

from vendor_eval.analysis.methods.panel import agreement, ranks_by_score

# Agreement


def test_agreement_is_kendalls_tau_b_of_each_two_rankings() -> None:
    ranks = pd.DataFrame({"x": [1, 2, 3, 4], "y": [4, 3, 2, 1], "z": [1, 1, 3, 4]})
    taus = agreement(ranks)
    assert taus.loc["x", "y"] == -1
    assert taus.loc["x", "x"] == 1
    # Five of six pairs ordered alike, one tied in z: 5 / sqrt(6 * 5).
    assert taus.loc["x", "z"] == taus.loc["z", "x"] == pytest.approx(5 / np.sqrt(30))


def test_agreement_is_none_never_nan_where_a_ranking_ties_everybody() -> None:
    taus = agreement(pd.DataFrame({"x": [1, 2, 3], "all": [1, 1, 1]}))
    assert taus.loc["x", "all"] is None
    assert taus.loc["all", "x"] is None
    assert taus.loc["all", "all"] is None
    assert taus.loc["x", "x"] == 1


def test_agreement_of_one_vendor_or_no_method_is_undefined_and_quiet() -> None:
    assert agreement(pd.DataFrame({"x": [1], "y": [1]})).loc["x", "y"] is None
    assert agreement(pd.DataFrame(index=["A", "B"])).empty


def test_ranks_are_competition_ranks_and_scores_tie_to_nine_decimals() -> None:
    scores = pd.Series([0.3, 0.1 + 0.2, 0.2, 0.2 + 2e-9], index=list("ABCD"))
    assert ranks_by_score(scores, higher_is_better=True).tolist() == [1, 1, 4, 3]
    assert ranks_by_score(scores, higher_is_better=False).tolist() == [3, 3, 1, 2]

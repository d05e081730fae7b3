"""Judgements become shares: each form keeps what was said, and names what does not fit."""

import itertools

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vendor_eval.analysis import linear_programme
from vendor_eval.analysis.concordance import kendall_w
from vendor_eval.elicitation import best_worst, pairwise, rank_order
from vendor_eval.elicitation.judged_shares import FORMS, judged
from vendor_eval.elicitation.rating import direct, swing
from vendor_eval.rules.judgements import Judgement

NAMES = ("a", "b", "c", "d")
WHOLE = dict.fromkeys(NAMES, 1.0)
FORMULAS = (rank_order.centroid, rank_order.rank_sum, rank_order.reciprocal)
TIMES = st.integers(1, 9).map(float)


def test_every_form_that_can_be_typed_becomes_shares() -> None:
    assert set(FORMS) == set(Judgement.model_fields)


@given(st.permutations(range(1, 6)), st.sampled_from(FORMULAS))
def test_ranks_without_ties_give_the_formula_at_each_rank(
    ranks: list[int], formula: object
) -> None:
    at = np.array(ranks, dtype=float)
    shares = rank_order.ranked_shares(formula, at)
    np.testing.assert_allclose(shares, formula(at), rtol=0, atol=1e-15)
    assert shares.sum() == pytest.approx(1)


def test_rank_order_centroids_of_three_to_five_are_barron_and_barretts() -> None:
    # Barron & Barrett (1996), table of ROC weights
    published = {
        3: [0.6111, 0.2778, 0.1111],
        4: [0.5208, 0.2708, 0.1458, 0.0625],
        5: [0.4567, 0.2567, 0.1567, 0.09, 0.04],
    }
    for n, weights in published.items():
        found = rank_order.centroid(np.arange(1.0, n + 1))
        np.testing.assert_allclose(found, weights, atol=5e-5)


def test_tied_criteria_have_the_mean_of_the_places_they_span() -> None:
    for typed in ({"a": 1, "b": 2, "c": 2, "d": 4}, {"a": 1, "b": 2, "c": 2, "d": 3}):
        shares = judged(Judgement(rank_sum=typed), WHOLE).shares
        assert shares == pytest.approx({"a": 0.4, "b": 0.25, "c": 0.25, "d": 0.1})


def test_direct_points_are_shares_whatever_their_unit_and_however_large() -> None:
    np.testing.assert_allclose(direct(np.array([3.0, 1.0])), [0.75, 0.25])
    np.testing.assert_allclose(direct(np.array([1.5e308, 1.5e308])), [0.5, 0.5])


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 1)), min_size=1, max_size=6).filter(
        lambda told: max(points for points, _ in told) > 1
    )
)
def test_what_each_swing_adds_to_a_score_is_in_proportion_to_its_points(
    told: list[tuple[float, float]],
) -> None:
    points, spans = np.array(told).T
    added = swing(points, spans) * spans
    np.testing.assert_allclose(added / added.sum(), points / points.sum(), atol=1e-12)


def comparisons(weights: dict[str, float]) -> tuple[tuple[str, float, str], ...]:
    pairs = itertools.combinations(sorted(weights, key=lambda n: -weights[n]), 2)
    return tuple((a, weights[a] / weights[b], b) for a, b in pairs)


WEIGHTS = {"a": 0.4, "b": 0.1, "c": 0.3, "d": 0.2}


def test_comparisons_that_agree_give_the_weights_behind_them_and_nothing_to_revisit() -> None:
    told = judged(Judgement(pairwise=comparisons(WEIGHTS)), WHOLE)
    assert told.shares == pytest.approx(WEIGHTS)
    assert told.ratio == pytest.approx(0, abs=1e-12)
    assert told.revisit is None
    assert not told.inconsistent


def test_the_judgement_to_revisit_first_is_the_one_that_was_turned_round() -> None:
    wrong = tuple(
        ("d", 6.0, "c") if {first, second} == {"c", "d"} else (first, times, second)
        for first, times, second in comparisons(WEIGHTS)
    )
    told = judged(Judgement(pairwise=wrong), WHOLE)
    assert told.inconsistent
    assert told.revisit is not None
    assert (told.revisit.first, told.revisit.second, told.revisit.said) == ("d", "c", 6)
    assert told.revisit.implied == pytest.approx(2 / 3)
    assert told.revisit.ratio == pytest.approx(0, abs=1e-12)


@given(st.lists(st.tuples(TIMES, st.booleans()), min_size=6, max_size=6))
def test_with_the_implied_judgement_the_ratio_is_the_one_that_is_told(
    said: list[tuple[float, bool]],
) -> None:
    matrix = np.eye(4)
    for (i, j), (times, turned) in zip(itertools.combinations(range(4), 2), said, strict=True):
        matrix[i, j] = 1 / times if turned else times
        matrix[j, i] = 1 / matrix[i, j]
    ratios = {}
    for i, j in itertools.combinations(range(4), 2):
        without = matrix.copy()
        without[i, j] = without[j, i] = 0
        without[i, i] = without[j, j] = 2
        w, _ = pairwise.priorities(without)
        mended = matrix.copy()
        mended[i, j], mended[j, i] = w[i] / w[j], w[j] / w[i]
        ratios[i, j] = pairwise.consistency_ratio(pairwise.priorities(mended)[1], 4)
    i, j, _, ratio = pairwise.revisit(matrix)
    assert ratio == pytest.approx(ratios[i, j], abs=1e-9)
    assert ratio == pytest.approx(min(ratios.values()), abs=1e-8)
    assert ratio <= pairwise.consistency_ratio(pairwise.priorities(matrix)[1], 4) + 1e-9


def lowest_deviation_is_above(deviation: float, best: np.ndarray, worst: np.ndarray, span: float):
    """Whether no weights keep every deviation within this one: a linear programme, model 3."""
    m = len(best)
    rows, size = [], m + 2
    pairs = [(0, n + 1, t) for n, t in enumerate(best)]
    pairs += [(n + 1, size - 1, t) for n, t in enumerate(worst)] + [(0, size - 1, span)]
    for i, j, times in pairs:
        for sign in (1, -1):
            row = np.zeros(size)
            row[i] += sign
            row[j] -= sign * times + deviation
            rows.append(row)
    solved = linear_programme.least(
        np.zeros(size),
        rows=np.vstack([*rows, np.ones(size)]),
        low=np.append(np.full(len(rows), -np.inf), 1.0),
        high=np.append(np.zeros(len(rows)), 1.0),
        box=(np.zeros(size), np.ones(size)),
    )
    return solved is None


@given(TIMES, st.lists(st.tuples(TIMES, TIMES), min_size=1, max_size=5))
@example(9.0, [(1.0, 1.0), (9.0, 9.0)])
@example(9.0, [(1.0, 9.0), (9.0, 1.0)])
def test_no_weights_deviate_less_from_best_worst_judgements(
    span: float, said: list[tuple[float, float]]
) -> None:
    best, worst = np.minimum(np.array(said), span).T
    weights, deviation = best_worst.weights(best, worst, span)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    first, between, last = weights[0], weights[1:-1], weights[-1]
    found = np.concatenate(
        [abs(first / between - best), abs(between / last - worst), [abs(first / last - span)]]
    )
    assert found.max() == pytest.approx(deviation, abs=1e-9)
    if deviation > 1e-4:
        assert lowest_deviation_is_above(deviation - 1e-5, best, worst, span)


def test_best_worst_judgements_that_agree_give_the_weights_behind_them() -> None:
    said = {
        "best": "a",
        "worst": "b",
        "best_to_others": {"b": 4.0, "c": 4 / 3, "d": 2.0},
        "others_to_worst": {"c": 3.0, "d": 2.0},
    }
    told = judged(Judgement.model_validate({"best_worst": said}), WHOLE)
    assert told.shares == pytest.approx(WEIGHTS)
    assert told.ratio == pytest.approx(0, abs=1e-9)
    assert told.revisit is None


def test_the_best_worst_judgement_to_revisit_is_the_one_that_does_not_multiply_up() -> None:
    said = {
        "best": "a",
        "worst": "b",
        "best_to_others": {"b": 8.0, "c": 7.0, "d": 2.0},
        "others_to_worst": {"c": 4.0, "d": 4.0},
    }
    told = judged(Judgement.model_validate({"best_worst": said}), WHOLE)
    assert told.inconsistent
    assert told.revisit is not None
    assert (told.revisit.first, told.revisit.second, told.revisit.said) == ("a", "c", 7)
    # 8 times the worst, over the 4 times that c is said to be
    assert told.revisit.implied == pytest.approx(2)
    assert told.revisit.ratio == pytest.approx(0, abs=1e-9)


def test_one_order_is_full_concordance_and_opposite_orders_are_none() -> None:
    assert kendall_w(np.array([[1.0, 2, 3], [10, 20, 30]])) == pytest.approx(1)
    assert kendall_w(np.array([[1.0, 2, 3], [3, 2, 1]])) == pytest.approx(0)
    assert kendall_w(np.ones((3, 4))) is None

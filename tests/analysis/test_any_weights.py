"""Simulation over any weights: exact shares, central weights, ties, standard errors."""

import itertools

import numpy as np
import pytest

from make.builders import five_criteria, rules
from vendor_eval.analysis.simulation.simulations import any_weights, informed_weights, near_weights
from vendor_eval.analysis.weights.sampling import anywhere
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.weight_information import WeightInformation


def in_points(values: dict[str, list[float]]) -> Evaluation:
    """Vendors already in points on criteria of equal weight."""
    names = "abcdefghijklmnop"[: len(next(iter(values.values())))]
    bids = {v: dict(zip(names, row, strict=True)) for v, row in values.items()}
    return evaluate(rules(dict.fromkeys(names, 1.0)), proposals(bids))


def test_the_worked_shares_under_any_weights_are_found() -> None:
    found = any_weights(evaluate(*five_criteria()), draws=400_000)
    expected = {"A": 0.446, "B": 0.269, "C": 0.286}
    assert {v: found.first(v) for v in "ABC"} == pytest.approx(expected, abs=0.005)


def first_share_by_area(values: np.ndarray, vendor: int) -> tuple[float, np.ndarray]:
    """Where a vendor leads on the triangle of three weights: its exact share, and its centroid."""
    polygon = list(np.eye(3))
    for rival in np.delete(values, vendor, axis=0):
        lead, clipped = values[vendor] - rival, []
        for p, q in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            if lead @ p >= 0:
                clipped.append(p)
            if (lead @ p >= 0) != (lead @ q >= 0):
                clipped.append(p + (lead @ p) / (lead @ (p - q)) * (q - p))
        polygon = clipped
    fan = [(polygon[0], p, q) for p, q in itertools.pairwise(polygon[1:])]
    areas = np.array([np.linalg.norm(np.cross(b - a, c - a)) / 2 for a, b, c in fan])
    centroid = np.average([sum(corners) / 3 for corners in fan], axis=0, weights=areas)
    return float(areas.sum() / (np.sqrt(3) / 2)), centroid


@pytest.mark.parametrize("seed", range(5))
def test_any_weights_match_the_exact_areas_for_three_criteria(seed: int) -> None:
    random = np.random.default_rng(seed)
    # each is best on one criterion, so that each leads somewhere
    values = random.uniform(20, 60, (3, 3)) + 35 * np.eye(3)
    evaluation = in_points(dict(zip("XYZ", values.tolist(), strict=True)))
    found = any_weights(evaluation, draws=100_000, seed=seed)
    for row, vendor in enumerate("XYZ"):
        share, centroid = first_share_by_area(values, row)
        error = found.rank_acceptability_error.at[vendor, 1]
        assert abs(found.first(vendor) - share) < 4.5 * error
        off = found.central_weights.loc[vendor] - centroid
        assert (off.abs() < 5 * found.central_weights_error.loc[vendor]).all()


def test_two_vendors_under_any_weights_are_exact() -> None:
    # X leads where 3 a > b, so on three quarters of the weights
    found = any_weights(in_points({"X": [80, 40], "Y": [50, 50]}), draws=100)
    assert found.rank_acceptability.to_numpy() == pytest.approx(
        np.array([[0.75, 0.25], [0.25, 0.75]])
    )
    assert found.rank_acceptability_error.to_numpy().tolist() == [[0, 0], [0, 0]]
    assert found.expected_rank.tolist() == pytest.approx([1.25, 1.75])


def test_exact_pairwise_wins_agree_with_drawn_ones() -> None:
    evaluation = evaluate(*five_criteria())
    exact = any_weights(evaluation, draws=200_000)
    assert (exact.pairwise_error.to_numpy() == 0).all()
    drawn = exact.tally.wins / exact.draws
    assert exact.pairwise.to_numpy() == pytest.approx(drawn, abs=0.005)
    ranks = exact.rank_acceptability.to_numpy() @ np.arange(1, 4)
    assert exact.expected_rank.to_numpy() == pytest.approx(ranks, abs=0.005)


def test_standard_errors_tell_how_far_other_seeds_stray() -> None:
    evaluation = in_points({"X": [80, 40, 50], "Y": [50, 60, 48], "Z": [45, 50, 70]})
    runs = [near_weights(evaluation, concentration=8.0, draws=500, seed=s) for s in range(200)]
    for frame, error in (
        ("rank_acceptability", "rank_acceptability_error"),
        ("central_weights", "central_weights_error"),
        ("pairwise", "pairwise_error"),
        ("expected_rank", "expected_rank_error"),
    ):
        found = np.array([getattr(run, frame).to_numpy() for run in runs])
        told = np.mean([getattr(run, error).to_numpy() for run in runs], axis=0)
        strayed = found.std(axis=0)
        likely = told > 0.005
        assert strayed[likely] == pytest.approx(told[likely], rel=0.25), frame


def test_central_weights_are_those_under_which_a_vendor_is_first() -> None:
    evaluation = evaluate(*five_criteria())
    found = any_weights(evaluation, draws=50_000, seed=2)
    weights = anywhere(evaluation.tree).drawn(50_000, seed=2)
    scores = weights @ evaluation.values.loc[list("ABC"), list(found.paths)].to_numpy().T
    for row, vendor in enumerate("ABC"):
        first = scores.argmax(axis=1) == row
        expected = weights[first].mean(axis=0)
        assert found.central_weights.loc[vendor].to_numpy() == pytest.approx(expected)
    assert found.central_weights.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    assert found.confidence_factor.tolist() == [1, 1, 1]


def test_a_vendor_that_is_never_first_has_no_central_weights() -> None:
    found = any_weights(in_points({"X": [80, 70], "Y": [60, 90], "Z": [50, 50]}))
    assert list(found.central_weights.index) == list(found.confidence_factor.index) == ["X", "Y"]
    assert found.first("Z") == 0


def test_identical_vendors_share_ranks_and_never_beat_each_other() -> None:
    same = [60, 33.3, 71]
    found = any_weights(in_points({"X": same, "Y": same, "Z": [10, 90, 20]}), draws=5000)
    x, y = (found.rank_acceptability.loc[v].tolist() for v in "XY")
    assert x == y
    assert found.pairwise.loc["X", "Y"] == found.pairwise.loc["Y", "X"] == 0
    assert found.confidence_factor["X"] == 0.5
    assert found.rank_acceptability.to_numpy().sum(axis=0) == pytest.approx(np.ones(3))


def test_vendors_alike_on_nine_decimals_only_are_tied() -> None:
    found = any_weights(in_points({"X": [60.0, 40.0], "Y": [60.0 + 1e-12, 40.0 - 1e-12]}), draws=50)
    assert found.rank_acceptability.to_numpy().tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_a_criterion_of_no_weight_or_of_equal_values_changes_nothing() -> None:
    bids = {"X": {"a": 70, "b": 40, "c": 5}, "Y": {"a": 45, "b": 60, "c": 95}}
    evaluation = evaluate(rules({"a": 1.0, "b": 1.0, "c": 0.0}), proposals(bids))
    alone = evaluate(rules({"a": 1.0, "b": 1.0}), proposals(bids))
    assert near_weights(evaluation, draws=200_000).first("X") == pytest.approx(
        near_weights(alone, draws=200_000).first("X"), abs=0.005
    )
    constant = any_weights(in_points({"X": [70, 40, 50], "Y": [45, 60, 50]}))
    without = any_weights(in_points({"X": [70, 40], "Y": [45, 60]}))
    assert constant.first("X") == pytest.approx(without.first("X"), abs=1e-12)


def test_information_narrows_what_any_weights_leave_open() -> None:
    evaluation = in_points({"X": [80, 40], "Y": [50, 50]})
    said = WeightInformation(order=["a", "b"])
    found = informed_weights(evaluation, said, draws=2000)
    assert found.first("X") == 1
    said = WeightInformation(ranges={"a": [0.0, 0.5]})
    # of a in [0, 0.5], X leads from a quarter on
    found = informed_weights(evaluation, said, draws=100_000)
    assert found.first("X") == pytest.approx(0.5, abs=0.006)

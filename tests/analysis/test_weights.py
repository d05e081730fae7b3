"""Weights drawn uniformly: on the whole simplex, and on what somebody can say about them."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.drawn_weights import DRAWS, drawn, flat, two_levels
from vendor_eval.analysis.simulation.simulations import halfspace_shares
from vendor_eval.analysis.weights.dirichlet import around
from vendor_eval.analysis.weights.information import informed
from vendor_eval.analysis.weights.polytope import Limits, Walk
from vendor_eval.analysis.weights.sampling import anywhere
from vendor_eval.rules.weight_information import WeightInformation


def rank_order_centroid(size: int) -> np.ndarray:
    """Barron & Barrett (1996): the centroid of all weights in one order."""
    return np.array([sum(1 / j for j in range(i, size + 1)) / size for i in range(1, size + 1)])


def clipped_centroid(vertices: np.ndarray, said: list[tuple[np.ndarray, float]]) -> np.ndarray:
    """Centroid of the triangle of three weights cut by a . w <= b, by clipping the polygon."""
    polygon = list(vertices)
    for a, b in said:
        clipped = []
        for p, q in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
            inside, next_inside = a @ p <= b, a @ q <= b
            if inside:
                clipped.append(p)
            if inside != next_inside:
                clipped.append(p + (b - a @ p) / (a @ (q - p)) * (q - p))
        polygon = clipped
    fan = [(polygon[0], p, q) for p, q in itertools.pairwise(polygon[1:])]
    areas = [np.linalg.norm(np.cross(b - a, c - a)) for a, b, c in fan]
    return np.average([sum(corners) / 3 for corners in fan], axis=0, weights=areas)


def close(weights: np.ndarray, centroid: np.ndarray, times: float = 5.0) -> bool:
    error = weights.std(axis=0) / math.sqrt(len(weights))
    return bool((np.abs(weights.mean(axis=0) - centroid) <= times * error + 1e-9).all())


def test_any_weights_are_uniform_on_the_simplex_not_uniform_numbers_divided_by_their_sum() -> None:
    weights = anywhere(flat(5)).drawn(DRAWS, seed=0)
    # a weight of a Dirichlet(1, ..., 1) exceeds t with probability (1 - t)^4
    for t in (0.1, 0.3, 0.5, 0.8):
        assert (weights[:, 0] > t).mean() == pytest.approx((1 - t) ** 4, abs=0.01)
    numbers = np.random.default_rng(0).random((DRAWS, 5))
    trap = numbers / numbers.sum(axis=1, keepdims=True)
    assert abs((trap[:, 0] > 0.3).mean() - 0.7**4) > 0.05


def test_any_weights_leave_the_shares_below_the_top_as_stated() -> None:
    weightings = anywhere(two_levels())
    assert weightings.paths == ("cost", "quality")
    leaves = weightings.drawn(100, seed=0) @ weightings.composition.T
    assert leaves[:, 0] == pytest.approx(3 * leaves[:, 1])
    assert leaves[:, 2] == pytest.approx(leaves[:, 3])


@given(st.integers(1, 6), st.floats(0.5, 500), st.integers(0, 5))
def test_weights_around_the_agreed_ones_are_never_negative_and_sum_to_one(
    n: int, concentration: float, seed: int
) -> None:
    for on in (flat(n), two_levels()):
        weights = around(on, concentration=concentration).drawn(50, seed=seed)
        assert (weights >= 0).all()
        assert weights.sum(axis=1) == pytest.approx(np.ones(50))


def test_infinite_concentration_gives_the_agreed_weights_back() -> None:
    for on in (flat(3), two_levels()):
        agreed = on.weights[on.leaf_at]
        weights = around(on, concentration=math.inf).drawn(3, seed=0)
        assert weights == pytest.approx(np.tile(agreed, (3, 1)))


@pytest.mark.parametrize("size", [2, 3, 5, 8])
def test_an_order_of_importance_alone_has_the_rank_order_centroid(size: int) -> None:
    weights = drawn(flat(size), order=[f"c{n}" for n in range(size)])
    assert close(weights, rank_order_centroid(size))
    assert (np.diff(weights, axis=1) <= 0).all()


def test_a_partial_order_says_nothing_about_the_others() -> None:
    weights = drawn(flat(4), order=["c2", "c0"])
    assert (weights[:, 2] >= weights[:, 0]).all()
    # of two exchangeable weights the larger has 3/4 of what the pair has, the smaller 1/4
    assert close(weights, np.array([1 / 8, 1 / 4, 3 / 8, 1 / 4]))


CUTS = {
    "a range": ({"ranges": {"c0": [0.2, 0.5]}}, [([-1, 0, 0], -0.2), ([1, 0, 0], 0.5)]),
    "a thin range": (
        {"ranges": {"c0": [0.3, 0.302]}},
        [([-1, 0, 0], -0.3), ([1, 0, 0], 0.302)],
    ),
    "a ratio": ({"at_least": [["c1", 2.0, "c2"]]}, [([0, -1, 2], 0.0)]),
    "a ratio below one": ({"at_least": [["c1", 0.5, "c2"]]}, [([0, -1, 0.5], 0.0)]),
    "an order and a range": (
        {"order": ["c0", "c1", "c2"], "ranges": {"c2": [0.1, 1.0]}},
        [([-1, 1, 0], 0.0), ([0, -1, 1], 0.0), ([0, 0, -1], -0.1)],
    ),
    "everything at once": (
        {
            "order": ["c0", "c1"],
            "ranges": {"c0": [0.3, 0.6]},
            "at_least": [["c2", 0.5, "c1"]],
        },
        [([-1, 1, 0], 0.0), ([-1, 0, 0], -0.3), ([1, 0, 0], 0.6), ([0, 0.5, -1], 0.0)],
    ),
}


@pytest.mark.parametrize("name", CUTS)
def test_partial_information_has_the_centroid_of_the_polygon_it_leaves(name: str) -> None:
    said, cuts = CUTS[name]
    weights = drawn(flat(3), **said)
    halfplanes = [(np.array(a, dtype=float), b) for a, b in cuts]
    assert close(weights, clipped_centroid(np.eye(3), halfplanes), times=6)
    for a, b in halfplanes:
        assert (weights @ a <= b + 1e-8).all()
    assert weights.sum(axis=1) == pytest.approx(np.ones(len(weights)))
    assert (weights >= 0).all()


@pytest.mark.parametrize("size", [3, 6, 9])
def test_the_walk_finds_the_rank_order_centroid_that_sorting_finds(size: int) -> None:
    below = np.eye(size, k=1)[:-1] - np.eye(size)[:-1]
    walk = Walk.within(Limits(below, np.zeros(size - 1)))
    steps = walk.steps(np.random.default_rng(0))
    weights = np.vstack([next(steps) for _ in range(40)])
    sorted_ = -np.sort(-np.random.default_rng(1).dirichlet(np.ones(size), len(weights)), axis=1)
    assert close(weights, rank_order_centroid(size), times=6)
    assert weights.std(axis=0) == pytest.approx(sorted_.std(axis=0), rel=0.04)


def test_a_weight_that_is_fixed_leaves_the_others_uniform() -> None:
    weights = drawn(flat(4), ranges={"c0": [0.4, 0.4]})
    assert weights[:, 0] == pytest.approx(np.full(len(weights), 0.4), abs=1e-8)
    # the others: 0.6 times a Dirichlet of three
    for t in (0.1, 0.3, 0.5):
        assert (weights[:, 1] > 0.6 * t).mean() == pytest.approx((1 - t) ** 2, abs=0.015)


def test_ratios_both_ways_make_two_weights_equal() -> None:
    weights = drawn(flat(3), at_least=[["c0", 1.0, "c1"], ["c1", 1.0, "c0"]])
    assert weights[:, 0] == pytest.approx(weights[:, 1], abs=1e-8)
    assert close(weights, np.array([0.25, 0.25, 0.5]))


def test_information_that_leaves_one_weighting_gives_that_one() -> None:
    weights = drawn(flat(3), draws=10, ranges={"c0": [0.2, 0.2], "c1": [0.5, 0.5]})
    assert weights == pytest.approx(np.tile([0.2, 0.5, 0.3], (10, 1)), abs=1e-8)


def test_information_below_the_top_leaves_the_top_as_stated() -> None:
    on = two_levels()
    weightings = informed(on, WeightInformation.of(order=["quality.people", "quality.process"]))
    weights = weightings.drawn(DRAWS, seed=0)
    assert weightings.paths == ("cost", "quality.people", "quality.process")
    assert weights[:, 0] == pytest.approx(np.full(DRAWS, 0.6))
    assert close(weights[:, 1:], np.array([0.3, 0.1]))


def test_information_at_two_levels_is_sampled_at_both() -> None:
    said = {"order": ["cost", "quality", "cost.fee", "cost.travel"]}
    weightings = informed(two_levels(), WeightInformation.of(**said))
    weights = weightings.drawn(DRAWS, seed=0)
    assert weightings.paths == ("cost.fee", "cost.travel", "quality")
    assert close(weights, np.array([0.75 * 0.75, 0.75 * 0.25, 0.25]))
    assert (weightings.composition.sum(axis=0) == 1).all()


def test_the_same_seed_gives_the_same_weights_in_blocks_of_any_size() -> None:
    on = flat(4)
    said = (
        {"order": ["c0", "c1"]},
        {"ranges": {"c0": [0.1, 0.4]}},
        {"ranges": {"c0": [0.4, 0.401]}},
    )
    ways = [
        anywhere(on),
        around(on, concentration=80),
        around(two_levels(), concentration=80),
        *(informed(on, WeightInformation.of(**s)) for s in said),
    ]
    for way in ways:
        whole = way.drawn(1000, seed=5)
        draw = way.begin(np.random.default_rng(5))
        blocks = [np.empty((n, len(way.paths))) for n in (1, 300, 699)]
        for block in blocks:
            draw(block)
        assert np.vstack(blocks) == pytest.approx(whole, abs=1e-15)
        assert not np.allclose(way.drawn(1000, seed=6), whole)


@given(st.lists(st.lists(st.integers(-4, 4), min_size=4, max_size=4), min_size=1, max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_exact_share_of_a_halfspace_is_what_is_drawn(rows: list[list[int]]) -> None:
    differences = np.array(rows, dtype=float)
    weights = np.random.default_rng(0).dirichlet(np.ones(4), 20_000)
    found = (weights @ differences.T > 1e-12).mean(axis=0)
    assert halfspace_shares(differences) == pytest.approx(found, abs=0.02)


def test_the_exact_share_of_a_halfspace_is_the_closed_form_for_two_criteria() -> None:
    # a w - b (1 - w) > 0 where w > b / (a + b)
    shares = halfspace_shares(np.array([[3.0, -1.0], [0.0, -1.0], [2.0, 0.0], [0.0, 0.0]]))
    assert shares.tolist() == [0.75, 0.0, 1.0, 0.0]

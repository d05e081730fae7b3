"""Weights, names and directions mean the same to every method: no trap of the libraries beneath."""

import numpy as np
import pandas as pd
import pytest

from make.opinions import ALL, FOUR, WAYS, WEIGHTED, opinions
from vendor_eval.analysis.methods.panel import second_opinions
from vendor_eval.errors import VendorEvalError


@pytest.mark.parametrize("method", ALL)
def test_only_the_proportions_of_the_weights_count(method: str) -> None:
    shares = opinions(FOUR, WAYS, [0.5, 0.3, 0.2], [method])[method]
    points = opinions(FOUR, WAYS, [50, 30, 20], [method])[method]
    huge = opinions(FOUR, WAYS, [5e307, 3e307, 2e307], [method])[method]
    np.testing.assert_allclose(shares.scores, points.scores, rtol=1e-12)
    np.testing.assert_allclose(shares.scores, huge.scores, rtol=1e-12)
    assert shares.ranks.equals(points.ranks)


@pytest.mark.parametrize("method", WEIGHTED)
def test_weights_matter(method: str) -> None:
    by_price = opinions(FOUR, WAYS, [98, 1, 1], [method])[method]
    by_quality = opinions(FOUR, WAYS, [1, 98, 1], [method])[method]
    assert by_price.ranks["Gamma"] == 1
    assert by_quality.ranks["Delta"] == 1


@pytest.mark.parametrize("method", ALL)
def test_a_criterion_without_weight_is_as_if_it_were_not_there(method: str) -> None:
    hostile = {
        name: [*answers, bad]
        for (name, answers), bad in zip(FOUR.items(), [np.nan, 0.0, -5.0, np.inf], strict=True)
    }
    without = opinions(FOUR, WAYS, [5, 3, 2], [method])[method]
    ignored = opinions(hostile, [*WAYS, "max"], [5, 3, 2, 0], [method])[method]
    assert ignored.error is None
    np.testing.assert_array_equal(without.scores, ignored.scores)


@pytest.mark.parametrize("method", ALL)
def test_columns_weights_and_directions_are_matched_by_name_not_by_place(method: str) -> None:
    frame = pd.DataFrame.from_dict(FOUR, orient="index", columns=["price", "skill", "speed"])
    weights = pd.Series({"price": 5.0, "skill": 3.0, "speed": 2.0})
    directions = pd.Series({"price": "min", "skill": "max", "speed": "max"})
    straight = second_opinions(frame, weights=weights, directions=directions, names=[method])
    turned = second_opinions(
        frame[["speed", "price", "skill"]],
        weights=weights[["skill", "speed", "price"]],
        directions=directions[["price", "speed", "skill"]],
        names=[method],
    )
    assert straight[method].ranks.equals(turned[method].ranks)


@pytest.mark.parametrize("method", ALL)
def test_the_order_of_the_vendors_does_not_matter(method: str) -> None:
    straight = opinions(FOUR, WAYS, names=[method])[method]
    reverse = opinions(dict(reversed(FOUR.items())), WAYS, names=[method])[method]
    assert straight.ranks.to_dict() == reverse.ranks.to_dict()


@pytest.mark.parametrize("method", sorted(set(ALL) - {"copras", "simplified_probid"}))
@pytest.mark.parametrize(("way", "first"), [("min", "Cheap"), ("max", "Dear")])
def test_where_less_is_better_the_dearest_never_wins(method: str, way: str, first: str) -> None:
    rows = {"Dear": [9.0, 5.0], "Middle": [6.0, 5.0], "Cheap": [3.0, 5.0]}
    found = opinions(rows, [way, "max"], [3, 1], [method])[method]
    assert found.error is None
    assert found.ranks[first] == 1, found.scores
    assert (found.ranks == 1).sum() == 1


def test_simplified_probid_follows_the_direction_and_cannot_divide_by_a_perfect_offer() -> None:
    rows = {"Dear": [9.0, 5.0], "Middle": [6.0, 5.0], "Cheap": [3.0, 4.9]}
    found = opinions(rows, ["min", "max"], [3, 1], ["simplified_probid"])["simplified_probid"]
    assert found.ranks.to_dict() == {"Cheap": 1, "Middle": 2, "Dear": 3}
    perfect = opinions({**rows, "Cheap": [3.0, 5.0]}, ["min", "max"], names=["simplified_probid"])
    assert perfect["simplified_probid"].error.endswith("and that is 0; found 'Cheap'")


def test_copras_elects_the_cheapest_and_says_that_it_needs_a_cost() -> None:
    rows = {"Dear": [9.0, 5.0], "Cheap": [3.0, 5.0]}
    assert opinions(rows, ["min", "max"], names=["copras"])["copras"].ranks["Cheap"] == 1
    refused = opinions(rows, ["max", "max"], names=["copras"])["copras"]
    assert "at least one criterion where less is better" in refused.error


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ([-1, 5, 1], "the weight of 'c0' is -1"),
        ([0, 0, 0], "every weight is 0"),
        ([np.nan, 1, 1], "the weight of 'c0' is nan"),
        ([1, np.inf, 1], "the weight of 'c1' is inf"),
    ],
)
def test_weights_that_cannot_be_weights_are_refused(weights: list[float], says: str) -> None:
    with pytest.raises(VendorEvalError, match=says):
        opinions(FOUR, WAYS, weights)


def test_vendors_and_criteria_are_named_once_and_directions_are_max_or_min() -> None:
    frame = pd.DataFrame([[1.0, 2.0], [3.0, 4.0]], index=["A", "B"], columns=["p", "q"])
    even, ways = pd.Series({"p": 1.0, "q": 1.0}), pd.Series({"p": "min", "q": "max"})

    def asked(frame: pd.DataFrame, weights: pd.Series, directions: pd.Series) -> None:
        second_opinions(frame, weights=weights, directions=directions, names=["topsis"])

    with pytest.raises(VendorEvalError, match="vendor 'A' is listed twice"):
        asked(frame.set_axis(["A", "A"]), even, ways)
    with pytest.raises(VendorEvalError, match="criterion 'p' is listed twice"):
        asked(frame.set_axis(["p", "p"], axis=1), even, ways)
    with pytest.raises(VendorEvalError, match="the direction of 'p' is 'down'"):
        asked(frame, even, pd.Series({"p": "down", "q": "max"}))
    with pytest.raises(VendorEvalError, match="criterion 'q' has no weight"):
        asked(frame, even[["p"]], ways)
    with pytest.raises(VendorEvalError, match="no such column of answers"):
        asked(frame[["p"]], even, ways)

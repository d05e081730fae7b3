"""Agreement of evaluators, against published figures and by what must hold of any ratings."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from make import ROOT
from vendor_eval.analysis.concordance import kendall_w
from vendor_eval.panel.statistics import (
    jackknife_range,
    krippendorff_alpha,
    mean_squares,
    severities,
)

WORKED = json.loads((ROOT / "tests/worked/panels.json").read_text("utf-8"))
# Shrout and Fleiss 1979, Psychological Bulletin 86: six targets, four judges
SHROUT = WORKED["shrout_fleiss_1979"]
RATINGS = np.array(SHROUT["x"], dtype=float)


def golden(name: str) -> Any:
    path: Path = ROOT / "tests/golden/panel" / f"{name}.json"
    return json.loads(path.read_text("utf-8"))


def test_mean_squares_are_those_of_shrout_and_fleiss() -> None:
    squares = mean_squares(RATINGS)
    assert squares is not None
    assert squares.rest == pytest.approx(SHROUT["mean_squares"]["rest"], abs=5e-5)
    assert squares.degrees_of_freedom == 15


def test_severity_is_how_far_a_judge_is_below_the_others() -> None:
    published = SHROUT["severity_grand_minus_judge"]
    assert severities(RATINGS) == pytest.approx(published, abs=5e-5)


def test_kendalls_w_of_the_ratings_of_shrout_and_fleiss_is_corrected_for_ties() -> None:
    expected = SHROUT["kendall_w"]
    assert kendall_w(RATINGS.T) == pytest.approx(expected["tie_corrected"], abs=5e-7)


@pytest.mark.parametrize("name", ["kendall_w_siegel_castellan_1988", "kendall_w_irr_anxiety"])
def test_kendalls_w_is_the_published_one(name: str) -> None:
    case = golden(name)
    [given_] = case["inputs"].values()
    table = np.array(given_, dtype=float)
    judges = table if table.shape[0] < table.shape[1] else table.T
    [expected] = [value for key, value in case["expected"].items() if key.startswith("W")][:1]
    assert kendall_w(judges) == pytest.approx(expected, abs=case.get("abs_tolerance", 5e-4))


@pytest.mark.parametrize("metric", ["ordinal", "interval"])
def test_krippendorffs_alpha_is_the_published_one(metric: Any) -> None:
    case = golden("krippendorff_2011_four_coders")
    units = [
        [value for value in unit if value is not None]
        for unit in zip(*case["inputs"]["reliability_data"], strict=True)
    ]
    expected = case["expected"][metric]
    assert krippendorff_alpha(units, metric) == pytest.approx(expected, abs=case["abs_tolerance"])


def test_alike_rankings_may_hide_that_levels_differ() -> None:
    alpha = krippendorff_alpha(RATINGS.tolist(), "interval")
    assert alpha == pytest.approx(SHROUT["krippendorff_alpha_interval"], abs=5e-7)


def test_nothing_to_compare_gives_no_figure() -> None:
    alike = np.full((3, 4), 7.0)
    assert kendall_w(alike) is None
    assert krippendorff_alpha(alike.tolist(), "ordinal") is None
    assert mean_squares(RATINGS[:1]) is None
    assert mean_squares(RATINGS[:, :1]) is None
    assert severities(RATINGS[:, :1]) is None
    assert kendall_w(RATINGS[:1]) is None
    assert krippendorff_alpha([[1.0], [2.0]], "ordinal") is None
    assert jackknife_range([[[1.0, 2.0]], [[2.0, 1.0]]], lambda _: 1.0) is None


NUMBERS = st.integers(0, 5).map(float)
TABLES = arrays(float, st.tuples(st.integers(2, 6), st.integers(2, 5)), elements=NUMBERS)


@given(TABLES)
def test_figures_stay_where_they_may_be(table: np.ndarray) -> None:
    w, alpha = kendall_w(table.T), krippendorff_alpha(table.tolist(), "ordinal")
    assert w is None or -1e-9 <= w <= 1 + 1e-9
    assert alpha is None or alpha <= 1 + 1e-9
    squares = mean_squares(table)
    assert squares is not None
    assert squares.rest >= 0
    of_judges = severities(table)
    assert of_judges is not None
    assert abs(of_judges.sum()) < 1e-9


@given(TABLES, st.integers(0, 4), st.integers(-3, 3).map(float))
def test_a_stricter_judge_changes_no_residual_and_no_ranking(
    table: np.ndarray, judge: int, shift: float
) -> None:
    moved = table.copy()
    moved[:, judge % table.shape[1]] += shift
    one, other = mean_squares(table), mean_squares(moved)
    assert one is not None
    assert other is not None
    assert other.rest == pytest.approx(one.rest, abs=1e-9)
    differences = moved.mean(axis=1) - table.mean(axis=1)
    assert differences == pytest.approx(np.full(len(table), differences[0]))


def test_the_range_leaves_out_one_vendor_at_a_time() -> None:
    groups = [[[1.0, 1.0]], [[2.0, 3.0]], [[4.0, 4.0]]]
    assert jackknife_range(groups, lambda units: float(len(units))) == (2.0, 2.0)
    alphas = jackknife_range(groups, lambda units: krippendorff_alpha(units, "ordinal"))
    assert alphas is not None
    assert alphas[0] < alphas[1]

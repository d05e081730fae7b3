"""The field's own cases of the simulation, with the numbers they were published with."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from make import ROOT
from vendor_eval.analysis.simulation.acceptability import Simulation
from vendor_eval.analysis.simulation.answers import Answers, UncertainLeaf
from vendor_eval.analysis.simulation.simulation import additive, confidence, tallied
from vendor_eval.analysis.weights.sampling import Weightings
from vendor_eval.rules.values.named import value_function

GOLDEN = ROOT / "tests" / "golden" / "smaa"


def case(name: str) -> dict[str, Any]:
    return json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))


def replayed(stored: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Draws that were stored (n, ...), read one block after another instead of drawn."""
    at = 0

    def block(out: np.ndarray) -> np.ndarray:
        nonlocal at
        rows = stored[at : at + len(out)]
        at += len(out)
        out[:] = rows
        return out

    return block


def under_samples(
    values: np.ndarray, weights: np.ndarray, *, vendors: list[str], criteria: list[str]
) -> Simulation:
    """Our simulation where values (n, k, m) and weights (n, m) are stored instead of drawn."""
    (draws, k, m), each = values.shape, np.arange(len(vendors))
    weightings = Weightings(tuple(criteria), np.eye(m), lambda _: replayed(weights))

    def answers() -> Answers:
        def leaf(n: int) -> UncertainLeaf:
            block = replayed(values[:, :, n])
            return UncertainLeaf(n, each, each, np.zeros(k), lambda u: block(u.T).T)

        return Answers(np.zeros((k, m)), tuple(leaf(n) for n in range(m)), k)

    scores = additive(weightings, answers(), draws, 0)
    tally = tallied(weightings, scores, vendors=k, draws=draws, seed=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vendor_eval.analysis.simulation.simulation.CONFIDENT", draws)
        confident, number = confidence(tally.central, weightings, answers(), draws, 0)
    return Simulation(tuple(vendors), tuple(criteria), draws, 0, tally, confident, number)


def test_the_thrombosis_case_is_reproduced_on_its_own_samples() -> None:
    published = case("smaa_thrombo_R")
    stored = np.load(GOLDEN / "smaa_thrombo_samples.npz")
    vendors, criteria = published["inputs"]["alternatives"], published["inputs"]["criteria"]
    expected = published["expected"]
    found = under_samples(stored["meas"], stored["weights"], vendors=vendors, criteria=criteria)
    assert found.rank_acceptability.to_numpy().tolist() == expected["rank_acceptability"]
    assert found.central_weights.to_numpy() == pytest.approx(
        np.array(expected["central_weights"]), abs=5e-8
    )
    assert found.confidence_factor.tolist() == expected["confidence_factors"]
    first = found.rank_acceptability[1].to_numpy()
    assert -(first @ np.log2(first)) == pytest.approx(expected["ranking_entropy_bits"], abs=1e-6)


def test_the_thrombosis_case_is_reproduced_under_fixed_weights() -> None:
    published = case("smaa_thrombo_R")
    meas = np.load(GOLDEN / "smaa_thrombo_samples.npz")["meas"]
    fixed = np.tile(published["inputs"]["fixed_weights"], (len(meas), 1))
    found = under_samples(meas, fixed, vendors=["H", "E"], criteria=["a", "b", "c"])
    assert found.rank_acceptability[1].tolist() == published["expected"]["rank1_with_fixed_weights"]


def test_the_pairwise_winning_index_is_the_share_of_draws_won() -> None:
    # ten draws on one criterion: the first wins nine
    values = np.zeros((10, 2, 1))
    values[:9, 0] = values[9:, 1] = 1.0
    found = under_samples(values, np.ones((10, 1)), vendors=["a1", "a2"], criteria=["c"])
    assert found.pairwise.to_numpy().tolist() == case("smaa_pwi_R")["expected"]["pwi"]


def benefit_risk(draws: int) -> tuple[np.ndarray, list[str], list[str]]:
    """Partial values (draws, 4, 6) on linear scales over the union of the 95 % intervals."""
    inputs = case("smaa2_tervonen_2011_benefit_risk")["inputs"]
    random = np.random.default_rng(0)
    columns = []
    for criterion in inputs["criteria"]:
        given = inputs["measurements"][criterion]
        mean, sd = (np.array([m[key] for m in given]) for key in ("mean", "sd"))
        drawn = random.normal(mean, sd, (draws, len(given)))
        low, high = mean - 1.96 * sd, mean + 1.96 * sd
        if given[0]["dist"] == "lognormal":
            drawn, low, high = np.exp(drawn), np.exp(low), np.exp(high)
        ends = (low.min(), high.max())
        best = ends[::-1] if inputs["directions"].get(criterion, "min") == "min" else ends
        columns.append(np.clip((drawn - best[0]) / (best[1] - best[0]), 0, 1))
    return np.stack(columns, axis=2), inputs["alternatives"], inputs["criteria"]


def test_the_benefit_risk_case_is_reproduced_within_its_tolerance() -> None:
    published = case("smaa2_tervonen_2011_benefit_risk")
    expected, tolerance = published["expected"], published["abs_tolerance"]
    values, vendors, criteria = benefit_risk(100_000)
    weights = np.random.default_rng(1).dirichlet(np.ones(len(criteria)), len(values))
    found = under_samples(values, weights, vendors=vendors, criteria=criteria)
    for key, frame in (
        ("rank_acceptability", found.rank_acceptability),
        ("central_weights", found.central_weights),
        ("confidence_factors", found.confidence_factor),
    ):
        assert frame.to_numpy() == pytest.approx(np.array(expected[key]), abs=tolerance[key])


def test_the_piecewise_value_function_of_the_field_is_ours_where_it_clips() -> None:
    published = case("value_function_piecewise_R")
    x = published["inputs"]
    points = [(a, 100 * v) for a, v in zip(x["cutoffs"], x["values"], strict=True)]
    knots = tuple((float(a), v) for a, v in points)
    function = value_function({"piecewise": {"points": knots}})
    assert function(np.array(x["x"])) == pytest.approx(published["expected"]["clip"], abs=1e-9)

"""Net flows by sorting are those of comparing every two vendors, ties included."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import ROOT
from vendor_eval.analysis.methods.promethee import Preference, net_flows
from vendor_eval.errors import VendorEvalError

GOLDEN = ROOT / "tests" / "golden"

KINDS = {
    "usual": Preference("usual"),
    "u": Preference("u", q=2),
    "v": Preference("v", p=3),
    "level": Preference("level", q=1, p=4),
    "linear": Preference("linear", q=1, p=5),
    "gauss": Preference("gauss", s=2),
}


def preferred(d: np.ndarray, by: Preference) -> np.ndarray:
    """Brans & Vincke (1985), the generalised criteria, written down difference by difference."""
    match by.kind:
        case "usual":
            return (d > 0) * 1.0
        case "u":
            return (d > by.q) * 1.0
        case "v":
            return np.clip(d / by.p, 0, 1)
        case "level":
            return ((d > by.q) * 1.0 + (d > by.p)) / 2
        case "linear":
            return np.clip((d - by.q) / (by.p - by.q), 0, 1)
        case "gauss":
            return np.where(d > 0, 1 - np.exp(-(d**2) / (2 * by.s**2)), 0)


def pairwise_index(values: np.ndarray, weights: np.ndarray, by: list[Preference]) -> np.ndarray:
    """The preference index of each vendor over each other one, (n, n)."""
    ahead = values[:, None, :] - values[None, :, :]
    parts = [preferred(ahead[:, :, j], preference) for j, preference in enumerate(by)]
    return np.tensordot(weights / weights.sum(), np.array(parts), axes=1)


def pairwise_flows(index: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positive and negative outranking flows."""
    rivals = len(index) - 1
    return index.sum(axis=1) / rivals, index.sum(axis=0) / rivals


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, list[Preference]]:
    """Tables of few distinct values, so that ties are frequent, with any preference functions."""
    vendors, criteria = draw(st.integers(2, 12)), draw(st.integers(1, 5))
    cell = st.integers(-6, 6) | st.sampled_from([0.5, -0.25, 1e6])
    row = st.lists(cell, min_size=criteria, max_size=criteria)
    values = draw(st.lists(row, min_size=vendors, max_size=vendors))
    weights = draw(st.lists(st.integers(1, 9), min_size=criteria, max_size=criteria))
    kind = st.sampled_from(list(KINDS.values()))
    by = draw(st.lists(kind, min_size=criteria, max_size=criteria))
    return np.array(values, dtype=float), np.array(weights, dtype=float), by


def test_the_pairwise_reference_is_itself_the_published_one() -> None:
    hydro = json.loads((GOLDEN / "promethee_brans_vincke_hydro.json").read_text("utf-8"))
    inputs = hydro["inputs"]
    signed = np.array(inputs["matrix"]) * np.array(inputs["types"])
    by = [Preference(**given) for given in inputs["preference_functions"]]
    index = pairwise_index(signed, np.array(inputs["weights"]), by)
    np.testing.assert_allclose(index, hydro["expected"]["pi"], atol=hydro["abs_tolerance"])

    kept = json.loads((GOLDEN / "promethee_flows_from_pi.json").read_text("utf-8"))
    positive, negative = pairwise_flows(np.array(kept["inputs"]["pi"]))
    np.testing.assert_allclose(positive, kept["expected"]["positive"], atol=kept["abs_tolerance"])
    np.testing.assert_allclose(negative, kept["expected"]["negative"], atol=kept["abs_tolerance"])


@given(problems())
def test_sorting_gives_the_flows_of_pairwise_comparison(
    problem: tuple[np.ndarray, np.ndarray, list[Preference]],
) -> None:
    values, weights, by = problem
    positive, negative = pairwise_flows(pairwise_index(values, weights, by))
    np.testing.assert_allclose(net_flows(values, weights, by), positive - negative, atol=1e-9)


@given(problems())
def test_the_usual_criterion_is_exact_and_flows_add_up_to_zero(
    problem: tuple[np.ndarray, np.ndarray, list[Preference]],
) -> None:
    values, weights, _ = problem
    found = net_flows(values, weights)
    positive, negative = pairwise_flows(
        pairwise_index(values, weights, [KINDS["usual"]] * values.shape[1])
    )
    np.testing.assert_allclose(found, positive - negative, rtol=0, atol=1e-15)
    assert found.sum() == pytest.approx(0, abs=1e-12)
    assert np.abs(found).max() <= 1 + 1e-12


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "v"},
        {"kind": "linear", "q": 3, "p": 2},
        {"kind": "level", "q": 2, "p": 2},
        {"kind": "u", "q": -1},
        {"kind": "gauss"},
        {"kind": "gauss", "s": float("nan")},
        {"kind": "v", "p": float("inf")},
    ],
)
def test_a_preference_function_that_cannot_be_is_refused_with_what_was_found(wrong: dict) -> None:
    with pytest.raises(VendorEvalError, match="preference function '" + wrong["kind"]):
        Preference(**wrong)

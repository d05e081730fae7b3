"""Rules that state only an order, ranges or ratios of the weights: centroid, re-runs and pages."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from make.ordered import ORDER, assessed, ruled
from make.running import RULES, vendor_eval, written_folder
from vendor_eval.analysis.simulation.simulations import halfspace_shares
from vendor_eval.analysis.weights.centroid import centroid_shares, mean_shares
from vendor_eval.analysis.weights.information import informed, limits_of
from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.outputs.results import results_record
from vendor_eval.report.board import board_of
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.rules import fingerprint
from vendor_eval.rules.weight_information import WeightInformation
from vendor_eval.tender.rules_file import read_rules_file


def flat(paths: list[str]) -> Tree:
    """A tree of top-level criteria alone."""
    n = len(paths)
    return Tree(tuple(paths), (), np.full(n, -1), np.full(n, 1 / n))


def names(n: int) -> list[str]:
    return [f"c{i}" for i in range(n)]


def test_an_order_alone_is_weighed_at_the_rank_order_centroid() -> None:
    # Barron & Barrett 1996: (1 + 1/2 + 1/3) / 3, (1/2 + 1/3) / 3, (1/3) / 3
    shares = centroid_shares(ORDER, WeightInformation(order=ORDER))
    assert list(shares.values()) == pytest.approx([11 / 18, 5 / 18, 2 / 18], abs=1e-12)
    found = assessed(ruled())
    assert found.evaluation.tree.weights.tolist() == pytest.approx([11 / 18, 5 / 18, 2 / 18])
    # 11/18 x 90 + 5/18 x 40 + 2/18 x 50 = 71.67; Birch 42.78 + 25 + 6.67 = 74.44
    assert found.evaluation.winner == "Birch"
    assert found.scores["Birch"] == pytest.approx(74.4444444, abs=1e-6)


@pytest.mark.parametrize("n", [2, 3, 4, 6, 8])
def test_the_centroid_from_corners_is_the_rank_order_centroid(n: int) -> None:
    paths = names(n)
    said = WeightInformation(order=tuple(paths))
    cut = mean_shares(limits_of(flat(paths), said)[-1])
    assert cut == pytest.approx(list(centroid_shares(paths, said).values()), abs=1e-10)


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[str], WeightInformation]:
    """Three or four criteria with ranges, ratios and a partial order, which some weights fit."""
    paths = names(draw(st.integers(3, 4)))
    ends = st.tuples(st.integers(0, 8), st.integers(4, 20))
    ranges = {
        path: (low / 20, max(low, high) / 20)
        for path in draw(st.lists(st.sampled_from(paths), unique=True, max_size=2))
        for low, high in [draw(ends)]
    }
    order = draw(st.lists(st.sampled_from(paths), unique=True, max_size=3))
    pairs = st.lists(st.sampled_from(paths), unique=True, min_size=2, max_size=2)
    ratios = [(*draw(pairs), draw(st.integers(1, 3))) for _ in range(draw(st.integers(0, 1)))]
    said = WeightInformation(
        ranges=ranges,
        order=tuple(order) if len(order) > 1 else (),
        at_least=tuple((a, float(times), b) for a, b, times in ratios),
    )
    assume(said.ranges or said.order or said.at_least)
    try:
        limits_of(flat(paths), said)
    except VendorEvalError:
        assume(False)
    return paths, said


@pytest.mark.more
@settings(deadline=None, max_examples=25)
@given(statements())
def test_drawn_weights_fit_the_statements_and_their_mean_is_the_centroid(
    stated: tuple[list[str], WeightInformation],
) -> None:
    paths, said = stated
    tree, draws = flat(paths), 20_000
    drawn = informed(tree, said).drawn(draws, seed=0)
    assert limits_of(tree, said)[-1].met(drawn).all()
    assert drawn.sum(axis=1) == pytest.approx(np.ones(draws))
    shares = np.array(list(centroid_shares(paths, said).values()))
    # walks are correlated: a tenth of the draws counts, and five standard errors are allowed
    error = 5 * drawn.std(axis=0) / np.sqrt(draws / 10)
    assert (np.abs(drawn.mean(axis=0) - shares) <= error + 1e-6).all()


@settings(deadline=None, max_examples=25)
@given(st.lists(st.integers(-20, 20), min_size=3, max_size=5))
def test_the_share_of_re_runs_is_the_exact_part_of_the_weights_in_order(gaps: list[int]) -> None:
    # weights in order are w = sum of u_k (1/k, ..., 1/k, 0, ...), u uniform on the simplex, so that
    # the part in which a difference is above 0 is that of its means over the first k criteria
    n, draws = len(gaps), 50_000
    means = np.cumsum(gaps) / np.arange(1, n + 1)
    exact = float(halfspace_shares(means[None])[0])
    drawn = informed(flat(names(n)), WeightInformation(order=tuple(names(n)))).drawn(draws, seed=3)
    found = float((drawn @ np.array(gaps, dtype=float) > 1e-12).mean())
    assert found == pytest.approx(exact, abs=5 * np.sqrt(0.25 / draws) + 1e-9)


def test_the_verdict_rests_on_all_weights_in_order() -> None:
    result = assessed(ruled(robustness={"judgement_error": 0}), draws=50_000)
    assert result.reruns is not None
    gaps = np.array([-20.0, 50, 10])  # Birch against Alder; means -20, 15, 13.33
    exact = float(halfspace_shares((np.cumsum(gaps) / [1, 2, 3])[None])[0])
    assert float(result.reruns.ahead["Alder"]) == pytest.approx(exact, abs=0.01)
    told = results_record(result.tender, result)["robustness"]
    assert told["weights"] == {
        "model": "uniform",
        "preset": None,
        "concentration": None,
        "stated": {"ranges": {}, "order": list(ORDER), "at_least": []},
    }
    assert set(told["withstands"] or {"error_times": 1}) == {"error_times"}
    assert told["stays_ahead"]["Alder"] == pytest.approx(exact, abs=0.01)


def test_shares_under_a_criterion_stay_as_given() -> None:
    typed = ruled()
    leaf = typed["criteria"][0]
    parts = [leaf | {"id": f"q{n}", "weight": n} for n in (1, 3)]
    branch = {"id": "quality", "label": "Quality", "criteria": parts}
    typed["criteria"] = [branch, *typed["criteria"][1:]]
    tree = assessed(typed).evaluation.tree
    assert (
        tree.shares[tree.at("quality.q2" if "quality.q2" in tree.paths else "quality.q3")] == 0.75
    )
    weightings = informed(tree, WeightInformation(order=ORDER))
    drawn = weightings.drawn(100, seed=0) @ weightings.composition.T
    assert drawn[:, 1] == pytest.approx(3 * drawn[:, 0])


def test_a_scenario_has_weights_around_which_re_runs_draw() -> None:
    scenarios = {"equal": {"weights": dict.fromkeys(ORDER, 1)}}
    result = assessed(ruled(scenarios=scenarios)).scenarios["equal"]
    assert result.tree.weights.tolist() == pytest.approx([1 / 3] * 3)
    tried = assessed(ruled()).what_if(weights={"quality": 0.2})
    assert tried.information is None


def test_a_public_procedure_takes_an_order_of_all_and_nothing_else() -> None:
    result = assessed(ruled(procedure="public", tie_break=["quality"]))
    assert result.reruns is not None
    assert result.published_weights is None
    assert "that fit the stated order" in board_of(result.tender, result).text
    assert result.to_win == {}
    for weights, says in (
        ({"order": ["quality", "price"]}, "does not name 'speed'"),
        ({"ranges": {"price": [0.2, 0.4]}}, "allowed: 'order' alone"),
        ({"order": list(ORDER), "at_least": [["quality", 2, "price"]]}, "allowed: 'order' alone"),
    ):
        with pytest.raises(InputFaults) as error:
            assessed(ruled(weights, procedure="public"))
        assert says in str(error.value)


def test_rules_written_out_are_read_again_as_the_same() -> None:
    rules = assessed(ruled()).evaluation.rules
    again, faults, _ = read_rules_file(
        json.dumps(rules.model_dump(mode="json", exclude_defaults=True)).encode()
    )
    assert faults == []
    assert again is not None
    assert fingerprint(again) == fingerprint(rules)


BARE = RULES.replace("weight: 1, ", "") + "  - {id: q, label: Q, answer: q, value: identity}\n"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (BARE + "weights: {order: [q, cots]}\n", "found 'cots'; did you mean 'cost'?"),
        (BARE + "weights: {order: [q]}\n", "without any of its siblings"),
        (BARE + "weights: {order: [q, q]}\n", "stands twice in the order"),
        (BARE + "weights: {}\n", "found no information on any weight"),
        (
            BARE + "weights: {ranges: {q: [0.6, 1], cost: [0.6, 1]}}\n",
            "no weights meet all of this: 'q' has at least 0.6; 'cost' has at least 0.6",
        ),
        (BARE + "weights: {ranks: [q, cost]}\n", "unknown key 'ranks'"),
        (
            BARE.replace("label: Q,", "label: Q, weight: 3,") + "weights: {order: [q, cost]}\n",
            "found the weight 3; allowed: none, since 'weights' says it",
        ),
        (BARE, "'weight' is missing"),
        (
            BARE + "weights: {order: [q, cost]}\nrobustness: {weights: wide}\n",
            "allowed: one of the two",
        ),
        (
            RULES.replace("weight: 1, ", "") + "weights: {ranges: {cost: [0, 1]}}\n",
            "allowed: two or more to be weighed",
        ),
    ],
)
def test_weights_that_cannot_be_stated_are_a_fault(tmp_path: Path, typed: str, says: str) -> None:
    folder = written_folder(tmp_path / "f")
    (folder / "evaluation.yaml").write_text(typed, "utf-8")
    (folder / "proposals.csv").write_text("vendor,cost,q\nAurora,6,50\nBorealis,7,60\n", "utf-8")
    done = vendor_eval("check", "f", cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr

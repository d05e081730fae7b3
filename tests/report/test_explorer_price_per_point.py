"""The explorer divides points by price as the package does, to nine decimals."""

import random
from typing import Any

import pytest
from playwright.sync_api import Browser

from make.awards_by_price import FEE, per_point
from make.builders import assessed
from make.exact_pairs import ahead
from make.explorer_core import core, counted, moves, typed
from vendor_eval.analysis.required_changes.changes import to_win
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.analysis.what_if import what_if_result
from vendor_eval.award.result import Result
from vendor_eval.evaluation.field import field_of
from vendor_eval.report.explorer.model import explorer_model

CLOSE = {"abs": 1e-9, "rel": 1e-9}
WEIGHTS = {"craft": 50.0, "art": 30.0, "care": 20.0}


def priced(seed: int, **more: Any) -> Result:
    """Six vendors with drawn answers, one without a price and one without an answer."""
    drawn = random.Random(seed)
    offers = {
        f"V{n}": {name: drawn.randint(20, 100) for name in WEIGHTS} | {FEE: drawn.randint(60, 240)}
        for n in range(6)
    }
    offers["V4"][FEE] = None
    offers["V5"]["art"] = None
    return assessed(offers, per_point(WEIGHTS, tie_break=("art",), **more), draws=200)


@pytest.mark.parametrize("more", [{}, {"rounding": {"values": 0, "score": 1}}])
def test_the_browser_agrees_on_ranks_intervals_and_what_it_takes(
    chromium: Browser, more: dict[str, Any]
) -> None:
    result = priced(1, **more)
    evaluation = result.evaluation
    tried = list(moves(result, 60, seed=4))
    page = core(chromium.new_page())
    answers = counted(
        page, explorer_model(result.tender, result), [typed(evaluation, move) for move in tried]
    )
    page.close()
    lowest = evaluation.divisor.lowest if evaluation.divisor else 1.0
    for move, answer in zip(tried, answers, strict=True):
        wanted = what_if_result(evaluation, move)
        assert answer["ranking"] == list(wanted.ranking), move
        assert answer["unscored"] == sorted(wanted.having("incomplete"))
        for vendor in wanted.unrounded.ranking:
            price = lowest / (100 * answer["scores"][vendor])
            assert price == pytest.approx(wanted.unrounded.price_per_point(vendor), **CLOSE)
        intervals = weight_intervals(wanted)
        if wanted.unrounded is wanted:
            for shown, held in zip(answer["intervals"], intervals.values(), strict=True):
                assert (shown["low"], shown["high"]) == pytest.approx(
                    (held.low, held.high), **CLOSE
                )
            for vendor, changes in to_win(wanted).items():
                for shown, change in zip(answer["to_win"][vendor], changes.values(), strict=True):
                    assert (shown is None) == (change is None)
                    if change is not None:
                        assert shown["to"] == pytest.approx(change.to, rel=1e-7, abs=1e-7)


STABLE = """([model, concentration]) => {
  const move = {shares: model.rules, without: new Set(), ungated: new Set(), formula: "own"};
  const found = counting.evaluation(model, move);
  const stable = counting.stability(found, concentration);
  return Object.fromEntries(found.vendors.map((v, i) => [model.vendors[v].name, stable.ahead[i]]));
}"""


def test_the_browser_s_re_runs_are_near_the_exact_integral(chromium: Browser) -> None:
    result = priced(2)
    evaluation = result.evaluation
    page = core(chromium.new_page())
    shown = page.evaluate(STABLE, [explorer_model(result.tender, result), 30.0])
    page.close()
    field, tree = field_of(evaluation), evaluation.tree
    leader = str(evaluation.winner)
    shapes = (30.0 * tree.weights[tree.leaf_at]).tolist()
    mine = field.values[field.vendors.index(leader)]
    for vendor, share in shown.items():
        if vendor != leader:
            gap = mine - field.values[field.vendors.index(vendor)]
            assert abs(share - ahead(gap.tolist(), shapes)) < 0.05


def test_the_browser_divides_an_error_of_judgement_by_the_bid_s_own_price(
    chromium: Browser,
) -> None:
    offers = {"Alder": {"craft": 80, FEE: 100}, "Birch": {"craft": 60, FEE: 80}}
    typed_rules = per_point({"craft": 1.0}, robustness={"judgement_error": 4.0})
    result = assessed(offers, typed_rules, draws=200_000)
    page = core(chromium.new_page())
    shown = page.evaluate(STABLE, [explorer_model(result.tender, result), None])
    page.close()
    assert result.reruns is not None
    assert abs(shown["Birch"] - result.reruns.ahead["Birch"]) < 0.04
    # 0.05 / (4 x sqrt(1/100^2 + 1/80^2)) deviations: 0.7826 of the re-runs
    assert result.reruns.ahead["Birch"] == pytest.approx(0.7826, abs=0.005)

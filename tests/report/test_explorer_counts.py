"""The explorer counts in the browser what the package counts in Python, to nine decimals."""

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from make.builders import rules
from make.exact_pairs import ahead
from make.explorer_core import core, counted, expected, moves, typed
from vendor_eval.analysis.required_changes.changes import to_win
from vendor_eval.analysis.sensitivity.intervals import weight_intervals
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.robustness import Robustness
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

CLOSE = {"abs": 1e-9, "rel": 1e-9}


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """A page in which the component's counting can be asked."""
    return core(chromium.new_page())


def every_function() -> Tender:
    """Every value function there is, with ranges, blanks, ties, a price of 0 and open gates."""
    linear = {"linear": {"worst": 0, "best": 50}}
    steps = {"steps": {"at_least": ((10, 40), (20, 20), (30, 90)), "below": 5}}
    bent = {"piecewise": {"points": ((0, 10), (10, 60), (20, 60), (40, 0))}}
    mean = {"mean_based": {"direction": "min", "points_per_percent": 1.5}}
    criteria = {
        "price": (30, "above_lowest"),
        "lowest": (10, "lowest_over_this"),
        "highest": (10, "this_over_highest"),
        "span": (10, {"linear_range": {"direction": "max"}}),
        "mean": (10, mean),
        "line": (10, linear),
        "step": (10, steps),
        "bent": (5, bent),
        "level": (5, {"levels": {"poor": 10, "fair": 50, "good": 100}}),
        "points": (5, "identity"),
    }
    gates = tuple(
        {"id": g, "label": g, "answer": g, "rule": {"equals": "yes"}} for g in ("one", "two")
    )
    flat = rules(criteria, gates=gates)
    blank = {"missing": "worst"}
    leaves = [
        c.model_copy(update=blank if c.id in ("highest", "bent", "level") else {})
        for c in flat.criteria
    ]
    within = Criterion(id="c", label="C", weight=50, criteria=tuple(leaves[8:]))
    branch = Criterion(id="b", label="B", weight=40, criteria=(*leaves[5:8], within))
    nested = {"criteria": (*leaves[:5], branch), "tie_break": ("span", "b")}
    return Tender(
        flat.model_copy(update=nested), proposals(dict(_offers(list(criteria)))), None, ()
    )


def _offers(names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    levels = ("poor", "fair", "good")
    for n in range(9):
        offer: dict[str, Any] = {name: 3 + (7 * n + 5 * m) % 41 for m, name in enumerate(names)}
        offer |= {"level": levels[n % 3], "one": "yes", "two": "yes" if n % 4 else "no"}
        if n == 2:
            offer |= {"price": "10..14..30", "line": "5..15", "span": "20..30", "bent": None}
        if n == 3:
            offer |= {"highest": None, "level": None, "one": None}
        if n == 4:
            offer |= {"two": "no", "line": None, "price": 0}
        if n == 8:
            offer |= {"step": "5..35", "two": "no", "lowest": 0}
        yield f"V{n}", offer


def compared(page: Page, case: Tender, judged: Result, number: int, seed: int) -> None:
    """Asserts that browser and package agree about so many random moves."""
    tried = list(moves(judged, number, seed))
    evaluation = judged.evaluation
    answers = counted(
        page, explorer_model(case, judged), [typed(evaluation, move) for move in tried]
    )
    for move, answer in zip(tried, answers, strict=True):
        wanted, unscored = expected(evaluation, move)
        assert answer["unscored"] == unscored, move
        assert answer["ranking"] == list(wanted.ranking), move
        assert answer["ranks"] == dict(wanted.ranks), move
        assert answer["weights"] == pytest.approx(wanted.tree.weights.tolist(), **CLOSE)
        for vendor in wanted.ranking:
            assert answer["scores"][vendor] == pytest.approx(wanted.scores[vendor], **CLOSE), move
            values = wanted.values.loc[vendor].tolist()
            assert answer["values"][vendor] == pytest.approx(values, **CLOSE), move
        compare_intervals(answer["intervals"], wanted)
        compare_changes(answer["to_win"], wanted)


def compare_intervals(shown_intervals: list[dict[str, Any]], wanted: Evaluation) -> None:
    intervals = weight_intervals(wanted)
    assert len(shown_intervals) == len(intervals)
    for shown, interval in zip(shown_intervals, intervals.values(), strict=True):
        assert (shown["low"], shown["high"]) == pytest.approx(
            (interval.low, interval.high), **CLOSE
        )
        assert (shown["below"], shown["above"]) == (interval.below, interval.above)


def compare_changes(shown_changes: dict[str, Any], wanted: Evaluation) -> None:
    for vendor, changes in to_win(wanted).items():
        for shown, (path, change) in zip(shown_changes[vendor], changes.items(), strict=True):
            place = f"{vendor} {path} {shown} {change}"
            assert (shown is None) == (change is None), place
            if shown is None or change is None:
                continue
            assert shown["points"] == pytest.approx(change.change_in_value, abs=1e-7), place
            assert shown["open"] == change.open_end, place
            if isinstance(change.to, float):
                assert shown["to"] == pytest.approx(change.to, rel=1e-7, abs=1e-7), place
            else:
                assert shown["to"] == change.to, place


@pytest.mark.parametrize(
    "name", ["customer-support", "california-two-envelope", "time-attendance-software"]
)
def test_the_browser_agrees_with_the_package_on_a_kept_evaluation(
    page: Page, data: Path, name: str
) -> None:
    case = read(data / name)
    judged = case.evaluate(draws=10)
    compared(page, case, judged, 120, seed=1)


def test_the_browser_agrees_with_the_package_on_every_value_function(page: Page) -> None:
    case = every_function()
    compared(page, case, case.evaluate(draws=10), 240, seed=2)


def judged_and_off() -> Tender:
    """The same with judged points and with stated errors, one of them under a relative function."""
    case = every_function()
    errors = {"span": 2.0, "line": 8.0}
    leaves = [
        c.model_copy(update={"error": errors[c.id]}) if c.id in errors else c
        for c in case.rules.criteria
    ]
    update = {"criteria": tuple(leaves), "robustness": Robustness(judgement_error=6.0)}
    return replace(case, rules=case.rules.model_copy(update=update))


def test_the_browser_draws_the_model_that_the_package_draws(page: Page, data: Path) -> None:
    evaluations = (read(data / "customer-support"), read(data / "gsa-help-desk"))
    for case in (every_function(), judged_and_off(), *evaluations):
        judged = case.evaluate(draws=20_000)
        shares = page.evaluate(AHEAD, explorer_model(case, judged))
        near = judged.near_weights
        assert shares.pop(near.vendors[0]) == 0
        assert set(shares) == set(near.vendors[1:])
        for vendor, share in shares.items():
            drawn = float(near.ahead[vendor])
            # four standard errors of two thousand draws and of twenty thousand
            error = 4 * (max(drawn * (1 - drawn), 0.001) * (1 / 2000 + 1 / 20_000)) ** 0.5
            assert share == pytest.approx(drawn, abs=error), vendor


@pytest.mark.parametrize(
    ("criteria", "offers", "error"),
    [
        # judged points alone decide, each bid's for itself
        ({"cost": 10, "q": 90}, {"A": (50, 54), "B": (50, 50)}, 6.0),
        # a blank has no points that could be off
        ({"cost": 50, "q": 50}, {"A": (50, ""), "B": (90, 68)}, 50.0),
        # an answer that must be above 0 stays above it, however large its error
        ({"cost": 50, "q": (50, "above_lowest")}, {"A": (70, 50), "B": (50, 52)}, 0.0),
    ],
)
def test_the_browser_draws_the_errors_of_two_bids_as_the_package_does(
    page: Page, criteria: dict[str, Any], offers: dict[str, Any], error: float
) -> None:
    typed_rules = rules(criteria, robustness={"judgement_error": error})
    more = {"missing": "worst"} if error else {"error": 60.0}
    leaves = [c.model_copy(update=more) if c.id == "q" else c for c in typed_rules.criteria]
    typed_rules = typed_rules.model_copy(update={"criteria": tuple(leaves)})
    bids = {v: dict(zip(criteria, row, strict=True)) for v, row in offers.items()}
    case = Tender(typed_rules, proposals(bids), None, ())
    judged = case.evaluate(draws=20_000)
    [drawn] = judged.near_weights.ahead
    leader, rival = judged.near_weights.vendors
    shares = page.evaluate(AHEAD, explorer_model(case, judged))
    deviation = math.sqrt(drawn * (1 - drawn) * (1 / 2000 + 1 / 20_000))
    assert shares[rival] == pytest.approx(drawn, abs=4 * deviation), leader


AHEAD = """(model) => {
  const move = { shares: model.rules, without: new Set(), ungated: new Set(), formula: "own" };
  const moved = counting.evaluation(model, move);
  const { ahead } = counting.stability(moved, model.concentration);
  return Object.fromEntries(moved.vendors.map((v, i) => [model.vendors[v].name, ahead[i]]));
}"""


def test_weights_in_the_browser_win_as_often_as_the_exact_integral_says(page: Page) -> None:
    random = np.random.default_rng(7)
    pairs = []
    for concentration in (0.5, 4.0, 30.0, 80.0, 200.0):
        for size in (2, 3, 5, 9):
            agreed = random.dirichlet(np.ones(size))
            agreed[random.integers(size)] *= 0.001  # shapes far below 0.1
            agreed /= agreed.sum()
            if size > 3:
                agreed = np.append(agreed, 0.0)
            # differences that add up to little, so that neither side always wins
            across = random.normal(size=len(agreed))
            across -= across @ agreed * random.uniform(0.8, 1.2)
            pairs.append((agreed.tolist(), across.tolist(), concentration))
    for (agreed, across, concentration), share in zip(
        pairs, page.evaluate(WON, pairs), strict=True
    ):
        exact = ahead(across, [concentration * w for w in agreed])
        error = 4 * math.sqrt(max(exact * (1 - exact), 1e-3) / 2000)
        assert share == pytest.approx(exact, abs=error), (agreed, across, concentration)


WON = """(pairs) => pairs.map(([agreed, across, concentration]) => {
  const rows = counting.leafWeights(agreed, concentration), draws = rows[0].length;
  let won = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    won += rows.reduce((sum, row, m) => sum + row[draw] * across[m], 0) > 0;
  }
  return won / draws;
})"""


def test_a_small_move_changes_what_is_drawn_little(page: Page, data: Path) -> None:
    case = read(data / "customer-support")
    model = explorer_model(case, case.evaluate(draws=10))
    script = """(model) => [0, 0.01].map((by) => {
      const shares = [...model.rules];
      shares[0] += by;
      shares[1] -= by;
      const none = { without: new Set(), ungated: new Set(), formula: "own" };
      const { ahead, leader } = counting.stability(
        counting.evaluation(model, { shares, ...none }), model.concentration);
      return Math.min(...ahead.filter((_, v) => v !== leader));
    })"""
    first, second = page.evaluate(script, model)
    # two independent samples of two thousand would differ by as much again at random
    assert abs(first - second) < 0.05

"""The stress test: each warning, and the constructed bids that show it once they are pasted in."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.stressed import CAP, FLOOR, PRICE, QUALITY, stated
from vendor_eval.analysis.stress.price_scale import sufficient_quality
from vendor_eval.analysis.stress.trial import StressTest, stress_test
from vendor_eval.analysis.stress.warning import StressWarning
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.folder import read


def the(kind: str, rules: Rules) -> tuple[StressWarning, StressTest]:
    """The one warning of a kind, and the test."""
    tested = stress_test(rules)
    [warning] = [each for each in tested.warnings if each.id == kind]
    return warning, tested


def pasted(folder: Path, tested: StressTest, warning: StressWarning, *names: str) -> Evaluation:
    """The evaluation of an example's rows, or some of them, pasted into `proposals.csv`."""
    folder.mkdir(exist_ok=True)
    rules = tested.rules.model_dump(mode="json", exclude_defaults=True)
    (folder / "evaluation.yaml").write_text(json.dumps(rules), "utf-8")
    header, *rows = tested.table(warning.example).splitlines()
    kept = [row for row in rows if not names or row.split(",")[0].strip('"') in names]
    (folder / "proposals.csv").write_text("\n".join([header, *kept]) + "\n", "utf-8")
    return read(folder).evaluation


def scores(evaluation: Evaluation) -> list[float]:
    """Scores in points, in the order of the ranking."""
    return [round(100 * float(evaluation.scores[v]), 6) for v in evaluation.ranking]


def test_sound_rules_have_no_warning() -> None:
    assert stress_test(stated()).warnings == ()


def test_an_empty_bid_at_the_best_price_wins_as_in_the_worked_example(tmp_path: Path) -> None:
    # weights 60 / 40, price linear from 10 to 5 million: 40 points against 36
    warning, tested = the("empty-bid-wins", stated(gates=(CAP,)))
    evaluation = pasted(tmp_path, tested, warning)
    assert evaluation.ranking[0] == "Almost empty bid"
    assert scores(evaluation) == [40.0, 36.0]


@given(quality=st.floats(1, 100), weight=st.floats(0.01, 0.95), gained=st.floats(0, 100))
def test_the_sufficient_quality_is_where_both_bids_have_the_same_score(
    quality: float, weight: float, gained: float
) -> None:
    needed = sufficient_quality(quality, weight, gained)
    ours, theirs = (1 - weight) * needed + weight * gained, (1 - weight) * quality
    assert ours == pytest.approx(theirs, abs=1e-9)


def test_a_price_scale_that_bends_has_points_of_unlike_prices(tmp_path: Path) -> None:
    points = ((1_000_000, 100), (2_000_000, 20), (10_000_000, 0))
    warning, tested = the(
        "point-price", stated(PRICE | {"value": {"piecewise": {"points": points}}}, QUALITY)
    )
    ranked = scores(pasted(tmp_path, tested, warning))
    assert ranked[0] - ranked[1] > 3 * (ranked[2] - ranked[3]) > 0


@pytest.mark.parametrize(
    "steps", [((4_000_000, 60), (8_000_000, 0)), ((4_000_000, 0),)], ids=["two", "one"]
)
def test_prices_on_one_step_of_a_price_scale_have_the_same_score(
    tmp_path: Path, steps: tuple[tuple[float, float], ...]
) -> None:
    value = {"steps": {"below": 100, "at_least": steps}}
    warning, tested = the("point-price", stated(PRICE | {"value": value}, QUALITY))
    evaluation = pasted(tmp_path, tested, warning)
    assert len(set(scores(evaluation))) == 1
    assert len({evaluation.price(vendor) for vendor in evaluation.ranking}) == 2


def test_a_gate_that_no_possible_answer_fails_is_dead(tmp_path: Path) -> None:
    gate = {"id": "any", "label": "Q", "answer": "quality", "rule": {"at_least": 0}}
    warning, tested = the("dead-gate", stated(gates=(CAP, gate)))
    assert warning.place == "gates.any.rule"
    assert len(pasted(tmp_path, tested, warning).ranking) == 1


@pytest.mark.parametrize(
    "gate",
    [
        {"answer": "quality", "rule": {"at_least": 101}},
        {"criterion": "quality", "rule": {"at_least": 100.5}},
    ],
)
def test_a_gate_that_no_possible_answer_passes_is_closed(
    tmp_path: Path, gate: dict[str, Any]
) -> None:
    shut = {"id": "shut", "label": "Q", **gate}
    warning, tested = the("closed-gate", stated(gates=(CAP, shut)))
    evaluation = pasted(tmp_path, tested, warning)
    assert evaluation.having("excluded") == evaluation.vendors


def test_a_floor_above_what_the_levels_reach_is_closed(tmp_path: Path) -> None:
    level = QUALITY | {"value": {"levels": {"some": 40, "all": 80}}, "unit": None}
    floor = FLOOR | {"rule": {"at_least": 90}}
    warning, tested = the("closed-gate", stated(PRICE, level, gates=(CAP, floor)))
    assert pasted(tmp_path, tested, warning).ranking == ()


def test_a_floor_that_no_possible_answer_reaches_is_closed(tmp_path: Path) -> None:
    levels = {"levels": {"plan": 40, "running": 70}}
    quality = QUALITY | {"value": levels, "unit": None}
    floor = {"criterion": "quality", "below": 75}
    warning, tested = the("closed-gate", stated(PRICE, quality, gates=(CAP,), knock_out=floor))
    assert warning.place == "knock_out"
    best = pasted(tmp_path, tested, warning)
    assert best.knock_outs("Best") == {"quality": 70.0}
    low = {"criterion": "quality", "below": 40}
    assert the("dead-gate", stated(PRICE, quality, gates=(CAP,), knock_out=low))


def test_a_floor_takes_what_an_empty_bid_has() -> None:
    # an empty bid has 0.7 x 20 + 0.3 x 100 = 44 against 0.7 x 60 = 42; without the 20 it has 30
    levels = {"levels": {"plan": 20, "running": 60, "best": 100}}
    price, quality = PRICE | {"weight": 30}, QUALITY | {"value": levels, "unit": None, "weight": 70}
    assert the("empty-bid-wins", stated(price, quality, gates=(CAP,)))
    floor = {"criterion": "quality", "below": 30}
    tested = stress_test(stated(price, quality, gates=(CAP,), knock_out=floor))
    assert "empty-bid-wins" not in [warning.id for warning in tested.warnings]


def test_a_shortlist_as_long_as_the_list_of_vendors_is_dead() -> None:
    more = {"shortlist": {"criterion": "quality", "best": 6}}
    assert the("dead-gate", stated(stress={"vendors": 6}, **more))[0].place == "shortlist.best"
    assert stress_test(stated(stress={"vendors": 7}, **more)).warnings == ()


def test_a_shortlist_leaves_out_an_empty_bid() -> None:
    listed = {"shortlist": {"criterion": "quality", "best": 3}, "stress": {"vendors": 6}}
    tested = stress_test(stated(gates=(CAP,), **listed))
    assert "empty-bid-wins" not in [warning.id for warning in tested.warnings]


def test_a_criterion_that_moves_less_than_one_point_is_dead(tmp_path: Path) -> None:
    small = QUALITY | {"id": "small", "weight": 0.5, "answer": "small"}
    warning, tested = the("dead-criterion", stated(PRICE, QUALITY, small))
    best, worst = scores(pasted(tmp_path, tested, warning))
    assert 0 < best - worst < 1


def test_plausible_answers_beyond_a_scale_are_clamped(tmp_path: Path) -> None:
    plausible = {"plausible": {"price": (4_000_000, 9_000_000), "quality": (0, 100)}}
    warning, tested = the("clamped", stated(stress=plausible))
    assert "20\u00a0%" in warning.says
    evaluation = pasted(tmp_path, tested, warning)
    assert len(set(scores(evaluation))) == 1
    assert len({evaluation.price(vendor) for vendor in evaluation.ranking}) == 2


def test_a_check_without_its_input_says_that_it_was_not_made() -> None:
    lacking = {gap.id: gap.needs for gap in stress_test(stated()).not_made}
    assert lacking == {"clamped": "the plausible answers of price and quality"}


def test_two_levels_with_the_same_points_are_dead(tmp_path: Path) -> None:
    value = {"levels": {"none": 0, "part": 50, "most": 50, "all": 100}}
    warning, tested = the("dead-level", stated(PRICE, QUALITY | {"value": value, "unit": None}))
    assert "'part' and 'most' have 50 points" in warning.says
    assert len(set(scores(pasted(tmp_path, tested, warning)))) == 1


@pytest.mark.parametrize(
    "value",
    [
        {"lowest_over_this": {}},
        {"linear_range": {"direction": "min"}},
        {"above_lowest": {}},
        {"mean_based": {"direction": "min", "points_per_percent": 1}},
    ],
)
def test_a_third_bid_turns_the_order_of_two(tmp_path: Path, value: dict[str, Any]) -> None:
    relative = stated(PRICE | {"value": value}, QUALITY)
    warning, tested = the("third-bid-decides", relative)
    pair = pasted(tmp_path / "two", tested, warning, "First bid", "Second bid")
    three = pasted(tmp_path / "three", tested, warning)
    assert pair.ranking == ("First bid", "Second bid")
    assert three.ranks["First bid"] > three.ranks["Second bid"]


def test_a_single_bid_has_the_same_points_on_a_relative_scale(tmp_path: Path) -> None:
    relative = stated(PRICE | {"value": {"lowest_over_this": {}}}, QUALITY)
    warning, tested = the("single-vendor-scale", relative)
    alone = [
        scores(pasted(tmp_path / str(n), tested, warning, name))
        for n, name in enumerate(warning.example.rows)
    ]
    assert alone[0] == alone[1]


def test_one_answer_in_two_leaves_counts_twice(tmp_path: Path) -> None:
    again = QUALITY | {"id": "again", "label": "Method", "weight": 20}
    warning, tested = the("double-count", stated(PRICE, QUALITY, again))
    assert warning.place == "criteria.again"
    evaluation = pasted(tmp_path, tested, warning)
    gap = (evaluation.values.iloc[0] - evaluation.values.iloc[1]).abs()
    assert gap["quality"] > 0 < gap["again"]


def test_one_answer_in_a_gate_and_a_leaf_counts_twice_and_the_price_does_not() -> None:
    gate = {"id": "g", "label": "G", "answer": "quality", "rule": {"at_least": 1}}
    warning, _ = the("double-count", stated(gates=(CAP, gate)))
    assert "the gate 'g' reads too" in warning.says


@pytest.mark.parametrize(("procedure", "severity"), [("private", "warning"), ("public", "error")])
def test_what_a_bidder_has_done_is_an_error_in_a_public_procedure(
    tmp_path: Path, procedure: str, severity: str
) -> None:
    past = QUALITY | {"label": "Track record"}
    warning, tested = the("selection-like", stated(PRICE, past, procedure=procedure, gates=(CAP,)))
    assert warning.severity == severity
    assert len(set(scores(pasted(tmp_path, tested, warning)))) == 2


def test_equal_bids_share_a_rank_without_a_tie_rule(tmp_path: Path) -> None:
    warning, tested = the("no-tie-rule", stated(tie_break=()))
    assert len(pasted(tmp_path, tested, warning).leaders) == 2


def test_a_price_of_any_height_is_eligible_without_a_limit(tmp_path: Path) -> None:
    warning, tested = the("no-price-cap", stated(gates=(FLOOR,)))
    [vendor] = pasted(tmp_path, tested, warning).ranking
    assert vendor == "Bid at ten times the price"


def test_two_points_of_weight_decide_between_criteria_of_like_weight(tmp_path: Path) -> None:
    even = (PRICE | {"weight": 51}, QUALITY | {"weight": 49})
    warning, tested = the("weights-matter", stated(*even, gates=(CAP,)))
    assert "1.0 points of weight decide" in warning.says
    first = pasted(tmp_path / "as stated", tested, warning).ranking[0]
    moved = (PRICE | {"weight": 48.9}, QUALITY | {"weight": 51.1})
    other = StressTest(stated(*moved, gates=(CAP,)), ())
    assert pasted(tmp_path / "moved", other, warning).ranking[0] != first


def test_what_reading_takes_is_computed_and_more_than_a_week_is_warned_of() -> None:
    levels = ({"level": 0, "points": 0, "label": "No", "means": "No."},)
    levels += ({"level": 1, "points": 100, "label": "Yes", "means": "Yes."},)
    judged = {"id": "quality", "label": "Q", "weight": 60}
    judged |= {"panel": {"scale": "s", "question": "How?"}}
    reader = {"id": "ops", "role": "Operations", "criteria": ("quality",)}
    more = {"scales": {"s": {"levels": levels}}, "panel": {"evaluators": (reader,)}}
    enough = {"vendors": 100, "minutes_an_answer": 30}
    warning, _ = the("evaluator-hours", stated(PRICE, judged, stress=enough, **more))
    assert "50.0 hours" in warning.says  # 100 vendors x 1 leaf x 30 minutes
    few = stress_test(stated(PRICE, judged, stress=enough | {"vendors": 10}, **more))
    assert [w.id for w in few.warnings if w.id == "evaluator-hours"] == []
    assert any("5.0" in figure.says for figure in few.figures)

"""Which marks decide: exact, against a whole evaluation made anew for every level."""

import time
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from make.panels import LEVELS_GIVEN, built, panel_rules
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.panel.consequences import Consequences, MarkConsequence
from vendor_eval.panel.record import PanelRecord

VENDORS = ("Alder", "Birch", "Cedar")
CODES = (0, 1, 3, 4, 5)
COSTS = {"Alder": "150", "Birch": "130", "Cedar": "120"}


def given_marks() -> dict[tuple[str, str, str], object]:
    return {
        (evaluator, vendor, path): level
        for (evaluator, path), levels in LEVELS_GIVEN.items()
        for vendor, level in zip(VENDORS, levels, strict=True)
    }


def agreed(level: object = 3, **other: object) -> dict[tuple[str, str], object]:
    levels = {(v, p): level for p, v in product(("approach", "security"), VENDORS)}
    return levels | {tuple(key.split("_")): value for key, value in other.items()}  # type: ignore[misc]


def small(**other: object) -> tuple[Evaluation, PanelRecord]:
    answers = {vendor: {"cost": cost} for vendor, cost in COSTS.items()}
    return built(panel_rules(), answers, given_marks(), agreed(3, **other))


def test_one_mark_that_decides_is_found_with_the_level_that_would_take_the_first_place() -> None:
    # scores 56, 64 and 68: Birch's approach at 4 gives 64 + 0.4 x 25 = 74
    evaluation, record = small()
    assert dict(100 * evaluation.scores) == pytest.approx({"Alder": 56, "Birch": 64, "Cedar": 68})
    found = Consequences(evaluation, record)
    assert found.of_items["Birch", "approach"] == MarkConsequence(True, False, {"Birch": "4"})
    # Alder's approach at 5 gives 72; nobody gave it 5, and at 4 it is 66
    assert found.of_items["Alder", "approach"] == MarkConsequence(False, False, {"Alder": "5"})
    # the leader's security at 1 gives 58; at 3 and above it stays ahead
    assert found.of_items["Cedar", "security"].would_take == {"Birch": "1"}
    assert {item.key for item in found.deciding} == {("Birch", "approach")}
    assert found.second_readings == {"approach": ()}


def test_a_level_at_which_vendors_would_tie_decides_too() -> None:
    typed = panel_rules()
    typed["scales"]["quality"]["levels"][3]["points"] = 70  # 64 + 0.4 x 10 = 68
    answers = {vendor: {"cost": cost} for vendor, cost in COSTS.items()}
    for ties in ([], ["cost"]):
        typed["tie_break"] = ties
        found = Consequences(*built(typed, answers, given_marks(), agreed()))
        assert found.of_items["Birch", "approach"].decides


def test_a_tie_on_the_price_of_a_point_decides_where_a_criterion_may_count_0() -> None:
    typed = panel_rules() | {"tie_break": ["security"]}
    typed["scales"]["quality"]["levels"][3]["points"] = 90
    typed["criteria"] = typed["criteria"][:2]
    typed["award_rule"] = {"price_per_point": {"quality": ["approach", "security"]}}
    typed["knock_out"] = {"criterion": "approach", "below": 5}
    # Alder (2 x 60 + 90) / 3 = 70 points for 140; Birch 60 for 160, at level 4 of approach 80
    answers = {"Alder": {"cost": "140"}, "Birch": {"cost": "160"}, "Cedar": {"cost": "900"}}
    found = Consequences(*built(typed, answers, given_marks(), agreed(Alder_security=4)))
    assert found.leaders == ("Alder",)
    birch = found.of_items["Birch", "approach"]
    assert birch.decides
    assert dict(birch.would_take or {}) == {"Birch": "5"}  # the tie-break keeps Alder first


def test_a_level_of_the_same_points_changes_nothing() -> None:
    typed = panel_rules()
    typed["scales"]["quality"]["levels"][3]["points"] = 60  # as many as level 3
    answers = {vendor: {"cost": cost} for vendor, cost in COSTS.items()}
    found = Consequences(*built(typed, answers, given_marks(), agreed()))
    assert not found.of_items["Birch", "approach"].decides
    assert found.of_items["Birch", "approach"].would_take == {"Birch": "5"}


def test_one_evaluators_marks_alone_and_without_them() -> None:
    found = Consequences(*small())
    # e1: Alder 60 60 50 -> 56, Birch 85 60 70 -> 74, Cedar 60 60 80 -> 68; and so on by hand
    assert found.alone == {"e1": ("Birch",), "e2": ("Cedar",), "e3": ("Cedar",)}
    assert set(found.leave_one_out) == {"e1", "e2", "e3"}
    # without e2 Birch has 85 and 60: 34 + 12 + 28 = 74; Cedar 60 and 80: 24 + 16 + 32 = 72
    assert found.leave_one_out["e2"] == ("Birch",)


def test_a_tie_without_one_evaluator_is_said() -> None:
    # Shrout and Fleiss 1979: without judge 2, subjects 1 and 3 have the mean 7.3333 of the rest;
    # ratings as points, the price worth nothing
    typed = panel_rules()
    typed["scales"]["quality"]["levels"] = [
        {"level": n, "points": n * 10, "label": str(n), "means": str(n)} for n in range(11)
    ]
    typed["criteria"] = [typed["criteria"][0], typed["criteria"][2] | {"weight": 0}]
    typed["panel"]["agreed"] = "mean"
    typed["panel"]["evaluators"] = [
        {"id": f"j{n}", "role": "Judge", "criteria": ["approach"]} for n in (1, 2, 3, 4)
    ]
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [6, 2, 4, 7]]
    names = ["S1", "S2", "S3", "S4", "S6"]  # subject 5 is ahead of all
    marks = {
        (f"j{n}", name, "approach"): level
        for name, row in zip(names, ratings, strict=True)
        for n, level in enumerate(row, start=1)
    }
    answers = {name: {"cost": "150"} for name in names}
    found = Consequences(*built(typed, answers, marks, {}))
    assert found.leaders == ("S3",)
    assert found.leave_one_out["j2"] == ("S1", "S3")


GATES = [
    {"id": "floor", "label": "F", "criterion": "approach", "rule": {"at_least": 60}},
    {"id": "words", "label": "W", "criterion": "security", "rule": {"one_of": ["3", "4", "5"]}},
]
VALUES = [
    {"linear": {"worst": 200, "best": 100}},
    {"linear_range": {"direction": "min"}},
    {"lowest_over_this": {}},
]


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(CODES), min_size=18, max_size=18),
    st.lists(st.sampled_from(CODES), min_size=6, max_size=6),
    st.lists(st.integers(100, 200), min_size=3, max_size=3),
    st.sampled_from(["", "floor", "words", "both"]),
    st.sampled_from(VALUES),
    st.sampled_from([[], ["cost"]]),
)
def test_every_consequence_is_that_of_an_evaluation_made_anew(
    given_levels: list[int],
    levels: list[int],
    costs: list[int],
    gates: str,
    value: dict[str, Any],
    ties: list[str],
) -> None:
    typed = panel_rules() | {"tie_break": ties}
    typed["criteria"][2]["value"] = value
    typed["gates"] = [gate for gate in GATES if gates in (gate["id"], "both")]
    keys = list(product(("e1", "e2", "e3"), VENDORS, ("approach", "security")))
    items = list(product(VENDORS, ("approach", "security")))
    answers = {v: {"cost": str(cost)} for v, cost in zip(VENDORS, costs, strict=True)}
    evaluation, record = built(
        typed,
        answers,
        dict(zip(keys, given_levels, strict=True)),
        dict(zip(items, levels, strict=True)),
    )
    found = Consequences(evaluation, record).of_items
    for key, item in record.items.items():
        assert found[key] == anew(evaluation, record, *key, item.levels), key


def anew(
    evaluation: Evaluation, record: PanelRecord, vendor: str, path: str, given_: tuple[str, ...]
) -> MarkConsequence:
    """What an item's levels would do, by as many whole evaluations."""
    if not evaluation.leaders:
        return MarkConsequence()
    scale = record.items[vendor, path].scale
    now = record.counts(record.items[vendor, path])
    decides, gate, take = False, False, {}
    order = sorted(scale.codes, key=lambda c: (abs(scale.step(c) - scale.step(now)), scale.step(c)))
    for code in order:
        if code == now:
            continue
        answers = evaluation.proposals.answers.copy()
        answers.loc[vendor, f"panel({path})"] = code
        other = evaluate(evaluation.rules, replace(evaluation.proposals, answers=answers))
        for leader in other.leaders:
            if leader not in evaluation.leaders:
                take.setdefault(leader, code)
        tie = tied(other) > 1 and tied(evaluation) == 1
        changes = other.leaders != evaluation.leaders or tie
        flips = other.screening.passages[vendor] != evaluation.screening.passages[vendor] and {
            g: p.state for g, p in other.screening.passages[vendor].items()
        } != {g: p.state for g, p in evaluation.screening.passages[vendor].items()}
        decides |= changes and code in given_
        gate |= flips and not changes and code in given_
    return MarkConsequence(decides, gate and not decides, take)


def tied(evaluation: Evaluation) -> int:
    points = np.round(100 * evaluation.scores[list(evaluation.ranking)].to_numpy(), 9)
    return int((points == points.max()).sum()) if len(points) else 0


def test_nobody_first_means_nothing_decides() -> None:
    typed = panel_rules()
    typed["gates"] = [GATES[0] | {"rule": {"at_least": 100}}]
    answers = {vendor: {"cost": cost} for vendor, cost in COSTS.items()}
    found = Consequences(*built(typed, answers, given_marks(), agreed()))
    assert found.alone == {}
    assert set(map(str, found.of_items.values())) == {str(MarkConsequence())}


def large() -> tuple[Evaluation, PanelRecord]:
    """12 evaluators, 40 vendors, 20 judged leaves."""
    draw = np.random.default_rng(0)
    typed = panel_rules()
    paths = [f"q{n}" for n in range(20)]
    leaf = typed["criteria"][0]
    typed["criteria"] = [
        *({**leaf, "id": path, "label": path, "weight": 3} for path in paths),
        typed["criteria"][2],
    ]
    ids = [f"e{n}" for n in range(12)]
    typed["panel"]["evaluators"] = [{"id": e, "role": "R", "criteria": paths} for e in ids]
    typed["gates"] = [
        {"id": p, "label": p, "criterion": p, "rule": {"at_least": 10}} for p in paths[:5]
    ]
    vendors = [f"V{n:02}" for n in range(40)]
    level = lambda: int(draw.choice(CODES, p=[0.02, 0.08, 0.3, 0.4, 0.2]))  # noqa: E731
    marks = {(e, v, p): level() for e in ids for v in vendors for p in paths}
    answers = {v: {"cost": str(draw.integers(110, 150))} for v in vendors}
    return built(typed, answers, marks, {(v, p): max(level(), 1) for v in vendors for p in paths})


@pytest.mark.more
def test_a_large_panel_is_answered_within_a_second_of_processor_time() -> None:
    evaluation, record = large()
    taken = []
    for _ in range(3):  # half a second where it was written; a busy machine may take longer once
        begun = time.process_time()
        found = Consequences(evaluation, record)
        assert len(found.of_items) == 800
        assert len(found.alone) == len(found.leave_one_out) == 12
        taken.append(time.process_time() - begun)
    assert min(taken) < 1.0

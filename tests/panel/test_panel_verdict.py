"""What the verdict takes from a panel: its own error, and one mark that decides."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from make import ROOT
from make.panels import LEVELS_GIVEN, built, locked_folder, panel_rules
from vendor_eval.outputs.results import results_json
from vendor_eval.panel.agreement import evaluator_figures, judgement_error
from vendor_eval.tender.folder import read

SHROUT = json.loads((ROOT / "tests/worked/panels.json").read_text("utf-8"))["shrout_fleiss_1979"]


def ten_levels() -> dict[str, Any]:
    """Rules by which four judges rate one leaf from 0 to 10, each step worth 10 points."""
    typed = panel_rules()
    typed["scales"]["quality"]["levels"] = [
        {"level": n, "points": n * 10, "label": str(n), "means": str(n)} for n in range(11)
    ]
    typed["criteria"] = [typed["criteria"][0], typed["criteria"][2]]
    typed["panel"]["evaluators"] = [
        {"id": f"j{n}", "role": "Judge", "criteria": ["approach"]} for n in (1, 2, 3, 4)
    ]
    return typed


def shrout(typed: dict[str, Any], shift: int = 0) -> Any:
    """The ratings of Shrout and Fleiss 1979 as a panel's; `shift`: what judge 2 gives more."""
    names = [f"S{n}" for n in range(1, 7)]
    marks = {
        (f"j{n}", name, "approach"): level + shift * (n == 2)
        for name, row in zip(names, SHROUT["x"], strict=True)
        for n, level in enumerate(row, start=1)
    }
    answers = {name: {"cost": "150"} for name in names}
    return built(typed, answers, marks, {(name, "approach"): 5 for name in names})


def test_the_error_of_a_panel_is_that_of_its_residuals() -> None:
    # residual mean square 1.0194 on the ratings' scale: sqrt(1.0194 / 4) = 0.505, times 10 points
    error = judgement_error(*shrout(ten_levels()))
    assert error.said_by == "panel"
    assert error.points == pytest.approx(10 * math.sqrt(1.0194444 / 4), abs=1e-4)
    assert error.points == pytest.approx(5.05, abs=0.005)


def test_severity_drops_out_of_the_error() -> None:
    one, other = (judgement_error(*shrout(ten_levels(), shift)) for shift in (0, 3))
    assert other.points == pytest.approx(one.points)


def test_the_error_is_a_point_at_the_least() -> None:
    typed = ten_levels()
    for level in typed["scales"]["quality"]["levels"]:
        level["points"] = level["level"]  # 0.505 points
    error = judgement_error(*shrout(typed))
    assert (error.points, error.said_by) == (1.0, "panel")


def test_what_the_rules_state_counts_before_what_the_panel_shows() -> None:
    error = judgement_error(*shrout(ten_levels() | {"robustness": {"judgement_error": 2.0}}))
    assert (error.points, error.said_by) == (2.0, "rules")


def test_few_marks_or_judged_answers_outside_the_panel_keep_the_default_as_a_floor() -> None:
    typed = ten_levels()
    for level in typed["scales"]["quality"]["levels"]:
        level["points"] = level["level"]
    plan = {"id": "plan", "label": "Plan", "weight": 10, "answer": "plan", "value": "identity"}
    typed["criteria"].append(plan)
    names = [f"S{n}" for n in range(1, 7)]
    marks = {(f"j{n}", name, "approach"): 5 for name in names for n in (1, 2, 3, 4)}
    answers = {name: {"cost": "150", "plan": "50"} for name in names}
    error = judgement_error(*built(typed, answers, marks, {(n, "approach"): 5 for n in names}))
    assert (error.points, error.said_by) == (3.0, "default")
    del typed["criteria"][2]
    few = {key: level for key, level in marks.items() if key[1] in names[:2]}
    answers = {name: {"cost": "150"} for name in names[:2]}
    error = judgement_error(*built(typed, answers, few, {(n, "approach"): 5 for n in names[:2]}))
    assert (error.points, error.said_by) == (3.0, "default")  # (2 - 1) (4 - 1) degrees of freedom


def test_the_moderator_sees_severity_concordance_and_reliability() -> None:
    figures = evaluator_figures(*shrout(ten_levels()))
    published = [10 * each for each in SHROUT["severity_grand_minus_judge"]]
    assert list(figures.severity["approach"].values()) == pytest.approx(published, abs=5e-4)
    assert figures.concordance == pytest.approx(SHROUT["kendall_w"]["tie_corrected"], abs=5e-7)
    alpha, ends = figures.reliability["quality"]
    assert ends is not None
    assert ends[0] <= alpha <= ends[1]


@pytest.mark.parametrize("case", ["one evaluator", "one vendor", "all alike"])
def test_nothing_to_compare_shows_no_figure(case: str) -> None:
    typed = panel_rules()
    typed["panel"]["least_evaluators"] = 1
    vendors = ["Alder"] if case == "one vendor" else ["Alder", "Birch", "Cedar"]
    if case == "one evaluator":
        del typed["panel"]["evaluators"][1:]
    ids = [each["id"] for each in typed["panel"]["evaluators"]]
    marks = {(e, v, p): 3 for e in ids for v in vendors for p in ("approach", "security")}
    answers = {vendor: {"cost": "150"} for vendor in vendors}
    agreed = {(v, p): 3 for v in vendors for p in ("approach", "security")}
    evaluation, record = built(typed, answers, marks, agreed)
    assert record.missing() == ()
    figures = evaluator_figures(evaluation, record)
    assert figures.concordance is None
    assert figures.reliability == {}
    assert (figures.severity == {}) == (case != "all alike")
    assert judgement_error(evaluation, record).points == 3.0


def test_one_mark_that_decides_is_a_flagged_check_and_stands_in_the_results(
    tmp_path: Path,
) -> None:
    tender = read(locked_folder(tmp_path))
    result = tender.evaluate(draws=1000)
    [check] = [check for check in result.checks if check.kind == "marks"]
    assert check.ok is False
    assert "Birch on Approach decides who is first" in check.says
    written = json.loads(results_json(tender, result))
    assert written["robustness"]["judgement_error"]["from"] == "panel"
    item = written["panel"]["items"]["Birch"]["approach"]
    assert item == {
        "levels": [1, 4, 4],
        "agreed": 3,
        "outside": False,
        "decides": True,
        "gate": False,
        "would_take": {"Birch": 4},
    }
    assert written["panel"]["second_readings"] == {"approach": []}
    # nobody is told who gave which mark
    text = json.dumps(written)
    assert not [e for e in ("e1", "e2", "e3") if f'"{e}"' in text]


def test_where_no_mark_decides_the_check_says_so(tmp_path: Path) -> None:
    alike = {key: [3, 3, 3] for key in LEVELS_GIVEN}
    result = read(locked_folder(tmp_path, levels=alike)).evaluate(draws=1000)
    [check] = [check for check in result.checks if check.kind == "marks"]
    assert (check.ok, check.says) == (
        True,
        "Cedar stays first by every level that any one evaluator gave.",
    )


def test_a_level_is_nothing_that_a_vendor_can_offer(tmp_path: Path) -> None:
    result = read(locked_folder(tmp_path)).evaluate(draws=200)
    for changes in result.to_win.values():
        assert changes["approach"] is None
        assert changes["security"] is None
    assert result.to_win["Birch"]["cost"] is not None
    assert result.holds_until["approach"] is not None

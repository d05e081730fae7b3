"""Rounding as a rule: what it orders, where it decides, and that nothing else is rounded."""

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from make.builders import assessed, rules
from make.explorer_core import core, counted
from make.running import RULES, invoked, written_folder
from vendor_eval.award.result import Result
from vendor_eval.evaluation.rounding import rounded_points
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.board import board_of
from vendor_eval.report.cheaper_bids import why_not_cheapest
from vendor_eval.report.explorer.model import explorer_model

HOW = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN}
# worked example: technical 85 and 85.004, price points 70.009 and 70.000, equal weights
CUT = {"Alder": {"price": 70.009, "technical": 85}, "Birch": {"price": 70, "technical": 85.004}}
EVEN = {"price": 50, "technical": 50}


def cut(rounding: dict[str, Any] | None, **more: Any) -> Result:
    """The worked example under a rounding rule."""
    said = {} if rounding is None else {"rounding": rounding}
    return assessed(CUT, rules(EVEN, **said, **more), draws=500)


@given(st.integers(0, 100 * 10**9), st.integers(0, 6), st.sampled_from(sorted(HOW)))
def test_points_are_rounded_as_decimal_arithmetic_rounds_them(
    billionths: int, decimals: int, how: str
) -> None:
    exact = Decimal(billionths).scaleb(-9)
    wanted = exact.quantize(Decimal(1).scaleb(-decimals), rounding=HOW[how])
    got = rounded_points(np.array([billionths / 1e9]), decimals, how)[0]
    assert Decimal(repr(round(float(got), 9))) == wanted


@given(st.integers(0, 100_000), st.integers(0, 3), st.sampled_from(sorted(HOW)))
def test_halves_are_rounded_as_decimal_arithmetic_rounds_them(
    steps: int, decimals: int, how: str
) -> None:
    exact = Decimal(2 * steps + 1).scaleb(-decimals) / 2
    wanted = exact.quantize(Decimal(1).scaleb(-decimals), rounding=HOW[how])
    got = rounded_points(np.array([float(exact)]), decimals, how)[0]
    assert Decimal(repr(round(float(got), 9))) == wanted


def test_cutting_price_points_decides_as_in_the_worked_example() -> None:
    exact, rounded = cut(None), cut({"values": {"price": 2}, "how": "down"})
    assert exact.scores.to_dict() == {"Alder": 77.5045, "Birch": 77.502}
    assert list(rounded.ranking.index) == ["Birch", "Alder"]
    assert dict(rounded.evaluation.points) == {"Alder": 77.5, "Birch": 77.502}
    assert rounded.recommendation.margin == pytest.approx(0.002, abs=1e-9)


def test_rounding_orders_the_ranking_and_leaves_scores_and_analyses_exact() -> None:
    exact, rounded = cut(None), cut({"values": {"price": 2}, "how": "down"})
    assert rounded.scores.sort_index().equals(exact.scores.sort_index())
    kept = cut({"values": {"price": 3}, "how": "down"})  # which decides nothing
    assert kept.weight_intervals == exact.weight_intervals != {}
    assert rounded.leads_along == exact.leads_along


def test_where_rounding_decides_a_check_is_flagged_and_no_change_of_a_bid_is_stated() -> None:
    rounded = cut({"values": {"price": 2}, "how": "down"})
    [check] = [c for c in rounded.checks if c.kind == "rounding"]
    assert check.ok is False
    assert "without it Alder leads" in check.says
    assert "All analyses are unrounded" in check.says
    assert rounded.to_win == rounded.holds_until == {}


def test_where_rounding_does_not_decide_the_check_holds() -> None:
    [check] = [c for c in cut({"score": 3}).checks if c.kind == "rounding"]
    assert check.ok is True
    assert [c for c in cut(None).checks if c.kind == "rounding"] == []


def test_ties_that_rounding_makes_are_ties_unless_a_tie_rule_decides() -> None:
    tied = cut({"score": 2})  # 77.5045 and 77.502 are both 77.50
    assert tied.ranking.to_dict() == {"Alder": 1, "Birch": 1}
    assert tied.recommendation.vendor is None
    broken = cut({"score": 2}, tie_break=("technical",))
    assert list(broken.ranking.index) == ["Birch", "Alder"]
    assert broken.evaluation.ties_broken == (("Birch", "Alder"),)


@pytest.mark.parametrize("how", sorted(HOW))
def test_the_explorer_ranks_by_the_same_rounding(chromium: Browser, how: str) -> None:
    offers = {f"v{n}": {"price": 50 + n * 0.005, "technical": 60 - n * 0.0049} for n in range(12)}
    stated = rules(EVEN, rounding={"values": 2, "score": 2, "how": how})
    result = assessed(offers, stated, draws=100)
    move = {"shares": [0.5, 0.5], "without": [], "ungated": [], "formula": "own"}
    page = core(chromium.new_page())
    [found] = counted(page, explorer_model(result.tender, result), [move])
    assert found["ranks"] == dict(result.evaluation.ranks)
    shown = {vendor: 100 * points for vendor, points in found["standings"].items()}
    assert shown == pytest.approx(dict(result.evaluation.points), abs=1e-9)
    page.close()


def test_the_scorecard_ranks_by_a_rounded_score(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    result = cut({"values": {"price": 2}, "score": 3, "how": "down"})
    (tmp_path / "s.xlsx").write_bytes(scorecard_workbook(result.tender, result))
    sheet = load_workbook(tmp_path / "s.xlsx")["Scorecard"]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "Score as it ranks" in formulas
    assert any("ROUNDDOWN" in text and "Values!" in text for text in formulas)


@pytest.mark.parametrize(
    ("rounding", "says"),
    [
        ("{values: {cots: 2}}", "'cots' is no leaf; did you mean 'cost'?"),
        ("{how: down}", "found no decimals; allowed: 'values', 'score' or both"),
        ("{values: 7}", "allowed: decimals from 0 to 6"),
        ("{values: 2, how: up}", "allowed: 'half_up', 'half_even' or 'down'"),
        ("{money: 2}", "unknown key 'money'"),
    ],
)
def test_a_rounding_that_cannot_be_applied_is_a_fault(
    tmp_path: Path, rounding: str, says: str
) -> None:
    folder = written_folder(tmp_path / "f")
    (folder / "evaluation.yaml").write_text(f"{RULES}rounding: {rounding}\n", "utf-8")
    done = invoked("check", "f", cwd=tmp_path)
    assert done.exit_code == 2
    assert says in done.stderr


def test_the_board_page_says_what_to_do_where_the_rounding_decides() -> None:
    result = cut({"values": {"price": 2}, "how": "down"})
    page = board_of(result.tender, result).text
    assert "Rounding \u2691 check" in page
    assert "Confirm that the tender rounds as the rules do" in page


def test_what_other_weights_would_change_is_not_stated_where_the_rounding_decides() -> None:
    result = cut({"values": {"price": 2}, "how": "down"})
    page = board_of(result.tender, result).text
    assert (result.weight_intervals, result.weight_changes, result.point_price) == ({}, {}, None)
    assert "Weight on" not in page
    assert "No single weight" not in page
    exact = cut({"values": {"price": 3}, "how": "down"})
    assert "Weight on" in board_of(exact.tender, exact).text


def test_a_cheaper_bid_that_only_rounding_keeps_back_is_said_to_be_so() -> None:
    # technical points 85 and 85.004; prices worth 70.009 and 70.000 points
    cheap = {"Alder": {"price": 299_910, "technical": 85}}
    bids = cheap | {"Birch": {"price": 300_000, "technical": 85.004}}
    scale = {"linear": {"worst": 1_000_000, "best": 0}}
    weighed = {"price": (50, scale), "technical": 50}
    stated = rules(weighed, rounding={"values": {"price": 2}, "how": "down"})
    result = assessed(bids, stated, draws=500)
    [says] = why_not_cheapest(result)
    assert says == "Alder asks \u20ac90 less. The rounding of the rules makes Birch first."

"""Knock-outs: a criterion below its floor counts 0, on every page and in every analysis."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from playwright.sync_api import Browser

from make.builders import assessed, rules
from make.explorer_core import core, counted, expected, moves, typed
from make.running import RULES, invoked, written_folder
from vendor_eval import wording
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.analysis.required_changes.changes import to_win
from vendor_eval.analysis.second_opinions import method_table
from vendor_eval.analysis.simulation.errors import errors_of
from vendor_eval.award.account import knock_out_words
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.results import results_record
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.board import board_of
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.gates import section
from vendor_eval.report.html import Html
from vendor_eval.rules.rules import Rules

FLOOR = {"criterion": "security", "below": 50}
# constructed; points are answers
OFFERS: dict[str, dict[str, Any]] = {
    "Alder": {"price": 80, "people": 40, "sites": 55, "quality": 60},
    "Birch": {"price": 50, "people": 70, "sites": 60, "quality": 70},
    "Cedar": {"price": 60, "people": 50, "sites": 50, "quality": 62},
}


def ruled(knock_out: Any = FLOOR, **more: Any) -> Rules:
    """Price 40, security 30 (people 2, sites 1) and quality 30, with a floor under security."""
    flat = rules({"price": 40, "people": 2, "sites": 1, "quality": 30}, **more)
    price, people, sites, quality = (c.model_dump() for c in flat.criteria)
    branch = {"id": "security", "label": "Security", "weight": 30, "criteria": (people, sites)}
    typed = flat.model_dump() | {"criteria": (price, branch, quality), "knock_out": knock_out}
    return Rules.model_validate(typed | {"gates": ()})


def judged(
    offers: Mapping[str, Mapping[str, Any]] = OFFERS, knock_out: Any = FLOOR, **more: Any
) -> Result:
    """The constructed bids under such rules."""
    return assessed(offers, ruled(knock_out, **more), draws=2000)


def test_a_criterion_below_its_floor_counts_0_and_does_not_exclude() -> None:
    result = judged()
    # Alder: security (2 x 40 + 55) / 3 = 45, below 50; 0.4 x 80 + 0.3 x 60 = 50
    assert dict(result.evaluation.knock_outs("Alder")) == {"security": 45.0}
    assert result.scores.to_dict() == pytest.approx({"Alder": 50, "Birch": 61, "Cedar": 57.6})
    assert result.evaluation.status("Alder") == "eligible"
    # without the floor: 50 + 0.3 x 45 = 63.5, first
    assert judged(knock_out=()).evaluation.winner == "Alder"


def test_a_gate_reads_the_points_before_a_knock_out_and_a_shortlist_those_that_count() -> None:
    gate = {"id": "g", "label": "G", "criterion": "security", "rule": {"at_least": 45}}
    typed = ruled().model_dump(exclude_defaults=True) | {"gates": (gate,)}
    typed |= {"shortlist": {"criterion": "security", "best": 2}}
    found = assessed(OFFERS, Rules.model_validate(typed), draws=100)
    passages = found.evaluation.screening.passages["Alder"]
    assert (passages["g"].state, passages["g"].found) == ("pass", 45.0)
    assert (passages["shortlist"].state, passages["shortlist"].found) == ("fail", 0.0)


def test_just_at_its_floor_a_criterion_counts() -> None:
    assert judged().evaluation.knock_outs("Cedar") == {}


def brute(
    offers: Mapping[str, Mapping[str, float]], floors: Mapping[str, float]
) -> dict[str, float]:
    """Scores from sums that anybody can follow."""
    scores = {}
    for vendor, o in offers.items():
        security = (2 * o["people"] + o["sites"]) / 3
        parts = {"security": round(security, 9), "quality": o["quality"], "price": o["price"]}
        weights = {"price": 40, "security": 30, "quality": 30}
        kept = [p for p in parts if parts[p] >= floors.get(p, 0)]
        scores[vendor] = sum(weights[p] * parts[p] for p in kept) / 100
    return scores


points = st.integers(0, 100)
bids = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("price", "people", "sites", "quality"), points)),
    min_size=2,
    max_size=6,
)


@given(bids, st.integers(1, 100), st.integers(1, 100))
def test_scores_are_those_of_brute_force(
    offers: list[dict[str, int]], security: int, quality: int
) -> None:
    floors = [
        {"criterion": "security", "below": security},
        {"criterion": "quality", "below": quality},
    ]
    named = {f"v{n}": offer for n, offer in enumerate(offers)}
    found = evaluate(ruled(tuple(floors)), proposals(named))
    wanted = brute(named, {"security": security, "quality": quality})
    assert found.scores.mul(100).to_dict() == pytest.approx(wanted, abs=1e-9)


def moved(evaluation: Evaluation, vendor: str, leaf: str, to: float) -> Evaluation:
    """The evaluation with one answer replaced."""
    offers = evaluation.proposals.answers.to_dict(orient="index")
    offers[vendor][leaf] = repr(to)
    return evaluate(evaluation.rules, proposals(offers))


def offer(price: int, people: int, sites: int, quality: int) -> dict[str, int]:
    return {"price": price, "people": people, "sites": sites, "quality": quality}


@settings(deadline=None)
@given(bids, st.integers(1, 100))
@example([offer(0, 0, 0, 1), offer(0, 0, 100, 0)], 100)  # all of one answer, and no more
def test_what_it_takes_to_win_heeds_the_floor(offers: list[dict[str, int]], below: int) -> None:
    named = {f"v{n}": offer for n, offer in enumerate(offers)}
    result = judged(named, {"criterion": "security", "below": below})
    evaluation = result.evaluation
    for vendor, by_leaf in result.to_win.items():
        for path, change in by_leaf.items():
            leaf = path.rpartition(".")[2]
            best = 100.0
            if change is None:
                assert vendor not in moved(evaluation, vendor, leaf, best).leaders
                continue
            enough = min(100.0, float(change.to or 0) + 1e-6)
            assert vendor in moved(evaluation, vendor, leaf, enough).leaders
            short = float(change.to or 0) - 1e-3
            if short >= float(change.start or 0):
                assert vendor not in moved(evaluation, vendor, leaf, short).leaders


@settings(deadline=None)
@given(bids, st.integers(1, 100))
@example([offer(0, 0, 0, 4), offer(0, 0, 5, 4)], 1)  # without the criterion they are level
def test_what_the_first_place_withstands_heeds_the_floor(
    offers: list[dict[str, int]], below: int
) -> None:
    named = {f"v{n}": offer for n, offer in enumerate(offers)}
    result = judged(named, {"criterion": "security", "below": below})
    evaluation, first = result.evaluation, result.evaluation.winner
    for path, change in result.holds_until.items():
        leaf = path.rpartition(".")[2]
        assert first is not None
        if change is None:
            assert moved(evaluation, first, leaf, 0.0).winner == first
            continue
        at = float(change.to or 0)
        assert moved(evaluation, first, leaf, max(0.0, at - 1e-6)).winner != first
        if at + 1e-3 <= float(change.start or 0):
            assert moved(evaluation, first, leaf, at + 1e-3).winner == first


def test_an_answer_that_could_lift_a_criterion_over_its_floor_is_worth_asking() -> None:
    offers = {**OFFERS, "Alder": OFFERS["Alder"] | {"people": "30..90"}}
    result = judged(offers, {"criterion": "security", "below": 60})
    # at the likely 60 points, security has 58.3: below 60; from 62.5 on it counts, and Alder wins
    [question] = [q for q in result.questions if q.vendor == "Alder"]
    assert question.could_change
    assert question.to == ("Alder",)
    assert question.turns_at == pytest.approx(62.5)


def test_re_runs_keep_a_knock_out_as_it_was_decided() -> None:
    model = {"robustness": {"judgement_error": 3.0}}
    offers = {**OFFERS, "Alder": OFFERS["Alder"] | {"people": 47}}  # 49.7 points, just below
    result = judged(offers, **model)
    assert result.reruns is not None
    # 0 is certain: the error is that of price and quality alone, and the price has none

    [error] = errors_of(result.evaluation, ["Alder", "Birch"], 3.0).points
    assert error.tolist() == [[0, 0, 0, 3], [0, 3, 3, 3]]
    [check] = [c for c in result.checks if c.kind == "knock_out"]
    assert check.ok is False
    assert check.says == (
        "Alder has 49.7 points on Security, near the floor of 50; on the other side of it, Alder "
        "would be first."
    )


def test_a_floor_out_of_reach_is_no_flag() -> None:
    [check] = [c for c in judged().checks if c.kind == "knock_out"]
    assert check.ok is True
    assert [c for c in judged(knock_out=()).checks if c.kind == "knock_out"] == []


def test_a_fault_under_a_floor_leaves_both_sides_open() -> None:
    offers = {**OFFERS, "Alder": OFFERS["Alder"] | {"people": "much"}}
    result = judged(offers)
    assert rank_range(result.evaluation, "Alder") == (1, 3)


def test_every_page_and_file_shows_what_counts_0() -> None:
    result = judged()
    tender, says = result.tender, "Security counts 0 for Alder: 45.0 points, below the floor of 50."
    assert results_record(tender, result)["vendors"]["Alder"]["knocked_out"] == {"security": 45.0}
    assert "knocked_out" not in results_record(tender, result)["vendors"]["Birch"]
    assert says in board_of(tender, result).text
    assert any(says in part.markup for part in section(result).parts if isinstance(part, Html))
    assert knock_out_words(result.evaluation, "Alder") == (
        "Security counts 0: your tender has 45.0 points on it, below the floor of 50.",
    )


def test_points_just_below_a_floor_are_not_shown_as_if_they_met_it() -> None:
    assert wording.points_apart(0.4996, 50) == "49.96"
    assert wording.points_apart(0.49999999, 50) == "49.999999"
    assert wording.points_apart(0.45, 50) == "45.0"
    assert wording.points_apart(0.5, 50) == "50.0"


def test_the_explorer_counts_knock_outs_as_the_package_does(chromium: Browser) -> None:
    offers = {
        f"v{n}": {"price": 30 + n * 7 % 50, "people": 35 + n * 13 % 60, "sites": 20 + n * 11 % 70}
        | {"quality": 40 + n * 17 % 60}
        for n in range(9)
    }
    result = judged(offers)
    page, model = core(chromium.new_page()), explorer_model(result.tender, result)
    tried = list(moves(result, 40, seed=5))
    for move, told in zip(
        tried, counted(page, model, [typed(result.evaluation, m) for m in tried]), strict=True
    ):
        wanted, _ = expected(result.evaluation, move)
        assert told["ranks"] == dict(wanted.ranks)
        scores = wanted.scores[list(wanted.ranking)].to_dict()
        assert told["scores"] == pytest.approx(scores, abs=1e-9)

        for vendor, by_leaf in to_win(wanted).items():
            got = told["to_win"][vendor]
            if got is None:
                continue
            for change, shown in zip(by_leaf.values(), got, strict=True):
                assert (change is None) == (shown is None)
                if change is not None:
                    assert shown["to"] == pytest.approx(change.to, abs=1e-6)
                    assert shown["points"] == pytest.approx(change.change_in_value, abs=1e-6)
    assert any(result.evaluation.knock_outs(v) for v in offers)
    page.close()


def test_the_scorecard_holds_the_floor_and_the_points_before_it() -> None:
    result = judged()
    book = load_workbook(io.BytesIO(scorecard_workbook(result.tender, result)))
    cells = [str(cell.value) for row in book["Values"].iter_rows() for cell in row]
    assert "Points on Security; below the floor it counts 0" in cells
    assert any(text.startswith("=IF(COUNT(") and ",0," in text for text in cells)


def test_methods_are_given_the_value_0_instead_of_the_answer() -> None:

    table, _, as_values = method_table(judged().evaluation)
    assert table.loc["Alder", ["security.people", "security.sites"]].tolist() == [0.0, 0.0]
    assert {"security.people", "security.sites"} <= set(as_values)
    assert np.isfinite(table.to_numpy()).all()


@pytest.mark.parametrize(
    ("typed_rules", "says"),
    [
        ("{criterion: q, below: 101}", "found 101; allowed: at most 100"),
        ("{criterion: q, below: 0}", "found 0; allowed: above 0"),
        ("{criterion: qq, below: 50}", "unknown criterion 'qq'"),
        ("{criterion: cost, below: 50}", "the price; allowed: a criterion without it"),
        ("{criterion: rel, below: 50}", "whose value depends on the other bids"),
        (
            "[{criterion: q, below: 50}, {criterion: q, below: 60}]",
            "allowed: each criterion in one knock-out",
        ),
    ],
)
def test_a_knock_out_that_cannot_be_applied_is_a_fault(
    tmp_path: Path, typed_rules: str, says: str
) -> None:
    folder = written_folder(tmp_path / "f")
    more = "  - {id: q, label: Q, weight: 1, answer: q, value: identity}\n"
    more += "  - {id: rel, label: R, weight: 1, answer: r, value: this_over_highest}\n"
    (folder / "evaluation.yaml").write_text(f"{RULES}{more}knock_out: {typed_rules}\n", "utf-8")
    done = invoked("check", "f", cwd=tmp_path)
    assert done.exit_code == 2
    assert says in done.stderr

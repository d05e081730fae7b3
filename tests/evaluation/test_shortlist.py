"""A shortlist: who goes on, who comes in for whom, and that every page and file follows it."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from playwright.sync_api import Browser

from make.builders import assessed, rules
from make.explorer_core import core, counted, moves, typed
from make.running import RULES, invoked, written_folder
from vendor_eval.analysis.incomplete import rank_range
from vendor_eval.analysis.what_if import what_if_result
from vendor_eval.award.result import Result
from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.evaluation.field import field_of
from vendor_eval.outputs.results import results_record
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.gates import gates_sentence
from vendor_eval.rules.rules import Rules

# constructed; points are answers
OFFERS: dict[str, dict[str, Any]] = {
    "Alder": {"price": 40, "quality": 90, "soc": "yes"},
    "Birch": {"price": 60, "quality": 80, "soc": "yes"},
    "Cedar": {"price": 95, "quality": 70, "soc": "yes"},
    "Dorado": {"price": 99, "quality": 95, "soc": "no"},
    "Elm": {"price": 50, "quality": 80, "soc": "yes"},
}
SOC = {"id": "soc", "label": "SOC 2", "answer": "soc", "rule": {"equals": "yes"}}


def listed(best: int, **more: Any) -> Rules:
    """Rules of price and quality, half each, with a shortlist by quality."""
    stated = {"gates": (SOC,), "shortlist": {"criterion": "quality", "best": best}}
    return rules({"price": 50, "quality": 50}, **stated | more)


def judged(best: int, offers: dict[str, dict[str, Any]] = OFFERS, **more: Any) -> Result:
    """The constructed bids under such rules."""
    return assessed(offers, listed(best, **more), draws=500)


def test_only_the_best_of_those_that_pass_the_gates_go_on_and_ties_go_on() -> None:
    result = judged(2)
    assert list(result.ranking.index) == ["Birch", "Alder", "Elm"]
    assert result.evaluation.status("Cedar") == "excluded"
    assert result.evaluation.shadow_ranks["Cedar"] == 1
    passages = result.evaluation.screening.passages
    assert {v: p["shortlist"].state for v, p in passages.items()} == {
        "Alder": "pass",
        "Birch": "pass",
        "Cedar": "fail",
        "Dorado": "pass",  # it would be, did it pass the gate
        "Elm": "pass",
    }


@given(
    st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 8), st.booleans()), max_size=9, min_size=1
    ),
    st.integers(1, 9),
)
def test_a_shortlist_is_what_sorting_gives(bids: list[tuple[int, int, bool]], best: int) -> None:
    offers = {
        f"v{n}": {"price": p, "quality": q, "soc": "yes" if soc else "no"}
        for n, (p, q, soc) in enumerate(bids)
    }
    found = evaluate(listed(best), proposals(offers))
    passing = sorted((q for _, q, soc in bids if soc), reverse=True)
    least = passing[min(best, len(passing)) - 1] if passing else 0
    wanted = {f"v{n}" for n, (_, q, soc) in enumerate(bids) if soc and q >= least}
    assert set(found.ranking) == wanted


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=7, min_size=2),
    st.integers(1, 4),
)
def test_withdrawing_a_bid_lets_in_who_comes_next(bids: list[tuple[int, int]], best: int) -> None:
    offers = {f"v{n}": {"price": p, "quality": q, "soc": "yes"} for n, (p, q) in enumerate(bids)}
    stated = rules(
        {"price": (50, "this_over_highest"), "quality": 50},
        gates=(SOC,),
        shortlist={"criterion": "quality", "best": best},
    )
    offers = {v: {**offer, "price": offer["price"] + 1} for v, offer in offers.items()}
    found = evaluate(stated, proposals(offers))
    for vendor in found.ranking:
        fewer = field_of(found).without(vendor)
        again = evaluate(stated, found.proposals.without(vendor))
        assert set(fewer.vendors) == set(again.ranking)
        assert set(fewer.leading()) == set(again.leaders)


def test_the_shortlist_holds_under_the_rules_own_weights_in_every_scenario() -> None:
    price_alone = {"cheap": {"weights": {"price": 1, "quality": 0}}}
    result = judged(2, scenarios=price_alone)
    assert set(result.scenarios["cheap"].ranking) == {"Alder", "Birch", "Elm"}


def test_a_withdrawal_that_lets_in_a_better_bid_is_flagged() -> None:
    offers = {v: OFFERS[v] for v in ("Alder", "Birch", "Cedar")}
    result = judged(2, offers)
    assert result.evaluation.winner == "Birch"
    assert dict(result.reversals) == {"Alder": "Cedar"}
    [check] = [c for c in result.checks if c.kind == "withdrawal"]
    assert check.ok is False


def test_a_vendor_that_just_misses_and_would_be_first_is_flagged() -> None:
    near = {**OFFERS, "Cedar": OFFERS["Cedar"] | {"quality": 78}}
    model = {"robustness": {"judgement_error": 3.0}}
    [flagged] = [c for c in judged(2, near, **model).checks if c.kind == "shortlist"]
    assert flagged.ok is False
    assert flagged.says == "Cedar just misses the shortlist on Quality and would be first."
    [held] = [c for c in judged(2, **model).checks if c.kind == "shortlist"]
    assert held.ok is True
    assert held.says.startswith("Cedar misses the shortlist by 10.0 points on Quality")
    assert [c for c in judged(9).checks if c.kind == "shortlist"] == []


def test_a_fault_that_hides_points_leaves_the_shortlist_open() -> None:
    offers = {**OFFERS, "Fir": {"price": 10, "quality": "much", "soc": "yes"}}
    result = judged(1, offers)
    fir = result.evaluation.screening.passages["Fir"]["shortlist"]
    assert (fir.state, fir.found) == ("unknown", None)
    assert result.evaluation.status("Fir") == "incomplete"
    assert result.recommendation.verdict == "open"  # it may take Alder's place
    assert rank_range(result.evaluation, "Fir") == (1, 2)


def test_an_incomplete_vendor_that_cannot_be_on_the_shortlist_is_excluded() -> None:
    offers = {**OFFERS, "Fir": {"price": "cheap", "quality": 10, "soc": "yes"}}
    result = judged(1, offers)
    assert result.evaluation.status("Fir") == "excluded"
    assert result.recommendation.open == ()


def test_an_undecided_vendor_would_take_the_last_place() -> None:
    offers = {**OFFERS, "Dorado": OFFERS["Dorado"] | {"soc": None, "price": 10}}
    result = judged(1, offers)
    [question] = [q for q in result.questions if q.kind == "gates"]
    assert question.could_change
    assert question.to == ("Dorado",)  # 52.5 points, and Alder's 65 drop out


def test_results_and_the_sentence_on_gates_show_the_shortlist() -> None:
    result = judged(2)
    told = results_record(result.tender, result)
    gate = told["vendors"]["Cedar"]["gates"]["shortlist"]
    assert gate == {"state": "fail", "found": 70.0}
    hurdle = told["sensitivity"]["to_qualify"]["Cedar"]["gates"]["shortlist"]
    assert hurdle["asks"] == "one of the 2 best results"
    assert gates_sentence(result) == (
        "Of 5 vendors, 3 pass every gate, 1 fails at least one and 1 passes the other gates but is "
        "not among the best 2 on Quality. Only those that pass are ranked."
    )


def test_the_explorer_keeps_the_shortlist_and_can_switch_it_off(chromium: Browser) -> None:
    result = judged(2)
    page, model = core(chromium.new_page()), explorer_model(result.tender, result)
    tried = list(moves(result, 60, seed=3))
    found = counted(page, model, [typed(result.evaluation, move) for move in tried])
    for move, told in zip(tried, found, strict=True):
        wanted = what_if_result(result.evaluation, move)
        assert told["ranks"] == dict(wanted.ranks)
    assert any("shortlist" in move.ungated for move in tried)
    page.close()


def test_the_scorecard_shows_the_shortlist_by_live_formulas() -> None:
    result = judged(2)
    book = load_workbook(io.BytesIO(scorecard_workbook(result.tender, result)))
    cells = [str(cell.value) for row in book["Gates"].iter_rows() for cell in row]
    assert any("SUMPRODUCT(ISNUMBER(" in text for text in cells)
    assert "compared" in cells


LISTED = RULES + "shortlist: {criterion: cost, best: 1}\n"


@pytest.mark.parametrize(
    ("typed_rules", "says"),
    [
        (RULES + "shortlist: {criterion: cots, best: 1}\n", "unknown criterion 'cots'"),
        (RULES + "shortlist: {criterion: cost, best: 0}\n", "found 0; allowed: at least 1"),
        (RULES + "shortlist: {criterion: cost}\n", "'best' is missing"),
        (
            RULES.replace("{linear: {worst: 9, best: 5}}", "lowest_over_this")
            + "shortlist: {criterion: cost, best: 1}\n",
            "whose value depends on the other bids",
        ),
        (
            RULES + "gates:\n - {id: a, label: A, criterion: cost, rule: {best: 1}}\n",
            "found 'best' in a gate; allowed: the key 'shortlist' of the rules",
        ),
        (
            RULES + "gates:\n - {id: shortlist, label: A, criterion: cost, rule: {best: 1}}\n",
            "found 'best' in a gate; allowed: the key 'shortlist'",
        ),
        (
            LISTED + "gates:\n - {id: shortlist, label: A, answer: a, rule: {equals: 'yes'}}\n",
            "is what the gate of the shortlist is called",
        ),
    ],
)
def test_a_shortlist_that_cannot_be_drawn_up_is_a_fault(
    tmp_path: Path, typed_rules: str, says: str
) -> None:
    folder = written_folder(tmp_path / "f")
    (folder / "evaluation.yaml").write_text(typed_rules, "utf-8")
    done = invoked("check", "f", cwd=tmp_path)
    assert done.exit_code == 2
    assert says in done.stderr

"""Figures and tables: words beside every picture, and no markup from what vendors typed."""

import html
import html.parser
from pathlib import Path

import pytest

import vendor_eval as ve
from make.builders import assessed, five_criteria, rules
from vendor_eval.award.result import Result
from vendor_eval.report.along import along_figure
from vendor_eval.report.board import board_html, board_of
from vendor_eval.report.cheaper_bids import cheaper_bids_table
from vendor_eval.report.firmness import checks_table, reruns_figure
from vendor_eval.report.first_screen import award_screen, first_screen_html, warnings
from vendor_eval.report.gates import gates_table, to_qualify_table
from vendor_eval.report.html import say
from vendor_eval.report.method import method_table, sources_table, value_functions_table
from vendor_eval.report.negotiation import holds_until_table, to_win_table
from vendor_eval.report.numbers import answers_table, values_table
from vendor_eval.report.open_answers import questions_table
from vendor_eval.report.other_ways import (
    methods_figure,
    methods_table,
    scenarios_figure,
    scenarios_table,
)
from vendor_eval.report.price import cost_table
from vendor_eval.report.price_formulas import effective_weights_table, price_formulas_table
from vendor_eval.report.risks import claims_table, risks_table
from vendor_eval.report.style import label, labels, row_height
from vendor_eval.report.sureness import (
    acceptability_table,
    central_weights_table,
    pairwise_table,
    ranks_table,
)
from vendor_eval.report.weight_changes import (
    weight_changes_table,
    weight_intervals_figure,
    weight_intervals_table,
    winner_map_figure,
)
from vendor_eval.report.why import contributions_figure, contributions_table
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

FIGURES = (contributions_figure, reruns_figure, weight_intervals_figure)
MORE = (winner_map_figure, scenarios_figure, methods_figure)
HOSTILE = "<img src=x onerror=alert(1)>"


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


def _tables(case: Tender, judged: Result) -> str:
    parts = [
        first_screen_html(award_screen(case, judged)),
        board_html(board_of(case, judged)),
        risks_table(judged),
        claims_table(judged),
        cheaper_bids_table(judged),
        contributions_table(judged),
        checks_table(judged),
        cost_table(judged),
        gates_table(judged),
        acceptability_table(judged),
        weight_intervals_table(judged),
        scenarios_table(case, judged),
        methods_table(judged),
        method_table(case, judged),
        value_functions_table(judged),
        values_table(judged),
        answers_table(judged),
        sources_table(case),
        weight_changes_table(judged),
        to_win_table(judged),
        holds_until_table(judged),
        to_qualify_table(judged),
        questions_table(judged),
        price_formulas_table(judged),
        effective_weights_table(judged),
        ranks_table(judged.near_weights),
        central_weights_table(judged),
        pairwise_table(judged.any_weights),
        warnings([HOSTILE]),
        say(HOSTILE),
    ]
    return "".join(part.markup for part in parts)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_has_a_text_alternative_and_a_caption(figure) -> None:  # type: ignore[no-untyped-def]
    drawn = figure(ve.evaluate(*five_criteria()))
    assert drawn.layout.meta["alt"]
    assert drawn.layout.meta["caption"]
    assert drawn.layout.title.text is None


def test_the_alternative_of_the_bars_tells_every_score() -> None:
    drawn = contributions_figure(ve.evaluate(*five_criteria()))
    assert drawn.layout.meta["alt"] == "Scores: A 73.6, B 71.8, C 71.7"
    sums = [sum(bar.x[n] for bar in drawn.data) for n in range(3)]
    assert sums == pytest.approx([73.6, 71.8, 71.7])


def test_a_hundred_dots_are_drawn_and_as_many_filled_as_said() -> None:
    drawn = reruns_figure(ve.evaluate(*five_criteria()))
    # 79.4 by the exact integral, see test_robustness.py
    assert [len(part.x) for part in drawn.data] == [79, 21]
    assert drawn.layout.meta["alt"] == "79 of 100 re-runs keep A ahead of B"


def test_labels_are_escaped_and_never_cut() -> None:
    assert label("<b>Bold</b>") == "&lt;b&gt;Bold&lt;/b&gt;"
    long = ["A" * 40, "A" * 41, "Accounts payable and payroll of the whole group"]
    shown = labels(long)
    assert [text.replace("<br>", "") for text in shown] == [
        *long[:2],
        "Accounts payable andpayroll of the wholegroup",
    ]
    assert row_height(shown, 40) == 57


def test_nothing_that_was_typed_becomes_markup() -> None:
    typed = rules(
        {"a": 1, "b": (1, {"levels": {HOSTILE: 50.0}})},
        title=HOSTILE,
        decision=HOSTILE,
        notice=HOSTILE,
        source=HOSTILE,
        gates=({"id": "g", "label": HOSTILE, "answer": "g", "rule": {"equals": HOSTILE}},),
        methods=("topsis",),
    )
    offers = {
        f"{HOSTILE}{n}": {"a": n, "b": HOSTILE, "g": HOSTILE if n else None} for n in range(3)
    }
    judged = assessed(offers, typed)
    case = Tender(typed, judged.evaluation.proposals, None, ())
    parser = _Tags()
    parser.feed(_tables(case, judged))
    assert "img" not in parser.seen
    assert "table" in parser.seen
    for figure in (*FIGURES, *MORE):
        assert "<img" not in figure(judged).to_json()
    for line in along_figure(judged):
        assert "<img" not in line.to_json()


@pytest.mark.parametrize("eligible", [0, 1])
def test_pictures_and_tables_can_be_made_of_hardly_anything(eligible: int) -> None:
    gate = {"id": "g", "label": "G", "answer": "g", "rule": {"equals": "yes"}}
    typed = rules({"a": 1, "b": 1}, gates=(gate,), methods=("topsis",))
    offers = {f"V{n}": {"a": n, "b": n, "g": "yes" if n < eligible else "no"} for n in range(3)}
    judged = assessed(offers, typed)
    assert _tables(Tender(typed, judged.evaluation.proposals, None, ()), judged)
    bars, dots, bands = (figure(judged) for figure in FIGURES)
    assert (len(bars.data), len(dots.data), len(bands.data)) == (2 * eligible, 0, 0)
    assert not any(figure(judged).data for figure in MORE)
    assert along_figure(judged) == []


def test_many_vendors_are_set_in_several_tables(data: Path) -> None:
    case = read(data / "gsa-help-desk")
    judged = case.evaluate(draws=100)
    assert answers_table(judged).markup.count("<table>") == 6


def test_the_winner_map_names_every_area_and_marks_today(data: Path) -> None:
    case = read(data / "customer-support")
    judged = case.evaluate(draws=100)
    drawn = winner_map_figure(judged)
    assert judged.winner_map is not None
    assert len(drawn.data) == len(judged.winner_map.regions) + 1
    named = {note.text for note in drawn.layout.annotations}
    assert {r.vendors[0] for r in judged.winner_map.regions if r.part > 0.02} == named
    assert (drawn.data[-1].x[0], drawn.data[-1].y[0]) == judged.winner_map.today


def test_the_slopes_draw_every_rank_of_every_scenario(data: Path) -> None:
    case = read(data / "customer-support")
    judged = case.evaluate(draws=100)
    lines = scenarios_figure(judged).data
    assert len(lines) == len(judged.evaluation.ranking)
    assert [line.y[0] for line in lines] == [1, 2, 3, 4]
    best = [next(line for line in lines if line.y[n] == 1) for n in range(4)]
    assert best[0] is not best[1]


def test_a_formula_that_a_losing_bid_turns_is_marked_in_red() -> None:
    relative = rules({"price": (40, "lowest_over_this"), "quality": 60})
    bids = {
        "A": {"price": 100, "quality": 50},
        "B": {"price": 108, "quality": 54},
        "D": {"price": 60, "quality": 10},
    }
    markup = price_formulas_table(assessed(bids, relative, draws=10)).markup
    assert 'class="alarm"' in markup
    assert "Yes: without D, A is first" in markup


def test_a_falling_step_is_reached_below_its_threshold() -> None:
    falling = {"steps": {"at_least": ((9.0, 70.0), (13.0, 0.0)), "below": 100.0}}
    typed = rules({"price": 1, "weeks": (1, falling)})
    bids = {"A": {"price": 60, "weeks": 10}, "B": {"price": 50, "weeks": 12}}
    markup = to_win_table(assessed(bids, typed, draws=10)).markup
    assert "12 \u2192 below 9" in markup


def test_a_relative_bid_is_told_on_the_side_that_suffices() -> None:
    highest = {"linear_range": {"direction": "max"}}
    bids = {"A": {"price": 60, "x": 20}, "B": {"price": 50, "x": 10}}
    judged = assessed(bids, rules({"price": 1, "x": (1, highest)}), draws=10)
    assert "10 \u2192 above 20" in to_win_table(judged).markup
    assert "20 \u2192 below 10" in holds_until_table(judged).markup


def test_criteria_of_which_there_is_nothing_to_say_share_a_row() -> None:
    typed = rules({"price": 6, "a": 1, "b": 1, "c": 1})
    bids = {"A": {"price": 90, "a": 50, "b": 50, "c": 50}, "B": dict.fromkeys("abc", 95)}
    bids["B"]["price"] = 50
    judged = assessed(bids, typed, draws=10)
    for changes in (to_win_table(judged), holds_until_table(judged)):
        assert changes.markup.count("<tr>") == 3
        assert "Each of the 3 other criteria" in changes.markup
    intervals = judged.weight_intervals
    free = [path for path, interval in intervals.items() if interval.nearest_change is None]
    assert weight_intervals_table(judged).markup.count("regardless of its share") == bool(free)


def test_every_line_of_ranks_is_named_whole_at_its_end(data: Path) -> None:
    case = read(data / "gsa-help-desk")
    judged = case.evaluate(draws=100)
    for drawn in (scenarios_figure(judged), methods_figure(judged)):
        ends = {int(line.y[-1]) for line in drawn.data}
        assert set(drawn.layout.yaxis.tickvals) == ends
        named = " ".join(drawn.layout.yaxis.ticktext).replace("<br>", " ")
        shown = judged.evaluation.ranking[: len(drawn.data)]
        assert all(html.escape(vendor, quote=False) in named for vendor in shown)
        assert "\u2026" not in named
        assert not any("_" in heading for heading in drawn.layout.xaxis.ticktext)

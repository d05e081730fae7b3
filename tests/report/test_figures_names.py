"""A name is never a position: whatever vendors are called, each point stands at its own label."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output
from playwright.sync_api import Browser

from make import examples, mostly_more
from make.builders import assessed, rules
from make.drawn import figures as drawn_figures
from make.drawn import held
from make.hostile import NAMES
from make.priced import bid, compared, line
from make.priced import rules as priced_rules
from vendor_eval import wording
from vendor_eval.elicitation.elicitation import elicited
from vendor_eval.errors import ToolFailed
from vendor_eval.report.along import along_figure
from vendor_eval.report.cost_over_time import cost_by_year_figure, savings_over_time_figure
from vendor_eval.report.firmness import reruns_figure
from vendor_eval.report.other_ways import methods_figure
from vendor_eval.report.sections import PLOTLY
from vendor_eval.report.stakeholders import stakeholders_figure, weight_sets_figure
from vendor_eval.report.style import label, wrapped
from vendor_eval.report.total_cost import cost_components_figure
from vendor_eval.report.volumes import break_even_figure, volume_scenarios_figure
from vendor_eval.report.weight_changes import weight_intervals_figure, winner_map_figure
from vendor_eval.report.why import contributions_figure
from vendor_eval.rules.judgements import Judgements
from vendor_eval.runs.export import library, report

NUMBERS = ("3", "360,2,0,Alpha", "2027-01-01", "1e5")
TAKEN_FOR_SOMETHING = (
    *NUMBERS,
    *("1e3", "nan", "NaN", "Infinity", "-0", "0x10", "12:30", "2027", "2027-01", "1,5", "50%"),
    *("true", "null", "<b>x", "<br>", "$x$", "trace 0", "Same long name of a vendor, part A"),
    "Same long name of a vendor, part B",
)
named = st.lists(
    st.sampled_from((*TAKEN_FOR_SOMETHING, *NAMES)), min_size=2, max_size=6, unique_by=str.casefold
)


def every(names: list[str], points: list[int]) -> dict[str, go.Figure]:
    """Every figure of the suite, with these names on vendors, criteria, scenarios and people."""
    ids = "abcd"
    typed = rules(dict.fromkeys(ids, 1), price="a", methods=("topsis", "vikor"))
    criteria = tuple(
        leaf.model_copy(update={"label": names[n % len(names)]})
        for n, leaf in enumerate(typed.criteria)
    )
    typed = typed.model_copy(update={"criteria": criteria})
    offers = {
        name: {key: (points[n] * (7 + m) + 13 * m) % 101 for m, key in enumerate(ids)}
        for n, name in enumerate(names)
    }
    judged = assessed(offers, typed, draws=50)
    people = [
        {"name": name, "top": {"direct": {"a": 1.0 + n, "b": 2.0, "c": 3.0, "d": 4.0}}}
        for n, name in enumerate(names)
    ]
    elicitation = elicited(
        judged.evaluation, Judgements.model_validate({"stakeholders": tuple(people)})
    )
    cheap = [
        bid(line("per_transaction", 1 + p), line("once", 500 * p, first_month=0), vendor=name)
        for name, p in zip(names, points, strict=False)
    ]
    volumes = {f"v{n}": {"monthly": 900.0 + 100 * n, "growth": 0.0} for n in range(3)}
    house = {"fixed_a_month": 9000.0, "a_transaction": 1.0, "indexation": 0.0}
    priced = compared(priced_rules(volumes=volumes, forecast="v1", baseline=house), cheap)
    made = {
        function.__name__.removesuffix("_figure"): function(judged)
        for function in (
            *(contributions_figure, reruns_figure, weight_intervals_figure),
            *(winner_map_figure, methods_figure),
        )
    }
    made |= {f"along {n}": figure for n, figure in enumerate(along_figure(judged))}
    made |= {
        "stakeholders": stakeholders_figure(elicitation),
        "weight_sets": weight_sets_figure(elicitation),
    }
    for function in (
        *(cost_components_figure, cost_by_year_figure, volume_scenarios_figure),
        *(break_even_figure, savings_over_time_figure),
    ):
        made[function.__name__.removesuffix("_figure")] = function(priced)
    return made


def positions(figure: go.Figure) -> list[Any]:
    """All that says where something stands."""
    placed = [*figure.data, *figure.layout.annotations]
    places = [getattr(one, axis) for one in placed for axis in "xy"]
    return [p for entry in places for p in (entry if isinstance(entry, tuple | list) else [entry])]


@examples(quick=8, further=20)
@given(named, st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_no_name_is_a_position_in_any_figure(names: list[str], points: list[int]) -> None:
    for kind, figure in every(names, points).items():
        if not figure.data:
            continue
        assert all(isinstance(at, int | float) for at in positions(figure)), kind
        assert {figure.layout.xaxis.type, figure.layout.yaxis.type} == {"linear"}, kind


@examples(quick=8, further=20)
@given(named, st.lists(st.integers(0, 40), min_size=6, max_size=6))
def test_every_bar_stands_at_the_row_of_its_own_name(names: list[str], points: list[int]) -> None:
    made = every(names, points)
    bars = made["contributions"]
    shown = bars.layout.yaxis.ticktext
    assert len(shown) == len(set(shown)) == len(names)
    alt = bars.layout.meta["alt"].removeprefix("Scores: ")
    for name in names:
        [row] = [n for n, text in enumerate(shown) if text in (label(name), wrapped(name, 22))]
        total = wording.points(sum(trace.x[row] for trace in bars.data) / 100)
        assert {trace.y[row] for trace in bars.data} == {row}
        assert f"{name} {total}" in alt
        assert any(n.y == row and n.text == f"<b>{total}</b>" for n in bars.layout.annotations)
    for kind in ("cost_components", "cost_by_year", "weight_intervals", "weight_sets"):
        figure = made[kind]
        for trace in figure.data:
            assert list(trace.y) == list(range(len(figure.layout.yaxis.ticktext)))


def test_names_that_cutting_would_make_alike_are_shown_whole() -> None:
    alike = ["Same long name of a vendor, part A", "Same long name of a vendor, part B"]
    shown = every([*alike, "C"], [3, 2, 1, 0, 0, 0])["contributions"].layout.yaxis.ticktext
    assert [text.replace("<br>", " ") for text in shown if "part" in text] == sorted(
        alike, key=[text.replace("<br>", " ") for text in shown].index
    )


def page_of(made: dict[str, go.Figure]) -> str:
    """A page with these figures, as a run of a notebook would write it."""
    cells = []
    for figure in made.values():
        if figure.data:
            data = {PLOTLY: figure.to_plotly_json() | {"config": {}}}
            cells.append(new_code_cell(outputs=[new_output("display_data", data=data)]))
    return report(new_notebook(cells=cells), title="Figures", plotly=library())


@pytest.mark.parametrize("at", ["x", "y"])
def test_a_page_with_a_name_for_a_position_is_refused(at: str) -> None:
    drawn = go.Figure(go.Bar(**{"x": [1, 2], "y": [1, 2]} | {at: ["3", "4"]}))
    drawn.update_layout(meta={"alt": "Bars", "caption": "Bars"})
    with pytest.raises(ToolFailed, match=f"figure 1 places text on its {at} axis"):
        page_of({"bars": drawn})
    drawn.update_layout({f"{at}axis": {"type": "category"}})
    assert "Bars" in page_of({"bars": drawn})


@pytest.mark.parametrize(
    "names",
    mostly_more(
        [[*NUMBERS], ["<b>x", "nan", "$x$", "1e3", "12:30"], ["Aurora", "Borealis"]], [*NUMBERS]
    ),
)
def test_a_browser_draws_the_labels_the_rows_and_the_values_that_were_declared(
    names: list[str], chromium: Browser, tmp_path: Path
) -> None:
    made = {k: f for k, f in every(names, [3, 17, 11, 29, 23, 5]).items() if f.data}
    assert len(made) >= 10
    path = tmp_path / "page.html"
    path.write_text(page_of(made), "utf-8")
    page = chromium.new_context(viewport={"width": 800, "height": 900}, offline=True).new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn]", state="attached")
    drawn = drawn_figures(page)
    assert len(drawn) == len(made)
    for figure in drawn:
        held(figure)
    bars = drawn[0]
    assert sorted(row["words"] for row in bars["rows"]) == sorted(map(str, names))
    # longer from row to row would be another order than that of the scores
    ends = [sum(trace[n]["width"] for trace in bars["bars"]) for n in range(len(names))]
    assert all(upper >= lower - 1 for upper, lower in pairwise(ends))
    page.context.close()

"""What the objects of the front door show: one line, a card, a list of faults, a figure."""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from pydantic import BaseModel

import vendor_eval as ve
from make import ROOT
from make.builders import assessed, five_criteria, rules
from make.hostile import NAMES

LONGEST = 280
"""Characters of a line that an object prints of itself."""


@pytest.fixture(scope="module")
def result() -> ve.Result:
    """The result of the constructed example, with few re-runs."""
    return ve.read(ROOT / "data" / "customer-support").evaluate(draws=200)


def held(thing: Any) -> Iterator[Any]:
    """What an object shows under its public names, or holds."""
    if isinstance(thing, Mapping):
        yield from thing.keys()
        yield from thing.values()
    elif isinstance(thing, tuple | list | set | frozenset):
        yield from thing
    elif dataclasses.is_dataclass(thing) or isinstance(thing, BaseModel):
        fields = (
            {f.name for f in dataclasses.fields(thing)}
            if dataclasses.is_dataclass(thing)
            else set(type(thing).model_fields)
        )
        kinds = (property, cached_property)
        lazy = {
            n for kind in type(thing).__mro__ for n, v in vars(kind).items() if isinstance(v, kinds)
        }
        for name in sorted(fields | lazy):
            if not name.startswith(("_", "model_")):
                try:
                    yield getattr(thing, name)
                except (AttributeError, TypeError, ValueError, ve.VendorEvalError):
                    continue  # a property of other kinds of the same class


def reachable(*start: Any) -> Iterator[Any]:
    """Every object that can be reached from some by public names, each once."""
    seen, waiting = dict[int, Any](), list(start)
    while waiting:
        thing = waiting.pop()
        if id(thing) not in seen and not isinstance(thing, str | bytes | int | float | None):
            seen[id(thing)] = thing  # kept, so that no other object gets its id
            waiting += held(thing)
            yield thing


def printed_badly(*start: Any) -> dict[str, int]:
    """The classes of which an object prints more than one line, or a long one."""
    return {
        type(thing).__qualname__: len(repr(thing))
        for thing in reachable(*start)
        if dataclasses.is_dataclass(thing) or isinstance(thing, BaseModel)
        if len(repr(thing)) > LONGEST or not repr(thing).isprintable()
    }


def test_no_object_prints_more_than_a_line_of_itself(result: ve.Result) -> None:
    assert printed_badly(result.tender, result) == {}


def test_no_object_prints_a_long_answer_or_a_file_at_length() -> None:
    offers = {name: {"a": 50, "b": 60, "c": "x" * 50_000} for name in ("X", "Y")}
    offers["Z"] = {"a": "1" * 5_000, "b": 60, "c": "line\nline"}
    typed = rules({"a": 1, "b": 1, "c": (0, {"levels": {"x" * 50_000: 10.0}})})
    result = assessed(offers, typed, draws=10)
    assert printed_badly(result.tender, result) == {}


def test_a_bid_of_a_workbook_prints_none_of_its_bytes(result: ve.Result) -> None:
    [file, *_] = result.tender.files[1:]
    assert re.fullmatch(r"SourceFile\(name='.*', content=<[\d,]+ bytes>\)", repr(file))


def test_many_faults_print_their_number_and_the_first() -> None:
    faults = [ve.Fault("evaluation.yaml:1", "x" * 1_000)] * 500
    assert repr(ve.InputFaults(faults)).startswith("<InputFaults: 500 in all, the first <Fault ")
    assert len(repr(ve.InputFaults(faults))) < LONGEST


MARKUP = re.compile(
    r"<(/?(?:div|span|table|thead|tbody|tr|th|td))(?: (?:style|scope|class)=\"[^\"<>]*\")*>"
)


def test_cards_escape_what_strangers_typed_and_stay_small() -> None:
    for name in NAMES:
        bids = {name: {"a": 50, "b": 60}, "Y": {"a": 40, "b": 10}}
        typed = rules({"a": 1, "b": 1}, title=name, decision=name)
        result = assessed(bids, typed, draws=10)
        for card in (result._repr_html_(), result.tender._repr_html_()):
            assert not {"<", ">"} & set(MARKUP.sub("", card)), name
            assert len(card) < 6_000


def test_a_card_states_no_colour_so_that_every_theme_can_show_it(result: ve.Result) -> None:
    card = result._repr_html_() + result.tender._repr_html_()
    assert re.findall(r"#[0-9a-f]{3,6}\b|rgba?\(|color:(?!inherit)", card) == []
    assert "Aurora Service" in card
    assert "sensitive" in card


def test_the_card_of_a_trial_says_so_and_advises_no_award(result: ve.Result) -> None:
    card = result.what_if(weights={"cost": 0.5})._repr_html_()
    assert "Dorado Dialogue would be first." in card
    assert "a trial, which changes no result" in card
    assert "Award" not in card


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    """A notebook's shell with the constructed example's tender and result in it."""
    shell = InteractiveShell()
    shell.run_cell("import vendor_eval as ve")
    yield shell
    shell.reset()
    shell.history_manager.end_session()
    InteractiveShell.clear_instance()


def test_faults_show_as_a_list_without_a_traceback(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("ve.evaluate({'title': 'T', 'currency': 'euro'}, 'none.csv')")
    shown = capsys.readouterr().out
    assert "Traceback" not in shown
    assert "given.py" not in shown
    assert re.search(r"^rules\['currency'\]: found .*; allowed: ", shown, re.MULTILINE)
    assert re.search(r"^rules: .*'criteria'", shown, re.MULTILINE)


def test_a_single_fault_shows_as_its_sentence(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.run_cell("ve.from_skcriteria(0, price=None) if 0 else ve.read('nowhere')")
    assert capsys.readouterr().out.splitlines()[-1].startswith("nowhere: no such folder")


def test_tab_offers_what_there_is_lazy_names_included(
    shell: InteractiveShell, result: ve.Result
) -> None:
    def offered(entered: str) -> set[str]:
        with provisionalcompleter():
            offers = shell.Completer.completions(entered, len(entered))
            return {offer.text.lstrip(".") for offer in offers}

    shell.user_ns |= {"result": result, "tender": result.tender}
    assert offered("ve.") == set(ve.__all__) - {"__version__"}
    wanted = {"ranking", "scores", "weights", "verdict", "to_frame", "what_if", "plot", "save"}
    assert wanted | {"to_skcriteria", "near_weights"} <= offered("result.")
    assert "contributions" in offered("result.plot.c")
    assert "evaluate" in offered("tender.ev")


FIGURES = sorted(
    n for n in vars(type(assessed({"X": {"a": 1}}, rules({"a": 1})).plot)) if n[0] != "_"
)


def drawn(result: ve.Result, name: str) -> go.Figure:
    """One of a result's figures."""
    plot = getattr(result.plot, name)
    return plot("cost") if name == "along" else plot()


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_one_of_plotlys_and_can_be_restyled(name: str, result: ve.Result) -> None:
    figure = drawn(result, name)
    assert isinstance(figure, go.Figure)
    assert figure.data
    assert figure.layout.meta["alt"]
    assert figure.update_layout(height=200) is figure
    assert drawn(result, name).layout.height != 200
    assert len(repr(figure)) < LONGEST


def test_a_figure_in_a_notebook_has_no_button_that_uploads_it(
    result: ve.Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    result.plot.contributions()._ipython_display_()
    [data] = shown
    config = data["application/vnd.plotly.v1+json"]["config"]
    assert config == {"displayModeBar": False, "showSendToCloud": False}
    assert '"showSendToCloud": false' in result.plot.contributions().to_html(include_plotlyjs=False)


def test_a_figure_with_nothing_to_draw_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    ve.evaluate(*five_criteria(), draws=10).plot.scenarios()._ipython_display_()
    assert "There is nothing to draw." in shown[0]["text/html"]


def test_figures_of_costs_say_what_they_need() -> None:
    with pytest.raises(ve.VendorEvalError, match="found no priced workbook"):
        ve.evaluate(*five_criteria(), draws=10).plot.total_cost()


def test_the_figure_along_a_criterion_names_the_nearest_one(result: ve.Result) -> None:
    with pytest.raises(ve.VendorEvalError, match="did you mean 'cost'"):
        result.plot.along("csot")


def test_a_frame_holds_every_vendor_and_marks_what_is_not_known(result: ve.Result) -> None:
    frame = result.to_frame()
    assert set(frame.index) == set(result.evaluation.vendors)
    assert frame["status"].isin(["eligible", "undecided", "excluded", "incomplete"]).all()
    assert frame["rank"].dropna().tolist() == result.ranking.tolist()
    assert frame.loc[result.scores.index, "points"].tolist() == result.scores.tolist()
    blanks = [x for x in frame.to_numpy().ravel() if pd.isna(x)]
    assert all(blank is pd.NA for blank in blanks)


def test_what_is_saved_is_what_the_command_line_scores(result: ve.Result, tmp_path: Path) -> None:
    folder = result.save(tmp_path / "saved")
    record = json.loads((folder / "results.json").read_bytes())
    assert record["ranking"] == list(result.ranking.index)
    assert record["recommendation"]["verdict"] == result.verdict
    before = {path.name: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with pytest.raises(ve.VendorEvalError, match="is not empty"):
        result.save(folder)
    assert {path.name: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]

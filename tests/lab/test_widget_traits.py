"""The explorer as a widget of Python's: set, observed, linked and interacted with."""

import json
from typing import Any

import ipywidgets as widgets
import pytest
import traitlets

from make import ROOT
from vendor_eval import read
from vendor_eval.errors import InputFaults
from vendor_eval.lab.explorer import MOVED, Explorer

FOLDER = ROOT / "data" / "customer-support"
RESULT = read(FOLDER).evaluate(draws=500)


@pytest.fixture
def explorer() -> Explorer:
    return Explorer(RESULT, FOLDER)


def test_it_starts_as_the_result_stands(explorer: Explorer) -> None:
    assert explorer.weights == RESULT.weights.to_dict()
    assert explorer.ranking == list(RESULT.ranking.index)
    assert explorer.concentration == 80


def test_one_weight_is_enough_and_the_ranking_follows(explorer: Explorer) -> None:
    explorer.weights = {"cost": 0.6}
    trial = RESULT.what_if(weights={"cost": 0.6})
    assert explorer.weights == trial.weights.to_dict()
    assert explorer.ranking == list(trial.ranking.index) != list(RESULT.ranking.index)
    explorer.without = [explorer.ranking[0]]
    explorer.gates_off = ["soc2"]
    moved = {"without": explorer.without, "gates_off": ["soc2"]}
    trial = RESULT.what_if(weights={"cost": 0.6}, **moved)
    assert explorer.ranking == list(trial.ranking.index)


def test_what_the_browser_sends_comes_back_to_the_last_digit(explorer: Explorer) -> None:
    tops = {"expertise": 1 / 3, "cost": 0.1, "security": 0.2, "location": 0.3}
    sent = RESULT.weights.to_dict() | tops | {"language": 1 - sum(tops.values())}
    explorer.set_state({"weights": sent, "without": ["Aurora Service"]})
    assert json.dumps(explorer.weights) == json.dumps(sent)
    assert "Aurora Service" not in explorer.ranking


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("weights", {"csot": 0.5}, "did you mean 'cost'?"),
        ("weights", {"cost": 1.5}, "cost"),
        ("without", ["Aurora Servise"], "did you mean 'Aurora Service'?"),
        ("gates_off", ["soc"], "soc"),
        ("price_formula", "cheapest", "cheapest"),
    ],
)
def test_what_there_is_not_is_refused_in_words_and_changes_nothing(
    name: str, value: Any, sentence: str, explorer: Explorer
) -> None:
    before = explorer.value
    with pytest.raises(InputFaults, match=sentence.replace("?", r"\?")):
        setattr(explorer, name, value)
    assert explorer.value == before


def test_with_every_vendor_out_nobody_is_ranked(explorer: Explorer) -> None:
    explorer.without = list(RESULT.evaluation.vendors)
    assert explorer.ranking == []


def test_observe_link_and_interact_follow_a_move(explorer: Explorer) -> None:
    seen: list[Any] = []
    explorer.observe(lambda change: seen.append(change["new"]), "ranking")
    other = Explorer(RESULT, FOLDER)
    traitlets.link((explorer, "weights"), (other, "weights"))
    called: list[list[str]] = []
    shown = widgets.interactive(
        lambda explored: called.append(explored["ranking"]), explored=explorer
    )
    shown.update()
    explorer.weights = {"cost": 0.6}
    assert seen == [explorer.ranking] == [other.ranking]
    assert called[-1] == explorer.ranking
    other.weights = {"cost": 0.1}
    assert explorer.weights["cost"] == 0.1


def test_its_state_is_saved_whole_and_plain(explorer: Explorer) -> None:
    explorer.weights = {"cost": 0.6}
    state = json.loads(json.dumps(explorer.get_state()))
    assert {name: state[name] for name in MOVED} == {n: getattr(explorer, n) for n in MOVED}
    assert state["ranking"] == explorer.ranking


def test_where_no_widget_can_be_shown_the_ranking_is_a_table(explorer: Explorer) -> None:
    data, _ = explorer._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Aurora Service" in data["text/html"]
    assert "71.0" in data["text/html"]

"""What Python answers to the explorer in JupyterLab, and what it refuses."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from vendor_eval.analysis.simulation.simulations import near_weights
from vendor_eval.analysis.what_if import WhatIf, what_if_result
from vendor_eval.award.result import Result
from vendor_eval.lab.explorer import Explorer
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.tender import Tender


class Heard(Explorer):
    """The widget with its answers kept instead of sent."""

    answers: list[dict[str, Any]]

    def send(self, content: Any, buffers: Any = None) -> None:
        self.answers.append(content)


@pytest.fixture(scope="module")
def case(data: Path) -> Tender:
    return read(data / "customer-support")


@pytest.fixture(scope="module")
def judged(case: Tender) -> Result:
    return case.evaluate(draws=500, seed=7)


@pytest.fixture
def widget(judged: Result, data: Path) -> Heard:
    return heard(judged, data / "customer-support")


def heard(judged: Result, folder: Path) -> Heard:
    """A widget on an evaluation folder that nobody has asked anything yet."""
    widget = Heard(judged, folder)
    widget.answers = []
    return widget


def shares(judged: Result) -> dict[str, float]:
    """Every node's share as ruled."""
    tree = judged.evaluation.tree
    return dict(zip(tree.paths, tree.shares.tolist(), strict=True))


def asked(widget: Heard, weights: dict[str, float], **more: Any) -> dict[str, Any]:
    """The answer to a question from the browser."""
    question = {"kind": "ask", "id": "1", "weights": weights, "without": [], "ungated": []}
    question |= {"price_formula": "own", "concentration": 80.0, "method": None}
    widget._handle_custom_msg(question | more, [])
    return widget.answers.pop()


def test_an_answer_holds_the_draws_of_the_run_and_the_map(widget: Heard, judged: Result) -> None:
    weights = shares(judged) | {
        "security": 1,
        "expertise": 0,
        "cost": 0,
        "location": 0,
        "language": 0,
    }
    answer = asked(widget, weights, concentration=30.0, ungated=["soc2"])
    standing = what_if_result(judged.evaluation, WhatIf(weights, ungated=("soc2",)))
    near = near_weights(standing, concentration=30.0, judgement_error=3.0, draws=500, seed=7)
    assert answer["id"] == "1"
    ahead = near.ahead.to_dict()
    assert answer["near"] == {"draws": 500, "ahead": ahead, "shown": None}
    assert "Eridanus Support" in {*answer["near"]["ahead"], standing.ranking[0]}
    assert answer["opinion"] is None


def test_the_map_marks_where_the_weights_are(widget: Heard, judged: Result) -> None:
    answer = asked(widget, shares(judged))
    assert judged.winner_map is not None
    assert answer["map"]["today"] == list(judged.winner_map.today)
    assert {v for region in answer["map"]["regions"] for v in region["vendors"]} == {
        v for region in judged.winner_map.regions for v in region.vendors
    }


def test_a_second_opinion_is_the_methods_own(widget: Heard, judged: Result) -> None:
    answer = asked(widget, shares(judged), method="topsis")
    opinion = judged.opinions["topsis"]
    assert opinion.ranks is not None
    assert answer["opinion"] == {
        "method": "topsis",
        "ranks": opinion.ranks.to_dict(),
        "error": None,
    }


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"without": ["Aurora Servise"]}, "did you mean 'Aurora Service'?"),
        ({"ungated": ["soc"]}, "unknown gate 'soc'"),
        ({"price_formula": "cheapest"}, "unknown price formula 'cheapest'"),
        ({"method": "topsys"}, "did you mean 'topsis'?"),
        ({"concentration": 0.5}, "greater than or equal to 1"),
        ({"weights": {"security": 1.5}}, "a share among siblings from 0 to 1"),
        ({"weights": {"security": "much"}}, "valid number"),
        ({"kind": "delete"}, "kind"),
        ({"more": 1}, "not permitted"),
    ],
)
def test_what_the_browser_may_not_ask_is_refused_in_words(
    more: dict[str, Any], sentence: str, widget: Heard, judged: Result
) -> None:
    answer = asked(widget, **{"weights": shares(judged)} | more)
    assert sentence in answer["error"]
    assert "near" not in answer


def test_one_vendor_alone_has_nobody_to_be_ahead_of(widget: Heard, judged: Result) -> None:
    others = [v for v in judged.evaluation.vendors if v != "Cygnus Assist"]
    answer = asked(widget, shares(judged), without=others, method="topsis")
    assert answer["near"]["ahead"] == {}
    assert answer["map"] is None


def test_with_every_vendor_out_python_says_what_is_wrong(widget: Heard, judged: Result) -> None:
    answer = asked(widget, shares(judged), without=list(judged.evaluation.vendors))
    assert answer["error"] == "without: found every vendor; allowed: at least one stays"


def test_a_saved_scenario_comes_back_as_the_rules_now_have_it(
    judged: Result, data: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(data / "customer-support", tmp_path / "customer-support"))
    widget = heard(judged, folder)
    weights = shares(judged) | {"cost": 0.5, "expertise": 0.1}
    widget._handle_custom_msg({"kind": "save", "id": "2", "name": "cheap", "weights": weights}, [])
    [answer] = widget.answers
    saved = read_rules(folder).scenarios["cheap"]
    assert saved.weights == {
        "expertise": 10,
        "cost": 50,
        "security": 20,
        "location": 10,
        "language": 10,
    }
    assert answer["scenario"]["late"] is False  # these rules are not sealed
    assert answer["scenario"]["shares"] == pytest.approx(list(weights.values()))


def test_nothing_explored_changes_the_result(widget: Heard, judged: Result, case: Tender) -> None:
    before = judged.evaluation.ranking
    asked(widget, shares(judged), without=["Aurora Service"])
    assert judged.evaluation.ranking == before
    assert widget.page_data["rules"] == judged.evaluation.tree.shares.tolist()

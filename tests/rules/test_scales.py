"""Scales, judged leaves and evaluators: what the rules hold, and a fault for every misuse."""

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from make.panels import panel_folder, panel_rules, unchangeable
from vendor_eval.errors import InputFaults
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.folder import read_rules

Typed = dict[str, Any]


def changed(change: Callable[[Typed], Any]) -> Typed:
    typed = panel_rules()
    change(typed)
    return typed


def faults(tmp_path: Path, typed: Typed) -> str:
    with pytest.raises(InputFaults) as raised:
        read_rules(panel_folder(tmp_path, typed))
    return str(raised.value)


def test_a_judged_leaf_takes_its_values_from_the_scale(tmp_path: Path) -> None:
    rules = read_rules(panel_folder(tmp_path))
    leaf = rules.judged_leaves["approach"]
    assert leaf.reads == "panel(approach)"
    assert leaf.value is not None
    assert leaf.value.levels == {"0": 0, "1": 0.1, "3": 0.6, "4": 0.85, "5": 1}
    assert rules.is_judged(leaf)
    assert rules.readers("approach") == ("e1", "e2", "e3")
    assert rules.answers == ("cost",)


def test_a_branch_means_its_judged_leaves(tmp_path: Path) -> None:
    typed = panel_rules()
    judged = {"id": "quality", "label": "Q", "weight": 60, "criteria": typed["criteria"][:2]}
    typed["criteria"] = [judged, typed["criteria"][2]]
    for evaluator in typed["panel"]["evaluators"]:
        evaluator["criteria"] = ["quality"]
    rules = read_rules(panel_folder(tmp_path, typed))
    assert list(rules.judged_leaves) == ["quality.approach", "quality.security"]
    assert rules.readers("quality.security") == ("e1", "e2", "e3")


def test_everything_the_panel_goes_by_is_in_the_fingerprint(tmp_path: Path) -> None:
    before = fingerprint(Rules.model_validate(unchangeable(panel_rules())))
    for change in (
        lambda t: t["scales"]["quality"]["levels"][2].update(points=61),
        lambda t: t["scales"]["quality"]["levels"][2].update(means="Met."),
        lambda t: t["criteria"][0]["panel"].update(question="Otherwise?"),
        lambda t: t["panel"].update(agreed="mean"),
        lambda t: t["panel"].update(moderate={"spread": 1}),
        lambda t: t["panel"]["evaluators"][0].update(criteria=["approach"]),
    ):
        assert fingerprint(Rules.model_validate(unchangeable(changed(change)))) != before


def test_rules_as_they_are_entered_and_written_again_are_the_same_rules() -> None:
    rules = Rules.model_validate(unchangeable(panel_rules()))
    again = Rules.model_validate(rules.model_dump(exclude_defaults=True))
    assert fingerprint(again) == fingerprint(rules)
    assert again.judged_leaves["approach"].value == rules.judged_leaves["approach"].value


LEAF: Typed = {"value": {"levels": {"a": 1}}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["criteria"][0].update(LEAF), "found both 'panel' and 'value'"),
        (lambda t: t["criteria"][0].update(answer="x"), "found both 'answer' and 'panel'"),
        (lambda t: t["criteria"][0].update(missing="worst"), "found both 'panel' and 'missing'"),
        (lambda t: t["criteria"][0].update(judged=True), "found both 'panel' and 'judged'"),
        (lambda t: t["criteria"][0].update(error=2), "found both 'panel' and 'error'"),
        (lambda t: t["criteria"][0].pop("panel"), "allowed: 'answer' (or 'measure') and 'value'"),
        (
            lambda t: t["criteria"][0]["panel"].update(scale="qualty"),
            "unknown scale 'qualty'; did you mean 'quality'?",
        ),
        (lambda t: t.pop("panel"), "no evaluators; allowed: with a top-level 'panel'"),
        (lambda t: t.update(criteria=t["criteria"][2:]), "no criterion with 'panel'"),
        (
            lambda t: t["scales"].update(other=deepcopy(t["scales"]["quality"])),
            "no criterion reads the scale 'other'",
        ),
        (
            lambda t: t["scales"]["quality"]["levels"].append(
                {"level": "5", "points": 100, "label": "Again", "means": "Again."}
            ),
            "the level '5' appears here twice",
        ),
        (
            lambda t: t["scales"]["quality"]["levels"].reverse(),
            "allowed: levels from worst to best",
        ),
        (
            lambda t: t["scales"]["quality"]["levels"][0].pop("points"),
            "found levels with and without points",
        ),
        (
            lambda t: t["scales"]["quality"].update(levels=t["scales"]["quality"]["levels"][:1]),
            "2 items or more",
        ),
        (
            lambda t: t["scales"]["quality"]["levels"][1].update(level=1.5),
            "found 1.5; allowed: a whole number, or a text",
        ),
        (lambda t: t["scales"]["quality"]["levels"][1].update(level=True), "found True"),
        (
            lambda t: [level.pop("points") for level in t["scales"]["quality"]["levels"]],
            "has no points and the criterion weighs something",
        ),
        (
            lambda t: t["panel"]["evaluators"][0].update(criteria=["aproach"]),
            "unknown criterion 'aproach'; did you mean 'approach'?",
        ),
        (
            lambda t: t["panel"]["evaluators"][0].update(criteria=["cost"]),
            "'cost' holds nothing that a panel judges",
        ),
        (
            lambda t: t["panel"]["evaluators"][0].update(criteria=["approach", "approach"]),
            "'approach' appears here twice",
        ),
        (lambda t: t["panel"]["evaluators"][1].update(id="e1"), "'e1' appears here twice"),
        (
            lambda t: t["panel"]["evaluators"][1].update(id="=e1"),
            "small letters, digits and _, with a letter first",
        ),
        (
            lambda t: [e.update(criteria=["approach"]) for e in t["panel"]["evaluators"]],
            "no evaluator reads 'security'",
        ),
        (lambda t: t["panel"].update(agreed="average"), "'consensus', 'median' or 'mean'"),
        (lambda t: t["panel"].update(declarations="none"), "panel.declarations"),
        (lambda t: t["panel"].update(declare_again_days=0), "panel.declare_again_days"),
        (lambda t: t["panel"].update(moderate={"spread": 0}), "at least 1"),
        (lambda t: t["panel"].update(evaluators=[]), "1 items or more"),
        (
            lambda t: (t["criteria"][2].update(answer="approach"), t.update(price="approach")),
            "the question of 'approach' has the name of an answer that the rules read",
        ),
    ],
)
def test_every_misuse_is_a_fault_with_its_line(
    tmp_path: Path, change: Callable[[Typed], Any], message: str
) -> None:
    said = faults(tmp_path, changed(change))
    assert message in said
    assert "evaluation.yaml:" in said


GATE = {"id": "ok", "label": "Ok", "criterion": "approach"}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"equals": "7"}, "found the level '7'; allowed: '0', '1', '3', '4' or '5'"),
        ({"one_of": [3]}, "in quotes"),
        ({"not_before": "as_of"}, "found 'not_before' on a criterion"),
    ],
)
def test_a_gate_reads_points_or_levels_that_there_are(
    tmp_path: Path, rule: Typed, message: str
) -> None:
    assert message in faults(tmp_path, changed(lambda t: t.update(gates=[GATE | {"rule": rule}])))


def test_adjectives_are_read_by_gates_alone(tmp_path: Path) -> None:
    def adjectives(typed: Typed) -> None:
        words = [
            {"level": word, "label": word, "means": f"It is {word}."}
            for word in ("unacceptable", "marginal", "good")
        ]
        typed["scales"]["words"] = {"levels": words}
        typed["criteria"][1] |= {"weight": 0, "panel": {"scale": "words", "question": "How?"}}
        rule = {"one_of": ["marginal", "good"]}
        typed["gates"] = [GATE | {"criterion": "security", "rule": rule}]

    typed = changed(adjectives)
    assert read_rules(panel_folder(tmp_path / "a", typed)).gates[0].reads == "panel(security)"
    typed["gates"][0]["rule"] = {"at_least": 50}
    assert "whose scale has none" in faults(tmp_path / "b", typed)
    typed["gates"] = []
    typed["panel"]["agreed"] = "mean"
    assert "has no points, so there is no mean of it" in faults(tmp_path / "c", typed)

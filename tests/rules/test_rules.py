"""The rules: fingerprint and seal, weights in the tree, gates, missing answers."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import rules
from vendor_eval.bids.proposal import proposals
from vendor_eval.errors import InputFaults, SealBroken
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.criteria import shares, tree
from vendor_eval.rules.rules import Rules, fingerprint, scenario_fingerprints
from vendor_eval.rules.seal import opened_seal, seal_json, sealed
from vendor_eval.tender.folder import read

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - id: quality
    label: Quality
    weight: 30
    criteria:
      - {id: english, label: English, weight: 2, answer: english, value: {levels: {B1: 0, C1: 90}}}
      - {id: years, label: Years, weight: 3, answer: years, value: {linear: {worst: 0, best: 15}}}
  - {id: cost, label: Cost, weight: 70, answer: cost, value: {linear: {worst: 9, best: 5}}}
gates:
  - {id: floor, label: Floor, criterion: quality, rule: {at_least: 40}}
tie_break: [cost]
scenarios:
  other: {weights: {quality: 1, cost: 1}}
"""
TABLE = "vendor,english,years,cost\nA,C1,9,6\nB,B1,15,5\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "evaluation.yaml").write_text(RULES)
    (tmp_path / "proposals.csv").write_text(TABLE)
    return tmp_path


def retyped(folder: Path, *changes: tuple[str, str]) -> Rules:
    """The folder's rules with some things typed otherwise."""
    typed = RULES
    for old, new in changes:
        assert old in typed
        typed = typed.replace(old, new)
    (folder / "evaluation.yaml").write_text(typed)
    return read(folder).rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: T\n", "# a comment\ntitle: 'T '   # another\n\n"),
        ("title: T\ndecision: Which one?\n", "decision: Which one?\ntitle: T\n"),
        ("{B1: 0, C1: 90}", "{C1: 90, B1: 0}"),
        ("weight: 30", "weight: 30.0"),
        ("weight: 30", "weight: 3e+1"),
        ("title: T\n", "title: T\nvendor_column: vendor\nmethods: []\n"),
        ("answer: cost, ", "answer: cost, missing: fault, "),
        ("other: {weights: {quality: 1, cost: 1}}", "new: {weights: {quality: 9, cost: 1}}"),
        ("scenarios:\n  other: {weights: {quality: 1, cost: 1}}\n", ""),
    ],
)
def test_what_changes_no_meaning_leaves_the_fingerprint(folder: Path, old: str, new: str) -> None:
    assert fingerprint(retyped(folder, (old, new))) == fingerprint(retyped(folder))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 30", "weight: 31"),
        ("weight: 2,", "weight: 2.0000000001,"),
        ("weight: 70", "weight: 71"),
        ("label: English", "label: German"),
        ("C1: 90", "C1: 91"),
        ("best: 15", "best: 16"),
        ("at_least: 40", "at_least: 41"),
        ("tie_break: [cost]", "tie_break: [quality]"),
        ("title: T", "title: t"),
        ("answer: cost, ", "answer: cost, missing: worst, "),
        ("currency: EUR", "currency: EUR\nas_of: 2026-01-01"),
    ],
)
def test_whatever_changes_a_meaning_changes_the_fingerprint(
    folder: Path, old: str, new: str
) -> None:
    assert fingerprint(retyped(folder, (old, new))) != fingerprint(retyped(folder))


def test_the_fingerprint_is_the_sha256_of_canonical_json() -> None:
    leaf = {"answer": "a", "id": "a", "label": "A", "value": {"identity": {}}, "weight": 1.0}
    plain = {"title": "A title", "decision": "Which vendor?", "currency": "EUR", "price": "a"}
    typed = json.dumps(plain | {"criteria": [leaf]}, sort_keys=True, separators=(",", ":"))
    expected = "sha256:" + hashlib.sha256(typed.encode()).hexdigest()
    assert fingerprint(rules({"a": 1}, robustness={})) == expected


def test_a_seal_fits_the_rules_it_was_made_from_and_breaks_with_any_other(folder: Path) -> None:
    stated = retyped(folder)
    (folder / "seal.json").write_bytes(seal_json(sealed(stated, on=date(2026, 11, 20))))
    case = read(folder)
    assert case.seal is not None
    assert case.seal.covers(stated, "other")
    retyped(folder, ("quality: 1,", "quality: 2,"))  # a scenario breaks nothing
    assert not case.seal.covers(read(folder).rules, "other")
    with pytest.raises(SealBroken, match="2026-11-20"):
        retyped(folder, ("weight: 30", "weight: 31"))
    command = [sys.executable, "-c", "from vendor_eval.cli import main; main()", "check", folder]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 4
    assert "2026-11-20" in ended.stderr


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"schema": "other/1"}'])
def test_what_is_no_seal_is_a_fault_and_not_a_broken_seal(folder: Path, content: bytes) -> None:
    (folder / "seal.json").write_bytes(content)
    with pytest.raises(InputFaults, match=r"seal\.json"):
        read(folder)


def test_a_scenario_has_a_hash_of_its_own(folder: Path) -> None:
    first = scenario_fingerprints(retyped(folder))
    other = scenario_fingerprints(retyped(folder, ("quality: 1,", "quality: 2,")))
    assert first.keys() == other.keys() == {"other"}
    assert first != other


def test_weights_multiply_down_the_tree(folder: Path) -> None:
    case = read(folder)
    weights = dict(zip(*(lambda t: (t.paths, t.weights))(tree(case.rules.criteria)), strict=True))
    expected = {"quality": 0.3, "quality.english": 0.12, "quality.years": 0.18, "cost": 0.7}
    assert weights == pytest.approx(expected, abs=1e-15)
    values = evaluate(case.rules, case.proposals).values.loc["A"]
    assert values["quality"] == pytest.approx(0.4 * 0.9 + 0.6 * 0.6)


def test_what_a_tree_computes_is_computed_once_and_nobody_can_write_to_it(folder: Path) -> None:
    one = tree(read(folder).rules.criteria)
    for array in (one.weights, one.leaf_at, one.composition, *one.families):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    assert one.weights is one.weights
    assert replace(one, shares=one.shares / 2).weights.sum() < one.weights.sum()


@given(st.lists(st.floats(0, 1e308), min_size=1, max_size=9))
def test_shares_of_any_weights_sum_to_one(weights: list[float]) -> None:
    assume(any(weights))
    assert sum(shares(dict(zip("abcdefghi", weights, strict=False))).values()) == pytest.approx(1)


def gate(rule: Mapping[str, Any], **reads: str) -> dict[str, Any]:
    return {"id": "g", "label": "G", "rule": dict(rule)} | (reads or {"answer": "x"})


def states(rule: Mapping[str, Any], answers: list[str], **more: Any) -> list[str]:
    """How one gate on an answer stands for vendors who answered so."""
    typed = rules({"cost": 1}, gates=(gate(rule),), **more)
    offers = {f"v{n}": {"cost": 50, "x": answer} for n, answer in enumerate(answers)}
    passages = evaluate(typed, proposals(offers)).screening.passages
    return [passages[vendor]["g"].state for vendor in offers]


@pytest.mark.parametrize(
    ("rule", "answers", "expected"),
    [
        ({"equals": "yes"}, "yes|Yes|no|", "pass fail fail unknown"),
        ({"one_of": ("a", "b")}, "a|b|c|", "pass pass fail unknown"),
        ({"equals": 2.0}, "2|2.0|3|1..3|", "pass pass fail fail unknown"),
        (
            {"at_least": 60.0},
            "60|59.9|50..59|50..60|60..70|",
            "pass fail fail unknown pass unknown",
        ),
        ({"at_most": 60.0}, "60|60.1|61..70|60..70|50..60|", "pass fail fail unknown pass unknown"),
        ({"not_before": date(2027, 1, 1)}, "2027-01-01|2026-12-31|", "pass fail unknown"),
        ({"not_before": "start"}, "2027-01-01|2026-12-31|", "pass fail unknown"),
        ({"not_before": "as_of"}, "2026-12-31|2026-11-19|", "pass fail unknown"),
    ],
)
def test_a_gate_on_an_answer_passes_fails_or_stays_unknown(
    rule: dict[str, Any], answers: str, expected: str
) -> None:
    dates = {"as_of": date(2026, 11, 20), "start": date(2027, 1, 1)}
    assert states(rule, answers.split("|"), **dates) == expected.split()


@pytest.mark.parametrize(
    ("bound", "a", "b", "expected"),
    [
        ({"at_least": 60.0}, 80, 40, "pass"),  # 60 points
        ({"at_least": 60.0}, 80, 39, "fail"),
        ({"at_least": 60.0}, 100, None, "unknown"),  # 50 to 100 points
        ({"at_least": 60.0}, 10, None, "fail"),  # 5 to 55 points
        ({"at_least": 40.0}, 80, None, "pass"),  # 40 to 90 points
        ({"at_least": 40.0}, None, None, "unknown"),
        ({"at_least": 0.0}, None, None, "pass"),
        ({"at_most": 60.0}, 100, None, "unknown"),
        ({"at_most": 45.0}, 100, None, "fail"),
        ({"at_most": 60.0}, 20, None, "pass"),
        ({"at_most": 100.0}, None, None, "pass"),
    ],
)
def test_a_gate_on_a_branch_is_unknown_where_the_blanks_at_0_and_at_100_leave_it_open(
    bound: dict[str, float], a: float | None, b: float | None, expected: str
) -> None:
    passage = branch(bound, {"V": {"cost": 50, "a": a, "b": b}}).screening.passages["V"]["g"]
    assert passage.state == expected
    blanks = {"branch.a": a, "branch.b": b}
    assert passage.blank == tuple(path for path, answer in blanks.items() if answer is None)
    # the points that count, a blank as 0; or what they may be, where that decides
    least = ((a or 0) + (b or 0)) / 2
    most = ((100 if a is None else a) + (100 if b is None else b)) / 2
    assert passage.found == (f"{least:g}..{most:g}" if expected == "unknown" else least)


def branch(bound: Mapping[str, float], offers: Mapping[str, Mapping[str, Any]]) -> Evaluation:
    """An evaluation with a branch of two equal leaves, a gate on it, and a price."""
    leaf = {"weight": 1, "value": "identity"}
    leaves = tuple(leaf | {"id": n, "label": n, "answer": n, "missing": "worst"} for n in "ab")
    node = {"id": "branch", "label": "Branch", "weight": 1, "criteria": leaves}
    cost = leaf | {"id": "cost", "label": "Cost", "answer": "cost"}
    scenarios = {"only_a": {"weights": {"branch.a": 1, "branch.b": 0}}}
    gates = (gate(bound, criterion="branch"),)
    return evaluate(nested((node, cost), gates=gates, scenarios=scenarios), proposals(offers))


def nested(criteria: tuple[Mapping[str, Any], ...], **more: Any) -> Rules:
    """Rules over a tree of criteria, of which the answer `cost` is the price."""
    typed = {"title": "T", "decision": "Which one?", "currency": "EUR", "price": "cost"}
    return Rules.model_validate(typed | {"criteria": criteria} | more)


def test_gates_hold_in_every_scenario_as_under_the_rules_own_weights() -> None:
    stated = branch({"at_least": 60}, {"V": {"cost": 50, "a": 100, "b": 0}})
    other = evaluate(stated.rules, stated.proposals, scenario="only_a")
    assert other.values.loc["V", "branch"] == 1
    assert stated.status("V") == other.status("V") == "excluded"
    assert other.shadow_ranks == {"V": 1}


def test_float_noise_decides_no_gate() -> None:
    leaves = tuple(
        {"id": n, "label": n, "weight": w, "answer": n, "value": "identity"}
        for n, w in {"a": 0.1, "b": 0.2, "cost": 0.7}.items()
    )
    whole = {"id": "all", "label": "All", "weight": 1, "criteria": leaves}
    for bound in ({"at_least": 70.3}, {"at_most": 70.3}):
        typed = nested((whole,), gates=(gate(bound, criterion="all"),))
        evaluation = evaluate(typed, proposals({"V": {"a": 70.3, "b": 70.3, "cost": 70.3}}))
        assert evaluation.status("V") == "eligible"


def test_one_failed_gate_excludes_and_otherwise_one_unknown_one_leaves_undecided() -> None:
    gates = tuple(
        {"id": n, "label": n, "answer": n, "rule": {"equals": "y"}} for n in ("g", "h", "i")
    )
    offers = {
        "".join(answers): {"cost": 50, **dict(zip("ghi", answers, strict=True))}
        for answers in ("yyy", "yy ", " ny", "n y", "   ", "nnn")
    }
    evaluation = evaluate(rules({"cost": 1}, gates=gates), proposals(offers))
    statuses = {vendor: evaluation.status(vendor) for vendor in offers}
    assert statuses == {
        "yyy": "eligible",
        "yy ": "undecided",
        " ny": "excluded",
        "n y": "excluded",
        "   ": "undecided",
        "nnn": "excluded",
    }


def test_a_blank_is_a_fault_but_for_an_excluded_vendor_who_then_has_no_score() -> None:
    typed = rules({"cost": 1, "a": 1}, gates=(gate({"equals": "y"}),))
    offers: dict[str, dict[str, Any]] = {
        "Good": {"cost": 50, "a": 50, "x": "y"},
        "Out": {"cost": 50, "a": None, "x": "n"},
    }
    evaluation = evaluate(typed, proposals(offers))
    assert list(evaluation.scores.index) == ["Good"]
    assert evaluation.shadow_ranks == {}
    assert evaluation.status("Out") == "excluded"
    assert "Out" not in evaluation.faults
    for undecided in ("y", ""):
        asked = evaluate(typed, proposals(offers | {"Out": offers["Out"] | {"x": undecided}}))
        assert asked.status("Out") == "incomplete"
        [question] = asked.faults["Out"]
        assert str(question) == "proposals!Out!a: blank: 'A'; allowed: an answer"
        assert question.severity == "question"


def test_a_blank_that_may_be_missing_scores_the_worst_and_is_listed() -> None:
    offers = {"A": {"cost": 50, "a": 60, "b": None}, "B": {"cost": 50, "a": 60, "b": 0}}
    evaluation = branch({"at_least": 0}, offers)
    assert evaluation.values.loc["A", "branch.b"] == 0
    assert evaluation.scores["A"] == evaluation.scores["B"]
    assert evaluation.missing == (("A", "branch.b"),)


def test_a_relative_measure_is_taken_over_the_eligible_vendors_alone() -> None:
    typed = rules({"cost": (1, "lowest_over_this")}, gates=(gate({"equals": "y"}),))
    offers = {
        n: {"cost": c, "x": x} for n, c, x in [("A", 80, "y"), ("B", 100, "y"), ("C", 1, "n")]
    }
    evaluation = evaluate(typed, proposals(offers))
    assert evaluation.values["cost"].to_dict() == {"A": 1, "B": 0.8, "C": 1}
    assert evaluation.shadow_ranks == {"C": 1}


def test_without_an_eligible_vendor_a_relative_value_is_null() -> None:
    typed = rules({"cost": (1, "lowest_over_this")}, gates=(gate({"equals": "y"}),))
    evaluation = evaluate(
        typed, proposals({"A": {"cost": 80, "x": "n"}, "B": {"cost": 0, "x": ""}})
    )
    assert evaluation.scores.empty
    assert (evaluation.ranking, dict(evaluation.shadow_ranks)) == ((), {})


def test_a_broken_seal_says_which_parts_were_changed(folder: Path) -> None:
    content = seal_json(sealed(retyped(folder), on=date(2026, 1, 1)))
    changed = (
        ("title: T", "title: U\nnotice: Amended"),
        ("label: Cost, weight: 70", "label: C, weight: 7"),
    )
    other = retyped(folder, *changed, ("id: floor", "id: ground"))
    with pytest.raises(SealBroken) as broken:
        opened_seal(content, other)
    message = (
        "changed 'criteria.cost', 'title'; added 'gates.ground', 'notice'; removed 'gates.floor'"
    )
    assert f"; {message}; " in str(broken.value)
    assert "docs/folder-format.md" in str(broken.value)


def test_a_seal_without_parts_still_holds_and_still_breaks(folder: Path) -> None:
    stated = retyped(folder)
    plain = sealed(stated, on=date(2026, 1, 1)).model_dump(mode="json", by_alias=True)
    del plain["sections"]
    content = json.dumps(plain).encode()
    assert opened_seal(content, stated) is not None
    with pytest.raises(SealBroken, match="changed after they were sealed") as broken:
        opened_seal(content, retyped(folder, ("weight: 70", "weight: 71")))
    assert "'criteria" not in str(broken.value)


def test_another_order_of_gates_is_called_an_order() -> None:
    gates = [{"id": name, "label": name, "answer": "a", "rule": {"at_least": 1.0}} for name in "gh"]
    one, other = (rules({"a": 1}, gates=tuple(order)) for order in (gates, gates[::-1]))
    content = seal_json(sealed(one, on=date(2026, 1, 1)))
    assert opened_seal(content, one) is not None
    with pytest.raises(SealBroken, match="; the order of criteria or of gates; "):
        opened_seal(content, other)

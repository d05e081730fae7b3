"""The rules: fingerprint and seal, weights in the tree."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from make.builders import rules
from make.running import invoked
from vendor_eval.errors import InputFaults, SealBroken
from vendor_eval.evaluation.evaluation import evaluate
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
    ended = invoked("check", folder)
    assert ended.exit_code == 4
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

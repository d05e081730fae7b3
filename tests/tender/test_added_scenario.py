"""A scenario saved into `evaluation.yaml`: one more line, and not a byte else changed."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from vendor_eval.analysis.what_if import scenario_of
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Scenario
from vendor_eval.rules.seal import sealed
from vendor_eval.tender.added_scenario import add_scenario
from vendor_eval.tender.folder import read, read_rules

TWO = """\
# Rules of the tender, agreed on Monday
title: 'Quoted'   # with a comment
decision: Which?
currency: EUR
price: cost

criteria:
    - {id: cost, label: Cost, weight: 60, answer: cost, value: {linear: {worst: 9, best: 5}}}
    # the harder part
    - id: quality
      label: "Quality"
      weight: 40
      answer: quality
      value: identity
"""
ADDED = "late: {weights: {cost: 10, quality: 90}}"
LATE = Scenario(weights={"cost": 10, "quality": 90})

FIRST = "      one:   # first\n        weights: {cost: 1, quality: 1}   # even\n"
INLINE = "one: {weights: {cost: 1, quality: 1}}"
BRACES = """\
{"title": "T", "decision": "D", "currency": "EUR", "price": "cost", "criteria": [
 {"id": "cost", "label": "C", "weight": 1, "answer": "cost", "value": "identity"},
 {"id": "quality", "label": "Q", "weight": 1, "answer": "quality", "value": "identity"}]"""

DOCUMENTS = {
    "none yet": (TWO, f"{TWO}scenarios:\n  {ADDED}\n"),
    "no last line ending": (TWO.rstrip(), f"{TWO}scenarios:\n  {ADDED}\n"),
    "comments after": (f"{TWO}# The end.\n", f"{TWO}scenarios:\n  {ADDED}\n# The end.\n"),
    "first": (f"scenarios:\n{FIRST}\n{TWO}", f"scenarios:\n{FIRST}      {ADDED}\n\n{TWO}"),
    "in one line": (
        f"{TWO}scenarios: {{{INLINE}}} # here\n",
        f"{TWO}scenarios: {{{INLINE}, {ADDED}}} # here\n",
    ),
    "empty": (f"{TWO}scenarios: {{}}\n", f"{TWO}scenarios: {{{ADDED}}}\n"),
    "all in braces": (f"{BRACES}\n}}\n", f"{BRACES}, scenarios: {{{ADDED}}}\n}}\n"),
}


def folder_of(tmp_path: Path, content: bytes) -> Path:
    """A folder that holds these rules alone."""
    (tmp_path / "proposals.csv").write_text("vendor,cost,quality\nA,6,50\n", "utf-8")
    (tmp_path / "evaluation.yaml").write_bytes(content)
    return tmp_path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_scenario_is_one_more_line(name: str, ending: str, mark: bytes, tmp_path: Path) -> None:
    before, after = (mark + text.replace("\n", ending).encode() for text in DOCUMENTS[name])
    folder = folder_of(tmp_path, before)
    rules = add_scenario(folder, "late", LATE, to=read_rules(folder))
    assert (folder / "evaluation.yaml").read_bytes() == after
    assert rules.scenarios["late"] == LATE
    assert read_rules(folder) == rules
    assert sorted(os.listdir(folder)) == ["evaluation.yaml", "proposals.csv"]


@pytest.mark.parametrize("name", ["california-two-envelope", "customer-support", "gsa-help-desk"])
def test_a_kept_evaluation_takes_a_scenario_and_weighs_by_it(
    name: str, data: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(data / name, tmp_path / name))
    before, case = (folder / "evaluation.yaml").read_text("utf-8"), read(folder)
    tree = evaluate(case.rules, case.proposals).tree
    wanted = dict(zip(tree.paths, tree.shares.tolist(), strict=True))
    wanted |= {path: (1 + n) / sum(range(len(tree.top) + 1)) for n, path in enumerate(tree.top)}
    add_scenario(folder, "uneven", scenario_of(tree, wanted), to=case.rules)
    weighed = evaluate(read(folder).rules, case.proposals, scenario="uneven").tree
    assert weighed.shares.tolist() == pytest.approx(list(wanted.values()), abs=1e-7)
    after = (folder / "evaluation.yaml").read_text("utf-8").splitlines()
    assert [line for line in after if line in before.splitlines()] == before.splitlines()


def test_only_families_that_moved_are_named_in_a_scenario(data: Path) -> None:
    case = read(data / "customer-support")
    tree = evaluate(case.rules, case.proposals).tree
    ruled = dict(zip(tree.paths, tree.shares.tolist(), strict=True))
    moved = scenario_of(tree, ruled | {"language.english": 0.5, "language.german": 0.15})
    assert moved.weights == {
        "language.english": 50,
        "language.german": 15,
        "language.french": 20,
        "language.languages": 15,
    }
    with pytest.raises(VendorEvalError, match="the weights of the rules"):
        scenario_of(tree, ruled)


def test_the_seal_stays_whole_and_does_not_cover_what_was_added(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, TWO.encode())
    before = read_rules(folder)
    seal = sealed(before, on=date(2026, 11, 3))
    after = add_scenario(folder, "late", LATE, to=before)
    assert sealed(after, on=date(2026, 11, 3)).rules_fingerprint == seal.rules_fingerprint
    assert not seal.covers(after, "late")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "allowed: small letters"),
        ("Late", "allowed: small letters"),
        ("late\nprice: x", "allowed: small letters"),
        ("one", "there is a scenario 'one' already"),
        ("null", "cannot take it by itself"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_nothing_is_touched(
    name: str, message: str, tmp_path: Path
) -> None:
    content = DOCUMENTS["in one line"][0].encode()
    folder = folder_of(tmp_path, content)
    with pytest.raises(VendorEvalError, match=message):
        add_scenario(folder, name, LATE, to=read_rules(folder))
    assert (folder / "evaluation.yaml").read_bytes() == content


def test_rules_that_somebody_edited_meanwhile_are_left_alone(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, TWO.encode())
    read_before = read_rules(folder)
    edited = TWO.replace("weight: 60", "weight: 61").encode()
    (folder / "evaluation.yaml").write_bytes(edited)
    with pytest.raises(VendorEvalError, match="changed since it was read; run the notebook again"):
        add_scenario(folder, "late", LATE, to=read_before)
    assert (folder / "evaluation.yaml").read_bytes() == edited


def test_a_folder_that_cannot_be_written_to_says_so_and_keeps_its_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path, TWO.encode())
    rules = read_rules(folder)

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(VendorEvalError, match="cannot be written: Permission denied"):
        add_scenario(folder, "late", LATE, to=rules)
    assert sorted(os.listdir(folder)) == ["evaluation.yaml", "proposals.csv"]
    assert (folder / "evaluation.yaml").read_bytes() == TWO.encode()


def test_the_file_keeps_its_mode(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, TWO.encode())
    (folder / "evaluation.yaml").chmod(0o640)
    before = (folder / "evaluation.yaml").stat().st_mode
    add_scenario(folder, "late", LATE, to=read_rules(folder))
    assert (folder / "evaluation.yaml").stat().st_mode == before

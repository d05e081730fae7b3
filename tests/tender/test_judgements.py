"""Judgements are data: read with the folder, every fault in them with its line."""

import shutil
from pathlib import Path

import pytest

from make import ROOT
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read
from vendor_eval.tender.judgements_file import judgements_of, judgements_text

RULES = """title: T
decision: D?
currency: EUR
price: cost
criteria:
  - {id: cost, label: Cost, weight: 2, answer: cost, value: {linear: {worst: 10, best: 0}}}
  - {id: speed, label: Speed, weight: 1, answer: speed, value: identity}
  - id: people
    label: People
    weight: 1
    criteria:
      - {id: skill, label: Skill, weight: 1, answer: skill, value: identity}
      - {id: tenure, label: Tenure, weight: 1, answer: tenure, value: identity}
"""
TABLE = "vendor,cost,speed,skill,tenure\nA,3,50,60,70\n"
HEAD = "stakeholders:\n  - name: Ann\n"


def written(at: Path, judgements: str) -> Path:
    (at / "evaluation.yaml").write_text(RULES, "utf-8")
    (at / "proposals.csv").write_text(TABLE, "utf-8")
    (at / "judgements.yaml").write_text(judgements, "utf-8")
    return at


def faults(at: Path, judgements: str) -> list[str]:
    try:
        read(written(at, judgements))
    except InputFaults as error:
        return [str(fault) for fault in error.faults]
    return []


def test_judgements_are_read_with_the_folder_and_are_among_its_files(tmp_path: Path) -> None:
    case = read(written(tmp_path, HEAD + "    top: {direct: {cost: 5, speed: 3, people: 2}}\n"))
    assert case.judgements is not None
    assert case.judgements.stakeholders[0].judged[""].form == "direct"
    assert [file.name for file in case.files] == [
        "evaluation.yaml",
        "proposals.csv",
        "judgements.yaml",
    ]


def test_a_folder_without_judgements_has_none(data: Path) -> None:
    assert read(data / "gsa-help-desk").judgements is None


@pytest.mark.parametrize(
    ("typed", "line", "message"),
    [
        ("    top: {swng: {cost: 100}}", 3, "did you mean 'swing'?"),
        ("    top: {swing: {cost: 100}, direct: {cost: 1}}", 3, "exactly one of 'swing'"),
        ("    top: {swing: {cost: 90, speed: 60, people: 20}}", 3, "100 for the swing"),
        (
            "    top: {swing: {cost: 120, speed: 100, people: 20}}",
            3,
            "found 120; allowed: at most 100",
        ),
        ("    top: {direct: {cost: 0, speed: 0, people: 0}}", 3, "at least one above 0"),
        ("    top: {direct: {cost: 5, sped: 3, people: 2}}", 3, "did you mean 'speed'?"),
        ("    top: {rank_sum: {cost: 1, people: 2}}", 3, "does not name 'speed'"),
        ("    top: {rank_order_centroid: {cost: 1.5, speed: 2, people: 3}}", 3, "found 1.5"),
        ("    within:\n      peple: {direct: {skill: 1, tenure: 1}}", 4, "did you mean 'people'?"),
        ("    within:\n      cost: {direct: {cost: 1}}", 4, "has no criteria to compare"),
        ("    top: {pairwise: [[cost, 3, speed], [cost, 2, people]]}", 3, "speed and people"),
        (
            """    top:
      pairwise:
        - [cost, 3, speed]
        - [speed, 2, cost]
        - [cost, 2, people]
        - [speed, 2, people]""",
            6,
            "compares 'speed' and 'cost' again",
        ),
        (
            "    top: {pairwise: [[cost, 12, speed], [cost, 2, people], [speed, 1, people]]}",
            3,
            "found 12; allowed: at most 9",
        ),
        (
            """    top:
      best_worst:
        best: cost
        worst: cost
        best_to_others: {speed: 2, people: 3}""",
            6,
            "'cost' is the best too",
        ),
        (
            """    top:
      best_worst:
        best: cost
        worst: people
        best_to_others: {speed: 5, people: 3}
        others_to_worst: {speed: 2}""",
            7,
            "at most the 3 between best and worst",
        ),
        (
            "  - name: ann\n    top: {direct: {cost: 1, speed: 1, people: 1}}",
            3,
            "appears here twice",
        ),
        ("    note: none", 3, "unknown key 'note'"),
    ],
)
def test_each_mistake_in_the_judgements_is_told_with_its_line(
    tmp_path: Path, typed: str, line: int, message: str
) -> None:
    head = HEAD
    if "name: ann" in typed:
        head += "    top: {direct: {cost: 1, speed: 1, people: 1}}\n"
        line += 1
    messages = faults(tmp_path, head + typed + "\n")
    assert any(f.startswith(f"judgements.yaml:{line}: ") and message in f for f in messages), (
        messages
    )


def test_judgements_and_rules_with_faults_are_told_together(tmp_path: Path) -> None:
    written(tmp_path, HEAD + "    top: {swng: {cost: 100}}\n")
    (tmp_path / "evaluation.yaml").write_text(RULES.replace("title", "titel"), "utf-8")
    with pytest.raises(InputFaults) as caught:
        read(tmp_path)
    places = {fault.place.split(":")[0] for fault in caught.value.faults}
    assert places == {"evaluation.yaml", "judgements.yaml"}


def test_more_criteria_than_random_indices_are_published_for_are_not_compared_pairwise(
    tmp_path: Path,
) -> None:
    leaf = "  - {{id: c{0}, label: C, weight: 1, answer: cost, value: identity}}\n"
    many = RULES.split("criteria:")[0] + "criteria:\n" + "".join(leaf.format(n) for n in range(16))
    written(tmp_path, HEAD + "    top: {pairwise: [[c1, 2, c2]]}\n")
    (tmp_path / "evaluation.yaml").write_text(
        many.replace("answer: cost", "answer: speed"), "utf-8"
    )
    with pytest.raises(InputFaults) as caught:
        read(tmp_path)
    assert any("found 16 criteria to compare; allowed: 15" in str(f) for f in caught.value.faults)


def test_given_judgements_stand_for_those_of_the_folder_and_are_checked_like_them(
    data: Path,
) -> None:
    case = read(data / "customer-support")
    assert judgements_of(case, {}) is case.judgements
    top = {"expertise": 1, "cost": 2, "security": 3, "location": 4, "language": 5}
    given = {"stakeholders": [{"name": "Board", "top": {"rank_order_centroid": top}}]}
    judged = judgements_of(case, given)
    assert judged is not None
    assert [stakeholder.name for stakeholder in judged.stakeholders] == ["Board"]
    with pytest.raises(InputFaults, match="did you mean 'cost'"):
        judgements_of(
            case,
            {"stakeholders": [{"name": "B", "top": {"rank_sum": {**top, "cots": 2}}}]},
        )


def test_what_is_written_of_judgements_reads_as_the_same_judgements(
    data: Path, tmp_path: Path
) -> None:
    case = read(data / "customer-support")
    assert case.judgements is not None
    text = judgements_text(case.judgements)
    assert "swing: {expertise: 100, cost: 60" in text
    copy = tmp_path / "copy"
    shutil.copytree(data / "customer-support", copy)
    (copy / "judgements.yaml").write_text(text, "utf-8")
    assert read(copy).judgements == case.judgements


def test_the_examples_judgements_say_that_they_are_constructed() -> None:
    case = read(ROOT / "data" / "customer-support")
    assert case.judgements is not None
    assert "Constructed" in str(case.judgements.notice)
    assert len(case.judgements.stakeholders) == 3

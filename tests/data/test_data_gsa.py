"""The GSA case: built from the real labour rates by a script that guesses nothing."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from make import ROOT
from make.evaluations import assessed, table
from vendor_eval.rules.estimates import estimate
from vendor_eval.tender.folder import read

HERE = ROOT / "data/gsa-help-desk"
SCRIPT = ROOT / "scripts/build_gsa_help_desk.py"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders the GSA script filled, each in a process that orders its sets another way."""
    folders = []
    for seed in ("1", "2"):
        target = tmp_path_factory.mktemp("gsa")
        (target / "source").mkdir()
        shutil.copy(HERE / "source/labor_rates.csv", target / "source")
        build_gsa(target, seed)
        folders.append(target)
    return folders


def build_gsa(target: Path, seed: str = "0") -> None:
    """Run the script on a folder."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, str(SCRIPT), str(target)]
    subprocess.run(command, env=environment, capture_output=True, check=True)


@pytest.mark.parametrize("name", ["proposals.csv", "source/selection.csv"])
def test_the_gsa_script_gives_the_committed_bytes_each_time(rebuilt: list[Path], name: str) -> None:
    committed = (HERE / name).read_bytes()
    assert [(target / name).read_bytes() for target in rebuilt] == [committed, committed]


def gsa_lines() -> Iterator[tuple[dict[str, str], str]]:
    """Each line of the source with what became of it."""
    rows = table(HERE / "source/labor_rates.csv")
    outcomes = table(HERE / "source/selection.csv")
    for line, (row, outcome) in enumerate(zip(rows, outcomes, strict=True), start=2):
        assert int(outcome["line"]) == line
        assert outcome["labor_category"] == row["labor_category"]
        yield row, outcome["outcome"]


def test_every_line_of_the_gsa_source_is_chosen_or_left_out_with_a_reason() -> None:
    outcomes = Counter(outcome.partition(":")[0] for _, outcome in gsa_lines())
    assert outcomes == {"chosen": 45, "left out": 237}
    assert all(outcome.partition(": ")[2] for _, outcome in gsa_lines() if outcome != "chosen")


def test_every_gsa_rate_is_in_the_source_and_no_vendor_stands_twice() -> None:
    rates: dict[str, list[float]] = {}
    titles: dict[str, set[str]] = {}
    for row, outcome in gsa_lines():
        if outcome == "chosen":
            rates.setdefault(row["vendor"], []).append(float(row["price_offered_gsa"].strip("$ ")))
            titles.setdefault(row["vendor"], set()).add(row["labor_category"])
    answers = read(HERE).proposals.answers
    assert sorted(answers.index) == sorted(rates)
    for vendor, found in rates.items():
        typed = estimate(answers.loc[vendor, "hourly_rate"])
        assert (typed.low, typed.high) == (min(found), max(found))
        assert len(titles[vendor]) == 1


def test_a_gsa_text_that_no_table_holds_is_listed_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    source = (HERE / "source/labor_rates.csv").read_text("utf-8")
    chosen = "132-51,Help Desk I,High School,2,Hour,$34.53 ,"
    assert source.count(chosen) == 1
    odd = chosen.replace("High School,2", "High Skool,about 2")
    (tmp_path / "source/labor_rates.csv").write_text(
        source.replace(chosen, odd), encoding="utf-8", newline=""
    )
    build_gsa(tmp_path)
    [outcome] = [
        row["outcome"]
        for row in table(tmp_path / "source/selection.csv")
        if row["vendor"] == "BEACON ASSOCIATES, INC." and row["labor_category"] == "Help Desk I"
    ]
    assert outcome == "left out: not readable: experience 'about 2'"
    [beacon] = [
        row for row in table(tmp_path / "proposals.csv") if row["vendor"].startswith("BEACON")
    ]
    assert beacon["hourly_rate"] == "72.45"  # its other, dearer category


def test_in_the_gsa_case_more_experienced_and_better_educated_staff_is_worth_more() -> None:
    evaluation = assessed("gsa-help-desk").evaluation
    values, answers = evaluation.values, evaluation.proposals.answers
    years = answers["experience_years"].replace("", "-1").astype(float)
    ordered = values.loc[years.loc[values.index].sort_values().index, "staff.experience"]
    assert ordered.is_monotonic_increasing
    levels = ["high school", "associate", "bachelor"]
    by_level = [
        values.loc[answers.index[answers["education"] == level], "staff.education"].unique()
        for level in levels
    ]
    assert [len(value) for value in by_level] == [1, 1, 1]
    assert by_level[0] < by_level[1] < by_level[2]


def test_in_the_gsa_case_blanks_stay_blank_and_are_told() -> None:
    evaluation = assessed("gsa-help-desk").evaluation
    vitec = "VITEC Solutions, LLC (VITEC)"
    assert evaluation.missing == ((vitec, "staff.experience"), (vitec, "staff.education"))
    assert evaluation.having("excluded") == ("ACCURATE CONCEPTIONS, L.L.C.",)

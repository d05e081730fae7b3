"""The command line: what it prints, where, and the exit codes of its contract."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from make.evaluations import in_one_table
from vendor_eval.cli import main


def _vendor_eval(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    """A copy of a small evaluation that may be changed."""
    return in_one_table(data / "california-two-envelope", tmp_path / "tender")


def _edited(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_check_reads_everything_and_scores_nothing(folder: Path) -> None:
    done = _vendor_eval("check", folder)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "4 proposals read, no fault found" in done.stderr


def test_check_prints_every_fault_on_a_line_of_its_own(folder: Path) -> None:
    _edited(folder / "evaluation.yaml", "title:", "titel:")
    _edited(folder / "proposals.csv", "Bidder 3", "bidder 2")
    done = _vendor_eval("check", folder)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert any("unknown key 'titel'; did you mean 'title'?" in line for line in lines)
    assert any("'title' is missing" in line for line in lines)
    assert any("proposals.csv:4: found the vendor 'bidder 2' again" in line for line in lines)


def test_score_prints_results_json_and_nothing_else(folder: Path) -> None:
    done = _vendor_eval("score", folder)
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["recommendation"]["vendor"] == "Bidder 3"
    assert done.stdout.endswith("}\n")
    assert _vendor_eval("score", folder).stdout == done.stdout


def test_score_takes_seed_scenario_and_the_notebooks_parameters(data: Path) -> None:
    folder = data / "customer-support"
    done = _vendor_eval("score", folder, "--seed", 7, "--scenario", "cost_first", "-p", "draws=50")
    told = json.loads(done.stdout)
    assert told["scenario"] == "cost_first"
    assert told["robustness"]["seed"] == 7
    assert told["robustness"]["draws"] == 50


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-p", "dras=5"], "did you mean 'draws'"),
        (["-p", "draws=many"], "found 'many'"),
        (["-p", "draws=0"], "found draws 0"),
        (["-p", "folder=elsewhere"], "folder"),
        (["--scenario", "none_such"], "unknown scenario 'none_such'"),
    ],
)
def test_a_wrong_word_on_the_command_line_is_a_fault_of_the_users(
    folder: Path, words: list[str], said: str
) -> None:
    done = _vendor_eval("score", folder, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_no_vendor_left_is_exit_code_three(folder: Path) -> None:
    for bidder in (2, 3, 4):
        _edited(folder / "proposals.csv", f"{bidder},responsive", f"{bidder},late")
    done = _vendor_eval("score", folder)
    assert done.exit_code == 3
    assert json.loads(done.stdout)["recommendation"]["verdict"] == "none"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    done = _vendor_eval("check", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "no such folder" in done.stderr


def test_seal_writes_a_seal_once_and_changed_rules_break_it(folder: Path) -> None:
    assert _vendor_eval("seal", folder).exit_code == 0
    sealed = (folder / "seal.json").read_bytes()
    assert json.loads(_vendor_eval("score", folder).stdout)["sealed"] is True
    again = _vendor_eval("seal", folder)
    assert again.exit_code == 0
    assert "already sealed" in again.stdout
    _edited(folder / "evaluation.yaml", "weight: 60", "weight: 61")
    for command in ("check", "score", "seal"):
        done = _vendor_eval(command, folder)
        assert done.exit_code == 4
        assert "changed after they were sealed" in done.stderr
    assert (folder / "seal.json").read_bytes() == sealed


def test_rules_can_be_sealed_before_there_are_proposals(folder: Path) -> None:
    (folder / "proposals.csv").unlink()
    assert _vendor_eval("seal", folder).exit_code == 0


def test_comments_and_key_order_leave_a_seal_whole_and_a_new_scenario_is_labelled(
    folder: Path,
) -> None:
    _vendor_eval("seal", folder)
    rules = folder / "evaluation.yaml"
    text = rules.read_text(encoding="utf-8")
    late = "\nscenarios:\n  late: {weights: {technical: 90, cost: 10}}\n"
    rules.write_text(f"# a comment\n{text}{late}", encoding="utf-8")
    done = _vendor_eval("score", folder, "--scenario", "late")
    assert done.exit_code == 0, done.stderr
    assert "The scenario Late was added after sealing." in json.loads(done.stdout)["warnings"]


def test_help_names_the_seven_commands() -> None:
    shown = _vendor_eval("--help").stdout
    for command in ("new", "next", "template", "check", "seal", "score", "run", "list", "lab"):
        assert f"\n  {command}" in shown

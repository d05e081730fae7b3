"""Runs are compared and listed from the command line: exit codes, files, what is refused."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from make.small_folder import RULES, TABLE
from vendor_eval.cli import main
from vendor_eval.outputs.results import results_json
from vendor_eval.runs.manifest import manifest_json
from vendor_eval.tender.folder import read


def invoked(*arguments: object) -> Any:
    """The command line in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def run_of(folder: Path, out: Path, *, hour: int = 0, seed: int = 0) -> Path:
    """A finished run of a folder as `run` leaves it, without its report."""
    from datetime import UTC, datetime

    tender = read(folder)
    out.mkdir(parents=True)
    (out / "results.json").write_bytes(results_json(tender, tender.evaluate(draws=20, seed=seed)))
    manifest = manifest_json(
        notebook=Path(__file__),
        inputs=tender.hashes,
        outputs=out,
        parameters={"folder": folder.name, "seed": seed},
        started=datetime(2026, 11, 30, hour, tzinfo=UTC),
        seconds=1.0,
        options={},
    )
    (out / "manifest.json").write_bytes(manifest)
    return out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small evaluation folder."""
    made = tmp_path / "helpdesk"
    made.mkdir()
    (made / "evaluation.yaml").write_text(RULES, "utf-8")
    (made / "proposals.csv").write_text(TABLE, "utf-8")
    return made


@pytest.fixture
def runs(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two runs of it, between which A became dearer."""
    old = run_of(folder, tmp_path / "runs" / "1")
    (folder / "proposals.csv").write_text("vendor,q,cost\nA,lo,9\nB,lo,4\n", "utf-8")
    return old, run_of(folder, tmp_path / "runs" / "2", hour=1)


def test_a_change_ends_with_0_and_with_6_only_where_it_is_asked_for(
    runs: tuple[Path, Path],
) -> None:
    old, new = runs
    assert invoked("compare", old, new).exit_code == 0
    assert invoked("compare", old, new, "--fail-on", "change").exit_code == 6
    assert invoked("compare", old, old, "--fail-on", "change").exit_code == 0


def test_a_comparison_is_printed_as_text_json_or_markdown(runs: tuple[Path, Path]) -> None:
    old, new = runs
    text = invoked("compare", old, new).stdout
    assert text.splitlines()[0].startswith("B replaces A because A\u2019s answer on q changed")
    assert "cause: the bid of A changed" in text
    plain = json.loads(invoked("compare", old, new, "--format", "json").stdout)
    assert plain["winner_changed"] is True
    assert plain["kind"] == "recommendation"
    assert plain["files"] == ["proposals.csv"]
    marked = invoked("compare", old / "results.json", new, "--format", "md").stdout
    assert marked.startswith("# Comparison of two runs\n")


def test_a_page_is_written_with_the_same_as_json_next_to_it(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    done = invoked("compare", *runs, "--out", tmp_path / "comparison.html")
    assert done.exit_code == 0
    assert "B replaces A" in (tmp_path / "comparison.html").read_text("utf-8")
    assert json.loads((tmp_path / "comparison.json").read_bytes())["changed"] is True


def test_other_forms_no_results_and_wrong_renames_end_with_2(
    runs: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = runs
    other = tmp_path / "other.json"
    plain = json.loads((old / "results.json").read_bytes())
    other.write_text(json.dumps(plain | {"schema": "vendor-eval/1"}), "utf-8")
    cut = tmp_path / "cut.json"
    cut.write_text(json.dumps({k: v for k, v in plain.items() if k != "vendors"}), "utf-8")
    for arguments, message in (
        ((other, new), "found the form 'vendor-eval/1'; allowed: 'vendor-eval/2'"),
        ((tmp_path / "none", new), "cannot be read"),
        ((Path(__file__), new), "found no JSON"),
        ((old / "manifest.json", new), "found no results of this tool"),
        ((cut, new), "found no 'vendors'; allowed: a file that a run wrote"),
        ((old, new, "--rename", "A"), "--rename: found 'A'; allowed: OLD=NEW"),
    ):
        done = invoked("compare", *arguments)
        assert (done.exit_code, message in done.stderr) == (2, True), done.stderr


def test_the_history_lists_runs_with_what_changed(
    folder: Path, runs: tuple[Path, Path], tmp_path: Path
) -> None:
    run_of(folder, tmp_path / "runs" / "3", hour=2)
    shutil.copytree(runs[0], tmp_path / "runs" / "4")  # of another folder
    manifest = tmp_path / "runs" / "4" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"helpdesk"', '"other"'), "utf-8")
    done = invoked("history", folder, "--runs", tmp_path / "runs")
    assert done.exit_code == 0, done.output
    head, *lines = done.stdout.splitlines()
    assert head.split()[:4] == ["started", "seal", "inputs", "winner"]
    assert len(lines) == 3
    assert "2026-11-30T01:00:00Z" in lines[1]
    assert "B replaces A" in lines[1]
    assert "Nothing changed" in lines[2]
    plain = json.loads(invoked("history", folder, "--runs", tmp_path / "runs", "--json").stdout)
    assert [each["vendor"] for each in plain] == ["A", "B", "B"]
    assert plain[1]["kinds"][0] == "recommendation"


def test_a_run_of_an_older_form_hides_none_of_the_others(
    folder: Path, runs: tuple[Path, Path], tmp_path: Path
) -> None:
    written = runs[0] / "results.json"
    written.write_text(written.read_text("utf-8").replace("vendor-eval/2", "vendor-eval/1"))
    done = invoked("history", folder, "--runs", tmp_path / "runs")
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 2
    assert "found the form 'vendor-eval/1'" in done.stderr


def test_the_runs_of_nights_are_listed_each_once(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "nights"
    run_of(folder, place / "mon" / "desk")
    shutil.copytree(place / "mon", place / "tue")  # skipped: linked from the night before
    (folder / "proposals.csv").write_text("vendor,q,cost\nA,lo,9\nB,lo,4\n", "utf-8")
    run_of(folder, place / "wed" / "desk", hour=1)
    for night in ("mon", "tue", "wed"):
        (place / night / "night.json").write_text("{}")
    (place / "latest").symlink_to("wed", target_is_directory=True)
    done = invoked("history", folder, "--runs", place, "--json")
    assert done.exit_code == 0
    plain = json.loads(done.stdout)
    assert [(each["run"], each["vendor"]) for each in plain] == [
        ("mon/desk", "A"),
        ("wed/desk", "B"),
    ]
    alone = invoked("history", folder, "--runs", place / "wed", "--json")
    assert [each["run"] for each in json.loads(alone.stdout)] == ["desk"]


def test_a_place_without_a_run_of_the_folder_is_a_fault(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = invoked("history", folder, "--runs", tmp_path / "empty")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "found no run of 'helpdesk'; allowed: the folder of its runs" in done.stderr


def test_a_folder_without_runs_is_a_fault_that_says_where_they_were_looked_for(
    folder: Path, tmp_path: Path
) -> None:
    done = invoked("history", folder, "--runs", tmp_path / "nowhere")
    assert done.exit_code == 2
    assert "no runs are there" in done.stderr
    assert str(Path("reports")) not in done.stdout

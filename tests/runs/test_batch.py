"""A night of runs: one folder with a page, tables and every run, and one exit code."""

import csv
import importlib.resources
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from make.nights import (
    ALONE,
    FORK,
    SCORE,
    batch,
    bids,
    folders,
    night,
    record,
    states,
    written_desk,
)
from make.running import invoked, vendor_eval
from vendor_eval.errors import VendorEvalError
from vendor_eval.runs.batch.rows import TAKEN, Row, rows_in, rows_of

SCHEMA = json.loads(
    (importlib.resources.files("vendor_eval.runs.batch") / "batch.schema.json").read_text("utf-8")
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A directory with three evaluations."""
    return written_desk(tmp_path)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first night of three evaluations and of an empty folder, never written to."""
    desk = written_desk(tmp_path_factory.mktemp("desk"))
    bids(desk, 1, "<i>A</i>,5\nBorealis,9\n")
    (desk / "h4").mkdir()
    done = batch(desk, "--night", "first", *SCORE)
    assert done.returncode == 2, done.stderr  # the fourth is empty
    return night(desk, done)


def test_a_night_holds_a_page_tables_events_and_every_run(first: Path) -> None:
    desk, place = first.parents[1], first
    assert place == desk / "out" / "first"
    assert sorted(path.name for path in place.iterdir()) == sorted([*folders(desk), *TAKEN])
    assert (desk / "out" / "latest").resolve() == place
    assert states(place) == {"h1": "ok", "h2": "ok", "h3": "ok", "h4": "faulty"}
    assert sorted(path.name for path in (place / "h1").iterdir()) == [
        "manifest.json",
        "results.json",
    ]
    [fault, *_] = json.loads((place / "h4" / "faults.json").read_bytes())["faults"]
    assert "evaluation.yaml" in fault["place"] + fault["found"]
    events = [json.loads(line) for line in (place / "events.jsonl").read_text().splitlines()]
    assert [e["event"] for e in events] == ["begun", *["finished"] * 4, "ended"]
    with (place / "index.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["vendor"] for row in rows] == ["<i>A</i>", "Aurora", "Aurora", ""]
    assert [row["fault"] for row in rows][:3] == ["", "", ""]
    assert "evaluation.yaml" in rows[3]["fault"]


def test_batch_json_is_as_its_schema_has_it_and_a_changed_one_is_not(first: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    plain = record(first)
    validator.validate(plain)
    assert plain["runs"]
    for mutant in (
        {**plain, "whole": "yes"},
        {**plain, "more": 1},
        {**plain, "runs": [{**plain["runs"][0], "status": "well"}]},
        {key: value for key, value in plain.items() if key != "pending"},
    ):
        assert not validator.is_valid(mutant)


def test_the_page_loads_nothing_and_escapes_every_name(first: Path, desk: Path) -> None:
    (desk / "rows.jsonl").write_text('{"folder": "h1", "name": "<b>&"}\n{"folder": "h2"}\n')
    refused = invoked("batch", "--from", "rows.jsonl", "--out", "out", cwd=desk)
    assert (refused.exit_code, "found the name '<b>&'" in refused.stderr) == (2, True)
    page = (first / "index.html").read_text("utf-8")
    assert "&lt;i&gt;A&lt;/i&gt;" in page
    assert "<i>" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert 'href="h1/results.json"' in page


# what is run


def test_rows_come_from_a_table_lines_of_json_or_yaml_and_override_the_command(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    common = Row(folder="-", parameters={"seed": 5, "draws": 7})
    texts = {
        "rows.csv": 'folder,seed,name,parameters\nh1,,one,"{""seed"": 3}"\nh2,,two,\n',
        "rows.yaml": "- {folder: h1, parameters: {seed: 3}, name: one}\n- {folder: h2, name: two}",
        "rows.jsonl": '{"folder": "h1", "parameters": {"seed": 3}, "name": "one"}\n\n'
        '{"folder": "h2", "name": "two"}\n',
    }
    for name, text in texts.items():
        for source in (name, "-"):
            one, two = rows_of([], rows_in(source, text), common)
            assert (one.name, one.given) == ("one", {"seed": 3, "draws": 7})
            assert (two.name, two.given) == ("two", {"seed": 5, "draws": 7})
    [seeded] = rows_of([], rows_in("-", "folder,seed\nh1,4\n"), common)
    assert (seeded.name, seeded.given["seed"]) == ("h1", 4)
    with pytest.raises(VendorEvalError, match="found this ending"):
        rows_in("rows.txt", "")


def test_every_wrong_row_is_reported_before_anything_is_run(desk: Path) -> None:
    (desk / "rows.yaml").write_text(
        "- {folder: h1}\n- {folder: x/h1}\n- {foldr: h2}\n- {folder: h2, name: batch.json}\n"
        "- {folder: h3, seed: -1}\n"
    )
    done = invoked("batch", "--from", "rows.yaml", "--out", "out", cwd=desk)
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len([line for line in lines if "row 2" in line and "as in" in line]) == 1
    for words in ("foldr", "row 4", "row 5, seed"):
        assert words in done.stderr
    assert not (desk / "out").exists()
    nothing = invoked("batch", "--out", "out", cwd=desk)
    assert (nothing.exit_code, "nothing to run" in nothing.stderr) == (2, True)


def test_rows_that_cannot_be_read_or_run_are_all_reported_each_at_its_place(desk: Path) -> None:
    (desk / "rows.jsonl").write_text(
        '{"folder": "h1"}\nno json\n{"folder": "h9"}\n{"folder": "h2", "scenario": "nosuch"}\n'
        '{"folder": "h3", "parameters": {"sed": 1}}\n{"name": "n"}\n[]\n'
        '{"folder": "h1", "name": "m", "notebook": "vendor_selektion"}\n'
    )
    (desk / "rows.csv").write_text(
        "folder,seed,name,parameters\nh1,,one,{bad\nh1,,two,,more\nh9,x,three,\n,,four,\n"
    )
    (desk / "twice.csv").write_text("folder,folder\nh1,h2\n")
    (desk / "nul.csv").write_text(f"folder\n{'h' * 200_000}\n")
    wanted = {
        "rows.jsonl": {
            "line 2": "found no JSON",
            "line 3": "h9: no such folder",
            "line 4": "unknown scenario 'nosuch'",
            "line 5, parameter sed": "did you mean 'seed'?",
            "line 6": "'folder' is missing",
            "line 7": "found no object",
            "line 8": "did you mean 'vendor_selection'?",
        },
        "rows.csv": {
            "line 2, parameters": "found no JSON",
            "line 3": "found more cells than the head has",
            "line 4, seed": "found 'x'",
            "line 5": "'folder' is missing",
        },
        "twice.csv": {"line 1": "found the column 'folder' twice"},
        "nul.csv": {"line 2": "found no CSV: field larger than field limit"},
    }
    for source, faults in wanted.items():
        done = invoked("batch", "--from", source, "--out", "out", cwd=desk)
        assert done.exit_code == 2
        lines = done.stderr.splitlines()
        assert len(lines) == len(faults)
        for line, (place, words) in zip(lines, faults.items(), strict=True):
            assert line.startswith(f"vendor-eval: {source}, {place}: ")
            assert words in line
        assert not (desk / "out").exists()


def test_faults_in_the_files_of_a_folder_refuse_no_row(desk: Path) -> None:
    (desk / "h1" / "evaluation.yaml").write_text("title: [")
    rows = rows_of(
        [desk / "h1"],
        [("row", {"folder": str(desk / "h1"), "name": "s"})],
        Row(folder="-", scenario="any"),
    )
    assert [row.name for row in rows] == ["h1", "s"]


# both engines


@pytest.mark.more
def test_a_fork_writes_what_run_writes_byte_for_byte_and_the_index_is_a_serial_ones(
    desk: Path,
) -> None:
    small = ("--notebook", "small.ipynb")
    forked = night(desk, batch(desk, *small, *FORK, "--night", "forked", "--jobs", 2))
    serial = batch(desk, *small, "--jobs", 1, "--night", "kernels", "--no-skip", "--against", "out")
    assert serial.returncode == 0, serial.stderr
    by_kernels = night(desk, serial)
    run = ("run", "h1", *small, "--out", "alone")
    assert vendor_eval(*run, cwd=desk).returncode == 0
    for name in ("report.html", "results.json", "scorecard.xlsx", "notebook.ipynb"):
        ours = (forked / "h1" / name).read_bytes()
        assert ours == (by_kernels / "h1" / name).read_bytes()
        assert ours == (desk / "alone" / name).read_bytes()
    again = batch(desk, *small, *FORK, "--no-skip", "--against", "out/forked", "--night", "third")
    assert (night(desk, again) / "index.csv").read_bytes() == (
        by_kernels / "index.csv"
    ).read_bytes()


def test_a_canary_that_differs_fails_the_batch(desk: Path) -> None:
    other = (
        ALONE
        + "from vendor_eval.runs.batch import nightly; real = nightly.in_a_fork\n"
        + "def fork(task, said, errors):\n"
        + "    row = task.row.model_copy(update={'seed': 9})\n"
        + "    return real(type(task)(row, task.out, 'fork', False, True), said, errors)\n"
        + "nightly.in_a_fork = fork"
    )
    done = batch(desk, *SCORE, setup=other)
    assert done.returncode == 1
    [first, *others] = record(night(desk, done))["runs"]
    assert (first["status"], first["exit_code"]) == ("failed", 1)
    assert "fork and kernel do not give the same bytes: results.json" in first["faults"][0]["found"]
    assert {run["status"] for run in others} == {"ok"}


# nights


def test_three_nights_skip_what_is_the_same_and_say_what_changed_and_why(desk: Path) -> None:
    (desk / "fake").mkdir()
    installed = "import sys; sys.path.insert(0, 'fake')"

    def version(number: int) -> None:
        for old in (desk / "fake").glob("*"):
            (old / "METADATA").unlink()
            old.rmdir()
        made = desk / "fake" / f"calendar_of_feasts-{number}.dist-info"
        made.mkdir()
        (made / "METADATA").write_text(f"Name: calendar-of-feasts\nVersion: {number}\n")

    version(1)
    first = night(desk, batch(desk, *SCORE, "--night", "1", setup=installed))
    same = batch(desk, *SCORE, "--night", "2", "--fail-on", "change", setup=installed)
    assert (same.returncode, set(states(night(desk, same)).values())) == (0, {"skipped"})
    linked = (night(desk, same) / "h1" / "results.json").stat()
    assert linked.st_ino == (first / "h1" / "results.json").stat().st_ino

    bids(desk, 2, "Aurora,6\nBorealis,5\n")
    changed = batch(desk, *SCORE, "--night", "3", "--fail-on", "change", setup=installed)
    assert changed.returncode == 6
    assert states(night(desk, changed)) == {"h1": "skipped", "h2": "ok", "h3": "skipped"}
    [_, run, _] = record(night(desk, changed))["runs"]
    assert run["change"]["winner_changed"] is True
    assert run["change"]["causes"] == [{"cause": "bids", "says": "the bid of Borealis changed"}]
    page = (night(desk, changed) / "index.html").read_text("utf-8")
    rows = page.split('<th scope="row">')[1:]
    assert ">h2</a>" in rows[0]
    assert "Borealis replaces Aurora" in rows[0]
    assert "Cause: the bid of Borealis changed." in rows[0]
    assert '<p class="plain">1 new winner.</p>' in page
    assert 'Compared with the night <a href="../2/index.html">2</a>.' in page
    assert "2 skipped (unchanged)" in page

    version(2)
    updated = batch(desk, *SCORE, "--night", "4", "--fail-on", "change", setup=installed)
    assert (updated.returncode, set(states(night(desk, updated)).values())) == (0, {"ok"})
    for run in record(night(desk, updated))["runs"]:
        says = "other versions: calendar-of-feasts 1 before, 2 now"
        assert run["change"]["causes"] == [{"cause": "versions", "says": says}]
        assert run["change"]["kinds"] == []


@pytest.mark.more
def test_a_run_whose_files_were_touched_is_not_taken_over(desk: Path) -> None:
    place = night(desk, batch(desk, *SCORE, "--night", "1"))
    (place / "h1" / "results.json").write_text("{}")
    again = night(desk, batch(desk, *SCORE, "--night", "2"))
    assert states(again) == {"h1": "ok", "h2": "skipped", "h3": "skipped"}


@pytest.mark.parametrize(
    ("codes", "worst"),
    [((0, 3), 3), ((3, 5), 5), ((5, 2, 3), 2), ((2, 4), 4), ((4, 1, 2), 1), ((0,), 0)],
)
def test_the_worst_run_decides_the_exit_code(codes: tuple[int, ...], worst: int) -> None:
    from vendor_eval.runs.batch.nightly import Settings, _exit_code

    entries = [{"exit_code": code, "change": {"kinds": ["score"]}} for code in codes]
    assert _exit_code(entries, Settings()) == worst
    sterner = _exit_code(entries, Settings(fail_on_change=True))
    assert sterner == (6 if worst in (0, 3) else worst)

"""A night survives: lost children, a request to end, a kill, a full disk, a second batch."""

import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from make.nights import (
    ALONE,
    FORK,
    SCORE,
    batch,
    begun,
    bids,
    folders,
    night,
    record,
    states,
    written_desk,
)
from make.running import invoked

FORKS = (
    ALONE
    + """
import os, time
from vendor_eval.runs.batch import nightly
real, count = nightly.in_a_fork, 0
def fork(task, said, errors):
    global count
    count += 1
    child = real(task, said, errors)
    changed(child, count)
    return child
nightly.in_a_fork = fork
def changed(child, count):
"""
)
KILLED = FORKS + "    if count % 3 == 0: os.kill(child.pid, 9)"
SLOW = FORKS + "    time.sleep(0.5)"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory with six evaluations, and a directory for what is temporary."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return written_desk(tmp_path / "desk", 6)


def whole(place: Path) -> bool:
    """Whether nothing in a night is half-written: each run whole or absent, and no staging."""
    hidden = list(place.rglob(".*"))
    runs = [path for path in place.iterdir() if path.is_dir()]
    written = [(run / "manifest.json").is_file() or (run / "faults.json").is_file() for run in runs]
    return not hidden and all(written)


def after(process: Any, lines: int) -> None:
    """Waits until so many runs of a batch have ended."""
    for _ in range(lines):
        assert process.stderr.readline()


@pytest.mark.more
def test_children_that_are_killed_are_tried_again_and_none_is_lost(desk: Path) -> None:
    done = batch(desk, *SCORE, "--jobs", 2, "--retries", 5, setup=KILLED)
    assert done.returncode == 0, done.stderr
    place = night(desk, done)
    assert set(states(place).values()) == {"ok"}
    assert max(run["attempts"] for run in record(place)["runs"]) > 1
    assert whole(place)
    without = batch(desk, *SCORE, "--no-skip", "--retries", 0, "--jobs", 2, setup=KILLED)
    assert without.returncode == 1
    lost = [run for run in record(night(desk, without))["runs"] if run["status"] == "lost"]
    assert [run["faults"][0]["found"] for run in lost] == ["its process was ended by signal 9"] * 2


@pytest.mark.parametrize(
    ("sign", "code", "sentence"),
    [
        (signal.SIGTERM, 143, "terminated"),
        pytest.param(signal.SIGINT, 130, "interrupted", marks=pytest.mark.more),
    ],
)
def test_a_batch_that_is_asked_to_end_finishes_what_runs_and_goes_on_later(
    desk: Path, sign: signal.Signals, code: int, sentence: str
) -> None:
    process = begun(desk, *SCORE, "--jobs", 1, setup=SLOW)
    after(process, 2)
    process.send_signal(sign)
    out, err = process.communicate()
    assert (process.returncode, out) == (code, "")
    assert err.splitlines()[-1] == f"vendor-eval: {sentence}"
    [place] = [path.parent for path in desk.glob("out/*/batch.json")]
    before = record(place)
    assert before["whole"] is False
    assert 2 <= len(before["runs"]) < 6
    assert len(before["runs"]) + len(before["pending"]) == 6
    assert not (desk / "out" / "latest").exists()
    assert whole(place)
    again = batch(desk, *SCORE)
    assert again.returncode == 0, again.stderr
    assert night(desk, again) == place
    assert list(states(place).values()) == ["ok"] * 6
    kept = {run["name"]: run["timings"] for run in before["runs"]}
    now = {run["name"]: run["timings"] for run in record(place)["runs"]}
    assert {name: now[name] for name in kept} == kept
    assert not list((desk.parent / "tmp").iterdir())


@pytest.mark.more
def test_the_same_command_goes_on_with_the_night_of_a_killed_batch(desk: Path) -> None:
    process = begun(desk, *SCORE, "--jobs", 1, setup=SLOW)
    after(process, 2)
    process.kill()
    process.communicate()
    [place] = [path.parent for path in desk.glob("out/*/night.json")]
    assert not (place / "batch.json").exists()
    with (place / "events.jsonl").open("a", encoding="utf-8") as events:
        events.write('{"at": "cut o')
    other = batch(desk, *SCORE, "--strict", "--night", place.name)
    assert (other.returncode, "begun by another command" in other.stderr) == (2, True)
    again = batch(desk, *SCORE)
    assert again.returncode == 0, again.stderr
    assert night(desk, again) == place
    assert list(states(place).values()) == ["ok"] * 6
    assert whole(place)
    fresh = batch(desk, *SCORE, "--no-skip", "--against", place, "--night", "fresh")
    kept = [run["inputs_hash"] for run in record(place)["runs"]]
    assert [run["inputs_hash"] for run in record(night(desk, fresh))["runs"]] == kept


@pytest.mark.more
def test_a_full_disk_ends_a_batch_with_nothing_half_written_and_it_goes_on(desk: Path) -> None:
    for path in folders(desk)[2:]:
        for file in (desk / path).iterdir():
            file.unlink()
        (desk / path).rmdir()
    small = (*FORK, "--notebook", "small.ipynb")
    # no file may grow beyond a megabyte, which the report does: what a full disk looks like
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))"
    done = batch(desk, *small, setup=full)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "vendor-eval: the disk is full: free some space, then the same command continues this night"
    )
    [place] = [path.parent for path in desk.glob("out/*/batch.json")]
    assert whole(place)
    assert record(place)["pending"] == ["h1", "h2"]
    again = batch(desk, *small)
    assert (again.returncode, night(desk, again)) == (0, place)
    assert states(place) == {"h1": "ok", "h2": "ok"}


def test_a_second_batch_into_the_same_place_is_refused(desk: Path) -> None:
    (desk / "out").mkdir()
    with FileLock(desk / "out" / ".lock"):
        done = invoked("batch", *folders(desk), "--out", "out", *SCORE, cwd=desk)
    assert done.exit_code == 2
    assert "another batch is writing here" in done.stderr
    assert [path.name for path in (desk / "out").iterdir()] == [".lock"]


@pytest.mark.more
def test_a_run_that_takes_too_long_is_ended_and_not_tried_again(desk: Path) -> None:
    for name in folders(desk)[1:]:
        bids(desk, int(name[1:]), "Aurora,6\nBorealis,x\n")
    stuck = FORKS + "    if count == 1: os.kill(child.pid, 19)"
    done = batch(desk, *SCORE, "--timeout", 15, "--jobs", 2, setup=stuck)
    assert done.returncode == 1
    ended = states(night(desk, done))
    assert ended.pop("h1") == "timed_out"
    assert set(ended.values()) == {"ok"}  # a fault in a bid stops its vendor alone
    [run] = [run for run in record(night(desk, done))["runs"] if run["name"] == "h1"]
    assert run["attempts"] == 1


@pytest.mark.more
def test_after_a_failure_nothing_new_is_begun_where_that_is_asked_for(desk: Path) -> None:
    (desk / "h1" / "evaluation.yaml").write_text("title: x\n")
    done = batch(desk, *SCORE, "--fail-fast", "--jobs", 1)
    assert done.returncode == 2
    place = night(desk, done)
    assert states(place)["h1"] == "faulty"
    assert len(states(place)) < 6
    assert json.loads((place / "h1" / "faults.json").read_bytes())["status"] == "faulty"
    assert os.path.lexists(desk / "out" / "latest")

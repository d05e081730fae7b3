"""A run that is killed, ended or stopped leaves nothing, and the next one clears up and works."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from make import mostly_more
from make.running import (
    FILES,
    cell,
    command,
    furnished,
    invoked,
    left_behind,
    vendor_eval,
    written_notebook,
)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory to work in, with a folder `helpdesk`, a notebook and a temporary directory."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "desk").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return furnished(tmp_path / "desk")


def sleeping(desk: Path, out: str = "new/out", setup: str = "") -> Iterator[subprocess.Popen[str]]:
    """A run that is in the middle of its notebook."""
    marker = desk / "helpdesk" / "asleep"
    nap = f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(600)"
    notebook = written_notebook(desk / "sleeping.ipynb", cell(nap))
    process = command(
        "run", "helpdesk", "--notebook", notebook, "--out", out, cwd=desk, setup=setup
    )
    while not marker.exists() and process.poll() is None:
        time.sleep(0.05)
    marker.unlink()
    notebook.unlink()
    yield process
    process.kill()
    process.communicate()


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [int(word) for word in listed.stdout.split()]


def gone(pid: int) -> bool:
    """Whether a process ends within minutes: a busy machine is slow."""
    until = time.monotonic() + 300
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_killed_run_leaves_no_report_and_the_next_one_clears_up_and_works(desk: Path) -> None:
    for process in sleeping(desk):
        (kernel,) = children(process.pid)
        process.kill()
        process.communicate()
        assert gone(kernel)
    assert not list(desk.rglob("*.html"))
    assert not (desk / "new" / "out").exists()
    options = ("--notebook", "small.ipynb", "--out", "new/out")
    assert invoked("run", "helpdesk", *options, cwd=desk).exit_code == 0
    assert [path.name for path in (desk / "new").iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("sign", "sentence"),
    mostly_more(
        [
            (signal.SIGINT, "interrupted"),
            (signal.SIGTERM, "terminated"),
            (signal.SIGHUP, "ended, since its terminal was closed"),
        ],
        (signal.SIGINT, "interrupted"),
        (signal.SIGTERM, "terminated"),
    ),
)
def test_a_run_that_is_asked_to_end_says_so_in_a_line_and_leaves_nothing_at_all(
    desk: Path, sign: signal.Signals, sentence: str
) -> None:
    for process in sleeping(desk):
        (kernel,) = children(process.pid)
        process.send_signal(sign)
        out, err = process.communicate()
        assert process.returncode == 128 + sign
        assert (out, err.replace("\r", "\n").splitlines()[-1]) == ("", f"vendor-eval: {sentence}")
        assert "Traceback" not in err
        assert gone(kernel)
    assert left_behind(desk) == []
    assert not list((desk.parent / "tmp").iterdir())


@pytest.mark.more
def test_a_run_goes_on_where_its_terminal_is_closed_and_nohup_asked_for_that(desk: Path) -> None:
    ignored = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
    for process in sleeping(desk, setup=ignored):
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)


@pytest.mark.more
def test_what_a_killed_run_left_elsewhere_is_removed_by_the_next_one(desk: Path) -> None:
    elsewhere = desk.parent / "elsewhere"
    elsewhere.mkdir()
    for process in sleeping(desk, out=str(elsewhere / "out")):
        (kernel,) = children(process.pid)
        process.kill()
        process.communicate()
        assert gone(kernel)
    [left] = elsewhere.iterdir()
    assert list(left.rglob("proposals.csv"))  # a copy of the bids
    mine = elsewhere / ".vendor-eval-notes"
    mine.mkdir()
    assert vendor_eval("run", "helpdesk", "--notebook", "small.ipynb", cwd=desk).returncode == 0
    assert list(elsewhere.iterdir()) == [mine]
    assert not list((desk.parent / "tmp").iterdir())


def test_a_stopped_kernel_ends_its_run_with_an_error(desk: Path) -> None:
    soon = "import vendor_eval.runs.kernel as kernel; kernel.LONGEST_STOP = 1"
    for process in sleeping(desk, setup=soon):
        (kernel,) = children(process.pid)
        os.kill(kernel, signal.SIGSTOP)
        out, err = process.communicate()
        assert (process.returncode, out) == (2, "")
        last = err.replace("\r", "\n").splitlines()[-1]
        assert last.startswith("vendor-eval: the kernel of notebook sleeping was stopped, and did")
        assert gone(kernel)
    assert left_behind(desk) == []


@pytest.mark.more
def test_a_kernel_that_is_stopped_for_a_moment_goes_on(desk: Path) -> None:
    for process in sleeping(desk):
        (kernel,) = children(process.pid)
        os.kill(kernel, signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(3)
        os.kill(kernel, signal.SIGCONT)
        assert process.poll() is None


@pytest.mark.more
def test_a_cell_that_takes_longer_than_it_may_ends_the_run(desk: Path) -> None:
    written_notebook(desk / "small.ipynb", cell("import time\ntime.sleep(600)"))
    options = ("--notebook", "small.ipynb", "--cell-timeout")
    done = vendor_eval("run", "helpdesk", *options, "20", cwd=desk)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.replace("\r", "\n").splitlines()[-1] == (
        "vendor-eval: --cell-timeout 20: found a cell that takes longer, in small, cell 9 under "
        "'Nothing to show here', 'import time'; allowed: more seconds"
    )
    assert left_behind(desk) == []


def test_a_cell_timeout_of_no_seconds_is_refused(desk: Path) -> None:
    refused = invoked("run", "helpdesk", "--cell-timeout", 0, cwd=desk)
    assert (refused.exit_code, "--cell-timeout" in refused.stderr) == (2, True)


def test_a_run_does_not_touch_the_staging_of_a_living_one(desk: Path) -> None:
    for process in sleeping(desk):
        options = ("--notebook", "small.ipynb", "--out", "new/other")
        assert invoked("run", "helpdesk", *options, cwd=desk).exit_code == 0
        assert len([path for path in (desk / "new").iterdir() if path.name != "other"]) == 1
        assert process.poll() is None


@pytest.mark.more
def test_runs_at_the_same_moment_get_a_folder_each(desk: Path) -> None:
    run = ("run", "helpdesk", "--notebook", "small.ipynb")
    processes = [command(*run, cwd=desk) for _ in range(3)]
    reports = {process.communicate()[0].strip() for process in processes}
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(reports) == 3
    for report in reports:
        assert sorted(path.name for path in (desk / report).parent.iterdir()) == FILES
    assert len(list((desk / "reports" / "helpdesk").iterdir())) == 3

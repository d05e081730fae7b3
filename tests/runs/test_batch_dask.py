"""Dask does a batch as the built-in engines do, also where one of its workers is lost."""

import time
from pathlib import Path

import psutil
import pytest

from make.nights import batch, begun, night, states, written_desk
from vendor_eval.errors import VendorEvalError
from vendor_eval.runs.batch.workers import submitting

SCORE = ("--score-only", "--jobs", 2)


def workers(pid: int) -> list[psutil.Process]:
    """The workers that a batch's cluster has started."""
    below = psutil.Process(pid).children(recursive=True)
    return [one for one in below if "spawn_main" in _command(one)]


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it has just ended
        return ""


@pytest.mark.more
def test_no_run_is_lost_with_one_of_two_workers_and_the_index_is_the_same(tmp_path: Path) -> None:
    desk = written_desk(tmp_path, 8)
    process = begun(desk, *SCORE, "--engine", "dask", "--night", "dask")
    assert process.stderr.readline()
    workers(process.pid)[0].kill()
    out, err = process.communicate()
    assert (process.returncode, out) == (0, f"{Path('out', 'dask', 'index.html')}\n"), err
    place = desk / "out" / "dask"
    assert set(states(place).values()) == {"ok"}
    assert len(err.splitlines()) == 7  # and no word of Dask's
    kernels = batch(desk, *SCORE, "--no-skip", "--night", "kernel", "--against", "out/dask")
    again = batch(
        desk, *SCORE, "--no-skip", "--night", "again", "--engine", "dask", "--against", "out/dask"
    )
    tables = [(night(desk, done) / "index.csv").read_bytes() for done in (kernels, again)]
    assert tables[0] == tables[1]
    until = time.monotonic() + 60
    while workers_left(desk) and time.monotonic() < until:
        time.sleep(0.2)
    assert not workers_left(desk)


def workers_left(desk: Path) -> list[int]:
    """Processes that still work in a directory."""
    left = []
    for process in psutil.process_iter():
        try:
            if process.cwd() == str(desk):
                left.append(process.pid)
        except psutil.Error:
            continue
    return left


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "ucx://far:1"])
def test_bids_go_to_no_other_machine_without_tls(address: str) -> None:
    refused = pytest.raises(VendorEvalError, match="allowed: tls://HOST:PORT")
    with refused, submitting(address, 1):
        pass

"""A run that is refused or fails leaves nothing, and the next one works."""

from pathlib import Path
from typing import Any

import pytest

from make import mostly_more
from make.running import (
    FILES,
    RULES,
    cell,
    furnished,
    invoked,
    left_behind,
    vendor_eval,
    written_folder,
    written_notebook,
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A directory to work in, with a folder `helpdesk` and a notebook `small.ipynb`."""
    return furnished(tmp_path)


# what is refused before any work


def refused(desk: Path, *arguments: object) -> str:
    """What a refused run says; it has exit code 2 and leaves nothing."""
    before = sorted(desk.rglob("*"))
    done = invoked("run", *arguments, cwd=desk)
    assert done.exit_code == 2, done.stderr
    assert done.stdout == ""
    assert "cell/s" not in done.stderr
    assert sorted(desk.rglob("*")) == before
    return done.stderr


def test_a_non_empty_out_is_refused_and_kept(desk: Path) -> None:
    (desk / "out").mkdir()
    (desk / "out" / "last.txt").write_text("last week's report")
    assert "not empty" in refused(desk, "helpdesk", "--notebook", "small.ipynb", "--out", "out")
    assert (desk / "out" / "last.txt").read_text() == "last week's report"


def test_an_out_that_is_a_file_or_lies_in_one_or_is_here_is_refused(desk: Path) -> None:
    run = ("helpdesk", "--notebook", "small.ipynb", "--out")
    assert "is a file" in refused(desk, *run, "small.ipynb")
    assert "cannot be written to" in refused(desk, *run, "small.ipynb/out")
    assert "cannot be written to" in refused(desk, *run, "/proc/out")
    assert "--out DIR" not in refused(desk, *run, "/proc/out")
    (desk / "here").mkdir()
    here = ("../helpdesk", "--notebook", "../small.ipynb", "--out", ".")
    assert "working directory" in refused(desk / "here", *here)


def test_where_no_report_can_be_made_another_place_is_suggested(desk: Path) -> None:
    (desk / "reports").write_text("a file in the way")
    message = refused(desk, "helpdesk", "--notebook", "small.ipynb")
    assert "reports/helpdesk: cannot be written to: " in message
    assert message.endswith("; name another place with --out DIR\n")


def test_an_empty_out_is_taken(desk: Path) -> None:
    (desk / "out").mkdir()
    done = invoked("run", "helpdesk", "--notebook", "small.ipynb", "--out", "out", cwd=desk)
    assert done.exit_code == 0, done.stderr
    assert Path(done.stdout.splitlines()[-1]) == Path("out", "report.html")
    assert sorted(path.name for path in (desk / "out").iterdir()) == FILES
    assert left_behind(desk) == ["out"]


def test_an_unknown_folder_or_notebook_is_refused_by_name(desk: Path) -> None:
    assert "no such folder" in refused(desk, "helpdsk", "--notebook", "small.ipynb")
    assert "no such file" in refused(desk, "helpdesk", "--notebook", "smal.ipynb")
    message = refused(desk, "helpdesk", "--notebook", "vendor_selectoin")
    assert "did you mean 'vendor_selection'?" in message


def test_a_misspelt_parameter_is_refused_with_the_nearest_one(desk: Path) -> None:
    run = ("helpdesk", "--notebook", "small.ipynb")
    message = refused(desk, *run, "-p", "spred=0.3", "-p", "seed=x", "-p", "folder=/etc", "-p", "a")
    assert "did you mean 'spread'?" in message
    assert "'x'" in message
    assert "the command's own argument" in message
    assert "NAME=VALUE" in message
    assert len(message.splitlines()) == 4


def test_faults_of_the_folder_stop_a_run_before_its_notebook(desk: Path) -> None:
    (desk / "helpdesk" / "proposals.csv").write_text("vendor,cost\n")
    (desk / "helpdesk" / "evaluation.yaml").write_text(RULES.replace("label", "lable"))
    assert "lable" in refused(desk, "helpdesk", "--notebook", "small.ipynb")


def test_a_folder_may_not_be_named_like_an_output(desk: Path) -> None:
    for name in ("results.json", "clarifications"):
        written_folder(desk / "in" / name)
        assert "may not be named" in refused(desk, f"in/{name}", "--notebook", "small.ipynb")


# what fails on the way


def failed(desk: Path, *cells: dict[str, Any]) -> str:
    """What a run of a failing notebook says; it has exit code 1 and leaves nothing."""
    written_notebook(desk / "small.ipynb", *cells)
    done = invoked("run", "helpdesk", "--notebook", "small.ipynb", cwd=desk)
    assert done.exit_code == 1, done.stderr
    assert done.stdout == ""
    assert left_behind(desk) == []
    return done.stderr.replace("\r", "\n").splitlines()[-1]


def test_a_failing_cell_is_named_with_its_exception(desk: Path) -> None:
    message = failed(desk, cell("## Costs"), cell("costs = {}\ncosts['run']"))
    assert message.endswith("small, cell 10 under 'Costs', 'costs = {}': KeyError: 'run'")


HIDDEN = (
    ("import sys; sys.exit(0)", (), "SystemExit"),
    ("import os; os._exit(0)", (), "Kernel died"),
    ("import socket; socket.create_connection(('192.0.2.1', 80))", (), "use the network"),
    ("1 / 0", ("raises-exception",), "ZeroDivisionError"),
    ("LAST = None; raise SystemError('x' * 9)", (), "SystemError: xxxxxxxxx"),
)


@pytest.mark.parametrize(("source", "tags", "sentence"), mostly_more(HIDDEN, HIDDEN[0], HIDDEN[2]))
def test_what_papermill_takes_for_success_or_hides_is_a_failure(
    desk: Path, source: str, tags: tuple[str, ...], sentence: str
) -> None:
    assert sentence in failed(desk, cell(source, *tags))


def test_a_fault_of_the_users_found_by_the_notebook_keeps_its_exit_code(desk: Path) -> None:
    raising = "from vendor_eval.errors import Fault, InputFaults, SealBroken\n"
    raising += "raise InputFaults([Fault('a.csv!B', 'one'), Fault('a.csv!C', 'two')])"
    written_notebook(desk / "small.ipynb", cell(raising))
    done = invoked("run", "helpdesk", "--notebook", "small.ipynb", cwd=desk)
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-2:] == [
        "vendor-eval: a.csv!B: one",
        "vendor-eval: a.csv!C: two",
    ]
    assert left_behind(desk) == []


def test_a_notebook_that_takes_the_results_away_is_a_failure(desk: Path) -> None:
    unlink = "import atexit, os; get_ipython().events.register('post_execute', lambda: "
    unlink += "os.path.exists('results.json') and os.remove('results.json'))"
    assert "took away results.json" in failed(desk, cell(unlink))


def test_results_that_cannot_be_written_are_a_failure_of_their_writing(desk: Path) -> None:
    message = failed(desk, cell("import os; os.mkdir('results.json')"))
    assert "the writing of its results: IsADirectoryError" in message


def test_a_figure_without_words_is_a_failure(desk: Path) -> None:
    bare = "display({'application/vnd.plotly.v1+json': {'data': [], 'layout': {}}}, raw=True)"
    assert "figure 2 has no 'alt'" in failed(desk, cell(bare))


def test_a_full_disk_leaves_nothing(desk: Path) -> None:
    # no file may grow beyond a megabyte, which the report does: what a full disk looks like
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))"
    run = ("run", "helpdesk", "--notebook", "small.ipynb")
    done = vendor_eval(*run, cwd=desk, setup=full)
    assert done.returncode == 2
    assert "File too large" in done.stderr
    assert left_behind(desk) == []
    assert invoked(*run, cwd=desk).exit_code == 0

"""Python's -OO, which drops docstrings and asserts, changes no byte of what anybody reads."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from make import ROOT, mostly_more

FOLDERS = sorted(path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml"))
COMPARED = ("results.json", "report.html", "notebook.ipynb", "scorecard.xlsx")


def said(optimised: str, *words: object) -> tuple[int, bytes, bytes]:
    """The exit code and the output of a command under a level of optimisation."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONOPTIMIZE": optimised}
    command = [sys.executable, "-m", "vendor_eval", *map(str, words)]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=ROOT, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("command", "folder"),
    mostly_more(product(("score", "check", "next"), FOLDERS), ("score", "customer-support")),
)
def test_a_command_says_the_same(command: str, folder: str) -> None:
    assert said("2", command, f"data/{folder}") == said("", command, f"data/{folder}")


@pytest.mark.parametrize("words", mostly_more(["list", "run --help", "--help"], "list"))
def test_what_there_is_and_how_it_is_called_is_the_same(words: str) -> None:
    code, out, _ = said("2", *words.split())
    assert (code, out) == said("", *words.split())[:2]
    assert out


def test_the_template_is_the_same(tmp_path: Path) -> None:
    for level in ("", "2"):
        out = tmp_path / f"response{level}.xlsx"
        assert said(level, "template", "data/customer-support", "--out", out)[0] == 0
    assert (tmp_path / "response.xlsx").read_bytes() == (tmp_path / "response2.xlsx").read_bytes()


@pytest.mark.more
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_report_is_the_same(folder: str, tmp_path: Path) -> None:
    for level in ("", "2"):
        code, _, heard = said(level, "run", f"data/{folder}", "--out", tmp_path / f"out{level}")
        assert code == 0, heard
    for name in COMPARED:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "out2" / name).read_bytes()

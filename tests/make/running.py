"""A small evaluation, a small notebook, and the command line, for the tests of runs."""

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from make import ROOT
from vendor_eval.cli import main

RULES = """\
title: Helpdesk <2027>
decision: Who answers the phone?
currency: EUR
price: cost
criteria:
  - {id: cost, label: Cost, weight: 1, unit: EUR, answer: cost,
     value: {linear: {worst: 9, best: 5}}}
"""
ANSWERS = "vendor,cost\nAurora,6\nBorealis,7\n"
FILES = ["manifest.json", "notebook.ipynb", "report.html", "results.json", "scorecard.xlsx"]

PARAMETERS = """\
folder: str = "data/customer-support"
scenario: str | None = None
seed: int = 0
spread: float = 0.25
quick: bool = False
names: list[str] = []
shares: dict[str, float] = {}
"""
FIRST = """\
import sys, warnings
from IPython.display import HTML, display
print("on standard error", file=sys.stderr)
warnings.warn("a warning")
display(HTML("<header><h1>Award to Aurora</h1></header>"))
"""
FIGURE = """\
meta = {"alt": "Aurora <1>", "caption": "Points & more"}
layout = {"meta": meta, "yaxis": {"type": "category"}}
figure = {"data": [{"type": "bar", "x": [1], "y": ["</script><b>A"]}], "layout": layout}
display({"application/vnd.plotly.v1+json": figure}, raw=True)
"""
LAST = """\
import pathlib
_ = pathlib.Path(folder, "evaluation.yaml").read_bytes()
"""


def cell(source: str, *tags: str) -> dict[str, Any]:
    """A cell of a notebook: text if it starts with a hash, else code."""
    kind = "markdown" if source.startswith("#") else "code"
    code = {"outputs": [], "execution_count": None} if kind == "code" else {}
    name = hashlib.sha256(source.encode()).hexdigest()[:8]
    return {"cell_type": kind, "id": name, "metadata": {"tags": tags}, "source": source, **code}


def written_notebook(path: Path, *more: dict[str, Any], parameters: str = PARAMETERS) -> Path:
    """A small notebook of the suite's form, with more cells before its last."""
    cells = [
        cell("# Helpdesk\n\nWho answers the phone."),
        cell(parameters, "parameters"),
        cell(FIRST),
        cell("raise RuntimeError('a widget was run without a head')", "live"),
        cell("## How it & <why>"),
        cell(FIGURE),
        cell("## Nothing to show here"),
        cell("1 + 1"),
        *more,
        cell(LAST),
    ]
    kernel = {"name": "somebody-elses", "display_name": "Another", "language": "python"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}}
    path.write_text(json.dumps({**notebook, "cells": cells}), "utf-8")
    return path


def written_folder(folder: Path) -> Path:
    """A small evaluation folder."""
    folder.mkdir(parents=True)
    (folder / "evaluation.yaml").write_text(RULES, "utf-8")
    (folder / "proposals.csv").write_text(ANSWERS, "utf-8")
    return folder


def command(*arguments: object, cwd: Path, setup: str = "") -> subprocess.Popen[str]:
    """The command line started in a directory, its output piped."""
    script = f"{setup}\nfrom vendor_eval.cli import main\nmain()"
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def vendor_eval(*arguments: object, cwd: Path, setup: str = "") -> subprocess.CompletedProcess[str]:
    """The command line run to its end."""
    process = command(*arguments, cwd=cwd, setup=setup)
    out, err = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def invoked(*words: object, cwd: Path | None = None) -> Result:
    """The command line in this process, where no test depends on a fresh one: it is quicker.

    `cwd`: the working directory meanwhile, the present one without it.
    """
    with contextlib.chdir(cwd or Path()):
        return CliRunner(catch_exceptions=False).invoke(main, [str(word) for word in words])


def furnished(desk: Path) -> Path:
    """The same directory, with an evaluation `helpdesk` and a notebook `small.ipynb` in it."""
    written_folder(desk / "helpdesk")
    written_notebook(desk / "small.ipynb")
    return desk


def left_behind(desk: Path) -> list[str]:
    """What is in a directory beyond what was there before the run."""
    given = {"helpdesk", "small.ipynb"}
    return sorted(p.relative_to(desk).as_posix() for p in desk.iterdir() if p.name not in given)

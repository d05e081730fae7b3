"""Small evaluations in number, and batches of them, for the tests of batches."""

import json
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from make.running import RULES, command, vendor_eval, written_notebook

FORK = ("--engine", "fork")
SCORE = (*FORK, "--score-only")
ALONE = "import os; os.environ.update(OMP_NUM_THREADS='1', OPENBLAS_NUM_THREADS='1')\n"
"""What a script begins with that imports a part of the package before the command does."""


def written_desk(desk: Path, count: int = 3) -> Path:
    """A directory with evaluations h1, h2 ..., each with other bids, and a notebook small.ipynb."""
    for number in range(1, count + 1):
        bids(desk, number, f"Aurora,6\nBorealis,{6 + number / 10}\n")
    written_notebook(desk / "small.ipynb")
    return desk


def bids(desk: Path, number: int, rows: str) -> None:
    """Writes an evaluation with these bids, or its bids anew."""
    folder = desk / f"h{number}"
    folder.mkdir(exist_ok=True)
    (folder / "evaluation.yaml").write_text(RULES, "utf-8")
    (folder / "proposals.csv").write_text(f"vendor,cost\n{rows}", "utf-8")


def folders(desk: Path) -> list[str]:
    """The evaluations of a directory."""
    return sorted((path.name for path in desk.glob("h*")), key=lambda name: (len(name), name))


def batch(desk: Path, *options: object, setup: str = "") -> CompletedProcess[str]:
    """A batch of all evaluations into `out`, run to its end."""
    return vendor_eval("batch", *folders(desk), "--out", "out", *options, cwd=desk, setup=setup)


def begun(desk: Path, *options: object, setup: str = "") -> Any:
    """The same, while it runs."""
    return command("batch", *folders(desk), "--out", "out", *options, cwd=desk, setup=setup)


def night(desk: Path, done: CompletedProcess[str]) -> Path:
    """The folder of the night whose page a finished batch names in its last line."""
    page = desk / done.stdout.splitlines()[-1]
    assert page.name == "index.html", done.stderr
    return page.parent


def record(night: Path) -> dict[str, Any]:
    """batch.json of a night."""
    return json.loads((night / "batch.json").read_bytes())


def states(night: Path) -> dict[str, str]:
    """How each run of a night ended, by name."""
    return {run["name"]: run["status"] for run in record(night)["runs"]}

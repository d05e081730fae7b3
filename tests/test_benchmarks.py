"""Every section of the benchmarks runs, at the least size that runs its code."""

import subprocess
import sys
from pathlib import Path

import pytest

HEADINGS = {
    "imports": "## Imports",
    "scores": "## `vendor-eval score",
    "runs": "## A whole run",
    "nights": "## A night of 3 evaluations",
    "large": "## 3 vendors and 2 criteria",
    "intake": "## Response workbooks",
    "awards": "## Letters and comparisons",
    "simulation": "## Simulation",
    "exact": "## Exact answers",
    "growth": "## How it grows",
    "explorer": "## The explorer",
    "verdict": "## How often each word is right",
}


def section(root: Path, name: str) -> subprocess.CompletedProcess[str]:
    """The outcome of one section of the benchmarks at its smallest size."""
    script = root / "benchmarks" / "bench.py"
    return subprocess.run(
        [sys.executable, str(script), "--smallest", "--only", name],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_every_section_of_the_page_is_tried(root: Path) -> None:
    code = "import sys; sys.path.insert(0, 'benchmarks'); import bench; print(*bench.SECTIONS)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == list(HEADINGS)


@pytest.mark.more
@pytest.mark.parametrize("name", HEADINGS)
def test_a_section_of_the_benchmarks_runs_at_its_smallest_size(name: str, root: Path) -> None:
    page = root / "docs" / "performance.md"
    before = page.read_bytes()
    done = section(root, name)
    assert done.returncode == 0, done.stderr
    _, _, told = done.stdout.partition(HEADINGS[name])
    assert "\n| --- |" in told
    assert " nan" not in told
    assert page.read_bytes() == before

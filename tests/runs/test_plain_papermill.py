"""A notebook run by papermill itself, as pipelines do it first: wrong input fails and is named."""

import subprocess
import sys
from pathlib import Path

import pytest

from make import ROOT

NOTEBOOK = ROOT / "notebooks" / "vendor_selection.ipynb"


def papermill(desk: Path, *parameters: str) -> subprocess.CompletedProcess[str]:
    """A run by papermill's command line in a directory."""
    command = [sys.executable, "-m", "papermill", str(NOTEBOOK), "out.ipynb", "-k", "python3"]
    return subprocess.run(
        [*command, "--no-progress-bar", *parameters],
        cwd=desk,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.more
@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        (("-p", "foldr", "x"), "did you mean 'folder'?"),
        ((), "parameter folder: found nothing; allowed: the path of an evaluation folder"),
        (("-p", "seed", "abc"), "parameter seed: found 'abc'; allowed: a whole number"),
        (("-p", "folder", "s3://bucket/tender"), "parameter folder: found 's3://bucket/tender'"),
    ],
)
def test_papermill_fails_where_a_parameter_is_wrong_and_says_which(
    parameters: tuple[str, ...], sentence: str, tmp_path: Path
) -> None:
    done = papermill(tmp_path, *parameters)
    assert done.returncode != 0
    assert sentence in done.stderr


@pytest.mark.more
def test_papermill_writes_its_own_file_alone(tmp_path: Path, data: Path) -> None:
    done = papermill(tmp_path, "-p", "folder", str(data / "time-attendance-software"))
    assert done.returncode == 0, done.stderr
    assert "nknown parameter" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["out.ipynb"]

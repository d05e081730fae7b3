"""Every notebook runs headless on every evaluation, and `score` and a run give the same bytes."""

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from make import ROOT, mostly_more
from make.running import FILES, invoked
from vendor_eval.runs.parameters import notebook_parameters

EVERY = sorted((ROOT / "notebooks").glob("*.ipynb"))
# what names no folder is not about one evaluation: the start page
NOTEBOOKS = [path.stem for path in EVERY if "folder" in notebook_parameters(path)]
FOLDERS = sorted(path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml"))
FOLDERS.remove("customer-support")
OPTIONS = ("--seed", 3, "-p", "draws=500")
"""Of the runs on all evaluations but the constructed example, which is run as it comes."""


@pytest.fixture(scope="module")
def scored(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """What `score` prints of an evaluation, counted once for all notebooks."""
    home = tmp_path_factory.mktemp("scored")

    @cache
    def results(name: str, *options: object) -> bytes:
        return invoked("score", data / name, *options, cwd=home).stdout.encode()

    return results


def whole(run: Path) -> None:
    """Asserts that a run wrote every file, lists them, and made a page without a number missing."""
    files = [path for path in run.rglob("*") if path.is_file()]
    written = sorted(path.relative_to(run).as_posix() for path in files)
    assert [name for name in written if not name.startswith("clarifications/")] == FILES
    manifest = json.loads((run / "manifest.json").read_bytes())
    assert sorted([*manifest["outputs"], "manifest.json"]) == written
    page = (run / "report.html").read_text("utf-8")
    assert page.count("<h1") == 1
    assert not re.search(
        r"\bnan\b|\bNaN\b|\binf\b", re.sub(r"<script.*?</script>", "", page, flags=re.S)
    )


LATER = ("award", "compare", "first_envelope", "intake", "robustness", "total_cost", "weights")
"""Notebooks that `make test-more` runs on the constructed example."""


@pytest.mark.parametrize(
    "notebook", mostly_more(NOTEBOOKS, *(name for name in NOTEBOOKS if name not in LATER))
)
def test_every_notebook_runs_headless_on_the_constructed_example(
    notebook: str, finished_run: Callable[[str], Path], scored: Callable[..., bytes]
) -> None:
    run = finished_run(notebook)
    whole(run)
    assert (run / "results.json").read_bytes() == scored("customer-support")


@pytest.mark.more
@pytest.mark.parametrize("notebook", NOTEBOOKS)
@pytest.mark.parametrize("name", FOLDERS)
def test_every_notebook_runs_headless_on_every_other_evaluation(
    name: str, notebook: str, data: Path, tmp_path: Path, scored: Callable[..., bytes]
) -> None:
    run = ("run", data / name, "--notebook", notebook, "--out", "out", *OPTIONS)
    done = invoked(*run, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    whole(tmp_path / "out")
    assert (tmp_path / "out" / "results.json").read_bytes() == scored(name, *OPTIONS)


@pytest.mark.more
def test_what_is_said_of_the_weights_reaches_the_analysts_notebook(
    data: Path, tmp_path: Path
) -> None:
    said = 'information={"order": ["cost", "expertise"]}'
    run = ("run", data / "customer-support", "--notebook", "robustness", "--out", "out")
    done = invoked(*run, "-p", "draws=500", "-p", said, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr


@pytest.mark.more
def test_what_is_said_wrong_of_the_weights_is_refused_with_the_nearest_name(
    data: Path, tmp_path: Path
) -> None:
    run = ("run", data / "customer-support", "--notebook", "robustness", "--out", "other")
    wrong = 'information={"order": ["cots", "expertise"]}'
    refused = invoked(*run, "-p", wrong, cwd=tmp_path)
    assert refused.exit_code == 2
    assert "did you mean 'cost'" in refused.stderr
    assert not (tmp_path / "other").exists()

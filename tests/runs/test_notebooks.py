"""Every notebook runs headless on every evaluation, and `score` and a run give the same bytes."""

import json
import re
from collections.abc import Callable
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from make import ROOT
from make.running import FILES, vendor_eval
from vendor_eval.runs.parameters import notebook_parameters

EVERY = sorted((ROOT / "notebooks").glob("*.ipynb"))
# what names no folder is not about one evaluation: the start page
NOTEBOOKS = [path.stem for path in EVERY if "folder" in notebook_parameters(path)]
OPTIONS = ("--seed", 3, "-p", "draws=500")
FOLDERS = sorted(path.parent.name for path in (ROOT / "data").glob("*/evaluation.yaml"))


@pytest.fixture(scope="module")
def scored(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """What `score` prints of an evaluation, counted once for all notebooks."""
    home = tmp_path_factory.mktemp("scored")

    @cache
    def results(name: str) -> bytes:
        return vendor_eval("score", data / name, *OPTIONS, cwd=home).stdout.encode()

    return results


def pairs() -> list[Any]:
    """Every notebook with every evaluation; `make test` has each notebook and each evaluation."""
    first = ("customer-support", "vendor_selection")
    return [
        pytest.param(*pair, marks=[] if set(pair) & set(first) else [pytest.mark.more])
        for pair in product(FOLDERS, NOTEBOOKS)
    ]


@pytest.mark.parametrize(("name", "notebook"), pairs())
def test_every_notebook_runs_headless_on_every_evaluation(
    name: str, notebook: str, data: Path, tmp_path: Path, scored: Callable[[str], bytes]
) -> None:
    run = ("run", data / name, "--notebook", notebook, "--out", tmp_path / "out", *OPTIONS)
    done = vendor_eval(*run, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    written = sorted(path.relative_to(tmp_path / "out").as_posix() for path in files)
    assert [name for name in written if not name.startswith("clarifications/")] == FILES
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert sorted([*manifest["outputs"], "manifest.json"]) == written
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert page.count("<h1") == 1
    assert not re.search(
        r"\bnan\b|\bNaN\b|\binf\b", re.sub(r"<script.*?</script>", "", page, flags=re.S)
    )
    assert (tmp_path / "out" / "results.json").read_bytes() == scored(name)


def test_what_is_said_of_the_weights_reaches_the_analysts_notebook(
    data: Path, tmp_path: Path
) -> None:
    said = 'information={"order": ["cost", "expertise"]}'
    run = ("run", data / "customer-support", "--notebook", "robustness", "--out", "out")
    done = vendor_eval(*run, "-p", "draws=500", "-p", said, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    wrong = 'information={"order": ["cots", "expertise"]}'
    refused = vendor_eval(*run[:-1], "other", "-p", wrong, cwd=tmp_path)
    assert refused.returncode == 2
    assert "did you mean 'cost'" in refused.stderr
    assert not (tmp_path / "other").exists()

"""A notebook's parameters: checked by one model, shown by papermill, no matter what was edited."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from make import ROOT
from make.running import invoked
from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.lab.contents import place_of
from vendor_eval.lab.opening import Parameters, parameters
from vendor_eval.lab.start import laid_out
from vendor_eval.runs import run
from vendor_eval.runs.parameters import notebook_parameters

EVERY = [p for p in sorted((ROOT / "notebooks").glob("*.ipynb")) if p.stem != "start"]
FOLDER = str(ROOT / "data" / "customer-support")
GIVEN = {"folder": FOLDER, "scenario": "", "seed": 0, "draws": 500}


@pytest.mark.parametrize("notebook", EVERY, ids=lambda path: path.stem)
def test_every_parameter_is_one_of_the_model_with_its_default(notebook: Path) -> None:
    declared = notebook_parameters(notebook)
    fields = Parameters.model_fields
    assert {n: p.default for n, p in declared.items()} == {n: fields[n].default for n in declared}
    assert {p.kind for p in declared.values()} <= {str, int, float, bool, list, dict}
    assert {"folder", "scenario", "seed", "draws"} <= set(declared)


@pytest.mark.parametrize("notebook", EVERY[:2], ids=lambda path: path.stem)
def test_papermill_lists_the_parameters_with_their_types(notebook: Path) -> None:
    command = [sys.executable, "-m", "papermill", "--help-notebook", str(notebook)]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Unknown" not in listed.stdout + listed.stderr
    assert 'folder: str (default "")' in listed.stdout
    assert "draws: int (default 200_000)" in listed.stdout


def test_what_is_given_is_what_is_read() -> None:
    given = parameters({**GIVEN, "other": object()})
    assert (given.folder, given.draws, given.volumes) == (FOLDER, 500, "")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"seed": "abc"}, "parameter seed: found 'abc'; allowed: a whole number"),
        ({"seed": True}, "parameter seed: found True; allowed: a whole number"),
        ({"seed": -1}, "parameter seed: found -1; allowed: at least 0"),
        ({"draws": 0}, "parameter draws: found 0; allowed: at least 1"),
        ({"scenario": None}, "parameter scenario: found nothing; allowed: text"),
        ({"folder": ""}, "parameter folder: found nothing; allowed: the path of an evaluation"),
        ({"folder": "s3://a/b"}, "parameter folder: found 's3://a/b'; allowed: the path"),
        ({"In": ["", '# Parameters\nfoldr = "x"\n']}, "did you mean 'folder'?"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(
    wrong: dict[str, Any], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    with pytest.raises(InputFaults) as refused:
        parameters({**GIVEN, **wrong})
    assert sentence in str(refused.value)


def test_all_wrong_parameters_are_named_at_once() -> None:
    with pytest.raises(InputFaults) as refused:
        parameters({**GIVEN, "seed": "abc", "draws": 0, "In": ["# Parameters\nsed = 1"]})
    assert len(refused.value.faults) == 3


def test_what_an_earlier_folder_left_is_gone_before_anything_is_checked() -> None:
    namespace = {**GIVEN, "seed": "abc", "tender": object(), "result": object()}
    with pytest.raises(InputFaults):
        parameters(namespace)
    assert {"tender", "result"} & set(namespace) == set()


def test_in_jupyterlab_the_last_evaluation_opened_is_read_where_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "lab/intake.ipynb")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / ".kept"))
    for name in ("a", "b"):
        (tmp_path / "data" / name).mkdir(parents=True)
        (tmp_path / "data" / name / "evaluation.yaml").write_text("title: T\n", "utf-8")
    (tmp_path / "lab").mkdir()
    (tmp_path / "lab" / "start.ipynb").write_text("{}", "utf-8")
    monkeypatch.chdir(tmp_path / "lab")
    assert place_of(Path.cwd()) == tmp_path
    assert parameters({**GIVEN, "folder": ""}).folder == "../data/a"
    parameters({**GIVEN, "folder": "../data/b"})
    assert parameters({**GIVEN, "folder": ""}).folder == "../data/b"


def test_in_jupyterlab_without_any_evaluation_the_way_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JPY_SESSION_NAME", "lab/intake.ipynb")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(VendorEvalError, match="vendor-eval new FOLDER"):
        parameters({**GIVEN, "folder": ""})


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[Path], Path]:
    """Changes a notebook's defaults, as somebody does who tries something."""

    def edit(path: Path) -> Path:
        text = path.read_text("utf-8")
        changed = text.replace("200_000", "1_000").replace("seed: int = 0", "seed: int = 7")
        assert changed != text
        path.write_text(changed, "utf-8")
        return path

    return edit


def test_a_headless_run_reads_nothing_that_somebody_edited(
    edited: Callable[[Path], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    data = Path(shutil.copytree(ROOT / "data" / "california-two-envelope", tmp_path / "data" / "c"))
    laid_out(tmp_path)
    edited(tmp_path / "lab" / "vendor_selection.ipynb")
    edited(tmp_path / "lab" / "data" / "c" / "vendor_selection.ipynb")
    # and even where the suite's own file was edited, its parameters are the package's
    own = Path(shutil.copytree(ROOT / "notebooks", tmp_path / "own"))
    edited(own / "vendor_selection.ipynb")
    monkeypatch.setattr("vendor_eval.lab.contents._NOTEBOOKS", (own,))
    monkeypatch.chdir(tmp_path / "lab")
    report = run(data, out=tmp_path / "out", notebook="vendor_selection", parameters={})
    scored = invoked("score", data, cwd=tmp_path).stdout.encode()
    assert (report.parent / "results.json").read_bytes() == scored
    assert json.loads((report.parent / "manifest.json").read_bytes())["parameters"]["seed"] == 0

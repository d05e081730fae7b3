"""The start page: every notebook with what it is for, every evaluation with its state."""

import json
import shutil
from pathlib import Path

import pytest

from vendor_eval.lab.contents import evaluations, notebooks
from vendor_eval.lab.start import start_page, written
from vendor_eval.outputs.stages.order import advice


@pytest.fixture
def desk(root: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with the notebooks and an evaluation."""
    shutil.copytree(root / "notebooks", tmp_path / "notebooks")
    shutil.copytree(data / "customer-support", tmp_path / "data" / "customer-support")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_notebook_is_listed_with_its_first_sentence(root: Path) -> None:
    listed = {n.path: n for n in notebooks(root / "notebooks")}
    assert sorted(listed) == sorted(path.name for path in (root / "notebooks").glob("*.ipynb"))
    selection = listed["vendor_selection.ipynb"]
    assert selection.title == "Vendor selection"
    assert selection.purpose.startswith("Weighs the proposals in an evaluation folder")


def test_what_is_no_notebook_of_ours_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{", "utf-8")
    (tmp_path / "empty.ipynb").write_text('{"cells": []}', "utf-8")
    (tmp_path / "other.ipynb").write_text('{"cells": [{"source": ["just text"]}]}', "utf-8")
    assert notebooks(tmp_path) == ()


def test_evaluations_are_found_with_their_state_and_hidden_folders_left_alone(desk: Path) -> None:
    for name in ("data/faulty", ".hidden/kept", "one/two/three"):
        (desk / name).mkdir(parents=True)
        (desk / name / "evaluation.yaml").write_text("title: T\n", "utf-8")
    folders = {each.path: each for each in evaluations(desk)}
    assert sorted(folders) == ["data/customer-support", "data/faulty"]
    assert folders["data/customer-support"].title == "Customer support EMEA 2027-2029"
    assert folders["data/customer-support"].lines == tuple(
        line.replace(str(desk / "data"), "data")
        for line in advice(desk / "data" / "customer-support").lines
    )
    stage = "Stage: questions open. Rules not sealed; 6 vendors: "
    assert folders["data/customer-support"].lines[0].startswith(stage)
    assert folders["data/faulty"].title == "faulty"
    assert folders["data/faulty"].lines[-2].endswith("by: vendor-eval check data/faulty")


def test_the_page_shows_everything_before_it_is_run(desk: Path) -> None:
    page = written(desk)
    assert page == desk / "start.ipynb"
    cells = json.loads(page.read_text("utf-8"))["cells"]
    shown = cells[-1]["outputs"][0]["data"]["text/html"]
    assert shown == start_page(".")._repr_html_()
    assert '<a href="notebooks/vendor_selection.ipynb">Vendor selection</a>' in shown
    assert "".join(cells[1]["source"]) == 'place: str = "."'
    assert written(desk) == page


def test_an_older_copy_of_the_notebooks_opens_on_the_selection(desk: Path) -> None:
    (desk / "notebooks" / "start.ipynb").unlink()
    assert written(desk) == desk / "notebooks" / "vendor_selection.ipynb"


def test_titles_are_escaped(desk: Path) -> None:
    rules = desk / "data" / "customer-support" / "evaluation.yaml"
    rules.write_text(rules.read_text("utf-8").replace("title: C", "title: <b>C"), "utf-8")
    assert "&lt;b&gt;Customer support" in start_page(desk).markup


def test_somebodys_own_notebook_of_that_name_is_left_alone(desk: Path) -> None:
    own = '{"cells": [{"cell_type": "markdown", "source": ["# Mine"]}]}'
    (desk / "start.ipynb").write_text(own, "utf-8")
    assert written(desk) == desk / "notebooks" / "start.ipynb"
    assert (desk / "start.ipynb").read_text("utf-8") == own

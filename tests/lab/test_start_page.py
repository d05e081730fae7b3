"""The start page: every notebook with what it is for, every evaluation with its state."""

import json
import re
import shutil
from pathlib import Path

import pytest

from vendor_eval.errors import VendorEvalError
from vendor_eval.lab.contents import evaluations, notebooks
from vendor_eval.lab.recent import recent_first, remember
from vendor_eval.lab.start import laid_out, start_page
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


def cells(path: Path) -> list[dict]:
    """The cells of a notebook."""
    return json.loads(path.read_text("utf-8"))["cells"]


def test_the_page_shows_everything_before_it_is_run(desk: Path) -> None:
    page = laid_out(desk)
    assert page == desk / "lab" / "start.ipynb"
    shown = cells(page)[-1]["outputs"][0]["data"]["text/html"]
    own = "data/customer-support/vendor_selection.ipynb"
    assert f'<a href="{own}"><b>Customer support EMEA 2027-2029</b></a>' in shown
    assert '<a href="data/customer-support/intake.ipynb">Intake</a>' in shown
    assert '<a href="vendor_selection.ipynb">Vendor selection</a>' in shown
    links = re.findall(r'href="([^"]+)"', shown)
    assert [link for link in links if not (page.parent / link).is_file()] == []
    assert laid_out(desk) == page


def test_run_again_the_page_links_from_where_it_is(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = laid_out(desk)
    monkeypatch.chdir(desk / "lab")
    assert cells(page)[-1]["outputs"][0]["data"]["text/html"] == start_page("..")._repr_html_()


def test_the_notebooks_stand_in_the_order_of_the_work(desk: Path) -> None:
    listed = [one.path for one in notebooks(desk / "notebooks")]
    work = ["weights.ipynb", "intake.ipynb", "total_cost.ipynb", "vendor_selection.ipynb"]
    assert [path for path in listed if path in work] == work


def test_each_evaluation_has_copies_about_it_and_git_ignores_them(desk: Path) -> None:
    laid_out(desk)
    own = desk / "lab" / "data" / "customer-support"
    parameters = "".join(cells(own / "intake.ipynb")[1]["source"])
    [folder] = re.findall(r'folder: str = "(.*)"', parameters)
    assert (own / folder).resolve() == desk / "data" / "customer-support"
    assert 'folder: str = ""' in "".join(cells(desk / "lab" / "intake.ipynb")[1]["source"])
    assert (desk / "lab" / ".gitignore").read_text("utf-8") == "*\n"


def test_a_copy_stays_as_it_was_left_and_one_of_an_older_notebook_is_kept(desk: Path) -> None:
    laid_out(desk)
    copy = desk / "lab" / "intake.ipynb"
    edited = copy.read_text("utf-8").replace("200_000", "500")
    copy.write_text(edited, "utf-8")
    laid_out(desk)
    assert copy.read_text("utf-8") == edited
    older = edited.replace('"made_from": "', '"made_from": "0')
    copy.write_text(older, "utf-8")
    laid_out(desk)
    assert "200_000" in copy.read_text("utf-8")
    assert copy.with_stem("intake-earlier").read_text("utf-8") == older


def test_a_place_where_nothing_can_be_written_says_the_way_out(desk: Path) -> None:
    (desk / "lab").write_text("", "utf-8")
    with pytest.raises(VendorEvalError, match="vendor-eval lab FOLDER"):
        laid_out(desk)


def test_titles_are_escaped(desk: Path) -> None:
    rules = desk / "data" / "customer-support" / "evaluation.yaml"
    rules.write_text(rules.read_text("utf-8").replace("title: C", "title: <b>C"), "utf-8")
    assert "&lt;b&gt;Customer support" in start_page(desk).markup


def test_the_last_one_opened_stands_first(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(desk / ".kept"))
    folders = [desk / "data" / name for name in "abc"]
    assert recent_first(folders) == folders
    remember(folders[1])
    remember(folders[2])
    assert recent_first(folders) == [folders[2], folders[1], folders[0]]
    (desk / ".kept" / "vendor-eval" / "recent.json").write_text("{", "utf-8")
    assert recent_first(folders) == folders

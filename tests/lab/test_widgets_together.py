"""Two explorers in one notebook, linked in Python; saved, and there again without a kernel."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator, Page

from make import jupyter
from make.explorer_page import Explorer

BEGIN = """import ipywidgets, traitlets
import vendor_eval as ve
from vendor_eval.lab.explorer import Explorer
result = ve.read("data/customer-support").evaluate(draws=2_000)
one, two = (Explorer(result, "data/customer-support") for _ in range(2))
traitlets.link((one, "weights"), (two, "weights"))"""
SAID = "ipywidgets.interact(lambda explored: explored['ranking'][0] + ' is ahead', explored=one)"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Iterator[jupyter.Lab]:
    """JupyterLab with a notebook that somebody wrote."""
    home = tmp_path_factory.mktemp("together")
    shutil.copytree(data / "customer-support", home / "data" / "customer-support")
    cells = [new_code_cell(source) for source in (BEGIN, SAID, "two")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, home / "two.ipynb")
    with jupyter.started(home) as lab:
        yield lab


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 1366, "height": 768})


@pytest.fixture(scope="module")
def notebook(page: Page, lab: jupyter.Lab) -> Locator:
    notebook = jupyter.opened(page, lab, "two.ipynb")
    jupyter.ran(page, notebook)
    notebook.locator(".vx").first.wait_for()
    return notebook


@pytest.mark.more
def test_a_move_in_one_moves_the_linked_one_and_what_interacts_with_it(notebook: Locator) -> None:
    one, two = (Explorer(notebook.locator(".vx").nth(n)) for n in range(2))
    notebook.get_by_text("Aurora Service is ahead").wait_for()
    one.weight("Data security").fill("60")
    notebook.get_by_text("Borealis Contact is ahead").wait_for()
    two.root.locator(".vx-badge", has_text="Explored").wait_for()
    assert two.weight("Data security").input_value() == "60"
    assert one.ranking() == two.ranking()
    two.unfolded().root.get_by_label("Borealis Contact", exact=True).uncheck()
    assert len(two.ranking()) == len(one.ranking()) - 1


@pytest.mark.more
def test_it_is_saved_with_the_notebook_and_there_again_without_a_kernel(
    notebook: Locator, page: Page, lab: jupyter.Lab
) -> None:
    one = Explorer(notebook.locator(".vx").first)
    one.weight("Data security").fill("70")
    one.settled()
    before = one.ranking()
    page.keyboard.press("Control+s")
    page.locator(".jp-DirListing, .jp-NotebookPanel").first.wait_for()
    notebook.page.locator(".lm-TabBar-tab.lm-mod-current:not(.jp-mod-dirty)").first.wait_for()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-item[data-command='kernelmenu:shutdown']").click()
    page.goto(lab.url("lab/tree/two.ipynb"))
    again = Explorer(page.locator(".jp-NotebookPanel:visible .vx").first)
    again.root.wait_for()
    assert again.ranking() == before
    assert again.weight("Data security").input_value() == "70"
    again.root.locator(".vx-alone").wait_for()
    assert not again.unfolded().root.get_by_role("button", name="Save").is_enabled()

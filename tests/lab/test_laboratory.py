"""JupyterLab, really: the start page, the explorer's every control, a scenario saved and found."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from make import axe, jupyter
from make.explorer_page import Explorer, rerun_share
from vendor_eval.rules.seal import seal_json, sealed
from vendor_eval.tender.folder import read, read_rules

SELECTION = "lab/data/customer-support/vendor_selection.ipynb"
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A working directory with one sealed evaluation, as a buyer has it."""
    home = tmp_path_factory.mktemp("home")
    folder = home / "data" / "customer-support"
    shutil.copytree(data / "customer-support", folder)
    fresh = sealed(read_rules(folder), on=date(2026, 11, 3))
    (folder / "seal.json").write_bytes(seal_json(fresh))
    return home


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[jupyter.Lab]:
    """JupyterLab in that directory."""
    with jupyter.started(home) as lab:
        yield lab


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Page:
    """A page of a browser."""
    return chromium.new_page(viewport=LAPTOP)


@pytest.fixture(scope="module")
def notebook(page: Page, lab: jupyter.Lab) -> Locator:
    """The selection notebook, open."""
    return jupyter.opened(page, lab, SELECTION)


@pytest.fixture(scope="module")
def explorer(page: Page, notebook: Locator) -> Explorer:
    """Its explorer, every cell run."""
    return Explorer(jupyter.run_all(page, notebook))


def test_it_opens_on_the_start_page_which_needs_no_running(page: Page, lab: jupyter.Lab) -> None:
    page.goto(lab.url())
    shown = page.locator(".jp-NotebookPanel:visible .jp-OutputArea")
    shown.get_by_text("Customer support EMEA 2027-2029").wait_for()
    assert shown.get_by_text("Rules sealed 3 Nov 2026; 6 vendors: ").is_visible()
    # JupyterLab makes a link its own a moment after showing it
    shown.locator("a[href^='http']", has_text="Customer support EMEA 2027-2029").click()
    opened = page.locator(".jp-NotebookPanel:visible .jp-MarkdownOutput h1")
    opened.filter(has_text="Vendor selection").wait_for()


def test_after_all_cells_have_run_the_recommendation_is_in_view(
    explorer: Explorer, page: Page, notebook: Locator
) -> None:
    headline = notebook.locator(".ve-first h1")
    page.wait_for_function(
        "top => { const at = top.getBoundingClientRect().top; return at > 0 && at < 500 }",
        arg=headline.element_handle(),
    )


def test_controls_and_ranking_fit_one_laptop_screen_and_the_bar_stays_in_sight(
    explorer: Explorer, notebook: Locator
) -> None:
    root, scroller = explorer.root, notebook.locator(".jp-WindowedPanel-outer")
    root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    screen = scroller.bounding_box()
    bottom = screen["y"] + screen["height"]
    for part in (".vx-controls", ".vx-ranking"):
        box = root.locator(part).bounding_box()
        assert box["y"] + box["height"] <= bottom, part
    scroller.evaluate("scroller => scroller.scrollBy(0, 400)")
    bar = root.locator(".vx-now").bounding_box()
    assert abs(bar["y"] - screen["y"]) < 2


@pytest.mark.more
def test_keys_undo_and_redo_its_moves_and_touch_no_cell(
    explorer: Explorer, page: Page, notebook: Locator
) -> None:
    explorer.reset()
    typed = notebook.locator(".cm-content").all_inner_texts()
    first = notebook.locator(".jp-CodeCell .cm-content").first
    first.click()  # the cell that the browser itself would undo in
    page.keyboard.type("#")
    page.keyboard.press("Backspace")
    slider = explorer.weight("Data security")
    slider.focus()
    slider.fill("60")
    explorer.settled()
    for keys, percent in (("z", "20"), ("Shift+z", "60"), ("z", "20"), ("z", "20"), ("z", "20")):
        page.keyboard.press(f"Control+{keys}")
        expect(slider).to_have_value(percent)
    assert notebook.locator(".cm-content").all_inner_texts() == typed


def test_every_control_moves_the_ranking(explorer: Explorer, home: Path) -> None:
    explorer.try_every_control(read(home / "data" / "customer-support"))


@pytest.mark.more
def test_arrow_keys_move_the_slider_and_not_the_notebook(explorer: Explorer, page: Page) -> None:
    explorer.reset()
    slider = explorer.weight("Expertise")
    slider.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    assert slider.input_value() == "31"
    assert slider.evaluate("slider => slider === document.activeElement")


@pytest.mark.more
def test_letters_typed_into_the_explorer_do_nothing_to_the_notebook(
    explorer: Explorer, page: Page, notebook: Locator
) -> None:
    cells = notebook.locator(".jp-Cell").count()
    name = explorer.unfolded().root.get_by_label("Name of the scenario")
    name.click()
    page.keyboard.type("abddx")
    assert name.input_value() == "abddx"
    assert notebook.locator(".jp-Cell").count() == cells
    name.fill("")


@pytest.mark.more
def test_after_a_burst_of_moves_python_answers_the_last(explorer: Explorer, home: Path) -> None:
    explorer.reset()
    slider = explorer.weight("Data security")
    for percent in [*range(20, 60), 35]:
        slider.fill(str(percent))
    case = read(home / "data" / "customer-support")
    share = rerun_share(case, {"security": 0.35})
    explorer.root.get_by_text(f"its closest rival, in {share} of 100").wait_for()


@pytest.mark.more
def test_no_serious_accessibility_violation_in_jupyterlab(explorer: Explorer, page: Page) -> None:
    explorer.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
    assert axe.contrasts(page, within=".vx") > 20
    assert axe.serious(page, within=".vx") == []


@pytest.mark.more
def test_a_method_that_only_python_knows_is_told_beside_the_ranking(explorer: Explorer) -> None:
    explorer.reset()
    explorer.unfolded().root.get_by_label("A second opinion").select_option("topsis")
    explorer.root.locator("li", has_text="Borealis Contact").get_by_text("by topsis").wait_for()


def test_a_scenario_is_saved_sealed_rules_stay_whole_and_the_next_run_finds_it(
    explorer: Explorer, page: Page, notebook: Locator, home: Path
) -> None:
    rules = home / "data" / "customer-support" / "evaluation.yaml"
    before = rules.read_text("utf-8")
    explorer.reset()
    assert "weights of the rules" in explorer.saved("secure")
    explorer.weight("Data security").fill("40")
    assert "already" in explorer.saved("cost_first")
    assert "allowed: small letters" in explorer.saved("Cost First")
    assert rules.read_text("utf-8") == before
    assert "added after sealing" in explorer.saved("secure")
    added = [line for line in rules.read_text("utf-8").splitlines() if line not in before]
    assert len(added) == 1
    ranking = explorer.ranking()
    again = Explorer(jupyter.restart_and_run_all(page, notebook))
    assert again.label() == "The sealed rules"
    again.root.get_by_label("Start from").select_option(label="secure (added after sealing)")
    assert again.label() == "Explored: secure"
    assert again.ranking() == ranking


@pytest.mark.more
def test_a_restarted_kernel_is_said_and_what_needs_it_waits(explorer: Explorer, page: Page) -> None:
    again = Explorer(page.locator(".jp-NotebookPanel:visible .vx").first).unfolded()
    alone, save = again.root.locator(".vx-alone"), again.root.get_by_role("button", name="Save")
    save.and_(page.locator(":enabled")).wait_for()
    assert not alone.is_visible()
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.locator(".lm-Menu-item[data-command='kernelmenu:restart']").click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    alone.wait_for()
    assert "was restarted" in alone.inner_text()
    assert not save.is_enabled()
    assert not again.root.get_by_label("A second opinion").is_enabled()
    again.weight("Expertise").fill("50")
    assert again.label() == "Explored"

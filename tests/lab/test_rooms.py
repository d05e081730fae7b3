"""The other notebooks in JupyterLab, whole: on real prices in dollars, and with a fault."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from make import axe, jupyter
from make.jupyter import THEMES

HOSTILE = r"$\href{https://evil.example}{Best}$ and $x^2$"
"""A vendor's name that JupyterLab would typeset, and make a link of."""
CASES = ("gsa-help-desk", "customer-support")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, data: Path) -> Path:
    """A working directory with two evaluations, one vendor's name hostile, and a faulty one."""
    home = tmp_path_factory.mktemp("rooms")
    for name in CASES:
        shutil.copytree(data / name, home / "data" / name)
    bids = home / "data" / "gsa-help-desk" / "proposals.csv"
    lines = bids.read_text("utf-8").splitlines(keepends=True)
    lines[3] = f'"{HOSTILE}",' + lines[3].partition(",")[2]
    bids.write_text("".join(lines), "utf-8")
    faulty = shutil.copytree(data / "gsa-help-desk", home / "data" / "faulty")
    rules = (faulty / "evaluation.yaml").read_text("utf-8")
    (faulty / "evaluation.yaml").write_text(rules.replace("weight: ", "weight: x", 1), "utf-8")
    return home


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[jupyter.Lab]:
    with jupyter.started(home) as lab:
        yield lab


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    yield page
    page.close()


def ran(page: Page, lab: jupyter.Lab, name: str, notebook: str) -> Locator:
    """A notebook about an evaluation, run whole."""
    opened = jupyter.opened(page, lab, f"lab/data/{name}/{notebook}.ipynb")
    return jupyter.ran(page, opened)


def faults(notebook: Locator) -> list[str]:
    """What stands under the cells that failed."""
    kinds = [f"[data-mime-type='application/vnd.jupyter.{kind}']" for kind in ("error", "stderr")]
    return notebook.locator(", ".join(kinds)).all_inner_texts()


@pytest.mark.more
def test_amounts_are_no_mathematics_and_no_vendors_text_is_a_link(
    page: Page, lab: jupyter.Lab
) -> None:
    notebook = ran(page, lab, "gsa-help-desk", "vendor_selection")
    assert faults(notebook) == []
    assert "$42.33 to $45.64" in notebook.locator(".ve-first").inner_text()
    assert notebook.get_by_text(HOSTILE).count() > 0
    assert notebook.locator("mjx-container, a[href*=evil]").count() == 0


@pytest.mark.more
@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("room", ["intake", "robustness", "weights", "total_cost"])
def test_every_notebook_runs_whole(name: str, room: str, page: Page, lab: jupyter.Lab) -> None:
    notebook = ran(page, lab, name, room)
    assert faults(notebook) == []
    assert notebook.locator(".ve").count() > 3
    assert notebook.locator("mjx-container, a[href*=evil]").count() == 0
    notebook.get_by_role("button", name="Write report").wait_for()


@pytest.mark.more
@pytest.mark.parametrize("room", ["intake", "robustness", "weights"])
def test_a_fault_is_said_in_its_line_and_nothing_stands_under_it(
    room: str, page: Page, lab: jupyter.Lab
) -> None:
    notebook = ran(page, lab, "faulty", room)
    [fault] = faults(notebook)
    assert "evaluation.yaml:" in fault
    assert "Traceback" not in fault
    assert notebook.locator(".ve:visible, .vx, .js-plotly-plot").count() == 0


@pytest.mark.more
def test_a_report_is_written_on_request_and_linked(
    page: Page, lab: jupyter.Lab, home: Path
) -> None:
    notebook = ran(page, lab, "gsa-help-desk", "intake")
    assert not (home / "reports").exists()
    notebook.get_by_role("button", name="Write report").click()
    link = notebook.locator("a[href*='report.html']")
    link.wait_for()
    assert (home / link.inner_text()).is_file()


@pytest.mark.more
@pytest.mark.parametrize("theme", THEMES)
def test_everything_is_readable_in_each_theme(
    theme: str, page: Page, lab: jupyter.Lab, home: Path
) -> None:
    jupyter.themed(home, theme)
    notebook = ran(page, lab, "customer-support", "vendor_selection")
    assert page.evaluate("document.body.dataset.jpThemeName") == theme
    page.set_viewport_size({"width": 1366, "height": 12_000})
    page.evaluate("document.body.style.height = '12000px'")
    notebook.locator(".jp-WindowedPanel-outer").evaluate("outer => (outer.scrollTop = 0)")
    notebook.locator(".jp-OutputArea-output :is(.ve, .vx)").evaluate_all(
        "all => all.forEach((one) => one.setAttribute('data-part', ''))"
    )
    assert axe.contrasts(page, within="[data-part]") > 300
    assert axe.serious(page, within="[data-part]") == []
    ink = page.evaluate("getComputedStyle(document.querySelector('.ve-first h1')).color")
    names = notebook.locator(".js-plotly-plot .ytick text")
    names.first.wait_for()
    assert {one.evaluate("text => getComputedStyle(text).fill") for one in names.all()} == {ink}

"""Takes the pictures of a report and its explorer for the documentation: phone, laptop and print.

`make pictures` runs a report and calls this with its path; the browser is the tests' own. With
`--lab` it also opens JupyterLab for the explorer there.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from make import jupyter
from make.browser import browser

SIZES = {"phone": (360, 640), "laptop": (1280, 800)}
A4 = {"width": 794, "height": 1123}  # CSS pixels
ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
MOVED = "Data security"


def main() -> None:
    """Writes `docs/images/report-*.png` and `explorer-*.png`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("report", type=Path, help="the report of data/customer-support")
    parser.add_argument("--lab", action="store_true", help="JupyterLab too")
    options = parser.parse_args()
    IMAGES.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        for name, (width, height) in SIZES.items():
            page = opened(running, options.report, width, height)
            page.screenshot(path=IMAGES / f"report-{name}.png")
            explored(page, name)
        printed(running, options.report)
        if options.lab:
            in_jupyterlab(running)


def opened(running: Browser, report: Path, width: int, height: int) -> Page:
    """The report on a screen of this size, its figures drawn."""
    page = running.new_page(viewport={"width": width, "height": height})
    page.goto(report.resolve().as_uri())
    page.wait_for_selector("html[data-drawn]", state="attached")
    return page


def explored(page: Page, name: str) -> None:
    """Takes the explorer with a weight moved, from its top and, on a phone, from its ranking."""
    page.get_by_label(f"Weight of {MOVED}", exact=True).fill("40")
    for part, selector in (("", ".explorer"), ("-ranking", ".vx-results")):
        above = 60 if part else 8  # what stays in sight at the top covers what is beneath it
        place = page.locator(selector)
        up = f"place => scrollTo(0, scrollY + place.getBoundingClientRect().top - {above})"
        place.evaluate(up)
        page.wait_for_timeout(300)
        if not part or name == "phone":
            page.screenshot(path=IMAGES / f"explorer{part}-{name}.png")


def printed(running: Browser, report: Path) -> None:
    """Takes the first sheet as a greyscale printer would print it, and where no explorer is."""
    page = opened(running, report, A4["width"], A4["height"])
    page.emulate_media(media="print")
    page.add_style_tag(content="html{filter:grayscale(1)} body{padding:15mm}")
    page.wait_for_timeout(500)  # the charts are told the paper's width and redrawn
    page.screenshot(path=IMAGES / "report-print.png")
    page.get_by_role("heading", name="What would change it").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, innerHeight - 150)")
    page.screenshot(path=IMAGES / "explorer-print.png")


def in_jupyterlab(running: Browser) -> None:
    """Takes the start page and the explorer in JupyterLab."""
    with tempfile.TemporaryDirectory() as home:
        shutil.copytree(ROOT / "data", Path(home) / "data")
        with jupyter.started(Path(home)) as lab:
            page = running.new_page(viewport={"width": 1280, "height": 800})
            page.goto(lab.url())
            page.get_by_text("Customer support EMEA").wait_for()
            page.screenshot(path=IMAGES / "start-page.png")
            notebook = jupyter.opened(page, lab, "lab/data/customer-support/vendor_selection.ipynb")
            explorer = jupyter.run_all(page, notebook)
            explorer.get_by_label(f"Weight of {MOVED}", exact=True).fill("40")
            explorer.get_by_text("is first in about").wait_for(state="detached")
            page.screenshot(path=IMAGES / "explorer-jupyterlab.png")


if __name__ == "__main__":
    main()

"""The report on paper: the board page alone, or everything, with nothing clipped."""

import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from make.visits import DESK, PHONE, visited

PAPER = {"width": 680, "height": 1009}  # A4 at 96 dots an inch, less 15 mm on every side
ON_PAPER = """(width) => [...document.querySelectorAll("figure .main-svg")].every(
  (drawing) => Math.abs(drawing.getBoundingClientRect().width - width) < 2
)"""
CLIPPED = """() => {
  const clipped = [];
  for (const element of document.querySelectorAll("main, main *:not(svg *)")) {
    const { right, left, width } = element.getBoundingClientRect();
    if (width && (right > innerWidth + 1 || left < -1)) clipped.push(element.outerHTML);
  }
  for (const element of document.querySelectorAll("table, main :has(> table), td, th")) {
    const inline = getComputedStyle(element).display == "inline";
    if (!inline && element.scrollWidth > element.clientWidth + 1) clipped.push(element.outerHTML);
  }
  return clipped.map((html) => html.slice(0, 80));
}"""


def test_no_table_and_no_figure_is_clipped_on_paper(chromium: Browser, report: Path) -> None:
    page = visited(chromium, report, PHONE).page
    page.get_by_label("Print everything").check()
    page.emulate_media(media="print")
    page.set_viewport_size(PAPER)
    page.wait_for_function(ON_PAPER, arg=PAPER["width"])
    assert page.evaluate(CLIPPED) == []
    page.context.close()


def squeezed(text: str) -> str:
    """A text without white space and ligatures: as line breaks and fonts leave it."""
    return re.sub(r"[\s\u00ad\u200b-\u200f]", "", unicodedata.normalize("NFKC", text))


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=["phone", "desk"])
def paper(
    request: pytest.FixtureRequest,
    chromium: Browser,
    report: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, list[str]]:
    """The report printed to A4 by a screen's own print command, and the texts in its tables."""
    page = visited(chromium, report, request.param).page
    page.get_by_label("Print everything").check()
    path = tmp_path_factory.mktemp("paper") / "report.pdf"
    page.pdf(path=path, prefer_css_page_size=True)
    printed = "th, td, caption", "(all) => all.filter((e) => !e.closest('.unprinted')).map(TEXT)"
    text = "(e) => [...e.childNodes].map((n) => n.textContent).join(' ')"
    cells = page.locator(printed[0]).evaluate_all(printed[1].replace("TEXT", text))
    page.context.close()
    return path, [cell for cell in cells if cell.strip()]


SHEETS = 12
"""A4 pages of the annex at most, for the six vendors of the example."""


def test_the_board_page_alone_is_printed_on_one_sheet_unless_everything_is_asked_for(
    chromium: Browser, report: Path, paper: tuple[Path, list[str]], tmp_path: Path
) -> None:
    page = visited(chromium, report, DESK).page
    page.pdf(path=tmp_path / "board.pdf", prefer_css_page_size=True)
    page.context.close()
    [sheet] = PdfReader(tmp_path / "board.pdf").pages
    text = squeezed(sheet.extract_text())
    assert "Confidential" in text
    assert "Signatures" in text
    assert squeezed("Why not the cheapest?") in text
    assert "Contents" not in text
    assert len(PdfReader(paper[0]).pages) <= 1 + SHEETS


def test_a_printed_report_is_a4(paper: tuple[Path, list[str]]) -> None:
    for page in PdfReader(paper[0]).pages:
        assert round(float(page.mediabox.width)) in (595, 596)
        assert round(float(page.mediabox.height)) in (841, 842)


def test_a_printed_report_has_every_cell_of_every_table(paper: tuple[Path, list[str]]) -> None:
    path, cells = paper
    printed = squeezed("".join(page.extract_text() for page in PdfReader(path).pages))
    assert len(cells) > 100
    lost = [cell for cell in cells if squeezed(cell) not in printed]
    # a cell that goes on overleaf has a footer in its middle
    assert [cell for cell in lost if not all(squeezed(w) in printed for w in cell.split())] == []


def test_a_printed_reports_charts_take_the_width_of_the_paper(
    chromium: Browser, report: Path, tmp_path: Path
) -> None:
    page = visited(chromium, report, PHONE).page
    page.get_by_label("Print everything").check()
    page.evaluate("""() => addEventListener("beforeprint", () => {
      const drawings = [...document.querySelectorAll("figure .main-svg")];
      window.printed = drawings.map((drawing) => drawing.getBoundingClientRect().width);
    })""")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    widths = page.evaluate("window.printed")
    assert widths
    assert all(abs(width - PAPER["width"]) < 2 for width in widths)
    page.context.close()

"""The report on paper: the board page alone, or everything, with nothing clipped."""

import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pypdf import PdfReader

from make import examples
from make.builders import assessed
from make.visits import DESK, PHONE, visited
from vendor_eval.report.board import DROPPED, board_html, board_of, fitted
from vendor_eval.report.board_blocks import Block, Board
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.report.sheet import fit
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.tender import Tender

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


@pytest.fixture(
    scope="module",
    params=[pytest.param(PHONE, id="phone", marks=pytest.mark.more), pytest.param(DESK, id="desk")],
)
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


NAME, WORDS = "Kundenbetreuungsdienstleistungsgesellschaft", "international provision of services "
LONG = [
    pytest.param([f"{n} {WORDS * 3}"[:90] for n in range(30)], 12, id="thirty vendors"),
    pytest.param([f"{n}{NAME * 3}"[:90] for n in range(6)], 40, id="unbroken names"),
    pytest.param([f"{n} {NAME} {WORDS}"[:90] for n in range(2)], 1, id="two vendors"),
]


def crowded(names: list[str], criteria: int) -> Board:
    """The board of many criteria, everything that can be long as long as it may be."""
    leaves = [
        {"id": f"c{n}", "label": f"{n} {WORDS * 3}"[:60], "answer": f"c{n}", "weight": n + 1}
        for n in range(criteria)
    ]
    typed = dict.fromkeys(("title", "decision", "notice", "source"), (WORDS * 3)[:99])
    under = Rules.model_validate(
        {"currency": "EUR", "price": "c0", "robustness": {"judgement_error": 0.0}, **typed}
        | {"criteria": tuple({**leaf, "value": "identity"} for leaf in leaves)}
    )
    bids = {
        vendor: {f"c{n}": 90 - (7 * row + 3 * n) % 60 for n in range(criteria)}
        for row, vendor in enumerate(names)
    }
    result = assessed(bids, under, draws=20)
    return board_of(Tender(under, result.evaluation.proposals, None, ()), result)


def sheets(chromium: Browser, report: Path, board: Board) -> int:
    """The sheets of A4 that a board page is printed on."""
    head, _, _ = report.read_text("utf-8").partition('<div id="board">')
    body = first_screen_html(board.first, fit(board)).markup + board_html(board).markup
    page = chromium.new_page()
    page.set_content(f'{head}<div id="board"><div>{body}</div></div></main></body></html>')
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.close()
    return len(printed.pages)


@pytest.mark.parametrize(("names", "criteria"), LONG)
def test_a_board_page_of_long_names_is_one_sheet(
    chromium: Browser, report: Path, names: list[str], criteria: int
) -> None:
    board = crowded(names, criteria)
    assert sheets(chromium, report, board) == 1
    assert len(board.key) <= 6


@examples(quick=2, further=6)
@given(
    widest=st.integers(3, 40),
    lines=st.lists(st.lists(st.integers(1, 40), min_size=1, max_size=12), min_size=7, max_size=7),
    risks=st.integers(1, 4),
)
def test_a_board_page_is_one_sheet_for_words_of_any_length(
    chromium: Browser, report: Path, widest: int, lines: list[list[int]], risks: int
) -> None:
    def text(words: int) -> str:
        return " ".join("abcdefghij"[n % 10] * (1 + (7 * n) % widest) for n in range(words))

    start = crowded(["A", "B"], 6)
    headings = (*DROPPED, "Checks", "Risks", "Next steps")
    blocks = tuple(
        Block(heading, tuple((text(words), "") for words in each), ordered=heading == "Next steps")
        for heading, each in zip(
            headings, [*lines[:4], *(each[:risks] for each in lines[4:])], strict=True
        )
    )
    bars = tuple(replace(bar, vendor=text(4)[:90]) for bar in start.bars)
    assert sheets(chromium, report, fitted(replace(start, bars=bars, right=blocks))) == 1

"""A word without an end wraps: the page is never wider than a phone, nor a cell of a table."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from make import mostly_more
from make.running import invoked
from make.small_folder import RULES
from vendor_eval.report.html import breakable, stylesheet, table

PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}
WORD = "Reinforced" * 30
NAME, LABEL = "W" * 60, "M" * 60
ROOM = 328
"""Pixels between the margins of the page on a phone."""


def widest_cell(page: Page) -> float:
    cells = "[...document.querySelectorAll('.ve th, .ve td')]"
    return page.evaluate(f"Math.max(0, ...{cells}.map(e => e.getBoundingClientRect().width))")


def is_too_wide(page: Page) -> bool:
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    return page.evaluate("document.documentElement.scrollWidth > 360")


BROKEN = """() => {
  const broken = []
  for (const cell of document.querySelectorAll('.ve th, .ve td')) {
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const text = walker.currentNode
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}.,]{2,20}(?![\\p{L}\\p{N}.,])/gu)) {
        if (/[\\p{L}\\p{N}.,]/u.test(text.data[word.index - 1] ?? '')) continue
        const range = document.createRange()
        range.setStart(text, word.index)
        range.setEnd(text, word.index + word[0].length)
        const lines = [...range.getClientRects()].filter(r => r.width).map(r => Math.round(r.top))
        if (new Set(lines).size > 1) broken.push(word[0])
      }
    }
  }
  return broken
}"""
"""The words of 2 to 20 letters that tables show on two lines."""
PAPER: ViewportSize = {"width": 680, "height": 962}
"""A4 without its margins, at 96 dots an inch."""


@pytest.mark.parametrize(("size", "media"), [(PHONE, "screen"), (DESK, "screen"), (PAPER, "print")])
def test_no_table_breaks_an_ordinary_word(
    size: ViewportSize, media: Literal["screen", "print"], report: Path, chromium: Browser
) -> None:
    page = chromium.new_context(viewport=size, offline=True).new_page()
    page.goto(report.as_uri())
    page.locator("#everything").check()
    page.emulate_media(media=media)
    page.add_style_tag(content=".unprinted{display:block!important}")
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert page.evaluate(BROKEN) == []


def test_a_long_word_breaks_first_where_its_parts_end() -> None:
    name = "cygnus_assist_2027.xlsx!Certificates!B6"
    places = "cygnus_<wbr>assist_<wbr>2027.xlsx!<wbr>Certificates!<wbr>B6"
    assert breakable(f"{name} <b>") == f"{places} &lt;b&gt;"
    assert breakable("Pricing!B6") == "Pricing!B6"
    assert breakable("A" * 21) == f'<span class="long">{"A" * 21}</span>'


@pytest.fixture
def phone(chromium: Browser) -> Page:
    return chromium.new_context(viewport=PHONE, offline=True).new_page()


@pytest.mark.parametrize("prose", [True, False])
@pytest.mark.parametrize("columns", [1, 2, 6])
def test_no_cell_is_wider_than_a_phone(phone: Page, prose: bool, columns: int) -> None:
    row = [WORD] * columns
    markup = table(WORD, [NAME] * columns, [row, row], prose=prose).markup
    phone.set_content(f"<style>main{{padding:16px}}{stylesheet()}</style><main>{markup}</main>")
    assert not is_too_wide(phone)
    assert 0 < widest_cell(phone) <= ROOM


@pytest.mark.parametrize(
    "notebook", mostly_more(["vendor_selection", "intake"], "vendor_selection")
)
def test_a_report_of_endless_words_fits_a_phone(tmp_path: Path, phone: Page, notebook: str) -> None:
    folder = tmp_path / "tender"
    (folder / "attachments" / NAME).mkdir(parents=True)
    (folder / "attachments" / NAME / f"{WORD[:200]}.pdf").write_bytes(b"x")
    gate = f"gates:\n  - {{id: g, label: {LABEL}, answer: g, rule: {{equals: '{WORD}'}}}}\n"
    rules = RULES.replace("label: Q", f"label: {LABEL}").replace("title: T", f"title: {'T' * 100}")
    (folder / "evaluation.yaml").write_text(rules + gate, "utf-8")
    rows = [f"{NAME},hi,3,{WORD},{WORD}", f"{NAME[1:]}V,lo,4,{WORD}x,", f"C,{WORD},2,{WORD},x"]
    text = "\n".join([f"vendor,q,cost,g,{WORD}", *rows])
    (folder / "proposals.csv").write_text(text, "utf-8")
    out = tmp_path / "out"
    done = invoked("run", folder, "--notebook", notebook, "--out", out, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    phone.goto((out / "report.html").as_uri())
    assert not is_too_wide(phone)
    assert 0 < widest_cell(phone) <= ROOM

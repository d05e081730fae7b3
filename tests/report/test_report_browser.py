"""The report as people meet it: on a phone, on a desk, on paper, without a network."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from make.drawn import figures, held
from make.running import invoked
from make.visits import DESK, PHONE, Visit, visited

ITEMS = {"decision", "recommendation", "sureness", "value", "reasons", "change", "rivals", "seal"}


SCREENS = (pytest.param(PHONE, id="phone"), pytest.param(DESK, id="desk", marks=pytest.mark.more))


@pytest.fixture(scope="module", params=SCREENS)
def visit(request: pytest.FixtureRequest, chromium: Browser, report: Path) -> Iterator[Visit]:
    """The report opened on a screen."""
    opened = visited(chromium, report, request.param)
    yield opened
    opened.page.context.close()


def test_the_page_complains_of_nothing_and_asks_for_nothing(visit: Visit, report: Path) -> None:
    assert visit.complaints == []
    assert visit.requests == [report.as_uri()]


def test_every_declared_figure_is_drawn(visit: Visit) -> None:
    declared = visit.page.locator("figure").count()
    assert declared > 0
    assert visit.page.locator("html").get_attribute("data-drawn") == str(declared)
    assert visit.page.locator("figure .js-plotly-plot").count() == declared
    for figure in visit.page.locator("figure").all():
        assert figure.locator(".main-svg path, .main-svg text").count() > 2
        assert figure.locator("p.alt").count() == 0


def test_every_figure_shows_the_labels_rows_and_values_that_were_declared(visit: Visit) -> None:
    drawn = figures(visit.page)
    assert len(drawn) == visit.page.locator("figure").count()
    for figure in drawn:
        held(figure)


def test_no_figure_is_wider_than_the_page_and_the_page_is_not_wider_than_the_screen(
    visit: Visit,
) -> None:
    width = visit.page.evaluate("document.documentElement.clientWidth")
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    for drawing in visit.page.locator("figure .main-svg").all():
        box = drawing.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5


def test_there_is_one_first_heading_a_language_and_landmarks_with_names(visit: Visit) -> None:
    page = visit.page
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("main").count() == 1
    for section in page.locator("section").all():
        name = page.locator(f"#{section.get_attribute('aria-labelledby')}").inner_text()
        assert name.strip()


def test_every_figure_has_a_name_for_those_who_do_not_see_it(visit: Visit) -> None:
    session = visit.page.context.new_cdp_session(visit.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    names: dict[str, list[str]] = {"figure": [], "image": []}
    for node in nodes:
        role = node.get("role", {}).get("value")
        if role in names and not node.get("ignored"):
            names[role].append(node.get("name", {}).get("value", ""))
    declared = visit.page.locator("figure").count()
    assert len(names["figure"]) == declared
    assert len(names["image"]) >= declared
    assert all(name.strip() for name in names["figure"] + names["image"])


def test_nothing_on_the_page_sends_anything_away(visit: Visit) -> None:
    page = visit.page
    assert page.locator(".modebar-btn, form, iframe, object, embed").count() == 0
    assert page.locator("[src]:not([src^='data:'])").count() == 0
    assert page.locator("a[href]:not([href^='#'])").count() == 0


def test_no_code_is_shown(visit: Visit) -> None:
    shown = visit.page.inner_text("main")
    assert not re.search(r"\bimport |vendor_eval|figures\.show|case\.|seed = ", shown)


def test_what_must_be_seen_first_is_seen_on_a_phone_without_scrolling(
    chromium: Browser, report: Path
) -> None:
    page = visited(chromium, report, PHONE).page
    seen = set()
    for element in page.locator("[data-item]").all():
        box = element.bounding_box()
        name = element.get_attribute("data-item")
        assert box is not None, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= PHONE["height"], name
        assert box["x"] + box["width"] <= PHONE["width"], name
        assert element.inner_text().strip(), name
        seen.add(name)
    assert seen == ITEMS
    notice = page.get_by_text("Constructed example").first.bounding_box()
    assert notice is not None
    assert notice["y"] + notice["height"] <= PHONE["height"]
    page.context.close()


def as_long_as_may_be(home: Path) -> Path:
    """A folder whose every text is as long as it may be, with all there is to say on a screen."""
    line, label = "international provision of regional ".ljust(99, "x"), "assistance of every "
    names = [f"{n} Customer and Services {'assistance ' * 4}"[:60] for n in range(6)]
    labels = [f"{label}{n} ".ljust(60, "y") for n in range(4)]
    (home / "evaluation.yaml").write_text(
        f"title: {line}T\ndecision: {line}?\nnotice: {line}N\nsource: {line}S\ncurrency: EUR\n"
        "as_of: 2026-11-20\nprice: cost\ngates:\n"
        f"  - {{id: g, label: {labels[0]}, answer: g, rule: {{equals: proof}}}}\n"
        "criteria:\n"
        f"  - {{id: a, label: {labels[1]}, weight: 3, answer: a, value: identity}}\n"
        f"  - {{id: b, label: {labels[2]}, weight: 2, answer: b, value: identity}}\n"
        f"  - {{id: cost, label: {labels[3]}, weight: 4, answer: cost, value: above_lowest}}\n",
        "utf-8",
    )
    bids = [
        "proof,60..70,55,14000000",
        "proof,80,50,15500000",
        ",95,90,13900000",
        ",90,95,13900000",
        "none,50,50,15500000",
        "proof,10,0,9900000",
    ]
    rows = [f"{name},{bid}" for name, bid in zip(names, bids, strict=True)]
    (home / "proposals.csv").write_text("\n".join(["vendor,g,a,b,cost", *rows]) + "\n", "utf-8")
    return home


def test_the_first_screen_fits_a_phone_though_every_text_is_as_long_as_it_may_be(
    chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    run = ("run", as_long_as_may_be(folder), "--out", "out", "-p", "draws=500")
    done = invoked(*run, cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    page = visited(chromium, tmp_path / "out" / "report.html", PHONE).page
    boxes = [element.bounding_box() for element in page.locator("[data-item]").all()]
    assert len(boxes) >= len(ITEMS)
    assert all(box and box["y"] + box["height"] <= PHONE["height"] for box in boxes)
    assert all(box and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    page.context.close()


def test_the_first_screen_and_every_figures_words_are_there_without_a_script(
    chromium: Browser, report: Path
) -> None:
    context = chromium.new_context(viewport=PHONE, offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("h1").is_visible()
    assert page.locator("figure p.alt").count() == page.locator("figure").count() > 0
    for words in page.locator("figure p.alt").all():
        assert words.is_visible()
    context.close()


def test_the_page_is_small(report: Path) -> None:
    page = report.read_text("utf-8")
    library = page.partition('id="plotly">')[2].partition("</script>")[0]
    assert len(page.encode()) - len(library) <= 450_000


def test_the_contents_and_the_board_page_name_sections_that_are_there(visit: Visit) -> None:
    links = visit.page.locator("a").evaluate_all("(all) => all.map((a) => a.hash.slice(1))")
    sections = visit.page.locator("#annex section details > div[id]")
    ids = sections.evaluate_all("(all) => all.map((e) => e.id)")
    assert links
    assert set(links) == set(ids)
    folded = visit.page.locator("#annex section > details:not([open]) > div")
    evidence = folded.evaluate_all("(all) => all.map((e) => e.id)")
    assert {"every-number", "what-was-read"} <= set(evidence)
    assert "why-this-vendor" not in evidence


def test_a_folded_section_opens_where_a_link_leads_to_it(chromium: Browser, report: Path) -> None:
    page = visited(chromium, report, DESK).page
    assert not page.locator("#every-number table").first.is_visible()
    page.get_by_role("link", name="Every number").click()
    assert page.locator("#every-number table").first.is_visible()
    page.context.close()

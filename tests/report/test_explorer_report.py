"""The explorer in the report: alone, offline, by keyboard, on a phone, and not on paper."""

import importlib.resources
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from make import axe
from make.explorer_page import Explorer
from vendor_eval.report.explorer.code import script, stylesheet
from vendor_eval.tender.folder import read

PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}
ZOOMED = {"width": 640, "height": 400}  # a desk at 200 % has half as many CSS pixels


def visited(chromium: Browser, report: Path, viewport: dict[str, int], **options: Any) -> Page:
    """The report opened with the network off; what it complains of fails the test."""
    page = chromium.new_context(viewport=viewport, offline=True, **options).new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("console", lambda message: pytest.fail(message.text))
    page.goto(report.as_uri())
    if options.get("java_script_enabled", True):
        page.wait_for_selector("html[data-drawn]", state="attached")
    return page


SCREENS = [
    pytest.param(DESK, id="desk"),
    pytest.param(PHONE, id="phone", marks=pytest.mark.more),
    pytest.param(ZOOMED, id="zoomed", marks=pytest.mark.more),
]


@pytest.fixture(scope="module", params=SCREENS)
def page(request: pytest.FixtureRequest, chromium: Browser, report: Path) -> Iterator[Page]:
    """The report on a screen."""
    opened = visited(chromium, report, request.param)
    yield opened
    opened.context.close()


@pytest.fixture
def explorer(page: Page) -> Explorer:
    """Its explorer, as the rules have it."""
    on_page = Explorer(page.locator(".explorer"))
    on_page.reset()
    return on_page.unfolded()


def test_every_control_moves_the_ranking_without_a_network(explorer: Explorer, data: Path) -> None:
    explorer.try_every_control(read(data / "customer-support"))


def test_it_tells_what_the_report_tells_until_something_is_moved(
    explorer: Explorer, page: Page, data: Path
) -> None:
    case = read(data / "customer-support")
    share = float(case.evaluate().near_weights.ahead.min())
    share_text = f"closest rival, in {int(100 * share)} of 100 re-runs"
    assert explorer.root.get_by_text(share_text).is_visible()
    explorer.weight("Location").fill("11")
    explorer.painted()
    assert explorer.root.get_by_text("closest rival, in about").is_visible()
    assert "Rules not sealed" in page.locator("header").inner_text()


def test_no_serious_accessibility_violation_in_report_or_explorer(
    explorer: Explorer, page: Page
) -> None:
    assert axe.serious(page) == []
    explorer.weight("English of every agent, at least").fill("90")
    explorer.root.get_by_label("Cygnus Assist", exact=True).uncheck()
    explorer.painted()
    assert axe.serious(page) == []


@pytest.mark.more
def test_no_serious_accessibility_violation_in_the_dark(chromium: Browser, report: Path) -> None:
    page = visited(chromium, report, DESK, color_scheme="dark")
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 31)"
    assert axe.serious(page) == []
    page.context.close()


def test_nothing_of_it_is_wider_than_the_screen(explorer: Explorer, page: Page) -> None:
    opened = "all => all.forEach((one) => (one.open = true))"
    explorer.root.locator("details").evaluate_all(opened)
    explorer.root.locator("button[aria-expanded=false]").evaluate_all(
        "all => all.forEach((one) => one.click())"
    )
    width = page.evaluate("document.documentElement.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "(all, width) => all.filter((e) => e.getBoundingClientRect().right > width + 0.5).length"
    assert explorer.root.locator("*").evaluate_all(wide, width) == 0


def test_it_is_worked_by_keyboard_alone_with_the_focus_in_sight(
    explorer: Explorer, page: Page
) -> None:
    explorer.root.get_by_label("Start from").focus()
    reached = []
    for _ in range(8):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        style = focused.evaluate(
            "e => [getComputedStyle(e).outlineStyle, e.ariaLabel || e.innerText]"
        )
        assert style[0] == "solid"
        reached.append(style[1])
    assert reached[:3] == [
        "Weight of Expertise",
        "Hold the weight of Expertise",
        "within Expertise",
    ]
    explorer.weight("Expertise").focus()
    page.keyboard.press("End")
    assert explorer.weight("Cost structure").get_attribute("aria-valuetext") == "0\u00a0%"
    page.keyboard.press("ArrowLeft")
    shares = [explorer.weight(name).input_value() for name in ("Expertise", "Cost structure")]
    assert shares == ["99", "0"]
    page.keyboard.press("Home")
    # the others are as they were to one another, though all of them had come to nothing
    assert explorer.weight("Cost structure").get_attribute("aria-valuetext") == "42.9\u00a0%"


def test_moves_are_undone_and_done_again_by_keys(explorer: Explorer, page: Page) -> None:
    security = explorer.weight("Data security")
    before = explorer.ranking()
    security.fill("50")
    explorer.settled()
    moved = explorer.ranking()
    page.keyboard.press("Control+z")
    assert (security.input_value(), explorer.ranking()) == ("20", before)
    page.keyboard.press("Control+Shift+z")
    assert (security.input_value(), explorer.ranking()) == ("50", moved)
    explorer.root.get_by_role("button", name="Undo").click()
    assert explorer.ranking() == before
    # a button that is disabled now would hear no keys
    expect(explorer.root.locator("button:enabled:focus")).to_have_count(1)
    page.keyboard.press("Control+y")
    assert explorer.ranking() == moved


MOVED_AND_UNDONE = """slider => {
  slider.value = "50";
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new KeyboardEvent("keydown", { key: "z", ctrlKey: true, bubbles: true }));
}"""


def test_a_move_undone_at_once_is_the_only_one_undone(explorer: Explorer, page: Page) -> None:
    security = explorer.weight("Data security")
    security.fill("40")
    explorer.settled()
    security.evaluate(MOVED_AND_UNDONE)
    explorer.painted()
    assert security.input_value() == "40"
    page.keyboard.press("Control+Shift+z")
    explorer.painted()
    assert security.input_value() == "50"


def test_the_ranking_is_read_out_politely_and_once(explorer: Explorer) -> None:
    aloud = explorer.root.locator("[aria-live=polite]")
    explorer.weight("Data security").fill("90")
    aloud.filter(has_text="Explored: 1 Borealis Contact").wait_for(state="attached")
    assert aloud.count() == 1
    assert re.match(r"Explored: 1 Borealis Contact with \d+\.\d points, 2 ", aloud.inner_text())


def test_locked_weights_leave_the_rest_to_move_and_no_more(explorer: Explorer) -> None:
    for name in ("Cost structure", "Data security"):
        explorer.root.get_by_label(f"Hold the weight of {name}").check()
    explorer.weight("Expertise").fill("100")
    names = ("Expertise", "Cost structure", "Data security", "Location", "Language")
    assert [explorer.weight(name).input_value() for name in names] == ["50", "30", "20", "0", "0"]


def test_with_every_vendor_out_it_says_so(explorer: Explorer) -> None:
    for box in (
        explorer.root.get_by_role("group", name="Vendors taking part").get_by_role("checkbox").all()
    ):
        box.uncheck()
    assert explorer.ranking() == []
    assert explorer.root.get_by_text("Nobody is left to rank.").first.is_visible()


def test_the_rival_and_what_it_would_take_can_be_chosen(explorer: Explorer) -> None:
    terms = explorer.root.locator("dl").inner_text()
    assert re.search(r"Total cost over three years\s+€804,961 less \(€20,888,087 now\)", terms)
    explorer.root.get_by_label("For", exact=True).select_option(label="Cygnus Assist")
    explorer.painted()
    assert explorer.root.get_by_text("No single answer is enough").is_visible()


def test_paper_has_the_static_figures_and_not_the_explorer(chromium: Browser, report: Path) -> None:
    page = visited(chromium, report, DESK)
    page.get_by_label("Print everything").check()
    page.emulate_media(media="print")
    assert not page.locator(".explorer").is_visible()
    assert not page.get_by_role("heading", name="Try other weights").is_visible()
    assert page.locator("figure").first.is_visible()
    page.context.close()


def test_without_javascript_a_sentence_stands_in_its_place(chromium: Browser, report: Path) -> None:
    page = visited(chromium, report, PHONE, java_script_enabled=False)
    assert page.locator(".explorer p").is_visible()
    assert "if JavaScript is on" in page.locator(".explorer p").inner_text()
    page.context.close()


TEXT = re.compile(r"""`(?:[^`\\$]|\\.|\$(?!\{)|\$\{[^`{}]*\})*`|"(?:[^"\\\n]|\\.)*\"""")
COMMENTS = re.compile(r"(?:^|\s)//.*")


def test_code_made_small_keeps_every_text_letter_for_letter() -> None:
    place = importlib.resources.files("vendor_eval.report.explorer")
    sources = {f.name: f.read_text("utf-8") for f in place.iterdir() if f.name.endswith(".js")}
    small = script("report") + script("widget")
    for name, source in sources.items():
        code = COMMENTS.sub("", source)
        texts = TEXT.findall(code)
        imported = set(re.findall(r'from ("[^"]+");', code))
        assert [text for text in texts if text not in small and text not in imported] == []
        # rjsmin loses blanks in a template that stands within another
        assert "`" not in TEXT.sub("", code), name


def test_it_adds_no_more_than_sixty_four_kilobytes(report: Path) -> None:
    page = report.read_text("utf-8")
    [data] = re.findall(r'<div class="explorer".*?</script>', page, flags=re.S)
    added = data + script("report") + stylesheet()
    assert script("report") in page
    assert len(added.encode()) <= 64_000


def test_what_vendors_typed_is_never_markup_in_it(
    chromium: Browser, report: Path, tmp_path: Path
) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    page = report.read_text("utf-8")
    escaped = json.dumps(hostile)[1:-1].replace("<", r"\u003c").replace(">", r"\u003e")
    changed = tmp_path / "report.html"
    changed.write_text(page.replace('"name":"Aurora Service"', f'"name":"{escaped}"'), "utf-8")
    opened = visited(chromium, changed, DESK)
    assert opened.locator(".vx-name", has_text="onerror").is_visible()
    assert opened.locator(".explorer img").count() == 0
    opened.context.close()


def test_in_a_public_procedure_it_does_not_say_what_bids_would_have_to_offer(
    chromium: Browser, report: Path, tmp_path: Path, explorer: Explorer
) -> None:
    asks = "What would it take"
    assert explorer.root.get_by_role("heading", name=asks).is_visible()
    public = tmp_path / "report.html"
    page = report.read_text("utf-8")
    public.write_text(page.replace('"negotiable":true', '"negotiable":false'), "utf-8")
    other = Explorer(visited(chromium, public, DESK).locator(".explorer"))
    other.weight("Location").fill("11")
    other.painted()
    assert other.ranking()
    assert other.root.get_by_role("heading", name=asks).count() == 0
    assert other.root.locator("dl").count() == 0

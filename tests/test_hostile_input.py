"""Names, answers and titles are anybody's: none of them runs, loads, links or poses on the page."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from make import mostly_more
from make.hostile import ALARM, HOSTILE, NAMES
from make.running import invoked

BREAKOUT = f"</td></script><img src=x onerror={ALARM}><b>{{{{7*7}}}}</b>"  # as the leader's name
LEAVES = 8


def rules() -> dict[str, Any]:
    """An evaluation in which every text is hostile."""
    levels = {text: number % 101 for number, text in enumerate(HOSTILE)}
    leaf = {"weight": 1, "answer": "promise", "value": {"levels": levels}}
    branch = [{"id": f"c{i}", "label": HOSTILE[i], **leaf} for i in range(LEAVES)]
    cost = {"linear": {"worst": 300, "best": 0}}
    return {
        "title": f"</title><script>{ALARM}</script>",
        "decision": f"<svg onload={ALARM}>",
        "notice": f"<img src=x onerror={ALARM}>",
        "source": f"[x](javascript:{ALARM})",
        "currency": "EUR",
        "price": "<b>cost</b>",
        "gates": [
            {
                "id": "proof",
                "label": f'" onmouseover="{ALARM}',
                "answer": "<i>proof</i>",
                "rule": {"one_of": [*HOSTILE[::2], BREAKOUT]},
            }
        ],
        "criteria": [
            {"id": "words", "label": BREAKOUT, "weight": 1, "criteria": branch},
            {
                "id": "cost",
                "label": "<a href='https://x.invalid/'>cost</a>",
                "weight": 9,
                "unit": "<u>EUR</u>",
                "answer": "<b>cost</b>",
                "value": cost,
            },
        ],
        "methods": ["topsis"],
    }


def as_yaml(rules: dict[str, Any]) -> str:
    """The same as YAML: JSON, but for its pairs of surrogates, which YAML does not know."""
    pairs = re.compile(r"\\ud[89ab]\w\w\\ud[c-f]\w\w")
    return pairs.sub(lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(rules))


def proposals() -> str:
    """Vendors of hostile names, with every hostile answer, led by one that breaks out of cells."""
    sheet = io.StringIO()
    table = csv.writer(sheet)
    table.writerow(["vendor", "<b>cost</b>", "promise", "<i>proof</i>", "=unread"])
    table.writerow([BREAKOUT, 1, HOSTILE[100], BREAKOUT, "=1+1"])
    for number, text in enumerate(HOSTILE):
        answers = (text, HOSTILE[number - 3], HOSTILE[number - 11])
        name = NAMES[number] if number < len(NAMES) else f"Vendor {number}"
        table.writerow([name, 10 + number, *answers])
    return sheet.getvalue()


@dataclass
class Attack:
    """The page made from hostile input, opened, and what ran on it."""

    page: Page
    alarms: list[str]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the hostile evaluation."""
    home = tmp_path_factory.mktemp("hostile")
    folder = home / "<img src=x onerror=alarm(1)>".replace("/", "")
    folder.mkdir()
    (folder / "evaluation.yaml").write_text(as_yaml(rules()), "utf-8")
    (folder / "proposals.csv").write_text(proposals(), "utf-8")
    done = invoked("run", folder, "--out", "out", "-p", "draws=500", cwd=home)
    assert done.exit_code == 0, done.stderr
    return home / "out" / "report.html"


def watched(chromium: Browser) -> Attack:
    """An empty page that notices whoever runs anything or opens a window or a dialog."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    page = context.new_page()
    attack = Attack(page, [])
    page.expose_function("alarm", lambda text: attack.alarms.append(f"ran: {text}"))
    page.on("popup", lambda popup: attack.alarms.append(f"opened: {popup.url}"))
    page.on("framenavigated", lambda frame: attack.alarms.append(f"went to: {frame.url}"))
    page.on("dialog", lambda dialog: attack.alarms.append(dialog.message) or dialog.dismiss())
    return attack


@pytest.fixture(scope="module")
def attack(chromium: Browser, report: Path) -> Iterator[Attack]:
    """The hostile report, drawn, hovered over and clicked on."""
    attack = watched(chromium)
    attack.page.goto(report.as_uri())
    attack.page.wait_for_selector("html[data-drawn]", state="attached")
    for drawing in attack.page.locator("figure .drawing").all():
        drawing.scroll_into_view_if_needed()
        box = drawing.bounding_box()
        assert box is not None
        for step in range(1, 12):
            attack.page.mouse.move(
                box["x"] + box["width"] * 0.4, box["y"] + box["height"] * step / 12
            )
        attack.page.mouse.click(box["x"] + 20, box["y"] + 20)
    yield attack
    attack.page.context.close()


def test_there_are_two_hundred_hostile_texts() -> None:
    assert len({text.casefold() for text in HOSTILE}) == 200


def test_nothing_hostile_runs(attack: Attack, report: Path) -> None:
    assert attack.alarms == [f"went to: {report.as_uri()}"]


def test_nothing_hostile_becomes_an_element(attack: Attack) -> None:
    page = attack.page
    live = "img, iframe, object, embed, form, input, video, audio, link, base, marquee, dialog, a"
    ours = ".explorer input, #everything, a[href^='#']"  # sliders, boxes, links within the page
    assert page.locator(f"main :is({live}):not({ours})").count() == 0
    assert page.locator("main :is(script:not([type='application/json']), style)").count() == 0
    assert page.locator("svg :is(a, script, image, foreignObject, animate)").count() == 0
    emphasised = page.locator("svg tspan:not(.line)").all_text_contents()
    assert [text for text in emphasised if not re.fullmatch(r"[\d.]+", text)] == []  # our own sums
    links = page.locator("main a").evaluate_all("(all) => all.map((a) => [a.hash, a.textContent])")
    headings = page.locator("#annex section h2").all_text_contents()
    assert {text for _, text in links} <= set(headings)
    assert all(page.locator(target).count() == 1 for target, _ in links)
    # the verdict, the mark, and the scores in the picture of the ranking
    own = page.locator(".sure > b, .confidential, .bars > div > b").count()
    assert page.locator("main b:not(.explorer *)").count() == own
    ours = "[class], .vx-bar > i, .vx-track > *"
    assert page.locator(f".explorer :is(i, b):not({ours})").count() == 0
    assert page.locator("h1").count() == 1
    handlers = "[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())"
    assert [name for name in page.evaluate(handlers) if name.startswith("on")] == []
    figures = page.locator("figure").count()
    # packed plotly, ours, unpacked plotly, the explorer and its data
    assert page.locator("script").count() == figures + 5
    drawn = ".key i, .bar i, .ve-decision i"  # colours and boxes, without words
    marks = f"u, em, sub, sup, br, code, strong, del, math, i:not(.explorer *, {drawn})"
    assert page.locator(f"main :is({marks})").count() == 0
    assert set(page.locator(drawn).all_text_contents()) == {""}


def words(text: str) -> str:
    """A text as it is read (NFC), each run of white space as one space."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def test_every_hostile_name_stands_on_the_page_as_it_was_typed(attack: Attack) -> None:
    cells = attack.page.evaluate(
        "[...document.querySelectorAll('th, td')].map((cell) => cell.textContent)"
    )
    shown = {words(cell) for cell in cells}
    assert [name for name in HOSTILE if words(name) not in shown] == []
    assert BREAKOUT in attack.page.locator("h1").inner_text()
    assert attack.page.title().startswith("</title><script>")


def test_pictures_show_markup_as_text(attack: Attack) -> None:
    labels = attack.page.locator("svg text").all_text_contents()
    assert any("</td></script>" in label for label in labels)


# a picture that fails, like those of the texts, but after them: errors are told in their order
SETTLED = """() => new Promise((done) => {
  const last = new Image();
  last.onerror = () => requestAnimationFrame(() => setTimeout(done, 0));
  last.src = "x";
})"""


def alarms(chromium: Browser, head: str) -> set[str]:
    """What runs of the hostile texts when each stands unescaped on a page with this head."""
    attack = watched(chromium)
    for text in HOSTILE:
        attack.page.set_content(f"{head}<main>{text}</main></body></html>")
        attack.page.evaluate(SETTLED)
    attack.page.context.close()
    return set(attack.alarms)


@pytest.mark.more
def test_even_what_escaping_would_miss_does_not_run(chromium: Browser, report: Path) -> None:
    head = report.read_text("utf-8").partition("<main>")[0]
    unguarded = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", head)
    assert "ran: x" in alarms(chromium, unguarded)  # so these texts are dangerous indeed
    empty = {"went to: about:blank", "went to: about:srcdoc"}  # frames that hold nothing that runs
    assert alarms(chromium, head) <= empty


ODD = ("\u202e", "\u2066", "\x00", "\x1b", "\x7f")


@pytest.mark.parametrize("odd", mostly_more(ODD, "\u202e", "\x00"))
def test_what_would_disguise_a_name_is_refused_in_plain_letters(tmp_path: Path, odd: str) -> None:
    (tmp_path / "evaluation.yaml").write_text(as_yaml(rules()), "utf-8")
    table = proposals().replace("**bold**", f"**bo{odd}ld**", 1)
    (tmp_path / "proposals.csv").write_text(table, "utf-8")
    done = invoked("run", tmp_path, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert odd not in done.stderr
    assert "proposals.csv:" in done.stderr

"""One quantity reads the same wherever it is: report, other notebooks, explorer, results."""

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from make.explorer_page import Explorer
from make.running import vendor_eval
from vendor_eval import wording

OTHERS = ("robustness", "total_cost", "weights")
ITEM = re.compile(r'<(\w+)[^>]*data-item="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)


@dataclass(frozen=True)
class Pages:
    """What four notebooks say of one example, as text, and the results written with them."""

    html: dict[str, str]
    results: dict[str, Any]
    report: Path

    @property
    def text(self) -> dict[str, str]:
        """The pages without their scripts and tags."""
        return {name: plain(page) for name, page in self.html.items()}


def plain(markup: str) -> str:
    """A page's words, cells of a table a bar apart."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", "|", shown)))


@pytest.fixture(scope="module")
def pages(report: Path, tmp_path_factory: pytest.TempPathFactory, data: Path) -> Pages:
    """The constructed example by each notebook that assesses it."""
    home = tmp_path_factory.mktemp("pages")
    read = {"vendor_selection": report.read_text("utf-8")}
    for name in OTHERS:
        options = ("--notebook", name, "--out", name)
        done = vendor_eval("run", data / "customer-support", *options, cwd=home)
        assert done.returncode == 0, done.stderr
        read[name] = (home / name / "report.html").read_text("utf-8")
    results = json.loads((report.parent / "results.json").read_text("utf-8"))
    return Pages(read, results, report)


def test_the_first_screen_says_the_same_in_every_notebook(pages: Pages) -> None:
    screens = {
        name: [(item, plain(text)) for _, item, text in ITEM.findall(page)]
        for name, page in pages.html.items()
    }
    assert len(screens["vendor_selection"]) > 5
    for name in OTHERS:
        assert screens[name] == screens["vendor_selection"], name


def test_how_often_the_leader_is_first_is_one_number(pages: Pages) -> None:
    leader = pages.results["recommendation"]["vendor"]
    near = pages.results["robustness"]["near_weights"]
    exact = near["rank_acceptability"][leader][0]
    said = {
        int(share)
        for text in pages.text.values()
        for pattern in (
            rf"{leader} is first in (\d+) of 100 weightings",
            r"First in (\d+) of 100 plausible",
            rf"(\d+) of 100 weightings put {leader} first",
            rf"Filled: {leader} first, (\d+) of 100",
            rf"each vendor takes each rank\|.*?\|{leader}\|+(\d+)\|",
            rf"Rank acceptability in whole per cent[^|]*\|.*?\|{leader}\|+(\d+) \u00b1",
        )
        for share in re.findall(pattern, text)[:1]
    }
    assert said == {int(wording.of_100(exact))}


def test_scores_and_prices_are_those_of_the_results(pages: Pages) -> None:
    for vendor, record in pages.results["vendors"].items():
        if record["status"] != "eligible":
            continue
        score, price = wording.points(record["score"] / 100), record["price"]
        total = wording.money_whole(price, "EUR")
        report, costs = pages.text["vendor_selection"], pages.text["total_cost"]
        assert re.search(rf"\|{vendor}\|+{re.escape(total)}\|[^a-zA-Z]*\|{score}\|", report), vendor
        assert total in costs
        # no amount about as large is a total otherwise rounded
        near = {wording.money(n, "EUR") for n in (int(price), int(price) + 1)} - {total}
        assert not any(other in text for other in near for text in pages.text.values())


def test_what_would_change_the_winner_is_one_bound_and_one_cut(pages: Pages) -> None:
    text = pages.text["vendor_selection"]
    label, shown, kept = _bound(text)
    # the winner stays first up to one, another leads past the other, the change lies between
    assert min(abs(_number(end) - _number(shown)) for end in kept) < 0.1 + 1e-9
    # there the lines of the scores cross, and the picture's words name the same share
    along = html.unescape(pages.html["robustness"])
    assert re.search(rf"Scores along the weight on {label};[^\"]*{shown}", along)
    [cut, *more] = re.findall(r"\u20ac[\d,]+ cheaper(?=, all else equal| ?\|)", text)
    rival = pages.results["recommendation"]["runner_up"]
    assert cut in more  # the table of what would win says it again
    assert f"{rival} is at least level with" in text


def _bound(text: str) -> tuple[str, str, list[str]]:
    """Which weight changes the winner, past what share, and within which two the winner stays."""
    bound = re.search(r"Weight on ([^|]+?) (?:below|above|between) ([\d.]+\u00a0%)", text)
    assert bound
    row = re.search(rf"\|{bound[1]}\|+[^|]+\|+([^|]+) to ([^|]+)\|", text)
    assert row
    return bound[1], bound[2], [row[1], row[2]]


def _number(share: str) -> float:
    return float(share.removesuffix("\u00a0%"))


def test_the_explorer_shows_what_the_report_shows(pages: Pages, chromium: Browser) -> None:
    page = chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True).new_page()
    page.goto(pages.report.as_uri())
    page.wait_for_selector("html[data-drawn]", state="attached")
    explorer = Explorer(page.locator(".explorer"))
    explorer.root.scroll_into_view_if_needed()
    explorer.reset()
    shown = explorer.ranking()
    assert [vendor for vendor, _ in shown] == pages.results["ranking"]
    for vendor, score in shown:
        assert score == wording.points(pages.results["vendors"][vendor]["score"] / 100)
    told, text = explorer.root.text_content() or "", pages.text["vendor_selection"]
    lead = re.search(r"; ([\d.]+ points ahead of [^|.]+)\.", text)
    assert lead
    assert lead[1] in told
    share = re.search(r"First in (\d+) of 100", text)
    assert share
    assert f"is first in {share[1]} of 100 weightings" in told
    _, _, kept = _bound(text)
    assert " to ".join(kept) in told
    cut = re.search(r"(\u20ac[\d,]+) cheaper, all else equal", text)
    assert cut
    assert f"{cut[1]} less" in told
    page.context.close()

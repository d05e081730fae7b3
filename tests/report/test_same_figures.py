"""One quantity reads the same wherever it is: report, other notebooks, explorer, results."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from make.explorer_page import Explorer
from vendor_eval import wording
from vendor_eval.award.verdict import share_of_100

pytestmark = pytest.mark.more

NOTEBOOKS = ("vendor_selection", "robustness", "total_cost", "weights")
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
def pages(finished_run: Callable[[str], Path]) -> Pages:
    """The constructed example by each notebook that assesses it."""
    runs = {name: finished_run(name) for name in NOTEBOOKS}
    read = {name: (run / "report.html").read_text("utf-8") for name, run in runs.items()}
    results = json.loads((runs["vendor_selection"] / "results.json").read_text("utf-8"))
    return Pages(read, results, runs["vendor_selection"] / "report.html")


def test_every_notebook_begins_with_the_answer_to_its_own_question(pages: Pages) -> None:
    first = {
        name: next(plain(text) for _, item, text in ITEM.findall(page) if item == "recommendation")
        for name, page in pages.html.items()
    }
    vendors, leader = pages.results["vendors"], pages.results["recommendation"]["vendor"]
    costs = {v: r["price"] for v, r in vendors.items() if r["status"] != "excluded"}
    cheapest = min(costs, key=lambda v: costs[v])
    assert first["vendor_selection"] == pages.results["recommendation"]["sentence"]
    amount = wording.money_whole(costs[cheapest], "EUR")
    assert first["total_cost"] == (
        f"{cheapest} is the cheapest of {len(costs)} priced bids: {amount}."
    )
    assert first["weights"].endswith(f"puts {leader} first, as the agreed weights do.")
    assert first["robustness"].startswith(f"{leader} stays ahead of")


def _said(pages: Pages, *patterns: str) -> set[int]:
    """The numbers that every page says first by each of some patterns, each of which is met."""
    numbers = {
        pattern: {int(n) for text in pages.text.values() for n in re.findall(pattern, text)[:1]}
        for pattern in patterns
    }
    assert all(numbers.values()), numbers
    return set().union(*numbers.values())


def test_how_often_the_leader_is_first_is_one_number(pages: Pages) -> None:
    leader = pages.results["recommendation"]["vendor"]
    near = pages.results["robustness"]["near_weights"]
    exact = near["rank_acceptability"][leader][0]
    assert _said(
        pages,
        rf"{leader} is first of all vendors in (\d+) of 100",
        rf"each vendor takes each rank\|.*?\|{leader}\|+(\d+)\|",
        rf"Rank acceptability in whole per cent[^|]*\|.*?\|{leader}\|+(\d+) \u00b1",
    ) == {int(wording.of_100(exact))}


def test_how_often_the_leader_stays_ahead_of_its_closest_rival_is_one_number(pages: Pages) -> None:
    leader = pages.results["recommendation"]["vendor"]
    robustness = pages.results["robustness"]
    rival, exact = min(robustness["stays_ahead"].items(), key=lambda pair: pair[1])
    assert _said(
        pages,
        rf"stays ahead of {rival}, its closest rival, in (\d+) of 100 re-runs",
        rf"Filled: {leader} stays ahead of {rival} \((\d+) of 100 re-runs\)",
    ) == {share_of_100(exact, robustness["draws"])}


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
    assert shown in kept
    # there the lines of the scores cross, and the picture's words name the same share
    along = html.unescape(pages.html["robustness"])
    assert re.search(rf"Scores along the weight on {label};[^\"]*{shown}", along)
    cut, said = _cut(text), re.findall(r"\u20ac\S+ cheaper(?=, all else equal)", text)
    rival = pages.results["recommendation"]["runner_up"]
    # the table has the cut whole, every sentence in three digits
    assert set(said) == {f"{wording.money_brief_above(cut, 'EUR')} cheaper"}
    assert f"{rival} is at least level with" in text


def _bound(text: str) -> tuple[str, str, list[str]]:
    """Which weight changes the winner, up to what share, and within which two the winner stays."""
    bound = re.search(r"Weight on ([^|]+?) \(now .*?\): first (?:up|down) to ([\d.]+\u00a0%)", text)
    assert bound
    row = re.search(rf"\|{bound[1]}\|+[^|]+\|+([^|]+) to ([^|]+)\|", text)
    assert row
    return bound[1], bound[2], [row[1], row[2]]


def _cut(text: str) -> float:
    """The price cut that brings the second level, as the table has it."""
    cut = re.search(r"\u20ac([\d,]+) cheaper ?\|", text)
    assert cut
    return float(cut[1].replace(",", ""))


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
    shown, text = explorer.root.text_content() or "", pages.text["vendor_selection"]
    share = re.search(r" in (\d+) of 100 re-runs", text)
    assert share
    assert f"its closest rival, in {share[1]} of 100 re-runs" in shown
    for check in pages.results["recommendation"]["checks"]:
        assert check["says"] in shown
    _, _, kept = _bound(text)
    assert " to ".join(kept) in shown
    assert f"{wording.money(_cut(text), 'EUR')} less" in shown
    page.context.close()

"""A report opened in a browser, and what it did that it should not have done."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page

PHONE, DESK = {"width": 360, "height": 640}, {"width": 1280, "height": 800}


@dataclass
class Visit:
    """An open page and what it did that it should not have done."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def visited(browser: Browser, report: Path, viewport: dict[str, int]) -> Visit:
    """A report opened offline, its figures drawn."""
    page = browser.new_context(viewport=viewport, offline=True).new_page()
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("dialog", lambda dialog: visit.complaints.append(dialog.message) or dialog.dismiss())
    page.goto(report.as_uri())
    page.wait_for_selector("html[data-drawn]", state="attached")
    return visit

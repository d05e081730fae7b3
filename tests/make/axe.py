"""What axe-core finds wrong with a page, for those who do not see, or do not use a mouse."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")
TALL = """() => document.body.offsetHeight || [document.documentElement, document.body].forEach(
  (element) => (element.style.height = "100vh"))"""
"""JupyterLab's body has no height, so that axe would take all that is in it for hidden."""


def contrasts(page: Page, within: str) -> int:
    """The number of elements whose contrast axe measured and passed; 0 where it saw none."""
    page.evaluate(TALL)
    options = {"resultTypes": ["passes"], "runOnly": ["color-contrast"]}
    passed: list[dict[str, Any]] = Axe().run(page, within, options).response["passes"]
    return sum(len(rule["nodes"]) for rule in passed)


def serious(page: Page, within: str | None = None) -> list[str]:
    """Serious and critical violations, each with the elements concerned."""
    page.evaluate(TALL)
    found: list[dict[str, Any]] = Axe().run(page, context=within).response["violations"]
    return [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for v in found
        if v["impact"] in SERIOUS
        for node in v["nodes"]
    ]

"""What axe-core finds wrong with a page, for those who do not see, or do not use a mouse."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")


def serious(page: Page, within: str | None = None) -> list[str]:
    """Serious and critical violations, each with the elements concerned."""
    found: list[dict[str, Any]] = Axe().run(page, context=within).response["violations"]
    return [
        f"{v['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for v in found
        if v["impact"] in SERIOUS
        for node in v["nodes"]
    ]

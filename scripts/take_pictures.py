"""Takes the pictures of a report that the documentation shows: phone, laptop and A4 print.

`make pictures` runs a report and calls this with its path; the browser is the tests' own.
"""

import sys
from pathlib import Path

from browser import browser

SIZES = {"phone": (360, 640), "laptop": (1280, 800)}
A4 = {"width": 794, "height": 1123}  # CSS pixels
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"


def main(report: Path) -> None:
    """Writes `docs/images/report-*.png`."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with browser() as running:
        for name, (width, height) in SIZES.items():
            page = running.new_page(viewport={"width": width, "height": height})
            page.goto(report.resolve().as_uri())
            page.wait_for_selector("html[data-drawn]")
            page.screenshot(path=IMAGES / f"report-{name}.png")
        page = running.new_page(viewport=A4)
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("html[data-drawn]")
        page.emulate_media(media="print")
        page.add_style_tag(content="html{filter:grayscale(1)} body{padding:15mm}")
        page.wait_for_timeout(500)  # the charts are told the paper's width and redrawn
        page.screenshot(path=IMAGES / "report-print.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

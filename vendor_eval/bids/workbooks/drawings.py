"""What stands on a sheet and in no cell: text boxes, pictures, charts, and what is printed around.

ECMA-376 part 1, sections 20.5 (drawings) and 18.3.1.46 (headers and footers).
"""

import re

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.package import OFFICE, STRICT, Package
from vendor_eval.bids.workbooks.styles import DRAWING

SHEET_DRAWING = (
    f"{OFFICE}drawingml/2006/spreadsheetDrawing",
    f"{STRICT}drawingml/spreadsheetDrawing",
)
HEADER_FOOTER = "worksheet/headerFooter/"
CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[0-9]+|[A-Z&])')
"""What a header or a footer is formatted by, or filled in with, such as the page's number."""


def drawn_on(package: Package, sheet: str) -> str | None:
    """What the drawings on a sheet say, "" where they say nothing; None where there are none."""
    parts = [part for kind, part in package.relations(sheet).values() if kind == "drawing"]
    if not parts:
        return None
    texts: list[str] = []
    length = 0
    for part in parts:
        if part not in package.names:
            continue
        for event, path, element in package.elements(part, SHEET_DRAWING, DRAWING):
            if event == "end" and path.endswith("/t") and length <= limits.SHOWN:
                texts.append(element.text)
                length += len(element.text)
    return cut(" ".join(" ".join(texts).split()), limits.SHOWN)


def printed_text(stated: str) -> str:
    """The words of a header or a footer, without the codes in it."""
    words = " ".join(CODE.sub(" ", stated).split())
    return cut(words, limits.SHOWN) if re.search(r"[^\W\d_]", words) else ""

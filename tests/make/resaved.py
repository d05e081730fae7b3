"""A filled response workbook with a vendor's marks, as other programs open it and save it again.

`python -m make.resaved`, in `tests`, makes the files in `tests/workbooks/resaved` anew.
"""

import re
import subprocess
import tempfile
from copy import copy
from pathlib import Path

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from make import ROOT
from make.response_books import ASKED, filled, header, patched
from vendor_eval.outputs.scorecard.book import as_bytes

FOLDER = ROOT / "tests" / "workbooks" / "resaved"
PROGRAMS = {
    "exceljs": ["node", "exceljs.mjs"],
    "sheetjs": ["node", "sheetjs.mjs"],
    "libreoffice": ["sh", "libreoffice.sh"],
}
CONDITION = "Only above 100,000 contacts a month."
_PARTS = {part.id: part for part in ASKED.parts}


def marked() -> bytes:
    """The small questionnaire's workbook, filled in, commented on and partly struck out.

    The first price has a comment, the second is struck out, and so is the first site's old city.
    """
    book = filled()
    prices, sites = (header(book, _PARTS[id]) + 1 for id in ("lines", "sites"))
    book["Pricing"].cell(prices, 4).comment = Comment(CONDITION, "Jane Doe")
    struck = book["Pricing"].cell(prices + 1, 4)
    struck.font = copy(struck.font) + Font(strike=True)
    gone = TextBlock(InlineFont(strike=True), "Warszawa")
    book["Sites"].cell(sites, 3).value = CellRichText(gone, TextBlock(InlineFont(), " Łódź"))
    return patched(as_bytes(book), _in_runs)


def _in_runs(parts: dict[str, bytes]) -> None:
    """Writes comments in runs, as Excel does: exceljs reads no others."""
    text = re.compile(rb"<text><t([^>]*)>(.*?)</t></text>", re.DOTALL)
    parts["xl/comments1.xml"] = text.sub(
        rb"<text><r><t\1>\2</t></r></text>", parts["xl/comments1.xml"]
    )


def resaved(program: str, content: bytes) -> bytes:
    """A workbook after a program opened and saved it; an error where the program cannot."""
    with tempfile.TemporaryDirectory() as folder:
        sent, saved = Path(folder) / "sent.xlsx", Path(folder) / "saved.xlsx"
        sent.write_bytes(content)
        subprocess.run([*PROGRAMS[program], sent, saved], cwd=FOLDER, check=True, timeout=300)
        return saved.read_bytes()


if __name__ == "__main__":
    for name in PROGRAMS:
        (FOLDER / f"{name}.xlsx").write_bytes(resaved(name, marked()))

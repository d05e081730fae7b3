"""A document for Word: runs of text in Word's own styles, the same bytes for the same text."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vendor_eval.award.document import Document, Grid, Heading
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.documents.markdown_text import DRAFT
from vendor_eval.outputs.office_files import xml_text
from vendor_eval.outputs.word_pages import FONT, empty_page, word_bytes

if TYPE_CHECKING:  # python-docx costs a tenth of a second, and few commands write a document
    from docx.document import Document as WordFile

SIZE = 10
MUTED, ALARM = "5B6775", "A31515"
MARGIN, TEXT = 20, 170
"""Millimetres: the page's margin, and the width of its text."""
LONGEST, LEAST = 60, 6
"""Characters from which on a column gets no wider, and those that even an empty one gets."""


def word(document: Document, *, letterhead: Path | None = None) -> bytes:
    """The document as `.docx`: no fields, links or macros; what somebody typed is text.

    The styles, headers and footers of a `letterhead`, a `.docx` too, are used; its body is not.
    Raises VendorEvalError where it is none.
    """
    file = _opened(letterhead) if letterhead else _blank()
    if document.draft:
        header = file.sections[0].header.paragraphs[0]
        _run(header, DRAFT, colour=ALARM, bold=True)
    _heading(file, document.title, 1)
    for block in document.blocks:
        if isinstance(block, Heading):
            _heading(file, block.text, block.level + 1)
        elif isinstance(block, Grid):
            _table(file, block)
        else:
            colours = {"muted": MUTED, "missing": ALARM, "plain": None}
            bold = block.manner == "missing"
            _run(file.add_paragraph(), block.text, colour=colours[block.manner], bold=bold)
    return word_bytes(file, document.title)


def _blank() -> "WordFile":
    """An empty document with the suite's headings."""
    from docx.shared import Pt, RGBColor

    file = empty_page(margin=MARGIN, size=SIZE, after=4)
    styles: Any = file.styles
    for level, size in ((1, 15), (2, 12), (3, 10)):
        style = styles[f"Heading {level}"]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor.from_string("16202C")
        # the theme's font would be used in place of the name
        fonts = style.element.rPr.rFonts
        for name in [name for name in fonts.attrib if name.endswith("Theme")]:
            del fonts.attrib[name]
    return file


def _opened(letterhead: Path) -> "WordFile":
    """A letterhead without its body."""
    from docx import Document as open_document

    try:
        file = open_document(str(letterhead))
    except (OSError, ValueError, KeyError) as error:
        raise VendorEvalError(f"--letterhead {letterhead}: cannot be read: {error}") from None
    body = file.element.body
    for part in [part for part in body if not part.tag.endswith("}sectPr")]:
        body.remove(part)
    return file


def _heading(file: "WordFile", text: str, level: int) -> None:
    """A heading in the file's own style, or in bold where a letterhead has none."""
    styled = f"Heading {level}" in [style.name for style in file.styles]
    paragraph = file.add_heading(level=level) if styled else file.add_paragraph()
    _run(paragraph, text, bold=not styled)


def _run(paragraph: Any, typed: str, *, colour: str | None = None, bold: bool = False) -> None:
    from docx.shared import RGBColor

    run = paragraph.add_run(xml_text(typed))
    run.bold = bold or None
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _table(file: "WordFile", grid: Grid) -> None:
    """A table with a caption over it; its head is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    caption = file.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _run(caption, grid.caption, colour=MUTED)
    made = file.add_table(len(grid.rows) + 1, len(grid.head))
    if "Table Grid" in [style.name for style in file.styles]:
        made.style = "Table Grid"
    made.autofit = False
    widths = _widths(grid)
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for n, (row, texts) in enumerate(zip(made.rows, (grid.head, *grid.rows), strict=True)):
        for cell, text, width in zip(row.cells, texts, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(1)
            _run(cell.paragraphs[0], text, bold=n == 0)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(SIZE - 1.5)
    repeated = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(repeated)
    file.add_paragraph()


def _widths(grid: Grid) -> list[float]:
    """Millimetres of each column, by its longest text."""
    columns = zip(grid.head, *grid.rows, strict=True)
    longest = [min(max(map(len, texts)), LONGEST) + LEAST for texts in columns]
    return [TEXT * share / sum(longest) for share in longest]

"""Empty pages for Word, and their bytes: the same for the same content."""

import io
from typing import TYPE_CHECKING

from vendor_eval.outputs.office_files import WRITTEN, steady, xml_text

if TYPE_CHECKING:  # python-docx costs a tenth of a second, and few commands write a document
    from docx.document import Document

FONT = "Arial"
SIDES = ("left", "right", "top", "bottom")


def empty_page(*, margin: float, size: float, after: float) -> "Document":
    """A document of A4 pages; `margin` in millimetres, `size` and `after` a paragraph in points."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    for side in SIDES:
        setattr(section, f"{side}_margin", Mm(margin))
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    normal.paragraph_format.space_after = Pt(after)
    return document


def word_bytes(document: "Document", title: str) -> bytes:
    """The document as `.docx`, with no time and nobody's name."""
    core = document.core_properties
    core.author = core.last_modified_by = "vendor-eval"
    core.title, core.comments = xml_text(title)[:255], ""
    core.created = core.modified = WRITTEN
    core.revision = 1
    written = io.BytesIO()
    document.save(written)
    return steady(written)

"""The board page as a Word document: the same words, and its one picture without a browser."""

import io
import struct
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.outputs.office_files import xml_text
from vendor_eval.outputs.word_pages import empty_page, word_bytes
from vendor_eval.report.board import board_of
from vendor_eval.report.board_blocks import FIELDS, Bar, Block, Board
from vendor_eval.report.style import Key
from vendor_eval.tender.tender import Tender

if TYPE_CHECKING:  # python-docx costs a tenth of a second, and few runs write a document
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

BOARD = "board.docx"
WIDE, HIGH = 500, 26
"""Pixels of a bar: five for each point of 100."""
GROUND = (245, 247, 249)
SIZE = 8.5
INK, MUTED = "16202C", "5B6775"
MARGIN, TERM, NAME, BAR = 15, 30, 45, 95
"""Millimetres: the page's margin, and the widths of columns."""


def board_docx(tender: Tender, result: Result) -> bytes:
    """`board.docx`: the same bytes for the same inputs, parameters and seed.

    Everything that somebody typed is a run of text; there are no fields, links or macros.
    """
    board, document = board_of(tender, result), _document()
    _first_screen(document, board)
    for block in board.left:
        _block(document, block)
    if board.bars:
        _heading(document, board.heading)
        _picture(document, board)
    for block in board.right:
        _block(document, block)
    _decision(document, board)
    return word_bytes(document, tender.rules.title)


def _document() -> "Document":
    """An empty page that says at its foot that it is confidential."""
    from docx.shared import Mm

    document = empty_page(margin=MARGIN, size=SIZE, after=1.5)
    [section] = document.sections
    section.footer_distance = Mm(8)
    _text(section.footer.paragraphs[0], "Confidential", colour=MUTED)
    return document


def _text(
    paragraph: "Paragraph", typed: str, *, bold: bool = False, size: float = SIZE, colour: str = INK
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(xml_text(typed))
    run.bold, run.font.size, run.font.color.rgb = bold, Pt(size), RGBColor.from_string(colour)


def _first_screen(document: "Document", board: Board) -> None:
    screen = board.first
    rules = screen.rules
    top = document.add_paragraph()
    _text(top, "Confidential", bold=True)
    _text(top, f"   {rules.decision}", colour=MUTED)
    for line in filter(None, (rules.notice, rules.source)):
        _text(document.add_paragraph(), line, colour=MUTED)
    # the built-in heading, so that Word's navigation finds it
    title = document.add_heading(level=1)
    _spaced(title, before=2, after=4)
    _text(title, screen.sentence, bold=True, size=15)
    if screen.badge:
        sure = document.add_paragraph()
        _text(sure, f"{screen.badge}: ", bold=True)
        _text(sure, screen.sureness)
    _table(document, [(term, text) for _, term, text in screen.facts], (TERM, 150))
    foot = f"{screen.seal}{f'. Answers as of {screen.as_of}' if screen.as_of else ''}"
    _text(document.add_paragraph(), foot, size=7, colour=MUTED)


def _spaced(paragraph: "Paragraph", *, before: float, after: float) -> None:
    from docx.shared import Pt

    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)


def _heading(document: "Document", heading: str) -> None:
    paragraph = document.add_heading(level=2)
    _spaced(paragraph, before=5, after=1)
    _text(paragraph, heading, bold=True, size=10)


def _block(document: "Document", block: Block) -> None:
    _heading(document, block.heading)
    for n, (sentence, cell) in enumerate(block.lines, start=1):
        paragraph = document.add_paragraph()
        _text(paragraph, f"{n}. {sentence}" if block.ordered else sentence)
        if cell:
            _text(paragraph, f"  {cell}", size=7, colour=MUTED)


def _table(document: "Document", rows: Sequence[Sequence[str]], widths: Sequence[int]) -> "Table":
    """A table without lines, of texts, its columns so many millimetres wide."""
    from docx.shared import Mm

    made = document.add_table(len(rows), len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = Mm(width)
            _spaced(cell.paragraphs[0], before=0, after=0.5)
            if text:
                _text(cell.paragraphs[0], text)
    return made


def _picture(document: "Document", board: Board) -> None:
    """Names and scores as text, and between them a bar for each vendor; the key under them."""
    from docx.shared import Mm

    rows = [(bar.vendor, "", bar.score) for bar in board.bars]
    made = _table(document, rows, (NAME, BAR + 2, 20))
    for bar, row in zip(board.bars, made.rows, strict=True):
        run = row.cells[1].paragraphs[0].add_run()
        image = run.add_picture(io.BytesIO(bar_png(bar, board.key)), width=Mm(BAR))
        parts = zip(board.key, bar.parts, strict=True)
        said = ", ".join(f"{entry[0]} {wording.points(points / 100)}" for entry, points in parts)
        image._inline.docPr.set("descr", xml_text(f"{bar.vendor}: {said}"))
    key = document.add_paragraph()
    for name, colour, *_ in board.key:
        _text(key, "\u25a0 ", colour=colour.removeprefix("#").upper(), size=10)
        _text(key, f"{name}   ")
    if board.ranked > len(board.bars):
        _text(key, f"The first {len(board.bars)} of {board.ranked}.")


def bar_png(bar: Bar, key: Key) -> bytes:
    """One bar as a PNG image (ISO/IEC 15948): rectangles of the key's colours, nothing else."""
    line, end = bytearray(bytes(GROUND) * WIDE), 0.0
    for (_, colour, *_rest), points in zip(key, bar.parts, strict=True):
        start, end = end, end + max(0.0, points)
        first, last = (min(WIDE, round(edge * WIDE / 100)) for edge in (start, end))
        line[3 * first : 3 * last] = bytes.fromhex(colour.removeprefix("#")) * (last - first)
        if last > first:
            line[3 * last - 3 : 3 * last] = bytes((255, 255, 255))  # parts stay distinct in grey
    rows = (b"\x00" + bytes(line)) * HIGH
    header = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)


def _decision(document: "Document", board: Board) -> None:
    """The box to sign: what can be decided, and room to write."""
    from docx.shared import Mm

    _heading(document, "Decision")
    _text(document.add_paragraph(), "     ".join(f"\u2610 {choice}" for choice in board.choices))
    pairs = [FIELDS[n : n + 2] for n in range(0, len(FIELDS), 2)]
    made = _table(document, pairs, (90, 90))
    made.style = "Table Grid"
    for row in made.rows:
        row.height = Mm(11)

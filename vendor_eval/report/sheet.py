"""How high the board page is on paper, by a model of its letters, and so how small they must be.

All measures are CSS pixels of the print styles in `parts/parts.css`, 96 to an inch.
"""

from collections.abc import Iterator
from math import ceil
from textwrap import wrap

from vendor_eval.report.board_blocks import Block, Board

WIDTH, HEIGHT = 680.0, 1009.0
"""A4 less a margin of 15 mm on every side."""
LETTER = 0.62
"""The width of a letter by its size, in the widest of the usual fonts."""
GAP, TERM = 26.0, 138.0
"""Between the two columns; the width of the headings of facts, with their gap."""
DECISION, FOOT, PADDING = 128.0, 20.0, 24.0
STEP, READABLE, LEAST = 0.02, 0.85, 0.4
"""By how much letters shrink at a time, down to where lines are left out first, and at most."""
SURE = 0.9
"""The part of the sheet that is filled where letters are smaller: long words break unforeseen."""


def fit(board: Board) -> float:
    """The factor, in (0, 1], by which the letters are made smaller so that one sheet holds all."""
    if height(board) <= HEIGHT:
        return 1.0
    factors = (round(1 - n * STEP, 2) for n in range(1, ceil((1 - LEAST) / STEP)))
    return next((f for f in factors if height(board, f) <= SURE * HEIGHT), LEAST)


def height(board: Board, factor: float = 1.0) -> float:
    """The page's height in pixels with its letters made smaller by a factor."""
    wide = WIDTH / factor
    column = (wide - GAP) / 2
    blocks = [_block(block, column) for block in board.left]
    blocks += [_picture(board, column)] if board.bars else []
    blocks += [_block(block, column) for block in board.right]
    splits = range(len(blocks) + 1)
    columns = min(max(sum(blocks[:n]), sum(blocks[n:])) for n in splits)
    return factor * (sum(_first(board, wide)) + columns + DECISION)


def _first(board: Board, wide: float) -> Iterator[float]:
    screen = board.first
    yield PADDING + FOOT
    yield 18 * _lines(f"Confidential {screen.rules.decision}", 13.6, wide)
    yield from (
        18 * _lines(line, 11.2, wide) for line in (screen.rules.notice, screen.rules.source) if line
    )
    size = 16.8 if screen.is_long else 21.6
    yield 1.2 * size * _lines(screen.sentence, size, wide)
    yield 16 * _lines(f"{screen.badge} {screen.sureness}", 13.2, wide - 20)
    for _, term, text in screen.facts:
        yield 16.2 * max(_lines(term, 13.2, TERM), _lines(text, 13.2, wide - TERM)) + 1


def _block(block: Block, wide: float) -> float:
    lines = (
        15.5 * _lines(f"{text} {cell}", 12.5, wide - 14 * block.ordered) + 2.4
        for text, cell in block.lines
    )
    return 6.4 + 19 * _lines(f"{block.heading} {block.annex}", 14.1, wide) + sum(lines)


def _picture(board: Board, wide: float) -> float:
    bars = (max(18.4, 14.4 * _lines(bar.vendor, 12.5, 0.42 * wide)) + 2 for bar in board.bars)
    named = " ".join(f"xxx_{name}".replace(" ", "_") for name, _ in board.key)
    return 6.4 + 19 + 11 + sum(bars) + 15.5 * (_lines(named, 12.5, wide) + 1)


def _lines(text: str, size: float, wide: float) -> int:
    """The lines that a text takes in letters of a size."""
    return max(1, len(wrap(text, max(1, int(wide / (LETTER * size))))))

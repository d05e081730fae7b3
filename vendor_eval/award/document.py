"""A document as plain parts, written alike as Markdown, as a page and for Word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Manner = Literal["plain", "muted", "missing"]
"""How a paragraph looks; missing is what somebody must still enter, in red."""


@dataclass(frozen=True)
class Heading:
    """The heading of what follows; level 1 or 2 under the document's title."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of text, of which nothing is markup."""

    text: str
    manner: Manner = "plain"


@dataclass(frozen=True)
class Grid:
    """A table of texts; the first cell of each row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True)
class Document:
    """A title and its blocks; a draft says so at the head of every page."""

    title: str
    blocks: tuple[Block, ...]
    draft: bool = False


def grid(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
    """A table of texts from any sequences."""
    return Grid(caption, tuple(head), tuple(tuple(row) for row in rows))


def missing(what: str) -> Paragraph:
    """A place that somebody must still fill in."""
    return Paragraph(f"[Missing: {what}]", "missing")

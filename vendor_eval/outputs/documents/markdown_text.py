"""A document in Markdown, in which nothing that somebody typed is markup."""

from collections.abc import Iterator

from vendor_eval.award.document import Block, Document, Grid, Heading
from vendor_eval.clarifications.letters import escaped as one_line_escaped

DRAFT = "DRAFT, not to be sent"


def markdown(document: Document) -> str:
    """The document's text, with a line that says so where it is a draft."""
    return "\n\n".join(_parts(document)) + "\n"


def _parts(document: Document) -> Iterator[str]:
    if document.draft:
        yield f"**{DRAFT}**"
    yield f"# {escaped(document.title)}"
    for block in document.blocks:
        yield _block(block)


def escaped(text: str) -> str:
    """Text as it reads, on one line: a wide space, which indents, is a point in Markdown."""
    return one_line_escaped(text.replace("\u2003", "\u00b7 ").replace("\u00a0", " "))


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {escaped(block.text)}"
    if isinstance(block, Grid):
        rows = [block.head, ["---"] * len(block.head), *block.rows]
        cells = [[cell if cell == "---" else escaped(cell) for cell in row] for row in rows]
        return "\n".join([f"{escaped(block.caption)}\n", *(f"| {' | '.join(r)} |" for r in cells)])
    text = escaped(block.text)
    return f"**{text}**" if block.manner == "missing" else text

"""Code blocks of the documents, as tests run them."""

import re
from pathlib import Path


def blocks(document: Path, language: str) -> list[str]:
    """The code blocks of a document that are in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document.read_text("utf-8"), re.M | re.S)

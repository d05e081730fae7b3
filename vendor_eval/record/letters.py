"""The questions to each vendor as a letter in Markdown, which says nothing of anybody else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from vendor_eval.clarifications import Clarifications
from vendor_eval.errors import one_line
from vendor_eval.rules import Rules

LONGEST = 60
"""Characters of a vendor's name in the name of its file: less than any file system allows."""
HEADING = "# Questions to "
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""What Windows takes for a device, whatever its ending."""
MARKUP = re.compile(r"[\\`*_{}\[\]#|~$@^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

OPENING = """\
Thank you for your proposal. Reading it raised the questions below. We ask them so as to understand
it as you meant it: by itself, no question excludes a proposal or changes what it scores.

Please answer each in writing. Where a cell shown below is wrong, name it and say what should stand
there."""


def letters(rules: Rules, asked: Clarifications) -> dict[str, str]:
    """The letter to each vendor that is asked something, by the name of its file."""
    names = file_names(asked.vendors)
    return {
        names[vendor]: letter(rules, vendor, asked) for vendor in asked.vendors if asked.to(vendor)
    }


def write_letters(written: Mapping[str, str], directory: Path) -> None:
    """Writes letters into a directory, which is made if there are any, in place of earlier ones.

    Other files in it stay: a letter is told by how it begins.
    """
    for earlier in sorted(directory.glob("*.md")):
        if earlier.read_bytes().startswith(HEADING.encode()):
            earlier.unlink()
    if written:
        directory.mkdir(exist_ok=True)
    for name, text in written.items():
        (directory / name).write_text(text, encoding="utf-8", newline="")


def letter(rules: Rules, vendor: str, asked: Clarifications) -> str:
    """The questions to one vendor, each under what it is about, with the cells it comes from."""
    parts = [f"{HEADING}{escaped(vendor)}", f"Concerning: {escaped(rules.title)}", OPENING]
    for number, (check, question) in enumerate(asked.to(vendor), start=1):
        parts += [f"## {number}. {escaped(check.label)}", escaped(question.question)]
        if question.cells:
            rows = [
                f"| {escaped(p)} | {escaped(text) or '(blank)'} |" for p, text in question.cells
            ]
            parts.append("\n".join(["| Where | What stands there |", "|---|---|", *rows]))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is: no link, no emphasis, no markup."""
    marked = MARKUP.sub(lambda found: "\\" + found[0], one_line(text))
    return re.sub("[&<>]", lambda found: ENTITIES[found[0]], marked)


def file_names(vendors: Iterable[str]) -> Mapping[str, str]:
    """A file name for each vendor: safe wherever files are kept, different from all the others."""
    named: dict[str, str] = {}
    taken: set[str] = set()
    for vendor in sorted(vendors):
        slug = _slug(vendor)
        number, name = 1, slug
        while name in taken:
            number += 1
            name = f"{slug}-{number}"
        taken.add(name)
        named[vendor] = f"{name}.md"
    return named


def _slug(vendor: str) -> str:
    """A name in small letters, digits and hyphens; "vendor" where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", vendor).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return f"vendor-{slug}" if RESERVED.match(slug) else slug or "vendor"

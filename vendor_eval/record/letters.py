"""The questions to each vendor as a letter in Markdown, which says nothing of anybody else."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from vendor_eval.clarifications import Clarification, Clarifications
from vendor_eval.errors import one_line
from vendor_eval.rules import Rules

LONGEST = 60
"""Characters of a vendor's name in the name of its file: less than any file system allows."""
HEADING = "# Questions to "
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""What Windows takes for a device, whatever its ending."""
MARKUP = re.compile(
    r"""[\\`*{}\[\]|@]
    | (?<![^\W_])_ | _(?![^\W_])          # within a word it is no markup: cygnus_assist
    | (?<!\w)\#                           # after a word it is no heading: C#
    | :(?=//) | (?<=www)\.                # would become a link""",
    re.IGNORECASE | re.VERBOSE,
)
PAIRED = "~$^"
"""What is markup only where it stands twice, as a formula between two dollars."""
VERBATIM = re.compile(r"[^`|\\{}<>&]+")
"""Text that every Markdown shows as it stands between two backticks, in a table too."""
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
    for number, (label, questions) in enumerate(_sections(vendor, asked).items(), start=1):
        parts.append(f"## {number}. {escaped(label)}")
        for nth, question in enumerate(questions, start=1):
            numbered = f"{number}.{nth} " if len(questions) > 1 else ""
            parts.append(numbered + escaped(question.question))
            if question.cells:
                parts.append(_cells(question))
    return "\n\n".join(parts) + "\n"


def _sections(vendor: str, asked: Clarifications) -> Mapping[str, list[Clarification]]:
    """The questions to a vendor by what they are about, in the order of the checks."""
    sections: dict[str, list[Clarification]] = {}
    for check, question in asked.to(vendor):
        sections.setdefault(check.label, []).append(question)
    return sections


def _cells(question: Clarification) -> str:
    """A table of the cells that a question comes from."""
    rows = [f"| {verbatim(p)} | {verbatim(text) or '(blank)'} |" for p, text in question.cells]
    return "\n".join(["| Where | What stands there |", "|---|---|", *rows])


def verbatim(text: str) -> str:
    """Text on one line between backticks; escaped where a backtick is not safe around it."""
    shown = one_line(text)
    return f"`{shown}`" if VERBATIM.fullmatch(shown) else escaped(text)


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is: no link, no emphasis, no markup.

    A backslash stands only where the character after it would mean something, so that the letter
    can be read as plain text too.
    """
    marked = MARKUP.sub(lambda found: "\\" + found[0], one_line(text))
    for mark in PAIRED:
        if marked.count(mark) > 1:
            marked = marked.replace(mark, "\\" + mark)
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

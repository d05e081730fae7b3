"""The questions to each vendor as a letter in Markdown, which says nothing of anybody else."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vendor_eval.clarifications import Clarifications
from vendor_eval.clarifications.check import Clarification
from vendor_eval.clarifications.requests import Request
from vendor_eval.errors import one_line
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.whole_file import appear
from vendor_eval.wording import listed

LONGEST = 60
"""Characters of a vendor's name in the name of its file: less than any file system allows."""
HEADING = "# Questions to "
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)\Z")
"""What Windows takes for a device, regardless of its ending."""
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
Thank you for your proposal. Reading it raised the questions below. Please answer each in writing:
state what your proposal means and where it says so. If your proposal does not address a question,
please tell us."""
CALM = """\
We ask in order to understand your proposal as you meant it. No question by itself excludes a
proposal or changes its score."""
STOPPED = """\
Until the points under {sections} are settled, your proposal cannot be evaluated as a whole."""
PRIVATE = "If a cell shown below is wrong, please name it and tell us what it should contain."
PUBLIC = """\
This is a public procedure: your answers explain what your proposal says. Nothing that it offers can
be changed, added or withdrawn by them."""
FAULTS = "What we cannot read for certain"
QUESTIONS = "What your proposal leaves open"
ABOUT_FAULTS = """\
What does your proposal mean in each of these places, and where does it say so?"""
ABOUT_QUESTIONS = """\
We need one answer to each of these questions. Which answer does your proposal give, and where does
it say so?"""
HEAD = ("Where", "Question", "What we found", "What it can be")


def vendor_letters(
    rules: Rules, asked: Clarifications, stopping: Mapping[str, Sequence[Request]] | None = None
) -> dict[str, str]:
    """The letter to each vendor that is asked something, by the name of its file.

    `stopping`: by vendor, what it must settle before its bid can be evaluated.
    """
    stopping = stopping or {}
    names = file_names({*asked.vendors, *stopping})
    return {
        name: letter(rules, vendor, asked, stopping.get(vendor, ()))
        for vendor, name in names.items()
        if stopping.get(vendor) or asked.to(vendor)
    }


def write_letters(written: Mapping[str, str], directory: Path) -> None:
    """Writes letters into a directory, which is made if there are any, in place of earlier ones.

    Other files in it stay: a letter is recognised by how it begins. No link is followed.
    """
    for earlier in sorted(directory.glob("*.md")):
        plain = earlier.is_file() and not earlier.is_symlink()
        if plain and earlier.read_bytes().startswith(HEADING.encode()):
            earlier.unlink()
    if written:
        directory.mkdir(exist_ok=True)
    for name, text in written.items():
        (directory / name).unlink(missing_ok=True)
        appear(directory / name, text.encode())


def letter(
    rules: Rules, vendor: str, asked: Clarifications, stopping: Sequence[Request] = ()
) -> str:
    """What one vendor is asked, each under what it is about, with the cells it comes from.

    First what cannot be read, then what is left open, then what the checks ask.
    """
    sections = list(_stopping_sections(stopping))
    numbers = listed(str(n) for n in range(1, len(sections) + 1))
    effect = STOPPED.format(sections=numbers) if sections else CALM
    checks = enumerate(_sections(vendor, asked).items(), start=len(sections) + 1)
    sections += [(label, _asked(number, questions)) for number, (label, questions) in checks]
    public = rules.procedure == "public"
    opening = [OPENING, effect, PUBLIC if public else PRIVATE]
    parts = [f"{HEADING}{escaped(vendor)}", f"Concerning: {escaped(rules.title)}", *opening]
    for number, (label, texts) in enumerate(sections, start=1):
        parts += [f"## {number}. {escaped(label)}", *texts]
    return "\n\n".join(parts) + "\n"


def _stopping_sections(stopping: Sequence[Request]) -> Iterator[tuple[str, list[str]]]:
    """What cannot be read, and what is left open: each a label and its paragraphs."""
    unread = [request for request in stopping if request.unread]
    needed = [request for request in stopping if not request.unread]
    if unread:
        yield FAULTS, [ABOUT_FAULTS, _requests(unread)]
    if needed:
        yield QUESTIONS, [ABOUT_QUESTIONS, _requests(needed)]


def _requests(requests: Sequence[Request]) -> str:
    """A table of what must be settled: where, the question, what we found, what it can be."""
    rows = [
        [_places(r.places), escaped(r.question), escaped(r.found), escaped(r.allowed)]
        for r in requests
    ]
    lines = [HEAD, ["---"] * len(HEAD), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _places(places: Sequence[str]) -> str:
    """Places one after another; those on the sheet of the one before by their cell alone."""
    shown, before = [], ""
    for place in places:
        sheet, _, cell = place.rpartition("!")
        shown.append(verbatim(cell if sheet and sheet == before else place))
        before = sheet
    return ", ".join(shown)


def _asked(number: int, questions: Sequence[Clarification]) -> list[str]:
    """The questions of one check, numbered where there are several, with their cells."""
    texts = []
    for nth, question in enumerate(questions, start=1):
        numbered = f"{number}.{nth} " if len(questions) > 1 else ""
        texts.append(numbered + escaped(question.question))
        if question.cells:
            texts.append(_cells(question))
    return texts


def _sections(vendor: str, asked: Clarifications) -> Mapping[str, list[Clarification]]:
    """The questions to a vendor by what they are about, in the order of the checks."""
    sections: dict[str, list[Clarification]] = {}
    for check, question in asked.to(vendor):
        sections.setdefault(check.label, []).append(question)
    return sections


def _cells(question: Clarification) -> str:
    """A table of the cells that a question comes from."""
    rows = [f"| {verbatim(p)} | {verbatim(text) or '(blank)'} |" for p, text in question.cells]
    return "\n".join(["| Where | Content |", "|---|---|", *rows])


def verbatim(text: str) -> str:
    """Text on one line between backticks; escaped where a backtick is not safe around it."""
    shown = one_line(text)
    return f"`{shown}`" if VERBATIM.fullmatch(shown) else escaped(text)


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is: no link, no emphasis, no markup.

    A backslash stands only where the character after it would mean something, so that the letter
    can be read as plain text too.
    """
    marked = MARKUP.sub(lambda match: "\\" + match[0], one_line(text))
    for mark in PAIRED:
        if marked.count(mark) > 1:
            marked = marked.replace(mark, "\\" + mark)
    return re.sub("[&<>]", lambda match: ENTITIES[match[0]], marked)


def file_names(vendors: Iterable[str]) -> Mapping[str, str]:
    """A file name for each vendor: safe on every file system, different from all the others."""
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


SPELT = str.maketrans(
    dict.fromkeys("øØ", "o")
    | dict.fromkeys("łŁ", "l")
    | dict.fromkeys("đĐðÐ", "d")
    | dict.fromkeys("æÆ", "ae")
    | dict.fromkeys("œŒ", "oe")
    | dict.fromkeys("þÞ", "th")
    | {"ß": "ss", "ẞ": "ss", "ı": "i"}
)
"""Latin letters that Unicode does not take apart, as they are spelt without them."""


def _slug(vendor: str) -> str:
    """A name in small letters, digits and hyphens; "vendor" where nothing of it is left."""
    spelt = vendor.translate(SPELT)
    plain = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST].strip("-")
    return f"vendor-{slug}" if RESERVED.match(slug) else slug or "vendor"

"""A workbook's texts in runs, each with how it is shown (ECMA-376 part 1, section 18.4)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.grid import Marked
from vendor_eval.bids.workbooks.package import Package, Unreadable, broken
from vendor_eval.bids.workbooks.styles import (
    BLACK,
    Attributes,
    Look,
    Palette,
    is_on,
    is_tiny,
    unseen,
)
from vendor_eval.bids.workbooks.xml_events import Element

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class Run(NamedTuple):
    """A piece of a text in one font."""

    text: str
    own: bool = False
    """Whether it has a font; else it is shown in its cell's."""
    struck: bool = False
    colour: Attributes | None = None
    shifted: bool = False
    """Whether it is raised or lowered, as the mark of a footnote is."""
    tiny: bool = False
    """Whether it is too small to be made out."""


@dataclass(frozen=True, slots=True)
class RichText:
    """A text, and its runs where a font is named in any of them."""

    text: str
    runs: Sequence[Run] = ()

    def struck(self, look: Look) -> Marked | None:
        """What of it is struck out in a cell of this look."""
        return _marked(self.runs, (run.struck if run.own else look.struck for run in self.runs))

    def faint(self, look: Look, palette: Palette) -> Marked | None:
        """What of it has the colour of its background in a cell of this look."""
        inks = (palette.colour(r.colour, BLACK) if r.own else look.ink for r in self.runs)
        faint = (unseen(ink, look.paper) for ink in inks)
        return _marked(self.runs, (f or r.tiny for f, r in zip(faint, self.runs, strict=True)))

    def shifted(self) -> Marked | None:
        """What of it is raised or lowered; None where that is nothing, or all of it."""
        marked = _marked(self.runs, (run.shifted for run in self.runs))
        return marked if marked and marked.rest else None


def _marked(runs: Sequence[Run], marks: Iterable[bool]) -> Marked | None:
    parts: dict[bool, list[str]] = {True: [], False: []}
    for run, mark in zip(runs, marks, strict=True):
        parts[mark].append(run.text)
    marked, rest = (" ".join("".join(parts[mark]).split()) for mark in (True, False))
    return Marked(marked, rest) if marked else None


PLAIN = Run("")
SHIFTED = ("superscript", "subscript")
QUOTED = 200
"""Characters of a run that are kept: messages quote less."""


class TextReader:
    """Gathers one text from its elements: `t`, or runs `r` with `t` and a font `rPr`.

    How to pronounce a text (`rPh`) is not part of it.
    """

    def __init__(self) -> None:
        self._runs: list[Run] = []
        self._text: RichText | None = None
        self._plain = 0
        """Texts that are in no run."""
        self._font = PLAIN

    def met(self, event: str, inside: str, element: Element) -> None:
        """Takes the next element, by its path inside the text."""
        if event == "start" and inside in ("r", "r/rPr"):
            self._font = Run("", own=inside == "r/rPr")
        elif event == "start" and inside == "r/rPr/strike":
            self._font = self._font._replace(struck=is_on(element.attrib))
        elif event == "start" and inside == "r/rPr/color":
            self._font = self._font._replace(colour=dict(element.attrib))
        elif event == "start" and inside == "r/rPr/vertAlign":
            self._font = self._font._replace(shifted=element.get("val") in SHIFTED)
        elif event == "start" and inside == "r/rPr/sz":
            self._font = self._font._replace(tiny=is_tiny(element.get("val")))
        elif event == "end" and inside in ("t", "r/t"):
            font = self._font if inside == "r/t" else PLAIN
            self._plain += inside == "t"
            self._runs.append(font._replace(text=element.text or ""))

    @property
    def text(self) -> RichText:
        """The text that was gathered, once it is whole."""
        if self._text is None:
            self._text = self._gathered()
        return self._text

    def _gathered(self) -> RichText:
        if self._plain > 1:  # of which programs show one or all
            raise broken(f"found {self._plain} texts in one cell")
        whole = decoded([run.text for run in self._runs])
        if not any(run.own for run in self._runs):
            return RichText(whole)
        return RichText(whole, tuple(_merged(self._runs)))


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs, those that are shown alike as one, with no more of each text than is quoted."""
    for _, group in groupby(runs, key=lambda run: run[1:]):
        alike = list(group)
        text = decoded([run.text for run in alike])
        text = text if len(text) <= QUOTED else text.strip()[:QUOTED]
        yield alike[0]._replace(text=text)


def shared_texts(package: Package, part: str | None) -> list[RichText]:
    """The texts that cells refer to by their number."""
    texts: list[RichText] = []
    if part is None:
        return texts
    reader = TextReader()
    for event, path, element in package.elements(part):
        if path == "sst/si" and event == "start":
            reader = TextReader()
        elif path == "sst/si":
            texts.append(reader.text)
        else:
            reader.met(event, path.removeprefix("sst/si/"), element)
    return texts


def decoded(pieces: Sequence[str]) -> str:
    """The text in pieces, its escaped characters as they are meant."""
    text = "".join(pieces)
    if len(text) > limits.TEXT_LENGTH:
        most = f"{limits.TEXT_LENGTH:,}"
        raise Unreadable(f"found a text of {len(text):,} characters; allowed: {most} at most")
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)

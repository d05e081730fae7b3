"""A workbook's file, opened as what it may be: a trap.

An .xlsx is a zip of XML parts. Nothing here trusts what it declares: sizes are counted as they
come out, XML may not declare entities, and what is too much is refused before it is held.
"""

import io
import posixpath
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import IO
from xml.parsers.expat import ExpatError

from vendor_eval.bids.workbooks import limits
from vendor_eval.bids.workbooks.notation import cut
from vendor_eval.bids.workbooks.xml_events import SPACE, Declares, Element, Source, events

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old .xls files begin, and new ones that are encrypted."""
OFFICE, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
"""How the names of the transitional and of the strict format begin."""
RELATION = f"{OFFICE}officeDocument/2006/relationships{SPACE}id"
STRICT_RELATION = f"{STRICT}officeDocument/relationships{SPACE}id"
MAIN = (f"{OFFICE}spreadsheetml/2006/main", f"{STRICT}spreadsheetml/main")
RELATIONS = (f"{OFFICE}package/2006/relationships",)
LINK = "Relationships/Relationship"
LONGEST_NAME = 40
"""Characters of an element's name: no element of a workbook has so long a one."""
KNOWN = 1000
"""Paths of a part that are kept: more are only in a hostile one."""
TEXTS = ("/v", "/f", "/t")
"""How the paths of elements end that hold nothing but text."""
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
PIECE = 524_288
"""Bytes parsed at a time: more than the longest text of a cell, each character of it escaped."""
SAVE = "open it in a spreadsheet program and save it as .xlsx"
MOVE = (
    "delete sheets, rows and formats that are not the template's, or copy the answers into the "
    "template and send everything else as a separate file"
)
LINE = 200
"""Characters of what stands inside that an error quotes."""
STACK = b"\x01" * (limits.ACCENTS + 1)
"""Too many combining characters in a row: to sort them takes time by the square of their number."""
ENTRY = b"PK\x01\x02"
"""How each entry in a zip's list of parts begins."""


class Unreadable(ValueError):
    """Why a file is not read as a workbook, and what to do about it."""


def broken(what: str) -> Unreadable:
    """The error of a workbook that no program writes so."""
    return Unreadable(f"{cut(what, LINE)}; {SAVE}, or ask for it again")


def too_much(what: str, most: int) -> Unreadable:
    """The error of a workbook that holds more than `most` of something, with the two ways on."""
    return Unreadable(f"found more than {most:,} {what}; allowed: {most:,} at most; {MOVE}")


@lru_cache(maxsize=4096)
def whole(typed: str | None) -> int:
    """A whole number of at least 0 as it stands in a part; raises Unreadable elsewhere."""
    if typed is None or not re.fullmatch("[0-9]{1,9}", typed):
        raise broken(f"found {typed!r} inside where a whole number belongs")
    return int(typed)


def place(typed: str) -> tuple[int, int]:
    """The row and column that a cell's name stands for; raises Unreadable where it is none."""
    match = REFERENCE.fullmatch(typed)
    if not match:
        raise broken(f"found a cell named {typed!r}")
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


@contextmanager
def as_unreadable() -> Iterator[None]:
    """What zip and XML readers raise on broken files, raised as Unreadable."""
    try:
        yield
    except Unreadable:
        raise
    except (ExpatError, Declares) as error:
        kind = "declares entities" if isinstance(error, Declares) else "is broken"
        raise Unreadable(f"found XML inside that {kind}; allowed: a workbook; {SAVE}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        why = cut(str(error), LINE)
        raise Unreadable(f"found a damaged workbook ({why}); {SAVE}, or ask for it again") from (
            error
        )
    except (NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError) as error:
        why = cut(str(error), LINE)
        raise Unreadable(f"found a workbook that cannot be read ({why}); {SAVE}") from error


class Package:
    """The parts of a workbook, each opened by its name and counted as it comes out."""

    def __init__(self, content: bytes) -> None:
        _refuse_other_files(content)
        if content.count(ENTRY) > limits.PARTS:  # the list itself is held whole
            raise too_much("parts inside", limits.PARTS)
        with as_unreadable():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        infos = self._zip.infolist()
        self.names = frozenset(info.filename for info in infos)
        self._left, self._texts, self._elements = limits.UNPACKED_BYTES, limits.TEXTS, 0
        if len(self.names) != len(infos):
            raise Unreadable(f"found two parts of one name inside; {SAVE}")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable(f"found an encrypted workbook; {SAVE}, without a password")
        if any(info.compress_type not in (zipfile.ZIP_STORED, 8) for info in infos):
            raise Unreadable(f"found a workbook packed in an unusual way; {SAVE}")
        if sum(info.file_size for info in infos) > self._left:
            raise _too_large()

    def elements(
        self, part: str, roots: Sequence[str] = MAIN, within: Collection[str] = ()
    ) -> Iterator[tuple[str, str, Element]]:
        """Each element of a part as ("start" or "end", path, element), in document order.

        The path names its parents and itself, as `sst/si/t`. The root's namespace is one of
        `roots`. Only elements of that namespace count, or of one in `within`; any other is left out
        with all that is in it, as spreadsheet programs do. An element's own content is complete at
        its end; a caller that needs its children collects them.
        """
        if part not in self.names:
            raise Unreadable(f"found a workbook without its part {cut(part, LINE)!r}; {SAVE}")
        with as_unreadable(), self._zip.open(part) as packed:
            yield from self._walked(part, _Counted(self, packed), roots, within)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the workbook: (kind, part) by id; links outside left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        targets: dict[str, tuple[str, str]] = {}
        if rels not in self.names:
            return targets
        for event, path, element in self.elements(rels, RELATIONS):
            if event == "end" and path == LINK and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                targets[element.get("Id", "")] = (kind, target.lstrip("/"))
                if len(targets) > limits.PARTS:
                    raise too_much("references between parts", limits.PARTS)
        return targets

    def count_unpacked(self, count: int) -> None:
        """Counts bytes that came out; raises Unreadable where they are too many."""
        self._left -= count
        if self._left < 0:
            raise _too_large()

    def count_text(self, text: str) -> None:
        """Counts a text that is held or shown; raises Unreadable where they are too long."""
        self._texts -= len(text)
        if self._texts < 0:
            raise too_much("characters inside", limits.TEXTS)
        if not text.isascii() and STACK in bytes(map(bool, map(unicodedata.combining, text))):
            raise broken(f"found a letter with more than {limits.ACCENTS} accents")

    def count_elements(self, count: int) -> None:
        """Counts elements that are looked at again; raises Unreadable where they are too many."""
        self._elements += count
        if self._elements > limits.ELEMENTS:
            self._refuse_too_many(0)

    def _walked(
        self, part: str, source: Source, roots: Sequence[str], within: Collection[str]
    ) -> Iterator[tuple[str, str, Element]]:
        paths: list[str] = []
        """Of the parents; "" for one that does not count."""
        spaces: set[str] = set()
        known: dict[tuple[str | None, str], str] = {}
        """Paths by that of the parent and the element's name: sheets repeat few of them."""
        for event, element in events(source, self.count_text):
            if event == "start":
                self._elements += 1
                if not paths:
                    space = element.name.rpartition(SPACE)[0]
                    if space not in roots:
                        raise Unreadable(
                            f"found the part {part!r}, which belongs in no workbook; {SAVE}"
                        )
                    spaces = {space, *within}
                within_it = (paths[-1] if paths else None, element.name)
                path = known.get(within_it)
                if path is None:
                    space, _, name = element.name.rpartition(SPACE)
                    counts = space in spaces and len(name) <= LONGEST_NAME
                    path = _path(paths, name, counts=counts)
                    if len(known) < KNOWN:
                        known[within_it] = path
                paths.append(path)
                if len(element.attrib) > limits.ATTRIBUTES:
                    most = limits.ATTRIBUTES
                    raise Unreadable(f"found XML inside with more than {most} attributes; {SAVE}")
                if element.attrib and max(map(len, element.attrib.values())) > limits.TEXT_LENGTH:
                    longest = f"{limits.TEXT_LENGTH:,}"
                    raise broken(f"found an XML attribute of more than {longest} characters")
                if len(paths) > limits.DEPTH or self._elements > limits.ELEMENTS:
                    self._refuse_too_many(len(paths))
                if path:
                    yield event, path, element
            else:
                path = paths.pop()
                if path:
                    yield event, path, element

    def _refuse_too_many(self, depth: int) -> None:
        if depth > limits.DEPTH:
            raise Unreadable(f"found XML nested deeper than {limits.DEPTH}; {SAVE}")
        raise too_much("cells and marks", limits.ELEMENTS)


def _path(parents: Sequence[str], name: str, *, counts: bool) -> str:
    """The path of an element; "" where it or its parent does not count."""
    if not parents:
        return name
    within = parents[-1]
    if within.endswith(TEXTS):
        raise broken(f"found the XML element {name[:40]!r} inside a text")
    return f"{within}/{name}" if within and counts else ""


class _Counted:
    """A part that counts what is read of it."""

    def __init__(self, package: Package, packed: IO[bytes]) -> None:
        self._package, self._packed = package, packed

    def read(self) -> bytes:
        """The next bytes.

        A piece in which no tag begins is refused: it is of an endless one, or of an endless text,
        and both would be held whole.
        """
        piece = self._packed.read(PIECE)
        self._package.count_unpacked(len(piece))
        if len(piece) == PIECE and b"<" not in piece:
            raise Unreadable(f"found XML inside with a tag or text that never ends; {SAVE}")
        return piece


def _too_large() -> Unreadable:
    return too_much("MB once unpacked", limits.UNPACKED_BYTES // 1_000_000)


def _refuse_other_files(content: bytes) -> None:
    if len(content) > limits.FILE_BYTES:
        raise too_much("bytes", limits.FILE_BYTES)
    if content.startswith(OLE2):
        raise Unreadable(f"found an encrypted workbook or an old .xls; {SAVE}, without a password")
    if not content.startswith(b"PK"):
        what = "an empty file" if not content else "a file that is no workbook"
        raise Unreadable(f"found {what}; allowed: an .xlsx workbook; {SAVE}")

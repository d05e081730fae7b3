"""A workbook's file, opened as what it may be: a trap.

An .xlsx is a zip of XML parts. Nothing here trusts what it declares: sizes are counted as they
come out, XML may not declare entities, and what is too much is refused before it is held.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from vendor_eval.bids.workbooks import limits

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
"""How old .xls files begin, and new ones that are encrypted."""
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
PIECE = 524_288
"""Bytes parsed at a time: more than the longest text of a cell, each character of it escaped."""
SAVE = "open it in a spreadsheet program and save it as .xlsx"


class Unreadable(ValueError):
    """Why a file is not read as a workbook, and what to do about it."""


def broken(what: str) -> Unreadable:
    """The error of a workbook that no program writes so."""
    return Unreadable(f"{what}; {SAVE}, or ask for it again")


def whole(typed: str | None) -> int:
    """A whole number of at least 0 as it stands in a part; raises Unreadable elsewhere."""
    if typed is None or not re.fullmatch("[0-9]{1,9}", typed):
        raise broken(f"found {typed!r} inside where a whole number belongs")
    return int(typed)


@contextmanager
def as_unreadable() -> Iterator[None]:
    """What zip and XML readers raise on broken files, told as Unreadable."""
    try:
        yield
    except Unreadable:
        raise
    except (ParseError, DefusedXmlException) as error:
        kind = "declares entities" if isinstance(error, DefusedXmlException) else "is broken"
        raise Unreadable(f"found XML inside that {kind}; allowed: a workbook; {SAVE}") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise Unreadable(f"found a damaged workbook ({error}); {SAVE}, or ask for it again") from (
            error
        )
    except (NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError) as error:
        raise Unreadable(f"found a workbook that cannot be read ({error}); {SAVE}") from error


class Package:
    """The parts of a workbook, each opened by its name and counted as it comes out."""

    def __init__(self, content: bytes) -> None:
        _refuse_other_files(content)
        with as_unreadable():
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        infos = self._zip.infolist()
        self.names = frozenset(info.filename for info in infos)
        self._left, self._elements = limits.UNPACKED_BYTES, 0
        if len(infos) > limits.PARTS:
            raise Unreadable(f"found {len(infos)} parts inside; allowed: {limits.PARTS} at most")
        if len(self.names) != len(infos):
            raise Unreadable(f"found two parts of one name inside; {SAVE}")
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable(f"found an encrypted workbook; {SAVE}, without a password")
        if any(info.compress_type not in (zipfile.ZIP_STORED, 8) for info in infos):
            raise Unreadable(f"found a workbook packed in an unusual way; {SAVE}")
        if sum(info.file_size for info in infos) > self._left:
            raise Unreadable(_too_large())

    def elements(self, part: str) -> Iterator[tuple[str, str, Element]]:
        """Each element of a part as ("start" or "end", local name, element), in document order.

        An element's own content is complete at its end; whoever needs its children collects them.
        """
        if part not in self.names:
            raise Unreadable(f"found a workbook without its part {part!r}; {SAVE}")
        with as_unreadable(), self._zip.open(part) as packed:
            yield from self._walked(_Counted(self, packed))

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the workbook: (kind, part) by id; links outside left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        targets: dict[str, tuple[str, str]] = {}
        if rels not in self.names:
            return targets
        for event, tag, element in self.elements(rels):
            if event == "end" and tag == "Relationship" and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                targets[element.get("Id", "")] = (kind, target.lstrip("/"))
        return targets

    def count_unpacked(self, count: int) -> None:
        """Counts bytes that came out; raises Unreadable where they are too many."""
        self._left -= count
        if self._left < 0:
            raise Unreadable(_too_large())

    def _walked(self, source: io.RawIOBase) -> Iterator[tuple[str, str, Element]]:
        parents: list[Element] = []
        for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                self._elements += 1
                parents.append(element)
                if len(element.attrib) > limits.ATTRIBUTES:
                    most = limits.ATTRIBUTES
                    raise Unreadable(f"found XML inside with more than {most} attributes; {SAVE}")
                self._refuse_too_many(len(parents))
                yield event, name, element
            else:
                parents.pop()
                yield event, name, element
                element.clear()
                if parents:  # or a sheet would be held twice; events hold what is to come
                    del parents[-1][:]

    def _refuse_too_many(self, depth: int) -> None:
        if depth > limits.DEPTH:
            raise Unreadable(f"found XML nested deeper than {limits.DEPTH}; {SAVE}")
        if self._elements > limits.ELEMENTS:
            raise Unreadable(
                f"found more than {limits.ELEMENTS:,} cells and marks; allowed: the response "
                "workbook, filled in"
            )


class _Counted(io.RawIOBase):
    """A part that counts what is read of it."""

    def __init__(self, package: Package, packed: IO[bytes]) -> None:
        self._package, self._packed = package, packed

    def read(self, size: int = -1) -> bytes:
        """The next bytes, whatever number is asked for.

        A piece in which no tag begins is refused: it is of an endless one, or of an endless text,
        and both would be held whole.
        """
        piece = self._packed.read(PIECE)
        self._package.count_unpacked(len(piece))
        if len(piece) == PIECE and b"<" not in piece:
            raise Unreadable(f"found XML inside with a tag or text that never ends; {SAVE}")
        return piece


def _too_large() -> str:
    most = limits.UNPACKED_BYTES // 1_000_000
    return (
        f"found more than {most} MB once unpacked; allowed: {most} MB at most, "
        "as no response workbook holds more"
    )


def _refuse_other_files(content: bytes) -> None:
    if len(content) > limits.FILE_BYTES:
        most = limits.FILE_BYTES
        raise Unreadable(f"found {len(content):,} bytes; allowed: {most:,} at most")
    if content.startswith(OLE2):
        raise Unreadable(f"found an encrypted workbook or an old .xls; {SAVE}, without a password")
    if not content.startswith(b"PK"):
        what = "an empty file" if not content else "a file that is no workbook"
        raise Unreadable(f"found {what}; allowed: an .xlsx workbook; {SAVE}")

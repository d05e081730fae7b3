"""Workbooks that are traps: small files that would take all memory, or never end."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from make.response_books import filled, patched, saved, sheet_part, with_shared_texts

WHOLE = with_shared_texts(saved(filled()))
MEGABYTE = b" " * 1_000_000
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET, TEXTS = b"<worksheet " + MAIN + b"><sheetData>", b"<sst " + MAIN + b">"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
END = b"</sheetData></worksheet>"
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">
]><worksheet>&e;</worksheet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<worksheet>&a;</worksheet>"""


def with_part(name: str, pieces: Iterable[bytes]) -> bytes:
    """The filled workbook with one part replaced, packed piece by piece."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(WHOLE)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
        with target.open(name, "w", force_zip64=True) as packed:
            for piece in pieces:
                packed.write(piece)
    return file.getvalue()


def rows(row: bytes, count: int) -> Iterator[bytes]:
    """A sheet of one row over and over."""
    yield SHEET
    block = row * 1_000
    for _ in range(count // 1_000):
        yield block
    yield END


def attributes(count: int) -> list[bytes]:
    """The beginning of an element with so many attributes."""
    return [b"<row ", b" ".join(b'a%x=""' % n for n in range(count)), b">"]


def many_sheets() -> bytes:
    """The filled workbook with twenty copies of a sheet that is just small enough."""
    name = sheet_part(filled(), "Pricing")

    def copied(parts: dict[str, bytes]) -> None:
        book, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
        parts[name] = b"".join(rows(b"<row><c><v>1</v></c></row>", 90_000))
        for n in range(20):
            parts[f"xl/worksheets/more{n}.xml"] = parts[name]
            target = f'Type="{REL}/worksheet" Target="worksheets/more{n}.xml"'
            link = f'<Relationship Id="more{n}" {target}/></Rel'
            parts[rels] = parts[rels].replace(b"</Rel", link.encode(), 1)
            entry = f'<sheet xmlns:r="{REL}" name="More {n}" sheetId="{90 + n}" r:id="more{n}"/>'
            parts[book] = parts[book].replace(b"</sheets>", f"{entry}</sheets>".encode())

    return patched(WHOLE, copied)


def understated(content: bytes, part: str) -> bytes:
    """A workbook that declares one part to be of 100 bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        size = source.getinfo(part).file_size
    old = size.to_bytes(4, "little")
    at = content.rindex(part.encode()) - 46 + 24
    assert content[at : at + 4] == old
    return content[:at] + (100).to_bytes(4, "little") + content[at + 4 :]


def encrypted() -> bytes:
    """A workbook whose parts are flagged as encrypted."""
    content = bytearray(WHOLE)
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as source:
        names = [info.filename.encode() for info in source.infolist()]
    for name in names:
        content[content.rindex(name) - 46 + 8] |= 1
    return bytes(content)


def heaviest() -> dict[str, bytes]:
    """What may be read at most: a workbook at each of the limits, and the largest trap."""
    sheet = sheet_part(filled(), "Pricing")
    one = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    texts = (b"<si><t>" + b"x" * 30_000 + b"</t></si>" for _ in range(1_800))
    return {
        "the filled template": WHOLE,
        "a sheet of 99,000 cells": with_part(sheet, rows(one, 99_000)),
        "texts of 54 MB": with_part("xl/sharedStrings.xml", [TEXTS, *texts, b"</sst>"]),
        "a sheet of 90 MB": with_part(sheet, [SHEET, *[MEGABYTE] * 90]),
        "a sheet of empty rows": with_part(sheet, rows(b"<row/>", 600_000)),
        "three million attributes": with_part(sheet, [SHEET, *attributes(3_000_000)]),
        "nested elements of many attributes": with_part(sheet, [SHEET, *attributes(60_000) * 38]),
        "an endless attribute": with_part(sheet, [SHEET, b'<row x="', *[b"a" * 1_000_000] * 58]),
    }


def bombs() -> dict[str, tuple[bytes, str]]:
    """Each trap with what is said of it."""
    sheet = sheet_part(filled(), "Pricing")
    whole = WHOLE
    one = b'<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    deep = b"<row>" * 100_000
    wide = b'<row x="' + b"a" * 30_000_000 + b'"/>'
    styles = b"<styleSheet " + MAIN + b'><numFmts><numFmt numFmtId="1" formatCode="'
    styles += b"0" * 300 + b'"/>'
    shared = TEXTS + b"<si><t>" + b"x" * 40_000 + b"</t></si></sst>"
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 6_000
    return {
        "declared 90 MB": (with_part("xl/media/a.bin", [MEGABYTE] * 90), "more than 60 MB"),
        "a sheet of 90 MB": (with_part(sheet, [SHEET, *[MEGABYTE] * 90]), "more than 60 MB"),
        "understated": (understated(whole, sheet), "damaged workbook"),
        "cells without end": (with_part(sheet, rows(one, 120_000)), "more than 100,000 cells"),
        "rows without end": (with_part(sheet, rows(b"<row/>", 600_000)), "more than 500,000"),
        "cells on many sheets": (many_sheets(), "more than 500,000"),
        "nested": (with_part(sheet, [SHEET, deep]), "nested deeper than 40"),
        "one endless attribute": (with_part(sheet, [SHEET, wide]), "found XML inside"),
        "attributes": (with_part(sheet, [SHEET, *attributes(101)]), "more than 100 attributes"),
        "attributes without end": (
            with_part(sheet, [SHEET, *attributes(300_000)]), "a tag or text that never ends"),
        "entities": (with_part(sheet, [LAUGHS]), "declares entities"),
        "an entity of a file": (with_part(sheet, [OUTSIDE]), "declares entities"),
        "a long format": (with_part("xl/styles.xml", [styles]), "number format of 300"),
        "a long text": (with_part("xl/sharedStrings.xml", [shared]), "a text of 40,000 characters"),
        "merged without end": (with_part(sheet, [SHEET, merged]), "5,000 merged ranges"),
        "too large a file": (b"PK" + b"0" * 10_000_000, "allowed: 10,000,000 at most"),
        "encrypted by its zip": (encrypted(), "found an encrypted workbook"),
        "encrypted, or an old .xls": (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), "encrypted workbook or an old .xls"),
        "text": (b"vendor,cost\n", "a file that is no workbook"),
        "empty": (b"", "found an empty file"),
        "truncated": (whole[: len(whole) // 2], "damaged workbook"),
        "another zip": (patched(whole, lambda parts: parts.pop("_rels/.rels")),
                        "without a workbook in it"),
        "no workbook part": (patched(whole, lambda parts: parts.pop("xl/workbook.xml")),
                             "without its part"),
        "no texts": (patched(whole, lambda parts: parts.pop("xl/sharedStrings.xml")),
                     "without its part"),
        "no sheet part": (patched(whole, lambda parts: parts.pop(sheet)), "without its part"),
        "no relations": (
            patched(whole, lambda parts: parts.pop("xl/_rels/workbook.xml.rels")),
            "listed, but not in the file"),
        "parts without end": (
            patched(whole, lambda parts: parts.update({f"x{n}": b"" for n in range(2_100)})),
            "more than 2,000 parts"),
    }  # fmt: skip

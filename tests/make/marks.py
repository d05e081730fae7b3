"""Workbooks with one mark that a person, or a trickster, leaves in them, made in their XML."""

import re
from collections.abc import Sequence
from html import escape

from make.response_books import patched

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = "xl/styles.xml"
Parts = dict[str, bytes]


def replaced(parts: Parts, part: str, old: str, new: str) -> None:
    """Puts a text for another, once, in one part."""
    text = parts[part].decode()
    assert text.count(old) >= 1, f"{old} is not in {part}"
    parts[part] = text.replace(old, new, 1).encode()


def with_text(content: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with one text for another in one of its parts."""
    return patched(content, lambda parts: replaced(parts, part, old, new))


def cell_tag(parts: Parts, part: str, at: str) -> str:
    """How a cell begins in its sheet."""
    [tag] = re.findall(rf'<c r="{at}"[^>]*>', parts[part].decode())
    return str(tag)


def in_font(content: bytes, part: str, at: str, font: str, *, fill: str = "") -> bytes:
    """A workbook in which one cell has a font, and a fill, of its own; both as XML inside."""

    def change(parts: Parts) -> None:
        tag = cell_tag(parts, part, at)
        style = styled(parts, font, fill)
        named = re.sub(r' s="\d+"', "", tag)
        replaced(parts, part, tag, named.replace(f'"{at}"', f'"{at}" s="{style}"', 1))

    return patched(content, change)


def styled(parts: Parts, font: str, fill: str = "") -> int:
    """The number of a cell style that is added, with a font and a fill."""
    fonts, fills = _added(parts, "font", font), _added(parts, "fill", fill) if fill else 0
    xf = f'<xf numFmtId="0" fontId="{fonts}" fillId="{fills}" borderId="0" xfId="0"/>'
    return _last(parts, "cellXfs", "xf", xf)


def _added(parts: Parts, name: str, inside: str) -> int:
    return _last(parts, f"{name}s", name, f"<{name}>{inside}</{name}>")


def _last(parts: Parts, within: str, name: str, entry: str) -> int:
    text = parts[STYLES].decode()
    [inside] = re.findall(rf"<{within}[ >].*?</{within}>", text, re.DOTALL)
    replaced(parts, STYLES, inside, inside.replace(f"</{within}>", f"{entry}</{within}>"))
    return len(re.findall(rf"<{name}[ />]", inside))


def linked(parts: Parts, sheet: str, kind: str, part: str, content: str) -> None:
    """Adds a part that a sheet refers to."""
    folder, _, name = sheet.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    empty = f'<Relationships xmlns="{PACKAGE}"></Relationships>'.encode()
    text = parts.get(rels, empty).decode()
    number = text.count("<Relationship ")
    link = f'<Relationship Id="mark{number}" Type="{kind}" Target="/{part}"/>'
    parts[rels] = text.replace("</Relationships>", f"{link}</Relationships>").encode()
    parts[part] = content.encode()


def commented(content: bytes, sheet: str, at: str, text: str, author: str = "Jane Doe") -> bytes:
    """A workbook with a note at a cell, written as Excel writes it."""
    runs = f"<r><rPr><b/></rPr><t>{escape(author)}:</t></r><r><t>\n{escape(text)}</t></r>"
    note = f'<comment ref="{at}" authorId="0"><text>{runs}</text></comment>'
    return patched(content, lambda parts: _notes(parts, sheet, [author], note))


def _notes(parts: Parts, sheet: str, authors: Sequence[str], notes: str) -> None:
    names = "".join(f"<author>{escape(author)}</author>" for author in authors)
    listed = f"<authors>{names}</authors><commentList>{notes}</commentList>"
    part = f'<comments xmlns="{MAIN}">{listed}</comments>'
    linked(parts, sheet, f"{OFFICE}/comments", "xl/comments99.xml", part)


def discussed(content: bytes, sheet: str, at: str, texts: Sequence[str], *, stand_in: str) -> bytes:
    """A workbook with a thread at a cell, as newer Excels write it, and a note in its place."""
    threads = f"{MICROSOFT}/spreadsheetml/2018/threadedcomments"
    kind = f"{MICROSOFT}/2017/10/relationships"
    entries = "".join(
        f'<threadedComment ref="{at}" personId="{{P{n % 2}}}" id="{{T{n}}}"'
        + (' parentId="{T0}"' if n else "")
        + f"><text>{escape(text)}</text></threadedComment>"
        for n, text in enumerate(texts)
    )
    people = "".join(
        f'<person displayName="{name}" id="{{P{n}}}" userId="x" providerId="None"/>'
        for n, name in enumerate(("Jane Doe", "Max Roe"))
    )

    def change(parts: Parts) -> None:
        main = "xl/workbook.xml"
        thread = f'<ThreadedComments xmlns="{threads}">{entries}</ThreadedComments>'
        linked(parts, sheet, f"{kind}/threadedComment", "xl/threadedComments/t.xml", thread)
        persons = f'<personList xmlns="{threads}">{people}</personList>'
        linked(parts, main, f"{kind}/person", "xl/persons/person.xml", persons)
        note = f'<comment ref="{at}" authorId="0"><text><t>{escape(stand_in)}</t></text></comment>'
        _notes(parts, sheet, ["tc={T0}"], note)

    return patched(content, change)

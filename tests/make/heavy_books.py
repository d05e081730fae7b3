"""Workbooks as heavy as any that may be read: each one thing, as often as the limits allow."""

import io
import zipfile
from collections.abc import Callable, Iterator

from make.response_books import filled, patched, sheet_part
from make.workbook_bombs import END, REL, SHEET, WHOLE, rows, with_part
from vendor_eval.bids.workbooks import limits

SITES, LINES = (sheet_part(filled(), name) for name in ("Sites", "Pricing"))
HEADINGS = ("sites", "Country", "City", "Head-count (FTE)", "Main language")
TEXT = '<c t="inlineStr"><is><t>{}</t></is></c>'


def inline(*texts: str) -> str:
    """Cells of text, one after the other."""
    return "".join(TEXT.format(text) for text in texts)


def sheet(*lines: str, after: str = "") -> list[bytes]:
    """A sheet of these rows, and what stands after them."""
    content = "".join(f"<row>{line}</row>" for line in lines)
    return [SHEET, content.encode(), b"</sheetData>", after.encode(), b"</worksheet>"]


def sites(*lines: str, head: str = "", after: str = "") -> bytes:
    """The workbook whose sheet of sites holds these rows below its header."""
    return with_part(SITES, sheet(inline(*HEADINGS) + head, *lines, after=after))


def more_sheets(count: int, name: Callable[[int], str], content: bytes) -> bytes:
    """The workbook with so many sheets more."""

    def add(parts: dict[str, bytes]) -> None:
        book, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
        links, entries = "", ""
        for n in range(count):
            parts[f"xl/worksheets/more{n}.xml"] = content
            target = f'Type="{REL}/worksheet" Target="worksheets/more{n}.xml"'
            links += f'<Relationship Id="more{n}" {target}/>'
            entry = f'name="{name(n)}" sheetId="{90 + n}" r:id="more{n}"'
            entries += f'<sheet xmlns:r="{REL}" {entry}/>'
        parts[rels] = parts[rels].replace(b"</Rel", f"{links}</Rel".encode(), 1)
        parts[book] = parts[book].replace(b"</sheets>", f"{entries}</sheets>".encode())

    return patched(WHOLE, add)


def shared(texts: list[str], cells: list[bytes], part: str = SITES) -> bytes:
    """The workbook with texts that cells of one sheet refer to, after those it has."""

    def add(parts: dict[str, bytes]) -> None:
        held = parts["xl/sharedStrings.xml"]
        entries = "".join(f"<si>{text}</si>" for text in texts)
        parts["xl/sharedStrings.xml"] = held.replace(b"</sst>", f"{entries}</sst>".encode())
        first = held.count(b"<si>")
        parts[part] = b"".join(cells).replace(b"@", str(first).encode())

    return patched(WHOLE, add)


def entries(count: int, name: int) -> bytes:
    """A zip with a list of so many empty parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for n in range(count):
            target.writestr(f"{n:0{name}}", b"")
    return file.getvalue()


def styles(codes: Iterator[str]) -> list[bytes]:
    """Styles with these number formats, each used."""
    every = list(codes)
    formats = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{c}"/>' for n, c in enumerate(every)
    )
    used = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(every)))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inside = f"<numFmts>{formats}</numFmts><cellXfs>{used}</cellXfs>"
    return [f'<styleSheet xmlns="{main}">{inside}</styleSheet>'.encode()]


def formatted(codes: Iterator[str]) -> bytes:
    """Head-counts and shares of 2,000 rows, each in a format of its own."""
    number = '<c s="{0}"><v>1</v></c>'
    lines = [inline("", "PL", "x") + number.format(n) + inline("pl") for n in range(1_990)]
    content = sites(*lines)
    return patched(content, lambda parts: parts.update({"xl/styles.xml": styles(codes)[0]}))


def of_columns(count: int) -> dict[str, bytes]:
    """What grows with the columns of a table."""
    ones = "<c><v>1</v></c>" * count
    return {
        "columns nobody asked for": sites(*[ones] * 4, head=ones),
        "columns of long names": sites(head=inline(*(f"{n} " + "x" * 300 for n in range(count)))),
        "one heading over and over": sites(head=inline(*["City"] * count)),
        "hidden columns": with_part(
            SITES,
            [
                SHEET.replace(
                    b"<sheetData>",
                    b"<cols>"
                    + b'<col min="1" max="16384" hidden="1"/>' * count
                    + b"</cols><sheetData>",
                ),
                f"<row>{inline(*HEADINGS)}{ones}</row>".encode(),
                END,
            ],
        ),
        "labels of the vendor's name": with_part(
            SITES, sheet(*[inline(*["Vendor's name"] * count)] * 6)
        ),
        "marks of the questions": with_part(
            SITES, sheet(*[inline(*["vendor-eval: questions"] * count)] * 6)
        ),
    }


def of_rows(count: int) -> dict[str, bytes]:
    """What grows with rows."""
    line = inline(*HEADINGS)
    merged = "".join(f'<mergeCell ref="B{n}:C{n + 1}"/>' for n in range(7, min(count, 5_000)))
    tall = "".join(f'<mergeCell ref="A{n}:E{n + 4000}"/>' for n in range(1, min(count, 5_000)))
    asked = inline(*("answers", "Question", "Unit", "Allowed answers", "Answer"))
    return {
        "headers": with_part(SITES, sheet(*[line] * (count // 5))),
        "headers without their mark": with_part(
            SITES, sheet(*[inline(*HEADINGS[1:], "Question", "Answer")] * (count // 6))
        ),
        "unknown countries": sites(
            *[inline("", f"Polnad{n}", "x", "4", f"Gremna{n}") for n in range(min(count, 1_990))]
        ),
        "unknown ids": with_part(
            sheet_part(filled(), "Answers"),
            sheet(asked, *(inline(f"yaers{n}", "?", "", "", "1") for n in range(count // 5 - 1))),
        ),
        "merged rows": sites(
            *[inline("", "PL", "x", "4")] * 1_990, after=f"<mergeCells>{merged}</mergeCells>"
        ),
        "overlapping merged ranges": sites(
            *[inline("", "PL", "x", "4")] * 1_990, after=f"<mergeCells>{tall}</mergeCells>"
        ),
        "lists of questions": with_part(
            SITES,
            sheet(
                inline("vendor-eval: questions"),
                *[inline(f"{'p' * 90}: " + "q " * 110)] * (count // 5),
            ),
        ),
        "blank cells with a format": with_part(
            SITES, rows(b"<row>" + b'<c s="1"/>' * 26 + b"</row>", 18_000)
        ),
        "blank rows of spaces": with_part(SITES, sheet(*[TEXT.format(" " * 45)] * count)),
    }


def of_texts(length: int, count: int) -> dict[str, bytes]:
    """What grows with the length of texts, each of `length` characters."""
    number = [
        inline("", "PL", "x", ("-" + " " * (length - 3) + "(")[:length]) for _ in range(count)
    ]
    names = shared(
        [f"<t>{'x' * length}</t>"],
        [*sheet(inline(*HEADINGS), *["<c/>" + '<c t="s"><v>@</v></c>' * 2] * count)],
    )
    runs = "<r><t>a</t></r>" * length
    return {
        "numbers of spaces": sites(*number),
        "one text in all cells": names,
        "texts of many runs": shared([runs] * max(1, count // 100), [*sheet("")]),
        "accents on one letter": sites(
            *[inline("", "PL", "a" + "\u0315\u0300" * (length // 2))] * 9
        ),
        "open brackets": with_part(SITES, sheet(*[TEXT.format("(" * length)] * count)),
        "texts of entities": with_part(
            SITES, sheet(*[TEXT.format("&lt;" * (length // 4))] * count)
        ),
        "spaces inside a choice": sites(
            *[inline("", "P" + " " * (length - 2) + "L", "x", "4")] * count
        ),
        "spaced-out escapes": with_part(
            SITES, sheet(*[TEXT.format("_x005F" * (length // 6))] * count)
        ),
    }


def of_parts() -> dict[str, bytes]:
    """What grows with the parts of the file."""
    relation = '<Relationship Id="x{0}" Type="x" Target="a{0}"/>'

    def related(parts: dict[str, bytes]) -> None:
        rels = "xl/_rels/workbook.xml.rels"
        many = "".join(relation.format(n) for n in range(240_000))
        parts[rels] = parts[rels].replace(b"</Rel", f"{many}</Rel".encode(), 1)

    def named(parts: dict[str, bytes]) -> None:
        many = "".join(f'<definedName name="n{n}">{"x" * 90}</definedName>' for n in range(90_000))
        held = parts["xl/workbook.xml"]
        parts["xl/workbook.xml"] = held.replace(
            b"</workbook>", f"<definedNames>{many}</definedNames></workbook>".encode()
        )

    return {
        "sheets of long names": more_sheets(
            90, lambda n: f"{n}" + "x" * 450_000, b"".join(sheet())
        ),
        "sheets of names": more_sheets(
            90, lambda n: f"{n:02}" + "x" * 250, b"".join(sheet(*[inline("Country")] * 900))
        ),
        "many references": patched(WHOLE, related),
        "many names": patched(WHOLE, named),
        "a long list of parts": entries(60_000, 20),
        "formats of brackets": formatted(f"{n}" + "[$" * 120 for n in range(1_900)),
        "formats of dates": formatted(f"{n}" + "[" * 200 + "d" for n in range(1_900)),
        "formats without end": formatted(f"{n}0" for n in range(60_000)),
    }


def other_workbook(cells: int) -> bytes:
    """A workbook that is no response: a price list of so many cells."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    listed = book.create_sheet("Prices")
    for n in range(cells // 10):
        listed.append([f"item {n}", "each", n / 7, n, "EUR", f"{n % 9} years", n, "x", "y", n])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def heavy_books() -> dict[str, bytes]:
    """Every kind, as heavy as the limits allow."""
    every = of_columns(16_000) | of_rows(limits.CELLS - 1_000) | of_parts()
    return every | of_texts(32_000, 140) | {f"short {k}": v for k, v in of_texts(78, 1_990).items()}

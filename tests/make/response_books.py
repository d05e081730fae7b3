"""A small questionnaire, its workbook filled in, and the same with one thing done to it."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell

from make.builders import rules
from vendor_eval.bids.response import Cell as Answered
from vendor_eval.bids.response import Response, Value
from vendor_eval.bids.workbooks.asked import per_cent
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.errors import Fault
from vendor_eval.outputs.scorecard.book import hold
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table
from vendor_eval.reference.names import listed_countries, listed_languages
from vendor_eval.rules.estimates import Estimate

SOURCE = "Beta.xlsx"
NARROW = re.compile(
    r".+!.+: cells? [A-Z0-9, ]+( and \d+ more)? (is|are) too narrow to show the number, and read"
)
"""The note of numbers that stand in columns as narrow as they went out."""
RULES = rules({"cost": 1})

ASKED = Questionnaire(
    (
        Form(
            "answers",
            "Answers",
            "Answers",
            (
                Question("years", "Years in our sector", "number", "years"),
                Question("solved", "Solved at the first contact", "number", "%"),
                Question("level", "English of the agents", "choice", "", ("B1", "B2", "C1")),
                Question("valid", "Certificate valid until", "date"),
                Question("reference", "Reference number"),
                Question("cost", "Total cost", "number", "EUR"),
            ),
        ),
        Table(
            "lines",
            "Pricing",
            "Price lines",
            (
                Question("item", "Item", needed=True),
                Question("basis", "Basis", "choice", "", ("once", "monthly"), needed=True),
                Question("price", "Price", "money", needed=True),
                Question("currency", "Currency", needed=True, help="three letters, such as EUR"),
                Question("discount", "Discount", "share", "%"),
                Question("quantity", "Quantity", "number", "FTE"),
                Question("starts", "Starts", "date"),
            ),
            rows=6,
        ),
        Form(
            "terms",
            "Pricing",
            "Price terms",
            (
                Question("prices_are", "Prices are", "choice", "", ("nominal", "real")),
                Question("indexation", "Yearly indexation", "share", "%"),
                Question("cap", "Cap", "money"),
                Question("terms_currency", "Currency of the cap"),
            ),
        ),
        Table(
            "sites",
            "Sites",
            "Delivery sites",
            (
                Question("country", "Country", "country", needed=True),
                Question("city", "City"),
                Question("heads", "Head-count (FTE)", "count", "FTE", needed=True),
                Question("tongue", "Main language", "language"),
            ),
            about="One row for each building.",
            rows=6,
        ),
    )
)

FORMS: Mapping[str, Mapping[str, Any]] = {
    "answers": {
        "years": 9.0,
        "solved": 76.0,
        "level": "C1",
        "valid": date(2028, 5, 31),
        "reference": "00731",
        "cost": 5_200_000.0,
    },
    "terms": {
        "prices_are": "nominal",
        "indexation": 0.02,
        "cap": 120_000.0,
        "terms_currency": "EUR",
    },
}
TABLES: Mapping[str, list[Mapping[str, Any]]] = {
    "lines": [
        {"item": "Agents", "basis": "monthly", "price": 3150.5, "currency": "EUR",
         "discount": 0.05, "quantity": 62.0, "starts": date(2027, 1, 1)},
        {"item": "Set-up", "basis": "once", "price": 48_000.0, "currency": "EUR"},
        {"item": "Exit", "basis": "once", "price": 9_000.0, "currency": "EUR"},
    ],
    "sites": [
        {"country": "PL", "city": "Łódź", "heads": 40.0, "tongue": "en"},
        {"country": "PT", "city": "Porto", "heads": 22.0},
    ],
}  # fmt: skip
NAMES = {
    "country": {code: name for name, code in listed_countries().items()},
    "language": {code: name for name, code in listed_languages().items()},
}

Flat = dict[tuple[Any, ...], Any]


def flat(forms: Mapping[str, Any], tables: Mapping[str, Any]) -> Flat:
    """Values by part and question, or by part, row and column."""
    told: Flat = {(p, q): v for p, asked in forms.items() for q, v in asked.items()}
    for part, rows in tables.items():
        told |= {(part, n, f): v for n, row in enumerate(rows) for f, v in row.items()}
    return {at: value for at, value in told.items() if value is not None}


FILLED = flat(FORMS, TABLES)


def values(read: Response) -> Flat:
    """What a response holds, answers and rows alone, without their cells."""
    forms = {
        part: {q: a.answer and _value(a.answer) for q, a in asked.items()}
        for part, asked in read.forms.items()
    }
    tables = {
        part: [{f: cell.value for f, cell in row.items()} for row in rows]
        for part, rows in read.tables.items()
    }
    return flat(forms, tables)


def _value(held: Answered) -> Value:
    """What a cell was read as, a range as its text."""
    return held.text if isinstance(held.value, Estimate) else held.value


def typed(asked: Question, value: Any) -> Any:
    """What a person types so that `value` is read."""
    if asked.kind in ("country", "language"):
        return NAMES[asked.kind].get(value, value)
    if per_cent(asked) and asked.kind == "number" and isinstance(value, float):
        return value / 100
    return value


def type_in(cell: Cell, asked: Question, value: Any) -> None:
    """Types a value into an answer cell; text stays text, whatever it begins with."""
    held = typed(asked, value)
    if isinstance(held, str) and held:
        hold(cell, held)
    else:
        cell.value = held


def header(book: Workbook, part: Form | Table) -> int:
    """The row of a part's header in the template."""
    [row] = [r[0].row for r in book[part.sheet].iter_rows() if r[0].value == part.id]
    return int(row)


def fill(
    book: Workbook,
    asked: Questionnaire,
    vendor: str,
    forms: Mapping[str, Mapping[str, Any]],
    tables: Mapping[str, Any],
) -> Workbook:
    """The template with answers in it, typed as they are asked."""
    hold(book["Read me"]["C4"], vendor)
    for part in asked.parts:
        sheet, first = book[part.sheet], header(book, part) + 1
        if isinstance(part, Form):
            for n, field in enumerate(part.fields, start=first):
                type_in(sheet.cell(n, 5), field, forms.get(part.id, {}).get(field.id))
        else:
            for n, row in enumerate(tables.get(part.id, ()), start=first):
                for column, field in enumerate(part.fields, start=2):
                    type_in(sheet.cell(n, column), field, row.get(field.id))
    return book


def filled() -> Workbook:
    """The small questionnaire's workbook, filled in as it should be."""
    return fill(workbook(ASKED, RULES), ASKED, "Beta", FORMS, TABLES)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def patched(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A workbook whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return file.getvalue()


def with_shared_texts(content: bytes) -> bytes:
    """A workbook whose texts stand in a part of their own, as Excel saves them."""
    texts: list[str] = []

    def moved(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c{match[1]} t="s"><v>{len(texts) - 1}</v></c>'

    def change(parts: dict[str, bytes]) -> None:
        inline = re.compile(r'<c([^>]*?) t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
        for name in parts:
            if name.startswith("xl/worksheets/sheet"):
                parts[name] = inline.sub(moved, parts[name].decode()).encode()
        entries = "".join(f"<si>{text}</si>" for text in texts)
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{entries}</sst>'.encode()
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        link = f'<Relationship Id="texts" Type="{kind}" Target="/xl/sharedStrings.xml"/></Rel'
        rels = "xl/_rels/workbook.xml.rels"
        parts[rels] = parts[rels].replace(b"</Rel", link.encode(), 1)

    return patched(content, change)


def sheet_part(book: Workbook, sheet: str) -> str:
    """The part in which openpyxl saves a sheet."""
    return f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"


def with_cell(content: bytes, part: str, at: str, kind: str, inside: str) -> bytes:
    """A workbook in which one cell's kind and content stand as given, in XML."""

    def change(parts: dict[str, bytes]) -> None:
        old = parts[part].decode()
        new, count = re.subn(
            rf'<c r="{at}"( s="\d+")?[^>]*?(/>|>.*?</c>)',
            rf'<c r="{at}"\1 t="{kind}">{inside}</c>',
            old,
            count=1,
        )
        assert count == 1
        parts[part] = new.encode()

    return patched(content, change)


def read(content: bytes, asked: Questionnaire = ASKED) -> tuple[Response | None, list[Fault]]:
    """The response in a workbook, and its faults."""
    return response(content, SOURCE, asked)


def carried_away(book: Workbook) -> None:
    """Takes the rules' fingerprint out of a workbook."""
    book.custom_doc_props.props.clear()
    del book.defined_names["vendor_eval_rules"]
    for row in book["Read me"].iter_rows():
        for each in row:
            if str(each.value).startswith("sha256:"):
                each.value = None

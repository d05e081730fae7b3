"""What is filled into a template is what is read from it, whatever is asked and answered."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from make import examples
from make.response_books import NAMES, NARROW, RULES, Flat, fill, flat, read, saved, values
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Form, Kind, Question, Questionnaire, Table
from vendor_eval.reference.clocks import zone_names
from vendor_eval.rules.plain_text import text, unseen

UNIT = ("", "%", "FTE", "hours a month", "EUR")
# a dozen words for headings: no two alike, one inside another, one that begins a formula
WORDS = (
    *("Price", "Price of setting up", "Level", "Level (CEFR)", "Level (tested)", "=SUM(A1:A9)"),
    *("Answer to all", "Where?", "Größe", "Wie viele\nLeute", "+44", "@home", "Unit price"),
)


def lines() -> st.SearchStrategy[str]:
    """Text as it is held: printable, in NFC, without outer spaces, not blank."""
    letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u200b")
    drawn = st.text(letters, max_size=30) | st.sampled_from(
        ["=1+1", "@SUM(A1)", "-5", "+x", "_x0041_", "007", "1.234", "N/A", "<b>&amp;", '"', "a\nb"]
    )
    return drawn.map(text).filter(lambda t: t != "" and unseen(t) is None and _xml(t))


def _xml(typed: str) -> bool:
    return not any(unicodedata.category(c) == "Cs" or c in "\ufffe\uffff" for c in typed)


def number() -> st.SearchStrategy[float]:
    """A number of any size that is read, in the 15 digits that spreadsheet programs keep."""
    small = st.integers(-(10**9), 10**9).map(lambda n: n / 100)
    large = st.floats(1e-9, 1e14) | st.floats(-1e14, -1e-9)
    return small | large.map(lambda x: float(f"{x:.15g}"))


def answer(asked: Question, weighed: bool) -> st.SearchStrategy[Any]:
    """What may be answered."""
    plain = st.integers(-(10**5), 10**5).map(lambda n: n / 100)  # in a cell of % at most 1000 %
    numbers = plain if asked.unit == "%" else number()
    ranges = st.lists(st.integers(2, 10**6), min_size=2, max_size=3, unique=True).map(
        lambda ends: "..".join(map(str, sorted(ends)))
    )
    kinds: Mapping[str, st.SearchStrategy[Any]] = {
        "text": lines(),
        "number": numbers | ranges if weighed else numbers,
        "count": st.integers(0, 10**9).map(float),
        "money": number(),
        "share": st.integers(0, 10**5).map(lambda n: n / 10_000),
        "date": st.dates(date(1900, 3, 1), date(2200, 12, 31)),
        "choice": st.sampled_from(asked.allowed or ("",)),
        "country": st.sampled_from(sorted(NAMES["country"])),
        "language": st.sampled_from(sorted(NAMES["language"])),
        "currency": st.sampled_from(["EUR", "PLN", "USD"]),
        "hours": st.sampled_from(["08:00-16:00", "08:00-12:00, 13:00-17:00", "22:00-06:00"]),
        "time_zone": st.sampled_from(sorted(zone_names())),
    }
    return kinds[asked.kind]


@st.composite
def fields(draw: st.DrawFn, most: int, weighed: bool = False) -> tuple[Question, ...]:
    """Fields of any kinds, with headings and ids that are told apart."""
    labels = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=most, unique=True))
    made = []
    for n, label in enumerate(labels):
        kind = draw(st.sampled_from(get_args(Kind)))
        shares = "%" if kind == "share" else ""
        unit = draw(st.sampled_from(UNIT)) if kind == "number" else shares
        choices = st.lists(lines(), min_size=1, max_size=4, unique_by=str.casefold)
        allowed = tuple(draw(choices)) if kind == "choice" else ()
        needed = not weighed and draw(st.booleans())
        made.append(
            Question(f"f{n}", label, kind, unit, allowed, needed, draw(st.just("") | lines()))
        )
    return tuple(made)


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """A form the rules weigh, a form and two tables, on one sheet or on several."""
    sheet = st.sampled_from(["Answers", "Pricing", "A & B's"])
    return Questionnaire(
        (
            Form("answers", draw(sheet), "Answers", draw(fields(5, weighed=True))),
            Form("terms", draw(sheet), "Terms", draw(fields(4)), about="Every one of them."),
            Table("lines", draw(sheet), "Lines", draw(fields(6)), rows=3),
            Table("sites", draw(sheet), "Sites", draw(fields(4)), about="All sites.", rows=2),
        )
    )


@st.composite
def fillings(draw: st.DrawFn, asked: Questionnaire) -> tuple[Any, Any]:
    """Answers to some of the questions, and rows with what is needed in them."""
    forms: dict[str, dict[str, Any]] = {}
    tables: dict[str, list[dict[str, Any]]] = {}
    for part in asked.parts:
        if isinstance(part, Form):
            weighed = part.id == "answers"
            forms[part.id] = {f.id: draw(st.none() | answer(f, weighed)) for f in part.fields}
            continue
        tables[part.id] = []
        for _ in range(draw(st.integers(0, part.rows))):
            row = {}
            for f in part.fields:
                value = answer(f, False)
                row[f.id] = draw(value if f.needed else st.none() | value)
            if any(value is not None for value in row.values()):
                tables[part.id].append(row)
    return forms, tables


@examples(quick=20, further=200)
@given(st.data())
def test_what_is_filled_in_is_what_is_read(data: st.DataObject) -> None:
    asked = data.draw(questionnaires())
    forms, tables = data.draw(fillings(asked))
    vendor = data.draw(lines().map(lambda t: " ".join(t.split())))
    book = fill(workbook(asked, RULES), asked, vendor, forms, tables)
    bid, faults = read(saved(book), asked)
    assert faults == []
    assert bid is not None
    assert bid.vendor == vendor
    assert values(bid) == flat(forms, tables)
    assert all(NARROW.fullmatch(note) for note in bid.notes)


def test_all_that_can_be_asked_reads_back_whole() -> None:
    asked = every_question(RULES)
    forms: dict[str, dict[str, Any]] = {}
    tables: dict[str, list[dict[str, Any]]] = {}
    for part in asked.parts:
        sample = {f.id: _sample(f) for f in part.fields}
        if isinstance(part, Form):
            forms[part.id] = sample
        else:
            tables[part.id] = [sample] * part.rows
    bid, faults = read(saved(fill(workbook(asked, RULES), asked, "Beta", forms, tables)), asked)
    expected: Flat = flat(forms, tables)
    assert bid is not None
    assert (faults, values(bid)) == ([], expected)
    *notes, rest = bid.notes
    assert all(note.endswith("which the buyer fills in") for note in notes)
    assert re.search(r": \d+ more notes of this workbook$", rest)
    assert len(expected) > 1000


def _sample(asked: Question) -> Any:
    samples: Mapping[str, Any] = {
        "text": "EUR",
        "currency": "EUR",
        "date": date(2027, 1, 1),
        "share": 0.02,
    }
    samples |= {"country": "PL", "language": "de", "choice": (asked.allowed or (None,))[-1]}
    samples |= {"hours": "08:00-16:00", "time_zone": "Europe/Berlin"}
    return samples.get(asked.kind, 12.0)

"""Workbooks as people return them: each kind of mess, one by one, and nothing else changed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from response_books import (
    FILLED,
    SOURCE,
    carried_away,
    filled,
    read,
    saved,
    sheet_part,
    values,
    with_cell,
)

# The template's cells, fixed by the small questionnaire: answers stand in Answers!E6:E11, price
# lines in Pricing!B6:H11 and terms in Pricing!E15:E18, sites in Sites!B7:E12.
YEARS, SOLVED, LEVEL, VALID, REFERENCE, COST = (f"Answers!E{n}" for n in range(6, 12))
ITEM, BASIS, PRICE, CURRENCY, DISCOUNT, QUANTITY, STARTS = (f"Pricing!{c}6" for c in "BCDEFGH")
PRICES_ARE, INDEXATION, CAP, CAP_CURRENCY = (f"Pricing!E{n}" for n in range(15, 19))
COUNTRY, CITY, HEADS, TONGUE = (f"Sites!{c}7" for c in "BCDE")
WHERE = {
    **{YEARS: ("answers", "years"), SOLVED: ("answers", "solved"), LEVEL: ("answers", "level")},
    **{VALID: ("answers", "valid"), REFERENCE: ("answers", "reference"), COST: ("answers", "cost")},
    **{ITEM: ("lines", 0, "item"), BASIS: ("lines", 0, "basis"), PRICE: ("lines", 0, "price")},
    **{CURRENCY: ("lines", 0, "currency"), DISCOUNT: ("lines", 0, "discount")},
    **{QUANTITY: ("lines", 0, "quantity"), STARTS: ("lines", 0, "starts")},
    **{PRICES_ARE: ("terms", "prices_are"), INDEXATION: ("terms", "indexation")},
    **{CAP: ("terms", "cap"), CAP_CURRENCY: ("terms", "terms_currency")},
    **{COUNTRY: ("sites", 0, "country"), CITY: ("sites", 0, "city")},
    **{HEADS: ("sites", 0, "heads"), TONGUE: ("sites", 0, "tongue")},
}
NBSP = "\u00a0"


def cell(book: Workbook, at: str) -> Any:
    """A cell by sheet and name."""
    sheet, _, name = at.partition("!")
    return book[sheet][name]


def test_the_filled_template_reads_as_filled_without_a_fault_or_a_note() -> None:
    told, faults = read(saved(filled()))
    assert told is not None
    assert (told.vendor, faults, told.notes) == ("Beta", [], ())
    assert values(told) == FILLED
    assert [c.note for c in told.cells if c.note] == []
    assert told.forms["answers"]["years"].answer is not None
    assert told.forms["answers"]["years"].answer.place == f"{SOURCE}!{YEARS}"


# at which cell, what was typed, with which number format, and what it is read as
READ_AS = [
    *[(PRICE, text, None, number) for text, number in [
        ("$ 1,234.50", None),  # the row's currency is EUR
        ("1.234,50 EUR", 1234.5), ("EUR 1.234,50", 1234.5), ("€1,234.50", 1234.5),
        ("1 234,50 €", 1234.5), ("1'234.50", 1234.5), (f"3150,5{NBSP}", 3150.5),
        ("1,234,567", 1234567.0), ("-12.5", -12.5), ("\u221212.5", -12.5), ("  48000 ", 48000.0),
        (f"1{NBSP}234{NBSP}567,891", 1234567.891), ("0,125", 0.125), ("12345,678", 12345.678),
        ("12,34,567.5", 1234567.5), ("1.5e3", 1500.0),
    ] if number is not None],
    (DISCOUNT, "2 %", None, 0.02), (DISCOUNT, "2%", None, 0.02), (DISCOUNT, "2,5 %", None, 0.025),
    (DISCOUNT, 2, "General", 0.02), (DISCOUNT, "12", None, 0.12), (DISCOUNT, "0.5 %", None, 0.005),
    (SOLVED, "76 %", None, 76.0), (SOLVED, 76, "General", 76.0), (SOLVED, "70..76..80", None, None),
    (QUANTITY, "62 FTE", None, 62.0), (QUANTITY, "62,5", None, 62.5),
    (YEARS, "9 years", None, 9.0), (COST, "5.200.000 EUR", None, 5_200_000.0),
    (VALID, "2028-05-31", None, date(2028, 5, 31)), (VALID, "31.05.2028", None, date(2028, 5, 31)),
    (VALID, "31 May 2028", None, date(2028, 5, 31)), (VALID, "5/31/2028", None, date(2028, 5, 31)),
    (VALID, datetime.fromisoformat("2028-05-31T12:30"), "yyyy-mm-dd hh:mm", date(2028, 5, 31)),
    (STARTS, "Jan 15, 2027", None, date(2027, 1, 15)),
    (BASIS, "Monthly", None, "monthly"), (BASIS, f" once{NBSP}", None, "once"),
    (PRICES_ARE, "REAL", None, "real"),
    (COUNTRY, "Polska", None, "PL"), (COUNTRY, "pol", None, "PL"), (COUNTRY, "UK", None, "GB"),
    (COUNTRY, "Czech Republic", None, "CZ"), (TONGUE, "Deutsch", None, "de"),
    (TONGUE, "Mandarin", None, "zh"), (TONGUE, "en-GB", None, "en"),
    (REFERENCE, 731, "00000", "00731"), (REFERENCE, 731, "General", "731"),
    (CITY, True, "General", "TRUE"), (HEADS, "40 ", None, 40.0),
]  # fmt: skip


@pytest.mark.parametrize(("at", "typed", "code", "expected"), READ_AS)
def test_what_can_mean_one_thing_only_is_read_and_listed(
    at: str, typed: Any, code: str | None, expected: Any
) -> None:
    book = filled()
    cell(book, at).value = typed
    if code:
        cell(book, at).number_format = code
    told, faults = read(saved(book))
    assert faults == []
    assert told is not None
    if expected is None:
        expected = typed
    else:
        [noted] = [c for c in told.cells if c.note]
        assert noted.place == f"{SOURCE}!{at}"
        assert " read as " in noted.note
    assert values(told) == {**FILLED, WHERE[at]: expected}
    assert told.notes == ()


# at which cell, what was typed, its number format, and what the fault says
FAULTS = [
    (PRICE, "1.234", None, "can mean 1.234 or 1234"),
    (PRICE, "1,234", None, "can mean 1.234 or 1234"),
    (PRICE, "12.345 EUR", None, "can mean 12.345 or 12345"),
    (PRICE, "$ 105.40 whatever", None, "found '$ 105.40 whatever'"),
    (PRICE, "$ 105.40", None, "the currency stated is EUR at Beta.xlsx!Pricing!E6"),
    (PRICE, 105.4, '"$"#,##0.00', "the currency stated is EUR"),
    (CAP, "£5", None, "the currency stated is EUR at Beta.xlsx!Pricing!E18"),
    (PRICE, "105.40 k", None, "with 'k'; allowed: an amount"),
    (PRICE, "(105.40)", None, "found '(105.40)'; allowed: an amount"),
    (PRICE, "1.2.3", None, "not how thousands are parted"),
    (PRICE, "12 5", None, "not how thousands are parted"),
    (PRICE, "on request", None, "found 'on request'; allowed: an amount"),
    (PRICE, "N/A", None, "found 'N/A'; allowed: an amount"),
    (PRICE, "5 EUR 6", None, "allowed: an amount"),
    (PRICE, "10..14", None, "found '10..14'; allowed: an amount"),
    (PRICE, True, "General", "found TRUE; allowed: an amount"),
    (PRICE, date(2027, 4, 3), "yyyy-mm-dd", "found 2027-04-03, shown as a date"),
    (PRICE, 0.07, "0.0%", "found the percentage 7 %"),
    (PRICE, 1e16, None, "too large or too small"),
    (PRICE, "٣", None, "allowed: an amount"),
    (DISCOUNT, 0.02, "General", "can mean 0.02 % or 2 %"),
    (DISCOUNT, "0.02", None, "can mean 0.02 % or 2 %"),
    (DISCOUNT, 1, "General", "can mean 1 % or 100 %"),
    (SOLVED, 0.76, "General", "can mean 0.76 % or 76 %"),
    (SOLVED, "0.7..0.8", None, "can mean 0.7 % or 70 %"),
    (SOLVED, "80..70", None, "the lower end first"),
    (SOLVED, "1..2..3..4", None, "or a range such as 10..14"),
    (SOLVED, "70-80", None, "or a range such as 10..14"),
    (QUANTITY, "62 agents", None, "with 'agents'; allowed: a number of FTE"),
    (QUANTITY, "60..64", None, "found '60..64'; allowed: a number"),
    (QUANTITY, 62, '"$"0', "with '$'; allowed: a number of FTE"),
    (YEARS, "9 %", None, "found the percentage 9 %"),
    (YEARS, "No", None, "found 'No'; allowed: a number"),
    (HEADS, 40.5, None, "found 40.5; allowed: a whole number"),
    (HEADS, -1, None, "found -1; allowed: a whole number, at least 0"),
    (VALID, "03/04/2027", None, "can mean 2027-04-03 or 2027-03-04"),
    (VALID, "31.04.2027", None, "allowed: a date that exists"),
    (VALID, "1.5.27", None, "allowed: a date such as 2027-01-31"),
    (VALID, 46538, "General", "found 46538, not shown as a date"),
    (VALID, "until further notice", None, "allowed: a date such as"),
    (BASIS, "yearly", None, "found 'yearly'; allowed: 'once' or 'monthly'"),
    (BASIS, "monthli", None, "did you mean 'monthly'?"),
    (BASIS, "N/A", None, "found 'N/A'"),
    (COUNTRY, "Polnd", None, "unknown country 'Polnd'; did you mean 'Poland'?"),
    (COUNTRY, "Congo", None, "did you mean 'Congo - Brazzaville' or 'Congo - Kinshasa'?"),
    (TONGUE, "Engish", None, "unknown language 'Engish'; did you mean 'English'?"),
    (COUNTRY, "NA", None, "which may mean none"),
    (TONGUE, "No", None, "which may mean none"),
    (CITY, "Lodz\u202egnp", None, r"the invisible '\u202e'"),
    (CITY, "Lodz_x0007_", None, r"the invisible '\x07'"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "typed", "code", "message"), FAULTS)
def test_what_can_mean_two_things_or_none_is_a_fault_at_its_cell(
    at: str, typed: Any, code: str | None, message: str
) -> None:
    book = filled()
    cell(book, at).value = typed
    if code:
        cell(book, at).number_format = code
    told, faults = read(saved(book))
    assert [(fault.place, message in fault.message) for fault in faults] == [
        (f"{SOURCE}!{at}", True)
    ], faults
    assert told is not None
    kept = values(told)
    kept.pop(WHERE[at], None)  # an amount in a wrong currency is told, and read
    assert kept == {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert told.notes == ()


@pytest.mark.parametrize("at", [YEARS, SOLVED, LEVEL, VALID, REFERENCE, COST, DISCOUNT, CITY])
@pytest.mark.parametrize("typed", [None, "", " ", NBSP, f"{NBSP} \n"])
def test_a_blank_answer_is_nothing_at_all(at: str, typed: str | None) -> None:
    book = filled()
    cell(book, at).value = typed
    told, faults = read(saved(book))
    assert told is not None
    assert values(told) == {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert (faults, told.notes) == ([], ())


@pytest.mark.parametrize("typed", ["N/A", "No", "no", "None", "b1", "Yes, mostly"])
def test_text_that_the_rules_judge_is_kept_as_written(typed: str) -> None:
    book = filled()
    cell(book, LEVEL).value = typed
    cell(book, REFERENCE).value = f"  {typed}{NBSP}"
    told, faults = read(saved(book))
    assert told is not None
    assert values(told) == {**FILLED, WHERE[LEVEL]: typed, WHERE[REFERENCE]: typed}
    assert faults == []


@dataclass(frozen=True)
class Moved:
    """Something done to a workbook's shape, and what of it is told."""

    change: Callable[[Workbook], None]
    notes: tuple[str, ...] = ()
    """What the notes say, one regular expression each."""
    faults: Mapping[str, str] = field(default_factory=dict)
    """What the faults say, by place."""
    values: Mapping[tuple[Any, ...], Any] = field(default_factory=dict)
    """What is read otherwise; None for what is not read."""


def banner(book: Workbook) -> None:
    book["Pricing"].insert_rows(1, 7)
    book["Pricing"]["A1"] = "CONFIDENTIAL"
    book["Pricing"].merge_cells("A1:H2")


def footer(book: Workbook) -> None:
    book["Sites"]["B10"] = "All sites are our own"
    book["Sites"].merge_cells("B10:E10")


def hidden_answers(book: Workbook) -> None:
    book["Sites"].sheet_state = "hidden"
    book["Sites"].row_dimensions[8].hidden = True
    book["Pricing"].column_dimensions["D"].hidden = True


def reordered(book: Workbook) -> None:
    rows = [[c.value for c in row] for row in book["Answers"]["A6:F11"]]
    codes = [row[4].number_format for row in book["Answers"]["A6:F11"]]
    for row, held, code in zip(book["Answers"]["A6:F11"], rows[::-1], codes[::-1], strict=True):
        for old, value in zip(row, held, strict=True):
            old.value = value
        row[4].number_format = code


def far_away(book: Workbook) -> None:
    for sheet in book:
        sheet["Z1000"].number_format = "0.00"
        sheet["AD1000"] = " "


def repeated_header(book: Workbook) -> None:
    lines = book["Pricing"]
    for column in range(1, 9):
        lines.cell(9, column).value = lines.cell(5, column).value
    for column, value in enumerate(("Exit 2", "once", 1.5, "EUR"), start=2):
        lines.cell(10, column).value = value


def own_sheet(book: Workbook) -> None:
    book.create_sheet("Our company")["A1"] = "We are great"
    key = book.create_sheet("Key")
    key["A1"], key.sheet_state = 1, "hidden"


def twice(book: Workbook) -> None:
    book.copy_worksheet(book["Sites"]).title = "Sites (2)"


def turned(book: Workbook) -> None:
    held = [[c.value for c in row] for row in book["Sites"]["B6:E8"]]
    book.remove(book["Sites"])
    sheet = book.create_sheet("Sites")
    for column, row in enumerate(held, start=1):
        for n, value in enumerate(row, start=1):
            sheet.cell(n, column).value = value


def fewer_marks(book: Workbook) -> None:
    for sheet, at in (("Answers", "A5"), ("Pricing", "A5"), ("Pricing", "A14"), ("Sites", "A6")):
        book[sheet][at] = None


def line_breaks(book: Workbook) -> None:
    book["Sites"]["D6"] = "Head-count\n(FTE)"
    book["Pricing"]["F5"] = "DISCOUNT \u00a0"


def name_moved(book: Workbook) -> None:
    book["Read me"].insert_rows(2, 3)
    book["Read me"].insert_cols(2)


def other_rules(book: Workbook) -> None:
    book.custom_doc_props.props.clear()
    book.defined_names["vendor_eval_rules"] = DefinedName(
        "vendor_eval_rules", attr_text=f'"sha256:{"0" * 64}"'
    )


SITES = {key: None for key in FILLED if key[0] == "sites"}
MOVED = {
    "banner above, header moved": Moved(banner, (r"Pricing: row 1 is not asked for",)),
    "merged footer": Moved(footer, (r"Sites: row 10 is not asked for",)),
    "hidden sheet, row and column": Moved(
        hidden_answers, (r"Pricing: column D hidden, and read", r"Sites: the sheet is hidden",
                         r"Sites: row 8 is hidden")),
    "rows reordered": Moved(reordered),
    "a column inserted": Moved(lambda b: b["Pricing"].insert_cols(3)),
    "a column inserted at the left": Moved(lambda b: b["Answers"].insert_cols(1)),
    "a column of their own": Moved(
        lambda b: (b["Sites"].__setitem__("F6", "Remarks"), b["Sites"].__setitem__("F7", "nice")),
        (r"Sites: column F \('Remarks'\) is not asked for",)),
    "a word beside": Moved(
        lambda b: b["Answers"].__setitem__("H9", "see attachment"),
        (r"Answers: row 9 is not asked for",)),
    "sheets renamed": Moved(lambda b: [setattr(s, "title", f"{n} {s.title} (final)")
                                       for n, s in enumerate(b)]),
    "sheets in another order": Moved(lambda b: b._sheets.reverse()),
    "used range to Z1000": Moved(far_away),
    "header repeated": Moved(
        repeated_header, (r"Pricing!row 9: the header again",),
        values={("lines", 3, f): v for f, v in
                [("item", "Exit 2"), ("basis", "once"), ("price", 1.5), ("currency", "EUR")]}),
    "sheets of their own": Moved(
        own_sheet, (r"Our company: the sheet is not one of ours",
                    r"Key: the hidden sheet is not one of ours")),
    "a sheet twice": Moved(
        twice, (r"Sites \(2\): the sheet is not one of ours",),
        {f"{SOURCE}!Sites (2)!B6": "'Delivery sites' stands here again, after Sites!B6"}),
    "a sheet absent": Moved(
        lambda b: b.remove(b["Sites"]), (),
        {SOURCE: "'Delivery sites' of the sheet 'Sites' is nowhere"}, SITES),
    "a sheet sideways": Moved(
        turned, (r"Sites: the sheet is not one of ours",),
        {f"{SOURCE}!Sites!A1": "'Delivery sites' stands here sideways"}, SITES),
    "ids of the parts deleted": Moved(fewer_marks),
    "line breaks and case in headings": Moved(line_breaks),
    "the name's place moved": Moved(name_moved),
    "an id unknown": Moved(
        lambda b: b["Answers"].__setitem__("A6", "yeers"), (),
        {f"{SOURCE}!Answers!A6": "unknown id 'yeers'; did you mean 'years'?",
         f"{SOURCE}!Answers": "the question 'years' is not there"},
        {("answers", "years"): None}),
    "an id twice": Moved(
        lambda b: b["Answers"].__setitem__("A7", "years"), (),
        {f"{SOURCE}!Answers!A7": "the question 'years' stands here again",
         f"{SOURCE}!Answers": "the question 'solved' is not there"},
        {("answers", "solved"): None}),
    "a question altered": Moved(
        lambda b: b["Answers"].__setitem__("C6", "months"),
        (r"Answers!C6: the unit was 'years' and reads 'months' now",)),
    "a heading altered": Moved(
        lambda b: b["Pricing"].__setitem__("D5", "Prize"),
        (r"Pricing: column D \('Prize'\) is not asked for",),
        {f"{SOURCE}!Pricing!row 5": "no column 'Price'; did you mean 'Prize'?"},
        {("lines", n, "price"): None for n in range(3)}),
    "a needed cell blank": Moved(
        lambda b: b["Pricing"].__setitem__("C7", NBSP), (),
        {f"{SOURCE}!Pricing!C7": "'Basis' blank in a row"}, {("lines", 1, "basis"): None}),
    "a row of one cell": Moved(
        lambda b: b["Sites"].__setitem__("C9", "Vigo"), (),
        {f"{SOURCE}!Sites!B9": "'Country' and 'Head-count (FTE)' blank in a row"},
        {("sites", 2, "city"): "Vigo"}),
    "cells merged downwards": Moved(
        lambda b: b["Sites"].merge_cells("B7:B8"), (),
        {f"{SOURCE}!Sites!B8": "'Country' is merged with B7"}, {("sites", 1, "country"): None}),
    "answers merged downwards": Moved(
        lambda b: b["Answers"].merge_cells("E9:E10"), (),
        {f"{SOURCE}!Answers!E10": "'Reference number' is merged with E9"},
        {("answers", "reference"): None}),
    "a heading twice": Moved(
        lambda b: (b["Sites"].__setitem__("F6", "city"), b["Sites"].__setitem__("F7", "Lodz")),
        (r"Sites: column F \('city'\) is not asked for",),
        {f"{SOURCE}!Sites!F6": "the column 'city' stands here again"}),
    "no fingerprint": Moved(carried_away),
    "another fingerprint": Moved(other_rules),
    "an empty row between": Moved(lambda b: b["Pricing"].insert_rows(8)),
    "more rows than offered": Moved(
        lambda b: [b["Sites"].cell(13, c, v) for c, v in ((2, "ES"), (4, 5))],
        values={("sites", 2, "country"): "ES", ("sites", 2, "heads"): 5.0}),
}  # fmt: skip


@pytest.mark.parametrize("kind", MOVED)
def test_a_workbook_out_of_shape_is_read_where_its_parts_stand(kind: str) -> None:
    moved, book = MOVED[kind], filled()
    moved.change(book)
    told, faults = read(saved(book))
    assert told is not None
    assert {fault.place for fault in faults} == set(moved.faults), faults
    assert all(moved.faults[fault.place] in fault.message for fault in faults), faults
    expected = {k: v for k, v in {**FILLED, **moved.values}.items() if v is not None}
    assert values(told) == expected
    assert len(told.notes) == len(moved.notes), told.notes
    for wanted, note in zip(moved.notes, told.notes, strict=True):
        assert re.search(wanted, note), told.notes


NAMES = {
    "blank": (None, "the vendor's name is blank"),
    "of spaces": (f" {NBSP}", "the vendor's name is blank"),
    "too long": ("B" * 201, "a name of 201 characters"),
    "turned": ("Be\u202eta", r"the invisible '\u202e'"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_workbook_without_a_proper_name_is_nobodys(kind: str) -> None:
    typed, message = NAMES[kind]
    book = filled()
    book["Read me"]["C4"] = typed
    told, [fault] = read(saved(book))
    assert told is None
    assert message in fault.message
    assert fault.place in (f"{SOURCE}!Read me!B4", f"{SOURCE}!Read me!C4")


def test_a_vendor_may_be_named_by_a_number() -> None:
    book = filled()
    book["Read me"]["C4"] = 360
    told, faults = read(saved(book))
    assert told is not None
    assert (told.vendor, faults) == ("360", [])


F = "<f>B2*1.05</f>"
KEPT = (
    "the value kept from the formula =[2]Rates!C3, whose link to another workbook was not followed"
)
# the XML of a cell's content, its kind, and what is read, noted or told
FORMULAS = {
    "with its value": (PRICE, "n", f"{F}<v>98</v>", 98.0, "the value of the formula =B2*1.05"),
    "of another workbook": (PRICE, "n", "<f>[2]Rates!C3</f><v>98</v>", 98.0, KEPT),
    "shared": (PRICE, "n", '<f t="shared" si="0"/><v>98</v>', 98.0, "the value of a formula"),
    "of text": (BASIS, "str", "<f>A1</f><v>once</v>", "once", "the value of the formula =A1"),
    "that gives nothing": (CITY, "str", '<f>IF(1,"")</f><v></v>', None, None),
    "without its value": (PRICE, "n", F, None, "found the formula =B2*1.05 without its value"),
    "with an empty value": (PRICE, "n", f"{F}<v></v>", None, "without its value"),
    "in error": (PRICE, "e", f"{F}<v>#REF!</v>", None, "found the error #REF!; allowed: an amount"),
    "not there": (CITY, "e", "<f>VLOOKUP(1,A:A,1)</f><v>#N/A</v>", None, "found the error #N/A"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FORMULAS)
def test_a_formula_counts_by_the_value_saved_with_it(kind: str) -> None:
    at, held, inside, expected, message = FORMULAS[kind]
    book = filled()
    sheet, _, name = at.partition("!")
    told, faults = read(with_cell(saved(book), sheet_part(book, sheet), name, held, inside))
    assert told is not None
    rest = {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert values(told) == rest | ({WHERE[at]: expected} if expected is not None else {})
    notes = [c.note for c in told.cells if c.note]
    if expected is not None:
        assert (notes, faults) == ([message], [])
    elif message is None:
        assert (notes, faults) == ([], [])
    else:
        assert [(f.place, message in f.message) for f in faults] == [(f"{SOURCE}!{at}", True)]


def test_a_row_of_formulas_that_give_zero_is_no_entry() -> None:
    book = filled()
    book["Pricing"]["D10"] = 0
    content = with_cell(
        saved(book), sheet_part(book, "Pricing"), "D10", "n", "<f>G10*2</f><v>0</v>"
    )
    told, faults = read(content)
    assert told is not None
    assert (values(told), faults) == (FILLED, [])
    assert told.notes == (f"{SOURCE}!Pricing: row 10 is not asked for, and not read in full",)


def test_dates_counted_from_1904_are_the_days_they_show() -> None:
    book = filled()
    book.epoch = datetime.fromisoformat("1904-01-01")
    told, faults = read(saved(book))
    assert told is not None
    assert (values(told), faults) == (FILLED, [])

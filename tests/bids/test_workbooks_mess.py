"""Workbooks as people return them: each kind of mess, one by one, and nothing else changed."""

from datetime import date, datetime
from itertools import product
from typing import Any

import pytest

from make import mostly_more
from make.response_books import (
    FILLED,
    SOURCE,
    filled,
    read,
    saved,
    values,
)
from make.response_cells import (
    BASIS,
    CAP,
    CITY,
    COST,
    COUNTRY,
    DISCOUNT,
    HEADS,
    LEVEL,
    NBSP,
    PRICE,
    PRICES_ARE,
    QUANTITY,
    REFERENCE,
    SOLVED,
    STARTS,
    TONGUE,
    VALID,
    WHERE,
    YEARS,
    cell,
)
from vendor_eval.reference import names


def test_the_filled_template_reads_as_filled_without_a_fault_or_a_note() -> None:
    bid, faults = read(saved(filled()))
    assert bid is not None
    assert (bid.vendor, faults, bid.notes) == ("Beta", [], ())
    assert values(bid) == FILLED
    assert [c.note for c in bid.cells if c.note] == []
    assert bid.forms["answers"]["years"].answer is not None
    assert bid.forms["answers"]["years"].answer.place == f"{SOURCE}!{YEARS}"


# at which cell, what was typed, with which number format, and what it is read as
READ_AS = [
    *[(PRICE, text, None, number) for text, number in [
        ("$ 1,234.50", None),  # the row's currency is EUR
        ("1.234,50 EUR", 1234.5), ("EUR 1.234,50", 1234.5), ("€1,234.50", 1234.5),
        ("1 234,50 €", 1234.5), ("1'234.50", 1234.5), (f"3150,5{NBSP}", 3150.5),
        ("1,234,567", 1234567.0), ("\u221212.5", -12.5),
        (f"1{NBSP}234{NBSP}567,891", 1234567.891), ("0,125", 0.125), ("12345,678", 12345.678),
        ("12,34,567.5", 1234567.5), ("1.5e3", 1500.0),
    ] if number is not None],
    (DISCOUNT, "2%", None, 0.02), (DISCOUNT, "2,5 %", None, 0.025), (DISCOUNT, 2, "General", 0.02),
    (DISCOUNT, "12", None, 0.12), (DISCOUNT, 1.5, "0.0%", 1.5), (DISCOUNT, -10, "0%", -10.0),
    (SOLVED, "76%", None, 76.0), (SOLVED, 76, "General", 76.0), (SOLVED, 10, "0%", 1000.0),
    (QUANTITY, "62 FTE", None, 62.0), (QUANTITY, "62,5", None, 62.5),
    (YEARS, "9 years", None, 9.0), (COST, "5.200.000 EUR", None, 5_200_000.0),
    (VALID, "31.05.2028", None, date(2028, 5, 31)), (VALID, "5/31/2028", None, date(2028, 5, 31)),
    (VALID, "31 May 2028", None, date(2028, 5, 31)),
    (VALID, datetime.fromisoformat("2028-05-31T12:30"), "yyyy-mm-dd hh:mm", date(2028, 5, 31)),
    (STARTS, "Jan 15, 2027", None, date(2027, 1, 15)),
    (BASIS, "Monthly", None, "monthly"), (LEVEL, "b1", None, "B1"),
    (PRICES_ARE, "REAL", None, "real"),
    (COUNTRY, "Polska", None, "PL"), (COUNTRY, "pol", None, "PL"), (COUNTRY, "UK", None, "GB"),
    (COUNTRY, "Czech Republic", None, "CZ"), (TONGUE, "Deutsch", None, "de"),
    (TONGUE, "Mandarin", None, "zh"), (TONGUE, "en-GB", None, "en"),
    (REFERENCE, 731, "00000", "00731"), (REFERENCE, 731, "General", "731"),
    (CITY, True, "General", "TRUE"), (COUNTRY, "pt", None, "PT"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "typed", "code", "expected"), READ_AS)
def test_what_can_mean_one_thing_only_is_read_and_listed(
    at: str, typed: Any, code: str | None, expected: Any
) -> None:
    book = filled()
    cell(book, at).value = typed
    if code:
        cell(book, at).number_format = code
    bid, faults = read(saved(book))
    assert faults == []
    assert bid is not None
    [noted] = [c for c in bid.cells if c.note]
    assert noted.place == f"{SOURCE}!{at}"
    assert " read as " in noted.note
    assert values(bid) == {**FILLED, WHERE[at]: expected}
    assert bid.notes == ()


# at which cell what was typed, and what it is: the same
AS_IT_STANDS = [
    (HEADS, "16", 16.0), (HEADS, f" 16{NBSP}", 16.0), (PRICE, "  48000 ", 48000.0),
    (PRICE, "0.125", 0.125), (PRICE, "-12.5", -12.5), (DISCOUNT, "2 %", 0.02),
    (DISCOUNT, " 9970 %", 99.7),
    (SOLVED, "76 %", 76.0), (SOLVED, " 70..76..80", "70..76..80"), (BASIS, f" once{NBSP}", "once"),
    (VALID, "2028-05-31 ", date(2028, 5, 31)), (COUNTRY, " Portugal", "PT"), (LEVEL, " B1", "B1"),
]  # fmt: skip


@pytest.mark.parametrize(("at", "typed", "expected"), AS_IT_STANDS)
def test_what_is_read_as_it_stands_but_for_outer_spaces_is_not_listed(
    at: str, typed: str, expected: Any
) -> None:
    book = filled()
    cell(book, at).value = typed
    bid, faults = read(saved(book))
    assert bid is not None
    assert (values(bid), faults) == ({**FILLED, WHERE[at]: expected}, [])
    assert [c.note for c in bid.cells if c.note] == []


# the number in a cell shown as a percentage, and how it is noted
PERCENTAGES = [
    (0.997, None), (1, None), (1.5, "1.5, shown as a percentage, read as 150 %"),
    (10, "10, shown as a percentage, read as 1000 %"),
]  # fmt: skip


@pytest.mark.parametrize("at", [SOLVED, DISCOUNT])
@pytest.mark.parametrize(("held", "note"), PERCENTAGES)
def test_a_percentage_above_100_is_read_and_noted(at: str, held: float, note: str | None) -> None:
    book = filled()
    cell(book, at).value = held
    bid, faults = read(saved(book))
    assert bid is not None
    assert faults == []
    assert [c.note for c in bid.cells if c.note] == ([note] if note else [])


@pytest.mark.parametrize(
    ("at", "typed", "alike"),
    [(BASIS, "Monthly", True), (COUNTRY, "pt", False), (LEVEL, "b1", True),
     (COUNTRY, "Polska", False), (YEARS, "9 years", False), (REFERENCE, 731, False)],
)  # fmt: skip
def test_a_reading_knows_whether_case_and_spaces_are_all_that_differs(
    at: str, typed: Any, alike: bool
) -> None:
    book = filled()
    cell(book, at).value = typed
    cell(book, at).number_format = "General"
    bid, _ = read(saved(book))
    assert bid is not None
    assert [c.respelt for c in bid.cells if c.note] == [alike]


# at which cell, what was typed, its number format, and what the fault says
FAULTS = [
    (PRICE, "1.234", None, "can mean 1.234 or 1234"),
    (PRICE, "1,234", None, "can mean 1.234 or 1234"),
    (PRICE, "12.345 EUR", None, "can mean 12.345 or 12345"),
    (PRICE, "$ 105.40 whatever", None, "found '$ 105.40 whatever'"),
    (PRICE, "$ 105.40", None, "the currency stated is EUR at Beta.xlsx!Pricing!E6"),
    (PRICE, 105.4, '"$"#,##0.00', "the currency stated is EUR"),
    (PRICE, 105.4, r"\R\ #,##0.00", "the currency stated is EUR"),
    (PRICE, 105.4, r"#,##0.00\ \P\L\N", "the currency stated is EUR"),
    (CAP, "£5", None, "the currency stated is EUR at Beta.xlsx!Pricing!E18"),
    (PRICE, "105.40 k", None, "with 'k'; allowed: an amount"),
    (PRICE, "(105.40)", None, "found '(105.40)'; allowed: an amount"),
    (PRICE, "1,234e3", None, "with marks before its exponent"),
    (PRICE, "1.2.3", None, "not how thousands are separated"),
    (PRICE, "12 5", None, "not how thousands are separated"),
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
    (DISCOUNT, 99.7, "0.0%", "can mean 9970 % or 99.7 %; write it with its % sign as text"),
    (SOLVED, 99.7, "0.0##%", "found 9970 %, which can mean 9970 % or 99.7 %"),
    (SOLVED, -10.01, "0%", "can mean -1001 % or -10.01 %"),
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
    bid, faults = read(saved(book))
    assert [(fault.place, message in fault.message) for fault in faults] == [
        (f"{SOURCE}!{at}", True)
    ], faults
    assert bid is not None
    kept = values(bid)
    kept.pop(WHERE[at], None)  # an amount in a wrong currency is told, and read
    assert kept == {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert bid.notes == ()


@pytest.mark.parametrize(
    ("at", "typed"),
    mostly_more(
        product(
            [YEARS, SOLVED, LEVEL, VALID, REFERENCE, COST, DISCOUNT, CITY],
            [None, "", " ", NBSP, f"{NBSP} \n"],
        ),
        *[(at, f"{NBSP} \n") for at in (YEARS, SOLVED, LEVEL, VALID, REFERENCE, DISCOUNT)],
        *[(CITY, ""), (COST, None)],
    ),
)
def test_a_blank_answer_is_nothing_at_all(at: str, typed: str | None) -> None:
    book = filled()
    cell(book, at).value = typed
    bid, faults = read(saved(book))
    assert bid is not None
    assert values(bid) == {k: v for k, v in FILLED.items() if k != WHERE[at]}
    assert (faults, bid.notes) == ([], ())


@pytest.mark.parametrize("typed", ["N/A", "No", "no", "None", "b", "Yes, mostly"])
def test_text_is_kept_as_written_and_what_is_none_of_the_choices_is_a_fault(typed: str) -> None:
    book = filled()
    cell(book, LEVEL).value = typed
    cell(book, REFERENCE).value = f"  {typed}{NBSP}"
    bid, faults = read(saved(book))
    assert bid is not None
    kept = {at: value for at, value in FILLED.items() if at != WHERE[LEVEL]}
    assert values(bid) == {**kept, WHERE[REFERENCE]: typed}
    [fault] = faults
    assert fault.place == f"{SOURCE}!{LEVEL}"
    assert fault.found.startswith(f"found {typed!r}")
    assert fault.allowed == "'B1', 'B2' or 'C1', or nothing"


def test_every_language_of_the_drop_down_is_read_as_itself_by_name_and_by_code() -> None:
    for name, code in names.listed_languages().items():
        assert names.language(name) == code
        if code not in ("na", "no"):  # what people write for none
            assert names.language(code) == code

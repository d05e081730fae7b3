"""The content of a cell goes by every name that a person reads for it, and by no other."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendor_eval.bids.contents import names_content
from vendor_eval.bids.response import Value, as_text


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("3", "300 %", 3.0),
        ("300 %", "300 %", 3.0),
        ("300.0%", "300 %", 3.0),
        ("0.125", "12.5 %", 0.125),
        ("12,5 %", "12.5 %", 0.125),
        ("25,000", "25000", 25_000.0),
        ("25.000,00", "25000", 25_000.0),
        ("25\u202f000", "25000", 25_000.0),
        ("\u20ac 8.20", "8.2", 8.2),
        ("8,20 EUR", "8.2", 8.2),
        ("8.2", "8,20 EUR", 8.2),
        ("2027-01-31", "31 January 2027", date(2027, 1, 31)),
        ("140  120", "140 120", None),
        ("", "", None),
    ],
)
def test_a_cell_is_named_as_its_sheet_shows_it_or_as_it_is_stored(
    name: str, shown: str, value: Value | None
) -> None:
    assert names_content(name, shown, value)


@pytest.mark.parametrize(
    ("name", "shown", "value"),
    [
        ("300", "300 %", 3.0),
        ("3 %", "300 %", 3.0),
        ("8", "8.4", 8.4),
        ("140120", "140 120", None),
        ("141 x", "140 x", None),
        ("", "0", 0.0),
        ("0", "", None),
        ("-10", "10", 10.0),
    ],
)
def test_another_content_is_refused(name: str, shown: str, value: Value | None) -> None:
    assert not names_content(name, shown, value)


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 4)), st.booleans())
def test_every_number_goes_by_what_is_said_of_it_and_by_what_is_stored(
    number: float, percent: bool
) -> None:
    shown = f"{number * 100:.12g} %" if percent else as_text(number)
    stored = as_text(number)
    assert names_content(shown, shown, number)
    assert names_content(stored, shown, number)
    assert names_content(f"{number:,.4f}", shown, number)
    assert not names_content(as_text(number + 1), shown, number)

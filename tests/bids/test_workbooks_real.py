"""Workbooks that were really sent, as tests/workbooks/README.md tells: read cell by cell."""

import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from make import ROOT
from vendor_eval.bids.response import Row
from vendor_eval.bids.workbooks.answers import table_rows
from vendor_eval.bids.workbooks.editions import edition
from vendor_eval.bids.workbooks.grid import Book
from vendor_eval.bids.workbooks.ooxml import book
from vendor_eval.bids.workbooks.places import part_places
from vendor_eval.bids.workbooks.reading import WorkbookReading
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.questionnaire.sheet import Question, Questionnaire, Table

FOLDER = ROOT / "tests" / "workbooks"
FILES = sorted(path.name for path in FOLDER.glob("*.xlsx"))
GSA, R10, TAPS, TEXT, SUPPLIERS = (
    *("03FAC_example.xlsx", "r10_example.xlsx", "s736_example.xlsx"),
    *("price_list_with_text_prices.xlsx", "RM3830_suppliers_details_dev.xlsx"),
)
SERVICE = Question(
    "service", "Service Proposed (e.g. Labor Category or Job Title/Task)", needed=True
)
PRICING = (
    SERVICE,
    Question("years", "Minimum Years of Experience (cannot be a range)", "number"),
    Question("list", "Commercial Price List (CPL) OR Market Prices", "money"),
    Question("discount", "Discount Offered to GSA (off CPL or Market Prices) (%)", "share", "%"),
    Question("price", "Price Offered to GSA (including IFF)", "money"),
    Question("invoice", "Supporting Invoice or Document Number(Initial submittal)"),
)


def opened(name: str) -> Book:
    """One of the workbooks, as the grid that is read."""
    return book((FOLDER / name).read_bytes())


def rows(name: str, *fields: Question) -> tuple[tuple[Row, ...], WorkbookReading, str]:
    """The rows of a table with these columns, what was told of them, and where it was found."""
    table = Table("prices", "Prices", "Prices", fields)
    places = part_places(opened(name), Questionnaire((table,)), name)
    asked = Questionnaire((table,))
    reading = WorkbookReading(name, edition(opened(name), asked, asked), places.faults)
    at = places.places["prices"]
    return table_rows(table, at, reading), reading, f"{at.sheet.name}!{at.header}"


def struck_out(name: str, sheet: str) -> set[str]:
    """The cells of a sheet whose font strikes them out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = load_workbook(ROOT / "tests" / "workbooks" / name)[sheet]
    return {cell.coordinate for row in read.iter_rows() for cell in row if cell.font.strike}


def held(row: Row) -> Mapping[str, Any]:
    """What stands in a row, without its cells."""
    return {name: cell.value for name, cell in row.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_cell_is_what_openpyxl_finds_there(name: str) -> None:
    ours = {sheet.name: sheet for sheet in opened(name).sheets}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions it leaves out
        theirs = load_workbook(FOLDER / name, data_only=True)
        formulas = load_workbook(FOLDER / name)
    assert list(ours) == theirs.sheetnames
    compared = 0
    for sheet in theirs:
        for row in sheet.iter_rows():
            for cell in row:
                mine = ours[sheet.title].cells.get((cell.row, cell.column))
                blank = cell.value is None or str(cell.value).strip() == ""
                assert blank == (mine is None or mine.held == "nothing"), cell
                if mine is None:
                    continue
                typed = formulas[sheet.title].cell(cell.row, cell.column)
                assert (typed.data_type == "f") == (mine.formula is not None), cell
                if not blank:
                    compared += 1
                    is_day = isinstance(cell.value, datetime)
                    assert (mine.moment if is_day else mine.value) == cell.value
                    assert mine.format == cell.number_format
        assert {str(r) for r in sheet.merged_cells.ranges} == {
            f"{_name(a, b)}:{_name(c, d)}" for a, b, c, d in ours[sheet.title].merged
        }
        assert (sheet.sheet_state != "visible") == ours[sheet.title].hidden
    assert compared > 90


def _name(row: int, column: int) -> str:
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column - 1]}{row}"


def test_prices_as_text_are_read_or_told_one_by_one() -> None:
    read, reading, at = rows(
        TEXT,
        Question("service", "Service proposed (e.g. Job Title/Task)", needed=True),
        Question("list", "Commercial List Price (CPL) OR Market Prices", "money", needed=True),
        Question("discount", "Best discount offered to MFC (%)", "share", "%"),
        Question("mfc", "MFC price", "money"),
        Question("without", "Price offered to GSA (excluding IFF)", "money"),
        Question("within", "Price offered to GSA (including IFF)", "money"),
    )
    assert at == "(3)Labor Categories!3"
    [row] = read
    prices = {"list": 110.5, "discount": 0.07, "mfc": 105.5, "within": 105.3}
    assert held(row) == {"service": "Text Price Row"} | prices
    assert {name: cell.note for name, cell in row.items() if cell.note} == {
        "list": "'$  110.50' read as 110.5",
        "mfc": "'$ 105.50' read as 105.5",
        "within": "'$ 105.30' read as 105.3",
    }
    [fault] = reading.faults
    assert fault.place == f"{TEXT}!(3)Labor Categories!K4"
    assert fault.message.startswith("found '$ 105.40 whatever'; allowed: ")


def test_formulas_are_read_by_their_values_and_say_so() -> None:
    read, reading, at = rows(GSA, *PRICING)
    assert (at, reading.faults, len(read)) == ("Service Pricing!1", [], 11)
    assert held(read[0]) == {
        "service": "Project Manager", "years": 5.0, "list": 100.0, "discount": 0.02,
        "price": 98.7405541561713, "invoice": "14826-15",
    }  # fmt: skip
    rounded = "shown as '$98.74', read as 98.7405541561713"
    assert read[0]["price"].note.startswith(f"{rounded}; ")
    assert read[0]["price"].note.endswith(", the value of the formula =M2/0.9925")
    assert read[1]["invoice"].value == "15590"
    assert read[1]["invoice"].note == "the number 15590 read as text"


def test_rows_of_formulas_that_give_nothing_are_no_entries() -> None:
    read, reading, _ = rows(R10, *PRICING)
    assert [row["service"].value for row in read] == ["Consultant II", "Disposal Services"]
    assert reading.faults == []
    rows_below = [n for n in opened(R10).sheets[1].rows if n > 3]
    assert len(rows_below) > 40  # 0 and a space in each of them


def test_a_header_in_row_11_below_merged_banners_is_found() -> None:
    read, reading, at = rows(
        TAPS,
        Question("service", "Service proposed"),
        Question("rate", "Market rate", "money"),
        Question("discount", "Discount offered to GSA (%)", "share", "%"),
        Question("last", "Priced offered to GSA (includingIFF)* Year 5", "money"),
    )
    assert (at, reading.faults) == ("Professional Market Prce Escala!11", [])
    assert [held(row) for row in read] == [
        {"service": "Junior Analyst", "rate": 50.0, "discount": 0.15, "last": 46.348392051}
    ]


def test_suppliers_are_read_without_the_spaces_around_their_details() -> None:
    read, reading, _ = rows(
        SUPPLIERS,
        Question("name", "Pseudo names (in Digital Dev)2", needed=True),
        Question("contact", "Emptoris (esourcing) Contact Name"),
        Question("lot_1a", "Lot 1a", "choice", "", ("X",)),
        Question("direct", "Direct Award", "choice", "", ("Yes", "No")),
        Question("duns", "DUNS number"),
        Question("phone", "Emptoris (esourcing) Contact Number"),
    )
    assert len(read) == 26
    # its publisher struck out six of the details, as openpyxl reads the file
    struck = struck_out(SUPPLIERS, "RM3830 Suppliers Details")
    assert {fault.place.rpartition("!")[2] for fault in reading.faults} <= struck
    assert len(reading.faults) == 6
    assert all("which is struck out" in fault.message for fault in reading.faults)
    assert held(read[0]) == {
        "name": "Abernathy and Sons", "contact": "Drema Alvin", "lot_1a": "X", "direct": "Yes",
        "duns": "218881955", "phone": "01440 603986",
    }  # fmt: skip
    assert sum("lot_1a" in row for row in read) < 26  # a blank is no X


@pytest.mark.parametrize("name", FILES)
def test_a_workbook_that_is_no_response_is_refused_in_one_sentence(name: str) -> None:
    from make.response_books import ASKED

    bid, [fault] = response((FOLDER / name).read_bytes(), name, ASKED)
    assert bid is None
    assert fault.place == name
    assert fault.found == "holds no part of the response workbook"
    assert fault.allowed is not None
    assert "ask the vendor" in fault.allowed
    assert "attachments/" in fault.allowed

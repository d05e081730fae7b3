"""Workbooks that lost their shape: moved, hidden, merged, renamed, lengthened, one by one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from make.response_books import FILLED, NARROW, SOURCE, carried_away, filled, read, saved, values

NBSP = "\u00a0"


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
        hidden_answers, (r"Pricing: column D is hidden, and read", r"Sites: the sheet is hidden",
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
        {f"{SOURCE}!Sites (2)!B6": "'Delivery sites' appears here again, after Sites!B6"}),
    "a sheet absent": Moved(
        lambda b: b.remove(b["Sites"]), (),
        {SOURCE: "'Delivery sites' of the sheet 'Sites' is nowhere"}, SITES),
    "a sheet sideways": Moved(
        turned, (r"Sites: the sheet is not one of ours",),
        {f"{SOURCE}!Sites!A1": "'Delivery sites' is transposed here"}, SITES),
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
        {f"{SOURCE}!Answers!A7": "the question 'years' appears here again",
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
        {f"{SOURCE}!Sites!F6": "the column 'city' appears here again"}),
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
    bid, faults = read(saved(book))
    assert bid is not None
    assert {fault.place for fault in faults} == set(moved.faults), faults
    assert all(moved.faults[fault.place] in fault.message for fault in faults), faults
    expected = {k: v for k, v in {**FILLED, **moved.values}.items() if v is not None}
    assert values(bid) == expected
    notes = [note for note in bid.notes if not NARROW.fullmatch(note)]
    assert len(notes) == len(moved.notes), notes
    for wanted, note in zip(moved.notes, notes, strict=True):
        assert re.search(wanted, note), bid.notes

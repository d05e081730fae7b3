"""Workbooks that other programs opened and saved again hold what was filled in, and its marks."""

from pathlib import Path

import pytest

from make.resaved import CONDITION, FOLDER, PROGRAMS, marked, resaved
from make.response_books import FILLED, NARROW, read, values
from vendor_eval.bids.workbooks.ooxml import book
from vendor_eval.outputs.template.template import response_template
from vendor_eval.tender.folder import read_rules

STRUCK = {("lines", 1, "price"): "Beta.xlsx!Pricing!D7", ("sites", 0, "city"): "Beta.xlsx!Sites!C7"}


def reads_as_it_was_filled_in(program: str, content: bytes) -> None:
    """Asserts that every value is there, and that what is struck out is a fault at its cell.

    SheetJS writes no fonts and no runs, so that in its files nothing is struck out.
    """
    bid, faults = read(content)
    assert bid is not None
    if program == "sheetjs":
        assert faults == []
        assert values(bid) == FILLED | {("sites", 0, "city"): "Warszawa Łódź"}
    else:
        assert sorted(fault.place for fault in faults) == sorted(STRUCK.values())
        assert all("struck out" in fault.message for fault in faults)
        assert values(bid) == {at: v for at, v in FILLED.items() if at not in STRUCK}
    assert all(NARROW.fullmatch(note) for note in bid.notes)
    [comment] = bid.comments
    assert (comment.place, comment.text) == ("Beta.xlsx!Pricing!D6", CONDITION)
    assert comment.content == "3150.5"


def test_the_workbook_itself_reads_as_it_was_filled_in() -> None:
    reads_as_it_was_filled_in("openpyxl", marked())


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_workbook_that_another_program_saved_reads_as_it_was_filled_in(program: str) -> None:
    reads_as_it_was_filled_in(program, (FOLDER / f"{program}.xlsx").read_bytes())


@pytest.mark.more
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_workbook_saved_anew_reads_as_the_kept_one(program: str) -> None:
    reads_as_it_was_filled_in(program, resaved(program, marked()))


@pytest.mark.more
@pytest.mark.parametrize("program", PROGRAMS)
def test_other_programs_open_and_save_the_template_with_every_text(
    program: str, data: Path
) -> None:
    template = response_template(read_rules(data / "customer-support"))
    before, after = book(template), book(resaved(program, template))
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    for sent, saved in zip(before.sheets, after.sheets, strict=True):
        assert {at: cell.shown for at, cell in saved.cells.items()} == {
            at: cell.shown for at, cell in sent.cells.items()
        }
        assert saved.hidden == sent.hidden

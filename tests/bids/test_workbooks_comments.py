"""Comments in a workbook are shown, and asked about, wherever they stand and whatever they say."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment as Note

from make.hostile import HOSTILE
from make.marks import commented, discussed
from make.response_books import ASKED, FILLED, filled, header, read, saved, sheet_part, values
from vendor_eval.bids.response import Comment, Response
from vendor_eval.clarifications import clarifications_of
from vendor_eval.clarifications.letters import letter
from vendor_eval.report.intake import comments_table, readings_section
from vendor_eval.report.numbers import origins_table
from vendor_eval.tender.folder import read as read_folder
from vendor_eval.tender.tender import Tender

WHOLE = saved(filled())
PRICING = sheet_part(filled(), "Pricing")
CONDITION = "Only above 100,000 contacts a month."
STAND_IN = "[Threaded comment]\n\nYour version of Excel shows it here.\n\nComment:\n    "


def comments(content: bytes) -> list[tuple[str, str, str]]:
    """The place, author and text of each comment in a workbook that reads without a fault."""
    bid, faults = read(content)
    assert bid is not None
    assert (faults, values(bid), bid.notes) == ([], FILLED, ())
    return [(c.place.removeprefix("Beta.xlsx!"), c.author, c.text) for c in bid.comments]


def test_a_note_is_read_without_the_name_that_excel_begins_it_with() -> None:
    content = commented(WHOLE, PRICING, "D6", CONDITION)
    assert comments(content) == [("Pricing!D6", "Jane Doe", CONDITION)]
    bid, _ = read(content)
    assert bid is not None
    [cell] = [cell for cell in bid.cells if cell.comment]
    assert (cell.place, cell.comment) == ("Beta.xlsx!Pricing!D6", f"Jane Doe: {CONDITION}")


def test_a_comment_on_a_blank_cell_and_on_a_heading_is_read() -> None:
    for at in ("F7", "D5", "Z99"):
        content = commented(WHOLE, PRICING, at, CONDITION)
        assert comments(content) == [(f"Pricing!{at}", "Jane Doe", CONDITION)]


def test_a_thread_is_read_with_its_replies_and_the_note_in_its_place_is_not() -> None:
    texts = ("Only in year 1.", "And year 2.")
    stand_in = f"{STAND_IN}{texts[0]}\nReply:\n    {texts[1]}"
    content = discussed(WHOLE, PRICING, "D6", texts, stand_in=stand_in)
    assert comments(content) == [
        ("Pricing!D6", "Jane Doe", texts[0]),
        ("Pricing!D6", "Max Roe", texts[1]),
    ]


def test_a_note_that_says_something_else_than_its_thread_is_read_too() -> None:
    content = discussed(WHOLE, PRICING, "D6", ["Fine."], stand_in="VAT is not included.")
    assert [text for _, _, text in comments(content)] == ["Fine.", "VAT is not included."]
    assert [author for _, author, _ in comments(content)] == ["Jane Doe", ""]


def test_a_long_comment_is_cut_to_300_characters_and_a_blank_one_says_nothing() -> None:
    [(_, _, text)] = comments(commented(WHOLE, PRICING, "D6", "price " * 200))
    assert len(text) == 300
    assert text.endswith("...")
    assert comments(commented(WHOLE, PRICING, "D6", " \n ")) == []


def test_what_older_templates_explained_in_comments_is_nobodys_comment() -> None:
    book = filled()
    parts = {part.id: part for part in ASKED.parts}
    currency = book["Pricing"].cell(header(book, parts["lines"]), 5)
    currency.comment = Note("three letters, such as EUR", "vendor-eval")
    assert comments(saved(book)) == []
    currency.comment = Note("three letters, or four", "vendor-eval")
    assert [text for _, _, text in comments(saved(book))] == ["three letters, or four"]
    del book.defined_names["vendor_eval_questions"]
    book.custom_doc_props.props = [
        each for each in book.custom_doc_props.props if each.name != "vendor_eval_questions"
    ]
    assert comments(saved(book)) == []
    book["Pricing"]["D6"].comment = Note("three letters, or four", "vendor-eval")
    assert [place for place, _, _ in comments(saved(book))] == ["Pricing!D6"]


def test_more_comments_than_a_person_writes_are_refused() -> None:
    book = filled()
    for n in range(1_001):
        book["Pricing"].cell(100 + n, 1).comment = Note("x", "y")
    bid, [fault] = read(saved(book))
    assert bid is None
    assert "found more than 1,000 comments on a sheet; allowed: 1,000 at most" in fault.message


@pytest.fixture(scope="module")
def tender(data: Path) -> Tender:
    """The example, with no comment in it."""
    return read_folder(data / "customer-support")


def with_comment(tender: Tender, comment: Comment) -> tuple[Tender, Response]:
    """The example in which the first vendor commented on a cell."""
    first, *others = tender.responses
    said = replace(first, comments=(comment,))
    return replace(tender, responses=(said, *others)), said


def letter_to(tender: Tender, vendor: str) -> str:
    """What a vendor is asked."""
    return letter(tender.rules, vendor, clarifications_of(tender, tender.evaluation))


@settings(max_examples=20)
@given(data=st.data())
def test_a_comment_on_any_cell_is_shown_once_at_intake_and_asked_about_once(
    tender: Tender, data: st.DataObject
) -> None:
    cell = data.draw(st.sampled_from(tender.responses[0].cells))
    comment = Comment(cell.place, "Jane Doe", "Only in year one", cell.typed)
    said, first = with_comment(tender, comment)
    asked = letter_to(said, first.vendor)
    at = cell.place.partition("!")[2]
    question = f"Your comment at {at} says: \u201cOnly in year one\u201d Does this limit or change"
    assert asked.replace("\\", "").count(question) == 1
    assert asked.count("Only in year one") == 1
    assert comments_table(said).markup.count("Only in year one") == 1
    [line] = [note for note in said.notes if "Only in year one" in note]
    assert line == f"{cell.place}: a comment by 'Jane Doe' says 'Only in year one'"
    for other in said.responses[1:]:
        assert "Only in year one" not in letter_to(said, other.vendor)


def test_two_comments_on_a_cell_are_one_question(tender: Tender) -> None:
    place = tender.responses[0].cells[0].place
    first, *others = tender.responses
    both = (Comment(place, "A", "Only in year 1."), Comment(place, "B", "Without VAT."))
    said = replace(tender, responses=(replace(first, comments=both), *others))
    asked = letter_to(said, first.vendor)
    assert "say: \u201cOnly in year 1.\u201d and \u201cWithout VAT.\u201d Does this" in asked


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_comment_runs_nowhere(tender: Tender, text: str) -> None:
    said, first = with_comment(tender, Comment("A.xlsx!Pricing!E6", text[:60], text, text))
    shown = comments_table(said).markup
    assert "<script" not in shown.lower()
    assert "<img" not in shown.lower()
    asked = letter_to(said, first.vendor)
    assert "<" not in asked.replace("<br>", "")
    assert readings_section(said) is not None


def test_a_comment_stands_alongside_the_number_that_was_read_from_its_cell(
    data: Path, tmp_path: Path
) -> None:

    folder = tmp_path / "eval"
    shutil.copytree(data / "customer-support", folder)
    file = folder / "proposals" / "Aurora Service.xlsx"
    book = load_workbook(file)
    content = file.read_bytes()
    file.write_bytes(commented(content, sheet_part(book, "Pricing"), "E6", CONDITION))
    said = read_folder(folder)
    shown = origins_table(said.evaluate()).markup.replace("<wbr>", "")
    assert f"Comments: Aurora Service.xlsx!Pricing!E6 \u201cJane Doe: {CONDITION}\u201d" in shown

"""A workbook is read as it was asked: what was added to the questionnaire since is no fault."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from make.builders import rules
from make.response_books import ASKED, FILLED, RULES, SOURCE, filled, saved, values
from vendor_eval.bids.proposal import SourceFile
from vendor_eval.bids.response import Response
from vendor_eval.bids.twins import one_each
from vendor_eval.bids.workbooks.editions import VERSION
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.outputs.template.template import workbook
from vendor_eval.questionnaire.first import FIRST
from vendor_eval.questionnaire.questionnaire import every_question
from vendor_eval.questionnaire.sheet import Form, Question, Questionnaire, Table
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bids import every_response
from vendor_eval.tender.request import questionnaire

GATE = {
    "id": "iso",
    "label": "ISO 27001 in force",
    "measure": {"certificate": {"name": "iso27001"}},
    "rule": {"one_of": ("in force at all sites",)},
}
DATES = {"as_of": date(2026, 11, 20), "start": date(2027, 1, 1)}


def grown(asked: Questionnaire) -> Questionnaire:
    """A questionnaire as a later version of the tool may ask it: one thing more of each sort."""
    parts: list[Form | Table] = []
    for part in asked.parts:
        added = Question(f"new_{part.id}", f"New in {part.title}", needed=isinstance(part, Table))
        parts.append(replace(part, fields=(*part.fields, added)))
    parts.append(Form("new_form", "New", "A new form", (Question("new", "New"),)))
    parts.append(Table("new_table", "New table", "A new table", (Question("first", "First"),)))
    return Questionnaire(tuple(parts))


def stripped(book: Workbook) -> Workbook:
    """A workbook without its mark of a version and its hidden sheet, as some programs save it."""
    del book["Lists"]
    for prop in list(book.custom_doc_props.names):
        del book.custom_doc_props[prop]
    for name in list(book.defined_names):
        del book.defined_names[name]
    return book


def test_what_a_later_version_adds_is_blank_and_noted_in_an_older_workbook() -> None:
    read, faults = response(saved(filled()), SOURCE, grown(ASKED))
    assert faults == []
    assert read is not None
    assert values(read) == FILLED
    noted = [note for note in read.notes if "was not asked when the workbook was made" in note]
    assert len(noted) == len(ASKED.parts) + 2
    assert "Beta.xlsx: 'A new form' was not asked when the workbook was made, and is blank" in noted


def test_what_a_workbook_was_made_to_ask_and_has_lost_is_a_fault_of_a_later_version_too() -> None:
    book = filled()
    book["Answers"].delete_rows(6)
    book["Sites"]["C6"] = "Remarks"
    _, faults = response(saved(book), SOURCE, grown(ASKED))
    messages = " ".join(map(str, faults))
    assert "the question 'years' is not there" in messages
    assert "no column 'City'" in messages


def test_what_is_no_longer_asked_is_read_where_it_is_known_and_noted_where_it_is_not() -> None:
    years, solved = "answers.years", "answers.solved"
    less = Questionnaire(
        tuple(part.limited(ASKED.questions - {years, solved}) for part in ASKED.parts[:1])
    )
    known = Questionnaire(tuple(p.limited(ASKED.questions - {solved}) for p in ASKED.parts))
    read, faults = response(saved(filled()), SOURCE, less, known)
    assert faults == []
    assert read is not None
    assert read.answer("answers", "years") is not None
    assert read.rows("sites")
    assert [note for note in read.notes if "'solved' is no longer asked and was not read" in note]


def test_a_workbook_that_lost_its_list_is_held_to_its_version() -> None:
    book = filled()
    del book["Lists"]
    book["Answers"].delete_rows(6)
    _, faults = response(saved(book), SOURCE, ASKED)
    assert ["'years' is not there" in str(fault) for fault in faults] == [True]


@pytest.fixture(scope="module")
def first(root: Path) -> bytes:
    """A workbook of the first questionnaire."""
    return (root / "tests" / "questionnaires" / "first.xlsx").read_bytes()


def read_first(first: bytes, under: Rules) -> Response:
    """The first questionnaire's workbook, read without a fault."""
    [read], faults = one_each(every_response([SourceFile("proposals/Beta.xlsx", first)], under))
    assert faults == []
    assert read.faults == ()
    return read


@pytest.mark.parametrize("gates", [(), (GATE,)])
def test_a_workbook_of_the_first_questionnaire_is_read_in_full(
    first: bytes, gates: tuple[object, ...]
) -> None:
    read = read_first(first, rules({"cost": 1}, gates=gates, **DATES))
    assert set(read.forms) | set(read.tables) == {"answers", *FIRST}
    assert read.answer("answers", "cost").number == 5_200_000  # type: ignore[union-attr]
    assert read.answer("price_terms", "at_risk").number == 0.1  # type: ignore[union-attr]
    assert read.answer("controls", "access_mfa").text == "yes"  # type: ignore[union-attr]
    assert [row["city"].text for row in read.rows("sites")] == ["Łódź"]
    assert [note for note in read.notes if "not asked" in note or "not one of ours" in note] == []


def test_parts_that_the_first_questionnaire_did_not_have_are_noted_in_its_workbook(
    first: bytes,
) -> None:
    levels = ({"id": "answered", "label": "Calls answered within 20 seconds"},)
    under = rules(
        {"cost": 1}, ask=("insurance", "security"), service={"country": "DE", "levels": levels}
    )
    noted = " ".join(read_first(first, under).notes)
    assert "'Insurance cover' was not asked when the workbook was made" in noted
    assert "'Service levels and credits' was not asked when the workbook was made" in noted
    assert "Certificates" not in noted


def test_the_list_of_the_first_questionnaire_names_questions_that_are_still_known() -> None:
    ids = {f"{part}.{id}" for part, fields in FIRST.items() for id in fields}
    assert ids <= every_question(RULES).questions


def test_a_workbook_stripped_of_every_mark_is_taken_for_one_of_the_first(first: bytes) -> None:
    under = rules({"cost": 1}, gates=(GATE,), **DATES)
    bare = saved(stripped(load_workbook(io.BytesIO(first))))
    assert values(read_first(bare, under)) == values(read_first(first, under))


def test_the_version_changes_with_a_question_and_not_with_how_it_is_explained() -> None:
    [part, *others] = ASKED.parts
    field = part.fields[0]

    def version(**changes: object) -> str:
        fields = (replace(field, **changes), *part.fields[1:])  # type: ignore[arg-type]
        return Questionnaire((replace(part, fields=fields), *others)).version

    assert version(help="in other words") == ASKED.version
    changes = ({"id": "other"}, {"label": "Other?"}, {"kind": "text"}, {"unit": "days"})
    assert len({ASKED.version, *(version(**change) for change in changes)}) == 5


def test_the_template_carries_the_version_of_its_questions_apart_from_that_of_the_rules() -> None:
    heavier = rules({"cost": 2, "other": 1})
    lighter = rules({"cost": 1, "other": 1})
    books = [workbook(questionnaire(each), each) for each in (heavier, lighter)]
    carried = [{p.name: p.value for p in book.custom_doc_props.props} for book in books]
    assert carried[0][VERSION] == carried[1][VERSION] == questionnaire(heavier).version
    assert carried[0]["vendor_eval_rules"] != carried[1]["vendor_eval_rules"]

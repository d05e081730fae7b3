"""Five rules for comments, reasons and meetings, each with its place; warnings alone."""

from functools import partial
from pathlib import Path

import pytest

from make.panels import (
    AGREED_ON,
    COMMENT,
    REASON,
    BookEdit,
    agreed_book,
    built_with_texts,
    panel_folder,
    scored_book,
)
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.entries import draft
from vendor_eval.panel.lint import comment_findings
from vendor_eval.panel.log import LOG, redaction
from vendor_eval.panel.record import PanelRecord, panel_record
from vendor_eval.tender.panel_log import agreed, scored


def said(record: PanelRecord) -> list[tuple[str, str, str]]:
    return [(f.kind, f.vendor, f.place) for f in comment_findings(record)]


def test_good_comments_are_not_remarked() -> None:
    assert said(built_with_texts({})) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "short"),
        ("Fine.", "short"),
        ("Better than what birch offers on page 3 of its own.", "vendor"),
        ("The plan is good, and it is cheap for what it is.", "price"),
        ("They ask \u20ac 12 an hour for the night shift, page 4.", "price"),
        ("The discount on page 9 covers the first year of work.", "price"),
    ],
)
def test_an_odd_comment_is_found_at_its_line(text: str, kind: str) -> None:
    assert said(built_with_texts({("e2", "Alder"): text})) == [(kind, "Alder", f"{LOG}:2")]


@pytest.mark.parametrize(
    "text",
    [
        "The plan names people, and an enterprise tool for the coasts.",
        "Birchwood floors are named on page 12, with the date of work.",
        "Its own name, Alder, stands on page 12 with the signature.",
    ],
)
def test_a_word_within_a_word_and_the_vendors_own_name_are_no_finding(text: str) -> None:
    assert said(built_with_texts({("e2", "Alder"): text})) == []


def test_one_text_for_two_levels_is_found_and_for_one_level_it_is_not() -> None:
    copied = {("e1", "Alder"): COMMENT, ("e1", "Birch"): COMMENT}
    assert said(built_with_texts(copied)) == []
    [finding] = comment_findings(built_with_texts(copied, levels={("e1", "Birch"): 4}))
    assert (finding.kind, finding.vendor) == ("copied", "Birch")
    assert finding.says.endswith("for level 3 of Alder on 'approach', line 1")


def test_a_reason_that_names_another_vendor_is_found() -> None:
    reasons = {"Alder": f"{REASON} Cedar has it."}
    assert [kind for kind, *_ in said(built_with_texts({}, reasons=reasons))] == ["vendor"]


def test_what_a_finding_says_escapes_nothing_and_hides_nothing() -> None:
    hostile = "</script><img src=x onerror=alert(1)> for $ 5 million."
    [finding] = comment_findings(built_with_texts({("e1", "Alder"): hostile}))
    assert finding.kind == "price"


@pytest.mark.parametrize("text", ["ok", "-"])
def test_a_short_reason_is_found_as_a_short_comment_is(text: str) -> None:
    [finding] = comment_findings(built_with_texts({}, reasons={"Birch": text}))
    assert (finding.kind, finding.vendor) == ("short", "Birch")
    assert finding.says == f"the reason has {len(text)} of at least 30 characters"


def test_what_was_redacted_is_not_called_empty() -> None:
    record = built_with_texts({})
    made = partial(draft, "redacted", on=AGREED_ON, by="moderator", source="", why="A name.")
    log = record.log.followed_by(redaction(record.log, 1, made))
    [finding] = comment_findings(panel_record(record.rules, log, ("Alder", "Birch", "Cedar")))
    assert (finding.place, finding.says) == (f"{LOG}:1", "the comment was redacted")


def test_reading_warns_of_odd_texts_and_of_a_meeting_without_those_who_scored(
    tmp_path: Path,
) -> None:
    folder = panel_folder(tmp_path / "folder")
    books = evaluator_workbooks(folder, tmp_path / "out")
    for path in books:
        scored_book(path, path.stem)
    with BookEdit(books[0], "Scores", {}, "marks") as book:
        book.put(book.header + 1, "Level", 4)
        for row in (book.header + 1, book.header + 2):
            book.put(row, "Comment", COMMENT)
        book.put(book.header + 2, "Level", 3)
    warnings = scored(folder, books)[2]
    assert ["is that for level" in warning for warning in warnings] == [True]
    agenda = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(agenda)
    with BookEdit(agenda, "Agenda", {}, "agenda") as book:
        book.put(book.header + 1, "Present (ids)", "chair, moderator")
        book.put(book.header + 2, "Reason for the vendor", "ok")
    short, absent = agreed(folder, agenda)[2]
    assert "nobody who scored it was present: chair and moderator" in absent
    assert "the reason has 2 of at least 30 characters" in short

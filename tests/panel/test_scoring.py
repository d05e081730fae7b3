"""Evaluators' workbooks: who gets what, and what of a returned one counts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.panels import (
    COMMENT,
    LEVELS_GIVEN,
    SCORED_ON,
    BookEdit,
    panel_folder,
    panel_rules,
    scored_book,
    scored_folder,
)
from vendor_eval.errors import InputFaults, LogBroken, VendorEvalError
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.panel.log import LOG
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.log_file import stored_log
from vendor_eval.tender.panel_log import blind_codes, scored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return panel_folder(tmp_path / "folder")


@pytest.fixture
def e1(folder: Path, tmp_path: Path) -> Path:
    path = evaluator_workbooks(folder, tmp_path / "out")[0]
    scored_book(path, "e1")
    return path


def edit(path: Path) -> BookEdit:
    return BookEdit(path, "Scores", {}, "marks")


def everything_in(path: Path) -> str:
    sheets = load_workbook(path).worksheets
    return "\n".join(str(c.value) for s in sheets for r in s.iter_rows() for c in r if c.value)


def test_a_workbook_holds_its_evaluators_items_alone(tmp_path: Path) -> None:
    typed = panel_rules()
    typed["panel"] |= {"least_evaluators": 2}
    typed["panel"]["evaluators"][2]["criteria"] = ["security"]
    folder = panel_folder(tmp_path / "folder", typed)
    *_, e3 = evaluator_workbooks(folder, tmp_path / "out")
    text = everything_in(e3)
    assert "Two keys for all." in text
    assert "We send ten people." not in text
    assert not re.search(r"\be1\b", text)
    for words in ("Half levels do not exist", "Met, with evidence.", "sha256:"):
        assert words in text


def test_vendors_that_a_gate_excludes_are_not_scored(tmp_path: Path) -> None:
    typed = panel_rules()
    typed["gates"] = [{"id": "cheap", "label": "C", "answer": "cost", "rule": {"at_most": 140}}]
    folder = panel_folder(tmp_path / "folder", typed)
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "out")
    text = everything_in(e1)
    assert "Birch" in text
    assert "Alder" not in text
    assert not any("Alder" in str(need) for need in read(folder).panel_needs)


def test_what_an_evaluator_entered_is_in_the_log(folder: Path, e1: Path) -> None:
    log, lines, warnings = scored(folder, [e1])
    assert len(lines) == 6
    assert warnings == ()
    first = lines[0]
    assert (first.line.on, first.line.by) == (SCORED_ON, "e1")
    assert first.line.source.startswith("e1.xlsx!Scores!G")
    assert first.text("comment").startswith(COMMENT)
    assert stored_log(folder, read_rules(folder)) == log


def test_reading_a_workbook_again_adds_nothing(folder: Path, e1: Path) -> None:
    log, _, _ = scored(folder, [e1])
    assert scored(folder, [e1])[:2] == (log, ())


def test_a_changed_mark_needs_a_reason_and_both_are_kept(folder: Path, e1: Path) -> None:
    before, _, _ = scored(folder, [e1])
    with edit(e1) as book:
        book.put(book.header + 1, "Level", 5)
    with pytest.raises(InputFaults, match=r"e1\.xlsx!Scores!I\d+: the level was 3 on line 1"):
        scored(folder, [e1])
    with edit(e1) as book:
        book.put(book.header + 1, "Reason for a change", "I had missed page 12.")
    log, [line], _ = scored(folder, [e1])
    assert log.entries[:6] == before.entries
    assert (line.body.replaces, line.body.level) == (1, "5")
    assert line.text("reason") == "I had missed page 12."
    panel = read(folder).panel
    assert panel is not None
    assert panel.items["Alder", "approach"].marks["e1"].level == "5"


VENDORS = ("Alder", "Birch", "Cedar")
Change = Callable[[BookEdit, int], Any]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda b, n: b.put(n, "Level", 3.5),
            "found '3.5'; allowed: '0 No answer', '1 Poor', '3 Meets it', '4 Good' or '5 Outst",
        ),
        (lambda b, n: b.put(n, "Level", 2), "found '2'"),
        (lambda b, n: b.put(n, "Level", "good"), "found 'good'"),
        (lambda b, n: b.put(n, "Level", "=1+2"), "whose value was not calculated"),
        (lambda b, n: b.put(n, "Level", None), "a comment without a level"),
        (lambda b, n: b.put(n, "Vendor", "Aldr"), "unknown vendor 'Aldr'; did you mean 'Alder'?"),
        (lambda b, n: b.put(n, "Vendor", None), "'Vendor' blank in a row that is filled in"),
        (lambda b, n: b.put(n, "Criterion", "cost"), "unknown criterion 'cost'"),
        (lambda b, n: b.put(n, "Asked", "0" * 12), "the question or the scale of 'approach'"),
        (lambda b, n: b.put(n + 1, "Vendor", "Alder"), "appears here again, after e1.xlsx!Scores"),
        (lambda b, n: b.sheet.cell(5, 3).__setattr__("value", "e9"), "unknown evaluator 'e9'"),
        (lambda b, n: b.sheet.cell(6, 3).__setattr__("value", None), "date of scoring is blank"),
        (lambda b, n: b.put(n, "Comment", "a\u202eb"), "found the invisible"),
    ],
)
def test_what_cannot_count_is_a_fault_at_its_cell_and_nothing_is_added(
    folder: Path, e1: Path, change: Change, message: str
) -> None:
    with edit(e1) as book:
        change(book, book.header + 1)
    with pytest.raises(InputFaults) as raised:
        scored(folder, [e1])
    assert message in str(raised.value)
    assert "e1.xlsx" in str(raised.value)
    assert not (folder / LOG).exists()


def test_levels_are_read_as_people_write_them(folder: Path, e1: Path) -> None:
    for written in ("3", " 3 ", "3 Meets it", 3.0):
        with edit(e1) as book:
            book.put(book.header + 1, "Level", written)
        log, _, _ = scored(folder, [e1])
        assert log.entries[0].body.level == "3"


def test_a_workbook_may_come_back_sorted_moved_and_with_more_sheets(folder: Path, e1: Path) -> None:
    book = load_workbook(e1)
    sheet = book["Scores"]
    sheet.title = "Marks of e1"
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1)
    book.create_sheet("Notes")["A1"] = "mine"
    book.save(e1)
    _, lines, _ = scored(folder, [e1])
    assert [line.body.level for line in lines] == ["3", "4", "3", "3", "3", "3"]


def test_an_evaluator_scores_only_what_they_read(tmp_path: Path) -> None:
    typed = panel_rules()
    typed["panel"] |= {"least_evaluators": 1}
    typed["panel"]["evaluators"][2]["criteria"] = ["security"]
    folder = panel_folder(tmp_path / "folder", typed)
    e1, _, _ = evaluator_workbooks(folder, tmp_path / "out")
    scored_book(e1, "e1")
    with edit(e1) as book:
        book.sheet.cell(5, 3).value = "e3"
    with pytest.raises(InputFaults, match="e3 does not read 'approach'; allowed: 'security'"):
        scored(folder, [e1])


def test_a_workbook_for_other_rules_counts_where_scale_and_question_are_the_same(
    folder: Path, e1: Path
) -> None:
    typed = panel_rules()
    typed["title"] = "Another title"
    panel_folder(folder, typed)
    _, lines, warnings = scored(folder, [e1])
    assert len(lines) == 6
    assert "e1.xlsx was made for different rules" in warnings[0]
    typed["criteria"][0]["panel"]["question"] = "Another question?"
    panel_folder(folder, typed)
    record = read(folder).panel
    assert record is not None
    assert [str(fault) for fault in record.unread] == [
        f"{LOG}:{n}: does not count: the question or the scale of 'approach' was different then"
        for n in (1, 2, 3)
    ]


def test_a_workbook_from_a_log_that_was_cut_is_refused(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "second", round_name="second")
    assert e1.name == "e1-second.xlsx"
    lines = (folder / LOG).read_bytes().splitlines(keepends=True)
    (folder / LOG).write_bytes(b"".join(lines[:-1]))
    with edit(e1) as book:
        book.sheet.cell(6, 3).value = SCORED_ON
    with pytest.raises(LogBroken, match="which no line has now"):
        scored(folder, [e1])


def test_a_workbook_sent_out_later_evidences_the_order_before_it(tmp_path: Path) -> None:
    folder = scored_folder(tmp_path)
    assert read(folder).panel.evidenced == 0  # type: ignore[union-attr]
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "second", round_name="second")
    with edit(e1) as book:
        book.sheet.cell(6, 3).value = SCORED_ON
        book.put(book.header + 1, "Level", 5)
        book.put(book.header + 1, "Reason for a change", "I had missed page 12.")
    scored(folder, [e1])
    assert read(folder).panel.evidenced == 18  # type: ignore[union-attr]


def test_a_blind_round_names_no_vendor_and_is_read_back(folder: Path, tmp_path: Path) -> None:
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "blind", blind=True)
    text = everything_in(e1)
    assert not [vendor for vendor in ("Alder", "Birch", "Cedar") if vendor in text]
    codes = blind_codes(folder, ())
    assert sorted(codes.values()) == ["Vendor A", "Vendor B", "Vendor C"]
    scored_book(e1, "e1")
    _, lines, _ = scored(folder, [e1])
    assert {line.body.vendor for line in lines} == {"Alder", "Birch", "Cedar"}
    again = evaluator_workbooks(folder, tmp_path / "again", blind=True)
    assert again
    assert blind_codes(folder, ()) == codes


def test_no_workbook_is_written_over(folder: Path, tmp_path: Path, e1: Path) -> None:
    with pytest.raises(VendorEvalError, match=r"found e1\.xlsx, e2\.xlsx and e3\.xlsx"):
        evaluator_workbooks(folder, tmp_path / "out")
    with pytest.raises(VendorEvalError, match="at most 30 letters"):
        evaluator_workbooks(folder, tmp_path / "new", round_name="../x")


def test_a_comment_is_never_a_formula(folder: Path, e1: Path, tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://x")</script><b>'
    with edit(e1) as book:
        cell = book.sheet.cell(book.header + 1, book.columns["Comment"])
        cell.value, cell.data_type = hostile, "s"
    log, _, _ = scored(folder, [e1])
    assert log.entries[0].text("comment") == hostile
    [again, *_] = evaluator_workbooks(folder, tmp_path / "second")
    with edit(again) as book:
        cell = book.sheet.cell(book.header + 1, book.columns["Comment"])
        assert (cell.value, cell.data_type, cell.quotePrefix) == (hostile, "s", True)


def test_every_level_that_was_given_is_found_again(tmp_path: Path) -> None:
    record = read(scored_folder(tmp_path)).panel
    assert record is not None
    given = {
        (evaluator, path): [record.items[v, path].marks[evaluator].level for v in VENDORS]
        for evaluator, path in LEVELS_GIVEN
    }
    assert given == {key: [str(level) for level in levels] for key, levels in LEVELS_GIVEN.items()}

"""What commands say of how far a panel is: codes, dates, and what is still to come."""

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from make.envelopes import locked_envelope
from make.panels import (
    AGREED_ON,
    SCORED_ON,
    agreed_folder,
    declaring_folder,
    locked_folder,
    panel_folder,
    scored_book,
)
from vendor_eval.cli import main
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.report.panel import agreed_sentence
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import scored


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_codes_of_the_empty_log_are_not_called_no_codes(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    books = evaluator_workbooks(folder, tmp_path / "out")
    for book in books:
        scored_book(book, book.stem)
    scored(folder, books)
    empty = "the codes that came back are of the empty log; send the evaluators the present code"
    said = ve("check", folder)[1]
    assert empty in said
    record = read(folder).panel
    assert record is not None
    assert empty in agreed_sentence(record)
    assert record.evidenced == 0


def test_a_lock_dated_before_what_it_locks_is_warned_of(tmp_path: Path) -> None:
    folder = agreed_folder(tmp_path)
    code, said = ve("lock", folder, "--by", "chair", "--on", SCORED_ON)
    assert code == 0
    assert f"the lock is dated {SCORED_ON}, but line 19 is of {AGREED_ON}" in said
    assert f"locked on line 25 of scores/log.jsonl, dated {SCORED_ON}" in said
    assert f"the lock is dated {SCORED_ON}" in ve("check", folder)[1]


def test_a_lock_dated_after_it_is_not(tmp_path: Path) -> None:
    folder = agreed_folder(tmp_path)
    said = ve("lock", folder, "--by", "chair", "--on", date(2027, 5, 1))[1]
    assert "the lock is dated" not in said


def test_check_says_that_the_lock_alone_is_missing(tmp_path: Path) -> None:
    code, said = ve("check", agreed_folder(tmp_path / "agreed"))
    assert code == 0
    assert "every level is agreed, and the panel is not locked; allowed: 'vendor-eval lock'" in said
    assert "not locked" not in ve("check", locked_folder(tmp_path / "locked"))[1]
    said = ve("check", locked_envelope(tmp_path / "envelopes"))[1]
    assert "the envelope 'price' is not opened; allowed: 'vendor-eval open' first" in said


def test_after_the_lock_nothing_can_be_agreed_any_more(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    code, said = ve("moderate", folder, "--out", tmp_path / "late.xlsx")
    assert code == 2
    assert "locked on line 25; nothing can be agreed any more" in said


def test_a_blank_declaration_says_why_nothing_is_added(tmp_path: Path) -> None:
    folder = declaring_folder(tmp_path / "folder")
    evaluator_workbooks(folder, tmp_path / "out")
    code, said = ve("declare", folder, tmp_path / "out" / "declaration.xlsx")
    assert code == 0
    assert "declaration.xlsx: nothing is declared in it" in said

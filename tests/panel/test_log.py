"""The log of scores: nothing in it can be changed, dropped or moved unseen."""

import itertools
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.panels import COMMENT, panel_folder, panel_rules, unchangeable
from vendor_eval.errors import LogBroken, VendorEvalError
from vendor_eval.panel.entries import Draft, chained, draft
from vendor_eval.panel.log import (
    LOG,
    ScoreLog,
    merged_drafts,
    redaction,
    score_log,
    start,
    witness_line,
)
from vendor_eval.rules.rules import Rules, fingerprint
from vendor_eval.tender.folder import read_rules
from vendor_eval.tender.log_file import recorded, stored_log

DAY = date(2026, 11, 24)
ASKS = "0" * 64


def mark(evaluator: str, vendor: str, level: str = "3", **more: object) -> Draft:
    body = {"criterion": "approach", "level": level, "comment": COMMENT, "asks": ASKS} | more
    return draft(
        "individual",
        on=DAY,
        by=evaluator,
        source=f"{evaluator}.xlsx",
        evaluator=evaluator,
        vendor=vendor,
        **body,
    )


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    return read_rules(panel_folder(tmp_path / "folder"))


@pytest.fixture
def folder(tmp_path: Path, rules: Rules) -> Path:
    return tmp_path / "folder"


@pytest.fixture
def three(folder: Path, rules: Rules) -> ScoreLog:
    made = [mark("e1", "Alder"), mark("e2", "Alder", "4"), mark("e3", "Birch", comment="")]
    return recorded(folder, rules, lambda _: made)[0]


def test_what_was_recorded_is_read_again(folder: Path, rules: Rules, three: ScoreLog) -> None:
    again = stored_log(folder, rules)
    assert again == three
    assert [entry.text("comment") for entry in again.entries] == [COMMENT, COMMENT, ""]
    assert again.code == three.code


def test_every_changed_byte_is_found_against_a_witness(rules: Rules, three: ScoreLog) -> None:
    content = three.bytes_written()
    for at, new in itertools.product(range(len(content)), (b"0", b"\n", b"\xff")):
        edited = content[:at] + new + content[at + 1 :]
        if edited != content:
            with pytest.raises(LogBroken):
                witness_line(score_log(edited, rules), three.code)


def test_a_changed_byte_before_the_last_line_is_found_without_a_witness(
    rules: Rules, three: ScoreLog
) -> None:
    content = three.bytes_written()
    last = len(content) - len(three.entries[-1].written)
    for at in range(last):
        edited = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(LogBroken, match=LOG):
            score_log(edited, rules)


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_dropped_line_is_found_and_the_last_against_a_witness(
    rules: Rules, three: ScoreLog, gone: int
) -> None:
    lines = three.bytes_written().splitlines(keepends=True)
    del lines[gone]
    with pytest.raises(LogBroken) as raised:
        witness_line(score_log(b"".join(lines), rules), three.code)
    if gone < 2:
        assert f"{LOG}:{gone + 1}" in str(raised.value)
    else:
        assert "was cut or written anew" in str(raised.value)


def test_lines_in_another_order_are_found(rules: Rules, three: ScoreLog) -> None:
    lines = three.bytes_written().splitlines(keepends=True)
    for order in itertools.permutations(lines):
        if list(order) != lines:
            with pytest.raises(LogBroken):
                score_log(b"".join(order), rules)


@given(st.integers(4, 9), st.data())
def test_lines_that_are_gone_are_one_fault_at_the_line_after_them(
    length: int, data: st.DataObject
) -> None:
    rules = Rules.model_validate(unchangeable(panel_rules()))
    log = ScoreLog((), fingerprint(rules))
    log = log.followed_by([mark("e1", f"Vendor {n}", "3") for n in range(length)])
    first = data.draw(st.integers(0, length - 2))
    after = data.draw(st.integers(first + 1, length - 1))
    lines = log.bytes_written().splitlines(keepends=True)
    with pytest.raises(LogBroken) as raised:
        score_log(b"".join([*lines[:first], *lines[after:]]), rules)
    [fault] = raised.value.faults
    assert fault.place == f"{LOG}:{first + 1}"
    assert f"it has the number {after + 1}" in fault.message


def test_a_log_written_anew_is_found_against_a_witness(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    (folder / LOG).unlink()
    anew, _ = recorded(folder, rules, lambda _: [mark("e1", "Alder", "5")])
    assert stored_log(folder, rules) == anew
    with pytest.raises(LogBroken):
        witness_line(anew, three.code)


def test_an_edited_line_names_the_line_that_does_not_follow(rules: Rules, three: ScoreLog) -> None:
    edited = three.bytes_written().replace(b'"level":"4"', b'"level":"5"')
    with pytest.raises(LogBroken, match=f"line 3 of {LOG} does not follow line 2"):
        score_log(edited, rules)


def test_a_code_of_an_earlier_line_is_a_witness_too(rules: Rules, three: ScoreLog) -> None:
    empty = score_log(b"", rules)
    assert witness_line(three, empty.code) == 0
    assert witness_line(three, three.code.replace("-", " ").upper()) == 3
    for wrong in ("", "x", "1234-5678", "=1+1"):
        with pytest.raises(VendorEvalError, match="allowed: a code such as"):
            witness_line(three, wrong)


def test_a_redacted_text_is_gone_and_the_chain_still_holds(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    why = lambda **body: draft(  # noqa: E731
        "redacted", on=DAY, by="chair", source="redact", why="It names a person.", **body
    )
    after, [added] = recorded(folder, rules, lambda log: redaction(log, 2, why))
    assert (added.kind, added.body.line) == ("redacted", 2)
    assert COMMENT.encode() not in after.entries[1].written
    assert after.entries[1].sha256 == three.entries[1].sha256
    assert stored_log(folder, rules) == after
    assert witness_line(after, three.code) == 3
    for line in (2, 3, 9):
        with pytest.raises(VendorEvalError):
            recorded(folder, rules, lambda log, line=line: redaction(log, line, why))


def test_a_text_that_vanished_without_a_redaction_is_found(rules: Rules, three: ScoreLog) -> None:
    entries = (three.entries[0].without_texts, *three.entries[1:])
    gone = ScoreLog(entries, three.rules).bytes_written()
    with pytest.raises(LogBroken, match="the comment is gone"):
        score_log(gone, rules)


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.isprintable()))
def test_a_comment_comes_back_letter_for_letter(comment: str) -> None:
    log = ScoreLog((), "sha256:" + "0" * 64).followed_by([mark("e1", "Alder", comment=comment)])
    assert log.entries[0].text("comment") == comment
    assert b"\n" not in log.entries[0].written[:-1]


def merge(folder: Path, rules: Rules, other: ScoreLog) -> ScoreLog:
    announced: Callable[..., Draft] = lambda **body: draft(  # noqa: E731
        "merged", on=DAY, by="moderator", source="copy", **body
    )
    return recorded(folder, rules, lambda log: merged_drafts(log, other, announced))[0]


def test_two_copies_become_one_log_with_every_line_of_both(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    replaced = mark("e1", "Cedar", "5", replaces=4, reason="A slip.")
    other = three.followed_by([mark("e1", "Cedar"), replaced])
    recorded(folder, rules, lambda _: [mark("e2", "Cedar", "1")])
    both = merge(folder, rules, other)
    assert [entry.kind for entry in both.entries[3:]] == [
        "individual",
        "merged",
        *["individual"] * 2,
    ]
    assert [entry.body.merged_from for entry in both.entries[5:]] == [
        entry.sha256 for entry in other.entries[3:]
    ]
    assert both.entries[6].body.replaces == 6
    assert both.entries[5].text("comment") == COMMENT
    assert stored_log(folder, rules) == both


def test_copies_that_both_scored_one_item_are_not_merged(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    other = three.followed_by([mark("e1", "Cedar")])
    before, _ = recorded(folder, rules, lambda _: [mark("e1", "Cedar", "1")])
    with pytest.raises(VendorEvalError, match="e1 / Cedar / approach"):
        merge(folder, rules, other)
    assert stored_log(folder, rules) == before


def test_merging_a_copy_without_new_lines_adds_nothing(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    assert merge(folder, rules, three) == three


def test_a_redaction_in_the_other_copy_holds_here_too(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    gone = draft("redacted", on=DAY, by="chair", source="redact", why="Personal.", line=1)
    both = merge(folder, rules, three.followed_by([gone]))
    assert both.entries[0].text("comment") == ""
    assert stored_log(folder, rules) == both


@pytest.mark.parametrize("line", [1, 2, 99])
def test_a_line_that_redacts_itself_or_what_is_not_there_is_no_log(rules: Rules, line: int) -> None:
    gone = draft("redacted", on=DAY, by="chair", source="", why="Personal.", line=line)
    first = chained(gone, 1, start(fingerprint(rules)), fingerprint(rules))
    with pytest.raises(LogBroken, match="allowed: of an earlier line"):
        score_log(first.written, rules)


def test_lines_added_at_the_same_time_are_all_kept(folder: Path, rules: Rules) -> None:
    vendors = [f"V{n}" for n in range(24)]

    def add(names: list[str]) -> None:
        for name in names:
            recorded(folder, rules, lambda _, name=name: [mark("e1", name)])

    threads = [threading.Thread(target=add, args=(vendors[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = stored_log(folder, rules)
    assert sorted(entry.body.vendor for entry in log.entries) == sorted(vendors)


def test_nothing_is_written_where_composing_the_lines_fails(
    folder: Path, rules: Rules, three: ScoreLog
) -> None:
    def fail(_: ScoreLog) -> list[Draft]:
        raise VendorEvalError("no")

    with pytest.raises(VendorEvalError):
        recorded(folder, rules, fail)
    assert stored_log(folder, rules) == three
    assert {path.name for path in (folder / "scores").iterdir()} <= {"log.jsonl", ".log.lock"}

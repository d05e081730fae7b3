"""A level is agreed on marks that the meeting saw, also where two copies of the log become one."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make.panels import (
    AGREED_ON,
    BookEdit,
    agreed_book,
    panel_folder,
    scored_book,
    scored_folder,
)
from vendor_eval.errors import NotReady
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.entries import draft
from vendor_eval.panel.log import ScoreLog, merged_drafts
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import agreed, locked, merged, scored

LATER = date(2026, 11, 30)


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """A copy in which a mark changed, and one in which the meeting agreed on the mark before."""
    folder = scored_folder(tmp_path)
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    changed = evaluator_workbooks(folder, tmp_path / "late")[0]
    with BookEdit(changed, "Scores", {"scored_on": LATER}, "marks") as book:
        book.put(book.header + 1, "Level", 0)
        book.put(book.header + 1, "Reason for a change", "The annex does not support it.")
    scored(folder, [changed])
    agenda = written_agenda(other, tmp_path / "agenda.xlsx")
    agreed_book(agenda)
    agreed(other, agenda)
    return folder, other


@pytest.mark.parametrize("into_the_changed", [True, False])
def test_a_level_agreed_on_another_mark_is_not_agreed_once_the_copies_are_merged(
    copies: tuple[Path, Path], into_the_changed: bool, tmp_path: Path
) -> None:
    folder, other = copies if into_the_changed else copies[::-1]
    merged(folder, other, by="moderator", on=LATER)
    [need] = read(folder).panel_needs
    assert "Alder on 'approach'" in need.found
    with pytest.raises(NotReady, match="Alder on 'approach'"):
        locked(folder, by="chair", on=AGREED_ON)
    again = written_agenda(folder, tmp_path / "again.xlsx")
    agreed_book(again)
    agreed(folder, again)
    assert read(folder).panel_needs == ()


def test_two_copies_that_both_began_empty_are_merged(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    books = evaluator_workbooks(folder, tmp_path / "out")
    for copy, book in zip((folder, other), books, strict=False):
        scored_book(book, book.stem)
        scored(copy, [book])
    log, lines = merged(folder, other, by="moderator", on=LATER)
    assert lines == 7
    assert [e.kind for e in log.entries] == ["individual"] * 6 + ["merged"] + ["individual"] * 6
    record = read(folder).panel
    assert record is not None
    assert {item.unscored for item in record.items.values()} == {("e3",)}


LINES = st.lists(st.sampled_from(["a", "b"]), max_size=6)


@given(first=LINES, ours=LINES, theirs=LINES, more=LINES, outer=LINES)
def test_a_line_saw_exactly_the_lines_of_its_own_copy(
    first: list[str], ours: list[str], theirs: list[str], more: list[str], outer: list[str]
) -> None:
    """Each line is named by its text; what its copy held before it is what it saw."""
    names = iter(range(1000))
    saw: dict[str, set[str]] = {}

    def with_lines(log: ScoreLog, count: list[str]) -> ScoreLog:
        for _ in count:
            name = f"n{next(names)}"
            saw[name] = {entry.body.vendor for entry in log.of_kind("individual")}  # type: ignore[attr-defined]
            body = {"vendor": name, "criterion": "c", "level": "1", "asks": "0" * 64}
            log = log.followed_by(
                [draft("individual", on=LATER, by="e", source="", evaluator="e", **body)]
            )
        return log

    def merge(log: ScoreLog, other: ScoreLog) -> ScoreLog:
        made = lambda **body: draft("merged", on=LATER, by="m", source="", **body)  # noqa: E731
        return log.followed_by(merged_drafts(log, other, made))

    stem = with_lines(ScoreLog((), "sha256:" + "0" * 64), ["stem", *first])
    inner = with_lines(merge(with_lines(stem, ours), with_lines(stem, theirs)), more)
    whole = merge(with_lines(stem, outer), inner)
    for entry in whole.of_kind("individual"):
        unseen = whole.unseen(entry.n)
        seen = {
            before.body.vendor  # type: ignore[attr-defined]
            for before in whole.of_kind("individual")
            if before.n < entry.n and not any(before.n in lines for lines in unseen)
        }
        assert seen == saw[entry.body.vendor]  # type: ignore[attr-defined]

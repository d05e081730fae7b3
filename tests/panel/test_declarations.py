"""Declarations of interests: before any mark, kept without their details, and what follows."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl.utils import get_column_letter

from make.declarations import (
    DECIDED,
    SECRET,
    declare_in,
    declaring_rules,
    interest,
    others_declare,
)
from make.panels import (
    AGREED_ON,
    SCORED_ON,
    BookEdit,
    agreed_book,
    panel_folder,
    scored_book,
)
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults, NotReady, VendorEvalError
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.log import LOG
from vendor_eval.report.conflicts import interests_sentence, interests_table
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import agreed, declared, locked, scored


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, list[Path], Path]:
    """The folder, the evaluators' workbooks with their marks, and the blank declaration."""
    folder = panel_folder(tmp_path / "folder", declaring_rules())
    *books, blank = evaluator_workbooks(folder, tmp_path / "out")
    for book in books:
        scored_book(book, book.stem)
    return folder, books, blank


def test_nobodys_marks_are_read_before_they_have_declared(
    desk: tuple[Path, list[Path], Path],
) -> None:
    folder, books, _ = desk
    declare_in(books[0])
    code, said = ve("scores", folder, *books)
    assert code == 5
    assert "e2 has declared nothing of Alder, Birch and Cedar, and marks it" in said
    assert "e1" not in said.replace("e1.xlsx", "")
    assert not (folder / LOG).exists()
    for book in books[1:]:
        declare_in(book)
    log, _, _ = scored(folder, books)
    kinds = [entry.kind for entry in log.entries]
    assert kinds == ["declaration"] * 9 + ["individual"] * 18


def test_the_details_stand_outside_the_log_and_their_hash_in_it(
    desk: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    folder, books, _ = desk
    for book in books:
        declare_in(book, {"Alder": interest("perceived")} if book.stem == "e2" else {})
    scored(folder, books)
    assert SECRET not in (folder / LOG).read_text()
    [kept] = (folder / "private" / "declarations").iterdir()
    held = json.loads(kept.read_text())
    assert held["text"] == SECRET
    sha256 = hashlib.sha256((held["salt"] + SECRET).encode()).hexdigest()
    assert sha256 in (folder / LOG).read_text()
    tender = read(folder)
    assert not [name for name in tender.hashes if name.startswith("private")]
    table = interests_table(tender.record).markup  # type: ignore[arg-type]
    assert "e2 (Security)" in table
    assert "perceived" in table
    assert SECRET not in table


@pytest.mark.parametrize(
    ("entered", "heading", "message"),
    [
        (interest("actual"), "Measure", "an actual interest without a measure"),
        (
            interest("actual", "restricted") | {"What it is": None},
            "What it is",
            "what the interest is",
        ),
        ({"What it is": "Nothing."}, "Interest", "none, actual, potential or perceived"),
        (
            interest("potential", "withdrawn") | {"Who decided the measure": None},
            "Who decided the measure",
            "decided",
        ),
        (interest("friendly"), "Interest", "friendly"),
        ({"Interest": "none", "Measure": "restricted"}, "Measure", "without an interest"),
    ],
)
def test_a_declaration_that_lacks_something_is_a_fault_at_its_cell(
    entered: dict[str, object],
    heading: str,
    message: str,
    desk: tuple[Path, list[Path], Path],
) -> None:
    folder, books, _ = desk
    declare_in(books[0], {"Alder": entered})
    with pytest.raises(InputFaults) as raised:
        scored(folder, books[:1])
    said = str(raised.value)
    with BookEdit(books[0], "Declarations", {}, "interests") as book:
        place = f"{get_column_letter(book.columns[heading])}{book.header + 1}"
    assert f"e1.xlsx!Declarations!{place}" in said
    assert message in said
    assert not (folder / LOG).exists()


def test_a_lock_waits_for_everybody_who_acts(
    desk: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    folder, books, blank = desk
    for book in books:
        declare_in(book)
    scored(folder, books)
    agenda = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(agenda)
    agreed(folder, agenda)
    with pytest.raises(NotReady) as raised:
        locked(folder, by="chair", on=AGREED_ON)
    said = str(raised.value)
    assert "moderator has declared nothing of Alder, Birch and Cedar" in said
    assert "chair has declared nothing of Alder, Birch and Cedar" in said
    others_declare(folder, blank)
    locked(folder, by="chair", on=AGREED_ON)
    assert interests_sentence(read(folder)) == "Conflicts of interest: none declared by 5 of 5."
    decided = "- {kind: two_vendors, vendors: [Alder, Birch], by: Ms Holm, approved_by: chair, "
    (folder / "decisions.yaml").write_text(f"{decided}on: 2026-12-01, reason: Two firms.}}\n")
    with pytest.raises(NotReady, match="Ms Holm has declared nothing of Alder, Birch and Cedar"):
        read(folder).evaluate()


def test_a_second_sheet_says_what_was_declared_and_who_decides_a_measure_declares_too(
    desk: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    folder, books, _ = desk
    decided = interest("perceived", "restricted") | {DECIDED: "counsel"}
    for book in books:
        declare_in(book, {"Alder": decided} if book.stem == "e2" else {})
    scored(folder, books)
    said = "\n".join(map(str, read(folder).panel_needs))
    assert "counsel has declared nothing of Alder, Birch and Cedar" in said
    *again, blank = evaluator_workbooks(folder, tmp_path / "again", round_name="second")
    for book in again[1], blank:
        with BookEdit(book, "Declarations", {}, "interests") as edit:
            shown = str(edit.sheet["A2"].value)
        own = "Alder: perceived, restricted; Birch: none; Cedar: none. Fill in a line where this"
        assert (own in shown) == (book != blank)
        assert SECRET not in shown
    # a sheet in which nothing was filled in declares nothing anew
    with BookEdit(again[1], "Scores", {"scored_on": SCORED_ON}, "marks"):
        pass
    assert scored(folder, [again[1]])[1] == ()


def test_who_withdraws_leaves_for_all_vendors_and_the_rest_agrees_again(
    desk: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    folder, books, blank = desk
    for book in books:
        declare_in(book)
    scored(folder, books)
    others_declare(folder, blank)
    first = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(first)
    agreed(folder, first)
    locked(folder, by="chair", on=AGREED_ON)
    leaving = {"Birch": interest("actual", "withdrawn")}
    copy = Path(shutil.copyfile(blank, tmp_path / "e3.xlsx"))
    declared(folder, [declare_in(copy, leaving, "e3", AGREED_ON)])
    tender = read(folder)
    assert tender.panel is not None
    assert tender.panel.lock is None
    assert tender.panel.readers("approach") == ("e1", "e2")
    assert {item.levels for item in tender.panel.items.values() if item.vendor == "Alder"} == {
        ("3", "3"),
        ("3", "4"),
    }
    assert len(tender.panel_needs) == 6
    assert "somebody withdrew from Alder on 'approach'" in str(tender.panel_needs[0])
    with pytest.raises(NotReady):
        tender.evaluate()
    *again, _ = evaluator_workbooks(folder, tmp_path / "again")
    with BookEdit(again[2], "Scores", {"scored_on": SCORED_ON}, "marks") as book:
        assert list(book.rows()) == []
    second = written_agenda(folder, tmp_path / "second.xlsx")
    agreed_book(second)
    with BookEdit(second, "Agenda", {}, "agenda") as book:
        for row in book.rows():
            book.put(row, "Present (ids)", "e1, e2")
    agreed(folder, second)
    locked(folder, by="chair", on=AGREED_ON)
    assert read(folder).evaluate(draws=200).evaluation.ranking
    table = interests_table(read(folder).record).markup  # type: ignore[arg-type]
    assert "withdrawn; declared after scoring" in table


def test_nobody_is_asked_to_declare_about_a_vendor_that_is_excluded(tmp_path: Path) -> None:
    typed = declaring_rules()
    dear = {"id": "dear", "label": "Dear", "answer": "cost", "rule": {"at_most": 140}}
    folder = panel_folder(tmp_path / "folder", typed | {"gates": [dear]})
    *books, blank = evaluator_workbooks(folder, tmp_path / "out")
    with BookEdit(blank, "Declarations", {}, "interests") as book:
        assert [book.at(row, "Vendor") for row in book.rows()] == ["Birch", "Cedar"]
    for path in books:
        with BookEdit(path, "Scores", {"scored_on": SCORED_ON}, "marks") as book:
            for row in book.rows():
                book.put(row, "Level", 3)
        declare_in(path)
    scored(folder, books)
    others_declare(folder, blank)
    agenda = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(agenda)
    agreed(folder, agenda)
    assert "Next: Lock the panel" in ve("next", folder)[1]
    code, said = ve("lock", folder, "--by", "chair", "--on", AGREED_ON)
    assert code == 0, said


def test_who_withdrew_or_is_restricted_is_seen_where_people_are_present(
    desk: tuple[Path, list[Path], Path], tmp_path: Path
) -> None:
    folder, books, blank = desk
    for book in books:
        interests = {"Birch": interest("actual", "withdrawn")} if book.stem == "e3" else {}
        if book.stem == "e2":
            interests = {"Cedar": interest("perceived", "restricted")}
        declare_in(book, interests)
    warnings = scored(folder, books)[2]
    assert "e3 withdraws; 6 marks are kept and do not count" in warnings
    others_declare(folder, blank)
    agenda = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(agenda)
    with pytest.raises(InputFaults) as raised:
        agreed(folder, agenda)
    left = next(e.n for e in read(folder).log.entries if e.body.mitigation == "withdrawn")  # type: ignore[union-attr,attr-defined]
    said = f"e3 has withdrawn, on line {left} of the log; allowed: those who remain"
    assert [fault.message for fault in raised.value.faults] == [said] * 6
    with BookEdit(agenda, "Agenda", {"recorded_by": "e3"}, "agenda") as book:
        for row in book.rows():
            book.put(row, "Present (ids)", "e1, e2")
    with pytest.raises(InputFaults, match="e3 has withdrawn") as raised:
        agreed(folder, agenda)
    assert [fault.place for fault in raised.value.faults] == ["agenda.xlsx!Agenda!C6"]
    with BookEdit(agenda, "Agenda", {"recorded_by": "moderator"}, "agenda"):
        pass
    warnings = agreed(folder, agenda)[2]
    restricted = [w for w in warnings if "e2 is restricted for Cedar, and was present" in w]
    assert len(restricted) == len([w for w in warnings if "restricted" in w]) == 2
    with pytest.raises(VendorEvalError, match="--by: e3 has withdrawn"):
        locked(folder, by="e3", on=AGREED_ON)
    [late] = [path for path in books if path.stem == "e3"]
    with BookEdit(late, "Scores", {"scored_on": AGREED_ON}, "marks") as book:
        book.put(book.header + 1, "Level", 5)
    with pytest.raises(InputFaults, match="allowed: no mark"):
        scored(folder, [late])

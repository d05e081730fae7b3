"""Who has withdrawn acts no more: no bid is received, opened, corrected or decided by them."""

import shutil
from pathlib import Path

import pytest

from make.declarations import declare_in, declaring_rules, interest, others_declare
from make.envelopes import envelope_folder, envelope_rules
from make.panels import agreed_book, scored_book
from make.two_workbooks import ve
from vendor_eval.errors import InputFaults
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.panel.log import LOG
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import agreed, declared, scored


@pytest.fixture(scope="module")
def agreed_without_e3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two envelopes; e3 has withdrawn, and the others agreed every level."""
    place = tmp_path_factory.mktemp("withdrawn")
    folder = envelope_folder(place, envelope_rules(panel=declaring_rules()["panel"]))
    *books, blank = evaluator_workbooks(folder, place / "out")
    for book in books:
        scored_book(book, book.stem)
        declare_in(book)
    scored(folder, books)
    others_declare(folder, blank)
    leaving = {"Birch": interest("actual", "withdrawn")}
    declared(folder, [declare_in(Path(shutil.copyfile(blank, place / "e3.xlsx")), leaving, "e3")])
    agenda = written_agenda(folder, place / "agenda.xlsx")
    agreed_book(agenda, present="e1, e2")
    agreed(folder, agenda)
    return folder


@pytest.fixture
def folder(agreed_without_e3: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(agreed_without_e3, tmp_path / "folder"))


def refused(folder: Path, option: str, *words: object) -> None:
    """That a command is refused, and adds no line to the log."""
    before = (folder / LOG).read_bytes()
    code, said = ve(*words)
    assert code == 2, said
    assert f"{option}: " in said
    assert "has withdrawn, on line" in said
    assert "allowed: those who remain" in said
    assert (folder / LOG).read_bytes() == before


def test_no_command_adds_a_line_for_somebody_who_has_withdrawn(
    folder: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late.xlsx"
    late.write_bytes(b"unread")
    where = ("--vendor", "Dogwood", "--envelope", "price")
    refused(folder, "--by", "receive", folder, late, *where, "--by", "E3")
    assert late.exists()
    refused(folder, "--by", "void", folder, 2, "--why", "Another's.", "--by", "e3")
    refused(folder, "--by", "redact", folder, 3, "--why", "A name.", "--by", "e3")
    copy = shutil.copytree(folder, tmp_path / "copy")
    refused(folder, "--by", "scores", folder, "--merge", copy, "--by", "e3")
    refused(folder, "--by", "lock", folder, "quality", "--by", "e3")
    assert ve("lock", folder, "quality", "--by", "chair")[0] == 0
    refused(folder, "--by", "open", folder, "price", "--by", "e3")
    assert ve("open", folder, "price", "--by", "chair")[0] == 0
    words = ("--vendor", "Birch", "--criterion", "security", "--level", "4", "--reason", "Missed.")
    words += ("--evidence", "page 9", *again("Alder", "Birch", "Cedar"))
    error = ("manifest-error", folder, *words)
    refused(folder, "--approved-by", *error, "--approved-by", "e3", "--by", "chair")
    refused(folder, "--by", *error, "--approved-by", "chair", "--by", "e3")


def again(*vendors: str) -> tuple[str, ...]:
    return tuple(word for vendor in vendors for word in ("--read-again", vendor))


@pytest.mark.parametrize(("by", "approved_by"), [("e3", "chair"), ("chair", "e3")])
def test_a_decision_after_the_withdrawal_is_a_fault_at_its_line(
    by: str, approved_by: str, folder: Path
) -> None:
    of = "kind: two_vendors, vendors: [Alder, Birch], reason: R"
    entry = f"- {{{{{of}, by: {{}}, approved_by: {{}}, on: {{}}}}}}"
    decisions = folder / "decisions.yaml"
    # e3 withdrew on 2026-11-24
    decisions.write_text(entry.format(by, approved_by, "2026-11-24") + "\n")
    read(folder)
    decisions.write_text(entry.format(by, approved_by, "2026-11-25") + "\n")
    with pytest.raises(InputFaults) as raised:
        read(folder)
    [fault] = raised.value.faults
    assert fault.place.startswith("decisions.yaml")
    assert "found 'e3', and e3 has withdrawn, on line" in fault.message

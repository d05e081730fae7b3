"""Files among the response workbooks that are none: passed over, noted or refused."""

from pathlib import Path

import pytest

from make.sent_books import RULES, TABLE, both, faults
from vendor_eval.tender.folder import read, read_rules


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with rules and nothing else."""
    (tmp_path / "evaluation.yaml").write_text(RULES, "utf-8")
    (tmp_path / "proposals").mkdir()
    return tmp_path


def test_files_of_open_programs_and_hidden_ones_are_passed_over(folder: Path) -> None:
    both(folder)
    for name in ("~$1.xlsx", ".~lock.1.xlsx#", ".DS_Store"):
        (folder / "proposals" / name).write_bytes(b"x")
    assert len(read(folder).proposals.vendors) == 2


def test_what_may_be_a_response_and_is_not_read_is_a_fault(folder: Path) -> None:
    both(folder)
    names = ("a.xlsm", "b.csv", "c.ods", "e.XLS", "f.xlsb", "g.numbers")
    for name in names:
        (folder / "proposals" / name).write_bytes(b"x")
    (folder / "proposals" / "d.xlsx").mkdir()
    messages = faults(folder)
    assert [line.partition(":")[0] for line in messages] == [
        f"proposals/{name}" for name in sorted([*names, "d.xlsx"])
    ]
    assert (
        "found a file ending in '.xlsm', which may be a response; allowed: a file saved as .xlsx; "
        "open it and save it as .xlsx, or move it to attachments/ if it is not a response"
    ) in messages[0]
    assert "found a folder ending in '.xlsx'" in messages[3]


def test_any_other_file_among_the_workbooks_is_a_note_that_says_where_it_belongs(
    folder: Path,
) -> None:
    both(folder)
    for name in ("letter.pdf", "Thumbs.db", "no-ending"):
        (folder / "proposals" / name).write_bytes(b"x")
    (folder / "proposals" / "__MACOSX").mkdir()
    case = read(folder)
    assert len(case.proposals.vendors) == 2
    belongs = "not read; it belongs in attachments/<vendor>/"
    assert case.out_of_place == (
        f"proposals/Thumbs.db: not a response workbook, {belongs}",
        f"proposals/__MACOSX: a folder, {belongs}",
        f"proposals/letter.pdf: not a response workbook, {belongs}",
        f"proposals/no-ending: not a response workbook, {belongs}",
    )
    assert set(case.out_of_place) <= set(case.notes)


def test_a_folder_with_nothing_but_letters_holds_no_proposal(folder: Path) -> None:
    (folder / "proposals").mkdir(exist_ok=True)
    (folder / "proposals" / "letter.pdf").write_bytes(b"x")
    assert [line.partition(":")[0] for line in faults(folder)] == ["proposals.csv"]


def test_table_and_workbooks_together_are_a_fault(folder: Path) -> None:
    both(folder)
    (folder / "proposals.csv").write_text(TABLE, "utf-8")
    assert "proposals.csv: found together with proposals/*.xlsx; allowed: one of the two" in faults(
        folder
    )


def test_a_folder_without_proposals_says_what_would_do(folder: Path) -> None:
    [message] = faults(folder)
    assert message.startswith("proposals.csv: no such file in the folder")
    assert "proposals/*.xlsx, one workbook a vendor, would do" in message
    assert message.endswith("; the rules themselves have no fault")
    read_rules(folder)  # the rules alone are there


def test_faulty_rules_are_not_praised_where_there_are_no_proposals(folder: Path) -> None:
    (folder / "evaluation.yaml").write_text(RULES.replace("title", "titel"), "utf-8")
    messages = faults(folder)
    assert [line for line in messages if line.startswith("proposals.csv: no such file")]
    assert "no fault" not in "".join(messages)
    (folder / "evaluation.yaml").unlink()
    assert "no fault" not in "".join(faults(folder))

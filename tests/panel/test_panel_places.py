"""Links, pipes and devices in the places of a panel's files are faults, and never followed."""

import json
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from make.panels import locked_folder, panel_folder, scored_book
from vendor_eval.cli import main
from vendor_eval.errors import InputFaults, VendorEvalError
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.tender.folder import read
from vendor_eval.tender.panel_log import blind_codes, new_blind_codes, scored

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes are made as on POSIX")


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output + done.stderr


@pytest.mark.parametrize("name", ["scores", "private"])
def test_a_folder_that_is_a_link_out_is_a_fault_and_nothing_is_written_there(
    name: str, tmp_path: Path
) -> None:
    folder, outside = panel_folder(tmp_path / "folder"), tmp_path / "outside"
    outside.mkdir()
    books = evaluator_workbooks(folder, tmp_path / "out")
    scored_book(books[0], "e1")
    (folder / name).symlink_to(outside)
    code, said = ve("scores", folder, books[0])
    assert code == 2
    assert f"{name}: found a link that leads out of the folder" in said
    if name == "private":
        code, said = ve("sheets", folder, "--blind", "--out", tmp_path / "blind")
        assert code == 2
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["scores/.log.lock", "scores/log.jsonl", "private/codes.json"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_file_that_is_none_is_a_fault_and_is_not_changed(
    name: str, kind: str, tmp_path: Path
) -> None:
    folder, outside = panel_folder(tmp_path / "folder"), tmp_path / "outside"
    outside.write_text("{}")
    book = evaluator_workbooks(folder, tmp_path / "out")[0]
    scored_book(book, "e1")
    place = folder / name
    place.parent.mkdir()
    if kind == "link":
        place.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    code, said = ve("scores", folder, book)
    assert code == 2, said
    assert name in said
    assert outside.read_text() == "{}"


@pytest.mark.parametrize("kind", ["link", "pipe", "device", "folder"])
@pytest.mark.parametrize("option", [(), ("--merge",)])
def test_a_returned_file_that_is_none_is_a_fault(
    kind: str, option: tuple[str, ...], tmp_path: Path
) -> None:
    folder = panel_folder(tmp_path / "folder")
    elsewhere, place = tmp_path / "elsewhere", tmp_path / "desk" / "e1.xlsx"
    place.parent.mkdir()
    elsewhere.write_bytes(b"secret")
    if kind == "link":
        place.symlink_to(elsewhere)
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
        (place / "scores").mkdir()
        (place / "scores" / "log.jsonl").symlink_to(elsewhere)
    path = Path("/dev/zero") if kind == "device" else place
    code, said = ve("scores", folder, *option, path)
    assert code == 2, said
    assert re.search("allowed: (a file|the file itself)", said)


def test_a_code_is_never_the_name_of_a_vendor(tmp_path: Path) -> None:
    table = "vendor,approach,security,cost\nVENDOR A,a,b,150\nvendor  c,a,b,130\nCedar,a,b,120\n"
    folder = panel_folder(tmp_path / "folder", table=table)
    codes = new_blind_codes(folder, read(folder).proposals.vendors)
    assert set(codes.values()) == {"Vendor B", "Vendor D", "Vendor E"}
    [book, *_] = evaluator_workbooks(folder, tmp_path / "out", blind=True)
    assert blind_codes(folder, ()) == codes
    scored_book(book, "e1")
    _, entries, _ = scored(folder, [book])
    assert len(entries) == 6


def test_a_vendor_with_the_name_of_a_code_that_was_sent_out_is_refused(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    new_blind_codes(folder, read(folder).proposals.vendors)
    table = (folder / "proposals.csv").read_text() + "vendor b,a,b,110\n"
    (folder / "proposals.csv").write_text(table)
    with pytest.raises(VendorEvalError, match="is now the name of a vendor"):
        evaluator_workbooks(folder, tmp_path / "out", blind=True)
    books = evaluator_workbooks(folder, tmp_path / "named")
    scored_book(books[0], "e1", {("e1", c): [3] * 9 for c in ("approach", "security")})
    with pytest.raises(VendorEvalError, match="is now the name of a vendor"):
        scored(folder, [books[0]])


def test_a_workbook_of_many_faults_shows_a_hundred_and_counts_the_rest(tmp_path: Path) -> None:
    rows = "".join(f"Vendor no. {n:03},a,b,150\n" for n in range(80))
    folder = panel_folder(tmp_path / "folder", table=f"vendor,approach,security,cost\n{rows}")
    book = evaluator_workbooks(folder, tmp_path / "out")[0]
    scored_book(book, "e1", {("e1", c): ["=1/0"] * 80 for c in ("approach", "security")})
    with pytest.raises(InputFaults) as raised:
        scored(folder, [book])
    faults = raised.value.faults
    assert all(fault.message for fault in faults)
    assert [str(fault) for fault in faults[100:]] == ["e1.xlsx: 60 more faults of this workbook"]
    assert load_workbook(book)["Scores"].max_row > 160


@pytest.mark.parametrize("command", ["check", "score", "run", "next"])
def test_a_bid_that_changed_after_the_lock_is_found(command: str, tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    table = folder / "proposals.csv"
    table.write_text(table.read_text().replace("150", "151"))
    code, said = ve(command, folder)
    assert "proposals.csv: is not the file on which the panel was locked" in said
    assert code == (0 if command == "next" else 4)


def test_rules_that_changed_after_the_lock_are_found_without_a_seal(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    rules = folder / "evaluation.yaml"
    rules.write_text(rules.read_text().replace("weight: 20", "weight: 30"))
    code, said = ve("score", folder)
    assert code == 4
    assert "the rules are not those on which the panel was locked, on line 25" in said


def test_levels_that_changed_after_the_lock_are_found(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    log = folder / "scores" / "log.jsonl"
    *lines, last = log.read_text().splitlines(keepends=True)
    lock = json.loads(last)
    lock["body"]["performance"] = "0" * 64
    log.write_text(
        "".join([*lines, json.dumps(lock, sort_keys=True, separators=(",", ":")) + "\n"])
    )
    code, said = ve("check", folder)
    assert code == 4
    assert "scores/log.jsonl:25: the levels are not those on which the panel was locked" in said


def test_a_decision_after_the_lock_is_noted_and_no_fault(tmp_path: Path) -> None:
    folder = locked_folder(tmp_path)
    (folder / "decisions.yaml").write_text("[]\n")
    code, said = ve("check", folder)
    assert code == 0
    assert "decisions.yaml: is not as it was when the panel was locked, on line 25" in said

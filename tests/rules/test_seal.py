"""Sealing: what was in the folder is said, and files appear whole or not at all."""

import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from make.builders import rules
from make.running import invoked, vendor_eval, written_folder
from vendor_eval.errors import VendorEvalError
from vendor_eval.report.first_screen import seal_state
from vendor_eval.report.why import rules_sentence
from vendor_eval.rules.seal import opened_seal, seal_json, sealed
from vendor_eval.rules.whole_file import appear
from vendor_eval.tender.folder import read
from vendor_eval.tender.sealing import new_seal


@pytest.fixture
def tender(tmp_path: Path) -> Path:
    """A folder of rules alone, as it is before bids arrive."""
    folder = written_folder(tmp_path / "helpdesk")
    (folder / "proposals.csv").unlink()
    return folder


def test_a_seal_made_before_any_bid_says_so_and_the_first_screen_adds_nothing(tender: Path) -> None:
    done = invoked("seal", "helpdesk", cwd=tender.parent)
    assert done.exit_code == 0
    assert "already in the folder" not in done.stderr
    assert json.loads((tender / "seal.json").read_bytes())["bids_present"] == []
    (tender / "proposals.csv").write_text("vendor,cost\nAurora,6\n", "utf-8")
    assert "already" not in seal_state(read(tender))


def test_bids_in_the_folder_are_named_in_the_seal_and_counted_on_the_first_screen(
    tmp_path: Path, data: Path
) -> None:
    shutil.copytree(data / "customer-support", tmp_path / "support")
    done = invoked("seal", "support", cwd=tmp_path)
    assert done.exit_code == 0
    assert "records as already in the folder: 6 bids" in done.stderr
    named = json.loads((tmp_path / "support" / "seal.json").read_bytes())["bids_present"]
    books = sorted((tmp_path / "support" / "proposals").glob("*.xlsx"))
    assert named == [f"proposals/{book.name}" for book in books]
    case = read(tmp_path / "support")
    assert case.seal is not None
    day = f"{case.seal.sealed_on.day} {case.seal.sealed_on:%b %Y}"
    assert seal_state(case).startswith(f"Rules sealed {day}, with 6 bids already in the folder")


def test_what_cannot_be_a_response_is_no_bid(tender: Path) -> None:
    (tender / "proposals").mkdir()
    for name in ("Aurora.xls", "Borealis.xlsx", "cover letter.pdf", ".hidden.xlsx"):
        (tender / "proposals" / name).write_bytes(b"")
    assert invoked("seal", "helpdesk", cwd=tender.parent).exit_code == 0
    named = json.loads((tender / "seal.json").read_bytes())["bids_present"]
    assert named == ["proposals/Aurora.xls", "proposals/Borealis.xlsx"]


def test_a_table_of_bids_is_named_since_a_seal_does_not_open_it(tender: Path) -> None:
    (tender / "proposals.csv").write_text("vendor,cost\nAurora,6\n", "utf-8")
    assert invoked("seal", "helpdesk", cwd=tender.parent).exit_code == 0
    case = read(tender)
    assert ", with proposals.csv already in the folder" in seal_state(case)
    said = rules_sentence(case, case.evaluate())
    assert said.endswith(", with proposals.csv already in the folder.")


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ((), ""),
        (("proposals/A.xlsx",), "1 bid"),
        (("proposals/A.xlsx", "proposals/B.ods"), "2 bids"),
        (("proposals.csv", "proposals/A.xlsx"), "1 bid and proposals.csv"),
    ],
)
def test_bids_are_said_in_words(files: tuple[str, ...], said: str) -> None:
    assert sealed(rules({"cost": 1}), on=date(2026, 11, 24), bids=files).bids == said


def test_a_seal_of_before_that_says_nothing_of_bids_is_read_and_says_nothing() -> None:
    stated = rules({"cost": 1})
    typed = json.loads(seal_json(sealed(stated, on=date(2026, 11, 24))))
    del typed["bids_present"]
    seal = opened_seal(json.dumps(typed).encode(), stated)
    assert seal is not None
    assert (seal.bids_present, seal.bids) == (None, "")
    assert "bids_present" not in json.loads(seal_json(seal))


def test_a_seal_that_somebody_wrote_at_the_same_moment_is_left_as_it_is(tender: Path) -> None:
    stated, day = rules({"cost": 1}), date(2026, 11, 24)
    new_seal(tender, stated, on=day, bids=())
    theirs = (tender / "seal.json").read_bytes()
    with pytest.raises(VendorEvalError, match=r"seal\.json: found another"):
        new_seal(tender, stated, on=date(2026, 11, 25), bids=())
    assert (tender / "seal.json").read_bytes() == theirs


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("words", [("seal", "helpdesk"), ("template", "helpdesk")])
def test_a_disk_that_fills_up_leaves_nothing_behind(tender: Path, words: tuple[str, ...]) -> None:
    before = sorted(tender.parent.rglob("*"))
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))"
    done = vendor_eval(*words, cwd=tender.parent, setup=full)
    assert done.returncode == 2
    warned = [line for line in done.stderr.splitlines() if "cannot be written" not in line]
    assert len(done.stderr.splitlines()) == len(warned) + 1
    assert all("evaluation.yaml: " in line or "amend the seal" in line for line in warned)
    assert sorted(tender.parent.rglob("*")) == before


@pytest.mark.parametrize(("nameless", "links"), [(True, True), (False, True), (False, False)])
def test_a_file_that_appears_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nameless: bool, links: bool
) -> None:
    if not nameless:
        monkeypatch.setattr("vendor_eval.rules.whole_file.UNNAMED", 0)
    if not links:

        def refused(*_: object, **__: object) -> None:
            raise PermissionError("no hard links here")

        monkeypatch.setattr("os.link", refused)
    appear(tmp_path / "one", b"first")
    with pytest.raises(FileExistsError):
        appear(tmp_path / "one", b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("one", b"first")]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux writes without a name")
def test_a_killed_writer_leaves_nothing_since_its_file_has_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[str] = []
    linked = os.link

    def seen(*names: Any, **options: Any) -> None:
        listed.extend(os.listdir(tmp_path))
        linked(*names, **options)

    monkeypatch.setattr("os.link", seen)
    appear(tmp_path / "one", b"first")
    assert (listed, os.listdir(tmp_path)) == ([], ["one"])

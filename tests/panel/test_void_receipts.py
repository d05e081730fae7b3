"""A receipt for a wrong vendor or envelope: asked about before, void after, never deleted."""

from pathlib import Path

import pytest

from make.two_workbooks import IN_TIME, put_away, ruled_folder, sent, ve
from vendor_eval.award.forms import letter_form
from vendor_eval.award.letter_case import LetterCase
from vendor_eval.panel.log import LOG
from vendor_eval.tender.envelopes import void_names
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = ruled_folder(tmp_path / "folder")
    put_away(tmp_path, folder, "Alder", "quality")
    return folder


@pytest.mark.parametrize("name", ["alder", "Alder  Ltd", "ALDER GmbH", "Alder v2"])
@pytest.mark.parametrize("envelope", ["quality", "price"])
def test_a_name_that_may_be_a_known_vendors_is_asked_about(
    name: str, envelope: str, folder: Path, tmp_path: Path
) -> None:
    file = sent(tmp_path, folder, "Alder", envelope)
    before = (folder / LOG).read_bytes()
    line = ("--vendor", name, "--envelope", envelope, "--at", IN_TIME)
    code, said = ve("receive", folder, file, *line)
    assert code == 2, said
    assert "allowed: 'Alder'" in said or "allowed: one for each envelope" in said
    assert (folder / LOG).read_bytes() == before
    assert file.exists()
    code, said = ve("receive", folder, file, *line, "--new-vendor")
    # no reader can distinguish Alder and alder
    assert code == (2 if name == "alder" else 0), said


def test_a_vendor_has_one_name_in_both_envelopes(folder: Path, tmp_path: Path) -> None:
    put_away(tmp_path, folder, "Alder", "price")
    put_away(tmp_path, folder, "Birch", "quality")
    assert read(folder).proposals.vendors == ("Alder", "Birch")


def test_a_void_receipt_does_not_count_and_its_line_and_file_are_kept(
    folder: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"no workbook")
    line = ("--envelope", "quality", "--at", IN_TIME)
    assert ve("receive", folder, junk, "--vendor", "Birhc", *line)[0] == 0
    assert read(folder).proposals.vendors == ("Alder", "Birhc")
    code, said = ve("void", folder, 2, "--why", "It is no bid.")
    assert code == 0, said
    kept = folder / "private/void/line-2-Birhc.xlsx"
    assert kept.read_bytes() == b"no workbook"
    assert read(folder).proposals.vendors == ("Alder",)
    code, said = ve("check", folder)
    assert code == 0, said
    void = (
        "proposals/quality/Birhc.xlsx: the receipt on line 2 is void (line 3 of scores/log.jsonl)"
    )
    assert f"{void}: It is no bid." in said
    assert '"vendor":"Birhc"' in (folder / LOG).read_text()
    # it can be received for whom it is from
    assert ve("receive", folder, kept, "--vendor", "Birch", *line)[0] == 0
    assert read(folder).proposals.vendors == ("Alder", "Birch")


def test_only_a_receipt_of_an_envelope_that_is_not_locked_or_opened_can_be_void(
    folder: Path, tmp_path: Path
) -> None:
    put_away(tmp_path, folder, "Alder", "price")
    for line in (0, 3):
        code, said = ve("void", folder, line, "--why", "Wrong.")
        assert (code, "allowed: the line of a receipt: 1, 2" in said) == (2, True)
    assert ve("lock", folder, "quality")[0] == 0
    code, said = ve("void", folder, 1, "--why", "Wrong.")
    assert (code, "the envelope 'quality' was locked on line 3" in said) == (2, True)
    assert ve("open", folder, "price")[0] == 0
    code, said = ve("void", folder, 2, "--why", "Wrong.")
    assert (code, "the envelope 'price' was opened on line 4" in said) == (2, True)
    assert ve("check", folder)[0] == 0


@pytest.mark.parametrize(("name", "meant"), [("Alder GmbH", "Alder"), ("Elm", "")])
def test_a_void_receipts_name_is_a_known_vendors_or_nobodys(
    name: str, meant: str, folder: Path, tmp_path: Path
) -> None:
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"no workbook")
    line = ("--vendor", name, "--envelope", "price", "--at", IN_TIME, "--new-vendor")
    assert ve("receive", folder, junk, *line)[0] == 0
    assert ve("void", folder, 2, "--why", "It is no bid.")[0] == 0
    assert void_names(read(folder).log) == {name: meant}


def test_the_name_on_a_void_receipt_is_that_of_who_handed_the_same_file_in(
    folder: Path, tmp_path: Path
) -> None:
    file = sent(tmp_path, folder, "Birch", "quality")
    line = ("--envelope", "quality", "--at", IN_TIME)
    assert ve("receive", folder, file, "--vendor", "Elm", *line)[0] == 0
    assert ve("void", folder, 2, "--why", "It is of Birch.")[0] == 0
    kept = folder / "private/void/line-2-Elm.xlsx"
    assert ve("receive", folder, kept, "--vendor", "Birch", *line)[0] == 0
    for vendor in ("Birch", "Alder"):
        put_away(tmp_path, folder, vendor, "price")
    assert ve("lock", folder, "quality")[0] == 0
    assert ve("open", folder, "price")[0] == 0
    tender, form = read(folder), letter_form("private")
    for vendor, stranger in (("Alder", ("Elm",)), ("Birch", ())):
        case = LetterCase(tender, tender.evaluation, form, LettersFile(), vendor, None)
        assert case.names_strangers("Elm offers more seats.") == stranger


def test_a_page_about_a_bid_dates_no_receipt_that_is_void(folder: Path, tmp_path: Path) -> None:
    junk = tmp_path / "junk.xlsx"
    junk.write_bytes(b"no workbook")
    early = ("--envelope", "quality", "--at", "2027-01-28T09:30")
    assert ve("receive", folder, junk, "--vendor", "Birch", *early)[0] == 0
    assert ve("void", folder, 2, "--why", "It is no bid.")[0] == 0
    for vendor, envelope in (("Birch", "quality"), ("Birch", "price"), ("Alder", "price")):
        put_away(tmp_path, folder, vendor, envelope)
    assert ve("lock", folder, "quality")[0] == 0
    assert ve("open", folder, "price")[0] == 0
    code, said = ve("answer", folder, "--vendor", "Birch")
    assert code == 0, said
    assert "proposals/quality/Birch.xlsx received at 11:00" in said
    assert "received at 09:30" not in said

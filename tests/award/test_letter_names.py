"""Names of other vendors in a letter: where they are found, and words that are signed as none."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from make.awards import LETTERS, awarded, documents, lacking, letters
from make.decided import RULES as SMALL
from make.decided import TWINS, decide, tabled
from vendor_eval.award.forms import letter_form
from vendor_eval.award.letter_case import LetterCase
from vendor_eval.errors import InputFaults
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import LettersFile, read_letters_file

STREET = LETTERS.replace("2 B Street", "2 Birch Street")
EXCEPT = "not_names: [{vendor: Birch, text: 2 birch street, by: Counsel}]\n"


def names_item(written: Any, vendor: str) -> Any:
    """The item on names of one vendor's checklist."""
    return next(i for i in written.items if i.vendor == vendor and i.item.id == "names")


def test_a_name_in_a_letter_is_reported_with_its_section_and_text(tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f", letters=STREET))
    assert lacking(written, "Al")["names"] == (
        "the letter names Birch under 'The successful tender', in 'Postal address: 2 Birch "
        "Street': remove the name, or enter in not_names in letters.yaml what it means instead"
    )


def test_words_that_are_signed_as_no_name_stand_in_the_letter_and_in_the_checklist(
    tmp_path: Path,
) -> None:
    written = documents(awarded(tmp_path / "f", letters=STREET + EXCEPT))
    assert lacking(written, "Al") == {}
    assert "2 Birch Street" in letters(written)["Al"]
    assert names_item(written, "Al").place == (
        "the whole letter; '2 birch street' is no name, by Counsel"
    )


def test_the_same_name_elsewhere_is_still_a_name(tmp_path: Path) -> None:
    why = "why_not: {Al: Birch has more people}\n"
    written = documents(awarded(tmp_path / "f", letters=STREET + EXCEPT + why))
    assert "does not name Birch" in str(lacking(written, "Al"))
    assert "Birch has more" not in letters(written)["Al"]


@pytest.mark.parametrize("text", ["Birch", "birch", "2 B Street"])
def test_an_exception_is_more_than_the_name_alone(tmp_path: Path, text: str) -> None:
    entry = f"not_names: [{{vendor: Birch, text: {text}, by: Counsel}}]\n"
    folder = awarded(tmp_path / "f", letters=STREET + entry)
    with pytest.raises(InputFaults, match="allowed: the name 'Birch' with the words around it"):
        read_letters_file(folder, read(folder))


def test_the_name_of_a_bid_that_another_replaced_is_its_vendors_too(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(SMALL, "utf-8")
    tabled(tmp_path, TWINS)
    decide(tmp_path, "kind: two_vendors, stands: Delphi Ltd. v2 FINAL, instead_of: Delphi v1")
    tender = read(tmp_path)
    [stands] = tender.replaced
    before = replace(stands.replaced, vendor="Oracle v1")  # two workbooks may be one by their cells
    tender = replace(tender, replaced=(replace(stands, replaced=before),))
    texts = ("Oracle has more people", "Delphi has more people", "An oracle v1")
    file = LettersFile()
    for vendor, strangers in (("Cedar", True), ("Delphi Ltd. v2 FINAL", False)):
        case = LetterCase(tender, tender.evaluation, letter_form("private"), file, vendor, None)
        assert [bool(case.names_strangers(text)) for text in texts] == [strangers] * 3


def test_a_vendor_that_withdrew_and_has_a_bid_is_allowed_once(tmp_path: Path) -> None:
    more = "withdrawn: [Birch]\nreasons: {Brich: {cost: x}}\n"
    folder = awarded(tmp_path / "f", letters=LETTERS + more)
    with pytest.raises(InputFaults) as refused:
        read_letters_file(folder, read(folder))
    [unknown] = [f for f in refused.value.faults if "unknown vendor" in f.message]
    assert str(unknown).count("'Birch'") == 1

"""What makes an award letter a letter: its day, its salutation and a line for who signs it."""

from datetime import date
from pathlib import Path

import pytest

from make.awards import LETTERS, awarded, documents, lacking, letters, word_text
from vendor_eval.award.forms import form_names
from vendor_eval.award.standstill_period import day

SIGNED = LETTERS.replace("buyer: {", "dated: 2026-12-04\nbuyer: {signatory: 'Kim Doe, Director', ")


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


@pytest.mark.parametrize("form", form_names())
def test_a_letter_has_a_day_a_salutation_and_a_line_to_sign_on(form: str, tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f"), form)
    for vendor, text in letters(written).items():
        assert f"Date: {day(date(2026, 12, 1))}" in lines(text)  # the decision's
        assert f"Dear {vendor}," in lines(text)
        signed = lines(text)[-4:]
        assert signed[0] == "Yours sincerely"
        assert signed[1].startswith("Signature: \u2026\u2026\u2026")
        assert signed[2:] == ["Committee", "For Buyer SE"]
    word = word_text(written.files()["letters/alder.docx"])
    for said in ("Date: Tue 1 Dec 2026", "Dear Alder,", "Signature: \u2026", "For Buyer SE"):
        assert said in word.replace("\u00a0", " ")


def test_the_day_and_who_signs_are_as_entered(tmp_path: Path) -> None:
    text = letters(documents(awarded(tmp_path / "f", letters=SIGNED), "private"))["Al"]
    assert f"Date: {day(date(2026, 12, 4))}" in lines(text)
    assert lines(text)[-2:] == ["Kim Doe, Director", "For Buyer SE"]


def test_without_a_decision_the_checklist_lists_the_day_and_who_signs(tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f", winner=None), "private")
    assert {"date", "signatory"} <= set(lacking(written, "Al"))
    assert "salutation" not in lacking(written, "Al")


@pytest.mark.parametrize("on", ["2026-11-30", "2026-12-08"])
def test_a_day_before_the_decision_or_after_the_notice_stops_the_letter(
    on: str, tmp_path: Path
) -> None:
    written = documents(
        awarded(tmp_path / "f", letters=SIGNED.replace("2026-12-04", on)), "uk_2023"
    )
    assert on in lacking(written, "Al")["date"]

"""The notebooks award and compare: what their sections show, in their own words."""

from pathlib import Path
from typing import Any

import pytest

from make.awards import LETTERS, awarded, proceeding
from vendor_eval.award.result import Result
from vendor_eval.errors import VendorEvalError
from vendor_eval.outputs.results import results_json
from vendor_eval.report import documents
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


def evaluated(folder: Path) -> tuple[Tender, Result]:
    """A folder and its result."""
    tender = read(folder)
    return tender, tender.evaluate(draws=20)


def markup(section: Any) -> str:
    """Everything that a section shows."""
    return "\n".join(part.markup for part in section.parts)


def test_the_first_screen_says_what_is_missing(tmp_path: Path) -> None:
    entered = LETTERS.replace("standstill", "# standstill")
    folder = proceeding(awarded(tmp_path / "f", letters=entered), "uk_2023")
    made = documents.awarded(*evaluated(folder), str(folder), "uk_2023")
    shown = markup(documents.first_section(made))
    assert "4 letters: 1 item missing, nothing can be sent yet." in shown
    assert "standstill.notice_on in letters.yaml" in shown
    assert "To Alder on Tue 1 Dec 2026." in shown


def test_a_complete_set_of_letters_says_so_and_a_draft_form_does_not(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    case = evaluated(folder)
    made = documents.awarded(*case, str(folder), "private")
    assert "every letter has all its items" in markup(documents.first_section(made))
    case = evaluated(proceeding(folder, "eu_2014"))
    made = documents.awarded(*case, str(folder), "eu_2014")
    assert "this form is a draft" in markup(documents.first_section(made))


def test_each_letter_stands_next_to_the_results_that_it_rests_on(tmp_path: Path) -> None:
    folder = proceeding(awarded(tmp_path / "f"), "uk_2023")
    made = documents.awarded(*evaluated(folder), str(folder), "uk_2023")
    shown = markup(documents.letters_section(made))
    for vendor in ("Al", "Alder", "Alder Ltd Services", "Birch"):
        assert f"results.json of {vendor}" in shown
    value = made.case.record["vendors"]["Al"]["criteria"]["cost"]["value"]
    assert f"{value:.10g}" in shown
    checklist = markup(documents.checklist_section(made))
    assert "reg. 31(2)(d)(ii)" in checklist


def test_a_comparison_starts_with_its_sentence_or_asks_for_a_run(tmp_path: Path) -> None:
    tender, result = evaluated(awarded(tmp_path / "f"))
    (tmp_path / "results.json").write_bytes(results_json(tender, result))
    shown = markup(documents.comparison_section(tender, result, str(tmp_path / "results.json")))
    assert shown.count("Nothing changed: the same recommendation") == 1
    assert documents.NAME_A_RUN.replace("'", "&#39;") in markup(
        documents.comparison_section(tender, result, "")
    )
    with pytest.raises(VendorEvalError, match="cannot be read"):
        documents.comparison_section(tender, result, str(tmp_path / "none"))

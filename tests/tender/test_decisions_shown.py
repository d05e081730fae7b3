"""Decisions stand wherever a result is shown: results, first screen, manifest, letters."""

import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from make.decided import (
    BOOK_CELL,
    RULES,
    TABLE,
    TABLE_CELL,
    TWINS,
    books,
    correction,
    decide,
    evaluated,
    results,
    send,
    tabled,
)
from make.running import invoked
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_headline
from vendor_eval.clarifications.asking import every_letter
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.report.decisions import decisions_table
from vendor_eval.report.explorer.model import explorer_model
from vendor_eval.report.first_screen import award_screen, first_screen_html
from vendor_eval.report.gates import gates_sentence, gates_table
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender


@pytest.mark.parametrize("kind", ["table", "workbooks"])
def test_results_list_corrections_and_mark_what_reads_them(folder: Path, kind: str) -> None:
    tabled(folder) if kind == "table" else books(folder)
    assert "corrections" not in results(folder)
    decide(folder, correction(TABLE_CELL if kind == "table" else BOOK_CELL, 90))
    written = results(folder)
    [entry] = written["corrections"]
    assert (entry["vendor"], entry["value"], entry["ground"]) == ("Alder", 90, "reading")
    assert (entry["by"], entry["approved_by"], entry["on"]) == ("Ann", "Bob", "2026-11-24")
    assert written["ranking"][0] == "Alder"
    assert written["ranking_without_corrections"][0] == "Birch"
    criteria = {vendor: each["criteria"] for vendor, each in written["vendors"].items()}
    assert criteria["Alder"]["cost"]["corrected"] is True
    assert "corrected" not in criteria["Alder"]["q"]
    assert "corrected" not in criteria["Birch"]["cost"]


def test_a_correction_that_changes_who_is_first_stands_on_the_first_screen(folder: Path) -> None:
    tabled(folder)
    for value, shown in ((90, True), (120, False)):
        decide(folder, correction(value=value))
        case = read(folder)
        result = case.evaluate(draws=10)
        sentence = (
            "The buyer corrected 1 cell; without corrections Birch would be first, not Alder."
        )
        assert (sentence in str(first_screen_html(award_screen(case, result)).markup)) is shown
        assert "is read as" in decisions_table(case, result.evaluation).markup


def test_the_ground_of_an_excluded_vendor_stands_wherever_it_is_shown(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140") + "Dorado,x,hi\n")
    gate = "gates:\n  - {id: g, label: Hi, answer: quality, rule: {one_of: [hi, lo]}}\n"
    (folder / "evaluation.yaml").write_text(RULES + gate, "utf-8")
    decide(folder, "kind: closed, vendor: Dorado, ground: No answer in time")
    case = read(folder)
    result = case.evaluate(draws=10)
    vendor = results(folder)["vendors"]["Dorado"]
    assert (vendor["status"], vendor["ground"], vendor["rank"]) == (
        "excluded",
        "No answer in time",
        None,
    )
    assert "excluded by the buyer: No answer in time" in gates_table(result).markup
    assert gates_sentence(result) == (
        "Of 4 vendors, 3 pass every gate and 1 is excluded by the buyer. Only those that pass "
        "are ranked."
    )
    assert "Dorado" not in result.to_qualify
    [row] = [v for v in explorer_model(case, result)["vendors"] if v.get("closed")]
    assert row["name"] == "Dorado"
    book = load_workbook(io.BytesIO(scorecard_workbook(case, result)))
    cells = [str(cell.value) for row in book["Gates"].iter_rows() for cell in row]
    assert "excluded" in cells


def test_a_run_lists_corrections_in_its_manifest_and_report(folder: Path, tmp_path: Path) -> None:
    tabled(folder)
    decide(folder, correction(value=90))
    done = invoked("run", folder, "--out", tmp_path / "out", "-p", "draws=100", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["corrections"][0]["at"] == "proposals.csv!Alder!cost"
    assert "decisions.yaml" in manifest["inputs"]
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "What the buyer decided of the bids" in report
    assert "The ranking with corrections and without" in report


def test_what_only_the_buyer_can_settle_is_asked_of_no_vendor(folder: Path) -> None:
    tabled(folder, TWINS)
    case = read(folder)
    headline = open_headline(case.evaluate(draws=10))
    assert headline.startswith(
        "Open: we must settle the bids of Delphi Ltd. v2 FINAL and Delphi v1 first. Until then "
    )
    assert list_letters(case) == []


def list_letters(case: Tender) -> list[str]:
    """The names of the letters that a case gives rise to."""
    return sorted(every_letter(case, evaluated(case)))


def test_where_the_buyer_excluded_the_last_vendor_no_gate_is_blamed(folder: Path) -> None:
    tabled(folder, "vendor,cost,quality\nAlder,x,hi\n")
    decide(folder, "kind: closed, vendor: Alder, ground: Late")
    case = read(folder)
    result = case.evaluate(draws=10)
    assert sentence(result) == "No award: no vendor is eligible."
    assert gates_sentence(result) == (
        "Of 1 vendor, none pass every gate and 1 is excluded by the buyer. Only those that pass "
        "are ranked."
    )


def test_results_list_the_bids_that_are_not_read(folder: Path) -> None:
    send(folder, "one.xlsx", "Alder", cost=90, quality="hi")
    send(folder, "two.xlsx", "ALDER", cost=80, quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    assert "replaced" not in results(folder)
    decide(folder, "kind: two_vendors, stands: two.xlsx, instead_of: Alder")
    written = results(folder)
    assert written["ranking"] == ["ALDER", "Birch"]
    assert written["replaced"] == [
        {
            "by": "Ann", "on": "2026-11-24", "reason": "As agreed", "approved_by": "Bob",
            "vendor": "Alder", "at": "one.xlsx", "stands": "ALDER", "stands_at": "two.xlsx",
        }
    ]  # fmt: skip

"""Corrections at work in a folder: which cells are read otherwise, and which may not be."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from make.decided import (
    BOOK_CELL,
    TABLE,
    TABLE_CELL,
    books,
    correction,
    decide,
    evaluated,
    faults,
    send,
    tabled,
)
from vendor_eval.bids.workbooks.returned import response
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.tender import bids
from vendor_eval.tender.bids_after_decisions import corrected_table
from vendor_eval.tender.folder import read


@pytest.mark.parametrize("kind", ["table", "workbooks"])
def test_a_corrected_cell_is_read_as_the_buyer_says_and_the_bid_is_ranked(
    folder: Path, kind: str
) -> None:
    tabled(folder) if kind == "table" else books(folder)
    assert evaluated(read(folder)).status("Alder") == "incomplete"
    cell = TABLE_CELL if kind == "table" else BOOK_CELL
    decide(folder, correction(cell, 90))
    case = read(folder)
    evaluation = evaluated(case)
    assert evaluation.status("Alder") == "eligible"
    assert evaluation.ranking[0] == "Alder"  # at 90 cheaper than Birch at 100, both of quality "hi"
    assert evaluation.price("Alder") == 90
    assert case.proposals.corrected == {cell.split('"')[1]}
    assert case.submitted is not None
    without = evaluate(case.rules, case.submitted)
    assert (without.ranking[0], without.status("Alder")) == ("Birch", "incomplete")
    assert "decisions.yaml" in case.hashes


def test_a_corrected_cell_of_a_workbook_says_so_where_it_is_listed(folder: Path) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, '"120 EUR"', "obvious"))
    assert (
        "a.xlsx!Answers!E6: '140 x' corrected to '120 EUR': an obvious slip" in read(folder).read_as
    )


@pytest.mark.parametrize("kind", ["table", "workbooks"])
def test_a_cell_may_be_corrected_to_a_blank_which_is_then_asked_about(
    folder: Path, kind: str
) -> None:
    tabled(folder) if kind == "table" else books(folder)
    cell = TABLE_CELL if kind == "table" else BOOK_CELL
    decide(folder, correction(cell, '""'))
    case = read(folder)
    assert case.proposals.corrected == {cell.split('"')[1]}
    assert evaluated(case).price("Alder") is None
    # what cannot be read is a fault; what is blank is a question
    assert {f.severity for f in evaluated(case).faults["Alder"]} == {"question"}
    if kind == "workbooks":
        assert any("corrected to a blank: " in note for r in case.responses for note in r.notes)


def test_a_workbook_without_a_correction_is_read_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, 90))
    opened: list[str] = []

    def counted(content: bytes, source: str, *more: Any, **options: Any) -> Any:
        opened.append(source)
        return response(content, source, *more, **options)

    monkeypatch.setattr(bids, "returned_response", counted)
    read(folder)
    assert opened == ["a.xlsx", "b.xlsx", "a.xlsx"]


def test_a_blank_is_filled_by_the_vendors_answer_and_its_proof(folder: Path) -> None:
    send(folder, "a.xlsx", "Alder", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    proved = ", proof: attachments/alder.pdf"
    for cell in ("a.xlsx!Answers!E6", "a.xlsx!Answers!cost"):
        named = f'at: "{cell}", found: ""'
        decide(folder, correction(named, 90, "answer") + proved)
        assert evaluated(read(folder)).price("Alder") == 90


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (
            correction(TABLE_CELL.replace("140 120", "140120")),
            "decision 1.found: found '140120'; allowed: ",
        ),
        (
            correction(TABLE_CELL.replace("!cost", "!costs")),
            "decision 1.at: found 'proposals.csv!Alder!costs'",
        ),
        (correction(value="nothing"), "decision 1.value: cannot be read there: found 'nothing'"),
        (
            correction('at: "proposals.csv!Alder!quality", found: hi', "lo"),
            "decision 1.ground: found 'reading' for a cell that is read without a fault",
        ),
        (
            correction('at: "proposals.csv!Alder!quality", found: hi', "lo", "arithmetic"),
            "decision 1.ground: found 'arithmetic' for a cell that is read without a fault",
        ),
        (
            correction('at: "proposals.csv!Birch!cost", found: 100', 90, "arithmetic"),
            "decision 1.at: found 'proposals.csv!Birch!cost'",
        ),
    ],
)
def test_a_correction_that_does_not_fit_its_cell_is_a_fault_of_the_decisions(
    folder: Path, entry: str, fault: str
) -> None:
    tabled(folder)
    decide(folder, entry)
    messages = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: {fault}") for each in messages), messages


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (correction(BOOK_CELL, "12 monkeys"), "decision 1.value: cannot be read there: "),
        (
            correction(BOOK_CELL.replace("140 x", "141 x")),
            "decision 1.found: found '141 x'; allowed: ",
        ),
        (correction(BOOK_CELL.replace("E6", "E99")), "decision 1.at: found 'a.xlsx!Answers!E99'"),
        (
            correction(BOOK_CELL.replace("a.xlsx", "b.xlsx")),
            "decision 1.vendor: found 'Alder'; allowed: 'Birch'",
        ),
    ],
)
def test_a_correction_in_a_workbook_is_held_to_the_same(
    folder: Path, entry: str, fault: str
) -> None:
    books(folder)
    decide(folder, entry)
    messages = faults(folder)
    assert any(each.startswith(f"decisions.yaml:1: {fault}") for each in messages), messages


def test_a_sum_that_reads_well_may_be_corrected_for_arithmetic(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140"))
    cell = TABLE_CELL.replace('"140 120"', "140")
    decide(folder, correction(cell, 90, "arithmetic"))
    case = read(folder)
    assert evaluated(case).ranking[0] == "Alder"
    assert case.submitted is not None
    assert evaluate(case.rules, case.submitted).ranking[0] == "Birch"


def test_a_corrected_cell_of_a_table_is_no_longer_spoilt_and_the_others_are(folder: Path) -> None:
    tabled(folder)
    spoilt = frozenset({("Alder", "cost"), ("Alder", "quality"), ("Birch", "cost")})
    proposals = replace(read(folder).proposals, spoilt=spoilt)
    decide(folder, correction())
    corrected, cells = corrected_table(proposals, read(folder).decisions.corrections)
    assert list(cells) == ["proposals.csv!Alder!cost"]
    assert corrected.spoilt == spoilt - {("Alder", "cost")}


def test_decisions_do_not_move_a_digit_of_other_vendors(folder: Path) -> None:
    tabled(folder, TABLE + "Dorado,x,hi\n")
    before = evaluated(read(folder)).scores
    decide(folder, correction(), "kind: closed, vendor: Dorado, ground: Late")
    after = evaluated(read(folder)).scores
    assert after["Birch"] == before["Birch"]


@pytest.mark.parametrize("value", [90, "120 EUR", "1.234,50", "10..14", "12,5", "1 234"])
def test_a_corrected_cell_is_read_as_if_the_vendor_had_entered_it(
    folder: Path, value: object
) -> None:
    books(folder)
    decide(folder, correction(BOOK_CELL, json.dumps(value)))
    corrected = read(folder).proposals.answers
    (folder / "decisions.yaml").unlink()
    send(folder, "a.xlsx", "Alder", cost=value, quality="hi")
    assert corrected.equals(read(folder).proposals.answers)

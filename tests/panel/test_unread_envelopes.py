"""What the last envelope holds that nobody read: late, not opened, or never received."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from make.two_workbooks import IN_TIME, LATE, SEATS, put_away, ruled_folder, ve
from vendor_eval.bids.decisions import KINDS
from vendor_eval.report.decisions import decisions_table
from vendor_eval.report.first_envelope import first_section
from vendor_eval.report.first_screen import award_screen
from vendor_eval.tender.decisions_file import read_decisions_file
from vendor_eval.tender.folder import read
from vendor_eval.tender.tender import Tender

ENTRY = "- {{kind: {}, vendor: Cedar, {}by: buyer, approved_by: chair, on: 2027-01-30, reason: R.}}"
CLOSED, ADMITTED = ENTRY.format("closed", "ground: It was late., "), ENTRY.format("late", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four vendors' first envelopes and the price of Alder and Dogwood, all in time."""
    folder = ruled_folder(tmp_path / "folder")
    for vendor in SEATS:
        put_away(tmp_path, folder, vendor, "quality")
    for vendor in ("Alder", "Dogwood"):
        put_away(tmp_path, folder, vendor, "price")
    return folder


@pytest.fixture
def late(folder: Path, tmp_path: Path) -> Path:
    """The folder once Birch's price came in as well, and Cedar's a minute late."""
    put_away(tmp_path, folder, "Birch", "price")
    put_away(tmp_path, folder, "Cedar", "price", LATE)
    return folder


def test_a_late_price_is_named_before_the_lock_and_holds_up_the_opening(late: Path) -> None:
    said_of_it = "proposals/price/Cedar.xlsx: came in after the deadline, at 2027-01-29T12:01"
    code, said = ve("check", late)
    assert (code, said_of_it in said) == (0, True), said
    _, said = ve("next", late)
    assert said_of_it in said
    assert "vendor-eval lock" in said
    assert ve("lock", late, "quality")[0] == 0
    _, said = ve("next", late)
    assert "Next: Enter in decisions.yaml whether the late bids are read" in said
    code, said = ve("open", late, "price")
    assert code == 5
    assert said_of_it in said


@pytest.mark.parametrize("when", ["before the lock", "after the lock"])
@pytest.mark.parametrize(
    ("entry", "ranking"),
    # 60 x seats/10 + 40 x (900 - cost)/400: Alder 42 + 30, Birch 48 + 20, Cedar 54 + 38
    [(CLOSED, ("Alder", "Birch")), (ADMITTED, ("Cedar", "Alder", "Birch"))],
)
def test_a_late_price_is_closed_or_admitted_until_the_opening(
    entry: str, ranking: tuple[str, ...], when: str, late: Path
) -> None:
    if when == "after the lock":
        assert ve("lock", late, "quality")[0] == 0
    (late / "decisions.yaml").write_text(f"{entry}\n")
    if when == "before the lock":
        assert ve("lock", late, "quality")[0] == 0
    code, said = ve("open", late, "price")
    assert code == 0, said
    assert ("Cedar: not opened" in said) == (entry == CLOSED)
    code, said = ve("check", late)
    assert code == 0, said
    assert read(late).evaluate(draws=200).evaluation.ranking == ranking


def test_a_late_bid_that_is_admitted_and_first_is_named_first(late: Path) -> None:
    (late / "decisions.yaml").write_text(f"{ADMITTED}\n")
    assert ve("lock", late, "quality")[0] == 0
    assert ve("open", late, "price")[0] == 0
    tender = read(late)
    result = tender.evaluate(draws=200)
    sentence = "Cedar came in late (2027-01-29 12:01) and is admitted"
    facts = {heading: text for _, heading, text in award_screen(tender, result).facts}
    assert facts["Came in late"] == f"{sentence} (approved by chair)."
    assert f"<td>{sentence}</td>" in decisions_table(tender, result.evaluation).markup


def test_the_first_envelopes_page_says_what_is_read_and_why_a_vendor_is_excluded(
    late: Path,
) -> None:
    (late / "decisions.yaml").write_text(f"{CLOSED}\n")
    assert ve("lock", late, "quality")[0] == 0
    markup = "".join(part.markup for part in first_section(read(late, envelope="quality")).parts)
    assert "The envelope \u201cquality\u201d is read, the other is not." in markup
    assert "It was late." in markup
    assert "at least 40 points, found is 20" in markup


def test_a_lock_without_an_envelope_says_that_none_was_named(folder: Path) -> None:
    code, said = ve("lock", folder)
    assert (code, "ENVELOPE: found none; allowed: 'quality'" in said) == (2, True)


def test_each_envelopes_workbook_says_which_it_is_and_what_not_to_put_in_it(
    folder: Path, tmp_path: Path
) -> None:
    code, said = ve("template", folder, "--out", tmp_path / "resp")
    assert code == 0, said
    said_in = {}
    for envelope in ("quality", "price"):
        sheet = load_workbook(tmp_path / f"resp-{envelope}.xlsx")["Read me"]
        said_in[envelope] = " ".join(str(c.value) for row in sheet.iter_rows() for c in row)
    assert "\u201cquality\u201d, the first of two." in said_in["quality"]
    assert "State here no price that \u201cprice\u201d asks for." in said_in["quality"]
    assert "\u201cprice\u201d, the second of two." in said_in["price"]
    for text in said_in.values():
        assert "return one workbook" not in text
        assert "return this workbook separately from the other one" in text


DECIDED: dict[str, str] = {
    "correction": "at: a, found: 1, value: 2, ground: obvious, vendor: Alder",
    "two_vendors": "vendors: [Alder, Birch]",
    "closed": "vendor: Alder, ground: G",
    "investigation": "vendor: Alder, asked_on: 2027-02-01, outcome: rejected",
    "late": "vendor: Alder",
    "award": "vendor: Alder",
}


def test_every_kind_of_decision_says_what_was_decided_and_of_whom(late: Path) -> None:
    tender = read(late)
    assert {*DECIDED} == {*KINDS}
    for kind, typed in DECIDED.items():
        approved = "" if kind == "award" else ", approved_by: b"
        entry = f"[{{kind: {kind}, {typed}, by: a, on: 2027-02-03, reason: R{approved}}}]"
        decisions, _, faults = read_decisions_file(entry.encode())
        assert faults == []
        decided = replace(tender, decisions=decisions)
        [cell, *_] = re.findall("<td[^>]*>(.*?)</td>", _table(decided))
        assert "Alder" in cell, kind


def _table(tender: Tender) -> str:
    return decisions_table(tender, tender.evaluation).markup


def test_a_late_price_without_a_decision_breaks_no_lock(late: Path) -> None:
    (late / "decisions.yaml").write_text(f"{CLOSED}\n")
    assert ve("lock", late, "quality")[0] == 0
    assert ve("open", late, "price")[0] == 0
    (late / "decisions.yaml").unlink()
    code, said = ve("check", late)
    assert code == 0, said
    tender = read(late)
    assert tender.evaluation.status("Cedar") == "incomplete"
    [fault] = tender.vendor_faults["Cedar"]
    assert fault.place == "proposals/price/Cedar.xlsx"


def test_a_price_that_was_never_received_is_named_before_at_and_after_the_opening(
    folder: Path, tmp_path: Path
) -> None:
    put_away(tmp_path, folder, "Cedar", "price")
    missing = "proposals/price: no price envelope of 'Birch' was received"
    for command in ("check", "next"):
        code, said = ve(command, folder)
        assert (code, missing in said) == (0, True), said
    assert ve("lock", folder, "quality")[0] == 0
    code, said = ve("open", folder, "price")
    assert code == 0, said
    assert missing in said
    letters = tmp_path / "letters"
    code, said = ve("check", folder, "--letters", letters)
    assert f"{missing}; allowed: an entry 'closed' in decisions.yaml" in said
    assert "blank" not in said
    assert not list(letters.iterdir())
    _, said = ve("next", folder)
    assert missing in said
    assert "put their answers into the folder" not in said
    (folder / "decisions.yaml").write_text(f"{CLOSED.replace('Cedar', 'Birch')}\n")
    assert read(folder).evaluation.having("excluded") == ("Birch", "Dogwood")


def test_an_answer_to_a_vendor_says_that_its_price_was_received_and_is_not_opened(
    late: Path,
) -> None:
    (late / "decisions.yaml").write_text(f"{CLOSED}\n")
    assert ve("lock", late, "quality")[0] == 0
    assert ve("open", late, "price")[0] == 0
    code, said = ve("answer", late, "--vendor", "Dogwood")
    assert code == 0, said
    assert "| Cost | received on 2027-01-29, not opened |" in said
    assert "no answer" not in said
    assert "no points" not in said
    _, said = ve("check", late)
    assert "asked none" not in said


def test_a_vendor_without_a_row_in_the_last_table_has_left_nothing_blank(tmp_path: Path) -> None:
    folder = ruled_folder(tmp_path / "folder")
    tables = {
        "quality": "vendor,seats\nAlder,7\nBirch,8\nDogwood,2\n",
        "price": "vendor,cost\nAlder,600\nDogwood,500\n",
    }
    for envelope, content in tables.items():
        table = tmp_path / f"{envelope}.csv"
        table.write_text(content)
        line = ("--envelope", envelope, "--at", IN_TIME)
        assert ve("receive", folder, table, *line)[0] == 0
    assert ve("lock", folder, "quality")[0] == 0
    assert ve("open", folder, "price")[0] == 0
    tender = read(folder)
    [fault] = tender.vendor_faults["Birch"]
    assert fault.message.startswith("no price envelope of 'Birch' was received")
    assert tender.proposals.absence("Dogwood", "cost") == "received on 2027-01-29, not opened"
    record = json.loads(ve("score", folder)[1])
    assert record["vendors"]["Birch"]["status"] == "incomplete"

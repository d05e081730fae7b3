"""Workbooks in two envelopes: one template each, late bids, and a name that is not the sender's."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from make.envelopes import DAY, IN_TIME, LATE, envelope_rules
from make.panels import agreed_book, panel_folder, scored_book
from vendor_eval.errors import NotReady
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.outputs.template.template import envelope_template, templates
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.panel_log import agreed, locked, scored
from vendor_eval.tender.receiving import opened_envelope, received

COSTS = {"Alder": 151.7, "Birch": 133.1, "Cedar": 121.9}
ANSWERS = {"approach": "We begin in May.", "security": "Two keys for all."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = panel_folder(tmp_path / "folder", envelope_rules())
    (folder / "proposals.csv").unlink()
    return folder


def sent(place: Path, folder: Path, vendor: str, envelope: str) -> Path:
    """A vendor's workbook for one envelope, filled in."""
    book = load_workbook(io.BytesIO(envelope_template(read_rules(folder), envelope)))
    answers = {"cost": COSTS.get(vendor, 140.0)} if envelope == "price" else ANSWERS
    for row in book["Answers"].iter_rows():
        if str(row[0].value) in answers:
            row[4].value = answers[str(row[0].value)]
    book["Read me"]["C4"] = vendor
    path = place / f"{vendor}-{envelope}.xlsx"
    book.save(path)
    return path


def take_in(
    place: Path, folder: Path, *, at: datetime = IN_TIME, called: str = "", whose: str = ""
) -> None:
    """Every vendor's envelopes come in; `whose` price at another time, or under another name."""
    for vendor in COSTS:
        for envelope in ("quality", "price"):
            special = vendor == whose and envelope == "price"
            file = sent(place, folder, called if special and called else vendor, envelope)
            when = at if special else IN_TIME
            received(
                folder, file, vendor=vendor, envelope=envelope, at=when, channel="", by="moderator"
            )


def until_locked(place: Path, folder: Path) -> None:
    books = evaluator_workbooks(folder, place / "sheets")
    for path in books:
        scored_book(path, path.stem)
    scored(folder, books)
    agenda = written_agenda(folder, place / "agenda.xlsx")
    agreed_book(agenda)
    agreed(folder, agenda)
    locked(folder, by="chair", on=DAY, envelope="quality")


def test_each_envelope_has_its_template_and_the_price_is_asked_in_the_last_alone(
    folder: Path, tmp_path: Path
) -> None:
    rules = read_rules(folder)
    names = [path.name for path in templates(rules, tmp_path / "response.xlsx")]
    assert names == ["response-quality.xlsx", "response-price.xlsx"]
    asked = {}
    for envelope in ("quality", "price"):
        book = load_workbook(io.BytesIO(envelope_template(rules, envelope)))
        asked[envelope] = {row[0].value for row in book["Answers"].iter_rows()}
    assert {"approach", "security"} <= asked["quality"] - asked["price"]
    assert "cost" in asked["price"] - asked["quality"]


def test_workbooks_of_both_envelopes_are_one_bid(folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path, folder)
    before = read(folder)
    assert "cost" not in before.proposals.answers
    assert before.vendor_faults == {}
    until_locked(tmp_path, folder)
    _, _, files, _ = opened_envelope(folder, "price", by="chair", on=DAY)
    assert sorted(files) == [f"proposals/price/{vendor}.xlsx" for vendor in COSTS]
    tender = read(folder)
    assert tender.vendor_faults == {}
    assert tender.evaluate(draws=200).evaluation.ranking == ("Cedar", "Birch", "Alder")
    place = tender.proposals.place("Alder", "cost")
    assert place.startswith("price/Alder.xlsx!Answers!")


def test_a_name_inside_that_is_not_the_senders_is_the_senders_fault(
    folder: Path, tmp_path: Path
) -> None:
    take_in(tmp_path, folder, called="Birch", whose="Alder")
    until_locked(tmp_path, folder)
    opened_envelope(folder, "price", by="chair", on=DAY)
    tender = read(folder)
    [fault] = tender.vendor_faults["Alder"]
    assert fault.place == "price/Alder.xlsx"
    assert fault.message == ("found the vendor's name 'Birch'; allowed: 'Alder', who handed it in")
    assert "Birch" not in tender.vendor_faults
    assert tender.evaluation.status("Alder") == "incomplete"


def test_a_late_price_stays_unread_until_it_is_decided(folder: Path, tmp_path: Path) -> None:
    take_in(tmp_path, folder, at=LATE, whose="Birch")
    until_locked(tmp_path, folder)
    with pytest.raises(NotReady, match="came in after the deadline, at 2026-11-20T12:01"):
        opened_envelope(folder, "price", by="chair", on=DAY)
    entry = "- {kind: late, vendor: Birch, by: buyer, approved_by: chair, on: 2026-12-01, "
    (folder / "decisions.yaml").write_text(f"{entry}reason: The portal was down.}}\n")
    _, _, more, _ = opened_envelope(folder, "price", by="chair", on=DAY)
    assert "proposals/price/Birch.xlsx" in more
    assert read(folder).evaluation.ranking == ("Cedar", "Birch", "Alder")


def test_a_late_bid_in_the_first_envelope_is_decided_before_the_lock(
    folder: Path, tmp_path: Path
) -> None:
    for vendor, at in (("Alder", IN_TIME), ("Birch", LATE)):
        file = sent(tmp_path, folder, vendor, "quality")
        received(folder, file, vendor=vendor, envelope="quality", at=at, channel="", by="moderator")
    assert read(folder).evaluation.status("Birch") == "incomplete"
    with pytest.raises(NotReady, match="came in after the deadline"):
        locked(folder, by="chair", on=DAY, envelope="quality")
    said = "by: buyer, approved_by: chair, on: 2026-12-01, reason: It came late.}"
    entry = f"- {{kind: closed, vendor: Birch, ground: late, {said}\n"
    (folder / "decisions.yaml").write_text(entry)
    assert read(folder).evaluation.having("excluded") == ("Birch",)
    (folder / "decisions.yaml").write_text(f"- {{kind: late, vendor: Birch, {said}\n")
    assert read(folder).vendor_faults == {}

"""Bids that are closed and prices that are judged, and what that changes of who is first."""

from pathlib import Path

import pytest

from make.decided import (
    BOOK_CELL,
    RULES,
    TABLE,
    correction,
    decide,
    evaluated,
    faults,
    send,
    tabled,
)
from vendor_eval.award.headline import sentence
from vendor_eval.award.open import open_entry
from vendor_eval.outputs.stages.order import advice
from vendor_eval.report.first_screen import first_screen_html
from vendor_eval.tender.folder import read


def test_a_closed_bid_and_a_rejected_price_are_excluded_with_their_ground(folder: Path) -> None:
    tabled(folder)
    decide(
        folder,
        "kind: closed, vendor: Alder, ground: No answer by 24 November",
        "kind: investigation, vendor: Birch, asked_on: 2026-11-20, outcome: rejected",
    )
    evaluation = evaluated(read(folder))
    assert evaluation.ranking == ("Cedar",)
    assert {v: evaluation.status(v) for v in ("Alder", "Birch")} == dict.fromkeys(
        ("Alder", "Birch"), "excluded"
    )
    assert evaluation.screening.excluded == {
        "Alder": "No answer by 24 November",
        "Birch": "price rejected as abnormally low: As agreed",
    }


LOW = """clarify:
  estimate: 180
  abnormally_low: {below_mean_of_others: 30, below_estimate: 40}
"""
REJECTED = "kind: investigation, vendor: Birch, asked_on: 2026-11-20, outcome: rejected"


def test_no_vendor_is_closed_or_judged_for_what_nothing_raised(folder: Path) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    # Birch's 130 is 10 % below the mean of 140 and 150, and 28 % below the estimate
    tabled(folder, "vendor,cost,quality\nAlder,140,hi\nBirch,130,hi\nCedar,150,lo\n")
    decide(folder, "kind: closed, vendor: Alder, ground: Late", REJECTED)
    closes, judges = (fault.partition(";")[0] for fault in faults(folder))
    assert closes == (
        "decisions.yaml:1: decision 1.kind: closes the bid of 'Alder', which holds no fault and "
        "leaves no needed answer or requirement open"
    )
    assert judges == (
        "decisions.yaml:2: decision 2.kind: judges the price of 'Birch', which is not abnormally "
        "low by 'clarify.abnormally_low' of the rules"
    )


@pytest.mark.parametrize("others", [("140", "150"), ("300", "290")])
def test_a_price_that_is_abnormally_low_by_either_rule_may_be_judged(
    folder: Path, others: tuple[str, str]
) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    price = "100" if others[0] == "140" else "190"  # below the estimate, or below the mean alone
    tabled(folder, f"vendor,cost,quality\nA,{others[0]},hi\nBirch,{price},hi\nC,{others[1]},lo\n")
    decide(folder, REJECTED)
    assert evaluated(read(folder)).status("Birch") == "excluded"


def test_an_undecided_vendor_may_be_closed(folder: Path) -> None:
    gate = "gates:\n  - {id: g, label: Law, answer: law, rule: {equals: EU}}\n"
    (folder / "evaluation.yaml").write_text(RULES + gate, "utf-8")
    tabled(folder, "vendor,cost,quality,law\nAlder,140,hi,\nBirch,100,hi,EU\n")
    decide(folder, "kind: closed, vendor: Alder, ground: No answer")
    assert evaluated(read(folder)).ranking == ("Birch",)


def test_an_exclusion_that_changes_who_is_first_stands_on_the_first_screen(folder: Path) -> None:
    tabled(folder, TABLE.replace("140 120", "140"))
    said = "The buyer excluded {}; without that Birch would be first, not Alder."
    for vendor, shown in (("Birch", True), ("Cedar", False)):
        decide(folder, REJECTED.replace("Birch", vendor))
        case = read(folder)
        result = case.evaluate(draws=10)
        screen = str(first_screen_html(case, result).markup)
        assert (said.format(vendor) in screen) is shown
        assert "1 of 3 vendors excluded, 1 by the buyer" in screen


def test_a_low_price_that_leads_is_asked_about_until_an_investigation_is_recorded(
    folder: Path,
) -> None:
    (folder / "evaluation.yaml").write_text(RULES + LOW, "utf-8")
    tabled(folder, "vendor,cost,quality\nAlder,140,hi\nBirch,90,hi\nCedar,160,lo\n")
    case = read(folder)
    result = case.evaluate(draws=10)
    [entry] = result.recommendation.open
    # 90 is 40 % below the mean of 140 and 160, 150, and 50 % below the estimate of 180
    assert (entry.vendor, entry.kind, entry.to) == ("Birch", "question", ("Alder",))
    assert open_entry(result, entry) == (
        "The price of Birch is 40 % below the mean of the 2 other bids and 50 % below our "
        "estimate, and no investigation of it is recorded; Alder could be first."
    )
    assert sentence(result) == (
        "Open: we must settle the low price of Birch first. Until then Birch, for \u20ac90, is "
        "first, 77.5 to 65.0."
    )
    advised = advice(folder)
    assert advised.stage == "questions open"
    assert [need.vendor for need in advised.needs] == [None]
    assert advised.command is not None
    assert "--letters" in advised.command
    decide(folder, REJECTED.replace("rejected", "accepted, answered: 2026-11-22"))
    case = read(folder)
    assert case.evaluate(draws=10).recommendation.open == ()
    assert advice(folder).stage == "ready"


def test_a_cell_that_was_not_read_letter_for_letter_is_corrected_by_the_vendors_answer(
    folder: Path,
) -> None:
    send(folder, "a.xlsx", "Alder", cost="140 120", quality="hi")
    send(folder, "b.xlsx", "Birch", cost="100", quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    cell = BOOK_CELL.replace("140 x", "140 120")
    for ground in ("reading", "answer"):
        decide(folder, correction(cell, 120, ground) + ", proof: attachments/alder.pdf")
        assert evaluated(read(folder)).price("Alder") == 120
    decide(folder, correction(cell, 120, "obvious"))
    [message] = faults(folder)
    assert message.endswith("allowed: 'arithmetic', 'reading' or 'answer'")


def test_in_a_public_procedure_a_blank_that_is_filled_is_warned_of(folder: Path) -> None:
    send(folder, "a.xlsx", "Alder", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")
    (folder / "attachments").mkdir()
    (folder / "attachments" / "alder.pdf").write_bytes(b"x")
    filled = correction('at: "a.xlsx!Answers!E6", found: ""', 90, "answer")
    decide(folder, filled + ", proof: attachments/alder.pdf")
    said = (
        "decisions.yaml: a.xlsx!Answers!E6 was blank and is filled with '90' by an answer of "
        "Alder; in a public procedure an answer may explain a bid, not add to it"
    )
    assert said not in read(folder).warnings
    (folder / "evaluation.yaml").write_text(RULES + "procedure: public\n", "utf-8")
    assert said in read(folder).warnings

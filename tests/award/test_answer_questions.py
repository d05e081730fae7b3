"""What the answer page shows of questions, corrections and decisions about one bid."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from make.decided import RULES as SMALL
from make.decided import TWINS, decide, tabled
from vendor_eval.award.answer_page import answer
from vendor_eval.award.bid_record import LEFT_OUT
from vendor_eval.award.forms import letter_form
from vendor_eval.clarifications import clarifications_of
from vendor_eval.outputs.documents.markdown_text import escaped, markdown
from vendor_eval.tender.folder import read
from vendor_eval.tender.letters_file import read_letters_file

PROOF = "attachments/Dorado Dialogue/2026-11-25.txt"
ON = "by: Ann, approved_by: Bob"
DECISIONS = f"""\
- {{kind: correction, vendor: Dorado Dialogue, at: "Dorado Dialogue - RFP EMEA.xlsx!Answers!E8",
   found: 10..14, value: 14, ground: answer, proof: {PROOF}, {ON}, on: 2026-11-25,
   reason: It commits to 14 weeks.}}
- {{kind: investigation, vendor: Fornax Service Desk, asked_on: 2026-11-22, answered: 2026-11-25,
   outcome: accepted, {ON}, on: 2026-11-26,
   reason: Wages explained; above those of Borealis Contact.}}
- {{kind: two_vendors, vendors: [Borealis Contact, Cygnus Assist], {ON}, on: 2026-11-27,
   reason: Separate companies}}
"""


def pages(folder: Path, *vendors: str) -> list[str]:
    """The answers to vendors as Markdown."""
    tender = read(folder)
    file, form = read_letters_file(folder, tender), letter_form("private")
    evaluation = tender.evaluation
    return [markdown(answer(tender, evaluation, vendor, form, file)) for vendor in vendors]


@pytest.fixture(scope="module")
def decided(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The constructed example with three decisions of bids."""
    folder = tmp_path_factory.mktemp("decided") / "cs"
    shutil.copytree(data / "customer-support", folder)
    (folder / PROOF).parent.mkdir(parents=True, exist_ok=True)
    (folder / PROOF).write_text("14 weeks.", "utf-8")
    (folder / "decisions.yaml").write_text(DECISIONS, "utf-8")
    return folder


def test_a_question_stands_with_its_cells_and_is_not_said_to_have_been_sent(decided: Path) -> None:
    tender: Any = read(decided)
    asked = clarifications_of(tender, tender.evaluation)
    for vendor in tender.proposals.vendors:
        [text] = pages(decided, vendor)
        assert "Asked" not in text
        for _, question in asked.to(vendor):
            cells = "; ".join(f"{place}: {shown or '(blank)'}" for place, shown in question.cells)
            assert f"| raised | {escaped(question.question)} | {escaped(cells or '–')} |" in text
        assert ("does not show which of these questions were sent" in text) == ("raised |" in text)


def test_the_question_that_a_correction_settled_is_kept_with_the_correction(decided: Path) -> None:
    [text] = pages(decided, "Dorado Dialogue")
    book = "Dorado Dialogue - RFP EMEA.xlsx!Answers!E8"
    [row] = [line for line in text.splitlines() if "settled by a correction" in line]
    assert "Which single number do you commit to?" in row
    assert f"{book}: 10..14 |" in row
    signed = "It commits to 14 weeks. | Wed 25 Nov 2026 | Ann | Bob |"
    assert f"| {book} | 10..14 | 14 | the vendor's answer | {PROOF} | {signed}" in text


def test_decisions_stand_with_their_outcome_days_and_people_and_name_no_other(
    decided: Path,
) -> None:
    fornax, borealis, aurora = pages(
        decided, "Fornax Service Desk", "Borealis Contact", "Aurora Service"
    )
    asked = "asked on Sun 22 Nov 2026, answered on Wed 25 Nov 2026; accepted"
    signed = f"| {escaped(LEFT_OUT)} | Thu 26 Nov 2026 | Ann | Bob |"
    assert f"| Price that seemed abnormally low: {asked} {signed}" in fornax
    alike = "| This bid and another that looks alike are of different vendors |"
    assert f"{alike} Separate companies | Fri 27 Nov 2026 | Ann | Bob |" in borealis
    assert "Cygnus" not in borealis
    assert "Decisions about this bid" not in aurora


def test_a_bid_that_is_read_instead_of_another_says_so(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(SMALL, "utf-8")
    tabled(tmp_path, TWINS)
    decide(tmp_path, "kind: two_vendors, stands: Delphi Ltd. v2 FINAL, instead_of: Delphi v1")
    delphi, cedar = pages(tmp_path, "Delphi Ltd. v2 FINAL", "Cedar")
    said = "Delphi Ltd. v2 FINAL is read instead of Delphi v1"
    assert f"| {said} | As agreed | Tue 24 Nov 2026 | Ann | Bob |" in delphi
    assert "Delphi" not in cedar

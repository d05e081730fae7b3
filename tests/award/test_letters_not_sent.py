"""Letters that are not fit to be sent: what they lack, what they may not hold, and drafts."""

import json
import re
from pathlib import Path

import pytest

from make.awards import (
    AWARD,
    LETTERS,
    TABLE,
    awarded,
    documents,
    lacking,
    letters,
    proceeding,
    word_text,
    word_xml,
)
from make.running import invoked
from vendor_eval.award.forms import form_names, letter_form
from vendor_eval.errors import VendorEvalError
from vendor_eval.report.documents import first_section


def test_a_reason_that_names_another_vendor_is_missing_and_never_printed(tmp_path: Path) -> None:
    more = "reasons:\n  Al: {quality.team: Weaker than the team of Birch}\n"
    written = documents(awarded(tmp_path / "f", letters=LETTERS + more))
    assert "does not name Birch" in lacking(written, "Al")["r31_2_e_i_aa"]
    text = letters(written)["Al"]
    assert "Birch" not in text
    assert "[Missing: a text that names no other vendor]" in text.replace("\\", "")


def test_a_longer_name_that_holds_a_shorter_one_names_the_longer_alone(tmp_path: Path) -> None:
    more = "reasons:\n  Alder Ltd Services: {quality.team: Alder Ltd Services has five people}\n"
    written = documents(awarded(tmp_path / "f", letters=LETTERS + more))
    assert lacking(written, "Alder Ltd Services") == {}
    more = "reasons:\n  Al: {quality.team: Alder Ltd Services has more people}\n"
    written = documents(awarded(tmp_path / "g", letters=LETTERS + more))
    assert "does not name Alder Ltd Services" in str(lacking(written, "Al"))


def test_without_a_decision_every_letter_lacks_it(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", winner=None)
    written = documents(folder)
    assert all("outcome" in lacking(written, vendor) for vendor in letters(written))
    done = invoked("award", folder, "--form", "uk_2023", "--out", tmp_path / "out")
    assert done.exit_code == 5
    assert not (tmp_path / "out").exists()
    reasons = json.loads(done.stdout)
    assert reasons["complete"] is False
    [line] = done.stderr.strip().splitlines()
    assert "decisions.yaml: missing: an entry 'award'" in line


def test_what_several_letters_lack_is_reported_once(tmp_path: Path) -> None:
    entered = LETTERS.replace("criteria_at", "# criteria_at")
    [fault] = documents(awarded(tmp_path / "f", letters=entered)).lacking
    assert fault.place == "letters.yaml: Al, Alder, Alder Ltd Services and 1 more: r31_2_d_ii"


def test_drafts_that_are_asked_for_say_so_though_nothing_is_missing(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    done = invoked("award", folder, "--draft", "--out", tmp_path / "out")
    assert done.exit_code == 5, done.output
    for letter in (tmp_path / "out" / "letters").glob("*.md"):
        assert letter.read_text("utf-8").startswith("**DRAFT")
    assert "DRAFT, not to be sent" in word_xml((tmp_path / "out" / "letters/al.docx").read_bytes())


def test_a_draft_is_written_with_red_places_and_ends_with_5(tmp_path: Path) -> None:
    folder = proceeding(awarded(tmp_path / "f", letters=""), "uk_2023")
    done = invoked("award", folder, "--form", "uk_2023", "--draft", "--out", tmp_path / "out")
    assert done.exit_code == 5, done.output
    content = (tmp_path / "out" / "letters" / "al.docx").read_bytes()
    assert "[Missing: suppliers.Al.address in letters.yaml]" in word_text(content)
    assert 'w:val="A31515"' in word_xml(content)
    assert "DRAFT, not to be sent" in word_xml(content)
    assert "DRAFT" in (tmp_path / "out" / "letters" / "al.md").read_text("utf-8")


@pytest.mark.parametrize("form", form_names())
def test_a_form_that_is_a_draft_always_says_so_and_ends_with_5(form: str, tmp_path: Path) -> None:
    folder = proceeding(awarded(tmp_path / "f"), form)
    done = invoked("award", folder, "--form", form, "--out", tmp_path / "out")
    draft = letter_form(form).status == "draft"
    assert draft == (form in ("eu_2014", "us_far15"))
    assert done.exit_code == (5 if draft else 0), done.output
    for letter in (tmp_path / "out" / "letters").glob("*.md"):
        assert letter.read_text("utf-8").startswith("**DRAFT") == draft


def test_a_winner_that_ties_needs_a_reason_for_the_other(tmp_path: Path) -> None:
    table = "vendor,cost,soc2,team,plan\nAl,120000,yes,80,80\nAlder,120000,yes,80,80\n"
    two = "\n".join(
        line for line in LETTERS.splitlines() if "Services" not in line and "Birch" not in line
    )
    written = documents(awarded(tmp_path / "f", table=table, letters=two))
    assert "the totals alone do not explain the outcome" in lacking(written, "Al")["r31_3_c"]
    more = f"{two}\nwhy_not: {{Al: The rules draw lots between equal totals.}}\n"
    written = documents(awarded(tmp_path / "g", table=table, letters=more))
    assert lacking(written, "Al") == {}
    assert "The rules draw lots" in letters(written)["Al"]


def test_an_award_off_the_ranking_needs_a_reason_for_the_first(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f", winner=None)
    decided = AWARD.format("Al").replace("}", ", off_ranking: Alder asked to be released}")
    (folder / "decisions.yaml").write_text(decided, "utf-8")
    written = documents(folder, "private")
    assert set(lacking(written, "Alder")) == {"why_not"}
    assert lacking(written, "Alder Ltd Services") == {}


def test_one_bidder_gets_one_letter(tmp_path: Path) -> None:
    table = "vendor,cost,soc2,team,plan\nAlder,120000,yes,80,80\n"
    one = re.sub(r"  (?:Al|Alder Ltd Services|Birch): .*\n", "", LETTERS)
    written = documents(awarded(tmp_path / "f", table=table, letters=one))
    assert list(letters(written)) == ["Alder"]
    assert lacking(written, "Alder") == {}


def test_a_vendor_that_withdrew_stands_in_the_report_and_gets_no_letter(tmp_path: Path) -> None:
    written = documents(awarded(tmp_path / "f", letters=LETTERS + "withdrawn: [Cedar]\n"))
    assert "Cedar" not in letters(written)
    report = word_text(written.files()["award-report.docx"])
    assert "Cedar" in report
    assert "withdrawn" in report
    more = LETTERS + "withdrawn: [Cedar]\nwhy_not: {Al: Cedar withdrew}\n"
    assert "Cedar" in str(lacking(documents(awarded(tmp_path / "g", letters=more)), "Al"))


def test_what_is_withheld_stands_nowhere_with_its_ground_in_its_place(tmp_path: Path) -> None:
    held = [
        f"  - {{vendor: Alder, criterion: {path}, what: {what}, ground: trade secret, by: Ann}}\n"
        for path, what in (("cost", "price"), ("quality.team", "score"), ("quality.plan", "text"))
    ]
    more = f"{LETTERS}withhold:\n{''.join(held)}"
    written = documents(awarded(tmp_path / "f", letters=more))
    text = letters(written)["Al"].partition("## The successful tender")[2]
    assert "121,212" not in text
    assert "Team | 40 % | withheld | withheld" in text
    assert "Plan: withheld, trade secret." in text
    assert "83" not in text
    own = letters(written)["Alder"]
    assert "121,212" in own
    assert "withheld" not in own
    report = word_text(written.files()["award-report.docx"])
    assert "trade secret" in report
    assert "The price of Alder on cost is withheld without effect" in report


def test_a_run_of_other_bids_is_refused(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    record = json.loads(json.dumps(dict(documents(folder).case.record)))
    assert documents(folder, record=record).lacking == ()
    awarded(folder, table=TABLE.replace("71,62", "72,62"))
    with pytest.raises(VendorEvalError, match="does not match the folder: figures for 'Al' differ"):
        documents(folder, record=record)


def test_where_nobody_is_eligible_no_award_is_asked_for(tmp_path: Path) -> None:
    table = TABLE.replace(",yes,", ",no,")
    written = documents(awarded(tmp_path / "f", table=table, winner=None), "private")
    asked = {fault.place: fault.message for fault in written.lacking}
    assert asked["decisions.yaml"].startswith("missing: a vendor that is eligible; as none is")
    assert "an entry 'award'" not in written.checklist_json
    said = "".join(part.markup for part in first_section(written).parts)
    assert "No vendor is eligible, so that nothing can be awarded." in said

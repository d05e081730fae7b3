"""Whom a decision kept out of the opening stays out: nobody is let in with prices known."""

from pathlib import Path

import pytest

from make.two_workbooks import LATE, SEATS, put_away, ruled_folder, ve
from vendor_eval.tender.folder import read

ENTRY = (
    "- {{kind: {}, vendor: Cedar, {}by: buyer, approved_by: chair, on: 2027-01-30, reason: R.}}\n"
)
CLOSED, ADMITTED = ENTRY.format("closed", "ground: G, "), ENTRY.format("late", "")


@pytest.fixture
def opened(tmp_path: Path) -> Path:
    """The folder once prices are opened without Cedar's, which came late and was excluded."""
    folder = ruled_folder(tmp_path / "folder")
    for vendor in SEATS:
        put_away(tmp_path, folder, vendor, "quality")
    for vendor in ("Alder", "Birch", "Dogwood"):
        put_away(tmp_path, folder, vendor, "price")
    put_away(tmp_path, folder, "Cedar", "price", LATE)
    (folder / "decisions.yaml").write_text(CLOSED)
    assert ve("lock", folder, "quality")[0] == 0
    code, said = ve("open", folder, "price")
    assert code == 0, said
    assert "Cedar: not opened" in said
    return folder


def test_a_late_price_that_was_closed_at_the_opening_cannot_be_admitted_after_it(
    opened: Path,
) -> None:
    (opened / "decisions.yaml").write_text(ADMITTED)
    code, said = ve("open", opened, "price")
    assert code == 2, said
    expected = "found 'late', and prices were opened without this vendor's on line 10"
    assert f"{expected} of scores/log.jsonl; allowed: 'closed', as it was then" in said
    (opened / "decisions.yaml").write_text(ADMITTED + CLOSED)  # it stays excluded
    assert read(opened).evaluation.status("Cedar") == "excluded"


def test_without_the_decision_its_price_stays_closed_and_closed_is_all_that_is_allowed(
    opened: Path,
) -> None:
    (opened / "decisions.yaml").unlink()
    code, said = ve("open", opened, "price")
    assert code == 5, said
    assert "allowed: an entry 'closed' in decisions.yaml, as it was then" in said
    tender = read(opened)
    assert tender.evaluation.status("Cedar") == "incomplete"
    [fault] = tender.vendor_faults["Cedar"]
    assert "allowed: an entry 'closed' in decisions.yaml, as it was then" in fault.message
    assert "'late'" not in fault.message
    assert "vendor-eval open" not in fault.message


@pytest.mark.parametrize("command", ["next", "check"])
def test_between_lock_and_opening_a_price_is_still_received_or_void(
    command: str, tmp_path: Path
) -> None:
    folder = ruled_folder(tmp_path / "folder")
    for envelope in ("quality", "price"):
        put_away(tmp_path, folder, "Alder", envelope)
    put_away(tmp_path, folder, "Birch", "quality")
    assert ve("lock", folder, "quality")[0] == 0
    _, said = ve("next", folder)
    assert f"vendor-eval receive {folder} FILE --vendor NAME --envelope price" in said
    assert f"vendor-eval void {folder} LINE --why REASON" in said
    put_away(tmp_path, folder, "Birch", "price")
    code, said = ve("void", folder, 5, "--why", "Another tender's.")
    assert code == 0, said
    assert ve(command, folder)[0] == 0

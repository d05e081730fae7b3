"""The award as a decision: off the ranking only with reasons, and never in a public procedure."""

from pathlib import Path

import pytest

from make.decided import RULES, faults, tabled
from vendor_eval.errors import InputFaults
from vendor_eval.report.decisions import decisions_table
from vendor_eval.tender.folder import read

PLAIN = "vendor,cost,quality\nAlder,120,hi\nBirch,100,hi\nCedar,150,lo\nDorn,xx,hi\n"


def folder(path: Path, award: str, *, procedure: str = "private", second: str = "") -> Path:
    """A folder of four bids, of which Birch is first, with an award."""
    (path / "evaluation.yaml").write_text(f"procedure: {procedure}\n{RULES}", "utf-8")
    tabled(path, PLAIN)
    signed = "by: Ann, on: 2026-12-01, reason: As agreed"
    entries = [f"- {{kind: award, {each}, {signed}}}\n" for each in (award, second) if each]
    (path / "decisions.yaml").write_text("".join(entries), "utf-8")
    return path


@pytest.mark.parametrize("procedure", ["private", "public"])
def test_an_award_to_the_first_is_recorded(tmp_path: Path, procedure: str) -> None:
    tender = read(folder(tmp_path, "vendor: Birch", procedure=procedure))
    assert tender.decisions.award is not None
    assert tender.decisions.award.vendor == "Birch"


def test_an_award_off_the_ranking_needs_its_reasons(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, "vendor: Alder"))
    assert fault == (
        "decisions.yaml:1: decision 1.vendor: found 'Alder' without 'off_ranking', and 'Birch' is "
        "first; allowed: 'Birch', or the reasons in 'off_ranking'"
    )
    tender = read(folder(tmp_path, "vendor: Alder, off_ranking: Birch asked to be released"))
    assert tender.decisions.award is not None
    shown = decisions_table(tender, tender.evaluation).markup
    assert "not first in the ranking: Birch asked to be released" in shown


def test_what_is_found_of_an_award_off_the_ranking_names_everybody_who_is_first(
    tmp_path: Path,
) -> None:
    place = folder(tmp_path, "vendor: Cedar")
    tabled(place, PLAIN.replace("Alder,120", "Alder,100"))
    with pytest.raises(InputFaults) as caught:
        read(place)
    assert caught.value.faults[0].found.endswith("and 'Alder' and 'Birch' are first")


def test_reasons_with_the_first_are_a_fault(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, "vendor: Birch, off_ranking: Why not"))
    assert "found reasons, and 'Birch' is first; allowed: no 'off_ranking'" in fault


def test_a_public_procedure_awards_to_the_first_alone(tmp_path: Path) -> None:
    award = "vendor: Alder, off_ranking: We like them"
    [fault] = faults(folder(tmp_path, award, procedure="public"))
    assert "found 'Alder', and 'Birch' is first; allowed: 'Birch', first by the rules" in fault


def test_nobody_is_awarded_to_who_is_not_eligible(tmp_path: Path) -> None:
    [fault] = faults(folder(tmp_path, "vendor: Dorn, off_ranking: Cheap"))
    assert "found 'Dorn', which is incomplete; allowed: 'Birch', 'Alder' or 'Cedar'" in fault


def test_the_contract_is_awarded_once(tmp_path: Path) -> None:
    second = "vendor: Alder, off_ranking: Both"
    [fault] = faults(folder(tmp_path, "vendor: Birch", second=second))
    assert "decides on 'the contract' again; allowed: one 'award' each" in fault

"""The award report: what was checked, what was found, and what the buyer must still enter."""

from pathlib import Path

import pytest

from make.awards import RULES, awarded, documents, example
from vendor_eval.award.report_document import award_report
from vendor_eval.outputs.documents.markdown_text import markdown


def report(folder: Path, form: str = "private") -> str:
    """The report of a folder in Markdown."""
    return markdown(award_report(documents(folder, form).case, draft=False))


@pytest.mark.parametrize(
    ("clarify", "said"),
    [
        ("", "Not checked: the rules state no test of abnormally low prices."),
        (
            "clarify: {estimate: 100000, abnormally_low: {below_estimate: 50}}\n",
            "No price is abnormally low by the rules.",
        ),
    ],
)
def test_low_prices_are_not_cleared_by_rules_without_a_test(
    clarify: str, said: str, tmp_path: Path
) -> None:
    assert f"\n{said}\n" in report(awarded(tmp_path / "f", rules=f"{clarify}{RULES}"))


def panel_folder(data: Path, folder: Path) -> Path:
    """The example with a panel, awarded to the vendor that is first."""
    example(data, "customer-support-panel", folder, "Eridanus Care")
    award = folder / "decisions.yaml"
    award.write_text(award.read_text("utf-8").replace("Committee", "chair"), "utf-8")
    return folder


def test_interests_of_the_log_stand_in_the_report(data: Path, tmp_path: Path) -> None:
    text = report(panel_folder(data, tmp_path / "p"))
    conflicts = text.partition("## Conflicts of interest")[2].partition("\n## ")[0]
    # the one interest of data/customer-support-panel/scores/log.jsonl
    assert "Borealis Contact" in conflicts
    assert "perceived | restricted | chair |" in conflicts
    assert "Not entered" not in conflicts


def test_without_declarations_conflicts_are_to_be_entered(tmp_path: Path) -> None:
    assert "Not entered: conflicts of interest" in report(awarded(tmp_path / "f"))


def test_the_approver_of_every_decision_stands_in_the_report(tmp_path: Path) -> None:
    folder = awarded(tmp_path / "f")
    entry = (
        "- {kind: correction, vendor: Al, at: proposals.csv!Al!plan, found: 62, value: 61, "
        "ground: arithmetic, calculation: 60 + 1, by: Ann, approved_by: Bob, on: 2026-11-25, "
        "reason: The sum is 61}\n"
    )
    decided = folder / "decisions.yaml"
    decided.write_text(decided.read_text("utf-8") + entry, "utf-8")
    assert "| Wed 25 Nov 2026 | correction | Al | The sum is 61 | Ann | Bob |" in report(folder)


def test_a_report_without_a_price_states_none(tmp_path: Path) -> None:
    rules = RULES.replace("price: cost\n", "price: null\n")
    assert (
        "rice as evaluated"
        not in report(awarded(tmp_path / "f", rules=rules)).partition("## Ranking")[0]
    )
    assert "Contract value: €121,212.\n" in report(awarded(tmp_path / "g"))

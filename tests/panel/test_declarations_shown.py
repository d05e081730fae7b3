"""Where declarations of interests are shown: old ones, in blind rounds, next to the winner."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from make.declarations import (
    declare_in,
    declaring_rules,
)
from make.envelopes import opened_prices
from make.panels import (
    BookEdit,
    panel_folder,
    scored_book,
)
from vendor_eval.cli import main
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks
from vendor_eval.panel.entries import draft
from vendor_eval.report.first_screen import award_screen
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.log_file import recorded
from vendor_eval.tender.panel_log import scored


def ve(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def test_an_old_declaration_is_warned_of(tmp_path: Path) -> None:
    typed = declaring_rules() | {"as_of": date(2027, 3, 1)}
    folder = panel_folder(tmp_path / "folder", typed)
    *books, _ = evaluator_workbooks(folder, tmp_path / "out")
    scored_book(books[0], "e1")
    scored(folder, [declare_in(books[0])])
    said = ve("check", folder)[1]
    assert "the last declaration of e1 is 97 days old; declare again" in said


def test_a_blind_round_says_that_names_are_no_secret_where_interests_are_declared(
    tmp_path: Path,
) -> None:
    folder = panel_folder(tmp_path / "folder", declaring_rules())
    book = evaluator_workbooks(folder, tmp_path / "out", blind=True)[0]
    with BookEdit(book, "Declarations", {}, "interests") as edit:
        assert [edit.at(row, "Vendor") for row in edit.rows()] == ["Alder", "Birch", "Cedar"]
        assert "nobody can declare an interest in a code" in str(edit.sheet["A2"].value)
    with BookEdit(book, "Scores", {}, "marks") as edit:
        assert {str(edit.at(row, "Vendor")) for row in edit.rows()} == {
            "Vendor A",
            "Vendor B",
            "Vendor C",
        }


@pytest.mark.parametrize(
    "name",
    [
        "ALDER DESK",
        "Alder Desk's people",
        "Alder Desk\u2019s people",
        "Alder-Desk",
        "info@alderdesk.eu",
    ],
)
def test_a_blind_round_warns_of_answers_that_name_their_vendor(name: str, tmp_path: Path) -> None:
    table = (
        f"vendor,approach,security,cost\nAlder Desk Ltd,We at {name} begin in May.,b,150\n"
        "Birch,Our elder desk is a birchwood one.,b,130\n"
    )
    folder = panel_folder(tmp_path / "folder", table=table)
    code, said = ve("sheets", folder, "--blind", "--out", tmp_path / "out")
    assert code == 0
    warning = "the answer names its vendor; the round is not blind to it"
    assert said.count(warning) == 1
    assert f"proposals.csv!Alder Desk Ltd!approach: {warning}" in said


@pytest.mark.parametrize(
    ("vendor", "named"), [("Cedar", True), ("*", True), ("Alder", False)], ids=str
)
def test_an_interest_in_the_winner_declared_after_the_opening_is_on_the_first_screen(
    vendor: str, named: bool, tmp_path: Path
) -> None:
    folder = opened_prices(tmp_path)
    body = {"evaluator": "e3", "vendor": vendor, "interest": "actual", "mitigation": "restricted"}
    on = date(2026, 12, 1)
    made = draft("declaration", on=on, by="e3", source="test", decided_by="chair", **body)
    recorded(folder, read_rules(folder), lambda _: [made])
    tender = read(folder)
    facts = {h: text for _, h, text in award_screen(tender, tender.evaluate(draws=200)).facts}
    whose = {"*": "all vendors"}.get(vendor, vendor)
    said = f"e3 declared an interest in {whose} (actual; measure: restricted) after prices were"
    assert facts.get("Interest", "").startswith(said) == named

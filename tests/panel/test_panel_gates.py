"""Gates and headlines on what a panel judges, and answers that come in vendors' workbooks."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from make.panels import (
    AGREED_ON,
    LEVELS_GIVEN,
    agreed_book,
    panel_folder,
    panel_rules,
    scored_folder,
)
from vendor_eval.cli import main
from vendor_eval.outputs.evaluators.sheets import evaluator_workbooks, written_agenda
from vendor_eval.outputs.results import results_json
from vendor_eval.outputs.template.template import response_template
from vendor_eval.panel.values import written_answer
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.panel_log import agreed, locked

ADJECTIVES = {"Alder": "good", "Birch": "marginal", "Cedar": "unacceptable"}


def adjectives() -> dict[str, Any]:
    """Rules by which security is judged in words, which a gate reads and nothing weighs."""
    typed = panel_rules()
    typed["scales"]["words"] = {
        "levels": [
            {"level": word, "label": word, "means": f"It is {word}."}
            for word in ("unacceptable", "marginal", "good")
        ]
    }
    typed["criteria"][1] |= {"weight": 0, "panel": {"scale": "words", "question": "How?"}}
    accepted = {"one_of": ["marginal", "good"]}
    typed["gates"] = [
        {"id": "secure", "label": "Secure", "criterion": "security", "rule": accepted},
        {"id": "floor", "label": "Floor", "criterion": "approach", "rule": {"at_least": 50}},
    ]
    return typed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    given = {(e, "security"): list(ADJECTIVES.values()) for e in ("e1", "e2", "e3")}
    return scored_folder(tmp_path, LEVELS_GIVEN | given, typed=adjectives())


def test_no_vendor_is_asked_about_what_evaluators_owe(folder: Path, tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    done = CliRunner().invoke(main, ["check", str(folder), "--letters", str(letters)])
    assert done.exit_code == 5
    assert list(letters.glob("*")) == []


def test_a_gate_reads_adjectives_and_who_fails_it_is_out(folder: Path, tmp_path: Path) -> None:
    paper = written_agenda(folder, tmp_path / "agenda.xlsx")
    agreed_book(paper, lambda vendor, path: 3 if path == "approach" else ADJECTIVES[vendor])
    agreed(folder, paper)
    locked(folder, by="chair", on=AGREED_ON)
    tender = read(folder)
    written = json.loads(results_json(tender, tender.evaluate(draws=100)))
    assert written["ranking"] == ["Birch", "Alder"]
    cedar = written["vendors"]["Cedar"]
    assert cedar["status"] == "excluded"
    assert (cedar["gates"]["secure"]["state"], cedar["gates"]["secure"]["found"]) == (
        "fail",
        "unacceptable",
    )
    item = written["panel"]["items"]["Cedar"]["security"]
    assert item["would_take"] == {"Cedar": "marginal"}


def test_an_answer_and_its_evidence_in_a_workbook_reach_the_evaluators(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    (folder / "proposals.csv").unlink()
    (folder / "proposals").mkdir()
    book = load_workbook(io.BytesIO(response_template(read_rules(folder))))
    for row in book["Answers"].iter_rows():
        typed = {
            "approach": ("We begin in May.", "Annex 2, page 4"),
            "cost": (130, None),
        }.get(str(row[0].value))
        if typed:
            row[4].value, row[5].value = typed
    sheet = book["Read me"]
    sheet["C4"] = "Birch"
    book.save(folder / "proposals" / "birch.xlsx")
    tender = read(folder)
    assert tender.vendor_faults == {}
    said = written_answer("Birch", "approach", tender.proposals, tender.responses)
    assert said[:2] == ("We begin in May.", "Annex 2, page 4")
    assert said[2].startswith("birch.xlsx!Answers!")
    [e1, *_] = evaluator_workbooks(folder, tmp_path / "out")
    values = [c.value for row in load_workbook(e1)["Scores"].iter_rows() for c in row]
    assert "We begin in May." in values
    assert "Annex 2, page 4" in values


def test_a_written_answer_that_cannot_be_read_is_its_vendors_fault(tmp_path: Path) -> None:
    folder = panel_folder(tmp_path / "folder")
    table = (folder / "proposals.csv").read_text("utf-8")
    (folder / "proposals.csv").write_text(table.replace("We begin", "We\u202e begin"), "utf-8")
    assert [f.severity for f in read(folder).vendor_faults["Birch"]] == ["fault"]

"""Two envelopes of workbooks, without a panel: four vendors answer two questions."""

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from openpyxl import load_workbook
from ruamel.yaml import YAML

from vendor_eval.cli import main
from vendor_eval.outputs.template.template import envelope_template
from vendor_eval.tender.folder import read_rules

RULES: Mapping[str, Any] = {
    "title": "Two envelopes",
    "decision": "Who?",
    "currency": "EUR",
    "price": "cost",
    "tender": {"deadline": date(2027, 1, 29), "deadline_time": "12:00"},
    "envelopes": [
        {
            "id": "quality",
            "criteria": ["seats"],
            "qualify": {"criterion": "seats", "rule": {"at_least": 40}},
        },
        {"id": "price", "criteria": ["cost"]},
    ],
    "criteria": [
        {
            "id": "seats",
            "label": "Seats",
            "weight": 60,
            "answer": "seats",
            "value": {"linear": {"worst": 0, "best": 10}},
        },
        {
            "id": "cost",
            "label": "Cost",
            "weight": 40,
            "unit": "EUR",
            "answer": "cost",
            "value": {"linear": {"worst": 900, "best": 500}},
        },
    ],
}
SEATS = {"Alder": 7, "Birch": 8, "Cedar": 9, "Dogwood": 2}
COSTS = {"Alder": 600, "Birch": 700, "Cedar": 520, "Dogwood": 500}
IN_TIME, LATE = "2027-01-29T11:00", "2027-01-29T12:01"


def ruled_folder(folder: Path) -> Path:
    """The folder with these rules; nothing is received."""
    folder.mkdir()
    with (folder / "evaluation.yaml").open("w", encoding="utf-8") as file:
        YAML(typ="safe", pure=True).dump(dict(RULES), file)
    return folder


def ve(*arguments: object) -> tuple[int, str]:
    """The exit code of a command, and what it printed."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    return done.exit_code, done.output


def sent(place: Path, folder: Path, vendor: str, envelope: str) -> Path:
    """A vendor's workbook for one envelope, filled in."""
    book = load_workbook(io.BytesIO(envelope_template(read_rules(folder), envelope)))
    answers = {"seats": SEATS[vendor], "cost": COSTS[vendor]}
    for row in book["Answers"].iter_rows():
        if str(row[0].value) in answers:
            row[4].value = answers[str(row[0].value)]
    book["Read me"]["C4"] = vendor
    file = place / f"{vendor}-{envelope}.xlsx"
    book.save(file)
    return file


def put_away(place: Path, folder: Path, vendor: str, envelope: str, at: str = IN_TIME) -> None:
    """Receives a vendor's workbook for one envelope."""
    file = sent(place, folder, vendor, envelope)
    line = ("--vendor", vendor, "--envelope", envelope, "--at", at)
    code, said = ve("receive", folder, file, *line)
    assert code == 0, said

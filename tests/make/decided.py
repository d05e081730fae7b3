"""Folders whose bids are decided about: their files, and what is read of them."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from make.response_books import saved
from vendor_eval.errors import InputFaults
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.outputs.results import results_json
from vendor_eval.outputs.template.template import response_template
from vendor_eval.tender.folder import read, read_rules
from vendor_eval.tender.tender import Tender

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
criteria:
  - {id: cost, label: Cost, weight: 1, unit: EUR, answer: cost,
     value: {linear: {worst: 200, best: 0}}}
  - {id: q, label: Quality, weight: 1, answer: quality, value: {levels: {lo: 0, hi: 100}}}
"""
TABLE = "vendor,cost,quality\nAlder,140 120,hi\nBirch,100,hi\nCedar,150,lo\n"
TWINS = "vendor,cost,quality\nDelphi v1,90,hi\nDelphi Ltd. v2 FINAL,80,hi\nCedar,150,lo\n"
SIGNED = "by: Ann, approved_by: Bob, on: 2026-11-24, reason: As agreed"


def send(folder: Path, file: str, vendor: str, **answers: Any) -> None:
    """Puts a filled-in workbook into the folder."""
    cells = {"cost": "E6", "quality": "E7"}
    book = load_workbook(io.BytesIO(response_template(read_rules(folder))))
    book["Read me"]["C4"] = vendor
    for name, value in answers.items():
        book["Answers"][cells[name]] = value
    (folder / "proposals").mkdir(exist_ok=True)
    (folder / "proposals" / file).write_bytes(saved(book))


def tabled(folder: Path, table: str = TABLE) -> None:
    """Puts the table into the folder."""
    (folder / "proposals.csv").write_text(table, "utf-8")


def decide(folder: Path, *entries: str) -> None:
    """Puts decisions into the folder, one a line."""
    lines = "".join(f"- {{{entry}, {SIGNED}}}\n" for entry in entries)
    (folder / "decisions.yaml").write_text(lines, "utf-8")


def evaluated(case: Tender) -> Evaluation:
    """The evaluation of what was read."""
    return evaluate(case.rules, case.proposals)


def faults(folder: Path) -> list[str]:
    """Every fault that stops the folder."""
    with pytest.raises(InputFaults) as caught:
        read(folder)
    return [str(fault) for fault in caught.value.faults if fault.vendor is None]


TABLE_CELL = 'at: "proposals.csv!Alder!cost", found: "140 120"'
BOOK_CELL = 'at: "a.xlsx!Answers!E6", found: "140 x"'


SUM = ("", ", calculation: 2 x 45 = 90")
"""What a correction of a sum has to show, and another not."""


def correction(cell: str = TABLE_CELL, value: object = 120, ground: str = "reading") -> str:
    """A correction of a cell of Alder's bid."""
    said = f"{cell}, value: {value}, ground: {ground}{SUM[ground == 'arithmetic']}"
    return f"kind: correction, vendor: Alder, {said}"


def books(folder: Path) -> None:
    """Two workbooks, one of which cannot be read without a correction."""
    send(folder, "a.xlsx", "Alder", cost="140 x", quality="hi")
    send(folder, "b.xlsx", "Birch", cost=100, quality="hi")


def results(folder: Path) -> dict[str, Any]:
    """`results.json` of a folder."""
    case = read(folder)
    return json.loads(results_json(case, case.evaluate(draws=10)))

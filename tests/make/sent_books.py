"""Rules and the response workbooks that two vendors send to a folder."""

import io
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from make.response_books import saved
from vendor_eval.errors import InputFaults
from vendor_eval.outputs.template.template import response_template
from vendor_eval.tender.folder import read, read_rules

RULES = """\
title: T
decision: Which one?
currency: EUR
price: cost
gates:
  - {id: valid, label: Valid until, answer: valid, rule: {not_before: 2027-01-01}}
criteria:
  - {id: q, label: Quality, weight: 1, answer: quality, value: {levels: {lo: 0, hi: 100}}}
  - {id: c, label: Cost, weight: 1, unit: EUR, answer: cost,
     value: {linear: {worst: 10, best: 0}}}
  - {id: a, label: Attrition, weight: 1, unit: "%", answer: attrition,
     value: {linear: {worst: 40, best: 10}}}
"""
CELLS = {"quality": "E6", "cost": "E7", "attrition": "E8", "valid": "E9", "terms": "E10"}
TABLE = "vendor,quality,cost,attrition,valid\nalder,hi,3,20..30,2028-05-31\nBirch,lo,4,2.5,\n"


def send(folder: Path, file: str, vendor: str | None, **answers: Any) -> None:
    """Puts a filled-in workbook into the folder."""
    book = load_workbook(io.BytesIO(response_template(read_rules(folder))))
    book["Read me"]["C4"] = vendor
    for name, value in answers.items():
        book["Answers"][CELLS[name]] = value
    (folder / "proposals" / file).write_bytes(saved(book))


def both(folder: Path) -> None:
    """Two workbooks, whose files stand in another order than their vendors."""
    send(folder, "1.xlsx", "Birch", quality="lo", cost="4 EUR", attrition=0.025)
    send(folder, "2.xlsx", "alder", quality="hi", cost=3, attrition="20..30", valid="31.05.2028")


def faults(folder: Path) -> list[str]:
    """Every fault of the folder, a line each."""
    try:
        case = read(folder)
    except InputFaults as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for theirs in case.vendor_faults.values() for fault in theirs]

"""A scorecard of a small evaluation, and where things are in it."""

import io
from collections.abc import Iterator

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from vendor_eval.award.result import Result
from vendor_eval.outputs.scorecard import scorecard_workbook
from vendor_eval.tender.tender import Tender

HEADER = 5

RULES = """\
title: "=1+1"
decision: "@Which one?"
notice: "+notice"
currency: EUR
price: cost
start: 2027-01-01
gates:
  - {id: soc, label: "-SOC", answer: soc, rule: {one_of: [type_2, "=type_3"]}}
  - {id: iso, label: ISO, answer: iso, rule: {not_before: start}}
  - {id: years, label: Years, answer: years, rule: {at_least: 3}}
  - {id: tier, label: Tier, answer: tier, rule: {one_of: [1, 2]}}
  - {id: mixed, label: Mixed, answer: tier, rule: {one_of: [1, 2, x]}}
  - {id: floor, label: Floor, criterion: skill, rule: {at_most: 100}}
criteria:
  - id: skill
    label: "=Skill"
    weight: 30
    criteria:
      - {id: years, label: Years, weight: 1, unit: "=u", answer: years,
         value: {linear: {worst: 0, best: 9}}}
      - {id: level, label: Level, weight: 2, answer: level,
         value: {levels: {B1: 0, "=x": 33, "#N/A": 50}}}
      - {id: pw, label: P, weight: 1, answer: x,
         value: {piecewise: {points: [[0, 0], [5, 80], [9, 60]]}}}
      - {id: st, label: S, weight: 1, answer: x, missing: worst,
         value: {steps: {at_least: [[2, 40]]}}}
      - {id: id, label: I, weight: 0, answer: x, value: identity, missing: worst}
  - {id: cost, label: Cost, weight: 50, answer: cost, value: {linear: {worst: 9, best: 5}}}
  - id: rel
    label: Relative
    weight: 20
    criteria:
      - {id: a, label: A, weight: 1, answer: cost2, value: lowest_over_this}
      - {id: b, label: B, weight: 1, answer: cost2, value: this_over_highest}
      - {id: c, label: C, weight: 1, answer: cost2, value: {linear_range: {direction: min}}}
      - {id: d, label: D, weight: 1, answer: cost2, value: above_lowest}
      - {id: e, label: E, weight: 1, answer: cost2,
         value: {mean_based: {direction: max, points_per_percent: 2}}}
scenarios:
  other: {weights: {skill: 1, cost: 1, rel: 2}}
tie_break: [cost, skill.years]
"""
TABLE = """\
vendor,soc,iso,years,tier,level,x,cost,cost2
=cmd|' /C calc'!A0,type_2,2027-01-01,4..8,1,B1,3,7,100
#REF!,type_2,2028-01-01,2..5..6,2,=x,4,6.5,90
@SUM(A1),,2028-01-01,3,1,#N/A,5,8,120
+1,=type_3,2028-01-01,9,1,B1,9,8,110
-1,type_1,2028-01-01,3,1,=x,2,8,130
_x0041_,type_2,2028-01-01,3,1,=x,1,8,140
"""


def assessed(case: Tender, scenario: str | None = None) -> Result:
    return case.evaluate(scenario=scenario, draws=50)


def book(case: Tender, scenario: str | None = None) -> Workbook:
    return load_workbook(io.BytesIO(scorecard_workbook(case, assessed(case, scenario))))


def formula(cell: Cell) -> str | None:
    """A cell's formula with its `=`; None when it holds none."""
    if cell.data_type != "f":
        return None
    return cell.value.text if isinstance(cell.value, ArrayFormula) else str(cell.value)


def formulas(opened: Workbook) -> Iterator[tuple[Worksheet, Cell, str]]:
    for sheet in opened:
        for row in sheet.iter_rows():
            for cell in row:
                if text := formula(cell):
                    yield sheet, cell, text


def row(sheet: Worksheet, path: str) -> int:
    """The row of a path or an id, which stand in the second column."""
    return next(cells[1].row for cells in sheet.iter_rows() if cells[1].value == path)

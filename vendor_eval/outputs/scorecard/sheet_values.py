"""The sheets *Values* and *Scales*: how every answer becomes points, by a live formula.

A value function without a formula still has its parameters and its points in the workbook, the
points as plain numbers, and the sheet says so.
"""

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from vendor_eval.outputs.scorecard import sheet_performance, sheet_weights
from vendor_eval.outputs.scorecard.book import HEADER, POINTS, SheetWriter, ref
from vendor_eval.outputs.scorecard.floors import floors_written
from vendor_eval.outputs.scorecard.plan import FIRST_VENDOR, Plan
from vendor_eval.rules.values.function import Line, ValueFunction
from vendor_eval.rules.values.named import typed_form

SHEET, SCALES = "Values", "Scales"
X, Y = 5, 6
"""Columns of Scales: a parameter's number or answer, and its points."""
IF_BLANK = 5
"""The column of Values that says what a blank answer gives."""

MEASURED = {"MIN": "lowest", "MAX": "highest", "AVERAGE": "mean"}


def lines(function: ValueFunction) -> list[Line]:
    """The lines on Scales of a value function; there is always one."""
    measures: list[Line] = [
        (f"{MEASURED[m]} of the eligible", None, None) for m in function.measured
    ]
    return [*measures, *function.lines] or [("none", None, None)]


def scales_sheet(book: Workbook, plan: Plan, status_row: int) -> dict[str, int]:
    """Writes every value function's parameters; the row of each leaf's first line, by path."""
    page = SheetWriter(
        book, SCALES, "The value functions: which answer gives how many points, from 0 to 100."
    )
    page.headings(
        {"Criterion": 38, "Path": 24, "Value function": 20, "Parameter": 24}
        | {"Number or answer": 24, "Points": 12},
        numbers_from=X,
    )
    first, row = {}, HEADER + 1
    for _, _, path, criterion in plan.nodes():
        if criterion.value is None:
            continue
        function = criterion.value
        first[path] = row
        for n, line in enumerate(lines(function)):
            page.text(row, 1, criterion.label if n == 0 else None, "label")
            page.text(row, 2, path, "fine print")
            page.text(row, 3, _called(function), "fine print")
            _line(page, row, line)
            if n < len(function.measured):
                answers = plan.across(sheet_performance.SHEET, plan.rows[path])
                among = f'({plan.across("Gates", status_row)}="eligible")*ISNUMBER({answers})'
                measure = f"{function.measured[n]}(IF({among},{answers}))"
                page.array(row, X, f'IF(SUM({among})=0,"",{measure})', "computed")
            row += 1
    page.finish()
    return first


def _called(function: ValueFunction) -> str:
    [name] = typed_form(function)
    marks = ["relative"] * function.relative + ["points without formula"] * (not function.formula)
    return f"{name} ({', '.join(marks)})" if marks else name


def _line(page: SheetWriter, row: int, line: Line) -> None:
    called, x, points = line
    page.text(row, 4, called.replace("_", " "), "fine print")
    if isinstance(x, int | float) or x is None:
        page.number(row, X, x, "typed")
    else:
        page.text(row, X, str(x), "typed text").number_format = "@"
    page.number(row, Y, points, "typed")


def values_sheet(
    book: Workbook, plan: Plan, scales: dict[str, int], within: dict[str, int]
) -> None:
    """Writes the points of every leaf by its scale, and of every branch by its children."""
    page = SheetWriter(
        book,
        SHEET,
        "Points from 0 to 100, 100 always the best: black follows Performance, Scales and Weights.",
    )
    page.headings(
        {"Criterion": 38, "Path": 24, "Value function": 20, "Scale": 12, "A blank gives": 10}
    )
    page.vendors(tuple(plan.columns), FIRST_VENDOR)
    floors = floors_written(page, plan, within)
    for n, row, path, criterion in plan.nodes():
        kind = page.node(row, path, criterion)
        if criterion.value is None:
            page.text(row, 3, "weighted mean", f"fine print{kind}")
            page.band(row, 4, 5, f"fine print{kind}")
            for column in plan.columns.values():
                page.formula(row, column, _mean(plan, path, column), "computed branch", POINTS)
            continue
        function = criterion.value
        page.text(row, 3, _called(function), "fine print")
        link = page.text(row, 4, f"row {scales[path]}", "fine print")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{SCALES}!A{scales[path]}")
        page.text(
            row, IF_BLANK, "worst" if criterion.missing == "worst" else "no score", "fine print"
        )
        cells = _cells(scales[path], function)
        floor = floors.get(path)
        for vendor, column in plan.columns.items():
            if not function.formula:
                fixed = _fixed(plan, vendor, n)
                if floor is None or fixed is None:
                    page.number(row, column, fixed, "typed", POINTS)
                else:
                    page.number(
                        floor.given(row), column, _given(plan, vendor, path), "typed", POINTS
                    )
                    page.formula(row, column, floor.counted(row, column), "computed", POINTS)
                continue
            p = f"{sheet_performance.SHEET}!{ref(column, row)}"
            points = _guarded(p, row, cells, function)
            if plan.evaluation.is_faulty(vendor, path):
                # no score, even where a blank gives one; what is corrected on Performance counts
                low = f"IF(ISNUMBER({p}),{p}<=0,FALSE)" if criterion.value.positive else "FALSE"
                points = f'IF(OR({p}="",{low}),"",{points})'
            if floor is not None:
                page.formula(floor.given(row), column, points, "computed", POINTS)
                points = floor.counted(row, column)
            page.formula(row, column, points, "computed", POINTS)
    page.finish()


def _cells(row: int, function: ValueFunction) -> Mapping[str, Any]:
    """The cells of a function's lines on Scales, by the names its formula uses."""

    def span(column: int, start: int, end: int) -> str:
        return f"{SCALES}!{ref(column, row + start)}:{ref(column, row + end)}"

    shown = lines(function)
    last = len(shown) - 1
    named = {name: f"{SCALES}!{ref(X, row + n)}" for n, (name, *_) in enumerate(shown)}
    spans = {"all": (0, last), "last": (0, last - 1), "next": (1, last)}
    columns = (("x", X), ("y", Y))
    each = {
        letter: [f"{SCALES}!{ref(column, row + n)}" for n in range(len(shown))]
        for letter, column in columns
    }
    whole = {
        f"{letter}_{name}": span(column, *ends)
        for letter, column in columns
        for name, ends in spans.items()
    }
    return named | each | whole


def _guarded(p: str, row: int, cells: Mapping[str, Any], function: ValueFunction) -> str:
    """Points of an answer that is there and of the right kind; nothing else is ever guessed."""
    blank = f'IF({ref(IF_BLANK, row)}="worst",0,"")'
    points = function.formula.format(p=p, **cells)
    if function.measured:
        points = f'IF(ISNUMBER({cells["x"][0]}),{points},"")'
    if function.numeric:
        points = f"IF(ISNUMBER({p}),{points},NA())"
    return f'IF({p}="",{blank},{points})'


def _mean(plan: Plan, path: str, column: int) -> str:
    """The share-weighted mean of a branch's children, once everything under it has points."""
    first, last = plan.leaf_rows(path)
    values = f"{ref(column, first)}:{ref(column, last)}"

    def weights(at: int) -> str:
        return f"{sheet_weights.SHEET}!{ref(at, first)}:{ref(at, last)}"

    parent = f"{sheet_weights.SHEET}!{ref(2, plan.rows[path])}"
    children = f"({weights(sheet_weights.PARENT)}={parent})*{weights(sheet_weights.SHARE)}"
    mean = f"SUMPRODUCT({children},{values})"
    return f'IF(COUNT({values})<ROWS({values}),"",{mean})'


def _given(plan: Plan, vendor: str, path: str) -> float:
    """A vendor's points (0-100) on a leaf before knock-outs."""
    evaluation = plan.evaluation
    m = evaluation.tree.leaves.index(path)
    return 100 * float(evaluation.given_values[evaluation.proposals.rows[vendor], m])


def _fixed(plan: Plan, vendor: str, node: int) -> float | None:
    values = plan.evaluation.values
    return 100 * float(values.loc[vendor].iloc[node]) if vendor in values.index else None

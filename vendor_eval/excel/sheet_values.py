"""The sheets *Values* and *Scales*: how every answer becomes points, by a live formula.

A value function without a formula here still has its parameters and its points in the workbook,
the points as plain numbers.
"""

from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink

from vendor_eval.excel import sheet_performance, sheet_weights
from vendor_eval.excel.book import HEADER, POINTS, Page, ref
from vendor_eval.excel.plan import FIRST_VENDOR, Plan
from vendor_eval.values import typed_form

SHEET, SCALES = "Values", "Scales"
X, Y = 5, 6
"""Columns of Scales: a parameter's number or answer, and its points."""
IF_BLANK = 5
"""The column of Values that says what a blank answer gives."""

POINTS_OF = {
    "linear": "100*(MEDIAN({p},{x[0]},{x[1]})-{x[0]})/({x[1]}-{x[0]})",
    "piecewise": (
        "{y[0]}+SUMPRODUCT(({p}>={x_next})*({y_next}-{y_last})"
        "+({p}<{x_next})*({p}>{x_last})*({p}-{x_last})/({x_next}-{x_last})*({y_next}-{y_last}))"
    ),
    "steps": "IF({p}<{x[1]},{y[0]},LOOKUP({p},{x_next},{y_next}))",
    "levels": "IF(SUMPRODUCT(--EXACT({p},{x_all}))=0,NA(),SUMPRODUCT(EXACT({p},{x_all})*{y_all}))",
    "identity": "IF(OR({p}<0,{p}>100),NA(),{p})",
    "lowest_over_this": "IF({p}<=0,100,100*MEDIAN(0,1,{x[0]}/{p}))",
    "this_over_highest": "100*MEDIAN(0,1,{p}/{x[0]})",
    "linear_range": (
        'IF({x[0]}={x[1]},100,100*IF({x[2]}="max",MEDIAN({p},{x[0]},{x[1]})-{x[0]},'
        "{x[1]}-MEDIAN({p},{x[0]},{x[1]}))/({x[1]}-{x[0]}))"
    ),
    "above_lowest": "100*MEDIAN(0,1,1-({p}-{x[0]})/{x[0]})",
    "mean_based": ('100*MEDIAN(0,1,0.5+{x[2]}*IF({x[1]}="min",{x[0]}-{p},{p}-{x[0]})/{x[0]})'),
}
"""Points (0-100) of the answer {p}; {x} and {y} are the cells of the function's lines on Scales."""

MEASURES = {
    "lowest_over_this": ("MIN",),
    "this_over_highest": ("MAX",),
    "linear_range": ("MIN", "MAX"),
    "above_lowest": ("MIN",),
    "mean_based": ("AVERAGE",),
}
"""What a relative function takes from the eligible vendors' answers; its first lines."""
MEASURED = {"MIN": "lowest", "MAX": "highest", "AVERAGE": "mean"}

Line = tuple[str, Any, float | None]
"""One line of Scales: what it is called, the number or answer, the points."""


def lines(name: str, parameters: Any) -> list[Line]:
    """The lines on Scales of a value function as it was typed."""
    measures: list[Line] = [
        (f"{MEASURED[m]} of the eligible", None, None) for m in MEASURES.get(name, ())
    ]
    if name == "levels":
        return [("answer", answer, points) for answer, points in parameters.items()]
    if name == "piecewise":
        return [("at", x, points) for x, points in parameters["points"]]
    if name == "steps":
        steps: list[Line] = [("at least", x, points) for x, points in parameters["at_least"]]
        return [("below", None, parameters.get("below", 0.0)), *steps]
    return [*measures, *((key, value, None) for key, value in parameters.items())]


def scales_sheet(book: Workbook, plan: Plan, status_row: int) -> dict[str, int]:
    """Writes every value function's parameters; the row of each leaf's first line, by path."""
    page = Page(
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
        [(name, parameters)] = typed_form(criterion.value).items()
        first[path] = row
        for n, line in enumerate(lines(name, parameters) or [("none", None, None)]):
            page.text(row, 1, criterion.label if n == 0 else None, "label")
            page.text(row, 2, path, "fine print")
            page.text(row, 3, _called(name, criterion.value.relative), "fine print")
            _line(page, row, line)
            if n < len(MEASURES.get(name, ())):
                answers = plan.across(sheet_performance.SHEET, plan.rows[path])
                among = f'({plan.across("Gates", status_row)}="eligible")*ISNUMBER({answers})'
                measure = f"{MEASURES[name][n]}(IF({among},{answers}))"
                page.array(row, X, f'IF(SUM({among})=0,"",{measure})', "computed")
            row += 1
    page.finish()
    return first


def _called(name: str, relative: bool) -> str:
    return f"{name} (relative)" if relative else name


def _line(page: Page, row: int, line: Line) -> None:
    called, x, points = line
    page.text(row, 4, called.replace("_", " "), "fine print")
    if isinstance(x, int | float) or x is None:
        page.number(row, X, x, "typed")
    else:
        page.text(row, X, str(x), "typed text").number_format = "@"
    page.number(row, Y, points, "typed")


def values_sheet(book: Workbook, plan: Plan, scales: dict[str, int]) -> None:
    """Writes the points of every leaf by its scale, and of every branch by its children."""
    page = Page(
        book,
        SHEET,
        "Points from 0 to 100, 100 always the best: black follows Performance, Scales and Weights.",
    )
    page.headings(
        {"Criterion": 38, "Path": 24, "Value function": 20, "Scale": 12, "A blank gives": 10}
    )
    page.vendors(tuple(plan.columns), FIRST_VENDOR)
    for n, row, path, criterion in plan.nodes():
        kind = page.node(row, path, criterion)
        if criterion.value is None:
            page.text(row, 3, "weighted mean", f"fine print{kind}")
            page.band(row, 4, 5, f"fine print{kind}")
            for column in plan.columns.values():
                page.formula(row, column, _mean(plan, path, column), "computed branch", POINTS)
            continue
        [(name, parameters)] = typed_form(criterion.value).items()
        page.text(row, 3, _called(name, criterion.value.relative), "fine print")
        link = page.text(row, 4, f"row {scales[path]}", "fine print")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{SCALES}!A{scales[path]}")
        page.text(
            row, IF_BLANK, "worst" if criterion.missing == "worst" else "no score", "fine print"
        )
        template = POINTS_OF.get(name)
        cells = _cells(scales[path], len(lines(name, parameters)))
        measured = bool(MEASURES.get(name))
        for vendor, column in plan.columns.items():
            if template is None:
                page.number(row, column, _fixed(plan, vendor, n), "typed", POINTS)
                continue
            p = f"{sheet_performance.SHEET}!{ref(column, row)}"
            points = _guarded(p, row, template.format(p=p, **cells), cells, name, measured)
            if plan.evaluation.is_faulty(vendor, path):
                # no score, whatever a blank gives; what is corrected on Performance counts
                low = f"IF(ISNUMBER({p}),{p}<=0,FALSE)" if criterion.value.positive else "FALSE"
                points = f'IF(OR({p}="",{low}),"",{points})'
            page.formula(row, column, points, "computed", POINTS)
    page.finish()


def _cells(row: int, count: int) -> dict[str, Any]:
    """The cells of a function's lines on Scales, by the names its formula uses."""

    def span(column: int, start: int, end: int) -> str:
        return f"{SCALES}!{ref(column, row + start)}:{ref(column, row + end)}"

    last = count - 1
    spans = {"all": (0, last), "last": (0, last - 1), "next": (1, last)}
    return {
        letter: [f"{SCALES}!{ref(column, row + n)}" for n in range(count)]
        for letter, column in (("x", X), ("y", Y))
    } | {
        f"{letter}_{name}": span(column, *ends)
        for letter, column in (("x", X), ("y", Y))
        for name, ends in spans.items()
    }


def _guarded(
    p: str, row: int, points: str, cells: dict[str, Any], name: str, measured: bool
) -> str:
    """Points of an answer that is there and of the right kind; nothing else is ever guessed."""
    blank = f'IF({ref(IF_BLANK, row)}="worst",0,"")'
    if measured:
        points = f'IF(ISNUMBER({cells["x"][0]}),{points},"")'
    if name != "levels":
        points = f"IF(ISNUMBER({p}),{points},NA())"
    return f'IF({p}="",{blank},{points})'


def _mean(plan: Plan, path: str, column: int) -> str:
    """The share-weighted mean of a branch's children, once everything beneath has points."""
    first, last = plan.beneath(path)
    values = f"{ref(column, first)}:{ref(column, last)}"

    def weights(at: int) -> str:
        return f"{sheet_weights.SHEET}!{ref(at, first)}:{ref(at, last)}"

    parent = f"{sheet_weights.SHEET}!{ref(2, plan.rows[path])}"
    children = f"({weights(sheet_weights.PARENT)}={parent})*{weights(sheet_weights.SHARE)}"
    mean = f"SUMPRODUCT({children},{values})"
    return f'IF(COUNT({values})<ROWS({values}),"",{mean})'


def _fixed(plan: Plan, vendor: str, node: int) -> float | None:
    values = plan.evaluation.values
    return 100 * float(values.loc[vendor].iloc[node]) if vendor in values.index else None

"""The sheet *Performance*: every answer the rules read, numbers as numbers, levels as text."""

from openpyxl import Workbook
from openpyxl.comments import Comment

from vendor_eval.bids.proposal import Origin
from vendor_eval.outputs.scorecard.book import HEADER, TEXT, SheetWriter, ref, safe
from vendor_eval.outputs.scorecard.plan import FIRST_VENDOR, Plan

SHEET = "Performance"


def performance_sheet(book: Workbook, plan: Plan) -> None:
    """Writes the answers; on the criteria first, then for gates alone, then uncertain ends."""
    page = SheetWriter(
        book,
        SHEET,
        "What the vendors answered. Blue was entered and may be changed; black follows.",
    )
    page.headings(
        {"Criterion": 38, "Path": 24, "Unit": 10, "Answer": 18, "Read as": 9},
    )
    page.vendors(tuple(plan.columns), FIRST_VENDOR)
    for _, row, path, criterion in plan.nodes():
        page.node(row, path, criterion)
        if criterion.reads is None:
            page.band(row, 3, FIRST_VENDOR + len(plan.columns) - 1)
            continue
        numeric = plan.evaluation.performance[path].numeric
        page.text(row, 3, criterion.unit, "fine print")
        _answers(page, plan, row, criterion.reads, numeric)
    _gate_answers(page, plan)
    _uncertain_ends(page, plan)
    page.finish()


def _answers(page: SheetWriter, plan: Plan, row: int, column: str, numeric: bool) -> None:
    """One answer of every vendor: typed where it is read first, a reference elsewhere."""
    page.text(row, 4, column, "fine print")
    page.text(row, 5, "number" if numeric else "text", "fine print")
    home = plan.readings[column, numeric]
    form = number_format(plan, column) if numeric else TEXT
    proposals = plan.evaluation.proposals
    for vendor, answer in proposals.answers[column].items():
        at, read = plan.columns[vendor], proposals.estimates.get((vendor, column))
        if home != row:
            first = ref(at, home)
            page.formula(row, at, f'IF({first}="","",{first})', "computed", form)
        elif not numeric:
            page.text(row, at, answer, "typed text").number_format = TEXT
        elif read is not None and not read.certain and not read.peaked:
            low, high = ref(at, plan.ends[column]), ref(at, plan.ends[column] + 1)
            page.formula(row, at, f"{low}/2+{high}/2", "computed", form)
        else:
            page.number(row, at, read.likely if read else None, "typed", form)
        if home == row:
            _origin(page, row, at, proposals.origins.get((vendor, column)))


def _origin(page: SheetWriter, row: int, column: int, origin: Origin | None) -> None:
    """A note at an answer that was read from a workbook: from which cells, and how."""
    if origin is not None:
        lines = [*(place for place, _ in origin.cells), origin.note]
        note = Comment(safe("\n".join(filter(None, lines)) or origin.place), "vendor-eval")
        note.width, note.height = 320, 100  # pixels; the text scrolls
        page.sheet.cell(row, column).comment = note


def number_format(plan: Plan, column: str) -> str:
    """Thousands apart where numbers are large, and no more decimals than they need."""
    estimates = plan.evaluation.proposals.estimates
    reads = (read for (_, reads), read in estimates.items() if reads == column)
    numbers = [number for read in reads for number in (read.low, read.likely, read.high)]
    if max(map(abs, numbers), default=0) < 10_000:
        return "General"
    return "#,##0" if all(n.is_integer() for n in numbers) else "#,##0.00"


def _gate_answers(page: SheetWriter, plan: Plan) -> None:
    last_node = HEADER + len(plan.rows)
    rows = {row: reading for reading, row in plan.readings.items() if row > last_node}
    if rows:
        others = "Answers" if plan.evaluation.divisor is None else "Price, and answers"
        page.text(min(rows) - 1, 1, f"{others} that only gates read", "section")
    for row, (column, numeric) in rows.items():
        labels = [g.label for g in plan.evaluation.rules.gates if g.reads == column]
        if plan.evaluation.divisor is not None and plan.evaluation.divisor.leaf.reads == column:
            labels = [plan.evaluation.divisor.leaf.label, *labels]
        page.text(row, 1, ", ".join(dict.fromkeys(labels)), "label")
        page.band(row, 2, 3, "fine print")
        _answers(page, plan, row, column, numeric)


def _uncertain_ends(page: SheetWriter, plan: Plan) -> None:
    """Low and high ends of ranges; of a certain answer both ends are the answer itself."""
    if plan.ends:
        title = "Low and high ends of uncertain answers (above: the likely one)"
        page.text(min(plan.ends.values()) - 1, 1, title, "section")
    for column, row in plan.ends.items():
        form = number_format(plan, column)
        for at_row, name in ((row, "low"), (row + 1, "high")):
            page.text(at_row, 1, f"{column}, {name} end", "label")
            page.band(at_row, 2, 3, "fine print")
            page.text(at_row, 4, column, "fine print")
            page.text(at_row, 5, "number", "fine print")
            for vendor, at in plan.columns.items():
                read = plan.evaluation.proposals.estimates.get((vendor, column))
                if read is not None and not read.certain:
                    end = read.low if name == "low" else read.high
                    page.number(at_row, at, end, "typed", form)
                else:
                    likely = ref(at, plan.readings[column, True])
                    page.formula(at_row, at, f'IF({likely}="","",{likely})', "computed", form)

"""The sheet *Gates*: how every vendor stands at every gate, by live formulas."""

from openpyxl import Workbook

from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.shortlist import counted_at
from vendor_eval.outputs.scorecard import sheet_performance, sheet_values, sheet_weights
from vendor_eval.outputs.scorecard.book import HEADER, TEXT, SheetWriter, ref
from vendor_eval.outputs.scorecard.plan import FIRST_VENDOR, Plan, allowed_answers, reads_number
from vendor_eval.rules.criteria import under
from vendor_eval.rules.gates import Gate
from vendor_eval.rules.rules import Rules

SHEET = "Gates"
LINE, BOUND = 3, 5
"""Columns: what a row holds, and what the gate asks."""


def gates_sheet(book: Workbook, plan: Plan, within: dict[str, int]) -> int:
    """Writes the gates, each with what was found; returns the row of the vendors' status."""
    page = SheetWriter(
        book,
        SHEET,
        "A failed gate excludes; otherwise an unknown one leaves a vendor undecided. "
        "Gates read the rules' own weights in every scenario.",
    )
    page.headings({"Gate": 38, "Id": 24, "Row": 12, "Rule": 14, "Bound or answer": 18})
    page.vendors(tuple(plan.columns), FIRST_VENDOR)
    row = HEADER + 1
    for gate in plan.evaluation.rules.gates:
        row = _gate(page, plan, gate, row, within)
    page.text(row, 1, "Status", "label branch")
    page.band(row, 2, 5, "fine print branch")
    for vendor, column in plan.columns.items():
        if vendor in plan.evaluation.screening.excluded:
            page.text(row, column, "excluded", "result")  # by the buyer, so by no formula
            continue
        stopped = plan.evaluation.status(vendor) == "incomplete"
        page.formula(row, column, _status(HEADER + 1, row - 1, column, stopped), "result")
    page.finish()
    return row


def _status(first: int, last: int, column: int, stopped: bool) -> str:
    """Excluded by one failed gate; eligible when all are passed; otherwise undecided.

    A vendor that faults have `stopped` is incomplete, unless a gate excludes it.
    """
    if last < first:
        return '"incomplete"' if stopped else '"eligible"'
    rows = f"{ref(LINE, first)}:{ref(LINE, last)}"
    states = f"{ref(column, first)}:{ref(column, last)}"
    failed = f'COUNTIFS({rows},"state",{states},"fail")>0'
    passed = f'COUNTIFS({rows},"state",{states},"pass")=COUNTIF({rows},"state")'
    if stopped:
        return f'IF({failed},"excluded","incomplete")'
    return f'IF({failed},"excluded",IF({passed},"eligible","undecided"))'


def _gate(page: SheetWriter, plan: Plan, gate: Gate, row: int, within: dict[str, int]) -> int:
    """One gate: its state, and under it what was found; the next free row."""
    bounds, readings = _bounds(gate, plan.evaluation.rules), _found(plan, gate, within)
    height = max(len(bounds), 1 + len(readings))
    for n in range(height):
        at = row + n
        name = "state" if n == 0 else list(readings)[n - 1] if n <= len(readings) else ""
        page.text(at, 1, gate.label if n == 0 else None, "label branch" if n == 0 else "label")
        page.text(at, 2, gate.id if n == 0 else gate.reads or gate.criterion, "fine print")
        page.text(at, LINE, name, "fine print")
        page.text(at, 4, gate.rule.form.replace("_", " ") if n == 0 else None, "fine print")
        _bound(page, at, bounds[n] if n < len(bounds) else None)
    if gate.rule.best is not None:
        _shortlisted(page, plan, gate, row, readings)
        return row + height
    for vendor, column in plan.columns.items():
        cells = [ref(column, row + n) for n in range(1, 1 + len(readings))]
        state = _state(gate, cells, f"{ref(BOUND, row)}:{ref(BOUND, row + len(bounds) - 1)}")
        if state:
            page.formula(row, column, state, "result")
        else:
            page.text(
                row, column, plan.evaluation.screening.passages[vendor][gate.id].state, "result"
            )
        ends = _ends_of_ranges(plan, gate, vendor)
        for n, formula in enumerate(readings.values(), start=1):
            if ends:
                page.number(row + n, column, ends[n - 1], "typed")
            else:
                page.formula(row + n, column, formula.format(c=ref(column)), "fine number")
        for n in range(1 + len(readings), height):
            page.band(row + n, column, column, "fine number")
    return row + height


def _shortlisted(
    page: SheetWriter, plan: Plan, gate: Gate, row: int, readings: dict[str, str]
) -> None:
    """Every vendor's state at the shortlist, its points, and the points of those compared.

    A fault that hides points has no formula.
    """
    screened = plan.evaluation.screening
    first, last = min(plan.columns.values()), max(plan.columns.values())
    compared = f"{ref(first, row + 2)}:{ref(last, row + 2)}"
    for vendor, column in plan.columns.items():
        points, own = ref(column, row + 1), readings["points"].format(c=ref(column))
        if counted_at(screened, vendor) is None:
            page.text(row, column, screened.passages[vendor][gate.id].state, "result")
            page.text(row + 1, column, None, "fine print")
        else:
            ahead = f"SUMPRODUCT(ISNUMBER({compared})*({compared}>{points}))"
            better = f'IF({ahead}<{ref(BOUND, row)},"pass","fail")'
            page.formula(row, column, better, "result")
            page.formula(row + 1, column, own, "fine number")
        stopped = vendor in screened.incomplete or vendor in screened.excluded
        passed = "FALSE" if stopped else f'{_status(HEADER + 1, row - 1, column, False)}="eligible"'
        page.formula(row + 2, column, f'IF({passed},{points},"")', "fine number")


def _ends_of_ranges(plan: Plan, gate: Gate, vendor: str) -> tuple[float, float] | None:
    """The least and most points a vendor may have at a gate on a criterion, where it gave a range.

    What a value function makes of a range has no formula: its extremes may lie within.
    """
    if gate.criterion is None:
        return None
    evaluation, stated = plan.evaluation, plan.evaluation.stated
    counts, row = stated.composition[stated.at(gate.criterion)], evaluation.proposals.rows[vendor]
    leaves = (path for path, share in zip(stated.leaves, counts, strict=True) if share > 0)
    read = [evaluation.performance[path] for path in leaves]
    # a gate reads points before a knock-out, and Values holds those after it
    floors = [each.criterion for each in evaluation.rules.knock_out]
    knocked = any(under(at, gate.criterion) or under(gate.criterion, at) for at in floors)
    if all(a.low[row] == a.high[row] for a in read) and not knocked:
        return None
    least, most = (100 * weighted_sums(ends[[row]], counts) for ends in evaluation.bounds)
    return round(float(least[0]), 9), round(float(most[0]), 9)


def _bound(page: SheetWriter, row: int, bound: str | float | None) -> None:
    if isinstance(bound, str):
        page.text(row, BOUND, bound, "typed text").number_format = TEXT
    else:
        page.number(row, BOUND, bound, "typed")


def _bounds(gate: Gate, rules: Rules) -> list[str | float]:
    """What a gate asks: a bound, or the answers it accepts."""
    rule = gate.rule
    if rule.not_before is not None:
        named = {"as_of": rules.as_of, "start": rules.start}
        return [str(named.get(str(rule.not_before)) or rule.not_before)]
    number = rule.at_least if rule.at_least is not None else rule.at_most
    number = rule.best if rule.best is not None else number
    return [number] if number is not None else list(allowed_answers(gate))


def _found(plan: Plan, gate: Gate, within: dict[str, int]) -> dict[str, str]:
    """What a gate reads, by the name of its row; {c} stands for the vendor's column."""
    sheet = sheet_performance.SHEET
    if gate.criterion is not None:
        first, last = plan.leaf_rows(gate.criterion)
        column = within[gate.criterion]
        counts = f"{sheet_weights.SHEET}!{ref(column, first)}:{ref(column, last)}"
        values = f"{sheet_values.SHEET}!${{c}}${first}:${{c}}${last}"
        blank = f'({sheet}!${{c}}${first}:${{c}}${last}="")'
        least = f"SUMPRODUCT({counts},{values})"
        if gate.rule.best is not None:
            return {"points": f"ROUND({least},9)", "compared": ""}
        return {
            "points, least": f"ROUND({least},9)",
            "points, most": f"ROUND({least}+100*SUMPRODUCT({counts}*{blank}),9)",
        }
    read, numeric = str(gate.reads), reads_number(gate)

    def answer(row: int) -> str:
        return f'IF({sheet}!${{c}}${row}="","",{sheet}!${{c}}${row})'

    if numeric and read in plan.ends:
        low = plan.ends[read]
        return {"found, low": answer(low), "found, high": answer(low + 1)}
    return {"found": answer(plan.readings[read, numeric])}


def _state(gate: Gate, readings: list[str], bounds: str) -> str:
    """Pass, fail or unknown; nothing for a list that mixes numbers and texts: it is not live."""
    low, high, bound = readings[0], readings[-1], bounds.partition(":")[0]
    form = gate.rule.form
    if form in ("at_least", "at_most"):
        sure, open_ = ("{l}>={b}", "{h}>={b}") if form == "at_least" else ("{h}<={b}", "{l}<={b}")
        sure, open_ = (test.format(l=low, h=high, b=bound) for test in (sure, open_))
        decided = f'IF({sure},"pass",IF({open_},"unknown","fail"))'
        decided = f"IF(ISNUMBER({low})*ISNUMBER({high}),{decided},NA())"
    elif form == "not_before":
        day = 'VALUE(SUBSTITUTE({},"-",""))'
        decided = f'IF({day.format(low)}>={day.format(bound)},"pass","fail")'
    else:
        kinds = {type(allowed) for allowed in allowed_answers(gate)}
        if len(kinds) > 1:
            return ""
        listed = f"SUMPRODUCT(--EXACT({low},{bounds}))>0"
        if float in kinds:
            listed = f"AND({low}={high},SUMPRODUCT(--({bounds}={low}))>0)"
            listed = f"IF(ISNUMBER({low}),{listed},NA())"
        decided = f'IF({listed},"pass","fail")'
    return f'IF({low}="","unknown",{decided})'

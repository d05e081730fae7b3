"""The sheet *Weights*: every node's weight as entered, among its siblings and in the whole."""

from openpyxl import Workbook

from vendor_eval.award.stated_weights import stated_words
from vendor_eval.outputs.scorecard.book import PERCENT, SheetWriter, ref
from vendor_eval.outputs.scorecard.plan import Plan

SHEET = "Weights"
WHOLE, SHARE, TYPED, STATED, STATED_SHARE = 4, 5, 6, 7, 8
"""Columns: weight in the whole, share among siblings, typed weight; under a scenario, the last two
hold the rules' own weights and shares."""
PARENT = 3
TOP = "—"
"""What stands as the parent of a top-level criterion."""


def weights_sheet(book: Workbook, plan: Plan) -> dict[str, int]:
    """Writes the weights; the column, by gated criterion, of what each leaf counts within it."""
    evaluation = plan.evaluation
    scenario, stated = evaluation.scenario, stated_words(evaluation.rules)
    page = SheetWriter(
        book,
        SHEET,
        "Weights are compared among siblings, so any unit will do. Change the blue ones."
        + (f" Scenario: {scenario}." if scenario else f" {stated}".rstrip()),
    )
    floors = [each.criterion for each in evaluation.rules.knock_out]
    gated = [g.criterion for g in evaluation.rules.gates if g.criterion]
    gated = list(dict.fromkeys([*gated, *floors]))
    columns = {path: (STATED_SHARE if scenario else TYPED) + n for n, path in enumerate(gated, 1)}
    page.headings(
        {"Criterion": 38, "Path": 24, "Parent": 20}
        | {"Weight in the whole": 12, "Share among siblings": 12}
        | {f"Weight in {scenario}" if scenario else "Weight typed": 12}
        | ({"Weight in the rules": 12, "Share in the rules": 12} if scenario else {})
        | {
            f"Counts within {path}, for its {'floor' if path in floors else 'gate'}": 14
            for path in gated
        },
        numbers_from=WHOLE,
    )
    for _, row, path, criterion in plan.nodes():
        kind = page.node(row, path, criterion)
        parent = path.rpartition(".")[0]
        page.text(row, PARENT, parent or TOP, f"fine print{kind}")
        above = f"*{ref(WHOLE, plan.rows[parent])}" if parent else ""
        page.formula(row, WHOLE, f"{ref(SHARE, row)}{above}", f"computed{kind}", PERCENT)
        page.formula(row, SHARE, _share(plan, row, TYPED), f"computed{kind}", PERCENT)
        if scenario:
            changed = evaluation.rules.scenarios[scenario].weights.get(path)
            if changed is None:
                page.formula(row, TYPED, ref(STATED, row), f"computed{kind}")
            else:
                page.number(row, TYPED, changed, f"typed{kind}")
            page.number(row, STATED, criterion.weight, f"typed{kind}")
            page.formula(row, STATED_SHARE, _share(plan, row, STATED), f"computed{kind}", PERCENT)
        else:
            page.number(row, TYPED, criterion.weight, f"typed{kind}")
        for gate_path, column in columns.items():
            within = _within(plan, path, gate_path, STATED_SHARE if scenario else SHARE)
            if criterion.is_leaf and within:
                page.formula(row, column, within, "computed", PERCENT)
            else:
                page.band(row, column, column, f"fine print{kind}")
    page.finish()
    return columns


def _share(plan: Plan, row: int, typed: int) -> str:
    """A weight over the sum of all weights with the same parent."""
    last = max(plan.rows.values())
    parents = f"{ref(PARENT, min(plan.rows.values()))}:{ref(PARENT, last)}"
    weights = f"{ref(typed, min(plan.rows.values()))}:{ref(typed, last)}"
    return f"{ref(typed, row)}/SUMPRODUCT(({parents}={ref(PARENT, row)})*{weights})"


def _within(plan: Plan, path: str, branch: str, share: int) -> str:
    """The product of shares from a leaf up to, but not with, a branch; nothing outside it."""
    if path == branch:
        return "1"
    if not path.startswith(branch + "."):
        return ""
    factors = []
    while path != branch:
        factors.append(ref(share, plan.rows[path]))
        path = path.rpartition(".")[0]
    return "*".join(factors)

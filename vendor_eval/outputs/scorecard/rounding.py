"""The score as it ranks: live, and rounded where the rules say."""

from vendor_eval.evaluation.evaluation import DECIMALS
from vendor_eval.outputs.scorecard import sheet_values, sheet_weights
from vendor_eval.outputs.scorecard.book import ref
from vendor_eval.outputs.scorecard.plan import Plan


def ranked_score(plan: Plan, score: str, column: int) -> str:
    """The formula of one vendor's score as it ranks; `score` is the cell of the exact one."""
    rounding, tree = plan.evaluation.rules.rounding, plan.evaluation.tree
    if rounding is None:
        return f'IF(ISNUMBER({score}),ROUND({score},{DECIMALS}),"")'
    parts = []
    for path in tree.leaves:
        weight = f"{sheet_weights.SHEET}!{ref(sheet_weights.WHOLE, plan.rows[path])}"
        value = f"{sheet_values.SHEET}!{ref(column, plan.rows[path])}"
        parts.append(f"{weight}*{_rounded(value, rounding.decimals(path), rounding.how)}")
    summed = _rounded("+".join(parts), rounding.score, rounding.how)
    return f'IF(ISNUMBER({score}),{summed},"")'


def _rounded(points: str, decimals: int | None, how: str) -> str:
    """A spreadsheet's points to some decimals, float noise first taken off at the ninth."""
    exact = f"ROUND({points},{DECIMALS})"
    if decimals is None:
        return exact
    if how == "down":
        return f"ROUNDDOWN({exact},{decimals})"
    up = f"ROUND({exact},{decimals})"
    if how == "half_up":
        return up
    unit = 10**decimals
    half = f"ROUND(MOD({exact}*{unit},1),{DECIMALS - decimals})=0.5"
    return f"IF({half},2*ROUND({exact}*{unit}/2,0)/{unit},{up})"

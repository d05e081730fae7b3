"""What the price does: formulas compared on the same bids, and weights as they work out."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.price_formulas import OWN, PriceFormula
from vendor_eval.tables.html import NONE, Html, table


def price_formulas(assessment: Assessment) -> Html:
    """The winner under each price formula, and the losing bid that would change it."""
    told = assessment.price_formulas
    if len(assessment.evaluation.ranking) < 2:
        return Html("")
    rows, alarms = [], []
    for n, (name, formula) in enumerate(told.items()):
        shown = "the rules' own" if name == OWN else name.replace("_", " ")
        if formula.error is not None:
            rows.append([shown, NONE, f"cannot be applied: {formula.error}"])
            continue
        rows.append([shown, wording.listed(list(formula.first)), _reversals(formula)])
        if formula.reversals:
            alarms.append(n)
    head = ["Price formula", "First", "Does a losing bid decide?"]
    caption = "The same bids under every price formula"
    return table(caption, head, rows, prose=True, alarms=alarms)


def _reversals(formula: PriceFormula) -> str:
    if not formula.reversals:
        return "no"
    told = [
        f"without {bid}, {new or 'nobody alone'} is first" for bid, new in formula.reversals.items()
    ]
    return f"Yes: {wording.listed(told)}"


def effective_weights(assessment: Assessment) -> Html:
    """Each top-level criterion's stated weight, and what the bids' spread makes of it."""
    tree, told = assessment.evaluation.tree, assessment.effective_weights.top
    if len(assessment.evaluation.ranking) < 2:
        return Html("")
    rows, alarms = [], []
    for n, (path, weight) in enumerate(told.items()):
        effective = NONE if weight.effective is None else wording.percent(weight.effective)
        note = "more than a factor of two apart" if weight.warns else ""
        rows.append([tree.criterion(path).label, wording.percent(weight.stated), effective, note])
        if weight.warns:
            alarms.append(n)
    head = ["Criterion", "Stated", "Among these bids", ""]
    return table("Stated and effective weights", head, rows, alarms=alarms)

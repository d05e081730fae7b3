"""What the price does: formulas compared on the same bids, and weights as they work out."""

from vendor_eval import wording
from vendor_eval.analysis.formulas import OWN, PriceFormula
from vendor_eval.award.result import Result
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE


def price_formulas_sentence(result: Result) -> str:
    """Under how many other price formulas another vendor wins, and which a losing bid can turn."""
    valid = {n: f for n, f in result.price_formulas.items() if f.error is None}
    others = {n: f for n, f in valid.items() if n != OWN and not f.as_ruled}
    if not others or result.recommendation.vendor is None:
        return ""
    changed = [
        f"{name.replace('_', ' ')} ({wording.listed(formula.first, at_most=3)})"
        for name, formula in others.items()
        if formula.changes_winner
    ]
    ways = wording.counted(len(others), "other way")
    same = f"the same vendor wins under {wording.agreeing(len(others), 'it', 'each')}."
    other = f"another vendor wins under {wording.listed(changed, at_most=9)}."
    bids = "The same bids, without rounding" if result.rounding_decides else "The same bids"
    parts = [f"{bids}, with the price valued in {ways}: {other if changed else same}"]
    turned = [name.replace("_", " ") for name, formula in valid.items() if formula.reversals]
    if turned:
        parts.append(f"A losing bid decides the winner under {wording.listed(turned, at_most=9)}.")
    return " ".join(parts)


def effective_weights_sentence(result: Result) -> str:
    """Which top-level criteria decide more than twice, or less than half, of what was stated."""
    evaluation = result.evaluation
    weights = result.effective_weights.top
    if len(evaluation.ranking) < 2:
        return ""
    if all(weight.effective is None for weight in weights.values()):
        return "These bids do not differ, so no criterion decides between them."
    off = [
        f"{evaluation.tree.criterion(path).label} has a weight of {wording.percent(weight.stated)} "
        f"but decides {wording.percent(weight.effective or 0.0)}"
        for path, weight in weights.items()
        if weight.warns
    ]
    if not off:
        return "Among these bids no criterion decides twice, or half, of what its weight says."
    shown = wording.listed(off, at_most=3)
    return f"Because the bids differ more on some criteria than on others, {shown}."


def price_formulas_table(result: Result) -> Html:
    """The winner under each price formula, and the losing bid that would change it."""
    formulas = result.price_formulas
    if len(result.evaluation.ranking) < 2:
        return Html("")
    rows, alarms = [], []
    for n, (name, formula) in enumerate(formulas.items()):
        own = "the rules' own, without rounding" if result.rounding_decides else "the rules' own"
        shown = own if name == OWN else name.replace("_", " ")
        if formula.error is not None:
            rows.append([shown, NONE, f"cannot be applied: {formula.error}"])
            continue
        rows.append([shown, wording.listed(formula.first, at_most=3), _reversals(formula)])
        if formula.reversals:
            alarms.append(n)
    head = ["Price formula", "First", "Does a losing bid decide?"]
    caption = "The same bids under every price formula"
    return table(caption, head, rows, prose=True, alarms=alarms)


def _reversals(formula: PriceFormula) -> str:
    if not formula.reversals:
        return "no"
    reversals = [
        f"without {bid}, {new or 'nobody alone'} is first" for bid, new in formula.reversals.items()
    ]
    return f"Yes: {wording.listed(reversals, at_most=3)}"


def effective_weights_table(result: Result) -> Html:
    """Each top-level criterion's stated weight, and what the bids' spread makes of it."""
    tree, weights = result.evaluation.tree, result.effective_weights.top
    if len(result.evaluation.ranking) < 2:
        return Html("")
    rows, alarms = [], []
    for n, (path, weight) in enumerate(weights.items()):
        effective = NONE if weight.effective is None else wording.percent(weight.effective)
        note = "more than a factor of two apart" if weight.warns else ""
        rows.append([tree.criterion(path).label, wording.percent(weight.stated), effective, note])
        if weight.warns:
            alarms.append(n)
    head = ["Criterion", "Stated", "Among these bids", ""]
    return table("Stated and effective weights", head, rows, alarms=alarms)


def section(result: Result) -> Section:
    """The same bids under other price formulas, and what the weights come to."""
    if result.evaluation.rules.award_rule.form != "highest_score":
        return shown()
    priced = result.evaluation.rules.price is not None
    return shown(
        say(price_formulas_sentence(result)),
        price_formulas_table(result) if priced else Html(""),
        say(effective_weights_sentence(result)),
        effective_weights_table(result),
    )

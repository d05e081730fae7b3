"""What would change the winner, what is open, and what the price formula does."""

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.negotiation import Change
from vendor_eval.price_formulas import OWN
from vendor_eval.sentences.amounts import counted, priced
from vendor_eval.unknowns import Question


def weight_changes(assessment: Assessment) -> str:
    """The smallest change of the top-level weights that puts another vendor first."""
    changes = {v: c for v, c in assessment.weight_changes.items() if c is not None}
    never = [v for v, c in assessment.weight_changes.items() if c is None]
    if not assessment.weight_changes:
        return ""
    parts = []
    if changes:
        vendor = min(changes, key=lambda v: (changes[v].total, v))
        # what one criterion gains another loses, so half of all moves is what is moved
        moved = wording.percent_above(changes[vendor].total / 2)
        parts.append(
            f"Moving {moved} of the weight is enough to put {vendor} level with the first."
        )
    if never:
        verb = "is" if len(never) == 1 else "are"
        parts.append(f"{wording.listed(never)} {verb} not first under any weights.")
    return " ".join(parts)


def questions(assessment: Assessment) -> str:
    """How many of the open answers could change the winner, and which to ask first."""
    asked = assessment.questions
    if not asked:
        if not assessment.evaluation.ranking:
            return "No vendor is eligible, so no answer could change the winner."
        return "Every eligible vendor has answered everything with a single value."
    turning = [question for question in asked if question.could_change]
    number = wording.counted(len(asked), "open question")
    if not turning:
        return f"None of the {number}, whatever the answer, could change the winner."
    first = turning[0]
    told = f"{len(turning)} of {number} could change the winner."
    return f"{told} Ask {first.vendor} first: {', '.join(topics(assessment, first))}."


def topics(assessment: Assessment, question: Question) -> list[str]:
    """What a question is about, by label."""
    evaluation = assessment.evaluation
    gates = {gate.id: gate.label for gate in evaluation.rules.gates}
    if question.kind == "gates":
        return [gates[gate] for gate in question.about]
    return [evaluation.tree.criterion(path).label for path in question.about]


def negotiation(assessment: Assessment) -> str:
    """What the next vendor would have to ask to win, and up to what price the first one holds."""
    evaluation, award = assessment.evaluation, assessment.recommendation
    public = evaluation.rules.procedure == "public"  # what was offered can no longer be changed
    if award.vendor is None or award.runner_up is None or public:
        return ""
    path = evaluation.rules.price_path
    parts = []
    cut = price_cut(assessment, award.runner_up)
    if cut:
        alone = ", all else equal" if counted(evaluation) else ""
        level = f"{award.runner_up} draws level with {award.vendor}"
        parts.append(f"{level} at a price {cut} lower{alone}.")
    else:
        parts.append(f"No price alone brings {award.runner_up} level with {award.vendor}.")
    held = assessment.holds_until.get(path)
    if held and isinstance(held.to, float):
        limit = priced(evaluation, held.to)
        parts.append(f"{award.vendor} stays ahead until its own price reaches {limit}.")
    return " ".join(parts)


def price_cut(assessment: Assessment, vendor: str) -> str | None:
    """The price cut, rounded up, that draws a vendor level with the first; None if none does."""
    rules = assessment.evaluation.rules
    change: Change | None = assessment.to_win.get(vendor, {}).get(rules.price_path)
    if change is None or not isinstance(change.start, float) or not isinstance(change.to, float):
        return None
    cut = change.start - change.to
    return wording.money_above(cut, rules.currency) if cut > 0 else None


def price_formulas(assessment: Assessment) -> str:
    """Under how many other price formulas another vendor wins, and which a losing bid can turn."""
    told = {n: f for n, f in assessment.price_formulas.items() if f.error is None}
    others = {n: f for n, f in told.items() if n != OWN and not f.as_ruled}
    if not others or assessment.recommendation.vendor is None:
        return ""
    changed = [
        f"{name.replace('_', ' ')} ({wording.listed(list(formula.first))})"
        for name, formula in others.items()
        if formula.changes_winner
    ]
    parts = [
        f"The same bids, with the price valued in {len(others)} other ways: "
        + (
            f"another vendor wins under {wording.listed(changed, at_most=9)}."
            if changed
            else "the same vendor wins under each."
        )
    ]
    turned = [name.replace("_", " ") for name, formula in told.items() if formula.reversals]
    if turned:
        parts.append(f"A losing bid decides the winner under {wording.listed(turned, at_most=9)}.")
    return " ".join(parts)


def effective_weights(assessment: Assessment) -> str:
    """Which top-level criteria decide more than twice, or less than half, of what was stated."""
    evaluation = assessment.evaluation
    told = assessment.effective_weights.top
    if len(evaluation.ranking) < 2:
        return ""
    if all(weight.effective is None for weight in told.values()):
        return "These bids do not differ, so no criterion decides between them."
    off = [
        f"{evaluation.tree.criterion(path).label} was given {wording.percent(weight.stated)} "
        f"and decides {wording.percent(weight.effective or 0.0)}"
        for path, weight in told.items()
        if weight.warns
    ]
    if not off:
        return "Among these bids no criterion decides twice, or half, of what its weight says."
    return f"Because the bids differ more on some criteria than on others, {wording.listed(off)}."


def point_price(assessment: Assessment) -> str:
    """What one point of the final score costs at the first vendor's price."""
    price, currency = assessment.point_price, assessment.evaluation.rules.currency
    if price is None:
        return ""
    told = [p for p in (price.cheaper, price.dearer) if p is not None]
    if not told:
        return f"At {price.vendor}'s price a point has no price: {price.note}."
    shown = wording.listed(list(dict.fromkeys(wording.money_about(p, currency) for p in told)))
    return f"At {price.vendor}'s price one point of the score is worth {shown}."

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
    return " ".join([*parts, *never_first(assessment)])


def never_first(assessment: Assessment) -> list[str]:
    """Who is first under no weights at all, and who only under weights within a branch."""
    possible = assessment.potentially_optimal
    behind = [v for v, change in assessment.weight_changes.items() if change is None]
    never, within = ([v for v in behind if possible[v] is able] for able in (False, True))
    parts = []
    if never:
        verb = wording.agreeing(len(never), "is", "are")
        parts.append(
            f"{wording.listed(never)} {verb} first under no weights, at any level of the criteria."
        )
    if within:
        verb = wording.agreeing(len(within), "is", "are")
        parts.append(
            f"{wording.listed(within)} {verb} first under no top-level weights, only where weights "
            "within a group of criteria change too."
        )
    return parts


def questions(assessment: Assessment) -> str:
    """How many of the open answers could change the winner, and which to ask first."""
    asked = assessment.questions
    if not asked:
        if not assessment.evaluation.ranking:
            return "No vendor is eligible, so no answer could change the winner."
        return "Every eligible vendor has answered everything with a single value."
    turning = [question for question in asked if question.could_change]
    told = wording.begun(wording.part_of(len(turning), len(asked), "open question"))
    if not turning:
        return f"{told} could change the winner, regardless of the answer."
    asks = f"Ask {turning[0].vendor}{' first' if len(asked) > 1 else ''}"
    about = ", ".join(topics(assessment, turning[0]))
    return f"{told} could change the winner. {asks}: {about}."


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
    change = price_change(assessment, award.runner_up)
    if change:
        alone = ", all else equal" if counted(evaluation) else ""
        parts.append(f"{award.runner_up} is at least level with {award.vendor} if {change}{alone}.")
    else:
        parts.append(f"No price alone brings {award.runner_up} level with {award.vendor}.")
    held = assessment.holds_until.get(path)
    if held and isinstance(held.to, float):
        limit = priced(evaluation, held.to)
        until = f"is more than {limit}" if held.open_end else f"reaches {limit}"
        parts.append(f"{award.vendor} stays ahead until its own price {until}.")
    return " ".join(parts)


def price_change(assessment: Assessment, vendor: str) -> str | None:
    """The price cut that draws a vendor level with the first, rounded up, as "€12,600 cheaper".

    None if no cut does. Where only a price beyond an edge wins, such as the
    next step of a scale, the edge is told: "more than €50,000 cheaper (a price below €900,000)".
    """
    evaluation = assessment.evaluation
    currency = evaluation.rules.currency
    change: Change | None = assessment.to_win.get(vendor, {}).get(evaluation.rules.price_path)
    if change is None or not isinstance(change.start, float) or not isinstance(change.to, float):
        return None
    cut = change.start - change.to
    if cut < 0 or (cut == 0 and not change.open_end):
        return None
    if not change.open_end:
        return f"{wording.money_above(cut, currency)} cheaper"
    shown = f"more than {wording.money_above(cut, currency)} cheaper" if cut else "cheaper"
    return f"{shown} (a price below {wording.money(change.to, currency)})"


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
    ways = wording.counted(len(others), "other way")
    same = f"the same vendor wins under {wording.agreeing(len(others), 'it', 'each')}."
    other = f"another vendor wins under {wording.listed(changed, at_most=9)}."
    parts = [f"The same bids, with the price valued in {ways}: {other if changed else same}"]
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

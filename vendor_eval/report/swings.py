"""What is asked of a stakeholder: each criterion's real ends, with label, unit and currency."""

import math

from vendor_eval import wording
from vendor_eval.elicitation.elicitation import Elicitation
from vendor_eval.elicitation.swing import End, Swing, spans
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.report.why import node_labels


def swing_ends(evaluation: Evaluation, swing: Swing) -> tuple[str, str]:
    """The worst and the best answer of a leaf in words, as "€21,000,000" and "€12,000,000"."""
    unit = evaluation.tree.criterion(swing.path).unit or ""
    currency = evaluation.rules.currency
    worst, best = (_end(end, unit, currency) for end in (swing.worst, swing.best))
    return worst, best


def swing_question_sentence(elicitation: Elicitation) -> str:
    """What to ask for swing weights, with the real ends of the price and of another criterion."""
    evaluation = elicitation.agreed
    leaves, weights = evaluation.tree.leaves, evaluation.tree.weights
    price = evaluation.price_path
    if price is None:  # the heaviest leaf is asked about in its place
        price = max(leaves, key=lambda path: weights[evaluation.tree.at(path)])
    others = [path for path in leaves if path != price]
    if not others:
        return "There is one criterion, so there is nothing to weigh."
    # one outside the price's branch makes the harder and truer choice
    apart = [path for path in others if path.split(".")[0] != price.split(".")[0]] or others
    heaviest = max(apart, key=lambda path: weights[evaluation.tree.at(path)])
    moves = [_move(elicitation, path) for path in (price, heaviest)]
    asked = f"What is worth more to you: {moves[0]}, or {moves[1]}?"
    return (
        f"{asked} Imagine a bid that is at its worst on everything. Which criterion would you lift "
        "to its best first? That one is worth 100 points; what is each of the others worth?"
        + _own_ranges(elicitation)
    )


def _own_ranges(elicitation: Elicitation) -> str:
    labels = [
        elicitation.agreed.tree.criterion(path).label
        for path, s in elicitation.swings.items()
        if s.of_bids
    ]
    if not labels:
        return ""
    return (
        f" The rules fix no range for {wording.listed(labels, at_most=9)}: these are the worst and "
        "best of the eligible bids, so judge again if the bids change."
    )


def _move(elicitation: Elicitation, path: str) -> str:
    worst, best = swing_ends(elicitation.agreed, elicitation.swings[path])
    return f"\u201c{elicitation.agreed.tree.criterion(path).label}\u201d from {worst} to {best}"


def _end(end: End, unit: str, currency: str) -> str:
    match end:
        case ():
            return "no eligible bid"
        case (float(low), float(high)):
            return _numbers(low, high, unit, currency)
        case (one,):
            return str(one)
        case (first, second):
            return f"{first} or {second}"
    return f"{end[0]} or {len(end) - 1} others alike"


def _numbers(low: float, high: float, unit: str, currency: str) -> str:
    if low == high:
        return _number(low, unit, currency)
    if math.isinf(low):
        return f"less than {_number(high, unit, currency)}"
    if math.isinf(high):
        return f"{_number(low, unit, currency)} or more"
    return f"{_number(low, unit, currency)} to less than {_number(high, unit, currency)}"


def _number(x: float, unit: str, currency: str) -> str:
    """A number with its unit; what is in the rules' currency is money."""
    if unit == currency or unit.startswith(f"{currency} "):
        return f"{wording.money(x, currency)}{unit.removeprefix(currency)}"
    return f"{wording.grouped(x)}{wording.NO_BREAK}{unit}" if unit else wording.grouped(x)


def swings_table(elicitation: Elicitation) -> Html:
    """The worst and the best end of every criterion: what a weight is a weight of."""
    evaluation = elicitation.agreed
    covered = spans(evaluation.tree, elicitation.swings)
    rows = []
    for path, label in zip(evaluation.tree.paths, node_labels(evaluation), strict=True):
        part = f" ({wording.points(covered[path])} points)" if round(covered[path], 9) < 1 else ""
        if path not in elicitation.swings:
            rows.append([label, "all under it at their worst", f"all at their best{part}"])
            continue
        worst, best = swing_ends(evaluation, elicitation.swings[path])
        own = " (of the bids)" if elicitation.swings[path].of_bids else ""
        rows.append([label, f"{worst}{own}", f"{best}{own}{part}"])
    head = ["Criterion", "From its worst", "To its best"]
    caption = (
        "What each weight is a weight of; in brackets the value between, where it is not 100 points"
    )
    return table(caption, head, rows, prose=True)


def section(elicitation: Elicitation) -> Section:
    """What is asked of stakeholders."""
    return shown(say(swing_question_sentence(elicitation)), swings_table(elicitation))

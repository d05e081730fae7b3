"""Section: what to negotiate, one answer at a time."""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR

from vendor_eval import wording
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.analysis.required_changes.trials import Aim
from vendor_eval.award.amounts import counted, priced
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.price import price_change
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.values.function import ValueFunction

Answer = float | str | None


def negotiation_sentence(result: Result) -> str:
    """What the next vendor would have to ask to win, and up to what price the first one holds."""
    evaluation, award = result.evaluation, result.recommendation
    public = evaluation.rules.procedure == "public"  # what was offered can no longer be changed
    if award.vendor is None or award.runner_up is None or public:
        return ""
    path = evaluation.price_path
    if evaluation.priced is None or result.rounding_decides:
        return ""
    parts = []
    change = price_change(result, award.runner_up)
    if change:
        alone = ", all else equal" if counted(evaluation) else ""
        parts.append(f"{award.runner_up} is at least level with {award.vendor} if {change}{alone}.")
    else:
        parts.append(f"No price alone brings {award.runner_up} level with {award.vendor}.")
    held = result.holds_until.get(path or "")
    if award.vendor in result.level_prices:
        held = Change(0.0, evaluation.price(award.vendor), result.level_prices[award.vendor])
    if held and isinstance(held.to, float):
        limit = _price_kept(evaluation, held.to)
        until = f"is more than {limit}" if held.open_end else f"reaches {limit}"
        parts.append(f"{award.vendor} stays ahead until its own price {until}.")
    return " ".join(parts)


def _price_kept(evaluation: Evaluation, limit: Answer) -> str:
    """A price up to which something holds, rounded down."""
    if not isinstance(limit, float):
        return answer_words(limit)
    whole = counted(evaluation) and limit >= 1000
    return priced(evaluation, wording.floored_amount(limit, 0 if whole else 2))


PRICE = "Price"
SIGNIFICANT = 3
"""Digits of a measured number that people say."""
DECIMAL = re.compile(r"\d\.(\d+)")


def entered_decimals(evaluation: Evaluation, path: str) -> int:
    """The decimals with which answers on a criterion are entered.

    Of measured numbers, which nobody entered, those that make three significant digits.
    """
    leaf, read = evaluation.tree.criterion(path), evaluation.performance[path]
    if leaf.measure is None:
        answers = evaluation.proposals.answers[str(leaf.reads)]
        return max((len(d) for text in answers for d in DECIMAL.findall(str(text))), default=0)
    largest = max((abs(float(x)) for x in read.likely[read.given]), default=0.0)
    return max(0, SIGNIFICANT - 1 - math.floor(math.log10(largest))) if largest else 0


def rounded_change(change: Change, decimals: int, aim: Aim) -> float | None:
    """The number a change ends at, to some decimals; None where it is no number.

    It is rounded so that what holds of the exact one holds of it: past it for an answer that must
    be reached, short of it for one up to which something holds.
    """
    if not isinstance(change.to, float):
        return None
    if not isinstance(change.start, float) or change.start == change.to:
        return float(wording.rounded(change.to, decimals))
    up = (change.to > change.start) == (aim == "win")
    rounding = ROUND_CEILING if up else ROUND_FLOOR
    return float(wording.quantized(wording.nine_decimals(change.to), decimals, rounding))


def to_win_table(result: Result) -> Html:
    """For every rival the one answer that would draw it level, criterion by criterion."""
    evaluation, changes = result.evaluation, result.to_win
    if not changes:
        return Html("")
    tree = evaluation.tree
    leaves = [p for p in tree.leaves if any(by_leaf[p] for by_leaf in changes.values())]
    labels = [tree.criterion(path).label for path in leaves]
    left = len(tree.leaves) - len(leaves)
    divided = [PRICE] if result.level_prices else []
    labels += [*divided, *([wording.other_criteria(left, len(leaves))] if left else [])]
    cuts = {vendor: price_change(result, vendor, wording.money_above) for vendor in changes}

    def cell(row: int, vendor: str) -> str:
        if divided and row == len(leaves):
            return cuts[vendor] or "not enough"
        if row >= len(leaves):
            return "not enough"
        if leaves[row] == evaluation.price_path and (cut := cuts[vendor]):
            return cut
        change = changes[vendor][leaves[row]]
        if change is None:
            return "not enough"
        return _from_to(evaluation, leaves[row], change, "win")

    caption = (
        "Single answers that bring a vendor level with the first: from today's to the one needed"
    )
    return across(caption, "Criterion", labels, list(changes), cell)


def holds_until_table(result: Result) -> Html:
    """How much worse each of the winner's answers may turn out before it is only level."""
    tree, changes = result.evaluation.tree, result.holds_until
    if not changes:
        return Html("")

    rows = [
        [tree.criterion(path).label, _limit(result.evaluation, path, change)]
        for path, change in changes.items()
        if change is not None
    ]
    left = len(changes) - len(rows)
    rows += [[wording.other_criteria(left, len(rows)), "however bad"]] if left else []
    caption = f"How much worse each answer of {result.recommendation.vendor} may turn out"
    return table(caption, ["Criterion", "From today's to the limit"], rows)


def _from_to(evaluation: Evaluation, path: str, change: Change, aim: Aim) -> str:
    side = _side(evaluation.tree.criterion(path).value, aim)
    beyond = f"{side} " if change.open_end else ""
    end = _end(evaluation, path, change, aim)
    return f"{_start(evaluation, path, change)} \u2192 {beyond}{end}"


def _start(evaluation: Evaluation, path: str, change: Change) -> str:
    if not isinstance(change.start, float):
        return answer_words(change.start)
    decimals = entered_decimals(evaluation, path) + 1
    return answer_words(float(wording.rounded(change.start, decimals)))


def _end(evaluation: Evaluation, path: str, change: Change, aim: Aim) -> str:
    """Where a change ends, in one decimal more than answers are entered with.

    A threshold is shown as the rules state it: what lies beyond it counts.
    """
    if change.open_end:
        return answer_words(change.to)
    number = rounded_change(change, entered_decimals(evaluation, path) + 1, aim)
    return answer_words(change.to if number is None else number)


def _limit(evaluation: Evaluation, path: str, change: Change) -> str:
    """How far an answer may turn out worse: to where it is level, or to the step that loses."""
    function = evaluation.tree.criterion(path).value
    if path == evaluation.price_path and isinstance(change.to, float):
        start, end = (_price_kept(evaluation, a) for a in (change.start, change.to))
        beyond = f"{_side(function, 'lose')} " if change.open_end else ""
        return f"{start} \u2192 {beyond}{end}"
    if function is not None and function.stepped and not change.open_end:
        lost = answer_words(change.to)
        return f"{_start(evaluation, path, change)} \u2192 lost at {lost}"
    return _from_to(evaluation, path, change, "lose")


def _side(function: ValueFunction | None, aim: Aim) -> str:
    """On which side of an open end the answers that suffice lie."""
    if function is None or not function.relative:
        return "below"  # a step falls, or is left, just before its threshold
    return "above" if (function.slope == "max") == (aim == "win") else "below"


def answer_words(answer: Answer) -> str:
    """An answer in words: "blank", a level as it was given, or a number to six digits."""
    if answer is None:
        return "blank"
    return answer if isinstance(answer, str) else wording.number(answer)


def section(result: Result) -> Section:
    """What to negotiate, and how much worse an answer may turn out."""
    return shown(say(negotiation_sentence(result)), to_win_table(result), holds_until_table(result))

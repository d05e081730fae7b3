"""Section: what to negotiate, one answer at a time."""

from collections.abc import Callable
from typing import Literal

from vendor_eval import wording
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.award.amounts import counted, priced
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, across, say, table
from vendor_eval.report.price import price_change
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.rules.values.function import ValueFunction


def negotiation_sentence(result: Result) -> str:
    """What the next vendor would have to ask to win, and up to what price the first one holds."""
    evaluation, award = result.evaluation, result.recommendation
    public = evaluation.rules.procedure == "public"  # what was offered can no longer be changed
    if award.vendor is None or award.runner_up is None or public:
        return ""
    path = evaluation.price_path
    parts = []
    change = price_change(result, award.runner_up)
    if change:
        alone = ", all else equal" if counted(evaluation) else ""
        parts.append(f"{award.runner_up} is at least level with {award.vendor} if {change}{alone}.")
    else:
        parts.append(f"No price alone brings {award.runner_up} level with {award.vendor}.")
    held = result.holds_until.get(path)
    if held and isinstance(held.to, float):
        limit = _price_kept(evaluation, held.to)
        until = f"is more than {limit}" if held.open_end else f"reaches {limit}"
        parts.append(f"{award.vendor} stays ahead until its own price {until}.")
    return " ".join(parts)


def _price_kept(evaluation: Evaluation, limit: float) -> str:
    """A price up to which something holds, rounded down."""
    whole = counted(evaluation) and limit >= 1000
    return priced(evaluation, wording.floored(limit, 0 if whole else 2))


Answer = float | str | None
Shown = Callable[[Answer], str]
"""How an answer on a criterion is worded."""


def to_win_table(result: Result) -> Html:
    """For every rival the one answer that would draw it level, criterion by criterion."""
    evaluation, changes = result.evaluation, result.to_win
    if not changes:
        return Html("")
    tree = evaluation.tree
    leaves = [p for p in tree.leaves if any(by_leaf[p] for by_leaf in changes.values())]
    labels = [tree.criterion(path).label for path in leaves]
    left = len(tree.leaves) - len(leaves)
    labels += [wording.other_criteria(left, len(leaves))] if left else []

    def cell(row: int, vendor: str) -> str:
        if row == len(leaves):
            return "not enough"
        function = tree.criterion(leaves[row]).value
        if leaves[row] == evaluation.price_path and (cut := price_change(result, vendor)):
            return cut
        return _from_to(
            changes[vendor][leaves[row]], "not enough", _side(function, "win"), answer_words
        )

    caption = (
        "Single answers that bring a vendor level with the first: from today's to the one needed"
    )
    return across(caption, "Criterion", labels, list(changes), cell)


def holds_until_table(result: Result) -> Html:
    """How much worse each of the winner's answers may turn out before it is only level."""
    tree, changes = result.evaluation.tree, result.holds_until
    if not changes:
        return Html("")

    def price(amount: Answer) -> str:
        evaluation = result.evaluation
        return (
            _price_kept(evaluation, amount) if isinstance(amount, float) else answer_words(amount)
        )

    def answer(path: str) -> Shown:
        return price if path == result.evaluation.price_path else answer_words

    rows = [
        [tree.criterion(path).label, _limit(change, tree.criterion(path).value, answer(path))]
        for path, change in changes.items()
        if change is not None
    ]
    left = len(changes) - len(rows)
    rows += [[wording.other_criteria(left, len(rows)), "however bad"]] if left else []
    caption = f"How much worse each answer of {result.recommendation.vendor} may turn out"
    return table(caption, ["Criterion", "From today's to the limit"], rows)


def _from_to(change: Change | None, none: str, side: str, shown: Shown) -> str:
    if change is None:
        return none
    beyond = f"{side} " if change.open_end else ""
    return f"{shown(change.start)} \u2192 {beyond}{shown(change.to)}"


def _limit(change: Change, function: ValueFunction | None, shown: Shown) -> str:
    """How far an answer may turn out worse: to where it is level, or to the step that loses."""
    if function is not None and function.stepped and not change.open_end:
        return f"{shown(change.start)} \u2192 lost at {shown(change.to)}"
    return _from_to(change, "", _side(function, "lose"), shown)


def _side(function: ValueFunction | None, aim: Literal["win", "lose"]) -> str:
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

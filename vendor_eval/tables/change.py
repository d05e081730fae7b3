"""What would change the winner: weights, answers, gates; and what is worth asking."""

from collections.abc import Callable
from typing import Literal

from vendor_eval import wording
from vendor_eval.award import Assessment
from vendor_eval.negotiation import Change
from vendor_eval.sentences import price_change, priced, topics
from vendor_eval.tables.html import NONE, Html, across, table
from vendor_eval.values import ValueFunction

Answer = float | str | None
Shown = Callable[[Answer], str]
"""How an answer on a criterion is worded."""


def weight_changes(assessment: Assessment) -> Html:
    """For every rival the smallest change of the top-level weights that draws it level."""
    tree, changes = assessment.evaluation.tree, assessment.weight_changes
    if not changes:
        return Html("")
    rows = []
    for vendor, change in changes.items():
        if change is None:
            within = assessment.potentially_optimal[vendor]
            none = "no top-level weights put it first" if within else "no weights put it first"
            rows.append([vendor, NONE, none])
            continue
        told = [
            f"{tree.criterion(path).label} {wording.percent(share)}"
            f" (now {wording.percent(float(tree.shares[tree.at(path)]))})"
            for path, share in change.weights.items()
        ]
        rows.append([vendor, wording.percent_above(change.total / 2), ", ".join(told)])
    head = ["Vendor", "Weight to move", "Weights then"]
    return table("The smallest change of weights that draws each level", head, rows, prose=True)


def to_win(assessment: Assessment) -> Html:
    """For every rival the one answer that would draw it level, criterion by criterion."""
    evaluation, changes = assessment.evaluation, assessment.to_win
    if not changes:
        return Html("")
    tree = evaluation.tree
    leaves = [p for p in tree.leaves if any(told[p] for told in changes.values())]
    labels = [tree.criterion(path).label for path in leaves]
    left = len(tree.leaves) - len(leaves)
    labels += [wording.other_criteria(left, len(leaves))] if left else []

    def cell(row: int, vendor: str) -> str:
        if row == len(leaves):
            return "not enough"
        function = tree.criterion(leaves[row]).value
        if leaves[row] == evaluation.rules.price_path and (cut := price_change(assessment, vendor)):
            return cut
        return _told(changes[vendor][leaves[row]], "not enough", _side(function, "win"), _answer)

    caption = (
        "One answer that alone draws a vendor level with the first: from today's to the needed"
    )
    return across(caption, "Criterion", labels, list(changes), cell)


def holds_until(assessment: Assessment) -> Html:
    """How much worse each of the winner's answers may turn out before it is only level."""
    tree, changes = assessment.evaluation.tree, assessment.holds_until
    if not changes:
        return Html("")

    def price(amount: Answer) -> str:
        return (
            priced(assessment.evaluation, amount) if isinstance(amount, float) else _answer(amount)
        )

    def answer(path: str) -> Shown:
        return price if path == assessment.evaluation.rules.price_path else _answer

    rows = [
        [tree.criterion(path).label, _limit(change, tree.criterion(path).value, answer(path))]
        for path, change in changes.items()
        if change is not None
    ]
    left = len(changes) - len(rows)
    rows += [[wording.other_criteria(left, len(rows)), "however bad"]] if left else []
    caption = f"How much worse each answer of {assessment.recommendation.vendor} may turn out"
    return table(caption, ["Criterion", "From today's to the limit"], rows)


def _told(change: Change | None, none: str, side: str, shown: Shown) -> str:
    if change is None:
        return none
    beyond = f"{side} " if change.open_end else ""
    return f"{shown(change.start)} \u2192 {beyond}{shown(change.to)}"


def _limit(change: Change, function: ValueFunction | None, shown: Shown) -> str:
    """How far an answer may turn out worse: to where it is level, or to the step that loses."""
    if function is not None and function.stepped and not change.open_end:
        return f"{shown(change.start)} \u2192 lost at {shown(change.to)}"
    return _told(change, "", _side(function, "lose"), shown)


def _side(function: ValueFunction | None, aim: Literal["win", "lose"]) -> str:
    """On which side of an open end the answers that suffice lie."""
    if function is None or not function.relative:
        return "below"  # a step falls, or is left, just before its threshold
    return "above" if (function.slope == "max") == (aim == "win") else "below"


def _answer(answer: Answer) -> str:
    if answer is None:
        return "blank"
    return answer if isinstance(answer, str) else wording.number(answer)


def to_qualify(assessment: Assessment) -> Html:
    """What keeps each excluded or undecided vendor out, and the rank it would have."""
    rows = [
        [
            vendor,
            "; ".join(
                f"{h.label}: needs {h.asks}, found {_answer(h.found) if h.found else 'nothing'}"
                for h in told.hurdles
            ),
            wording.ordinal(told.shadow_rank) if told.shadow_rank else "not scored",
        ]
        for vendor, told in assessment.to_qualify.items()
    ]
    if not rows:
        return Html("")
    head = ["Vendor", "What is missing", "Rank if it passed"]
    return table("Vendors outside the ranking", head, rows, prose=True)


def questions(assessment: Assessment) -> Html:
    """The clarification questions, those that could change the winner first."""
    rows = []
    for question in assessment.questions:
        if not question.could_change:
            effect = "no answer changes the winner"
        else:
            effect = (
                f"could put {wording.listed(list(question.to))} first"
                if question.to
                else "could tie"
            )
        about = ", ".join(topics(assessment, question))
        worth = NONE if question.expected_loss is None else f"{question.expected_loss:.2f}"
        rows.append([question.vendor, about, question.found or "not shown", effect, worth])
    if not rows:
        return Html("")
    head = ["Vendor", "About", "Given", "Effect", "Points at stake"]
    caption = "What is worth asking; points expected to be lost by not knowing"
    return table(caption, head, rows, prose=True)

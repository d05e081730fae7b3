"""How a criterion's answers get their points, in words that a letter can hold."""

from collections.abc import Callable, Mapping
from typing import Any

from vendor_eval import wording
from vendor_eval.award.account import Assessed
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.values.named import typed_form

Amounts = Callable[[float], str]
"""A number on the criterion, with its unit."""


def scale_words(evaluation: Evaluation, each: Assessed) -> str:
    """How the answers on a criterion get their points, and what a blank one gets."""
    if each.judged:
        levels = evaluation.rules.scale(each.path).levels
        return "; ".join(
            f"level {lvl.level} ({lvl.label}): {lvl.points or 0:g} points" for lvl in levels
        )
    leaf = evaluation.tree.criterion(each.path)
    blank = "; no answer: 0 points" if leaf.missing == "worst" else ""
    return f"{_function_words(leaf)}{blank}"


def _function_words(leaf: Criterion) -> str:
    if leaf.value is None:
        return "no points"
    [(name, entered)] = typed_form(leaf.value).items()
    if name not in WORDS:
        return leaf.value.about.rstrip(".")
    unit = leaf.unit or ""
    return WORDS[name](entered, lambda x: f"{wording.grouped(float(x))} {unit}".strip())


def _linear(entered: Any, amount: Amounts) -> str:
    worst, best = amount(entered["worst"]), amount(entered["best"])
    return f"{worst}: 0 points; {best}: 100; in proportion between"


def _piecewise(entered: Any, amount: Amounts) -> str:
    (x, points), *others = entered["points"]
    later = "".join(f"; {amount(at)}: {worth:g}" for at, worth in others)
    return f"{amount(x)}: {points:g} points{later}; in proportion between"


def _steps(entered: Any, amount: Amounts) -> str:
    (x, points), *others = entered["at_least"]
    later = "".join(f"; {amount(at)} or more: {worth:g}" for at, worth in others)
    below = entered.get("below", 0)
    return f"under {amount(x)}: {below:g} points; {amount(x)} or more: {points:g}{later}"


def _levels(entered: Any, amount: Amounts) -> str:
    return "; ".join(f"{answer}: {points:g} points" for answer, points in entered.items())


def _range(entered: Any, amount: Amounts) -> str:
    worst, best = ("lowest", "highest") if entered["direction"] == "max" else ("highest", "lowest")
    return f"the {worst} answer of all bids: 0 points; the {best}: 100; in proportion between"


def _mean(entered: Any, amount: Amounts) -> str:
    better = "below" if entered["direction"] == "min" else "above"
    each = f"{entered['points_per_percent']:g}"
    return f"50 points at the mean of all bids; {each} points more for each per cent {better} it"


WORDS: Mapping[str, Callable[[Any, Amounts], str]] = {
    "linear": _linear,
    "piecewise": _piecewise,
    "steps": _steps,
    "levels": _levels,
    "identity": lambda _entered, _amount: "the answer counts directly as points (0 to 100)",
    "lowest_over_this": lambda _entered, _amount: "100 points \u00d7 the lowest answer / yours",
    "this_over_highest": lambda _entered, _amount: "100 points \u00d7 your answer / the highest",
    "linear_range": _range,
    "above_lowest": lambda _entered, _amount: (
        "the lowest answer: 100 points; 1 point less for each per cent above it"
    ),
    "mean_based": _mean,
}
"""Value functions in words; another is described as it describes itself."""

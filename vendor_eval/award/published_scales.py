"""How a criterion's answers get their points, in words that a letter can hold."""

from collections.abc import Mapping, Sequence

from vendor_eval import wording
from vendor_eval.award.account import Assessed
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.values.named import typed_form


def scale_words(evaluation: Evaluation, each: Assessed) -> str:
    """How the answers on a criterion get their points."""
    if each.judged:
        levels = evaluation.rules.scale(each.path).levels
        worth = [f"{lvl.level} {lvl.label}: {lvl.points or 0:g}" for lvl in levels]
        return f"levels by the evaluators, in points: {'; '.join(worth)}"
    value = evaluation.tree.criterion(each.path).value
    if value is None:
        return "no points"
    [(name, entered)] = typed_form(value).items()
    if not entered:
        return value.about.rstrip(".")
    parts = entered.items() if isinstance(entered, Mapping) else [("", entered)]
    shown = "; ".join(f"{key} {_entered(part)}".strip() for key, part in parts)
    return f"{name.replace('_', ' ')}{f': {shown}' if shown else ''}"


def _entered(part: object) -> str:
    if isinstance(part, float):
        return wording.grouped(part)
    if isinstance(part, Sequence) and not isinstance(part, str):
        pairs = (p if isinstance(p, Sequence) and not isinstance(p, str) else [p] for p in part)
        return ", ".join(" is worth ".join(map(_entered, pair)) for pair in pairs)
    if isinstance(part, Mapping):
        return ", ".join(f"{key} {_entered(value)}" for key, value in part.items())
    return str(part)

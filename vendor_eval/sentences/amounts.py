"""Prices in words: as they were typed, or as exactly as what was counted can be told."""

from vendor_eval import wording
from vendor_eval.evaluation import Evaluation


def priced(evaluation: Evaluation, amount: float) -> str:
    """An amount beside the prices: with its cents where they were typed, whole where counted."""
    rules = evaluation.rules
    counted = evaluation.tree.criterion(rules.price_path).measure is not None
    return (wording.money_whole if counted else wording.money)(amount, rules.currency)

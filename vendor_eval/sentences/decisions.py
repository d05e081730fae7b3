"""What the buyer decided of the bids, and what that changes, in a sentence each."""

from vendor_eval import wording
from vendor_eval.case import Case
from vendor_eval.corrections import Effect, effect
from vendor_eval.evaluation import Evaluation

NOBODY = "nobody"


def decisions(case: Case, evaluation: Evaluation) -> str:
    """How much was decided, and whether corrections change who is first; "" without decisions."""
    entries = case.decisions.entries
    if not entries:
        return ""
    corrected = effect(case, evaluation)
    told = f"{wording.counted(len(entries), 'decision')} of the buyer's, from decisions.yaml."
    if corrected is None:
        return told
    count = wording.counted(len(corrected.corrections), "cell")
    return f"{told} {count} corrected: {_rank_change(corrected)}."


def corrected_first(case: Case, evaluation: Evaluation) -> str:
    """Who is first only because of corrections, for the first screen; "" where nobody is."""
    corrected = effect(case, evaluation)
    if corrected is None or not corrected.changes_first:
        return ""
    count = wording.counted(len(corrected.corrections), "cell")
    first, without = _named(corrected.first), _named(corrected.first_without)
    told = f"{count} of the bids corrected by the buyer: without that {without} would be first"
    return f"{told}, not {first}."


def _rank_change(corrected: Effect) -> str:
    if corrected.changes_first:
        without = _named(corrected.first_without)
        return f"without that {without} would be first, not {_named(corrected.first)}"
    if corrected.ranking != corrected.without:
        return "the first place is the same without that, other ranks are not"
    return "the ranking is the same without that"


def _named(first: tuple[str, ...]) -> str:
    return wording.listed(list(first)) or NOBODY

"""What letters show that somebody should look at before they are sent."""

from collections.abc import Iterator

from vendor_eval.award.explanations import addressed_reasons
from vendor_eval.award.letter_case import LetterCase
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.wording import listed

TOTAL = ""
"""What stands for the total among the paths of the criteria."""


def disclosures_of(cases: tuple[LetterCase, ...]) -> tuple[str, ...]:
    """What to look at in the letters of one award, a sentence each."""
    losers = [case for case in cases if case.winner is not None and not case.wins]
    said: list[str] = []
    if losers:
        said += _addressed(losers[0])
        said += _without_effect(losers[0])
    return (*said, *_compared(cases))


def _addressed(case: LetterCase) -> Iterator[str]:
    if not case.form.shows("winner.explanations"):
        return
    if paths := [*addressed_reasons(case)]:
        vendor = case.winner
        yield (
            f"letters to other vendors quote reasons that address {vendor} as \u201cyou\u201d, on "
            f"{listed(paths)}; enter reasons_to_others.{vendor} for them, or withhold the text"
        )


def _without_effect(case: LetterCase) -> Iterator[str]:
    """Each entry that withholds nothing, or that what is shown gives away."""
    tree, winner = case.evaluation.tree, case.winner
    hidden = {e.criterion for e in case.file.withhold if e.vendor == winner and e.what == "score"}
    known = computable(case.evaluation, hidden, total=case.form.shows("winner.total"))
    for held in case.file.withhold:
        name = f"the {held.what} of {held.vendor} on {held.criterion} is withheld without effect"
        if held.vendor != winner:
            yield f"{name}: letters show nothing of {held.vendor} to others"
        elif held.criterion not in tree.paths:
            continue  # a price that no criterion reads is withheld with the price of a point
        elif held.what == "score" and held.criterion in known:
            yield f"{name}: it follows from the other scores that are shown"
        elif held.what != "score" and not tree.criterion(held.criterion).is_leaf:
            yield f"{name}: only a criterion without parts has a {held.what}"
        elif held.what == "price" and held.criterion not in hidden:
            yield f"{name}, if it follows from its score and the scale; withhold the score too"


def computable(evaluation: Evaluation, hidden: set[str], *, total: bool) -> frozenset[str]:
    """The hidden scores that follow from those that are shown, as a sum or as what is left of one.

    `total`: whether the total is shown.
    """
    paths = evaluation.tree.paths
    parts: dict[str, list[str]] = {}
    for path in paths:
        parts.setdefault(path.rpartition(".")[0], []).append(path)
    known = {path for path in paths if path not in hidden} | ({TOTAL} if total else set())
    before = -1
    while len(known) != before:
        before = len(known)
        for whole, of in parts.items():
            unknown = [each for each in (whole, *of) if each not in known]
            known |= set(unknown) if len(unknown) == 1 else set()
    return frozenset(hidden & known)


def _compared(cases: tuple[LetterCase, ...]) -> Iterator[str]:
    """Whose answer follows from whose letter on scales that compare bids."""
    if not cases or not cases[0].form.shows("own.scores"):
        return
    evaluation = cases[0].evaluation
    if evaluation.rules.lowest_price:
        return  # no score is stated
    ranked = evaluation.ranking
    for path in evaluation.tree.leaves:
        function = evaluation.tree.criterion(path).value
        if function is None or not function.relative or len(ranked) < 2:
            continue
        most = max(evaluation.values.at[vendor, path] for vendor in ranked)
        best = [vendor for vendor in ranked if evaluation.values.at[vendor, path] == most]
        readers = [vendor for vendor in ranked if vendor not in best]
        if readers:
            yield (
                f"{path} is scored by comparing bids: from their own answer and score, "
                f"{listed(readers)} can compute or estimate the answer of {listed(best)}"
            )

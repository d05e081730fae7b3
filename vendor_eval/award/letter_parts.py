"""What each item of an award letter says, by what it is filled from."""

from collections.abc import Callable, Mapping, Sequence

from vendor_eval import wording
from vendor_eval.award.account import Assessed, knock_out_words, shown_points
from vendor_eval.award.document import Block, Paragraph, grid
from vendor_eval.award.explanations import explanations_of
from vendor_eval.award.letter_case import (
    WITHHELD,
    Filled,
    Lacking,
    LetterCase,
    NotApplicable,
    Part,
    exclusion_reasons,
    not_ranked,
    said,
)
from vendor_eval.award.letter_frame import dated, questions, salutation, sender, signatory
from vendor_eval.award.letter_prices import AHEAD, DIVIDED, UNSCORED, price_part, total_words
from vendor_eval.award.published_scales import scale_words
from vendor_eval.award.standstill_period import day, whole_day
from vendor_eval.award.stated_weights import stated_words
from vendor_eval.tender.letters_file import Supplier
from vendor_eval.wording import NONE

INDENT = "\u2003"
SCORES = ("Criterion", "Weight", "Points of 100", "Weighted points")


Filling = Callable[[LetterCase], Part]


def _if_awarded(part: Filling) -> Filling:
    """An item on the winner; while nobody has won, what lacks for that."""

    def filled(case: LetterCase) -> Part:
        return case.undecided if case.winner is None else part(case)

    return filled


def _supplier(part: str, *, of_winner: bool) -> Filling:
    def filled(case: LetterCase) -> Part:
        vendor = str(case.winner) if of_winner else case.vendor
        if part == "name":
            whose = "The successful supplier is " if of_winner else ""
            return said(f"{whose}{vendor}{'.' if of_winner else ''}")
        entered = getattr(case.file.suppliers.get(vendor, Supplier()), part)
        if entered is None:
            return Lacking(f"suppliers.{vendor}.{part} in letters.yaml")
        words = {"address": "Postal address", "email": "E-mail", "identifier": "Unique identifier"}
        return said(f"{words[part]}: {entered}")

    return _if_awarded(filled) if of_winner else filled


def _outcome(case: LetterCase) -> Part:
    if case.decision is None:
        return case.undecided
    when = day(case.decision.on)
    if case.wins:
        return said(f"On {when} we decided to award the contract to you.")
    return said(f"On {when} we decided to award the contract to another supplier.")


def _criteria(case: LetterCase) -> Part:
    if case.evaluation.rules.lowest_price:
        wins = "the one with the lowest price wins"
        return said(f"Of the tenders that meet every requirement, {wins}.")
    rows = [[_label(each), wording.percent(each.weight)] for each in case.own]
    weights = grid("Award criteria and their weights", SCORES[:2], rows)
    stated = stated_words(case.evaluation.rules)
    divided = DIVIDED if case.evaluation.divisor is not None else ""
    return Filled((weights, *(Paragraph(text) for text in (stated, divided) if text)))


def _scale(case: LetterCase) -> Part:
    """From 0 to 100 points for each criterion, and by which function."""
    rows = [[_label(each), scale_words(case.evaluation, each)] for each in case.own if each.leaf]
    text = "Each criterion is scored from 0 to 100 points; "
    text += "the total is the weighted average of these points."
    caption = "How each criterion is scored"
    return Filled((Paragraph(text), grid(caption, ("Criterion", "Scale"), rows)))


def _full_text(case: LetterCase) -> Part:
    if case.file.criteria_at is None:
        return Lacking("criteria_at in letters.yaml: where the full award criteria can be read")
    return said(f"The full award criteria: {case.file.criteria_at}")


def _own_scores(case: LetterCase) -> Part:
    knocked = map(Paragraph, knock_out_words(case.evaluation, case.vendor))
    return Filled((score_grid("Your scores", case.own), *knocked))


def score_grid(
    caption: str, every: Sequence[Assessed], hidden: Mapping[str, str] | None = None
) -> Block:
    """Weight, points and weighted points of each criterion; `hidden`: grounds by path."""
    rows = []
    for each in every:
        points, weighted = each.points, each.weighted
        shown = [NONE if x is None else shown_points(x) for x in (points, weighted)]
        if hidden and each.path in hidden:
            shown = [WITHHELD, WITHHELD]
        rows.append([_label(each), wording.percent(each.weight), *shown])
    return grid(caption, SCORES, rows)


def _own_total(case: LetterCase) -> Part:
    return said(f"Your total: {total_words(case, case.vendor)}.")


def _own_explanations(case: LetterCase) -> Part:
    return explanations_of(case, case.own, own=True)


def _why_not(case: LetterCase) -> Part:
    entered = case.file.why_not.get(case.vendor)
    if entered and (strangers := case.names_strangers(entered)):
        named = wording.listed(strangers)
        return Lacking(f"why_not.{case.vendor} in letters.yaml: a text that does not name {named}")
    reasons = [*exclusion_reasons(case.evaluation, case.vendor)]
    if not case.assessed_at_all:
        why = [f"{reason.rstrip('.')}." for reason in reasons]
        return said(*why, *filter(None, [entered])) if why or entered else _why_missing(case)
    points = case.evaluation.compared_points
    higher = wording.rounded(points.get(str(case.winner), 0.0) - points[case.vendor], 9) > 0
    if not higher and not entered:
        return _why_missing(case)
    ranked = f"The successful tender {AHEAD[case.evaluation.rules.award_rule.form]} yours."
    return said(*([ranked] if higher else []), *filter(None, [entered]))


def _why_missing(case: LetterCase) -> Lacking:
    return Lacking(
        f"why_not.{case.vendor} in letters.yaml: the totals alone do not explain the outcome"
    )


def _hidden(case: LetterCase) -> dict[str, str]:
    grounds = {each.path: case.withheld(each.path, "score") for each in case.theirs}
    return {path: ground for path, ground in grounds.items() if ground is not None}


def _winner_scores(case: LetterCase) -> Part:
    hidden = _hidden(case)
    labels = {each.path: each.label for each in case.theirs}
    withheld = [Paragraph(f"{labels[path]}: {WITHHELD}, {why}.") for path, why in hidden.items()]
    scores = score_grid("Scores of the successful tender", case.theirs, hidden)
    return Filled((scores, *withheld))


def _winner_total(case: LetterCase) -> Part:
    return said(f"Total of the successful tender: {total_words(case, str(case.winner))}.")


def _winner_explanations(case: LetterCase) -> Part:
    return explanations_of(case, case.theirs, own=False)


def _advantages(case: LetterCase) -> Part:
    """The criteria on which the winner has more points; nobody else's figures."""
    if not case.assessed_at_all:
        why = not_ranked(case.evaluation, case.vendor).why
        says = "The tender was not ranked, so the advantages of the successful one are not listed."
        return NotApplicable(says, why)
    if case.evaluation.rules.lowest_price:
        return said("The successful tender has a lower price.")
    pairs = zip(case.own, case.theirs, strict=True)
    better = [
        theirs.label
        for own, theirs in pairs
        if theirs.leaf and (theirs.points or 0) > (own.points or 0)
        if case.withheld(theirs.path, "score") is None
    ]
    if not better and any(each.what == "score" for each in case.file.withhold):
        return said("The advantages of the successful tender that may be shown: none.")
    if not better:
        return said("The successful tender did not score higher on any criterion.")
    return said(f"The successful tender scored higher on: {'; '.join(better)}.")


def _standstill(case: LetterCase) -> Part:
    rule = case.form.standstill
    period = case.standstill
    if period is None or rule is None:
        return Lacking("standstill.notice_on in letters.yaml: the day of the notice")
    if case.decision is not None and case.decision.on > period.notice_on:
        return Lacking(
            "standstill.notice_on in letters.yaml: a day on or after the date of the decision"
        )
    return said(
        "We are sending you this summary before we publish the contract award notice.",
        "We will not enter into a contract before midnight at the end of "
        f"{whole_day(period.last)}.",
        f"{period.sentence} Rule: {rule.source}.",
    )


def _label(each: Assessed) -> str:
    return f"{INDENT * each.depth}{each.label}"


def _unscored(_: LetterCase) -> Part:
    return NotApplicable(UNSCORED, "the lowest price wins")


def _if_ranked(part: Filling) -> Filling:
    """An item on the vendor's own bid; of one that is not ranked, that it is not."""

    def filled(case: LetterCase) -> Part:
        return part(case) if case.assessed_at_all else not_ranked(case.evaluation, case.vendor)

    return filled


def _scored(part: Filling, unscored: Filling = _unscored) -> Filling:
    """An item on scores; where the lowest price wins, that nothing is scored, or the price."""

    def filled(case: LetterCase) -> Part:
        return unscored(case) if case.evaluation.rules.lowest_price else part(case)

    return filled


PARTS: Mapping[str, Filling] = {
    "buyer": sender,
    "date": dated,
    "salutation": salutation,
    "supplier.name": _supplier("name", of_winner=False),
    "supplier.address": _supplier("address", of_winner=False),
    "supplier.email": _supplier("email", of_winner=False),
    "supplier.identifier": _supplier("identifier", of_winner=False),
    "outcome": _outcome,
    "criteria": _criteria,
    "criteria.scale": _scored(_scale, _criteria),
    "criteria.full_text": _full_text,
    "own.scores": _if_ranked(_scored(_own_scores)),
    "own.total": _if_ranked(_scored(_own_total, price_part(of_winner=False))),
    "own.price": price_part(of_winner=False),
    "own.explanations": _if_ranked(_scored(_own_explanations)),
    "why_not": _if_awarded(_why_not),
    "winner.name": _supplier("name", of_winner=True),
    "winner.address": _supplier("address", of_winner=True),
    "winner.email": _supplier("email", of_winner=True),
    "winner.identifier": _supplier("identifier", of_winner=True),
    "winner.scores": _scored(_if_awarded(_winner_scores)),
    "winner.total": _scored(_if_awarded(_winner_total), price_part(of_winner=True)),
    "winner.price": price_part(of_winner=True),
    "winner.advantages": _if_awarded(_advantages),
    "winner.explanations": _scored(_if_awarded(_winner_explanations)),
    "standstill": _standstill,
    "questions": questions,
    "signatory": signatory,
}
"""By what an item is filled from, what it says."""

"""What an award letter says of prices, and of what ranks the tenders besides points."""

from collections.abc import Callable

from vendor_eval import wording
from vendor_eval.award.account import CHARGES
from vendor_eval.award.amounts import price_words
from vendor_eval.award.contract import price_parts_words
from vendor_eval.award.letter_case import WITHHELD, LetterCase, Part, said
from vendor_eval.award.rank_basis import NO_POINTS
from vendor_eval.rules.award_rule import PRICE

UNSCORED = "Nothing is scored: the lowest price wins."
DIVIDED = "The price divided by the points ranks the tenders; the lowest price of a point wins."
AHEAD = {
    "highest_score": "scored higher overall than",
    "price_per_point": "has a lower price of a point than",
    "lowest_price": "has a lower price than",
}
"""How the successful tender compares with another, by the award rule."""


def total_words(case: LetterCase, vendor: str) -> str:
    """A vendor's points, and the price of a point where that ranks."""
    points = f"{case.total(vendor)} of 100 points"
    if case.evaluation.divisor is None:
        return points
    if vendor != case.vendor and _price_withheld(case) is not None:
        return points
    each = case.evaluation.price_per_point(vendor)
    money = NO_POINTS if each is None else wording.money(each, case.evaluation.rules.currency)
    return f"{points}; price of a point: {money}"


def _price_withheld(case: LetterCase) -> str | None:
    """The ground on which the winner's price is not shown; None where it is."""
    return case.withheld(case.evaluation.price_path or PRICE, "price")


def price_part(*, of_winner: bool) -> Callable[[LetterCase], Part]:
    """What says the price of the vendor or of the winner."""

    def filled(case: LetterCase) -> Part:
        vendor = case.winner if of_winner else case.vendor
        if vendor is None:
            return case.undecided
        whose = "The price of the successful tender" if of_winner else "Your price"
        if case.evaluation.priced is None:
            return said("No price was requested.")
        if of_winner and (ground := _price_withheld(case)) is not None:
            return said(f"{whose}: {WITHHELD}, {ground}.")
        charges = CHARGES["the successful supplier\u2019s" if of_winner else "your"]
        parts = price_parts_words(case.tender, case.evaluation, vendor, charges=charges)
        asked = f"{whose} as evaluated: {price_words(case.evaluation, vendor)}."
        return said(" ".join([asked, *parts]))

    return filled

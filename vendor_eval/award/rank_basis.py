"""What a rank rests on, as a number and in words: points, the price of a point, or the price."""

import math
from collections.abc import Sequence

from vendor_eval import wording
from vendor_eval.award.amounts import priced
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation

A_POINT = "a point"
NO_POINTS = "no points"


def margin(evaluation: Evaluation, first: str, second: str) -> float:
    """How far one vendor is ahead of another, at least 0; 0 where they are level.

    In points, or in the rules' currency where the price of a point or the price ranks; infinite
    where the second has no points to divide its price by.
    """
    one, two = (evaluation.compared_points[vendor] for vendor in (first, second))
    if one == two:
        return 0.0
    if evaluation.rules.lowest_price:
        return abs((evaluation.price(second) or 0.0) - (evaluation.price(first) or 0.0))
    if evaluation.divisor is None:
        ahead = evaluation.ranked_score(first) - evaluation.ranked_score(second)
        return round(100 * ahead, DECIMALS)
    dear = evaluation.price_per_point(second)
    return math.inf if dear is None else dear - (evaluation.price_per_point(first) or 0.0)


def standings(evaluation: Evaluation, vendors: Sequence[str]) -> list[str]:
    """What each vendor is ranked by, as "71.0", "$3.51m a point" or "$412,000".

    Prices of a point have three digits, or all where these do not distinguish two of them.
    """
    if evaluation.rules.lowest_price:
        return [_price(evaluation, vendor) for vendor in vendors]
    if evaluation.divisor is None:
        return [wording.points(evaluation.ranked_score(vendor)) for vendor in vendors]
    each = [evaluation.price_per_point(vendor) for vendor in vendors]
    currency = evaluation.rules.currency
    known = {price for price in each if price is not None}
    brief = {price: wording.money_brief(price, currency) for price in known}
    if len(set(brief.values())) < len(known):
        brief = {price: wording.money(price, currency) for price in known}
    return [NO_POINTS if price is None else f"{brief[price]} {A_POINT}" for price in each]


def point_price_cell(evaluation: Evaluation, vendor: str) -> str:
    """The price of a point in a table, to whole units from 1,000 on; "no points" without any."""
    each = evaluation.price_per_point(vendor)
    return NO_POINTS if each is None else wording.money_whole(each, evaluation.rules.currency)


def standing(evaluation: Evaluation, vendor: str) -> str:
    """What one vendor is ranked by, among all that are ranked."""
    among = list(dict.fromkeys([*evaluation.ranking, vendor]))
    return standings(evaluation, among)[among.index(vendor)]


def _price(evaluation: Evaluation, vendor: str) -> str:
    price = evaluation.price(vendor)
    return "a price not given" if price is None else priced(evaluation, price)


def lead_words(evaluation: Evaluation, first: str, second: str) -> str:
    """How far one vendor is ahead of another, as "1.8 points", "$287k a point" or "$12,000"."""
    if evaluation.rules.lowest_price:
        return priced(evaluation, margin(evaluation, first, second))
    if evaluation.divisor is None:
        return wording.lead(*(evaluation.ranked_score(vendor) for vendor in (first, second)))
    ahead = margin(evaluation, first, second)
    if not math.isfinite(ahead):
        return f"all, since {second} has {NO_POINTS}"
    return f"{wording.money_brief(ahead, evaluation.rules.currency)} {A_POINT}"


def ranked_by(evaluation: Evaluation) -> str:
    """What the ranking is by, as the heading of a column."""
    if evaluation.rules.lowest_price:
        return "Price"
    return "Points" if evaluation.divisor is None else "Price of a point"

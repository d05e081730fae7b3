"""Why not the cheapest: every bid that asks less than the first one, and why it is not first."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.cheaper_bids import CheaperBid, LeadWorth, bids_below
from vendor_eval.award.amounts import counted, price_gap, priced
from vendor_eval.award.open import stopped
from vendor_eval.award.rank_basis import point_price_cell, standings
from vendor_eval.award.result import Result
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.report.html import Html, say, table
from vendor_eval.report.sections import Section
from vendor_eval.report.sections import section as shown
from vendor_eval.wording import NONE

BARRED = 2
"""Cheaper vendors outside the ranking that are named one by one before the rest is counted."""


def why_not_cheapest(result: Result) -> tuple[str, ...]:
    """Why the cheapest bids are not first, a sentence or two each; nothing without a leader."""
    evaluation, leader = result.evaluation, result.evaluation.winner
    if leader is None or evaluation.price(leader) is None:
        return ()
    bids = bids_below(evaluation)
    barred = [bid for bid in bids if bid.status != "eligible"]
    eligible = [bid for bid in bids if bid.status == "eligible"]
    lines = [_outside(result, bid) for bid in barred[:BARRED]]
    if barred[BARRED:]:
        more = wording.counted(len(barred) - BARRED, "more cheaper vendor")
        lines.append(f"{more} cannot be ranked.")
    if evaluation.rules.lowest_price:
        return tuple(lines)  # the first one is the cheapest that is eligible
    if eligible:
        lines.append(_behind(result, leader, eligible[0]))
    else:
        unpriced = any(evaluation.price(v) is None for v in evaluation.ranking)
        among = "eligible vendors whose price is known" if unpriced else "eligible vendors"
        only = len(evaluation.ranking) == 1
        one = f"{leader} is the only eligible vendor."
        lines.append(one if only else f"{leader} is the cheapest of the {among}.")
    return tuple(lines)


def _less(evaluation: Evaluation, bid: CheaperBid) -> str:
    return wording.money_brief(bid.saving, evaluation.rules.currency)


def _outside(result: Result, bid: CheaperBid) -> str:
    """A cheaper vendor that cannot be ranked: its price, and what keeps it out."""
    evaluation = result.evaluation
    verb = "costs" if counted(evaluation) else "asks"
    price = wording.money_brief(bid.price, evaluation.rules.currency)
    start = f"{bid.vendor} {verb} {price}, {_less(evaluation, bid)} less, but is {bid.status}"
    return f"{start}: {_reason(result, bid)}."


def _reason(result: Result, bid: CheaperBid) -> str:
    """What keeps a vendor out of the ranking, in a clause."""
    evaluation = result.evaluation
    if ground := evaluation.screening.excluded.get(bid.vendor):
        return ground.removesuffix(".")
    if bid.status == "incomplete":
        return stopped(evaluation, bid.vendor)
    hurdles = result.to_qualify[bid.vendor].hurdles
    first = next((h for h in hurdles if h.state == "fail"), hurdles[0])
    shown = first.shows or "not shown"
    more = f", and {wording.counted(len(hurdles) - 1, 'more gate')}" if hurdles[1:] else ""
    return f"{first.label} \u2013 {shown}{more}"


def _behind(result: Result, leader: str, bid: CheaperBid) -> str:
    """Why a cheaper vendor that can be ranked is not first, by the tender's own scale."""
    evaluation = result.evaluation
    less, verb = _less(evaluation, bid), "costs" if counted(evaluation) else "asks"
    start = f"{bid.vendor} {verb} {less} less."
    if evaluation.divisor is not None:
        each = standings(evaluation, [bid.vendor, leader])
        return f"{start} But it costs {each[0]}, and {leader} costs {each[1]}."
    if bid.ahead is None or bid.earned is None or bid.ahead <= 0:
        return f"{start} Its lower price earns no more points on the rules\u2019 price scale."
    gap = bid.earned - bid.ahead
    ours, theirs = (evaluation.compared_points[vendor] for vendor in (leader, bid.vendor))
    if evaluation.rules.rounding is not None and gap >= 0 and (gap or ours != theirs):
        made = "a tie, and the tie rule decides" if ours == theirs else f"{leader} first"
        return f"{start} The rounding of the rules makes {made}."
    ahead = f"On everything but price {leader} is {wording.points(bid.ahead / 100)} points ahead"
    if bid.worth is not None and evaluation.rules.procedure == "private":
        return f"{start} {ahead}; {_worth(evaluation, bid, bid.worth)}."
    if bid.earned <= 0:
        return f"{start} {ahead}; the lower price earns no points."
    earned = wording.points(bid.earned / 100)
    if bid.earned == bid.ahead:
        return f"{start} {ahead}; the lower price earns as many, and the tie rule decides."
    return f"{start} {ahead}; the lower price earns {earned} points."


def _worth(evaluation: Evaluation, bid: CheaperBid, worth: LeadWorth) -> str:
    """What the lead on everything else is worth in money, against what the bid saves."""
    currency = evaluation.rules.currency
    if worth.amount is None:
        return "that is more than the price scale can express"
    amount, saved = (wording.money_brief(a, currency) for a in (worth.amount, bid.saving))
    if bid.earned == bid.ahead:
        return f"on this scale that is the {saved} saved, and the tie rule decides"
    if amount == saved:  # three digits do not distinguish them
        return f"on this scale that is slightly more than the {saved} saved"
    than = "more than " if worth.more else ""
    return f"on this scale that is {than}{amount}, more than the {saved} saved"


def cheaper_bids_table(result: Result) -> Html:
    """Every bid with a lower price than the first one's, and what that price earns it."""
    evaluation, leader = result.evaluation, result.evaluation.winner
    private = evaluation.rules.procedure == "private"
    rows = [list(_cells(evaluation, bid, private)) for bid in bids_below(evaluation)]
    if not rows:
        return Html("")
    if evaluation.rules.lowest_price:
        head = ["Vendor", "Status", "Price", "Less"]
        return table("Bids with a lower price than the first one", head, rows)
    if evaluation.divisor is not None:
        head = ["Vendor", "Status", "Price", "Less", "Points of quality", "Price of a point"]
        return table("Bids with a lower price than the first one", head, rows)
    head = ["Vendor", "Status", "Price", "Less", f"{leader} ahead on all but price"]
    head += ["Lower price earns", *(["That lead is worth"] if private else [])]
    return table("Bids with a lower price than the first one, in points out of 100", head, rows)


def _cells(evaluation: Evaluation, bid: CheaperBid, private: bool) -> Iterator[str]:
    yield from (bid.vendor, bid.status, priced(evaluation, bid.price))
    yield price_gap(evaluation, bid.price + bid.saving, bid.price)
    if evaluation.rules.lowest_price:
        return
    if evaluation.divisor is not None:
        scored = bid.vendor in evaluation.scores.index
        yield wording.points(evaluation.scores[bid.vendor]) if scored else NONE
        yield point_price_cell(evaluation, bid.vendor) if scored else NONE
        return
    for points in (bid.ahead, bid.earned):
        yield NONE if points is None else wording.points(points / 100)
    if not private:
        return
    if bid.worth is None:
        yield NONE
    elif bid.worth.amount is None:
        yield "beyond the scale"
    else:
        yield ("more than " if bid.worth.more else "") + priced(evaluation, bid.worth.amount)


def section(result: Result) -> Section:
    """Why the cheapest bid is not first."""
    return shown(say(" ".join(why_not_cheapest(result))), cheaper_bids_table(result))

"""Bids that ask less than the first one: what they save, and what the first one's lead is worth."""

from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.gates import Status
from vendor_eval.rules.values.function import ValueFunction
from vendor_eval.rules.values.shape import SAME, threshold_after


@dataclass(frozen=True)
class LeadWorth:
    """What a lead on everything but price is worth, by the price criterion's value function.

    `amount`: how far below the first bid's price a bid that is behind by so much would have to go
    to be level, in the rules' currency; None where no price of 0 or more is worth enough. `more`:
    the amount itself does not do it, only what is beyond, as where a step ends.
    """

    amount: float | None
    more: bool = False


@dataclass(frozen=True)
class CheaperBid:
    """One bid with a lower price than the first one's.

    `price`, `saving`: in the rules' currency. `ahead`: by how many points (0-100) of the score the
    first bid is ahead on everything but price. `earned`: how many points the lower price earns, as
    many as `ahead` exactly where the two bids tie and the rules break the tie. Both are None where
    the vendor has no score. `worth` is None where the price has no weight, where its value depends
    on who else bids, where the first bid is not ahead on the rest, and where only rounding puts it
    first.
    """

    vendor: str
    status: Status
    price: float
    saving: float
    ahead: float | None = None
    earned: float | None = None
    worth: LeadWorth | None = None


def bids_below(evaluation: Evaluation) -> tuple[CheaperBid, ...]:
    """Every bid with a lower price than the first one's, the cheapest first.

    Excluded, incomplete and undecided vendors count too. Nothing without a single first vendor
    whose price is known.
    """
    first = evaluation.winner
    limit = None if first is None else evaluation.price(first)
    if first is None or limit is None:
        return ()
    asked = {
        v: price for v in evaluation.vendors if (price := _readable(evaluation, v)) is not None
    }
    cheaper = sorted((price, vendor) for vendor, price in asked.items() if price < limit)
    return tuple(_compared(evaluation, first, limit, vendor, price) for price, vendor in cheaper)


def _readable(evaluation: Evaluation, vendor: str) -> float | None:
    """A price that can be held against another one; None where it is blank or cannot be valued."""
    return None if evaluation.price_is_faulty(vendor) else evaluation.price(vendor)


def _compared(
    evaluation: Evaluation, first: str, limit: float, vendor: str, price: float
) -> CheaperBid:
    status, saving = evaluation.status(vendor), limit - price
    tree, path = evaluation.tree, evaluation.price_path
    if path is None or vendor not in evaluation.scores.index:
        return CheaperBid(vendor, status, price, saving)
    weight = float(tree.weights[tree.at(path)])
    theirs, ours = (float(evaluation.values.loc[v, path]) for v in (vendor, first))
    scores = evaluation.scores[[first, vendor]].to_numpy(dtype=float)
    gained = weight * (theirs - ours)
    # the lead is the one that ranks them, so that nothing is tied here and not in the ranking
    lead = float(np.subtract(*np.round(100 * scores, DECIMALS)))
    earned = round(100 * gained, DECIMALS)
    ahead = round(earned + lead, DECIMALS)
    function, worth = tree.criterion(path).value, None
    if function is not None and not function.relative and weight > 0 and 0 < ahead >= earned:
        worth = _worth(function, limit, ours + (float(np.subtract(*scores)) + gained) / weight)
    return CheaperBid(vendor, status, price, saving, ahead, earned, worth)


def _worth(function: ValueFunction, limit: float, target: float) -> LeadWorth:
    """How far below `limit` a price reaches the value `target`, by the inverse of the function."""
    reached = None if target > 1 + SAME else function.reaching(target, limit)
    if not isinstance(reached, float) or not 0 <= reached < limit:
        return LeadWorth(None)
    edge = threshold_after(function.pieces, reached)
    return LeadWorth(limit - (reached if edge is None else edge), edge is not None)

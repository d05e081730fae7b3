"""What the price scale does: empty bids that win, what a point costs, prices without a limit."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from vendor_eval import wording
from vendor_eval.analysis.stress.dummies import Answer, Dummies
from vendor_eval.analysis.stress.warning import (
    Example,
    Finding,
    NotMade,
    StressFigure,
    StressWarning,
    named_rows,
)
from vendor_eval.evaluation.shortlist import shortlist_of
from vendor_eval.rules.values.shape import Piece

QUALITIES = (60, 75, 90)
"""Points of quality of the bids that an almost empty one is held against."""
ALMOST_EMPTY = 20.0
"""The most points of quality of a bid that offers next to nothing."""
UNEVEN = 3.0
"""How many times as dear a point may be at one end of the price scale as at the other."""


def sufficient_quality(quality: float, weight: float, gained: float) -> float:
    """q*: the least quality, in points, with which a bid at the best price beats another.

    q* = q - w (v(p0) - v(p)) / (1 - w), with `quality` q in points, `weight` w of the price in
    [0, 1) and `gained` v(p0) - v(p) in points.
    """
    return quality - weight * gained / (1 - weight)


def empty_bid_wins(bids: Dummies) -> Iterator[Finding]:
    """Whether a bid that offers next to nothing wins by its price."""
    price = bids.rules.price_path
    weight = 0.0 if price is None else bids.weights[price]
    if price is None or not 0 < weight < 1:
        return
    best, worst = (bids.extreme(price, best=end) for end in (True, False))
    gained = 100 * (bids.value(price, best) - bids.value(price, worst))
    needed = {q: sufficient_quality(q, weight, gained) for q in QUALITIES}
    shown = wording.listed(
        f"{wording.rounded(max(0.0, n), 1)} against {q}" for q, n in needed.items()
    )
    yield StressFigure(
        "empty-bid-wins",
        f"At {_money(bids, best)} a bid wins against one at {_money(bids, worst)} with this many "
        f"points of quality: {shown}",
    )
    offered: dict[str, Answer] = {path: bids.least[path] for path in bids.other_paths}
    least = quality_of(bids, offered)
    beaten = [q for q, n in needed.items() if n <= least]
    if least > ALMOST_EMPTY or not beaten or left_out(bids):
        return
    rival = {path: bids.near(path, beaten[-1] / 100) for path in bids.other_paths}
    rows = {
        "Almost empty bid": bids.row({**offered, price: best}),
        "Good bid at the worst price": bids.row({**rival, price: worst}),
    }
    yield StressWarning(
        "empty-bid-wins",
        f"criteria.{price}",
        f"a bid with {wording.rounded(least, 1)} points of quality at {_money(bids, best)} beats "
        f"one with {beaten[-1]} points of quality at {_money(bids, worst)}",
        "lower the weight of the price, widen its scale, or add a gate with a floor of points",
        Example("The almost empty bid is ranked ahead of the good one.", rows),
    )


def left_out(bids: Dummies) -> bool:
    """Whether a shortlist leaves out a bid that offers next to nothing, among those expected."""
    shortlist, expected = shortlist_of(bids.rules), bids.rules.stress.vendors
    if shortlist is None:
        return False
    return shortlist.best == 1 or (expected is not None and expected > shortlist.best)


def quality_of(bids: Dummies, answers: Mapping[str, Answer]) -> float:
    """Points (0-100) of some answers on everything but the price."""
    weight = sum(bids.weights[path] for path in answers)
    values = dict(zip(bids.tree.leaves, bids.counted(answers).tolist(), strict=True))
    total = sum(bids.weights[path] * values[path] for path in answers)
    return float(100 * total / weight)


def _money(bids: Dummies, price: Answer) -> str:
    return wording.money_brief(float(price), bids.rules.currency)


def point_price(bids: Dummies) -> Iterator[Finding]:
    """What one point of quality costs along the price scale, and whether that is uneven."""
    price = bids.rules.price_path
    function = None if price is None else bids.leaf(price).value
    weight = 0.0 if price is None else bids.weights[price]
    if price is None or function is None or not 0 < weight < 1:
        return
    if function.relative:
        needs = "a price scale that does not depend on the other bids"
        yield NotMade("point-price", f"criteria.{price}.value", needs)
        return
    jumps = any(_begins_with_jump(pair) for pair in pairwise(function.pieces))
    sloped = [p for p in function.pieces if p[1] != p[3]]
    costs = {_point_cost(piece, weight): piece for piece in sloped}
    if costs:
        low, high = min(costs), max(costs)
        amount = wording.money_brief(low, bids.rules.currency)
        ends = amount if low == high else f"{amount} to {_money(bids, high)}"
        yield StressFigure("point-price", f"One point of quality costs {ends}")
    place, remedy = f"criteria.{price}.value", "use a straight line, 'linear', over the whole scale"
    if jumps:
        level = _on_one_step(function.pieces)
        says = "the price scale jumps, so that a point of quality costs nothing or a whole step"
        rows = named_rows(
            *((f"Bid at {_money(bids, end)}", bids.row({price: end})) for end in level)
        )
        shows = "The two bids differ in price alone and have the same score."
        yield StressWarning("point-price", place, says, remedy, Example(shows, rows))
    elif costs and max(costs) >= UNEVEN * min(costs):
        pieces = (costs[min(costs)], costs[max(costs)])
        step = min(piece[2] - piece[0] for piece in pieces) / 2
        asked = [start + moved for start, *_ in pieces for moved in (0.0, step)]
        rows = named_rows(
            *((f"Bid at {_money(bids, amount)}", bids.row({price: amount})) for amount in asked)
        )
        says = (
            f"one point of quality costs {_money(bids, min(costs))} in one part of the price scale "
            f"and {_money(bids, max(costs))} in another"
        )
        shows = "The same difference in price moves the score by different points."
        yield StressWarning("point-price", place, says, remedy, Example(shows, rows))


def _point_cost(piece: Piece, weight: float) -> float:
    """Currency for one point of quality along a sloped piece of the price's value function.

    (1 - w) / (100 w |slope|): the price difference that moves the score as much.
    """
    x0, y0, x1, y1 = piece
    return (1 - weight) / (100 * weight * abs((y1 - y0) / (x1 - x0)))


def _begins_with_jump(pair: tuple[Piece, Piece]) -> bool:
    return pair[0][3] != pair[1][1]


def _on_one_step(pieces: tuple[Piece, ...]) -> tuple[float, float]:
    """Two prices on the widest level piece that has ends, or after the last jump."""
    level = [p for p in pieces if p[1] == p[3] and math.isfinite(p[2] - p[0])]
    if not level:
        begin = pieces[-1][0]
        return begin, begin + abs(begin) / 10
    begin, _, end, _ = max(level, key=lambda piece: piece[2] - piece[0])
    return begin, begin / 2 + end / 2


def no_price_cap(bids: Dummies) -> Iterator[Finding]:
    """Whether a price of any height is admitted."""
    price, reads = bids.rules.price_path, bids.rules.price_column
    if reads is None or any(
        g.reads == reads and g.rule.at_most is not None for g in bids.rules.gates
    ):
        return
    asked = 10 * (bids.asked if price is None else float(bids.extreme(price, best=False)))
    row = bids.row(price=asked) if price is None else bids.row({price: asked})
    yield StressWarning(
        "no-price-cap",
        "gates",
        f"no gate limits the price, so a bid at {_money(bids, asked)} is eligible",
        f"add a gate on {reads!r} with 'at_most'",
        Example("The bid is eligible.", {"Bid at ten times the price": row}),
    )

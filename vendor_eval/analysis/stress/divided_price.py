"""What a price per point does: bids with little quality that win because they are cheap."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.stress.dummies import Dummies
from vendor_eval.analysis.stress.warning import Example, Finding, StressFigure, StressWarning

HALF = 0.5
QUALITY, LITTLE = 60.0, 20.0
"""Points of quality of a good bid, and the most of one that offers next to nothing."""
CHEAPER = 0.9
"""How far the cheap bid of the example is below the price at which both are level."""


def half_price(bids: Dummies) -> Iterator[Finding]:
    """What quality a bid at half the price needs, and whether one with next to none may win.

    A bid wins with p / q below the other's: at a share of the price it needs that share of quality.
    """
    rule = bids.rules.per_point
    if rule is None:
        return
    needed = wording.number(HALF * QUALITY)
    yield StressFigure(
        "empty-bid-wins",
        f"At half the price a bid wins against one with {QUALITY:g} points of quality from "
        f"{needed} points on",
    )
    if (rule.least_quality or 0.0) > LITTLE:
        return
    weak = {path: bids.near(path, LITTLE / 100) for path in bids.tree.leaves}
    good = {path: bids.near(path, QUALITY / 100) for path in bids.tree.leaves}
    points = [_points(bids, answers) for answers in (weak, good)]
    price = bids.asked
    cheap = CHEAPER * price * points[0] / points[1] if min(points) > 0 else 0.0
    if cheap <= 0:
        return
    yield StressWarning(
        "empty-bid-wins",
        "award_rule.price_per_point",
        f"a bid with {wording.rounded(points[0], 1)} points of quality wins against one with "
        f"{wording.rounded(points[1], 1)} if it is cheap enough",
        "set 'least_quality'",
        Example(
            "The almost empty bid is ranked ahead of the good one.",
            {
                "Almost empty bid": bids.row(weak, price=cheap),
                "Good bid": bids.row(good, price=price),
            },
        ),
    )


def _points(bids: Dummies, answers: dict[str, float | str]) -> float:
    """Points (0-100) of quality of some answers."""
    return 100 * sum(bids.weights[path] * bids.value(path, a) for path, a in answers.items())

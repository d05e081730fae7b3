"""What a price per point does: bids with little quality that win because they are cheap."""

from collections.abc import Iterator

from vendor_eval import wording
from vendor_eval.analysis.stress.dummies import Answer, Dummies
from vendor_eval.analysis.stress.price_scale import left_out, quality_of
from vendor_eval.analysis.stress.warning import Example, Finding, StressFigure, StressWarning

HALF = 0.5
QUALITY, LITTLE = 60.0, 20.0
"""Points of quality of a good bid, and the most of one that offers next to nothing."""
CHEAPER = 0.9
"""How far the cheap bid of the example is below the price at which both are level."""


def half_price(bids: Dummies) -> Iterator[Finding]:
    """What quality a bid at half the price needs, and whether one with next to none may win.

    A bid wins with p / q below the other's: at a share of the price it needs that share of quality,
    and what floors of points ask of every bid.
    """
    rule = bids.rules.per_point
    if rule is None:
        return
    floor = rule.least_quality or 0.0
    if floor < QUALITY:
        needed = wording.number(max(HALF * QUALITY, floor))
        yield StressFigure(
            "empty-bid-wins",
            f"At half the price a bid wins against one with {QUALITY:g} points of quality from "
            f"{needed} points on",
        )
    weak, good = ({p: _near(bids, p, of) for p in bids.tree.leaves} for of in (LITTLE, QUALITY))
    points = quality_of(bids, weak), quality_of(bids, good)
    if left_out(bids) or not 0 < points[0] <= min(LITTLE, points[1]):
        return
    cheap = CHEAPER * bids.asked * points[0] / points[1]
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
                "Good bid": bids.row(good, price=bids.asked),
            },
        ),
    )


def _near(bids: Dummies, path: str, points: float) -> Answer:
    """The answer next to some points, or the least with which a bid still passes the gates."""
    both = (bids.near(path, points / 100), bids.least[path])
    return max(both, key=lambda answer: bids.value(path, answer))

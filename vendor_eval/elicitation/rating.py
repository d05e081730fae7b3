"""Weights from points given to criteria."""

from vendor_eval.rules.values.function import Floats


def direct(points: Floats) -> Floats:
    """Shares that sum to 1, (n,), in proportion to the points given (direct rating)."""
    shares = points / points.max()  # divided out first: huge points must not sum to infinity
    return shares / shares.sum()


def swing(points: Floats, spans: Floats) -> Floats:
    """Swing weights (von Winterfeldt & Edwards 1986, ch. 8.3), (n,), that sum to 1.

    `points` (n,) say what each criterion's swing from its worst to its best is worth, 100 for the
    one worth most. `spans` (n,): how much value in (0, 1] that swing covers. A weight is worth a
    swing over the whole scale, so a swing over part of it counts for the whole.
    """
    return direct(points / spans)

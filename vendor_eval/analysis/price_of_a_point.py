"""The price of a point: what one point of the final score costs at the winner's present price."""

from dataclasses import dataclass

from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.rules.values.curves import SAMPLES, curve


@dataclass(frozen=True)
class PointPrice:
    """What one final point (of 100) is worth in the rules' currency, at one vendor's price.

    `cheaper`, `dearer`: currency for each point its score moves, as it asks less and as it asks
    more. They differ where the value function bends at its price, and are None where the value
    does not move on that side, or only jumps. `note` says why, where both are None.
    """

    vendor: str
    price: float | None
    cheaper: float | None
    dearer: float | None
    note: str | None = None


def point_price(evaluation: Evaluation) -> PointPrice | None:
    """The price of a point for the winner; None without a single one, and where nothing is scored.

    It is 1 / (weight x slope of the value function at that price), the slope being exact and of
    either side. Under a relative value function the other bids are held and the vendor's own
    score counts: a vendor that alone sets the minimum has no slope there.
    """
    bids, path = field_of(evaluation), evaluation.price_path
    first = bids.leading()
    if len(first) != 1 or path is None or evaluation.rules.lowest_price:
        return None
    [vendor] = first
    m = evaluation.tree.leaves.index(path)
    price = evaluation.price(vendor)
    if price is None:
        return PointPrice(vendor, None, None, None, "no price is given")
    if bids.weights[m] == 0:
        return PointPrice(vendor, price, None, None, "the price carries no weight")
    cheaper, dearer = (_one_point(bids, m, vendor, price, side) for side in (-1, 1))
    moves = cheaper is not None or dearer is not None
    note = None if moves else "the value does not move around this price, or only jumps"
    return PointPrice(vendor, price, cheaper, dearer, note)


def _one_point(bids: Field, m: int, vendor: str, price: float, side: int) -> float | None:
    """Currency for each point of the score as the price moves to one side; None where flat."""
    leaf, n = bids.leaves[m], bids.vendors.index(vendor)
    bends = leaf.function.knots(leaf.others(n))
    bends = bends[(bends - price) * side > 0]
    reach = abs(price) / 2 or 1.0
    width = min([*abs(bends - price), reach])
    samples = price + side * width * (1 + SAMPLES) / 2
    slope = abs(curve(leaf.moved(n, samples)[:, n]).slope(-1.0)) * 2 / width
    gained = 100 * leaf.weight * float(slope)
    return 1 / gained if gained * width > 1e-9 else None

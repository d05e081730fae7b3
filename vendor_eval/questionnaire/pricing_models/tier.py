"""Volume tiers: a price for the transactions of a month between two volumes."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.rules.values.function import Floats

TierPrices = Literal["marginal", "all units"]
"""What a tier's price is for: the transactions that fall within it, or all of the month."""


@dataclass(frozen=True)
class Tier:
    """The volumes of a month that a price is for: more than `above` and at most `up_to`.

    `marginal`: the price of each transaction that falls within the tier. `all units`: the price of
    all transactions of a month whose volume falls within it; the charge jumps at the tier's edge.
    """

    above: float
    up_to: float
    """Infinite for the last tier."""
    prices: TierPrices

    def priced(self, transactions: Floats) -> Floats:
        """How many of each month's transactions the tier prices; 0 to all of them."""
        if self.prices == "marginal":
            return np.clip(transactions - self.above, 0.0, self.up_to - self.above)
        within = (transactions > self.above) & (transactions <= self.up_to)
        return np.where(within, transactions, 0.0)

    @property
    def edges(self) -> tuple[float, ...]:
        """Volumes at which the tier begins and ends, the finite ones above 0."""
        return tuple(e for e in (self.above, self.up_to) if e > 0 and math.isfinite(e))

"""Outcome-based pricing and service credits: what depends on how well it goes."""

import math
from dataclasses import dataclass

import numpy as np

from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True)
class GainShare:
    """A share of each year's savings, at least `floor` and at most `cap` a year.

    Without a floor the vendor never pays (0); without a cap there is no limit.
    """

    share: float
    floor: float = 0.0
    cap: float = math.inf

    def fees(self, savings: Floats, part_of_year: Floats) -> Floats:
        """What each year costs; floor and cap count for the part of it that lies in the term."""
        return np.clip(self.share * savings, self.floor * part_of_year, self.cap * part_of_year)


def service_credit(monthly_charge: float, *, at_risk: float, allocation: float) -> float:
    """Credit a month for missing a service level: charge x share at risk x the level's share."""
    return monthly_charge * at_risk * allocation

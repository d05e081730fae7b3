"""Sensitivity: what would change the winner, in closed form or by a linear programme.

Only eligible vendors are compared, and the gates stand as they were decided. Where a share moves,
its parent's weight stays and its siblings keep their proportions; siblings that all weigh nothing
share equally what is left to them.
"""

from vendor_eval.sensitivity.along import (
    Crossing,
    Lead,
    RankingsAlong,
    Stretch,
    leads_along,
    rankings_along,
)
from vendor_eval.sensitivity.intervals import WeightInterval, weight_intervals
from vendor_eval.sensitivity.standing import winner
from vendor_eval.sensitivity.weight_changes import (
    WeightChange,
    largest_lead,
    potentially_optimal,
    smallest_weight_changes,
)
from vendor_eval.sensitivity.winners import Region, WinnerMap, winner_map

__all__ = [
    "Crossing",
    "Lead",
    "RankingsAlong",
    "Region",
    "Stretch",
    "WeightChange",
    "WeightInterval",
    "WinnerMap",
    "largest_lead",
    "leads_along",
    "potentially_optimal",
    "rankings_along",
    "smallest_weight_changes",
    "weight_intervals",
    "winner",
    "winner_map",
]

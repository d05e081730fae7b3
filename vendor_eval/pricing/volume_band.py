"""Charges and credits for volumes outside a band (additional and reduced resource charges)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.pricing.lines import PRICING_MODELS
from vendor_eval.values import Floats


@PRICING_MODELS.register("volume_band")
@dataclass(frozen=True)
class VolumeBand:
    """Charges (ARC) and credits (RRC) for transactions outside a band around the baseline.

    A base fee covers `baseline` transactions a month, give or take `dead_band` of them.

    Outside the band each additional transaction is charged `arc`, and each one less is credited
    `rrc` times `z`. `cliff`: the whole deviation counts once it is outside; `slice`: only what is
    beyond the band's edge, so that the charge has no jump.
    """

    baseline: float
    dead_band: float
    arc: float
    rrc: float
    convention: Literal["cliff", "slice"]
    z: float = 1.0

    @property
    def edges(self) -> tuple[float, float]:
        """The lowest and the highest volume inside the band; both belong to it."""
        width = self.baseline * self.dead_band
        return self.baseline - width, self.baseline + width

    def charges(self, volumes: Floats) -> Floats:
        """Charge (above 0) or credit (below 0) at each monthly volume, in the band's currency."""
        low, high = self.edges
        over, under = volumes > high, volumes < low
        start, end = (self.baseline,) * 2 if self.convention == "cliff" else (high, low)
        more = np.where(over, volumes - start, 0.0)
        less = np.where(under, end - volumes, 0.0)
        return np.asarray(self.arc * more - self.rrc * self.z * less, dtype=float)

"""Charges and credits for volumes outside a band (additional and reduced resource charges)."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from vendor_eval.rules.values.function import Floats


@dataclass(frozen=True)
class VolumeBand:
    """Charges (ARC) and credits (RRC) for transactions outside a band around the baseline.

    The bid's other charges cover `baseline` transactions a month, give or take `dead_band` of them.

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

    def covered(self, volumes: Floats) -> Floats:
        """Transactions a month that other prices are charged for, if ARC and RRC replace them.

        All of them inside the band; outside, as many as ARC and RRC are counted from.
        """
        low, high = self._counted_from
        inside = (volumes >= self.edges[0]) & (volumes <= self.edges[1])
        return np.where(inside, volumes, np.where(volumes > self.edges[1], high, low))

    @property
    def _counted_from(self) -> tuple[float, float]:
        """The volume below which transactions are credited, and above which they are charged."""
        return (self.baseline,) * 2 if self.convention == "cliff" else self.edges

    def charges(self, volumes: Floats) -> Floats:
        """Charge (above 0) or credit (below 0) at each monthly volume, in the band's currency."""
        covered = self.covered(volumes)
        more, less = np.maximum(volumes - covered, 0.0), np.maximum(covered - volumes, 0.0)
        return np.asarray(self.arc * more - self.rrc * self.z * less, dtype=float)

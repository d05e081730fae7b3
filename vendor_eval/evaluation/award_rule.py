"""What a bid is compared by: its points, or its points for each unit of its price."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import Fault
from vendor_eval.evaluation.faults import faulty_answers
from vendor_eval.evaluation.performance import Performance, performance_on
from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class Divisor(ShortRepr):
    """The prices that points are divided by, under `price_per_point`; arrays over all vendors.

    Of two bids A is better where w . (v_A / p_A - v_B / p_B) > 0: the additive model on values
    divided by price. So that these stay in [0, 1], they are multiplied by the lowest price.
    """

    leaf: Criterion
    answers: Performance
    faulty: NDArray[np.bool_]
    """Whose price cannot be divided by; (vendors,)."""
    lowest: float
    """Of all prices that can be divided by, in the rules' currency; 1 where there is none."""

    @property
    def scale(self) -> Floats:
        """The lowest price over each vendor's, in (0, 1]; 1 where it is faulty; (vendors,)."""
        prices = np.where(self.faulty, self.lowest, self.answers.likely)
        return np.asarray(self.lowest / prices)


def divisor(rules: Rules, proposals: Proposals) -> tuple[Divisor | None, list[Fault]]:
    """The prices that points are divided by, None under another rule, and those unreadable.

    A range is none: points are divided by one number.
    """
    leaf = rules.divisor
    if leaf is None or leaf.reads not in proposals.answers:
        return None, []
    answers, faults = performance_on(leaf, proposals)
    ranging = answers.given & (answers.low != answers.high)
    for n in np.flatnonzero(ranging).tolist():
        vendor = proposals.vendors[n]
        place = proposals.place(vendor, str(leaf.reads))
        message = f"found {answers.answers[n]}; allowed: one price, since it is divided by points"
        faults.append(Fault(place, message, vendor, "vendor"))
    faulty = faulty_answers(proposals, [(leaf, answers)])[:, 0] | ranging
    lowest = float(answers.likely[~faulty].min(initial=np.inf))
    return Divisor(leaf, answers, faulty, lowest if np.isfinite(lowest) else 1.0), faults

"""Volume bands that leave open what is charged, or cannot be what the vendor means."""

from collections.abc import Iterator

import numpy as np

from vendor_eval.bids.response import Response
from vendor_eval.errors import Fault, quoted
from vendor_eval.measures.costs.forecasts import monthly_volumes
from vendor_eval.measures.costs.items import answered
from vendor_eval.measures.costs.offers import BAND, PriceOffer
from vendor_eval.measures.costs.shares import by_transaction
from vendor_eval.questionnaire.pricing import INSTEAD, ON_TOP
from vendor_eval.rules.commercial import Commercial
from vendor_eval.wording import whole

FAR = 3.0
"""How many times the transactions of every month, or a part of them, no vendor plans for."""


def band_faults(read: PriceOffer, commercial: Commercial, response: Response) -> Iterator[Fault]:
    """What must be asked of a volume band; nothing of a bid that has none."""
    if not read.has_band:
        return
    priced = any(by_transaction(line) for line, _ in read.lines)
    if priced and "band_replaces" not in read.terms:
        band = next(cell for name in BAND if (cell := read.terms.get(name))).place
        yield Fault(
            response.place("price_terms.band_replaces"),
            f"blank, and there is a volume band ({band}) alongside prices per transaction; "
            f"allowed: {quoted((INSTEAD, ON_TOP))}",
            response.vendor,
            "vendor",
            "question",
            ("price_terms.band_replaces",),
        )
    baseline, expected = read.terms.get("band_baseline"), forecast_range(commercial)
    if baseline and not answered(baseline) and expected and far(baseline.number, expected):
        off = "more than three times" if baseline.number > expected[1] else "less than a third of"
        # it says nothing of the forecast, which a letter keeps to the buyer
        yield Fault(
            baseline.place,
            f"found {whole(baseline.number)}, which is {off} the transactions of every month of "
            "the request; allowed: the baseline in transactions a month",
            response.vendor,
            "vendor",
            "question",
            ("price_terms.band_baseline",),
        )


def forecast_range(commercial: Commercial) -> tuple[float, float] | None:
    """The least and the most transactions of a month that has any, over all forecasts."""
    every = [monthly_volumes(each, commercial.months) for each in commercial.volumes.values()]
    volumes = np.concatenate([np.zeros(0), *every])
    volumes = volumes[volumes > 0]
    return (float(volumes.min()), float(volumes.max())) if len(volumes) else None


def far(volume: float, expected: tuple[float, float]) -> bool:
    """Whether a volume of a month is more than `FAR` times off all that is expected of a month."""
    least, most = expected
    return not least / FAR <= volume <= most * FAR

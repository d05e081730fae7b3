"""Transactions by month under each of the rules' forecasts."""

import numpy as np

from vendor_eval.errors import nearest
from vendor_eval.measures.costs.offers import NotPriced, ours
from vendor_eval.measures.costs.years import contract_years
from vendor_eval.rules.commercial import Commercial, Forecast
from vendor_eval.rules.values.function import Floats


def volumes(commercial: Commercial, name: str | None = None) -> Floats:
    """Transactions in each month of a forecast, else of the rules' own; (months + 1,), first 0."""
    chosen = commercial.forecast if name is None else name
    if chosen is None:
        raise NotPriced([ours("the rules give no volume forecast")])
    if chosen not in commercial.volumes:
        hint = nearest(chosen, commercial.volumes)
        raise NotPriced([ours(f"the rules give no forecast {chosen!r}{hint}")])
    return monthly_volumes(commercial.volumes[chosen], commercial.months)


def monthly_volumes(forecast: Forecast, months: int) -> Floats:
    """Transactions in each month, none in month 0; (months + 1,)."""
    year = contract_years(months)[1:] - 1
    if forecast.by_month is not None:
        volumes = np.array(forecast.by_month, dtype=float)
    elif forecast.by_year is not None:
        volumes = np.array(forecast.by_year, dtype=float)[year]
    else:
        volumes = (forecast.monthly or 0.0) * (1 + (forecast.growth or 0.0)) ** year
    return np.concatenate([[0.0], volumes])


def steady(monthly: float, months: int) -> Floats:
    """The same volume in every month of the term; (months + 1,)."""
    return np.concatenate([[0.0], np.full(months, float(monthly))])

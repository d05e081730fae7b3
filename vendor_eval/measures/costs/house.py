"""What the buyer pays itself: the baseline in house, and its own costs alongside a vendor's."""

from collections.abc import Iterable

import numpy as np

from vendor_eval.measures.costs.money import Money, step_index
from vendor_eval.measures.costs.offers import NotPriced, ours
from vendor_eval.rules.commercial import Commercial, OwnCost
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats


def baseline_flow(rules: Rules, volumes: Floats) -> Money:
    """The baseline's nominal cost at these volumes, (months + 1,), in the rules' currency."""
    commercial = rules.commercial
    if commercial is None or commercial.baseline is None:
        raise NotPriced([ours("the rules give no baseline")])
    baseline, months = commercial.baseline, commercial.months
    amounts = baseline.fixed_a_month + baseline.a_transaction * volumes
    amounts = amounts * step_index(months, baseline.indexation)
    amounts[0] = 0.0
    return Money(amounts, "nominal", rules.currency)


def double_running(rules: Rules, volumes: Floats, months: float) -> Money:
    """The baseline's cost in the first `months` of the term, the last of them in part."""
    flow = baseline_flow(rules, volumes)
    before = np.arange(len(volumes)) - 1.0
    kept = np.clip(months - before, 0.0, 1.0)
    return Money(flow.amounts * kept, "nominal", rules.currency)


OWN_COST = "own_costs."
"""What the name of an own cost follows among the components, so that none is taken for another."""


def own_costs(rules: Rules, countries: Iterable[str]) -> dict[str, Money]:
    """The buyer's own costs alongside a vendor that delivers from these countries, by component."""
    commercial = rules.commercial
    costs = commercial.own_costs if commercial else {}
    met = set(countries)
    return {
        OWN_COST + name: Money(_amounts(commercial, cost), "nominal", rules.currency)
        for name, cost in costs.items()
        if commercial and (cost.countries is None or met & set(cost.countries))
    }


def _amounts(commercial: Commercial, cost: OwnCost) -> Floats:
    month = np.arange(commercial.months + 1)
    if cost.paid == "once":
        return cost.amount * (month == cost.first_month)
    paid = (month >= cost.first_month) & (month <= (cost.last_month or 0))
    return cost.amount * paid * step_index(commercial.months, cost.indexation or 0.0)

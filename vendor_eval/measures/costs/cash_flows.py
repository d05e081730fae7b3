"""What a vendor costs in each month of the term, by component, in one money and one currency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from vendor_eval.errors import InputFaults
from vendor_eval.measures.costs.bids import Bid
from vendor_eval.measures.costs.charges import running, vendor_charges
from vendor_eval.measures.costs.forecasts import volumes as forecast_volumes
from vendor_eval.measures.costs.house import baseline_flow, double_running, own_costs
from vendor_eval.measures.costs.money import DiscountRate, Inflation, Money, nothing, years
from vendor_eval.measures.costs.negative import negative_faults
from vendor_eval.measures.costs.offers import LARGEST, NotPriced, ours
from vendor_eval.rules.commercial import Stated
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class CashFlow(ShortRepr):
    """Nominal costs by component over the months of the term, in the rules' currency."""

    bid: Bid
    volumes: Floats
    """Transactions in each month; (months + 1,)."""
    charges: Mapping[str, Money]
    """What the vendor charges, by pricing model; `service_credits`, if taken off, below 0."""
    own: Mapping[str, Money]
    """What the buyer pays besides: double running, and its own costs by name."""

    @property
    def parts(self) -> dict[str, Money]:
        """Every component: the vendor's charges, then the buyer's own costs."""
        return {**self.charges, **self.own}

    @property
    def nominal(self) -> Money:
        """What is paid in each month."""
        return total(self.parts.values(), self.bid.rules)

    def stated(self, money: Stated | None = None) -> Money:
        """What each month comes to, in this kind of money, else in the rules' own."""
        return stated(self.nominal, self.bid.rules, money)

    def table(self, money: Stated | None = None) -> pd.DataFrame:
        """Months 0 to the end x components, in the rules' currency."""
        rules = self.bid.rules
        columns = {n: stated(part, rules, money).amounts for n, part in self.parts.items()}
        months = pd.RangeIndex(len(self.volumes), name="month")
        return pd.DataFrame(columns, index=months, dtype=float)

    @property
    def running(self) -> Money:
        """The vendor's charges for the service itself, before service credits."""
        charged = {n: m for n, m in self.charges.items() if n != "service_credits"}
        return running(self.bid, charged)


def priced(bid: Bid, volumes: str | Floats | None = None) -> CashFlow:
    """The cash flow of a bid under a forecast by name, else the rules' own, or at volumes.

    Raises NotPriced where amounts are beyond those of any tender, and InputFaults where the vendor
    would pay in a month or a year, in place of being paid.
    """
    flow = flow_at(bid, volumes)
    for part in flow.parts.values():
        if not np.all(np.abs(part.amounts) <= LARGEST):  # also where it is infinite or nan
            raise NotPriced(["the amounts grow beyond those of any tender"], bid.offer.cells)
    if faults := list(negative_faults(bid, flow.charges)):
        raise InputFaults(faults)
    return flow


def flow_at(bid: Bid, volumes: str | Floats | None = None) -> CashFlow:
    """The cash flow of a bid that is known to have one, at other volumes."""
    commercial = bid.commercial
    if not isinstance(volumes, np.ndarray):
        named = volumes is not None or commercial.volumes
        volumes = (
            forecast_volumes(commercial, volumes) if named else np.zeros(commercial.months + 1)
        )
    charges = vendor_charges(bid, volumes)
    if commercial.credits_subtracted:
        at_risk = bid.offer.number("at_risk") or 0.0
        credits = running(bid, charges) * (-at_risk * commercial.credits_subtracted)
        charges["service_credits"] = credits
    own: dict[str, Money] = {}
    if bid.double_running and commercial.baseline:
        own["double_running"] = double_running(bid.rules, volumes, bid.double_running)
    own |= own_costs(bid.rules, bid.countries)
    return CashFlow(bid, volumes, charges, own)


def total(parts: Iterable[Money], rules: Rules) -> Money:
    """The sum of some parts, nominal."""
    months = rules.commercial.months if rules.commercial else 0
    return sum(parts, start=nothing(months, rules.currency))


def stated(money: Money, rules: Rules, kind: Stated | None = None) -> Money:
    """Nominal money in the kind that is asked for, else in the rules' own.

    Raises NotPriced where the rules do not give the rates that it takes.
    """
    commercial = rules.commercial
    if commercial is None:
        raise NotPriced([ours("the rules hold no 'commercial' block")])
    kind = kind or commercial.money
    if kind == "nominal":
        return money
    if commercial.timing is None:
        raise NotPriced([ours("the rules do not say when in a month payments fall")])
    times = years(commercial.months, commercial.timing)
    discount = commercial.discount
    if kind == "present_value" and discount is None:
        raise NotPriced([ours("the rules state no discount rate")])
    if kind == "real" or (discount and discount.money == "real"):
        if rules.currency not in commercial.inflation:
            raise NotPriced([ours(f"the rules state no inflation of {rules.currency}")])
        money = money.real(Inflation(commercial.inflation[rules.currency], rules.currency, times))
    if kind == "real" or discount is None:
        return money
    return money.discounted(DiscountRate(discount.rate, discount.money, times))


def baseline(
    rules: Rules, *, volumes: str | Floats | None = None, money: Stated | None = None
) -> Money:
    """What the service costs in house over the same months, in the same money."""
    if rules.commercial is None:
        raise NotPriced([ours("the rules hold no 'commercial' block")])
    if not isinstance(volumes, np.ndarray):
        volumes = forecast_volumes(rules.commercial, volumes)
    return stated(baseline_flow(rules, volumes), rules, money)

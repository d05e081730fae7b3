"""All bids on one basis: totals, volume scenarios, savings against the baseline, break-even."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from vendor_eval.errors import InputFaults, UnknownName, nearest, quoted
from vendor_eval.measures.costs.bids import priced_from
from vendor_eval.measures.costs.break_evens import (
    CostCurve,
    VolumeSegment,
    baseline_curve,
    break_even,
    vendor_curve,
)
from vendor_eval.measures.costs.cash_flows import CashFlow, baseline, flow_at
from vendor_eval.measures.costs.components import GROUPS, OWN, group, ordered
from vendor_eval.measures.costs.forecasts import volumes as forecast_volumes
from vendor_eval.measures.costs.money import Money
from vendor_eval.measures.costs.offers import NotPriced
from vendor_eval.measures.costs.years import contract_years
from vendor_eval.measures.facts import Facts
from vendor_eval.rules.commercial import Stated
from vendor_eval.rules.rules import Rules
from vendor_eval.wording.short_repr import ShortRepr


def _grouped(components: pd.DataFrame) -> pd.DataFrame:
    """The columns summed by group, those without any money left out."""
    names = [name for name in (*GROUPS, OWN) if name in set(map(group, components))]
    sums = {g: components[[n for n in components if group(n) == g]].sum(axis=1) for g in names}
    frame = pd.DataFrame(sums, index=components.index)
    return frame.loc[:, (frame != 0).any()]


MOST_PAIRED = 8
"""Bids between which break-even volumes are looked for, cheapest first: 28 pairs."""


def payback_month(saved: Money) -> int | None:
    """The first month from whose end on savings outweigh what was spent, up to the term's end.

    0 where they always do; None where they do not within the term.
    """
    summed = np.cumsum(saved.amounts)
    noise = 1e-9 * np.abs(saved.amounts).sum()
    short = np.flatnonzero(summed < -noise)
    if not len(short):
        return 0
    month = int(short[-1]) + 1
    return month if month < len(summed) else None


@dataclass(frozen=True, eq=False)
class Comparison(ShortRepr):
    """What every vendor costs over the term, in one currency and one kind of money."""

    rules: Rules
    money: Stated
    forecast: str | None
    """The volume forecast's name; None where the rules give none."""
    flows: Mapping[str, CashFlow]
    """By vendor, the cheapest first."""
    unpriced: Mapping[str, tuple[str, ...]]
    """Why a vendor's bid has no cost, by vendor."""
    without: tuple[str, ...] = ()
    """Vendors that were left out of the comparison."""

    @cached_property
    def totals(self) -> pd.Series:
        """Total cost over the term by vendor, in the rules' currency."""
        return pd.Series(
            {vendor: flow.stated(self.money).total for vendor, flow in self.flows.items()},
            dtype=float,
        )

    @cached_property
    def components(self) -> pd.DataFrame:
        """Total of each component, vendors x components; 0 where a vendor has none of it."""
        rows = {vendor: flow.table(self.money).sum() for vendor, flow in self.flows.items()}
        frame = pd.DataFrame(rows).T.reindex(list(self.flows)).fillna(0.0)
        return frame[ordered(frame)]

    @cached_property
    def groups(self) -> pd.DataFrame:
        """Total of each group of components that anybody has; vendors x groups."""
        return _grouped(self.components)

    @cached_property
    def by_year(self) -> Mapping[str, pd.DataFrame]:
        """By vendor, the cost of each year by group; year 0 is what is paid before the start."""
        costs = {}
        for vendor, flow in self.flows.items():
            years = flow.table(self.money).groupby(contract_years(self.months)).sum()
            costs[vendor] = _grouped(years).reindex(columns=list(self.groups)).fillna(0.0)
        return costs

    @cached_property
    def baseline(self) -> Money | None:
        """What the service costs in house over the same months; None without a baseline."""
        try:
            return baseline(self.rules, volumes=self.forecast, money=self.money)
        except NotPriced:
            return None

    @property
    def months(self) -> int:
        """The length of the term."""
        return self.rules.commercial.months if self.rules.commercial else 0

    def volume_of(self, forecast: str) -> float:
        """Transactions over the term under one of the forecasts."""
        if self.rules.commercial is None:
            return 0.0
        return float(forecast_volumes(self.rules.commercial, forecast).sum())

    @property
    def likely_volumes(self) -> tuple[float, float]:
        """Monthly volumes worth looking at: from half the least forecast to half above the most."""
        means = [self.volume_of(name) / self.months for name in self.scenarios]
        return (min(means) / 2, 1.5 * max(means)) if means else (0.0, 0.0)

    def savings(self, vendor: str) -> Money | None:
        """What a vendor saves against the baseline in each month."""
        house = self.baseline
        return None if house is None else house - self.flows[vendor].stated(self.money)

    @cached_property
    def scenarios(self) -> pd.DataFrame:
        """Total cost under every volume forecast of the rules; vendors x forecasts."""
        names = list(self.rules.commercial.volumes) if self.rules.commercial else []

        def total(vendor: str, name: str) -> float:
            if name == self.forecast:
                return float(self.totals[vendor])
            return flow_at(self.flows[vendor].bid, name).stated(self.money).total

        rows = {vendor: {name: total(vendor, name) for name in names} for vendor in self.flows}
        return pd.DataFrame.from_dict(rows, orient="index", columns=names, dtype=float)

    @cached_property
    def break_evens(self) -> Mapping[tuple[str, str], tuple[VolumeSegment, ...]]:
        """Who of two is cheaper at which monthly volume, for pairs of vendors and the baseline."""
        return {(a.name, b.name): break_even(a, b) for a, b in combinations(self.curves, 2)}

    @cached_property
    def curves(self) -> tuple[CostCurve, ...]:
        """Total cost against monthly volume, for the cheapest vendors and the baseline."""
        if not self.rules.commercial or not self.rules.commercial.volumes:
            return ()
        cheapest = list(self.flows.values())[:MOST_PAIRED]
        curves = [vendor_curve(flow.bid, self.money) for flow in cheapest]
        if cheapest and self.baseline is not None:
            curves.append(baseline_curve(self.rules, self.money))
        return tuple(curves)


def comparison(
    rules: Rules,
    facts: Mapping[str, Facts],
    *,
    volumes: str | None = None,
    money: Stated | None = None,
    without: Sequence[str] = (),
) -> Comparison:
    """Every bid priced under the rules, under a forecast and in a money if they are named.

    `facts`: by vendor, of the bids under these rules. What cannot be priced is reported with its
    reasons; vendors `without` whom bids are compared, since they are excluded, are named. Raises
    UnknownName for a forecast that the rules do not give.
    """
    commercial = rules.commercial
    known = commercial.volumes if commercial else {}
    if volumes is not None and volumes not in known:
        hint = nearest(volumes, known) or f"; allowed: {quoted(known)}"
        raise UnknownName(f"unknown volume forecast {volumes!r}{hint}")
    forecast = volumes or (commercial.forecast if commercial else None)
    kind: Stated = money or (commercial.money if commercial else "nominal")
    flows: dict[str, CashFlow] = {}
    unpriced: dict[str, tuple[str, ...]] = {}
    left_out = tuple(vendor for vendor in facts if vendor in without)
    for vendor, shown in facts.items() if commercial else ():
        if vendor in left_out:
            continue
        spoilt = shown.response.spoilt(priced_from(rules))
        if spoilt:
            unpriced[vendor] = tuple(map(str, spoilt))
            continue
        try:
            flow = shown.cash_flow(forecast)
            flow.stated(kind)  # the rates it takes may be lacking
            flows[vendor] = flow
        except NotPriced as error:
            unpriced[vendor] = error.reasons
        except InputFaults as error:
            unpriced[vendor] = tuple(map(str, error.faults))
    ranked = sorted(flows, key=lambda vendor: (flows[vendor].stated(kind).total, vendor))
    return Comparison(rules, kind, forecast, {v: flows[v] for v in ranked}, unpriced, left_out)

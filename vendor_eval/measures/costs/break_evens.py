"""At which monthly volumes one vendor becomes cheaper than another, exactly.

A bid's total cost is piecewise linear in a volume that is the same in every month of the term:
between the volumes at which a commitment, a band, a volume tier or a gain share begins or ends to
count it is a straight line, which two points give.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from vendor_eval.measures.costs.bids import Bid
from vendor_eval.measures.costs.cash_flows import baseline, flow_at
from vendor_eval.measures.costs.charges import gain_share, running, volume_band, yearly_savings
from vendor_eval.measures.costs.forecasts import steady
from vendor_eval.measures.costs.forecasts import volumes as forecast_volumes
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS
from vendor_eval.rules.commercial import Stated
from vendor_eval.rules.rules import Rules
from vendor_eval.wording.short_repr import ShortRepr

ROUNDING = 1e-9
"""Costs closer than this part of themselves are equal: float noise makes nobody cheaper."""
IN_HOUSE = "in house"
"""What the baseline is called alongside vendors."""

Line = tuple[float, float, float, float]
"""A straight line: two volumes, each followed by the cost there."""


@dataclass(frozen=True)
class CostCurve(ShortRepr):
    """Total cost against monthly volume: straight between `kinks`, which begin at 0."""

    name: str
    kinks: tuple[float, ...]
    cost: Callable[[float], float]

    def line(self, low: float, high: float) -> Line:
        """The straight line over an interval without kinks inside; its end may be infinite."""
        width = (max(low, 1.0) if math.isinf(high) else high - low) / 3
        first, second = low + width, low + 2 * width
        return first, self.cost(first), second, self.cost(second)

    def path(self, end: float) -> tuple[list[float], list[float]]:
        """Volumes up to `end` and the costs there, at both sides of every kink between."""
        kinks = [kink for kink in sorted(set(self.kinks)) if kink < end]
        volumes: list[float] = []
        costs: list[float] = []
        for low, high in pairwise([*kinks, end]):
            x0, y0, x1, y1 = self.line(low, high)
            slope = (y1 - y0) / (x1 - x0)
            volumes += [low, high]
            costs += [y0 + slope * (low - x0), y0 + slope * (high - x0)]
        return volumes, costs


@dataclass(frozen=True)
class VolumeSegment:
    """Monthly volumes over which the same one is cheaper; None where both cost the same."""

    low: float
    high: float
    cheaper: str | None
    jump: bool = False
    """Whether it begins where a cost jumps, rather than where both cost the same."""


def vendor_curve(bid: Bid, money: Stated | None = None) -> CostCurve:
    """A bid's total cost over the term against the same volume in every month."""
    months = bid.commercial.months

    def cost(volume: float) -> float:
        return flow_at(bid, steady(volume, months)).stated(money).total

    kinks = _plain_kinks(bid)
    return CostCurve(bid.vendor, (*kinks, *_gain_share_kinks(bid, kinks)), cost)


def baseline_curve(rules: Rules, money: Stated | None = None) -> CostCurve:
    """The baseline's total cost over the term against the same volume in every month."""
    months = rules.commercial.months if rules.commercial else 0

    def cost(volume: float) -> float:
        return baseline(rules, volumes=steady(volume, months), money=money).total

    return CostCurve(IN_HOUSE, (0.0,), cost)


def break_even(first: CostCurve, second: CostCurve) -> tuple[VolumeSegment, ...]:
    """Who is cheaper from volume 0 on, stretch by stretch; one stretch alone has no break-even."""
    kinks = sorted({*first.kinks, *second.kinks, 0.0})
    segments: list[VolumeSegment] = []
    left: float | None = None
    for low, high in pairwise([*kinks, math.inf]):
        for stretch, start, end in _cut(first, second, low, high):
            jumps = bool(left is not None and (left or start))
            if segments and segments[-1].cheaper == stretch.cheaper:
                segments[-1] = VolumeSegment(
                    segments[-1].low, stretch.high, stretch.cheaper, segments[-1].jump
                )
            else:
                segments.append(VolumeSegment(stretch.low, stretch.high, stretch.cheaper, jumps))
            left = end
    return tuple(segments)


def _cut(
    first: CostCurve, second: CostCurve, low: float, high: float
) -> Iterator[tuple[VolumeSegment, float, float]]:
    """The stretches of an interval without kinks, with the difference of cost at both ends."""
    x0, a0, x1, a1 = first.line(low, high)
    _, b0, _, b1 = second.line(low, high)
    slack = ROUNDING * max(abs(a0), abs(b0), abs(a1), abs(b1))
    d0, d1 = (0.0 if abs(d) <= slack else d for d in (a0 - b0, a1 - b1))
    slope = 0.0 if abs(d1 - d0) <= slack else (d1 - d0) / (x1 - x0)

    def at(volume: float) -> float:
        return d0 if math.isinf(volume) else d0 + slope * (volume - x0)

    root = x0 - d0 / slope if slope else low
    cuts = [low, root, high] if low < root < high else [low, high]
    for start, end in pairwise(cuts):
        middle = start + max(start, 1.0) if math.isinf(end) else (start + end) / 2
        difference = at(middle)
        cheaper = None if not difference else first.name if difference < 0 else second.name
        ends = [0.0 if abs(d) <= slack else d for d in (at(start), at(end))]
        yield VolumeSegment(start, end, cheaper), ends[0], ends[1]


def _plain_kinks(bid: Bid) -> tuple[float, ...]:
    """Volumes at which a commitment stops counting, or a band or tier ends; ascending from 0."""
    kinks = {0.0}
    committed = bid.offer.number("minimum_commitment")
    if committed:
        kinks |= set(committed * forecast_volumes(bid.commercial)[1:])
    if bid.offer.has_band:
        kinks |= {max(edge, 0.0) for edge in volume_band(bid).edges}
    for line, _ in bid.offer.lines:
        if line.volume_share:
            edges = PRICING_MODELS[line.basis].edges(line)
            kinks |= {edge / line.volume_share for edge in edges}
    return tuple(sorted(map(float, kinks)))


def _gain_share_kinks(bid: Bid, kinks: Sequence[float]) -> Iterator[float]:
    """Volumes at which a year's gain share meets its floor or its cap."""
    if not bid.offer.number("gain_share"):
        return
    share = gain_share(bid)
    for low, high in pairwise([*kinks, math.inf]):
        width = (max(low, 1.0) if math.isinf(high) else high - low) / 3
        x0, x1 = low + width, low + 2 * width
        (s0, part), (s1, _) = (_savings(bid, x) for x in (x0, x1))
        for bound in (share.floor, share.cap):
            if math.isfinite(bound) and share.share:
                target, slope = bound * part / share.share, (s1 - s0) / (x1 - x0)
                with np.errstate(divide="ignore", invalid="ignore"):
                    roots = x0 + (target - s0) / slope
                yield from (float(x) for x in roots[np.isfinite(roots)] if low < x < high)


def _savings(bid: Bid, volume: float) -> tuple[np.ndarray, np.ndarray]:
    volumes = steady(volume, bid.commercial.months)
    flow = flow_at(bid, volumes)
    savings = yearly_savings(bid, volumes, running(bid, dict(flow.charges)))
    return savings.saved, savings.parts

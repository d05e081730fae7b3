"""The whole ranking while one share goes from 0 to 1."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.sensitivity.corners import (
    corner_points,
    node,
    proportions,
    separated,
)
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.rules.values.function import Floats

TOUCH = 1e-11
"""Crossings that are closer than this are one: lines that meet in one point, and float noise."""


@dataclass(frozen=True)
class RankSegment:
    """The ranks that hold while the share lies strictly between `low` and `high`, in [0, 1].

    Vendors may tie at an end who do not tie within. Ties share a rank: 1, 1, 3.
    """

    low: float
    high: float
    ranks: Mapping[str, int]

    @property
    def ranking(self) -> tuple[str, ...]:
        """The vendors, best first; ties by name."""
        return tuple(sorted(self.ranks, key=lambda vendor: (self.ranks[vendor], vendor)))

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who is first, by name."""
        return tuple(vendor for vendor in self.ranking if self.ranks[vendor] == 1)


@dataclass(frozen=True)
class RankingsAlong:
    """The eligible vendors' ranking along one share among siblings.

    `share`: today's, in [0, 1]. `ends`: each vendor's score in points (0-100) at share 0 and at
    share 1, with a straight line between. The share of an only child is 1 and cannot move: there
    is one segment then, from 1 to 1. Ties are not broken by the rules' `tie_break`.
    """

    path: str
    share: float
    ends: Mapping[str, tuple[float, float]]
    segments: tuple[RankSegment, ...]


def rankings_along(evaluation: Evaluation, path: str) -> RankingsAlong:
    """The ranking at every share of one node from 0 to 1, with every crossing exact.

    Two vendors' scores are straight lines in the share, apart by d at 0 and by e at 1: where d and
    e differ in sign they meet at d / (d - e). Raises UnknownName for an unknown path.
    """
    tree, vendors = evaluation.tree, evaluation.ranking
    moved = node(tree, path)
    share = float(tree.shares[moved])
    points = corner_points(field_of(evaluation), [moved])
    fixed = not len(proportions(tree, [moved])[0])
    at_one, at_zero = points[:, 0], points[:, -1]
    apart = separated(at_zero[:, None] - at_zero[None, :])
    then = separated(at_one[:, None] - at_one[None, :])
    meet = _meetings(apart, then)
    edges = [0.0, *np.unique(meet[(meet > 0) & (meet < 1)]).tolist(), 1.0]
    spans = [(1.0, 1.0)] if fixed else list(pairwise(edges))
    return RankingsAlong(
        path=path,
        share=share,
        ends=dict(zip(vendors, zip(at_zero.tolist(), at_one.tolist(), strict=True), strict=True)),
        segments=tuple(
            RankSegment(low, high, _ranks(vendors, np.where(meet > low, apart, then) > 0))
            for low, high in spans
        ),
    )


@dataclass(frozen=True)
class Lead:
    """Who is first, by name, while a share lies strictly between `low` and `high`, in [0, 1]."""

    low: float
    high: float
    vendors: tuple[str, ...]


def leads_along(evaluation: Evaluation, path: str) -> tuple[Lead, ...]:
    """Who is first at every share of one node from 0 to 1: the upper envelope of the scores' lines.

    The same as the leaders of `rankings_along`, at a fraction of its cost for many vendors. Empty
    without an eligible vendor, and for an only child, whose share cannot move.
    """
    return _leads(field_of(evaluation), path)


def leads_by_path(evaluation: Evaluation) -> Mapping[str, tuple[Lead, ...]]:
    """Who is first at every share of every node, by path."""
    field = field_of(evaluation)
    return {path: _leads(field, path) for path in evaluation.tree.paths}


def _leads(field: Field, path: str) -> tuple[Lead, ...]:
    tree, vendors = field.evaluation.tree, field.evaluation.ranking
    moved = node(tree, path)
    if not vendors or not len(proportions(tree, [moved])[0]):
        return ()
    points = corner_points(field, [moved])
    height, rise = points[:, -1], points[:, 0] - points[:, -1]
    leads: list[Lead] = []
    low = 0.0
    at_top = separated(height - height.max()) == 0
    while True:
        steepest = rise[at_top].max()
        ahead = at_top & (separated(rise - steepest) == 0)
        lead = int(np.flatnonzero(ahead)[0])
        faster = separated(rise - rise[lead]) > 0
        behind = np.maximum(height[lead] - height, 0.0)
        meet = np.divide(behind, rise - rise[lead], out=np.full_like(rise, np.inf), where=faster)
        high = float(np.clip(meet.min(), low, 1.0))
        if high - low > TOUCH:
            first = sorted(vendors[n] for n in np.flatnonzero(ahead))
            leads.append(Lead(low, high, tuple(first)))
        if high > 1 - TOUCH:
            return (*leads[:-1], replace(leads[-1], high=1.0))
        low, at_top = high, meet <= high + TOUCH


def _meetings(apart: Floats, then: Floats) -> Floats:
    """The share at which each pair of vendors meets, infinite where they never or always do."""
    meets = (apart * then <= 0) & (apart != then)
    meet = np.divide(apart, apart - then, out=np.full_like(apart, np.inf), where=meets)
    ascending = np.unique(meet[meets])
    if len(ascending):
        first = ascending[np.insert(np.diff(ascending) > TOUCH, 0, True)]
        meet[meets] = first[np.searchsorted(first, meet[meets], side="right") - 1]
    return meet


def _ranks(vendors: tuple[str, ...], ahead: NDArray[np.bool_]) -> dict[str, int]:
    """1 + the vendors ahead of each, where `ahead[i, j]` says that i is ahead of j."""
    return dict(zip(vendors, (1 + ahead.sum(axis=0)).tolist(), strict=True))

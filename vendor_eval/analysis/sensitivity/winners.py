"""A map of the winner over two shares, with exact borders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis.sensitivity.corners import corner_points, node, separated
from vendor_eval.analysis.sensitivity.intervals import WeightInterval
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr

NOTHING = 1e-12
"""A part of the map that is no more than float noise, and a point's distance from a border."""


@dataclass(frozen=True)
class Region(ShortRepr):
    """Where some vendors win: one vendor, or several whose scores are equal all over the map.

    `vertices`: the corners of a convex polygon in order, as (first share, second share), in [0, 1];
    the two ends of a segment where the map is one. `part`: its part of the whole map, in [0, 1].
    """

    vendors: tuple[str, ...]
    vertices: tuple[tuple[float, float], ...]
    part: float


@dataclass(frozen=True)
class WinnerMap(ShortRepr):
    """The winner for every pair of shares of two siblings.

    The map is the triangle of shares that are at least 0 and together at most 1; what they leave
    goes to the other siblings in their proportions, equally where none of them has weight. Without
    other siblings it is the segment of shares that sum to 1. `today`: the point that holds now.
    `regions`: largest part first; borders belong to both sides, and who only wins on a border has
    no region. The parts sum to 1.
    """

    first: str
    second: str
    today: tuple[float, float]
    regions: tuple[Region, ...]


def winner_map(evaluation: Evaluation, first: str, second: str) -> WinnerMap:
    """Each vendor's region of the map over two sibling shares, clipped by its rivals' half-planes.

    Scores are linear over the map (Sutherland & Hodgman 1974 for the clipping). Raises UnknownName
    for an unknown path and VendorEvalError for two nodes that are not siblings.
    """
    tree = evaluation.tree
    moved = [node(tree, first), node(tree, second)]
    if moved[0] == moved[1] or tree.parents[moved[0]] != tree.parents[moved[1]]:
        raise VendorEvalError(
            f"found {first!r} and {second!r}; allowed: two different criteria of one parent"
        )
    points = corner_points(field_of(evaluation), moved)
    whole = np.eye(points.shape[1])
    regions = []
    for row, vendors in _alike(evaluation.ranking, points):
        polygon = whole
        for lead in separated(row - points):
            if not len(polygon):
                break
            if lead.any():
                polygon = _clipped(polygon, lead)
        part = _size(polygon) / _size(whole)
        if part > NOTHING:
            vertices = tuple((x, y) for x, y in polygon[:, :2].tolist())
            regions.append(Region(tuple(sorted(vendors)), vertices, part))
    return WinnerMap(
        first=first,
        second=second,
        today=(float(tree.shares[moved[0]]), float(tree.shares[moved[1]])),
        regions=tuple(sorted(regions, key=lambda region: (-region.part, region.vendors))),
    )


def _alike(vendors: tuple[str, ...], points: Floats) -> Iterator[tuple[Floats, list[str]]]:
    """Each distinct row of points, with the vendors that have it to the decimals that count."""
    apart = abs(separated(points[:, None, :] - points[None, :, :])).max(axis=2) > 0
    for n, row in enumerate(points):
        if apart[n, :n].all():
            yield (
                row,
                [vendor for vendor, other in zip(vendors, apart[n], strict=True) if not other],
            )


def _clipped(polygon: Floats, lead: Floats) -> Floats:
    """The part of a convex polygon, rows of mixes of the corners, where a lead is not negative."""
    height = polygon @ lead
    height[abs(height) < NOTHING * abs(lead).max()] = 0
    kept: list[Floats] = []
    for n, (point, h) in enumerate(zip(polygon, height, strict=True)):
        after = (n + 1) % len(polygon)
        if h >= 0:
            kept.append(point)
        if h * height[after] < 0:
            kept.append((h * polygon[after] - height[after] * point) / (h - height[after]))
    # a segment is walked to and fro, and meets its border twice
    distinct = [
        p for n, p in enumerate(kept) if not any(np.array_equal(p, earlier) for earlier in kept[:n])
    ]
    return np.array(distinct).reshape(-1, polygon.shape[1])


def _size(polygon: Floats) -> float:
    """The area of a polygon in the plane of the two shares, or the length of a segment."""
    x, y = polygon[:, 0], polygon[:, 1]
    if polygon.shape[1] == 2:
        return float(np.hypot(np.ptp(x), np.ptp(y))) if len(polygon) else 0.0
    return float(abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2)


def nearest_map(
    evaluation: Evaluation, intervals: Mapping[str, WeightInterval]
) -> WinnerMap | None:
    """The winner over the two top-level weights nearest to changing it; None without two."""
    top = evaluation.tree.top
    if len(top) < 3:
        return None  # of two weights, one leaves the other no choice
    moves = {p: intervals[p].nearest_change for p in top if p in intervals}
    near = sorted((move, path) for path, move in moves.items() if move is not None)
    if len(near) < 2:
        return None
    return winner_map(evaluation, near[0][1], near[1][1])

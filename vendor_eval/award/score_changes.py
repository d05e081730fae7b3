"""What moved a vendor's score between two results: weights, answers, value functions, other bids.

The parts of a leaf are symmetric in the two results and sum to its change without a rest:
(w1 - w0)(v0 + v1) / 2 for its weight and (v1 - v0)(w0 + w1) / 2 for its value. It is the
decomposition of a product into midpoint effects (Marshall 1890; Edgeworth's mean of both bases).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from vendor_eval.rules.values.function import ValueFunction
from vendor_eval.rules.values.named import value_function

Record = Mapping[str, Any]
"""What `results.json` holds, or one vendor of it."""
ROUNDING = 0.5
"""Points by which a score may differ from the weighted sum of its leaves and still be one: rules
that round values or scores, at most to whole points. Beyond it the rules are not additive."""
SAME = 1e-6
"""Points within which a value that is computed again is the one that was written."""


@dataclass(frozen=True)
class LeafChange:
    """What one leaf did to a vendor's score, in points of the score."""

    path: str
    weights: float
    values: float
    answer: float | None
    """Of `values`, what the vendor's own answer did; None where it cannot be computed again."""
    function: float | None
    """Of `values`, what another value function did."""
    others: float | None
    """Of `values`, what other bids did, on a relative scale."""


@dataclass(frozen=True)
class Attribution:
    """What moved one vendor's score: `change` is the sum of the leaves' parts and `rounding`."""

    change: float
    leaves: tuple[LeafChange, ...]
    rounding: float
    point_price: "PointPriceChange | None" = None
    """What moved its price of a point; None where that does not rank, or there are no points."""

    @property
    def weights(self) -> float:
        """Points of the change that all weights together made."""
        return sum(leaf.weights for leaf in self.leaves)

    @property
    def values(self) -> float:
        """Points of the change that all values together made."""
        return sum(leaf.values for leaf in self.leaves)

    def total(self, part: str) -> float | None:
        """Points that one part of the values made; None where a leaf cannot say."""
        parts = [getattr(leaf, part) for leaf in self.leaves]
        return None if None in parts else float(sum(parts))

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, in points to 10 decimals."""
        return {
            "change": _plain(self.change),
            "weights": _plain(self.weights),
            "values": _plain(self.values),
            **{part: _plain(self.total(part)) for part in PARTS},
            "rounding": _plain(self.rounding),
            **({} if self.point_price is None else {"price_per_point": self.point_price.as_json()}),
            "leaves": {
                leaf.path: {
                    "weights": _plain(leaf.weights),
                    "values": _plain(leaf.values),
                    **{part: _plain(getattr(leaf, part)) for part in PARTS},
                }
                for leaf in self.leaves
            },
        }


@dataclass(frozen=True)
class PointPriceChange:
    """What moved a vendor's price of a point, in the rules' currency: its price and its points.

    The parts of p / q are symmetric in the two results too: (p1 - p0)(1/q0 + 1/q1) / 2 for the
    price and (1/q1 - 1/q0)(p0 + p1) / 2 for the points, which is `each` for a point.
    """

    price: float
    points: float
    each: float

    def as_json(self) -> dict[str, Any]:
        """The parts and their sum as plain values, to 10 decimals."""
        parts = {"price": self.price, "points": self.points}
        return {"change": _plain(self.price + self.points)} | {
            k: _plain(v) for k, v in parts.items()
        }


def _point_price(before: Record, after: Record) -> PointPriceChange | None:
    if any(side.get("price_per_point") is None for side in (before, after)):
        return None
    p0, p1, q0, q1 = (float(side[key]) for key in ("price", "score") for side in (before, after))
    each = -(p0 + p1) / (2 * q0 * q1)
    return PointPriceChange((p1 - p0) * (1 / q0 + 1 / q1) / 2, each * (q1 - q0), each)


PARTS = ("answer", "function", "others")
"""Into what the change by values is divided, in the order in which each is computed again."""


@dataclass(frozen=True)
class LeafScale:
    """How one result values a leaf: the function, and what each vendor answered."""

    function: ValueFunction | None
    answers: Mapping[str, Any] = field(default_factory=dict)
    """By vendor, of those that are eligible."""

    def value(self, answer: Any, vendor: str) -> float | None:
        """Points of an answer if the vendor had given it; None where that is not known."""
        if self.function is None:
            return None
        if answer is None:
            return 0.0
        try:
            if not self.function.relative:
                kind = object if isinstance(answer, str) else float
                return 100 * float(self.function(np.array([answer], dtype=kind))[0])
            among = {v: a for v, a in self.answers.items() if isinstance(a, int | float)}
            if vendor in among:
                among[vendor] = answer
            shown = self.function(np.array([float(answer)]), np.array(list(among.values()), float))
            return 100 * float(shown[0])
        except (ValueError, KeyError, NotImplementedError):
            return None


def leaves_of(vendor: Record) -> Mapping[str, Record]:
    """The criteria that read an answer, by path."""
    return {
        path: node for path, node in vendor.get("criteria", {}).items() if "performance" in node
    }


def scale_of(results: Record, path: str) -> LeafScale:
    """How some results value a leaf; without a function where they do not hold it."""
    entered = results.get("rules", {}).get("functions", {}).get(path)
    function = _function(entered) if entered else None
    vendors = results["vendors"].items()
    answers = {
        name: vendor["criteria"][path]["performance"]
        for name, vendor in vendors
        if vendor["status"] == "eligible" and path in vendor.get("criteria", {})
    }
    return LeafScale(function, {name: a for name, a in answers.items() if a is not None})


@cache
def _function(entered: str) -> ValueFunction:
    return value_function(_as_entered(json.loads(entered)))


def _as_entered(typed: Any) -> Any:
    """Lists as tuples, as rules are read from YAML."""
    if isinstance(typed, dict):
        return {key: _as_entered(part) for key, part in typed.items()}
    return tuple(map(_as_entered, typed)) if isinstance(typed, list) else typed


def attribution(old: Record, new: Record, was: str, now: str) -> Attribution | None:
    """What moved a vendor's score from one result to another.

    `was` and `now` are the vendor's names in the two. None where it has no score in one of them, or
    where a score is not the weighted sum of its leaves.
    """
    before, after = old["vendors"][was], new["vendors"][now]
    if not (_additive(before) and _additive(after)):
        return None
    leaves = tuple(_leaves(old, new, was, now))
    change = after["score"] - before["score"]
    parts = sum(leaf.weights + leaf.values for leaf in leaves)
    return Attribution(change, leaves, change - parts, _point_price(before, after))


def _additive(vendor: Record) -> bool:
    leaves = leaves_of(vendor).values()
    if vendor.get("score") is None or any(leaf["value"] is None for leaf in leaves):
        return False
    total = sum(leaf["weight"] * leaf["value"] for leaf in leaves)
    return abs(total - vendor["score"]) <= ROUNDING


def _leaves(old: Record, new: Record, was: str, now: str) -> Iterator[LeafChange]:
    before, after = leaves_of(old["vendors"][was]), leaves_of(new["vendors"][now])
    for path in dict.fromkeys([*before, *after]):
        one, other = before.get(path), after.get(path)
        # a leaf that stands on one side only has no weight on the other
        w0, w1 = (0.0 if side is None else side["weight"] for side in (one, other))
        v0 = (one or after[path])["value"]
        v1 = (other or before[path])["value"]
        mean = (w0 + w1) / 2
        shares: Sequence[float | None] = (0.0, 0.0, 0.0)
        if one is not None and other is not None:
            scales = scale_of(old, path), scale_of(new, path)
            shares = _split(scales, (one, other), (was, now))
        parts = [None if share is None else share * mean for share in shares]
        yield LeafChange(path, (w1 - w0) * (v0 + v1) / 2, (v1 - v0) * mean, *parts)


def _split(
    scales: tuple[LeafScale, LeafScale], leaves: tuple[Record, Record], names: tuple[str, str]
) -> tuple[float | None, float | None, float | None]:
    """What the answer, the function and other bids did to a leaf's value, in its points.

    First the answer is replaced, then the function; what is left on a relative scale is the others.
    """
    (first, second), (one, other) = scales, leaves
    change = other["value"] - one["value"]
    was, now = (
        first.value(one["performance"], names[0]),
        first.value(other["performance"], names[0]),
    )
    crossed = LeafScale(second.function, first.answers).value(other["performance"], names[0])
    if was is None or now is None or crossed is None or abs(was - one["value"]) > SAME:
        return (0.0, 0.0, 0.0) if not change else (None, None, None)
    answer, function = now - was, crossed - now
    if one["relative"] or other["relative"]:
        return answer, function, change - answer - function
    if abs(change - answer - function) > SAME:
        return None, None, None
    return change - function, function, 0.0


def _plain(points: float | None) -> float | None:
    return None if points is None else round(points, 10) + 0.0

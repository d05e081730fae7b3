"""The smallest change of the top-level weights that puts a rival first, and whether any does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis import linear_programme
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.field import field_of
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording.short_repr import ShortRepr

LEVEL = 0.5 * 10.0 ** -(DECIMALS + 2)
"""A lead in [0, 1] that is a tie to the decimals that count."""
IN_THE_WAY = 16
"""How many vendors a programme gets more of at a time."""


@dataclass(frozen=True)
class WeightChange(ShortRepr):
    """How little the top-level shares must move for a rival to tie with the first.

    `total`: the smallest sum of all moves, up and down, in [0, 2], and `weights`, the new shares of
    the criteria that move then. `largest`: the smallest largest single move, in [0, 1], and
    `evenly`, the new shares of the criteria that move then. Other moves may be as small.
    """

    total: float
    weights: Mapping[str, float]
    largest: float
    evenly: Mapping[str, float]


def smallest_weight_changes(evaluation: Evaluation) -> Mapping[str, WeightChange | None]:
    """For every vendor behind the first, the smallest change that makes it first; None: no weights.

    Level with all others counts as first; shares below the top stay. Moving against the winner
    alone is a bound in closed form; where another vendor is ahead at the weights it reaches, a
    linear programme over all of them decides (Triantaphyllou & Sanchez 1997 ask for one weight).
    """
    vendors, top, values, weights = _top(evaluation)
    changes: dict[str, WeightChange | None] = {}
    leaders = evaluation.leaders
    for n, vendor in enumerate(vendors):
        if vendor in leaders:
            continue
        leads = values[n] - np.delete(values, n, axis=0)
        least = _least_total(leads, weights)
        evenly = None if least is None else _least_largest(leads, weights)
        if least is None or evenly is None:
            changes[vendor] = None
        else:
            total, largest = abs(least - weights).sum(), abs(evenly - weights).max()
            changes[vendor] = WeightChange(
                float(total),
                _moved(top, weights, least),
                float(largest),
                _moved(top, weights, evenly),
            )
    return changes


def potentially_optimal(evaluation: Evaluation) -> Mapping[str, bool]:
    """For every eligible vendor, whether any weights of the leaves put it first, level included.

    Weights that the top level alone cannot give count too: see `smallest_weight_changes` for those
    it can. Decided by the largest lead over all others that any weights give (Hazen 1986), unless
    the vendor is first today or on one leaf alone, or another is better on every leaf.
    """
    field = field_of(evaluation)
    values, weights = field.values[field.places(evaluation.ranking)], field.weights
    possible = {}
    for n, vendor in enumerate(evaluation.ranking):
        leads = values[n] - np.delete(values, n, axis=0)
        known = np.column_stack([leads, leads @ weights]).min(axis=0, initial=1.0).max() >= -LEVEL
        beaten = (leads < -LEVEL).all(axis=1).any()
        possible[vendor] = bool(known or (not beaten and _reaches_first(leads, weights)))
    return possible


def _reaches_first(leads: Floats, weights: Floats) -> bool:
    """Whether any weights lose no lead, asked of no more vendors than come in the way."""
    start = np.eye(len(weights))[int(leads[0].argmax())]
    return _clear(_programme_lead, leads, start, weights) is not None


def _programme_lead(leads: Floats, _: Floats) -> Floats | None:
    """The weights of the largest lead over some rivals; None where even that is lost."""
    lead, reached = largest_lead(leads)
    return reached if lead >= -LEVEL else None


def _top(evaluation: Evaluation) -> tuple[tuple[str, ...], tuple[str, ...], Floats, Floats]:
    """The eligible vendors, best first, the top-level paths, their values (k, n) and weights."""
    tree, field = evaluation.tree, field_of(evaluation)
    at = [tree.at(path) for path in tree.top]
    values = field.nodes[field.places(evaluation.ranking)]
    return evaluation.ranking, tree.top, values[:, at], tree.shares[at]


def _moved(top: tuple[str, ...], weights: Floats, reached: Floats) -> dict[str, float]:
    moved = abs(reached - weights) > 1e-12
    return {path: float(w) for path, w, m in zip(top, reached, moved, strict=True) if m}


def _first(leads: Floats, weights: Floats) -> bool:
    """Whether no lead is lost at these weights."""
    return bool((leads @ weights >= -LEVEL).all())


def _least_total(leads: Floats, weights: Floats) -> Floats | None:
    """Weights nearest by the sum of moves at which no lead is below 0; None if none are.

    Against the winner alone, all that moves goes to the criterion with the best lead over it, and
    comes from the worst ones first.
    """
    if _first(leads, weights):
        return weights
    lead = leads[0]
    best = int(lead.argmax())
    if lead[best] < -LEVEL:
        return None
    order = np.argsort(lead, kind="stable")
    gained = np.cumsum(weights[order] * (lead[best] - lead[order]))
    lacking = -(lead @ weights)
    last = min(int(np.searchsorted(gained, lacking)), len(order) - 1)
    reached = weights.copy()
    reached[order[:last]] = 0
    before = gained[last - 1] if last else 0.0
    slope = lead[best] - lead[order[last]]
    if slope > 0:
        reached[order[last]] = max(0.0, reached[order[last]] - (lacking - before) / slope)
    reached[best] += 1 - reached.sum()
    return reached if _first(leads, reached) else _clear(_programme_total, leads, reached, weights)


def _clear(
    solve: Callable[[Floats, Floats], Floats | None],
    leads: Floats,
    reached: Floats,
    weights: Floats,
) -> Floats | None:
    """The weights that a programme finds, asked of no more vendors than come in the way.

    Those furthest ahead at the weights found are added until nobody is: a programme that leaves
    vendors out reaches at least as near, so that its last answer is the one over all of them.
    """
    asked = [0]
    while True:
        lead = leads @ reached
        lead[asked] = 0
        ahead = [n for n in lead.argsort()[:IN_THE_WAY].tolist() if lead[n] < -LEVEL]
        if not ahead:
            return reached
        asked += ahead
        solution = solve(leads[asked], weights)
        if solution is None:
            return None
        reached = solution


def _programme_total(leads: Floats, weights: Floats) -> Floats | None:
    """The same over some rivals, by a linear programme in moves up and moves down."""
    n, k = len(weights), len(leads)
    solved = linear_programme.least(
        np.ones(2 * n),
        rows=np.vstack([np.hstack([leads, -leads]), np.concatenate([np.ones(n), -np.ones(n)])]),
        low=np.append(-(leads @ weights), 0.0),
        high=np.append(np.full(k, np.inf), 0.0),
        box=(np.zeros(2 * n), np.concatenate([1 - weights, weights])),
    )
    return None if solved is None else _shares(weights + solved.point[:n] - solved.point[n:])


def _least_largest(leads: Floats, weights: Floats) -> Floats | None:
    """Weights nearest by the largest move at which no lead is below 0; None if none are.

    Against the winner alone, the best lead that moves of at most d can reach is concave and
    piecewise linear in d: Newton's steps come from below and end on its root.
    """
    if _first(leads, weights):
        return weights
    order = np.argsort(-leads[0], kind="stable")
    lead, stated = leads[0][order], weights[order]
    if lead[0] < -LEVEL:
        return None
    move, reached = 0.0, stated
    for _ in range(4 * len(lead)):  # each step but the last leaves a piece behind for good
        low = np.maximum(stated - move, 0)
        room = stated + move - low
        left = 1 - low.sum()
        filled = np.clip(left - (np.cumsum(room) - room), 0, room)
        reached = low + filled
        height = lead @ reached
        if height >= -1e-15:
            break
        falling = -(stated > move).astype(float)
        full = np.cumsum(room) < left - 1e-15
        slope = lead @ falling + (lead * (1 - falling))[full].sum()
        partly = lead[min(int(full.sum()), len(lead) - 1)]
        slope += partly * (-falling.sum() - (1 - falling)[full].sum())
        if slope <= 0 or move - height / slope == move:
            break
        move -= height / slope
    reached = reached[np.argsort(order)]
    return (
        reached if _first(leads, reached) else _clear(_programme_largest, leads, reached, weights)
    )


def _programme_largest(leads: Floats, weights: Floats) -> Floats | None:
    """The same over some rivals, by a linear programme in the weights and the largest move."""
    n, k = len(weights), len(leads)
    one, each = np.ones((n, 1)), np.eye(n)
    none = np.full(n, -np.inf)
    solved = linear_programme.least(
        np.append(np.zeros(n), 1.0),
        rows=np.block(
            [[each, -one], [-each, -one], [leads, np.zeros((k, 1))], [one.T, np.zeros((1, 1))]]
        ),
        low=np.concatenate([none, none, np.zeros(k), [1.0]]),
        high=np.concatenate([weights, -weights, np.full(k, np.inf), [1.0]]),
        box=(np.zeros(n + 1), np.ones(n + 1)),
    )
    return None if solved is None else _shares(solved.point[:n])


def largest_lead(leads: Floats) -> tuple[float, Floats]:
    """The largest lead over all others at once, in [-1, 1], that any weights give, and these (n,).

    `leads` (k, n): over each of k others, on each of n criteria.
    """
    k, n = leads.shape
    solved = linear_programme.least(
        np.append(np.zeros(n), -1.0),
        rows=np.vstack([np.hstack([leads, -np.ones((k, 1))]), np.append(np.ones(n), 0.0)]),
        low=np.append(np.zeros(k), 1.0),
        high=np.append(np.full(k, np.inf), 1.0),
        box=(np.append(np.zeros(n), -1.0), np.ones(n + 1)),
    )
    if solved is None:
        return -1.0, np.full(n, 1 / n)
    return -solved.value, _shares(solved.point[:n])


def _shares(solved: Floats) -> Floats:
    """A programme's weights without what its tolerance lets through."""
    held = np.where(solved < 1e-12, 0.0, solved)
    return held / held.sum()

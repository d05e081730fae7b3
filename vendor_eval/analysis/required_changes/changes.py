"""The smallest change of one answer that makes a vendor first, or that costs it the first place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from vendor_eval.analysis.required_changes.bids import Cell, boundary_bids
from vendor_eval.analysis.required_changes.trials import Aim
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.field import Field, Leaf, field_of
from vendor_eval.evaluation.knock_outs import KnockOutRule, knock_out_rules
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.rules.estimates import bounded
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.values.shape import SAME, threshold_after

JUST_BELOW = 1e-9
"""How far below the floor of a knock-out a value in [0, 1] has to fall."""


@dataclass(frozen=True)
class Change:
    """How far one answer must move for two scores to be level.

    `change_in_value`: what the answer's own value then changes by, in points. `start`: the answer
    as it counts today, None if missing; `to`: the answer that does it, in the criterion's own unit
    (the price's is the currency). `open_end`: `to` itself does not do it yet, any answer beyond it
    does; so it is where a step ends.
    """

    change_in_value: float
    start: float | str | None
    to: float | str | None
    open_end: bool = False


def to_win(evaluation: Evaluation) -> Mapping[str, Mapping[str, Change | None]]:
    """For every vendor behind the first and every leaf, the smallest improvement that wins.

    It ties with the best of all other eligible vendors. None: no change of this answer
    alone is enough, or evaluators judge it, so that no vendor can offer it. A missing answer
    improves from value 0.
    """
    if not evaluation.ranking:
        return {}
    return improvements(field_of(evaluation), evaluation.ranking[len(evaluation.leaders) :])


def holds_until(evaluation: Evaluation) -> Mapping[str, Change | None]:
    """For every leaf, how much worse the winner's answer may turn out before it is level.

    None: it may be as bad as it likes. Empty without a single winner.
    """
    first = evaluation.winner
    if first is None:
        return {}
    field = field_of(evaluation)
    if len(field.vendors) == 1:
        return dict.fromkeys(evaluation.tree.leaves)
    return _changes(field, [first], "lose")[first]


def level_prices(evaluation: Evaluation) -> Mapping[str, float]:
    """By ranked vendor, the price at which it ties with the best other, in the rules' currency.

    Where points are divided by price it is the vendor's points times the other's price of a point;
    nothing under another award rule, without a rival, and where either has no points.
    """
    prices = {}
    for vendor in evaluation.ranking if evaluation.divisor is not None else ():
        best = next((other for other in evaluation.ranking if other != vendor), None)
        each = None if best is None else evaluation.price_per_point(best)
        if each is not None and evaluation.ranked_score(vendor) > 0:
            prices[vendor] = each * 100 * evaluation.ranked_score(vendor)
    return prices


def improvements(field: Field, vendors: Sequence[str]) -> Mapping[str, Mapping[str, Change | None]]:
    """For some vendors of a field and every leaf, the smallest improvement that wins."""
    return _changes(field, vendors, "win")


def _changes(field: Field, vendors: Sequence[str], aim: Aim) -> dict[str, dict[str, Change | None]]:
    """The change on every leaf for some vendors of a field, None where none is enough."""
    gaps, who = field.gaps, field.places(vendors).tolist()
    done = {n for n in who if gaps[n] == 0 or (gaps[n] < 0) == (aim == "win")}
    todo = [n for n in who if n not in done]
    weighed = [leaf for leaf in field.leaves if leaf.weight > 0] if todo else []
    if aim == "win":  # no vendor can offer a level that evaluators give
        judged = field.evaluation.rules.judged_leaves
        weighed = [leaf for leaf in weighed if leaf.path not in judged]
    changes = _relative(field, [leaf for leaf in weighed if leaf.function.relative], todo, aim)
    knock_outs = knock_out_rules(field.evaluation.rules, field.evaluation.stated)
    for leaf in weighed:
        if leaf.function.relative:
            continue
        m = field.evaluation.tree.leaves.index(leaf.path)
        knock_out = next((each for each in knock_outs if each.leaves[m]), None)
        targets = (leaf.values + gaps / leaf.weight) / leaf.scale
        if knock_out is not None:
            targets = _past_floor(field, m, knock_out, targets, aim)
        changes |= _absolute(leaf, todo, targets, field.given_values[:, m], aim)
    return {
        vendor: {
            leaf.path: Change(0.0, leaf.shown(n), leaf.shown(n))
            if n in done
            else changes.get((leaf.path, n))
            for leaf in field.leaves
        }
        for vendor, n in zip(vendors, who, strict=True)
    }


def _past_floor(field: Field, m: int, knock_out: KnockOutRule, targets: Floats, aim: Aim) -> Floats:
    """The values a leaf needs where its criterion may count 0, infinite where none is enough; (k,).

    `targets` do not heed that (k,). Past the floor all leaves of the criterion count, or none does.
    """
    given, knocked = field.given_values, field.evaluation.knocked_out[field.rows, m]
    within, floor = knock_out.counts[m], knock_out.rule.below
    exact = 100 * weighted_sums(given, knock_out.counts)  # rounded points end just beyond a value
    short = (floor - exact) / 100
    # a leaf that counts nothing within the criterion lifts no bid over the floor, and drops none
    at_floor = given[:, m] + (short / within if within else np.where(short > 0, np.inf, -np.inf))
    whole = given[:, knock_out.leaves] @ field.weights[knock_out.leaves]
    if aim == "win":
        own = field.values[:, m] / field.scale
        regained = given[:, m] + targets - own - whole / field.weights[m]
        return np.where(knocked, np.maximum(regained, at_floor), targets)
    # what falls just below the floor loses the whole criterion
    enough = np.round(100 * (field.gaps + field.scale * whole), DECIMALS) >= 0
    lost = np.where(enough, at_floor - JUST_BELOW, -np.inf)
    return np.where(knocked, -np.inf, np.where(targets >= at_floor, targets, lost))


def _absolute(
    leaf: Leaf, who: Sequence[int], targets: Floats, given: Floats, aim: Aim
) -> dict[Cell, Change]:
    """Where the value does not depend on other bids: the nearest answer with the value needed.

    `given`: the leaf's values before knock-outs; (k,).
    """
    nearest = leaf.function.reaching if aim == "win" else leaf.function.falling_to
    needed, starts = targets.tolist(), {n: leaf.shown(n) for n in who}
    reached = {
        n: to
        for n in who
        if -SAME <= needed[n] <= 1 + SAME and (to := nearest(needed[n], starts[n])) is not None
    }
    if not reached:
        return {}
    at = list(reached)
    rise = (100 * (leaf.function(list(reached.values())) - given[at])).tolist()
    changes = {}
    for n, change in zip(at, rise, strict=True):
        to = reached[n]
        edge = threshold_after(leaf.function.pieces, to) if isinstance(to, float) else None
        end = to if edge is None else edge
        changes[leaf.path, n] = Change(change, starts[n], end, edge is not None)
    return changes


def _relative(
    field: Field, leaves: Sequence[Leaf], who: Sequence[int], aim: Aim
) -> dict[Cell, Change]:
    """Where a changed answer changes the others' values too: the bid at which all are level."""
    on = {leaf.path: leaf for leaf in leaves}
    price = field.evaluation.price_path
    return {
        (path, n): Change(
            100 * (bid.value - float(on[path].own_values[n])),
            on[path].shown(n),
            bid.to,
            bid.open_end,
        )
        for (path, n), bid in boundary_bids(field, leaves, who, aim).items()
        # an answer of another size would be refused, and a price below nothing is no offer
        if bounded(bid.to) and (bid.to >= 0 or path != price)
    }

"""The smallest change of one answer that makes a vendor first, or that costs it the first place."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vendor_eval.evaluation import Evaluation
from vendor_eval.negotiation.bids import Aim, boundary_bids
from vendor_eval.negotiation.field import Field, Leaf, field
from vendor_eval.sensitivity.standing import winner
from vendor_eval.values import Floats
from vendor_eval.values.shape import SAME, threshold_after


@dataclass(frozen=True)
class Change:
    """How far one answer must move for two scores to be level.

    `change_in_value`: what the answer's own value then changes by, in points. `start`: the answer
    as it counts today, None if missing; `to`: the answer that does it, in the criterion's own unit
    (the price's is the currency). `open_end`: `to` itself does not do it yet, whatever is beyond
    does; so it is where a step ends.
    """

    change_in_value: float
    start: float | str | None
    to: float | str | None
    open_end: bool = False


def to_win(evaluation: Evaluation) -> Mapping[str, Mapping[str, Change | None]]:
    """For every vendor behind the first and every leaf, the smallest improvement that wins.

    It draws level with the best of all other eligible vendors. None: no change of this answer
    alone is enough. A missing answer improves from value 0.
    """
    if not evaluation.ranking:
        return {}
    competing = field(evaluation, evaluation.ranking)
    behind = [n for n, vendor in enumerate(competing.vendors) if evaluation.ranks[vendor] > 1]
    return improvements(competing, behind)


def holds_until(evaluation: Evaluation) -> Mapping[str, Change | None]:
    """For every leaf, how much worse the winner's answer may turn out before it is level.

    None: it may be as bad as it likes. Empty without a single winner.
    """
    first = winner(evaluation)
    if first is None:
        return {}
    competing = field(evaluation, evaluation.ranking)
    if len(competing.vendors) == 1:
        return dict.fromkeys(evaluation.tree.leaves)
    at = competing.vendors.index(first)
    return {leaf.path: _changes(competing, leaf, [at], "lose")[0] for leaf in competing.leaves}


def improvements(competing: Field, who: Sequence[int]) -> Mapping[str, Mapping[str, Change | None]]:
    """For some of the competitors and every leaf, the smallest improvement that wins."""
    found = {leaf.path: _changes(competing, leaf, who, "win") for leaf in competing.leaves}
    return {
        competing.vendors[vendor]: {path: changes[n] for path, changes in found.items()}
        for n, vendor in enumerate(who)
    }


def _changes(competing: Field, leaf: Leaf, who: Sequence[int], aim: Aim) -> list[Change | None]:
    """The change on one leaf for some of the competitors, None where none is enough."""
    gaps = competing.gaps
    starts = {vendor: leaf.start(vendor) for vendor in who}
    done = [n for n in who if gaps[n] == 0 or (gaps[n] < 0) == (aim == "win")]
    changes = {n: Change(0.0, starts[n], starts[n]) for n in done}
    todo = [n for n in who if n not in changes] if leaf.weight > 0 else []
    if todo and leaf.function.relative:
        changes |= _relative(competing, leaf, todo, starts, aim)
    elif todo:
        changes |= _absolute(leaf, todo, starts, leaf.values + gaps / leaf.weight, aim)
    return [changes.get(vendor) for vendor in who]


def _absolute(
    leaf: Leaf,
    who: Iterable[int],
    starts: Mapping[int, float | str | None],
    targets: Floats,
    aim: Aim,
) -> dict[int, Change]:
    """Where the value does not depend on other bids: the nearest answer with the value needed."""
    nearest = leaf.function.reaching if aim == "win" else leaf.function.falling_to
    needed = targets.tolist()
    found = {
        n: to
        for n in who
        if -SAME <= needed[n] <= 1 + SAME and (to := nearest(needed[n], starts[n])) is not None
    }
    if not found:
        return {}
    at = list(found)
    rise = (100 * (leaf.function(list(found.values())) - leaf.values[at])).tolist()
    changes = {}
    for n, change in zip(at, rise, strict=True):
        to = found[n]
        edge = threshold_after(leaf.function.pieces, to) if isinstance(to, float) else None
        changes[n] = Change(change, starts[n], to if edge is None else edge, edge is not None)
    return changes


def _relative(
    competing: Field,
    leaf: Leaf,
    who: Sequence[int],
    starts: Mapping[int, float | str | None],
    aim: Aim,
) -> dict[int, Change]:
    """Where a changed answer changes the others' values too: the bid at which all are level."""
    found = boundary_bids(competing, leaf, who, aim)
    # a price below nothing is no offer
    lowest = 0.0 if leaf.path == competing.evaluation.rules.price_path else -math.inf
    return {
        n: Change(100 * (bid.value - float(leaf.values[n])), starts[n], bid.to, bid.open_end)
        for n, bid in found.items()
        if bid.to >= lowest
    }

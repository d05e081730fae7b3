"""The smallest change of one answer that makes a vendor first, or that costs it the first place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vendor_eval.analysis.required_changes.bids import Cell, boundary_bids
from vendor_eval.analysis.required_changes.competitors import Competitors, Leaf, competitors_of
from vendor_eval.analysis.required_changes.trials import Aim
from vendor_eval.analysis.sensitivity.standing import winner
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.estimates import bounded
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.values.shape import SAME, threshold_after


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
    competing = competitors_of(evaluation, evaluation.ranking)
    behind = [n for n, vendor in enumerate(competing.vendors) if evaluation.ranks[vendor] > 1]
    return improvements(competing, behind)


def holds_until(evaluation: Evaluation) -> Mapping[str, Change | None]:
    """For every leaf, how much worse the winner's answer may turn out before it is level.

    None: it may be as bad as it likes. Empty without a single winner.
    """
    first = winner(evaluation)
    if first is None:
        return {}
    competing = competitors_of(evaluation, evaluation.ranking)
    if len(competing.vendors) == 1:
        return dict.fromkeys(evaluation.tree.leaves)
    return _changes(competing, [competing.vendors.index(first)], "lose")[0]


def improvements(
    competing: Competitors, who: Sequence[int]
) -> Mapping[str, Mapping[str, Change | None]]:
    """For some of the competitors and every leaf, the smallest improvement that wins."""
    told = _changes(competing, who, "win")
    return {competing.vendors[n]: changes for n, changes in zip(who, told, strict=True)}


def _changes(
    competing: Competitors, who: Sequence[int], aim: Aim
) -> list[dict[str, Change | None]]:
    """The change on every leaf for some of the competitors, None where none is enough."""
    gaps = competing.gaps
    done = {n for n in who if gaps[n] == 0 or (gaps[n] < 0) == (aim == "win")}
    todo = [n for n in who if n not in done]
    weighed = [leaf for leaf in competing.leaves if leaf.weight > 0] if todo else []
    found = _relative(competing, [leaf for leaf in weighed if leaf.function.relative], todo, aim)
    for leaf in weighed:
        if not leaf.function.relative:
            found |= _absolute(leaf, todo, leaf.values + gaps / leaf.weight, aim)
    return [
        {
            leaf.path: Change(0.0, leaf.start(n), leaf.start(n))
            if n in done
            else found.get((leaf.path, n))
            for leaf in competing.leaves
        }
        for n in who
    ]


def _absolute(leaf: Leaf, who: Sequence[int], targets: Floats, aim: Aim) -> dict[Cell, Change]:
    """Where the value does not depend on other bids: the nearest answer with the value needed."""
    nearest = leaf.function.reaching if aim == "win" else leaf.function.falling_to
    needed, starts = targets.tolist(), {n: leaf.start(n) for n in who}
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
        end = to if edge is None else edge
        changes[leaf.path, n] = Change(change, starts[n], end, edge is not None)
    return changes


def _relative(
    competing: Competitors, leaves: Sequence[Leaf], who: Sequence[int], aim: Aim
) -> dict[Cell, Change]:
    """Where a changed answer changes the others' values too: the bid at which all are level."""
    on = {leaf.path: leaf for leaf in leaves}
    price = competing.evaluation.price_path
    return {
        (path, n): Change(
            100 * (bid.value - float(on[path].values[n])), on[path].start(n), bid.to, bid.open_end
        )
        for (path, n), bid in boundary_bids(competing, leaves, who, aim).items()
        # an answer of another size would be refused, and a price below nothing is no offer
        if bounded(bid.to) and (bid.to >= 0 or path != price)
    }

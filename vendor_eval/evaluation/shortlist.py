"""The shortlist: who goes on of the vendors that pass every other gate, and who would come next."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.evaluation.gates import GateResult, Screening, State
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.rounding import points_of
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.estimates import span
from vendor_eval.rules.gates import SHORTLIST, Shortlist
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.wording import digits


def shortlist_of(rules: Rules) -> Shortlist | None:
    """The shortlist; None without one, and where its gate is switched off."""
    return rules.shortlist if any(gate.id == SHORTLIST for gate in rules.gates) else None


def shortlisted(
    rules: Rules,
    proposals: Proposals,
    tree: Tree,
    values: tuple[Floats, Floats, Floats],
    given: NDArray[np.bool_],
    faulty: NDArray[np.bool_],
    screened: Screening,
) -> Screening:
    """The screening with every vendor's result at the shortlist; the same without one.

    `screened` holds all other gates and who is incomplete. `values`: the least, the greatest and
    the one that counts, in [0, 1], of each answer; these, `given` and `faulty` have the shape
    (vendors, leaves). The points that count decide among the vendors that are eligible so far, ties
    included; every other vendor is compared with them. Only a fault leaves it open.
    """
    shortlist = shortlist_of(rules)
    if shortlist is None:
        return screened
    counts = tree.composition[tree.at(shortlist.criterion)]
    least, most, counted = (points_of(weighted_sums(each, counts)) for each in values)
    going = np.array([screened.status(vendor) == "eligible" for vendor in proposals.vendors])
    passages = {}
    for n, vendor in enumerate(proposals.vendors):
        blank = np.flatnonzero((counts > 0) & ~given[n])
        paths = tuple(tree.leaves[m] for m in blank)
        if faulty[n, counts > 0].any() and least[n] != most[n]:
            ends = (float(end[n]) for end in (least, most))
            states = [_state(end, counted[going], shortlist.best) for end in ends]
            result = GateResult(states[0] if states[0] == states[1] else "unknown", None)
        else:
            points = float(counted[n])
            state = _state(points, counted[going], shortlist.best)
            result = GateResult(state, span(points, None, points, digits(points)), paths)
        passages[vendor] = {**screened.passages[vendor], SHORTLIST: result}
    return replace(screened, passages=passages)


def _state(points: float, going: Floats, best: int) -> State:
    """Whether fewer than `best` of the vendors that are going on have more points."""
    return "pass" if (going > points).sum() < best else "fail"


def left_out(rules: Rules, screened: Screening) -> tuple[str, ...]:
    """The vendors that nothing but the shortlist keeps out of the ranking, by name."""
    if shortlist_of(rules) is None:
        return ()
    return tuple(
        vendor
        for vendor, passages in screened.passages.items()
        if passages[SHORTLIST].state == "fail"
        and replace(screened, passages={vendor: _others(passages)}).status(vendor) == "eligible"
    )


def _others(passages: Mapping[str, GateResult]) -> Mapping[str, GateResult]:
    return {gate: passage for gate, passage in passages.items() if gate != SHORTLIST}


def admitted(
    rules: Rules,
    screened: Screening,
    ranked: Iterable[str],
    *,
    without: Iterable[str] = (),
    entering: Sequence[str] = (),
) -> frozenset[str]:
    """Of the vendors ranked, left out or `entering`, those that go on once some do not bid.

    Points are those that count. Everybody goes on where the rules have no shortlist.
    """
    shortlist, every = shortlist_of(rules), {*ranked, *entering} - {*without}
    if shortlist is None:
        return frozenset(every)
    every |= set(left_out(rules, screened)) - {*without}
    points = {vendor: counted_at(screened, vendor) for vendor in every}
    known = {vendor: at for vendor, at in points.items() if at is not None}
    among = np.array(list(known.values()))
    kept = {v for v, at in known.items() if _state(at, among, shortlist.best) == "pass"}
    return frozenset(kept | (every - set(known)))


def counted_at(screened: Screening, vendor: str) -> float | None:
    """A vendor's points (0-100) at the shortlist; None where a fault hides them."""
    answer = screened.passages[vendor][SHORTLIST].answer
    return None if answer is None or isinstance(answer, str) else answer.low

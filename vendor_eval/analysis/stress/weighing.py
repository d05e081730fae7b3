"""What the weights, the tie rule and the panel's work come to before any bid is seen."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from vendor_eval import wording
from vendor_eval.analysis.stress.dummies import Answer, Dummies
from vendor_eval.analysis.stress.warning import (
    Example,
    Finding,
    NotMade,
    StressFigure,
    StressWarning,
    named_rows,
)
from vendor_eval.rules.criteria import under

SHIFT = 2.0
"""Points of weight that, moved from one criterion to another, may decide between two dummy bids."""
WEEK_HOURS = 40.0
"""Hours of reading that an evaluator may be asked for."""


def weights_matter(bids: Dummies) -> Iterator[Finding]:
    """Pairs of criteria between which a small move of the weights decides.

    Of two bids, one is best on criterion i, the other on j, and both are equal elsewhere. The order
    turns once x = (w_i s_i - w_j s_j) / (s_i + s_j) of weight is moved, s being what the admitted
    answers on a criterion move its value by.
    """
    tree = bids.tree
    swings = {path: _swing(bids, path) for path in tree.top}
    shifts = {}
    for i, j in combinations(tree.top, 2):
        w_i, w_j = (float(tree.weights[tree.at(path)]) for path in (i, j))
        if min(w_i, w_j) > 0 and swings[i] + swings[j] > 0:
            moved = (w_i * swings[i] - w_j * swings[j]) / (swings[i] + swings[j])
            shifts[i, j] = abs(100 * moved)
    if not shifts:
        return
    close = {pair: shift for pair, shift in shifts.items() if shift < SHIFT - 1e-9}
    yield StressFigure(
        "weights-matter",
        f"Of {wording.counted(len(shifts), 'pair')} of criteria, {len(close)} would be decided the "
        f"other way by moving less than {SHIFT:g} points of weight",
    )
    if close:
        (i, j), shift = min(close.items(), key=lambda item: item[1])
        names = [tree.criterion(path).label for path in (i, j)]
        more = f", as between {len(close) - 1} more pairs" if len(close) > 1 else ""
        pairs = zip(names, (j, i), strict=True)
        rows = named_rows(
            *((f"Best on {name}", bids.row(_bad(bids, other))) for name, other in pairs)
        )
        yield StressWarning(
            "weights-matter",
            "criteria" if bids.rules.weights is None else "weights",
            f"between a bid that is best on {names[0]!r} and one that is best on {names[1]!r}, "
            f"{wording.rounded(shift, 1)} points of weight decide{more}",
            "agree which of the criteria counts more, and set their weights accordingly",
            Example(f"The scores are so close that {SHIFT:g} points of weight decide.", rows),
        )


def _bad(bids: Dummies, path: str) -> dict[str, Answer]:
    """The worst admitted answers on everything under a criterion, by leaf."""
    return {p: bids.least[p] for p in bids.tree.leaves if under(p, path)}


def _swing(bids: Dummies, path: str) -> float:
    """What the admitted answers under a criterion move its value by, in [0, 1]."""
    counts = bids.tree.composition[bids.tree.at(path)]
    return float(counts @ (bids.counted({}) - bids.counted(_bad(bids, path))))


def no_tie_rule(bids: Dummies) -> Iterator[Finding]:
    """Whether equal scores are left without a rule."""
    if not bids.rules.tie_break and not bids.rules.lowest_price:
        rows = {name: bids.row() for name in ("One bid", "Another bid")}
        yield StressWarning(
            "no-tie-rule",
            "tie_break",
            "the rules have no 'tie_break', so vendors with equal scores share a rank",
            "name the criteria that decide between them",
            Example("The two bids share the first rank.", rows),
        )


def evaluator_hours(bids: Dummies) -> Iterator[Finding]:
    """What reading takes each evaluator: vendors x leaves x minutes."""
    judged, stress, panel = bids.rules.judged_leaves, bids.rules.stress, bids.rules.panel
    if not judged or panel is None:
        return
    if stress.vendors is None or stress.minutes_an_answer is None:
        yield NotMade("evaluator-hours", "stress", "'vendors' and 'minutes_an_answer'")
        return
    hours: Mapping[str, float] = {
        evaluator.id: sum(evaluator.id in bids.rules.readers(path) for path in judged)
        * stress.vendors
        * stress.minutes_an_answer
        / 60
        for evaluator in panel.evaluators
    }
    most = max(hours, key=lambda id: hours[id])
    total = wording.number(sum(hours.values()))
    yield StressFigure(
        "evaluator-hours",
        f"The panel reads for {total} hours; {most!r} for {wording.rounded(hours[most], 1)}",
    )
    if hours[most] > WEEK_HOURS:
        yield StressWarning(
            "evaluator-hours",
            "panel.evaluators",
            f"{most!r} reads for {wording.rounded(hours[most], 1)} hours, more than a working week",
            "divide the criteria among more evaluators, or ask less",
            Example(
                f"Each bid like this one takes {most!r} "
                f"{wording.rounded(hours[most] / stress.vendors, 1)} hours.",
                {"One bid": bids.row()},
            ),
        )

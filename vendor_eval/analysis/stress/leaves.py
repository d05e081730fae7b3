"""What single leaves do: nothing, the same twice, or what the law lets no score do."""

from collections.abc import Iterator, Mapping

from vendor_eval import wording
from vendor_eval.analysis.stress.dummies import Dummies
from vendor_eval.analysis.stress.selection import places, selects
from vendor_eval.analysis.stress.warning import (
    Example,
    Finding,
    NotMade,
    Severity,
    StressWarning,
    named_rows,
)
from vendor_eval.rules.values.shape import Piece

DEAD = 1.0
"""Points of the score under which the whole scale of a leaf decides next to nothing."""
CLAMPED = 0.1
"""The share of the plausible range that may get 0 or 100 points."""


def dead_criteria(bids: Dummies) -> Iterator[Finding]:
    """Leaves whose whole scale moves the score by less than one point."""
    for path, weight in bids.weights.items():
        best, worst = (bids.extreme(path, best=end) for end in (True, False))
        swing = 100 * weight * (bids.value(path, best) - bids.value(path, worst))
        if weight > 0 and swing < DEAD:
            label = bids.leaf(path).label
            rows = named_rows(
                (f"Best on {label}", bids.row({path: best})),
                (f"Worst on {label}", bids.row({path: worst})),
            )
            yield StressWarning(
                "dead-criterion",
                f"criteria.{path}",
                f"{label!r} moves the score by {wording.rounded(swing, 1)} points at most",
                "raise its weight, let its answers differ more in points, or leave it out",
                Example("The scores differ by less than one point.", rows),
            )


def clamped(bids: Dummies) -> Iterator[Finding]:
    """Leaves on which much of what is plausible gets 0 or 100 points."""
    lacking = []
    for path in bids.tree.leaves:
        function = bids.leaf(path).value
        if function is None or function.relative or not function.numeric:
            continue
        if path not in bids.rules.stress.plausible:
            lacking.append(path)
            continue
        low, high = bids.rules.stress.plausible[path]
        ends = [cut for piece in function.pieces if (cut := _flat_within(piece, low, high))]
        share = sum(x1 - x0 for x0, x1 in ends) / (high - low)
        if share > CLAMPED:
            widest = max(ends, key=lambda cut: cut[1] - cut[0])
            inner = (widest[0], widest[0] / 2 + widest[1] / 2)
            rows = named_rows(*((f"Bid with {x:g}", bids.row({path: x})) for x in inner))
            yield StressWarning(
                "clamped",
                f"criteria.{path}.value",
                f"{wording.percent(share)} of the plausible answers from {low:g} to {high:g} get 0 "
                "or 100 points",
                "let the scale cover all plausible answers",
                Example("The two bids differ on this criterion and have the same score.", rows),
            )
    if lacking:
        needs = f"the plausible answers of {wording.listed(lacking, at_most=5)}"
        yield NotMade("clamped", "stress.plausible", needs)


def _flat_within(piece: Piece, low: float, high: float) -> tuple[float, float] | None:
    """The part of a range on which a piece holds 0 or 1; None without one."""
    x0, y0, x1, y1 = piece
    start, end = max(x0, low), min(x1, high)
    return (start, end) if y0 == y1 and y0 in (0.0, 1.0) and start < end else None


def dead_levels(bids: Dummies) -> Iterator[Finding]:
    """Levels with the same points."""
    for path in bids.tree.leaves:
        function = bids.leaf(path).value
        if function is None or function.numeric:
            continue
        judged = bids.leaf(path).panel
        place = f"scales.{judged.scale}" if judged else f"criteria.{path}.value"
        answers = [str(answer) for answer in bids.candidates(path)]
        groups: dict[float, list[str]] = {}
        for answer in answers:
            groups.setdefault(bids.value(path, answer), []).append(answer)
        equal = {value: levels for value, levels in groups.items() if len(levels) > 1}
        if equal:
            named = wording.listed(
                f"{wording.listed(map(repr, levels))} have {wording.number(100 * value)} points"
                for value, levels in equal.items()
            )
            pair = next(iter(equal.values()))[:2]
            rows = named_rows(*((f"Bid with {level}", bids.row({path: level})) for level in pair))
            yield StressWarning(
                "dead-level",
                place,
                f"the levels {named}",
                "give each level different points, or make them one level",
                Example("The two bids differ in their level and have the same score.", rows),
            )


def double_counts(bids: Dummies) -> Iterator[Finding]:
    """Facts that two leaves, or a gate and a leaf, read."""
    readers: dict[str, str] = {}
    asked = {gate.reads: gate for gate in bids.rules.gates if gate.reads is not None}
    for path in bids.tree.leaves:
        leaf = bids.leaf(path)
        reads = str(leaf.reads)
        says = None
        if reads in readers:
            says = f"which {bids.leaf(readers[reads]).label!r} scores too"
        elif reads in asked and path != bids.rules.price_path:
            says = f"which the gate {asked[reads].id!r} reads too"
        readers.setdefault(reads, path)
        if says:
            yield StressWarning(
                "double-count",
                f"criteria.{path}",
                f"{leaf.label!r} scores {reads!r}, {says}",
                "count each fact only once",
                Example("One answer moves the result in two places.", _ends(bids, path)),
            )


def _ends(bids: Dummies, path: str) -> Mapping[str, Mapping[str, str]]:
    """Two bids that differ in what one leaf reads: the best answer, and the worst possible."""
    values = {answer: bids.value(path, answer) for answer in bids.possible(path)}
    worst = min(values, key=lambda answer: values[answer])
    best = bids.extreme(path, best=True)
    label = bids.leaf(path).label
    return named_rows(
        (f"Best on {label}", bids.row({path: best})),
        (f"Worst on {label}", bids.row({path: worst})),
    )


def selection_like(bids: Dummies) -> Iterator[Finding]:
    """Leaves that score what a bidder is or has done, or a place without a purpose."""
    severity: Severity = "error" if bids.rules.procedure == "public" else "warning"
    for path in bids.tree.leaves:
        leaf, place = bids.leaf(path), f"criteria.{path}"
        shown = Example("The two bids differ in this alone, and in their score.", _ends(bids, path))
        if selects(leaf):
            says = f"{leaf.label!r} looks like a selection criterion: it scores what a bidder is or"
            yield StressWarning(
                "selection-like",
                place,
                f"{says} has done, not what it offers",
                "make it a gate",
                shown,
                severity,
            )
        if places(leaf) and leaf.purpose is None:
            yield StressWarning(
                "selection-like",
                place,
                f"{leaf.label!r} scores where the work is done and states no 'purpose'",
                "state in 'purpose' how the service depends on the place",
                shown,
                severity,
            )

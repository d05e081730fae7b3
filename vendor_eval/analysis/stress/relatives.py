"""Value functions that compare bids: a losing bid decides, and a single bid has no scale."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.stress.dummies import Answer, Dummies, Row
from vendor_eval.analysis.stress.warning import Example, Finding, StressWarning, named_rows

DRAWN, TRIED = 4_000, 20
"""Triples of bids that are drawn, and those of them that are evaluated in full."""
DIGITS = 3
"""Significant digits of drawn answers."""
FIRST, SECOND, THIRD = "First bid", "Second bid", "Third bid"


def third_bid_decides(bids: Dummies) -> Iterator[Finding]:
    """Relative leaves on which a third bid turns the order of two others."""
    for path in _relative(bids):
        rows = _turned(bids, path)
        if rows is not None:
            label = bids.leaf(path).label
            yield StressWarning(
                "third-bid-decides",
                f"criteria.{path}.value",
                f"{label!r} compares bids: a third bid turns the order of two others",
                "use a scale that does not depend on the other bids, such as 'linear'",
                Example(
                    f"{FIRST} is ahead of {SECOND}; once {THIRD} is in, it is behind.",
                    rows,
                ),
            )


def single_vendor_scales(bids: Dummies) -> Iterator[Finding]:
    """Relative leaves: a single bid gets the same points for any answer."""
    for path in _relative(bids):
        ends = (bids.extreme(path, best=True), bids.extreme(path, best=False))
        rows = named_rows(
            *((f"Single bid with {answer:g}", bids.row({path: answer})) for answer in ends)
        )
        yield StressWarning(
            "single-vendor-scale",
            f"criteria.{path}.value",
            f"a single bid has the same points on {bids.leaf(path).label!r} for any answer, so a "
            "floor or a comparison with an earlier tender means nothing",
            "use a scale that does not depend on the other bids, such as 'linear'",
            Example("Evaluated one at a time, each bid has the same score.", rows),
        )


def _relative(bids: Dummies) -> Iterator[str]:
    if bids.rules.lowest_price:  # no other bid's points decide between two prices
        return
    for path in bids.tree.leaves:
        function = bids.leaf(path).value
        if function is not None and function.relative and bids.weights[path] > 0:
            yield path


def _turned(bids: Dummies, path: str) -> Mapping[str, Row] | None:
    """Three bids: without the third, the first is ahead of the second; with it, behind.

    Searched for among triples drawn with a fixed seed; None where none of them does.
    """
    drawn = {p: _drawn(bids, p, n) for n, p in enumerate(bids.tree.leaves)}
    for p in _relative(bids):
        if p != path:  # the third bid acts through one leaf alone
            drawn[p][:, 2] = drawn[p][:, 0]
    pair, three = (_scores(bids, drawn, members) for members in (2, 3))
    before, after = pair[:, 0] - pair[:, 1], three[:, 0] - three[:, 1]
    turning = np.minimum(before, -after)
    for n in np.argsort(-turning, kind="stable")[:TRIED]:
        if turning[n] <= 1e-6:
            return None
        rows = {
            name: bids.row({p: _answer(drawn[p][n, k]) for p in bids.tree.leaves})
            for k, name in enumerate((FIRST, SECOND, THIRD))
        }
        if _shows(bids, rows):
            return rows
    return None


def _drawn(bids: Dummies, path: str, seed: int) -> NDArray[Any]:
    """Answers of three bids, drawn between the worst and the best that are admitted; (n, 3)."""
    random = np.random.default_rng(seed)
    answers = bids.candidates(path)
    if isinstance(answers[0], str):
        return np.asarray(random.choice(np.array(answers, dtype=object), size=(DRAWN, 3)))
    ends = sorted(float(bids.extreme(path, best=best)) for best in (True, False))
    x = random.uniform(ends[0], ends[1], size=(DRAWN, 3))
    size = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.maximum(abs(x), 1e-300))))
    return np.clip(np.round(x * size) / size, ends[0], ends[1])


def _scores(bids: Dummies, drawn: Mapping[str, NDArray[Any]], members: int) -> NDArray[np.float64]:
    """Scores in [0, 1] of the first bids of each triple; (n, members)."""
    total = np.zeros((DRAWN, members))
    for path, answers in drawn.items():
        function, shown = bids.leaf(path).value, answers[:, :members]
        if function is None:
            continue
        if function.relative:
            values = function(shown.astype(float), shown.astype(float))
        elif function.numeric:
            values = function(shown.astype(float).ravel()).reshape(shown.shape)
        else:
            values = np.vectorize(function.levels.__getitem__, otypes=[float])(shown)
        total += bids.weights[path] * values
    return total


def _answer(drawn: Any) -> Answer:
    return drawn if isinstance(drawn, str) else float(drawn)


def _shows(bids: Dummies, rows: Mapping[str, Row]) -> bool:
    """Whether an evaluation in full turns the order as the draw did."""
    pair = bids.evaluated({name: rows[name] for name in (FIRST, SECOND)})
    three = bids.evaluated(rows)
    if len(three.ranking) < 3 or len(pair.ranking) < 2:
        return False
    before, after = pair.ranks, three.ranks
    return before[FIRST] < before[SECOND] and after[FIRST] > after[SECOND]

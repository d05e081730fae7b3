"""From what somebody judged of some criteria to their shares, for every form of judgement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from vendor_eval.elicitation import best_worst, pairwise, rank_order, rating
from vendor_eval.rules.judgements import BestWorst, Judgement
from vendor_eval.rules.values.function import Floats

LIMIT = 0.1
"""The consistency ratio above which judgements should be revisited (Saaty 1980)."""


@dataclass(frozen=True)
class Revisit:
    """The judgement that fits the others least: that `first` is `said` times `second`.

    The others imply `implied` times, below 1 where the second is the more important; with that
    the consistency ratio would be `ratio`.
    """

    first: str
    second: str
    said: float
    implied: float
    ratio: float


@dataclass(frozen=True)
class Judged:
    """Shares, by criterion, that sum to 1, and how consistent the judgements behind them are.

    `ratio`: 0 without contradiction; None where the form asks nothing twice. `revisit`: None where
    there is nothing to mend.
    """

    form: str
    shares: Mapping[str, float]
    ratio: float | None = None
    revisit: Revisit | None = None

    @property
    def inconsistent(self) -> bool:
        """Whether the judgements contradict each other more than they should."""
        return self.ratio is not None and self.ratio > LIMIT


def judged(judgement: Judgement, spans: Mapping[str, float]) -> Judged:
    """The shares that a judgement gives the criteria named in `spans`, in their order.

    `spans`: by criterion, how much value in [0, 1] lies between the worst and the best that were
    on screen. The judgement must be of these criteria and of no other.
    """
    return FORMS[judgement.form].shares(judgement, spans)


def _rated(judgement: Judgement, spans: Mapping[str, float]) -> Judged:
    given = getattr(judgement, judgement.form)
    points = np.array([float(given[name]) for name in spans])
    if judgement.form == "swing":
        return _judged(judgement, spans, rating.swing(points, np.array(list(spans.values()))))
    return _judged(judgement, spans, rating.direct(points))


def _ranked(
    formula: Callable[[Floats], Floats], judgement: Judgement, spans: Mapping[str, float]
) -> Judged:
    given = getattr(judgement, judgement.form)
    ranks = np.array([float(given[name]) for name in spans])
    return _judged(judgement, spans, rank_order.ranked_shares(formula, ranks))


def _compared(judgement: Judgement, spans: Mapping[str, float]) -> Judged:
    names = list(spans)
    matrix = comparison_matrix(judgement.pairwise or (), names)
    shares, eigenvalue = pairwise.priorities(matrix)
    ratio = pairwise.consistency_ratio(eigenvalue, len(names))
    revisit = None
    if round(ratio, 9) > 0:
        i, j, implied, mended = pairwise.revisit(matrix)
        if matrix[i, j] < 1:  # stated in the direction in which it was asked
            i, j, implied = j, i, 1 / implied
        revisit = Revisit(names[i], names[j], float(matrix[i, j]), implied, mended)
    return _judged(judgement, spans, shares, ratio, revisit)


def comparison_matrix(compared: Sequence[tuple[str, float, str]], names: Sequence[str]) -> Floats:
    """How many times as important the row's criterion is as the column's, (n, n); reciprocal."""
    matrix = np.eye(len(names))
    for first, times, second in compared:
        i, j = names.index(first), names.index(second)
        matrix[i, j], matrix[j, i] = times, 1 / times
    return matrix


def _best_worst(judgement: Judgement, spans: Mapping[str, float]) -> Judged:
    said = judgement.best_worst
    if said is None:
        raise ValueError(f"{judgement.form!r} is not a best-worst judgement")
    between, best_to, to_worst, span = _best_worst_arrays(said, list(spans))
    shares, deviation = best_worst.weights(best_to, to_worst, span)
    by_name = dict(zip([said.best, *between, said.worst], shares, strict=True))
    ratio = best_worst.consistency_ratio(deviation, span)
    revisit = None
    if round(ratio, 9) > 0:
        n, implied, mended = best_worst.revisit(best_to, to_worst, span)
        second = said.worst if n < 0 else between[n]
        revisit = Revisit(said.best, second, said.best_to_others[second], implied, mended)
    return _judged(judgement, spans, np.array([by_name[name] for name in spans]), ratio, revisit)


def _best_worst_arrays(
    said: BestWorst, names: Sequence[str]
) -> tuple[list[str], Floats, Floats, float]:
    """The criteria between, the best to each, each to the worst, and the best to the worst."""
    between = [name for name in names if name not in (said.best, said.worst)]
    best_to = np.array([said.best_to_others[name] for name in between], dtype=float)
    to_worst = np.array([said.others_to_worst[name] for name in between], dtype=float)
    return between, best_to, to_worst, float(said.best_to_others[said.worst])


def _judged(
    judgement: Judgement,
    spans: Mapping[str, float],
    shares: Floats,
    ratio: float | None = None,
    revisit: Revisit | None = None,
) -> Judged:
    return Judged(judgement.form, dict(zip(spans, map(float, shares), strict=True)), ratio, revisit)


@dataclass(frozen=True)
class JudgementForm:
    """A form of judgement: what it is called, how it becomes weights, in a sentence and in code."""

    called: str
    formula: str
    shares: Callable[[Judgement, Mapping[str, float]], Judged]


FORMS: Mapping[str, JudgementForm] = {
    "swing": JudgementForm(
        "swing weights",
        "Swing weights are points over their sum, each first divided by the part of the scale "
        "that its swing covers (von Winterfeldt & Edwards 1986).",
        _rated,
    ),
    "direct": JudgementForm(
        "points given directly",
        "Points given directly are divided by their sum.",
        _rated,
    ),
    "rank_order_centroid": JudgementForm(
        "rank order, centroid",
        "A rank order becomes the centre of all weights in that order (Barron & Barrett 1996).",
        partial(_ranked, rank_order.centroid),
    ),
    "rank_sum": JudgementForm(
        "rank order, rank sum",
        "Rank-sum weights fall by equal steps (Stillwell, Seaver & Edwards 1981).",
        partial(_ranked, rank_order.rank_sum),
    ),
    "rank_reciprocal": JudgementForm(
        "rank order, reciprocal",
        "Rank-reciprocal weights are one over the rank, over their sum (Stillwell, "
        "Seaver & Edwards 1981).",
        partial(_ranked, rank_order.reciprocal),
    ),
    "pairwise": JudgementForm(
        "pairwise comparison",
        "Pairwise comparisons become the principal eigenvector, and their consistency ratio "
        "compares them with random ones (Saaty 1980); the judgement to revisit first is the one "
        "without which they agree best (Harker 1987).",
        _compared,
    ),
    "best_worst": JudgementForm(
        "best and worst",
        "Comparisons with the best and the worst become the weights whose ratios deviate least "
        f"from them (Rezaei 2015); as no limit is agreed for their ratio, {LIMIT:g} is used too.",
        _best_worst,
    ),
}
"""Each form of judgement, by the name people enter it under."""

"""The same bids under every price formula in use: who wins, and whom a losing bid unseats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.field import Field, field_of
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.evaluation.shortlist import left_out, shortlist_of
from vendor_eval.rules.values.function import Floats, ValueFunction
from vendor_eval.rules.values.named import value_function
from vendor_eval.wording.short_repr import ShortRepr

OWN, PER_QUALITY = "own", "price_per_quality_point"

FORMULAS: Mapping[str, ValueFunction] = {
    "lowest_over_this": value_function("lowest_over_this"),
    "linear_range": value_function({"linear_range": {"direction": "min"}}),
    "above_lowest": value_function("above_lowest"),
    "mean_based": value_function({"mean_based": {"direction": "min", "points_per_percent": 1.0}}),
}
"""The formulas by which tenders value a price, other than a scale with stated ends."""

Merit = Callable[[Field], Floats]


@dataclass(frozen=True)
class PriceFormula(ShortRepr):
    """The eligible bids under one price formula, or in `error` why it cannot be applied.

    `scores`: points (0-100) by vendor, the highest the best; under `price_per_quality_point`
    currency per quality point, the lowest the best, where quality is the score without the price.
    `first`: the winner, or those that tie. `changes_winner`: whether that is not whom the rules'
    own formula puts first. `reversals`: each losing bid whose withdrawal changes who is first under
    this formula, alone or tied, and the new winner, None for a tie.
    """

    as_ruled: bool
    """Whether it is the formula of the rules."""
    scores: Mapping[str, float]
    first: tuple[str, ...]
    changes_winner: bool | None
    reversals: Mapping[str, str | None]
    error: str | None = None

    @property
    def winner(self) -> str | None:
        """The one vendor that is first; None when nobody is, or several tie."""
        return self.first[0] if len(self.first) == 1 else None


def price_formulas(evaluation: Evaluation) -> Mapping[str, PriceFormula]:
    """The eligible bids under the rules' own price formula ("own") and each other, by name.

    Gates, weights and every other criterion stay as they are. Without a price there is "own" alone.
    """
    tree, path = evaluation.tree, evaluation.price_path
    bids = field_of(evaluation)
    formulas = {OWN: _formula(bids, Field.points, as_ruled=True)}
    if path is None:
        return formulas
    m = tree.leaves.index(path)
    own = bids.functions[m]
    ruled = formulas[OWN].first
    for name, function in FORMULAS.items():
        error = _not_for_these_prices(own) or (_free(bids, m) if function.positive else None)
        priced = bids if error else bids.valued(path, function)
        formulas[name] = _formula(priced, Field.points, ruled, error, as_ruled=function == own)
    error = _not_for_these_prices(own) or _blank(bids, m) or _free(bids, m) or _worthless(bids, m)

    def cheapness(those: Field) -> Floats:
        price, quality = those.leaves[m].numbers, _quality(those, m)
        # once a bid is withdrawn, a relative criterion may leave another without any quality
        each = np.divide(price, quality, out=np.full_like(price, np.inf), where=quality > 0)
        # to 12 digits, so that float noise breaks no tie
        return -np.array([float(f"{ratio:.12g}") for ratio in each])

    formulas[PER_QUALITY] = _formula(bids, cheapness, ruled, error, as_ruled=False)
    return formulas


def _formula(
    bids: Field,
    merit: Merit,
    ruled: tuple[str, ...] | None = None,
    error: str | None = None,
    *,
    as_ruled: bool,
) -> PriceFormula:
    """The bids under one formula; `ruled` are first under the rules' own, None where this is it."""
    if error or not bids.vendors:
        return PriceFormula(as_ruled, {}, (), None, {}, error)
    scores = merit(bids)
    first = bids.foremost(scores)
    # a ratio is shown as it is, though the lowest one has the greatest merit
    shown = dict(zip(bids.vendors, map(float, np.abs(scores)), strict=True))
    return PriceFormula(
        as_ruled,
        shown,
        first,
        changes_winner=ruled is not None and set(first) != set(ruled),
        reversals=_reversals(bids, merit, first),
    )


def _reversals(bids: Field, merit: Merit, first: tuple[str, ...]) -> Mapping[str, str | None]:
    """Each losing bid whose withdrawal changes who is first, and the new winner, if one alone."""
    changed: dict[str, str | None] = {}
    listed = shortlist_of(bids.evaluation.rules)  # else nobody's points hang on a losing bid
    if not listed and not any(function.relative for function in bids.functions):
        return changed
    for loser in sorted(set(bids.vendors) - set(first), key=bids.vendors.index):
        fewer = bids.without(loser)
        after = fewer.foremost(merit(fewer))
        if set(after) != set(first):
            changed[loser] = after[0] if len(after) == 1 else None
    return changed


def _quality(bids: Field, m: int) -> Floats:
    """Scores in points (0-100) without leaf `m`, its weight shared out among the rest; (k,)."""
    weights = np.delete(bids.weights, m)
    sums = weighted_sums(np.delete(bids.values, m, axis=1), weights)
    return np.round(100 * sums / weights.sum(), DECIMALS)


def _not_for_these_prices(own: ValueFunction) -> str | None:
    if own.slope == "max":
        return "the rules value a higher price more, and it takes the lowest price as the best"
    return None


def _free(bids: Field, m: int) -> str | None:
    """Why prices cannot be divided by, naming the bids at 0 or below."""
    answers = bids.leaves[m].answers
    evaluation = bids.evaluation
    next_in = left_out(evaluation.rules, evaluation.screening)
    asked = {v: evaluation.proposals.rows[v] for v in sorted({*bids.vendors, *next_in})}
    free = [
        f"{vendor} asks {answers.answers[n]}"
        for vendor, n in asked.items()
        if answers.given[n] and answers.low[n] <= 0
    ]
    return f"it needs prices above 0; {', '.join(free)}" if free else None


def _blank(bids: Field, m: int) -> str | None:
    priced = zip(bids.vendors, bids.leaves[m].given, strict=True)
    blank = [vendor for vendor, given in priced if not given]
    return f"it needs every price; found none from {', '.join(blank)}" if blank else None


def _worthless(bids: Field, m: int) -> str | None:
    """Why there is no quality to divide by, naming the bids that have none."""
    if round(float(np.delete(bids.weights, m).sum()), DECIMALS) <= 0:
        return "it divides by quality, and the price carries all the weight"
    quality = _quality(bids, m)
    none = [vendor for vendor, points in zip(bids.vendors, quality, strict=True) if points <= 0]
    return f"it divides by quality, and that is 0 for {', '.join(none)}" if none else None

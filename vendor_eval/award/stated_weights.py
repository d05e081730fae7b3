"""What the rules state of the weights where they state no numbers, in words and in ranges."""

from collections.abc import Mapping

import numpy as np

from vendor_eval import wording
from vendor_eval.analysis.weights.information import informed
from vendor_eval.award.result import Result
from vendor_eval.rules.robustness import EXPLORED
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.weight_information import WeightInformation

INNER = (0.05, 0.95)
"""Between which shares of the re-runs nine in ten lie."""


def fitting(information: WeightInformation) -> str:
    """Which weights are meant, as "that fit the stated order"."""
    order_alone = not (information.ranges or information.at_least)
    return f"that fit {'the stated order' if order_alone else 'what is stated of them'}"


def stated_words(rules: Rules) -> str:
    """What the rules state of the weights, and which the ranking uses; "" where they are agreed."""
    if rules.weights is None:
        return ""
    labels = {criterion.id: criterion.label for criterion in rules.criteria}
    parts = []
    if rules.weights.order:
        named = wording.listed((labels[path] for path in rules.weights.order), at_most=20)
        parts.append(f"{named}, in this order of importance")
    for first, times, second in rules.weights.at_least:
        more = "" if times == 1 else f"{wording.digits(times)} times "
        parts.append(f"{labels[first]} weighs at least {more}as much as {labels[second]}")
    for path, ends in rules.weights.ranges.items():
        low, high = map(wording.percent, ends)
        parts.append(f"{labels[path]} weighs {low} to {high}")
    uses = f"The ranking uses the mean of all weights {fitting(rules.weights)}"
    return f"The rules state only this of the weights: {'; '.join(parts)}. {uses}."


def fitting_ranges(result: Result) -> Mapping[str, tuple[float, float]]:
    """By top-level criterion, where nine in ten of the weights that fit lie, in [0, 1].

    Empty where weights are agreed.
    """
    drawn = fitting_weights(result, EXPLORED)
    if drawn is None:
        return {}
    low, high = np.quantile(drawn, INNER, axis=0)
    ends = zip(low.tolist(), high.tolist(), strict=True)
    return dict(zip(result.evaluation.tree.top, ends, strict=True))


def fitting_weights(result: Result, draws: int) -> Floats | None:
    """Top-level weights that fit, (draws, criteria), to 5 decimals; None where all are agreed."""
    if result.information is None:
        return None
    weightings = informed(result.evaluation.tree, result.information)
    drawn = weightings.drawn(draws, seed=result.seed)
    columns = [weightings.paths.index(path) for path in result.evaluation.tree.top]
    return np.asarray(np.round(drawn[:, columns], 5))

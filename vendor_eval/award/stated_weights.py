"""What the rules state of the weights where they state no numbers, in words and in ranges."""

from collections.abc import Mapping

import numpy as np

from vendor_eval import wording
from vendor_eval.award.result import Result
from vendor_eval.rules.rules import Rules
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
    if result.fitting_weights is None:
        return {}
    low, high = np.quantile(result.fitting_weights, INNER, axis=0)
    ends = zip(low.tolist(), high.tolist(), strict=True)
    return dict(zip(result.evaluation.tree.top, ends, strict=True))

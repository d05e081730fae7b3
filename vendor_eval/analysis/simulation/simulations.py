"""Robustness: how often each vendor takes each rank when weights and answers are not quite known.

Every simulation is over the eligible vendors, whose gates stay as decided. Answers given as a range
and blank ones are drawn too (`answers="uncertain"`), or stand as in the ranking (`"likely"`).
"""

from typing import Literal

import numpy as np

from vendor_eval.analysis.simulation.acceptability import NearWeights, Simulation
from vendor_eval.analysis.simulation.answers import Answers, likely, uncertain
from vendor_eval.analysis.simulation.errors import NONE, Errors, errors_of
from vendor_eval.analysis.simulation.ranks import MANY, RankCounts
from vendor_eval.analysis.simulation.simulation import additive, checked, confidence, tallied
from vendor_eval.analysis.weights.information import informed, weightings_of
from vendor_eval.analysis.weights.sampling import Weightings, anywhere
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.rules.robustness import CONCENTRATIONS, DRAWS
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.weight_information import WeightInformation

Taken = Literal["uncertain", "likely"]

EXACT = 12
"""Top-level criteria up to which exact pairwise winning is quicker than looking it up."""


def near_weights(
    evaluation: Evaluation,
    *,
    concentration: float = CONCENTRATIONS["usual"],
    information: WeightInformation | None = None,
    judgement_error: float = 0.0,
    draws: int = DRAWS,
    seed: int = 0,
    answers: Taken = "uncertain",
) -> NearWeights:
    """The eligible vendors' standing under weights drawn around the agreed ones, with errors drawn.

    With `information`, all weights that fit it are equally likely, and there is no concentration.
    `judgement_error` in points; stated errors of answers are drawn too where answers are taken as
    uncertain. Raises VendorEvalError unless draws >= 1 and seed >= 0.
    """
    weightings = weightings_of(evaluation.tree, concentration, information)
    drawn = (
        NONE if answers == "likely" else errors_of(evaluation, evaluation.ranking, judgement_error)
    )
    parts = _simulated(evaluation, weightings, _answers(evaluation, answers), draws, seed, drawn)
    kept = None if information else concentration
    return NearWeights(*parts, concentration=kept, judgement_error=judgement_error)


def any_weights(
    evaluation: Evaluation, *, draws: int = 10_000, seed: int = 0, answers: Taken = "uncertain"
) -> Simulation:
    """The eligible vendors' standing under any top-level weights (`weights.anywhere`).

    Where every answer is certain, and top-level criteria and vendors are few, pairwise winning
    indices, expected ranks, and the ranks of two vendors are exact volumes, with errors of 0.
    """
    weightings = anywhere(evaluation.tree)
    taken = _answers(evaluation, answers)
    parts = _simulated(evaluation, weightings, taken, draws, seed)
    return Simulation(*parts, _exact_pairwise(weightings, taken))


def informed_weights(
    evaluation: Evaluation,
    information: WeightInformation,
    *,
    draws: int = 10_000,
    seed: int = 0,
    answers: Taken = "uncertain",
) -> Simulation:
    """The eligible vendors' ranks under all weights that fit the statements (`weights.informed`).

    Raises VendorEvalError where the information contradicts itself or the tree.
    """
    weightings = informed(evaluation.tree, information)
    taken = _answers(evaluation, answers)
    return Simulation(*_simulated(evaluation, weightings, taken, draws, seed))


def _answers(evaluation: Evaluation, taken: Taken) -> Answers:
    if taken not in ("uncertain", "likely"):
        raise VendorEvalError(f"found answers {taken!r}; allowed: 'uncertain' or 'likely'")
    return uncertain(evaluation) if taken == "uncertain" else likely(evaluation)


def _simulated(
    evaluation: Evaluation,
    weightings: Weightings,
    answers: Answers,
    draws: int,
    seed: int,
    errors: Errors = NONE,
) -> tuple[tuple[str, ...], tuple[str, ...], int, int, RankCounts, Floats, int]:
    """What every simulation holds first."""
    checked(draws, seed)
    vendors = evaluation.ranking
    scores = additive(weightings, answers, draws, seed, errors)
    tally = tallied(weightings, scores, vendors=len(vendors), draws=draws, seed=seed)
    confident, number = confidence(tally.central, weightings, answers, draws, seed)
    confident[tally.first == 0] = 0.0
    return vendors, weightings.paths, draws, seed, tally, confident, number


def _exact_pairwise(weightings: Weightings, answers: Answers) -> Floats | None:
    """Pairwise winning indices as volumes, (k, k); None where they are not to be had cheaply."""
    if answers.doubts or len(weightings.paths) > EXACT or len(answers.values) > MANY:
        return None
    values = answers.values @ weightings.composition
    k, p = values.shape
    # float noise is no difference
    differences = np.round(values[:, None, :] - values[None, :, :], DECIMALS + 2)
    return halfspace_shares(differences.reshape(k * k, p)).reshape(k, k)


def halfspace_shares(differences: Floats) -> Floats:
    """Share of the simplex, in [0, 1], on which each row's weighted sum is above 0; shape (n,).

    `differences` (n, p): for a row d, the probability of d . w > 0 when w is uniform on the
    simplex, by Varsi's recursion (Ali 1973), all of whose terms are of one sign: nothing cancels.
    A row of zeros is never above 0. Takes p x p steps over all rows at once.
    """
    columns = differences.T
    # below[i]: the share not above 0, seen as far as the i-th criterion on which d is above 0
    below = np.zeros(columns.shape)
    for loss in columns:
        last = np.ones(len(differences))
        for i, gain in enumerate(columns):
            rows = (gain > 0) & (loss <= 0)
            share = (gain * below[i] - loss * last) / np.where(rows, gain - loss, 1.0)
            below[i] = np.where(rows, share, below[i])
            last = np.where(gain > 0, below[i], last)
    # a row that is never above 0 keeps the 1 it began with
    total = np.ones(len(differences))
    for i, gain in enumerate(columns):
        total = np.where(gain > 0, below[i], total)
    return 1.0 - total

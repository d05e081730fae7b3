"""The award: which vendor to choose, how sure that is, and everything it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from vendor_eval.analysis.formulas import OWN, PriceFormula, price_formulas
from vendor_eval.analysis.incomplete import Open, open_entries
from vendor_eval.analysis.methods.panel import METHODS, Opinion
from vendor_eval.analysis.price_of_a_point import PointPrice, point_price
from vendor_eval.analysis.required_changes.changes import Change, holds_until, to_win
from vendor_eval.analysis.required_changes.qualifying import Qualification, to_qualify
from vendor_eval.analysis.second_opinions import method_opinions
from vendor_eval.analysis.sensitivity.along import Lead, leads_by_path
from vendor_eval.analysis.sensitivity.intervals import WeightInterval, weight_intervals
from vendor_eval.analysis.sensitivity.weight_changes import (
    WeightChange,
    potentially_optimal,
    smallest_weight_changes,
)
from vendor_eval.analysis.sensitivity.winners import WinnerMap, winner_map
from vendor_eval.analysis.simulation.acceptability import NearWeights, Simulation
from vendor_eval.analysis.simulation.simulation import checked
from vendor_eval.analysis.simulation.simulations import Taken, any_weights, near_weights
from vendor_eval.analysis.value_of_information.questions import OpenAnswer, open_answers
from vendor_eval.analysis.weight_effects import EffectiveWeights, effective_weights
from vendor_eval.analysis.weights.sampling import near
from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation, evaluate
from vendor_eval.rules.rules import Rules

Verdict = Literal["clear", "narrow", "not separable", "uncontested", "none"]

CLEAR, NARROW = 0.95, 0.75
"""The share of the draws from which a first place is called clear, and narrow."""


@dataclass(frozen=True)
class Recommendation:
    """The vendor to choose, if there is one, and how far the next one is behind.

    `vendor` is who is first: None without an eligible vendor, or when several tie. `margin`: points
    (0-100) between the first and the second in the ranking; None unless there are two. `verdict` is
    "none", so that nothing is awarded, without an eligible vendor and where the first gives no
    price.
    """

    vendor: str | None
    runner_up: str | None
    margin: float | None
    verdict: Verdict
    open: tuple[Open, ...] = ()
    """What must be answered first, since it could change who is first."""


@dataclass(frozen=True, eq=False)
class Result:
    """An evaluation and every question asked of it; each answer is computed when first asked."""

    evaluation: Evaluation
    seed: int
    draws: int
    """Weightings that each simulation draws."""
    spread: float
    """How far weights are drawn around the stated ones, as a share of each, in [0, 1)."""

    @property
    def _public(self) -> bool:
        return self.evaluation.rules.procedure == "public"

    @cached_property
    def _answers_open(self) -> bool:
        """Whether a vendor that can be ranked has an answer that is not certain."""
        return any(q.kind != "gates" and not q.presumes for q in self.questions)

    @cached_property
    def recommendation(self) -> Recommendation:
        """The vendor to choose, the verdict on it, and what must be answered first."""
        draws = self.published_weights if self._public else self.near_weights
        return replace(
            recommendation(self.evaluation, draws, self.reversals),
            open=open_entries(self.evaluation, self.questions),
        )

    @cached_property
    def near_weights(self) -> NearWeights:
        """The simulation with weights near the stated ones, open answers drawn."""
        return self._near(spread=self.spread)

    @cached_property
    def weights_alone(self) -> NearWeights | None:
        """The same with open answers taken as in the ranking; None where no answer is open."""
        return self._near(spread=self.spread, answers="likely") if self._answers_open else None

    @cached_property
    def published_weights(self) -> NearWeights | None:
        """What the verdict of a public procedure rests on: open answers drawn, weights as they are.

        None in a private procedure, and where no answer is open: the rules alone decide there.
        """
        return self._near(spread=0.0) if self._public and self._answers_open else None

    def _near(self, *, spread: float, answers: Taken = "uncertain") -> NearWeights:
        return near_weights(
            self.evaluation, spread=spread, draws=self.draws, seed=self.seed, answers=answers
        )

    @cached_property
    def any_weights(self) -> Simulation:
        """The simulation with any top-level weights, open answers drawn."""
        return any_weights(self.evaluation, draws=self.draws, seed=self.seed)

    @cached_property
    def weight_intervals(self) -> Mapping[str, WeightInterval]:
        """By node, between which shares the winner stays the same."""
        return weight_intervals(self.evaluation)

    @cached_property
    def leads_along(self) -> Mapping[str, tuple[Lead, ...]]:
        """By node, who is first as its share goes from 0 to 1."""
        return leads_by_path(self.evaluation)

    @cached_property
    def weight_changes(self) -> Mapping[str, WeightChange | None]:
        """For every rival the smallest change of the top-level weights that makes it first."""
        return smallest_weight_changes(self.evaluation)

    @cached_property
    def potentially_optimal(self) -> Mapping[str, bool]:
        """Whether some weights of the leaves make a vendor first, level included."""
        return potentially_optimal(self.evaluation)

    @cached_property
    def to_win(self) -> Mapping[str, Mapping[str, Change | None]]:
        """By rival and leaf, the smallest improvement of one answer that wins."""
        return {} if self._public else to_win(self.evaluation)

    @cached_property
    def holds_until(self) -> Mapping[str, Change | None]:
        """By leaf, how much worse the winner's answer may turn out."""
        return {} if self._public else holds_until(self.evaluation)

    @cached_property
    def to_qualify(self) -> Mapping[str, Qualification]:
        """What keeps vendors out; in a private procedure also what they must offer to win."""
        lacking = to_qualify(self.evaluation)
        if self._public:
            return {vendor: replace(q, to_win={}) for vendor, q in lacking.items()}
        return lacking

    @cached_property
    def questions(self) -> tuple[OpenAnswer, ...]:
        """What is worth asking the vendors, the most valuable first."""
        return open_answers(self.evaluation)

    @cached_property
    def price_formulas(self) -> Mapping[str, PriceFormula]:
        """The winner under each price formula, by name."""
        return price_formulas(self.evaluation)

    @cached_property
    def effective_weights(self) -> EffectiveWeights:
        """How much each criterion decides among these bids."""
        return effective_weights(self.evaluation)

    @cached_property
    def point_price(self) -> PointPrice | None:
        """What a point of the score costs at the first vendor's price."""
        return point_price(self.evaluation)

    @cached_property
    def winner_map(self) -> WinnerMap | None:
        """The winner over the two top-level weights nearest to changing it; None without two."""
        return nearest_map(self.evaluation, self.weight_intervals)

    @cached_property
    def reversals(self) -> Mapping[str, str | None]:
        """Losing bids whose withdrawal changes the winner, and the new winner."""
        return self.price_formulas[OWN].reversals

    @cached_property
    def scenarios(self) -> Mapping[str, Evaluation]:
        """The same proposals under the rules' own weights ("") and under each scenario, by name."""
        here = self.evaluation
        return {
            name: here if name == (here.scenario or "") else here.weighed(name or None)
            for name in ("", *here.rules.scenarios)
        }

    @cached_property
    def _methods(self) -> tuple[Mapping[str, Opinion], tuple[str, ...]]:
        return method_opinions(self.evaluation, self.evaluation.rules.methods)

    @property
    def opinions(self) -> Mapping[str, Opinion]:
        """Second opinions by method."""
        return self._methods[0]

    @property
    def as_values(self) -> tuple[str, ...]:
        """Leaves that entered the second opinions as their value, not as the raw answer."""
        return self._methods[1]


def assess(
    rules: Rules,
    proposals: Proposals,
    *,
    scenario: str | None = None,
    seed: int = 0,
    draws: int = 10_000,
    spread: float = 0.25,
) -> Result:
    """The result under the rules, or under one of their scenarios; it answers when it is asked.

    In a public procedure nothing offered can be changed: `to_win` and `holds_until` are empty, and
    the verdict does not rest on varied weights. Raises InputFaults for answers that cannot be
    evaluated, UnknownName for an unknown scenario or method, and VendorEvalError for a simulation
    that cannot be run, or a scenario in a public procedure.
    """
    evaluation = evaluate(rules, proposals, scenario=scenario)
    if rules.procedure == "public" and scenario:
        raise VendorEvalError(
            f"found the scenario {scenario!r} in a public procedure; allowed: none, since the "
            "published weights decide; every report shows the scenarios under 'Other ways to count'"
        )
    # what the answers would raise later is raised now
    near(evaluation.tree, spread=spread)
    checked(draws, seed)
    for name in rules.methods:
        METHODS[name]
    return Result(evaluation, seed=seed, draws=draws, spread=spread)


def nearest_map(
    evaluation: Evaluation, intervals: Mapping[str, WeightInterval]
) -> WinnerMap | None:
    """The winner over the two top-level weights nearest to changing it; None without two."""
    top = evaluation.tree.top
    if len(top) < 3:
        return None  # of two weights, one leaves the other no choice
    moves = {p: intervals[p].nearest_change for p in top if p in intervals}
    near = sorted((move, path) for path, move in moves.items() if move is not None)
    if len(near) < 2:
        return None
    return winner_map(evaluation, near[0][1], near[1][1])


def recommendation(
    evaluation: Evaluation, draws: NearWeights | None, reversed_by: Mapping[str, str | None]
) -> Recommendation:
    """The vendor that is first, with the verdict its share of the draws earns.

    `draws` is None where nothing is drawn, because the rules alone decide.
    """
    ranking = evaluation.ranking
    if not ranking:
        return Recommendation(None, None, None, "none")
    first = evaluation.winner
    priced = any(evaluation.price(vendor) is not None for vendor in evaluation.leaders)
    if len(ranking) == 1:
        return Recommendation(first, None, None, "uncontested" if priced else "none")
    scores = evaluation.scores[list(ranking[:2])]
    margin = round(float(100 * (scores.iloc[0] - scores.iloc[1])), DECIMALS)
    if first is None:
        return Recommendation(None, None, margin, "not separable" if priced else "none")
    share = 1.0 if draws is None else draws.first(first)
    earned = verdict(share, bool(reversed_by)) if priced else "none"
    return Recommendation(first, ranking[1], margin, earned)


def verdict(first_share: float, reversible: bool) -> Verdict:
    """The verdict on a first place held in a share of the draws, in [0, 1].

    It is never clear where withdrawing a losing bid would change the winner.
    """
    if first_share >= CLEAR and not reversible:
        return "clear"
    return "narrow" if first_share >= NARROW else "not separable"

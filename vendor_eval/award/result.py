"""The award: which vendor to choose, how sure that is, and everything it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from vendor_eval.analysis.formulas import OWN, PriceFormula, price_formulas
from vendor_eval.analysis.incomplete import Open, open_entries
from vendor_eval.analysis.methods.panel import Opinion
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
from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.analysis.value_of_information.questions import OpenAnswer, open_answers
from vendor_eval.analysis.weight_effects import EffectiveWeights, effective_weights
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
    """An evaluation with every question asked of it; what reports and records are made from."""

    evaluation: Evaluation
    recommendation: Recommendation
    near_weights: NearWeights
    weights_alone: NearWeights | None
    """The same with open answers taken as in the ranking; None where no ranked vendor has any."""
    published_weights: NearWeights | None
    """What the verdict of a public procedure rests on: open answers drawn, the weights as they are.

    None in a private procedure, and where no answer is open: the rules alone decide there.
    """
    any_weights: Simulation
    weight_intervals: Mapping[str, WeightInterval]
    leads_along: Mapping[str, tuple[Lead, ...]]
    """By node, who is first as its share goes from 0 to 1."""
    weight_changes: Mapping[str, WeightChange | None]
    """For every rival the smallest change of the top-level weights that makes it first."""
    potentially_optimal: Mapping[str, bool]
    """Whether some weights of the leaves make a vendor first, level included."""
    to_win: Mapping[str, Mapping[str, Change | None]]
    """By rival and leaf, the smallest improvement of one answer that wins."""
    holds_until: Mapping[str, Change | None]
    """By leaf, how much worse the winner's answer may turn out."""
    to_qualify: Mapping[str, Qualification]
    questions: tuple[OpenAnswer, ...]
    """What is worth asking the vendors, the most valuable first."""
    price_formulas: Mapping[str, PriceFormula]
    effective_weights: EffectiveWeights
    point_price: PointPrice | None
    winner_map: WinnerMap | None
    """The winner over the two top-level weights nearest to changing it; None without two."""
    reversals: Mapping[str, str | None]
    """Losing bids whose withdrawal changes the winner, and the new winner."""
    scenarios: Mapping[str, Evaluation]
    """The same proposals under the rules' own weights ("") and under each scenario, by name."""
    opinions: Mapping[str, Opinion]
    """Second opinions by method."""
    as_values: tuple[str, ...]
    """Leaves that entered the second opinions as their value, not as the raw answer."""


def assess(
    rules: Rules,
    proposals: Proposals,
    *,
    scenario: str | None = None,
    seed: int = 0,
    draws: int = 10_000,
    spread: float = 0.25,
) -> Result:
    """The recommendation under the rules, or under one of their scenarios, with its robustness.

    In a public procedure nothing offered can be changed: `to_win` and `holds_until` are empty, and
    the verdict does not rest on varied weights. Raises InputFaults for answers that cannot be
    evaluated, UnknownName for an unknown scenario, and VendorEvalError for a simulation that cannot
    be run, or a scenario in a public procedure.
    """
    evaluation = evaluate(rules, proposals, scenario=scenario)
    public = rules.procedure == "public"
    if public and scenario:
        raise VendorEvalError(
            f"found the scenario {scenario!r} in a public procedure; allowed: none, since the "
            "published weights decide; every report shows the scenarios under 'Other ways to count'"
        )
    drawn: dict[str, Any] = {"spread": spread, "draws": draws, "seed": seed}
    near = near_weights(evaluation, **drawn)
    asked = open_answers(evaluation)
    open_ = any(question.kind != "gates" and not question.presumes for question in asked)
    formulas = price_formulas(evaluation)
    reversed_by = formulas[OWN].reversals
    intervals = weight_intervals(evaluation)
    published = near_weights(evaluation, **drawn | {"spread": 0.0}) if public and open_ else None
    opinions, as_values = method_opinions(evaluation, rules.methods)
    return Result(
        evaluation=evaluation,
        recommendation=replace(
            recommendation(evaluation, published if public else near, reversed_by),
            open=open_entries(evaluation, asked),
        ),
        near_weights=near,
        weights_alone=near_weights(evaluation, answers="likely", **drawn) if open_ else None,
        published_weights=published,
        any_weights=any_weights(evaluation, draws=draws, seed=seed),
        weight_intervals=intervals,
        leads_along=leads_by_path(evaluation),
        winner_map=nearest_map(evaluation, intervals),
        weight_changes=smallest_weight_changes(evaluation),
        potentially_optimal=potentially_optimal(evaluation),
        to_win={} if public else to_win(evaluation),
        holds_until={} if public else holds_until(evaluation),
        to_qualify=_unmoved(to_qualify(evaluation)) if public else to_qualify(evaluation),
        questions=asked,
        price_formulas=formulas,
        effective_weights=effective_weights(evaluation),
        point_price=point_price(evaluation),
        reversals=reversed_by,
        scenarios={
            name: evaluate(rules, proposals, scenario=name or None)
            for name in ("", *rules.scenarios)
        },
        opinions=opinions,
        as_values=as_values,
    )


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


def _unmoved(told: Mapping[str, Qualification]) -> Mapping[str, Qualification]:
    """What keeps vendors out, without what they would have to offer to win."""
    return {vendor: replace(qualification, to_win={}) for vendor, qualification in told.items()}


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

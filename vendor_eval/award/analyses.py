"""Every question asked of an evaluation, and the vendor to choose by the answers."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from vendor_eval.analysis.circumstances import at_worst, under_other_terms
from vendor_eval.analysis.formulas import OWN, PriceFormula, price_formulas
from vendor_eval.analysis.incomplete import open_entries
from vendor_eval.analysis.methods.panel import Opinion
from vendor_eval.analysis.price_of_a_point import PointPrice, point_price
from vendor_eval.analysis.required_changes.changes import Change, holds_until, level_prices, to_win
from vendor_eval.analysis.required_changes.qualifying import Qualification, to_qualify
from vendor_eval.analysis.second_opinions import method_opinions
from vendor_eval.analysis.sensitivity.along import Lead, leads_by_path
from vendor_eval.analysis.sensitivity.intervals import WeightInterval, weight_intervals
from vendor_eval.analysis.sensitivity.weight_changes import (
    WeightChange,
    potentially_optimal,
    smallest_weight_changes,
)
from vendor_eval.analysis.sensitivity.winners import WinnerMap, nearest_map
from vendor_eval.analysis.simulation.acceptability import NearWeights, Simulation
from vendor_eval.analysis.simulation.errors import has_errors
from vendor_eval.analysis.simulation.simulations import any_weights, near_weights
from vendor_eval.analysis.simulation.withstands import Withstood, withstood
from vendor_eval.analysis.thresholds import floor_turns, shortlist_margin
from vendor_eval.analysis.value_of_information.questions import OpenAnswer, open_answers
from vendor_eval.analysis.weight_effects import EffectiveWeights, effective_weights
from vendor_eval.award.checks import every_check
from vendor_eval.award.verdict import Recommendation, RobustnessCheck, recommendation
from vendor_eval.elicitation.elicitation import elicited
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.panel.agreement import JudgementError, judgement_error
from vendor_eval.panel.consequences import Consequences
from vendor_eval.panel.values import changes_that_decide
from vendor_eval.panel.void_locks import changes_between_locks
from vendor_eval.rules.robustness import EXPLORED
from vendor_eval.rules.weight_information import WeightInformation
from vendor_eval.tender.tender import Tender
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class Analyses(ShortRepr):
    """An evaluation and every question asked of it; each answer is computed when first asked.

    All but the ranking and the checks is unrounded. In a public procedure nothing offered can
    be changed: `to_win` and `holds_until` are empty, and the verdict does not rest on varied
    weights.
    """

    tender: Tender
    """What is evaluated, with the facts of its workbooks and stakeholders' judgements."""
    evaluation: Evaluation
    seed: int
    draws: int
    """Re-runs that each simulation draws."""

    @property
    def _public(self) -> bool:
        return self.evaluation.rules.procedure == "public"

    @property
    def rounding_decides(self) -> bool:
        """Whether rounding changes who is first: then no change of a bid or weight is stated."""
        return self.evaluation.leaders != self.evaluation.unrounded.leaders

    @cached_property
    def has_open_answers(self) -> bool:
        """Whether a vendor that can be ranked has an answer that is not certain."""
        tree = self.evaluation.tree
        asked = [q for q in self.questions if q.kind != "gates" and not q.presumes]
        return any(tree.weights[tree.at(path)] > 0 for q in asked for path in q.about)

    @cached_property
    def recommendation(self) -> Recommendation:
        """The vendor to choose, the verdict on it, and what must be answered first."""
        return recommendation(
            self.evaluation,
            self.reruns,
            checks=self.checks,
            open_=(
                *open_entries(self.evaluation, self.questions),
                *changes_that_decide(self.evaluation, self.tender.panel),
                *changes_between_locks(self.tender.panel, self.evaluation),
            ),
        )

    @property
    def information(self) -> WeightInformation | None:
        """What is stated of the weights, where no more is; None under weights that are agreed."""
        return self.evaluation.rules.weights if self.evaluation.scenario is None else None

    @property
    def _published(self) -> bool:
        """Whether the weights were published, so that they are not varied."""
        return self._public and self.information is None

    @cached_property
    def reruns(self) -> NearWeights | None:
        """The simulation that the verdict rests on; None where nothing at all is drawn."""
        if self._published:
            return self.published_weights
        drawn = self.draws_weights or self.has_errors or self.has_open_answers
        return self.near_weights if drawn and len(self.evaluation.ranking) > 1 else None

    @property
    def draws_weights(self) -> bool:
        """Whether re-runs draw weights: not the published ones, nor that of a single criterion."""
        tree = self.evaluation.tree
        return not self._published and int((tree.weights[tree.leaf_at] > 0).sum()) > 1

    @cached_property
    def near_weights(self) -> NearWeights:
        """The simulation with weights near the agreed ones, errors and open answers drawn."""
        return self._near()

    @cached_property
    def weights_alone(self) -> NearWeights | None:
        """The same with nothing but the weights drawn; None where nothing else is drawn."""
        if not (self.has_open_answers or self.has_errors):
            return None
        return self._near(answers="likely", judgement_error=0.0, draws=min(self.draws, EXPLORED))

    @cached_property
    def published_weights(self) -> NearWeights | None:
        """What the verdict of a public procedure rests on: the weights as they were published.

        None in a private procedure, and where nothing is drawn: the rules alone decide there.
        """
        drawn = self._published and (self.has_open_answers or self.has_errors)
        return self._near(concentration=math.inf, information=None) if drawn else None

    @cached_property
    def has_errors(self) -> bool:
        """Whether an answer of a vendor in the ranking carries an error."""
        return has_errors(self.evaluation, self.judgement_error.points)

    @cached_property
    def judgement_error(self) -> JudgementError:
        """How far a bid's judged points may be off: as the rules or the panel's marks say."""
        return judgement_error(self.evaluation, self.tender.panel)

    @cached_property
    def marks(self) -> Consequences | None:
        """Which marks of a panel matter; None without one."""
        panel = self.tender.panel
        return None if panel is None else Consequences(self.evaluation.unrounded, panel)

    def _near(self, **other: Any) -> NearWeights:
        """The simulation as the rules and the options say, but for what is another."""
        model = self.evaluation.rules.robustness
        said = {
            "concentration": model.concentration,
            "information": self.information,
            "judgement_error": self.judgement_error.points,
            "draws": self.draws,
            "seed": self.seed,
        }
        return near_weights(self.evaluation, **said | other)

    @cached_property
    def withstands(self) -> Mapping[str, Withstood]:
        """How far weights may be off, and how much larger errors may be, before 3 of 4 is lost."""
        if self._published or self.reruns is None:
            return {}
        error = self.judgement_error.points
        return withstood(self.evaluation, error, self.seed, information=self.information)

    @cached_property
    def checks(self) -> tuple[RobustnessCheck, ...]:
        """What the re-runs do not vary, one thing at a time; none without a leader and a rival."""
        leader = self.evaluation.winner
        if leader is None or len(self.evaluation.ranking) < 2:
            return ()
        judgements = self.tender.judgements
        people = judgements and elicited(self.evaluation, judgements).sets
        rules, error = self.evaluation.rules, self.judgement_error.points
        return every_check(
            self.evaluation.ranking,
            other_terms=under_other_terms(self.evaluation, self.tender.facts),
            reversals=None if rules.lowest_price else self.reversals,
            at_worst=at_worst(self.evaluation, leader),
            elected=[person.winner for person in people or ()],
            marks=None if self.rounding_decides else self.marks,
            unrounded=self.evaluation.unrounded if rules.rounding else None,
            shortlist=shortlist_margin(self.evaluation, error),
            floors=floor_turns(self.evaluation, error) if rules.knock_out else None,
        )

    @cached_property
    def any_weights(self) -> Simulation:
        """The simulation with any top-level weights, open answers drawn."""
        return any_weights(self.evaluation, draws=self.draws, seed=self.seed)

    @cached_property
    def weight_intervals(self) -> Mapping[str, WeightInterval]:
        """By node, between which shares the winner stays the same."""
        return {} if self.rounding_decides else weight_intervals(self.evaluation.unrounded)

    @cached_property
    def leads_along(self) -> Mapping[str, tuple[Lead, ...]]:
        """By node, who is first as its share goes from 0 to 1."""
        return leads_by_path(self.evaluation.unrounded)

    @cached_property
    def weight_changes(self) -> Mapping[str, WeightChange | None]:
        """For every rival the smallest change of the top-level weights that makes it first."""
        return {} if self.rounding_decides else smallest_weight_changes(self.evaluation.unrounded)

    @cached_property
    def potentially_optimal(self) -> Mapping[str, bool]:
        """Whether some weights of the leaves make a vendor first, level included."""
        return potentially_optimal(self.evaluation)

    @cached_property
    def to_win(self) -> Mapping[str, Mapping[str, Change | None]]:
        """By rival and leaf, the smallest improvement of one answer that wins."""
        return {} if self._public or self.rounding_decides else to_win(self.evaluation)

    @cached_property
    def level_prices(self) -> Mapping[str, float]:
        """By ranked vendor, the price at which it ties with the best other; of a price per point.

        Of the first it is the price up to which it stays ahead.
        """
        return {} if self._public or self.rounding_decides else level_prices(self.evaluation)

    @cached_property
    def holds_until(self) -> Mapping[str, Change | None]:
        """By leaf, how much worse the winner's answer may turn out."""
        return {} if self._public or self.rounding_decides else holds_until(self.evaluation)

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
        return None if self.rounding_decides else point_price(self.evaluation)

    @cached_property
    def winner_map(self) -> WinnerMap | None:
        """The winner over the two top-level weights nearest to changing it; None without two."""
        return nearest_map(self.evaluation.unrounded, self.weight_intervals)

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

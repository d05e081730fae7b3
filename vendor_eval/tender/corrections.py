"""What the buyer's corrections and exclusions change: the ranking with them and without."""

from dataclasses import dataclass, replace

from vendor_eval.bids.decisions import Correction
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.tender.tender import Tender


@dataclass(frozen=True)
class Effect:
    """The corrections that were applied, and the rankings with them and without, best first."""

    corrections: tuple[Correction, ...]
    ranking: tuple[str, ...]
    without: tuple[str, ...]
    first: tuple[str, ...]
    """The vendors that are first with the corrections; several where they tie."""
    first_without: tuple[str, ...]

    @property
    def changes_first(self) -> bool:
        """Whether another vendor is first because of them."""
        return self.first != self.first_without


def effect(tender: Tender, evaluation: Evaluation) -> Effect | None:
    """What the corrections of a case change, under the evaluation's weights; None without any.

    Without them a bid has its old value, or is incomplete where a cell cannot be read.
    """
    if tender.submitted is None or not tender.decisions.corrections:
        return None
    before = evaluate(tender.rules, tender.submitted, scenario=evaluation.scenario)
    return Effect(
        tender.decisions.corrections,
        evaluation.ranking,
        before.ranking,
        evaluation.leaders,
        before.leaders,
    )


@dataclass(frozen=True)
class Exclusion:
    """The vendors that the buyer excluded, and who is first without them and with them."""

    vendors: tuple[str, ...]
    first: tuple[str, ...]
    first_without: tuple[str, ...]
    """Who would be first had the buyer excluded nobody."""


def deciding_exclusion(tender: Tender, evaluation: Evaluation) -> Exclusion | None:
    """What the buyer's exclusions change; None where the same vendor is first without them."""
    excluded = tuple(evaluation.proposals.excluded)
    if not excluded:
        return None
    every = replace(tender.proposals, excluded={})
    before = evaluate(tender.rules, every, scenario=evaluation.scenario).leaders
    after = evaluation.leaders
    return None if before == after else Exclusion(excluded, after, before)

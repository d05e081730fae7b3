"""What the leader's lead rests on that it only claims."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vendor_eval.award.result import Result
from vendor_eval.bids.response import Response
from vendor_eval.evaluation.evaluation import DECIMALS

PROMISES = "price_terms"
"""The form whose answers are promises; all others hold claims, which want evidence."""


@dataclass(frozen=True)
class Claims:
    """The leader's answers that name no evidence, where the question asks for some.

    `gained`: by such a criterion, how many points (0-100) of the score it is ahead of its rival
    there, 0 where it is not. `margin`: by how many points it is ahead in all. Points are those that
    are compared.
    """

    vendor: str
    rival: str
    margin: float
    gained: Mapping[str, float]

    @cached_property
    def total(self) -> float:
        """The points ahead of the rival that rest on claims."""
        return round(sum(self.gained.values()), DECIMALS)

    @property
    def decide(self) -> bool:
        """Whether the lead would be gone without the points that rest on claims."""
        return self.total > 0 and self.total >= self.margin


def leader_claims(result: Result) -> Claims | None:
    """What the leader only claims, against the next in the ranking.

    Vendors cannot mark an answer as contractual, evidenced or claimed, so one that names evidence
    is evidenced and one that names none is claimed. What has no place for evidence, such as
    prices, sites and languages, is neither. None without a leader and a rival, and where answers
    came from a table, which has no such place at all.
    """
    evaluation, award = result.evaluation, result.recommendation
    leader, rival = award.vendor, award.runner_up
    facts = result.tender.facts.get(leader or "")
    if leader is None or rival is None or facts is None or evaluation.rules.lowest_price:
        return None
    named = dict(_evidence(facts.response))
    tree, gained = evaluation.tree, {}
    ahead = evaluation.compared.loc[leader] - evaluation.compared.loc[rival]
    margin = evaluation.compared_points[leader] - evaluation.compared_points[rival]
    for path in tree.leaves:
        read = evaluation.proposals.places(leader, str(tree.criterion(path).reads))
        asked = [named[place] for place in read if place in named]
        if asked and not all(asked):
            gained[path] = max(0.0, round(100 * float(ahead[path]), DECIMALS))
    return Claims(leader, rival, round(margin, DECIMALS), gained)


def _evidence(response: Response) -> Iterator[tuple[str, bool]]:
    """The place of every answer that has room for evidence, and whether any is named."""
    for form, answers in response.forms.items():
        for given in answers.values() if form != PROMISES else ():
            if given.answer is not None:
                yield given.answer.place, given.evidence is not None

"""The recommendation, how firm it is in one word, and the share of re-runs that earns the word."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vendor_eval.analysis.incomplete import Open
from vendor_eval.analysis.simulation.acceptability import NearWeights
from vendor_eval.award.rank_basis import margin
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.rules.robustness import FIRM, SENSITIVE
from vendor_eval.wording.short_repr import ShortRepr

Verdict = Literal["firm", "sensitive", "too close", "open", "uncontested", "none"]
Earned = Literal["firm", "sensitive", "too close"]
CheckKind = Literal[
    "volumes",
    "withdrawal",
    "answers",
    "marks",
    "rounding",
    "shortlist",
    "knock_out",
    "stakeholders",
]

ERRORS = 3
"""Standard errors of the draws within which a share counts as below a threshold."""


@dataclass(frozen=True)
class RobustnessCheck(ShortRepr):
    """One way in which the first place could prove weaker than the re-runs say.

    `ok` is None where the check is shown and caps nothing.
    """

    kind: CheckKind
    ok: bool | None
    says: str
    count: str = ""
    """What a check that caps nothing came to, as "1 of 3"."""


@dataclass(frozen=True)
class Recommendation(ShortRepr):
    """The vendor to choose, if there is one, and how far the next one is behind.

    `vendor` is who is first: None without an eligible vendor, or when several tie. `margin`: points
    (0-100) between the first and the second in the ranking, or where the price of a point or the
    price ranks an amount in the rules' currency; None unless there are two. `verdict` is
    "none", so that nothing is awarded, without an eligible vendor and where the first gives no
    price; "open" where what is not answered could change who is first.
    """

    vendor: str | None
    runner_up: str | None
    margin: float | None
    verdict: Verdict
    open: tuple[Open, ...] = ()
    """What must be answered first, since it could change who is first."""
    checks: tuple[RobustnessCheck, ...] = ()
    rivals_not_told_apart: tuple[str, ...] = ()
    """The rivals that the leader does not firmly stay ahead of, in the order of the ranking."""

    @property
    def flags(self) -> tuple[RobustnessCheck, ...]:
        """The checks that flag what could change the first place."""
        return flagged(self.checks)


def earned(share: float, draws: int) -> Earned:
    """The word for the least share of re-runs, in [0, 1], in which the leader beats a rival alone.

    Within `ERRORS` standard errors of a threshold it is the lower word.
    """
    sure = share - ERRORS * math.sqrt(share * (1 - share) / draws)
    if sure >= FIRM:
        return "firm"
    return "sensitive" if sure >= SENSITIVE else "too close"


def flagged(checks: Iterable[RobustnessCheck]) -> tuple[RobustnessCheck, ...]:
    """The checks that flag what could change the first place."""
    return tuple(check for check in checks if check.ok is False)


def capped(word: Earned, checks: Iterable[RobustnessCheck]) -> Earned:
    """The word once the checks are in: a flag leaves nothing firm."""
    return "sensitive" if word == "firm" and flagged(checks) else word


def rivals_not_told_apart(near: NearWeights) -> tuple[str, ...]:
    """The rivals that the leader does not firmly stay ahead of, in the order of the ranking."""
    shares = near.ahead.items()
    return tuple(str(v) for v, share in shares if earned(float(share), near.draws) != "firm")


def closest_rival(near: NearWeights) -> tuple[str, float] | None:
    """The rival that the leader is least often ahead of, and the share of re-runs, in [0, 1]."""
    if near.ahead.empty:
        return None
    return str(near.ahead.idxmin()), float(near.ahead.min())


def share_of_100(share: float, draws: int) -> int:
    """A share of the re-runs as a whole number of 100; 100 only where it is all of them.

    It is rounded down, and at most 94 or 74 where the share earns no higher word.
    """
    most = {"firm": 100, "sensitive": 94, "too close": 74}[earned(share, draws)]
    return min(math.floor(round(100 * share, 9)), most)


def recommendation(
    evaluation: Evaluation,
    reruns: NearWeights | None,
    *,
    checks: tuple[RobustnessCheck, ...] = (),
    open_: tuple[Open, ...] = (),
) -> Recommendation:
    """The vendor that is first, with the word its share of the re-runs earns.

    `reruns` is None where nothing is drawn, because the rules alone decide.
    """
    ranking, first = evaluation.ranking, evaluation.winner
    asked = evaluation.rules.price is not None
    unpriced = asked and all(evaluation.price(vendor) is None for vendor in evaluation.leaders)
    if not ranking or unpriced:
        verdict: Verdict = "none"
    elif open_:
        verdict = "open"
    elif len(ranking) == 1:
        verdict = "uncontested"
    elif first is None:
        verdict = "too close"
    else:
        closest = None if reruns is None else closest_rival(reruns)
        share = 1.0 if closest is None else closest[1]
        verdict = capped(earned(share, 1 if reruns is None else reruns.draws), checks)
    if len(ranking) < 2:
        return Recommendation(first, None, None, verdict, open_)
    ahead = margin(evaluation, *ranking[:2])
    if first is None:
        return Recommendation(None, None, ahead, verdict, open_)
    apart = () if reruns is None else rivals_not_told_apart(reruns)
    return Recommendation(first, ranking[1], ahead, verdict, open_, checks, apart)

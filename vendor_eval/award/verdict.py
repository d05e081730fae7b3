"""How firm a first place is, in one word, and the share of re-runs that earns it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vendor_eval.analysis.simulation.acceptability import NearWeights
from vendor_eval.rules.robustness import FIRM, SENSITIVE

Verdict = Literal["firm", "sensitive", "too close", "open", "uncontested", "none"]
Earned = Literal["firm", "sensitive", "too close"]

ERRORS = 3
"""Standard errors of the draws within which a share counts as below a threshold."""


@dataclass(frozen=True)
class Check:
    """One way in which the first place could prove weaker than the re-runs say.

    `ok` is None where the check is shown and caps nothing.
    """

    kind: str
    ok: bool | None
    says: str


def earned(share: float, draws: int) -> Earned:
    """The word for the least share of re-runs, in [0, 1], in which the leader beats a rival alone.

    Within `ERRORS` standard errors of a threshold it is the lower word.
    """
    margin = ERRORS * math.sqrt(share * (1 - share) / draws)
    if share - margin >= FIRM:
        return "firm"
    return "sensitive" if share - margin >= SENSITIVE else "too close"


def capped(word: Earned, checks: Iterable[Check]) -> Earned:
    """The word once the checks are in: a flag leaves nothing firm."""
    flagged = any(check.ok is False for check in checks)
    return "sensitive" if word == "firm" and flagged else word


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

"""The stage an evaluation is at, what is missing and from whom, and the one thing to do next."""

from pathlib import Path

from vendor_eval.stages.advice import Advice, Need
from vendor_eval.stages.order import STAGES
from vendor_eval.stages.situation import Situation, situation

__all__ = ["STAGES", "Advice", "Need", "Situation", "advice", "advised", "situation"]


def advice(folder: str | Path) -> Advice:
    """What to do next in an evaluation folder.

    Raises InputFaults where there is no such folder, or no rules in it.
    """
    return advised(situation(folder))


def advised(stands: Situation) -> Advice:
    """What to do next in a situation: the advice of the first stage that gives any."""
    return next(told for stage in STAGES if (told := stage(stands)) is not None)

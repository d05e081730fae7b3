"""Contests of vendors, and how far ahead one is once an answer is changed."""

import math
from typing import Any

from hypothesis import strategies as st

from make.random_trees import typed_rules
from vendor_eval.analysis.required_changes.changes import Change
from vendor_eval.bids.proposal import Proposals, proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate

RELATIVE = st.sampled_from(
    [
        "lowest_over_this",
        "this_over_highest",
        {"linear_range": {"direction": "min"}},
        {"linear_range": {"direction": "max"}},
        "above_lowest",
        {"mean_based": {"direction": "min", "points_per_percent": 0.4}},
        {"mean_based": {"direction": "max", "points_per_percent": 2.0}},
    ]
)
answer = st.one_of(
    st.sampled_from(["1", "7", "20", "50"]), st.floats(1, 100).map(lambda n: f"{n:.3f}")
)


@st.composite
def contests(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Evaluation:
    """Evaluations of two to five vendors with one answer a leaf."""
    typed = draw(typed_rules(values))
    leaves = [c for n in typed.criteria for c in (n.criteria or (n,))]
    bids = {
        f"V{n}": {
            str(leaf.answer): draw(st.sampled_from(["1", "7", "20", "50"]))
            if leaf.value is not None and not leaf.value.numeric
            else draw(answer)
            for leaf in leaves
        }
        for n in range(draw(st.integers(2, 5)))
    }
    return evaluate(typed, proposals(bids))


def column(evaluation: Evaluation, path: str) -> str:
    return str(evaluation.tree.criterion(path).answer)


def lead(evaluation: Evaluation, vendor: str, path: str, to: Any) -> float:
    """Points ahead of the best other once one answer is changed: the slow way."""
    answers = evaluation.proposals.answers.copy()
    answers.loc[vendor, column(evaluation, path)] = to if isinstance(to, str) else repr(float(to))
    after = evaluate(evaluation.rules, Proposals(answers, "changed")).scores * 100
    others = [v for v in evaluation.ranking if v != vendor]
    return float(after[vendor] - after[others].max())


def just_beyond(change: Change, evaluation: Evaluation, path: str, aim: str = "win") -> Any:
    """The answer told, or the number next to it on the far side of an open end."""
    if not change.open_end:
        return change.to
    function = evaluation.tree.criterion(path).value
    assert function is not None
    assert isinstance(change.to, float)
    # what stands before a step is below it; a bid is left behind by a better or by a worse one
    upwards = function.relative and (function.slope == "max") == (aim == "win")
    return math.nextafter(change.to, math.inf if upwards else -math.inf)

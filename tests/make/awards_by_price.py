"""Evaluations whose award rule is a price per point, or the lowest price."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

Shares = Mapping[str, float]
FEE = "fee"
AS_POINTS: Any = "identity"


def per_point(
    weights: Shares, *, value: Any = AS_POINTS, missing: str = "fault", **more: Any
) -> Rules:
    """Rules under which the fee over the points of these criteria ranks, the lowest first."""
    rule = more.pop("rule", {})
    criteria = tuple(
        {"id": name, "label": name.title(), "answer": name, "weight": weight}
        | {"value": value, "missing": missing}
        for name, weight in weights.items()
    )
    typed = {"title": "A title", "decision": "Which vendor?", "currency": "EUR", "price": FEE}
    typed |= {"robustness": {"judgement_error": 0.0}, "criteria": criteria}
    typed |= {"award_rule": {"price_per_point": {"quality": tuple(weights), **rule}}}
    return Rules.model_validate(typed | more)


def cheapest(**more: Any) -> Rules:
    """Rules under which the lowest fee of those that pass the gates wins."""
    typed = {"title": "A title", "decision": "Which vendor?", "currency": "EUR", "price": FEE}
    return Rules.model_validate(typed | {"award_rule": {"lowest_price": {}}} | more)


@st.composite
def priced_bids(draw: st.DrawFn, least: int = 2, most: int = 5) -> Evaluation:
    """Evaluations by price per point: two to four criteria, answers that are points already."""
    names = [f"c{n}" for n in range(draw(st.integers(2, 4)))]
    rules = per_point({name: draw(st.integers(1, 10).map(float)) for name in names})
    points = st.integers(1, 100)
    bid = st.fixed_dictionaries({**dict.fromkeys(names, points), FEE: st.integers(50, 400)})
    bids = draw(st.lists(bid, min_size=least, max_size=most))
    return evaluate(rules, proposals({f"V{n}": bid for n, bid in enumerate(bids)}))


def quotients(evaluation: Evaluation, weights: Shares | None = None) -> dict[str, float]:
    """The fee over the points of each vendor, counted by hand under some leaf weights."""
    tree = evaluation.tree
    shares = weights or dict(zip(tree.leaves, tree.weights[tree.leaf_at].tolist(), strict=True))
    answers = evaluation.proposals.answers
    return {
        vendor: float(answers.at[vendor, FEE])
        / sum(share * float(answers.at[vendor, leaf]) for leaf, share in shares.items())
        for vendor in evaluation.vendors
    }

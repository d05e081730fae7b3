"""Random evaluations for hypothesis: trees two deep with weights of 0 among them, and bids."""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from vendor_eval.bids.proposal import proposals
from vendor_eval.evaluation.evaluation import Evaluation, evaluate
from vendor_eval.rules.rules import Rules

weight = st.one_of(st.integers(0, 10).map(float), st.floats(0.01, 10))
points = st.one_of(st.integers(0, 100), st.integers(0, 4).map(lambda n: 25 * n))


def weights(draw: st.DrawFn, n: int) -> list[float]:
    """Weights of n siblings, not all of them 0."""
    drawn = draw(st.lists(weight, min_size=n, max_size=n))
    return drawn if any(drawn) else [1.0, *drawn[1:]]


AS_POINTS = st.just("identity")


@st.composite
def typed_rules(draw: st.DrawFn, values: st.SearchStrategy[Any] = AS_POINTS) -> Rules:
    """Rules over a tree of one to four nodes, each a leaf or a branch of one to four leaves."""
    sizes = draw(st.lists(st.integers(0, 4), min_size=1, max_size=4))
    top, leaves = [], 0
    for n, (size, share) in enumerate(zip(sizes, weights(draw, len(sizes)), strict=True)):
        beneath = []
        for inner in weights(draw, max(size, 1)):
            leaf = {"id": f"c{leaves}", "label": "Leaf", "answer": f"c{leaves}", "weight": inner}
            beneath.append(leaf | {"value": draw(values)})
            leaves += 1
        node = {"id": f"b{n}", "label": "Branch", "criteria": tuple(beneath)}
        top.append((node if size else beneath[0]) | {"weight": share})
    prices = [leaf["answer"] for node in top for leaf in node.get("criteria", [node])]
    typed = {"title": "T", "decision": "D", "currency": "EUR", "price": prices[0]}
    return Rules.model_validate(typed | {"criteria": tuple(top)})


@st.composite
def evaluations(draw: st.DrawFn, least: int = 2, most: int = 6) -> Evaluation:
    """Evaluations of vendors whose answers are points already."""
    rules = draw(typed_rules())
    bids = draw(st.lists(st.tuples(*[points] * len(rules.answers)), min_size=least, max_size=most))
    named = {f"V{n}": dict(zip(rules.answers, row, strict=True)) for n, row in enumerate(bids)}
    return evaluate(rules, proposals(named))


def scores_at(evaluation: Evaluation, shares: dict[str, float]) -> dict[str, float]:
    """Points by vendor with other shares for all siblings of a family: the slow way."""
    tree = evaluation.tree.reweighted(shares)
    values = evaluation.values[list(tree.leaves)].to_numpy()
    totals = 100 * values @ tree.weights[tree.leaf_at]
    return dict(zip(evaluation.values.index, totals.tolist(), strict=True))


def shares_with(evaluation: Evaluation, moved: dict[str, float]) -> dict[str, float]:
    """The shares of a family once some have moved and the others keep their proportions."""
    tree = evaluation.tree
    parent = tree.parents[tree.at(next(iter(moved)))]
    family = {
        p: float(s)
        for p, q, s in zip(tree.paths, tree.parents, tree.shares, strict=True)
        if q == parent
    }
    rest = {path: share for path, share in family.items() if path not in moved}
    left = 1 - sum(moved.values())
    total = sum(rest.values())
    return moved | {
        path: left * (share / total if total else 1 / len(rest)) for path, share in rest.items()
    }


def ranks(scores: dict[str, float], decimals: int = 8) -> dict[str, int]:
    """Competition ranks of scores that are equal to some decimals."""
    held = {vendor: round(score, decimals) for vendor, score in scores.items()}
    return {v: 1 + sum(other > mine for other in held.values()) for v, mine in held.items()}


def leaders(scores: dict[str, float], within: float = 1e-8) -> set[str]:
    """Who is first, or as good as first."""
    best = max(scores.values())
    return {vendor for vendor, score in scores.items() if score > best - within}


def matrix(evaluation: Evaluation) -> tuple[np.ndarray, np.ndarray]:
    """Values of the vendors in the ranking on the top-level criteria, and their weights."""
    tree = evaluation.tree
    values = evaluation.values.loc[list(evaluation.ranking), list(tree.top)].to_numpy()
    return values, np.array([tree.shares[tree.at(path)] for path in tree.top])

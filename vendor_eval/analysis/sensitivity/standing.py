"""How the eligible vendors stand: who wins, on which values, and at the ends of a mix of shares."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from vendor_eval.errors import UnknownName, nearest
from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.rules.criteria import Tree

Floats = NDArray[np.float64]


def standing_of(evaluation: Evaluation, vendors: Iterable[str]) -> tuple[Floats, Floats]:
    """Values in [0, 1] of some scored vendors on every node, (k, n), and their scores, (k,)."""
    row = {vendor: n for n, vendor in enumerate(evaluation.values.index)}
    rows = [row[vendor] for vendor in vendors]
    return evaluation.values.to_numpy()[rows], evaluation.scores.to_numpy()[rows]


def node(tree: Tree, path: str) -> int:
    """Position of the node at a path; UnknownName, with the nearest one, where there is none."""
    if path not in tree.paths:
        raise UnknownName(f"unknown criterion {path!r}{nearest(path, tree.paths)}")
    return tree.at(path)


def proportions(tree: Tree, moved: Sequence[int]) -> tuple[NDArray[np.intp], Floats]:
    """The other siblings of some nodes, and the part in [0, 1] each has of what is left to them.

    They share equally where none of them has any weight.
    """
    family = np.flatnonzero(tree.parents == tree.parents[moved[0]])
    rest = family[~np.isin(family, moved)]
    shares = tree.shares[rest]
    total = shares.sum()
    return rest, shares / total if total > 0 else np.full(len(rest), 1 / max(1, len(rest)))


def corner_points(evaluation: Evaluation, vendors: Sequence[str], moved: Sequence[int]) -> Floats:
    """Scores in points with the whole share on one corner; (k, c).

    The corners are the moved siblings, and last the others in their proportions if there are any.
    A score is linear in the mix of corners: it is the parent's part with another mean in it.
    """
    tree = evaluation.tree
    values, scores = standing_of(evaluation, vendors)
    rest, parts = proportions(tree, moved)
    corners = values[:, list(moved)]
    if len(rest):
        corners = np.column_stack([corners, values[:, rest] @ parts])
    parent = tree.parents[moved[0]]
    if parent >= 0:
        whole = tree.weights[parent]
        corners = (scores - whole * values[:, parent])[:, None] + whole * corners
    return 100 * corners


def separated(points: Floats) -> Floats:
    """Differences in points, 0 where they are no more than a tie to the decimals that count."""
    return np.where(np.round(points, DECIMALS) == 0, 0.0, points)

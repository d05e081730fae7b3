"""Scores at the ends of a mix of shares, where the siblings that do not move keep proportions."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vendor_eval.errors import UnknownName, nearest
from vendor_eval.evaluation.evaluation import DECIMALS
from vendor_eval.evaluation.field import Field
from vendor_eval.evaluation.performance import weighted_sums
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats


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


def corner_points(field: Field, moved: Sequence[int]) -> Floats:
    """Scores of the ranked vendors, best first, with the whole share on one corner; (k, c) points.

    The corners are the moved siblings, and last the others in their proportions if there are any.
    A score is linear in the mix of corners: it is the parent's part with another mean in it.
    """
    tree = field.evaluation.tree
    at = field.places(field.evaluation.ranking)
    values, scores = field.nodes[at], field.scores[at]
    rest, parts = proportions(tree, moved)
    corners = values[:, list(moved)]
    if len(rest):
        corners = np.column_stack([corners, weighted_sums(values[:, rest], parts)])
    parent = tree.parents[moved[0]]
    if parent >= 0:
        whole = tree.weights[parent]
        corners = (scores - whole * values[:, parent])[:, None] + whole * corners
    return 100 * corners


def separated(points: Floats) -> Floats:
    """Differences in points, 0 where they are no more than a tie to the decimals that count."""
    return np.where(np.round(points, DECIMALS) == 0, 0.0, points)

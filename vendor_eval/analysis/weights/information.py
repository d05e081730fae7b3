"""Weights that fit what somebody stated of them: ranges, an order, ratios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vendor_eval.analysis.weights.dirichlet import around
from vendor_eval.analysis.weights.polytope import Limits, conflict, drawn_within
from vendor_eval.analysis.weights.sampling import Weightings, families, product
from vendor_eval.errors import UnknownName, VendorEvalError, nearest, quoted
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Floats
from vendor_eval.rules.weight_information import WeightInformation


@dataclass(frozen=True)
class _Said:
    """One statement as coefficients . shares <= bound, with its words for a fault."""

    parent: int
    words: str
    coefficients: Mapping[int, float]
    """By node."""
    bound: float


def informed(tree: Tree, information: WeightInformation) -> Weightings:
    """Weights uniform on what the information allows, in each group of siblings on its own.

    A complete or partial order alone is sampled by sorting uniform weights, which is exact; so is
    rejection, used where at least one uniform weighting in fifty is allowed; elsewhere a
    hit-and-run walk is (`polytope`). Raises UnknownName for an unknown path, VendorEvalError for a
    comparison of criteria that are not siblings, and for statements that no weights can meet,
    naming a smallest set of statements that contradict each other.
    """
    allowed = limits_of(tree, information)
    order = [tree.at(path) for path in information.order]
    drawn = {}
    for parent, limits in allowed.items():
        family = families(tree)[parent]
        ranked = tuple(int(np.flatnonzero(family == n)[0]) for n in order if n in family)
        drawn[parent] = drawn_within(limits, ranked)
    return product(tree, drawn)


def weightings_of(
    tree: Tree, concentration: float, information: WeightInformation | None
) -> Weightings:
    """Weights that fit what is stated of them; around the tree's own where they are agreed."""
    if information is not None:
        return informed(tree, information)
    return around(tree, concentration=concentration)


def fitting_weights(tree: Tree, information: WeightInformation, draws: int, *, seed: int) -> Floats:
    """Top-level weights that fit what is stated, to 5 decimals; (draws, top-level criteria).

    Raises the errors of `informed`.
    """
    weightings = informed(tree, information)
    columns = [weightings.paths.index(path) for path in tree.top]
    return np.asarray(np.round(weightings.drawn(draws, seed=seed)[:, columns], 5))


def limits_of(tree: Tree, information: WeightInformation) -> dict[int, Limits]:
    """What the statements allow in each group of siblings that they are about, by its parent.

    Raises the errors of `informed`.
    """
    said: dict[int, list[_Said]] = {}
    for statement in [*_of_ranges(tree, information), *_of_comparisons(tree, information)]:
        said.setdefault(statement.parent, []).append(statement)
    if not said:
        raise VendorEvalError(
            "found no information on any weight; allowed: 'ranges', 'order' or 'at_least'"
        )
    allowed = {}
    for parent, statements in said.items():
        limits = _limits(families(tree)[parent], statements)
        clash = conflict(limits)
        if clash:
            clashing = "; ".join(statements[n].words for n in clash)
            raise VendorEvalError(f"no weights meet all of this: {clashing}")
        allowed[parent] = limits
    return allowed


def _limits(family: NDArray[np.intp], statements: list[_Said]) -> Limits:
    column = {int(node): n for n, node in enumerate(family)}
    coefficients = np.zeros((len(statements), len(family)))
    for row, statement in enumerate(statements):
        for node, coefficient in statement.coefficients.items():
            coefficients[row, column[node]] = coefficient
    return Limits(coefficients, np.array([statement.bound for statement in statements]))


def _of_ranges(tree: Tree, information: WeightInformation) -> Iterator[_Said]:
    for path, (low, high) in information.ranges.items():
        node = _node(tree, path)
        parent = int(tree.parents[node])
        if low > 0:
            yield _Said(parent, f"{path!r} has at least {low:g}", {node: -1.0}, -low)
        if high < 1 or low == 0:  # a range of everything still says that the weight is not fixed
            yield _Said(parent, f"{path!r} has at most {high:g}", {node: 1.0}, high)


def _of_comparisons(tree: Tree, information: WeightInformation) -> Iterator[_Said]:
    for first, ratio, second in _comparisons(tree, information):
        a, b = _node(tree, first), _node(tree, second)
        if tree.parents[a] != tree.parents[b]:
            raise VendorEvalError(
                f"found {first!r} compared with {second!r}; allowed: criteria with the same parent"
            )
        times = "" if ratio == 1 else f"{ratio:g} times "
        words = f"{first!r} weighs at least {times}as much as {second!r}"
        yield _Said(int(tree.parents[a]), words, {a: -1.0, b: ratio}, 0.0)


def _comparisons(tree: Tree, information: WeightInformation) -> Iterator[tuple[str, float, str]]:
    groups: dict[int, list[str]] = {}
    for path in information.order:
        groups.setdefault(int(tree.parents[_node(tree, path)]), []).append(path)
    for group in groups.values():
        if len(group) == 1:
            raise VendorEvalError(
                f"found {group[0]!r} in the order without any of its siblings; "
                "allowed: two or more criteria with the same parent"
            )
        for first, second in pairwise(group):
            yield first, 1.0, second
    yield from information.at_least


def _node(tree: Tree, path: str) -> int:
    if path not in tree.paths:
        hint = nearest(path, tree.paths) or f"; known: {quoted(tree.paths)}"
        raise UnknownName(f"unknown criterion {path!r}{hint}")
    return tree.at(path)

"""What a person can say about weights without naming them: ranges, an order, ratios."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from vendor_eval.analysis.weights.polytope import Limits, conflict, drawn_within
from vendor_eval.analysis.weights.sampling import Weightings, families, product
from vendor_eval.errors import UnknownName, VendorEvalError, nearest, quoted
from vendor_eval.rules.criteria import Tree
from vendor_eval.rules.values.function import Typed


def _listed(typed: Any) -> Any:
    """Lists as tuples, since a person types lists."""
    return tuple(_listed(item) for item in typed) if isinstance(typed, list | tuple) else typed


def _ranges(typed: Any) -> Any:
    return {k: _listed(v) for k, v in typed.items()} if isinstance(typed, dict) else typed


Share = Annotated[float, Field(ge=0, le=1)]
Ratio = Annotated[float, Field(gt=0)]


class WeightInformation(Typed):
    """Partial information on weights; every weight here is a share among siblings, in [0, 1].

    `ranges`: path -> [lowest, highest]. `order`: paths, the most important first; of each group of
    siblings as many as somebody can put in order. `at_least`: [path a, ratio, path b] says that a
    weighs at least ratio times b, its sibling. Siblings that no statement names keep their shares.
    """

    ranges: Annotated[dict[str, tuple[Share, Share]], BeforeValidator(_ranges)] = Field(
        default_factory=dict
    )
    order: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    at_least: Annotated[tuple[tuple[str, Ratio, str], ...], BeforeValidator(_listed)] = ()

    @classmethod
    def of(cls, **typed: Any) -> Self:
        """What somebody typed; raises VendorEvalError, not pydantic's own, where it is wrong."""
        try:
            return cls(**typed)
        except ValidationError as error:
            messages = [
                f"{'.'.join(map(str, e['loc'])) or 'weights'}: "
                + e["msg"].removeprefix("Value error, ")
                for e in error.errors(include_url=False)
            ]
            raise VendorEvalError("; ".join(messages)) from None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for path, (low, high) in self.ranges.items():
            if low > high:
                raise ValueError(
                    f"found the range {low:g} to {high:g} of {path!r}; allowed: the lower end first"
                )
        for n, path in enumerate(self.order):
            if path in self.order[:n]:
                raise ValueError(f"{path!r} stands twice in the order; allowed: once")
        for first, _, second in self.at_least:
            if first == second:
                raise ValueError(f"{first!r} is compared with itself; allowed: with a sibling")
        return self


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
    said: dict[int, list[_Said]] = {}
    for statement in [*_of_ranges(tree, information), *_of_comparisons(tree, information)]:
        said.setdefault(statement.parent, []).append(statement)
    if not said:
        raise VendorEvalError(
            "found no information on any weight; allowed: 'ranges', 'order' or 'at_least'"
        )
    order = [tree.at(path) for path in information.order]
    drawn = {}
    for parent, statements in said.items():
        family = families(tree)[parent]
        limits = _limits(family, statements)
        clash = conflict(limits)
        if clash:
            clashing = "; ".join(statements[n].words for n in clash)
            raise VendorEvalError(f"no weights meet all of this: {clashing}")
        ranked = tuple(int(np.flatnonzero(family == n)[0]) for n in order if n in family)
        drawn[parent] = drawn_within(limits, ranked)
    return product(tree, drawn)


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

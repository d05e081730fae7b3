"""The criteria tree: what is weighed, by how much, and how an answer becomes a value."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from vendor_eval.errors import quoted
from vendor_eval.rules.scales import Id, JudgedQuestion
from vendor_eval.rules.values.absolute import Identity
from vendor_eval.rules.values.function import Typed, ValueFunction
from vendor_eval.rules.values.named import typed_form, value_function
from vendor_eval.wording import listed
from vendor_eval.wording.short_repr import ShortRepr

Text = Annotated[str, Field(min_length=1)]
Label = Annotated[str, Field(min_length=1, max_length=60)]
"""As long as the first screen can bear, as are the limits of a title and a notice."""
Weight = Annotated[float, Field(ge=0)]
Array = TypeVar("Array", bound=NDArray[Any])


POINTS = frozenset(("point", "points", "mark", "marks", "score", "scores", "rating", "ratings"))
"""Units in which people judge."""
PARTS = frozenset(("percentage", "percent", "basis"))
"""What makes points a measured difference, as in percentage points."""


READ = ("answer", "measure", "panel")
"""What a leaf may read."""
_OF_LEAVES = (*READ, "value", "unit", "missing", "purpose", "judged", "error")
_NOT_JUDGED = ("value", "unit", "missing", "judged", "error")
"""What says nothing on a leaf that a panel judges."""


class Measurement(Typed):
    """A measure by its name, with the parameters it is taken with."""

    name: Text
    parameters: dict[str, Any] = Field(default_factory=dict)

    @property
    def column(self) -> str:
        """What it is called in tables: its name, with its parameters in brackets if it has any."""
        typed = ", ".join(f"{key}={value}" for key, value in self.parameters.items())
        return f"{self.name}({typed})" if typed else self.name


def _measurement(typed: Any) -> Any:
    """The parts of `name`, or of `{name: {parameters}}`."""
    if isinstance(typed, Measurement):
        return typed
    if isinstance(typed, str):
        return {"name": typed}
    if isinstance(typed, dict) and len(typed) == 1:
        [(name, parameters)] = typed.items()
        if isinstance(parameters, dict):
            return {"name": name, "parameters": parameters}
    raise ValueError("allowed: the name of a measure, or a name with its parameters")


Measuring = Annotated[Measurement, BeforeValidator(_measurement)]


class Criterion(Typed):
    """A node of the criteria tree: a branch holds `criteria`, a leaf what it reads and its `value`.

    `weight` is a share among siblings in any unit, at least 0. `missing` says what a blank answer
    means: a fault, or the worst value in the ranking and the whole scale in the simulation.
    """

    id: Id
    label: Label
    weight: Weight
    criteria: Annotated[tuple["Criterion", ...] | None, Field(min_length=1)] = None
    answer: Text | None = None
    measure: Measuring | None = None
    panel: JudgedQuestion | None = None
    """What evaluators judge; the points of its scale are the leaf's values."""
    value: Annotated[
        ValueFunction | None, PlainValidator(value_function), PlainSerializer(typed_form)
    ] = None
    unit: Text | None = None
    missing: Literal["fault", "worst"] = "fault"
    purpose: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    """What a leaf is weighed for, where the law wants to know, as of points for a place."""
    judged: bool | None = None
    """Whether a person judged the answer; None where its value function and unit say."""
    error: Annotated[float | None, Field(gt=0, le=1e15)] = None
    """Standard deviation of the answer's points; of the answer, under a relative function."""

    @model_validator(mode="after")
    def _branch_or_leaf(self) -> Self:
        if self.criteria is not None:
            extra = [k for k in _OF_LEAVES if k in self.model_fields_set]
            if extra:
                raise ValueError(
                    f"found both 'criteria' and {', '.join(map(repr, extra))}; allowed: "
                    "'criteria' for a branch, or 'answer' and 'value' for a leaf"
                )
        elif len(read := [k for k in READ if getattr(self, k) is not None]) > 1:
            raise ValueError(
                f"found both {' and '.join(map(repr, read))}; allowed: one of {quoted(READ)}"
            )
        elif self.panel is not None:
            extra = [k for k in _NOT_JUDGED if k in self.model_fields_set]
            if extra:
                raise ValueError(
                    f"found both 'panel' and {', '.join(map(repr, extra))}; allowed: 'panel' "
                    "alone, since the scale gives the points and people judge them"
                )
        elif self.reads is None or self.value is None:
            parts = {"answer": self.reads, "value": self.value}
            lacking = listed(repr(key) for key, typed in parts.items() if typed is None)
            raise ValueError(
                f"found a leaf without {lacking}; allowed: 'answer' (or 'measure') and 'value', "
                "or 'panel'"
            )
        elif self.judged and self.error is not None:
            raise ValueError(
                "found both 'judged' and 'error'; allowed: 'judged' for points that share the "
                "judgement error, or a separate 'error'"
            )
        elif self.error is not None and not self.value.relative and self.error > 50:
            raise ValueError(f"found an error of {self.error:g} points; allowed: at most 50")
        return self

    @property
    def reads(self) -> str | None:
        """The column of the answers that a leaf reads; None for a branch."""
        if self.panel is not None:
            return self.panel.column
        return self.measure.column if self.measure is not None else self.answer

    @model_serializer(mode="wrap")
    def _as_entered(self, entered: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What was entered: the values of a panel's leaf follow from its scale."""
        typed: dict[str, Any] = entered(self)
        if self.panel is not None:
            typed.pop("value", None)
        return typed

    @property
    def reads_points(self) -> bool:
        """Whether it reads an answer in points that a person gives, by its function or its unit."""
        words = set(re.findall("[a-z]+", (self.unit or "").casefold()))
        in_points = bool(words & POINTS) and not (words & PARTS or "%" in (self.unit or ""))
        return self.answer is not None and (in_points or isinstance(self.value, Identity))

    @property
    def is_leaf(self) -> bool:
        """Whether this node reads an answer rather than holding criteria."""
        return self.criteria is None


def under(path: str, branch: str) -> bool:
    """Whether a path is a branch or lies under it."""
    return path == branch or path.startswith(f"{branch}.")


def walk(criteria: tuple[Criterion, ...], parent: str = "") -> Iterator[tuple[str, str, Criterion]]:
    """Every node as (dotted path, parent's path, criterion), each parent before its children."""
    for criterion in criteria:
        path = f"{parent}.{criterion.id}" if parent else criterion.id
        yield path, parent, criterion
        yield from walk(criterion.criteria or (), path)


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares that sum to 1; at least one of them must be above 0."""
    largest = max(weights.values())  # divided out first: huge weights must not sum to infinity
    scaled = {name: weight / largest for name, weight in weights.items()}
    total = math.fsum(scaled.values())
    return {name: weight / total for name, weight in scaled.items()}


def _read_only(array: Array) -> Array:
    """The same array, which nobody can write to: it is computed once for all who read it."""
    array.setflags(write=False)
    return array


@dataclass(frozen=True, eq=False)
class Tree(ShortRepr):
    """A criteria tree with its weights worked out; nodes stand parent first, n nodes, m leaves."""

    paths: tuple[str, ...]
    """Dotted path of each node."""
    criteria: tuple[Criterion, ...]
    """The criterion at each node."""
    parents: NDArray[np.intp]
    """Position of each node's parent, -1 at the top; shape (n,)."""
    shares: NDArray[np.float64]
    """Share of each node among its siblings, in [0, 1]; shape (n,)."""

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """Paths of the leaves, in tree order."""
        return tuple(p for p, c in zip(self.paths, self.criteria, strict=True) if c.is_leaf)

    @cached_property
    def leaf_at(self) -> NDArray[np.intp]:
        """Positions of the leaves among the nodes, read-only; shape (m,)."""
        return _read_only(np.flatnonzero([criterion.is_leaf for criterion in self.criteria]))

    @cached_property
    def top(self) -> tuple[str, ...]:
        """Paths of the criteria that share the whole weight.

        They are the top-level ones; where there is only one, those under it.
        """
        top = self._under(-1)
        while len(top) == 1 and (within := self._under(top[0])):
            top = within
        return tuple(self.paths[n] for n in top)

    def _under(self, node: int) -> list[int]:
        return np.flatnonzero(np.asarray(self.parents) == node).tolist()

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """Weight of each node in the whole, in [0, 1], read-only; shape (n,)."""
        weights = self.shares.copy()
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                weights[node] *= weights[parent]
        return _read_only(weights)

    @cached_property
    def families(self) -> tuple[NDArray[np.intp], ...]:
        """Positions of the nodes in each group of siblings, parents' groups first; read-only."""
        groups = (np.flatnonzero(self.parents == parent) for parent in np.unique(self.parents))
        return tuple(_read_only(group) for group in groups)

    @cached_property
    def composition(self) -> NDArray[np.float64]:
        """What each leaf's value counts within each node's value, in [0, 1], read-only; (n, m)."""
        leaf_at = self.leaf_at
        composition = np.zeros((len(self.paths), len(leaf_at)))
        composition[leaf_at, np.arange(len(leaf_at))] = 1.0
        for node in reversed(range(len(self.paths))):
            if self.parents[node] >= 0:
                composition[self.parents[node]] += self.shares[node] * composition[node]
        return _read_only(composition)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {path: node for node, path in enumerate(self.paths)}

    def at(self, path: str) -> int:
        """Position of the node at `path`."""
        return self._positions[path]

    def criterion(self, path: str) -> Criterion:
        """The criterion at `path`."""
        return self.criteria[self.at(path)]

    def reweighted(self, weights: Mapping[str, float]) -> "Tree":
        """This tree with other weights for all children of some nodes, by dotted path."""
        typed = self.shares.copy()
        for family in self.families:
            named = {str(n): weights[self.paths[n]] for n in family if self.paths[n] in weights}
            if named:
                for node, share in shares(named).items():
                    typed[int(node)] = share
        return Tree(self.paths, self.criteria, self.parents, typed)


def tree(criteria: tuple[Criterion, ...]) -> Tree:
    """The tree of some top-level criteria with each weight as a share among its siblings."""
    nodes = list(walk(criteria))
    paths = tuple(path for path, _, _ in nodes)
    siblings: dict[str, dict[str, float]] = {}
    for path, parent, criterion in nodes:
        siblings.setdefault(parent, {})[path] = criterion.weight
    share: dict[str, float] = {}
    for family in siblings.values():
        share |= shares(family)
    position: dict[str, Any] = {path: n for n, path in enumerate(paths)} | {"": -1}
    return Tree(
        paths=paths,
        criteria=tuple(criterion for _, _, criterion in nodes),
        parents=np.array([position[parent] for _, parent, _ in nodes], dtype=np.intp),
        shares=np.array([share[path] for path in paths]),
    )

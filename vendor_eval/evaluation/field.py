"""The field: some vendors' values on every leaf, ready to be counted again under other answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.knock_outs import after_knock_outs
from vendor_eval.evaluation.performance import Performance, weighted_sums
from vendor_eval.evaluation.shortlist import admitted
from vendor_eval.rules.values.function import Floats, ValueFunction
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class Leaf(ShortRepr):
    """One leaf of a field of k vendors: what they answer on it and what that is worth."""

    path: str
    function: ValueFunction
    weight: float
    """In the whole, in [0, 1]."""
    values: Floats
    """As they are compared, in [0, 1]; (k,)."""
    scale: Floats
    """What each vendor's values are multiplied by before they are compared, in (0, 1]; (k,)."""
    answers: Performance
    """Over all the evaluation's vendors."""
    rows: NDArray[np.intp]
    """Where the field's vendors stand among them; (k,)."""

    @property
    def own_values(self) -> Floats:
        """In [0, 1], as the answers are worth before a price divides them; (k,)."""
        return self.values / self.scale

    @cached_property
    def given(self) -> NDArray[np.bool_]:
        """Who gave an answer that can be read; (k,)."""
        return self.answers.given[self.rows]

    @cached_property
    def numbers(self) -> Floats:
        """The likely numbers, 0 where there is none; (k,)."""
        return self.answers.likely[self.rows]

    def shown(self, n: int) -> float | str | None:
        """One vendor's answer as it counts: the likely number or the level; None if missing."""
        return self.answers.shown(int(self.rows[n]))

    def others(self, n: int) -> Floats:
        """The numbers given by all vendors but one."""
        given = self.given.copy()
        given[n] = False
        return self.numbers[given]

    def measured(self) -> Floats:
        """Values in [0, 1] of the likely answers, 0 where there is none; (k,)."""
        if self.function.relative:
            return self.scale * values_among(self.function, self.numbers, self.given)
        return self.scale * self.answers.values(self.function)[self.rows]

    def moved(self, n: int, x: Floats) -> Floats:
        """Everybody's values in [0, 1] as one vendor's number moves; (j,) -> (j, k)."""
        if not self.function.relative:
            values = np.repeat(self.values[None], len(x), axis=0)
            values[:, n] = self.scale[n] * self.function(x)
            return values
        given, numbers = self.given.copy(), np.repeat(self.numbers[None], len(x), axis=0)
        given[n], numbers[:, n] = True, x
        return self.scale * values_among(self.function, numbers, given)


@dataclass(frozen=True, eq=False)
class Field(ShortRepr):
    """k vendors weighed against one another on m leaves; gates play no part here.

    Relative values are measured among these vendors alone, everything else is the evaluation's.
    Values and scores are those that are compared: under a price per point each vendor's are
    multiplied by its `scale`.
    """

    evaluation: Evaluation
    vendors: tuple[str, ...]
    """By name."""
    functions: tuple[ValueFunction, ...]
    """The value function of each leaf."""
    values: Floats
    """Values of the leaves in [0, 1]; (k, m)."""
    weights: Floats
    """Weight of each leaf in the whole, in [0, 1]; (m,)."""
    deciding: Floats
    """What each leaf counts in each criterion of the rules' `tie_break`; (criteria, m)."""

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Where these vendors stand among all the evaluation's; (k,)."""
        place = self.evaluation.proposals.rows
        return np.array([place[vendor] for vendor in self.vendors], dtype=np.intp)

    def places(self, vendors: Iterable[str]) -> NDArray[np.intp]:
        """Where some vendors stand in the field, in their order."""
        return np.array([self.vendors.index(vendor) for vendor in vendors], dtype=np.intp)

    @cached_property
    def scale(self) -> Floats:
        """What each vendor's values are multiplied by before they are compared, in (0, 1]; (k,)."""
        return self.evaluation.scale[self.rows]

    @cached_property
    def given_values(self) -> Floats:
        """Values of the leaves in [0, 1] before knock-outs and before a price divides; (k, m)."""
        knocked = self.evaluation.knocked_out[self.rows]
        own = self.values / self.scale[:, None]
        return np.where(knocked, self.evaluation.given_values[self.rows], own)

    def counted(self, given: Floats) -> Floats:
        """Values in [0, 1] as they are compared, of values as `given_values`; (k, m) both."""
        counts = after_knock_outs(given, self.evaluation.rules, self.evaluation.stated)
        return counts * self.scale[:, None]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """The leaves, in tree order."""
        read, rows, scale = self.evaluation.performance, self.rows, self.scale
        columns = zip(
            self.evaluation.tree.leaves,
            self.functions,
            self.weights.tolist(),
            self.values.T,
            strict=True,
        )
        return tuple(
            Leaf(path, function, weight, values, scale, read[path], rows)
            for path, function, weight, values in columns
        )

    @cached_property
    def nodes(self) -> Floats:
        """Values of every node of the tree in [0, 1]; (k, n)."""
        return weighted_sums(self.values, self.evaluation.tree.composition)

    @cached_property
    def scores(self) -> Floats:
        """Scores in [0, 1]; (k,)."""
        return weighted_sums(self.values, self.weights)

    @cached_property
    def gaps(self) -> Floats:
        """How far each is behind the best other, below 0 when ahead and 0 when level; (k,).

        No tie is broken here: who is level on points is level.
        """
        best, second = np.sort(np.append(self.scores, -1.0))[[-1, -2]]
        gaps = np.where(self.scores == best, second, best) - self.scores
        gaps[np.round(100 * gaps, DECIMALS) == 0] = 0
        return gaps

    def points(self, values: Floats | None = None) -> Floats:
        """Scores in points (0-100), to the decimals that count; (k,)."""
        scores = self.scores if values is None else weighted_sums(values, self.weights)
        return np.round(100 * scores, DECIMALS)

    def leading(self, values: Floats | None = None) -> tuple[str, ...]:
        """The vendor that is first, or those that tie for it; none where there are no vendors."""
        return self.foremost(self.points(values), values)

    def foremost(self, merit: Floats, values: Floats | None = None) -> tuple[str, ...]:
        """The vendors of the greatest merit (k,), ties broken as the rules say where they do."""
        values = (self.values if values is None else values) / self.scale[:, None]
        first = np.arange(len(self.vendors))
        for key in (merit, *np.round(100 * weighted_sums(values, self.deciding).T, DECIMALS)):
            if len(first):
                first = first[key[first] == key[first].max()]
        return tuple(self.vendors[n] for n in first)

    def without(self, vendor: str) -> "Field":
        """The field as it would be had this vendor not bid; who is next on a shortlist comes in."""
        e = self.evaluation
        going = admitted(e.rules, e.screening, self.vendors, without=[vendor])
        if not going <= set(self.vendors):
            names = tuple(v for v in e.vendors if v in going)
            values = np.zeros((len(names), len(self.functions)))
            more = replace(self, vendors=names, values=values)
            return more._measured(range(len(self.functions)))
        kept = [n for n, name in enumerate(self.vendors) if name in going]
        fewer = replace(
            self, vendors=tuple(self.vendors[n] for n in kept), values=self.values[kept]
        )
        return fewer._measured([m for m, f in enumerate(self.functions) if f.relative])

    def valued(self, leaf: str, function: ValueFunction) -> "Field":
        """The field as it would be with another value function on one leaf."""
        m = self.evaluation.tree.leaves.index(leaf)
        functions = (*self.functions[:m], function, *self.functions[m + 1 :])
        return replace(self, functions=functions)._measured([m])

    def _measured(self, leaves: Sequence[int]) -> "Field":
        """This field with the values of some leaves computed afresh."""
        values = self.values.copy()
        for m in leaves:
            knocked = self.evaluation.knocked_out[self.rows, m]
            values[:, m] = np.where(knocked, 0.0, self.leaves[m].measured())
        return replace(self, values=values)


def field_of(evaluation: Evaluation, *, entering: Sequence[str] = ()) -> Field:
    """The field of the eligible vendors, and of some others that enter it.

    Who enters with more points than the last of a shortlist takes its place.
    """
    tree = evaluation.tree
    composition, leaf_at = tree.composition, tree.leaf_at
    stay = set(evaluation.ranks)
    if entering:
        ranked = evaluation.ranks
        stay &= admitted(evaluation.rules, evaluation.screening, ranked, entering=entering)
    vendors = tuple(v for v in evaluation.vendors if v in stay or v in entering)
    functions = tuple(f for criterion in tree.criteria if (f := criterion.value) is not None)
    if entering:  # who enters may have no values yet, and changes those of the others
        values = np.zeros((len(vendors), len(leaf_at)))
    else:
        known = evaluation.values.index.get_indexer(list(vendors))
        values = evaluation.values.to_numpy()[known][:, leaf_at]
        rows = [evaluation.proposals.rows[vendor] for vendor in vendors]
        values = values * evaluation.scale[rows][:, None]
    field = Field(
        evaluation=evaluation,
        vendors=vendors,
        functions=functions,
        values=values,
        weights=tree.weights[leaf_at],
        deciding=composition[[tree.at(path) for path in evaluation.rules.tie_break]],
    )
    return field._measured(range(len(functions))) if entering else field


def values_among(
    function: ValueFunction, numbers: Floats, given: NDArray[np.bool_] | None = None
) -> Floats:
    """Values in [0, 1] of bids, a field a row, each measured among its own row; (..., k).

    Only the bids `given` (k,) count, if it is stated; the others have the value 0.
    """
    if given is None or given.all():
        return function(numbers, numbers) if numbers.shape[-1] else np.zeros(numbers.shape)
    values = np.zeros(numbers.shape)
    if given.any():
        # in rows of memory, so that sums along them are those of a single row
        among = np.ascontiguousarray(numbers[..., given])
        values[..., given] = function(among, among)
    return values

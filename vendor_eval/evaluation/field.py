"""A contest: some vendors' values, ready to be counted again under other answers or formulas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vendor_eval.evaluation.evaluation import DECIMALS, Evaluation
from vendor_eval.evaluation.performance import Performance
from vendor_eval.rules.values.function import Floats, ValueFunction


@dataclass(frozen=True, eq=False)
class Field:
    """k vendors weighed against one another on m leaves; gates play no part here.

    Relative values are measured among these vendors alone, everything else is the evaluation's.
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
    def answers(self) -> tuple[Performance, ...]:
        """Answers on each leaf, over all the evaluation's vendors."""
        return tuple(self.evaluation.performance[path] for path in self.evaluation.tree.leaves)

    @cached_property
    def rows(self) -> NDArray[np.intp]:
        """Where these vendors stand among all the evaluation's; (k,)."""
        place = self.evaluation.proposals.rows
        return np.array([place[vendor] for vendor in self.vendors], dtype=np.intp)

    def points(self, values: Floats | None = None) -> Floats:
        """Scores in points (0-100), to the decimals that count; (k,)."""
        values = self.values if values is None else values
        return np.round(100 * (values @ self.weights), DECIMALS)

    def leading(self, values: Floats | None = None) -> tuple[str, ...]:
        """The vendor that is first, or those that tie for it; none where there are no vendors."""
        values = self.values if values is None else values
        return self.foremost(self.points(values), values)

    def foremost(self, merit: Floats, values: Floats | None = None) -> tuple[str, ...]:
        """The vendors of the greatest merit (k,), ties broken as the rules say where they do."""
        values = self.values if values is None else values
        first = np.arange(len(self.vendors))
        for key in (merit, *np.round(100 * (self.deciding @ values.T), DECIMALS)):
            if len(first):
                first = first[key[first] == key[first].max()]
        return tuple(self.vendors[n] for n in first)

    def without(self, vendor: str) -> "Field":
        """The contest as it would be had this vendor not bid."""
        kept = [n for n, name in enumerate(self.vendors) if name != vendor]
        fewer = replace(
            self, vendors=tuple(self.vendors[n] for n in kept), values=self.values[kept]
        )
        return fewer._measured([m for m, f in enumerate(self.functions) if f.relative])

    def valued(self, leaf: str, function: ValueFunction) -> "Field":
        """The contest as it would be with another value function on one leaf."""
        m = self.evaluation.tree.leaves.index(leaf)
        functions = (*self.functions[:m], function, *self.functions[m + 1 :])
        return replace(self, functions=functions)._measured([m])

    def _measured(self, leaves: Sequence[int]) -> "Field":
        """This contest with the values of some leaves computed afresh."""
        values, rows, answers = self.values.copy(), self.rows, self.answers
        for m in leaves:
            values[:, m] = _values(self.functions[m], answers[m], rows)
        return replace(self, values=values)


def field_of(evaluation: Evaluation, *, entering: Sequence[str] = ()) -> Field:
    """The contest of the eligible vendors, and of some others that enter it."""
    tree = evaluation.tree
    composition, leaf_at = tree.composition, tree.leaf_at
    vendors = tuple(v for v in evaluation.vendors if v in evaluation.ranks or v in entering)
    functions = tuple(f for criterion in tree.criteria if (f := criterion.value) is not None)
    blank = Field(
        evaluation=evaluation,
        vendors=vendors,
        functions=functions,
        values=np.zeros((len(vendors), len(leaf_at))),
        weights=tree.weights[leaf_at],
        deciding=composition[[tree.at(path) for path in evaluation.rules.tie_break]],
    )
    return blank._measured(range(len(functions)))


def _values(function: ValueFunction, answers: Performance, rows: NDArray[np.intp]) -> Floats:
    """Values in [0, 1] of some vendors' likely answers measured among themselves; 0 if blank."""
    given = answers.given[rows]
    values = np.zeros(len(rows))
    if given.any():
        asked = rows[given]
        among = answers.likely[asked]
        levels = [answers.answers[n] for n in asked]
        values[given] = function(among if answers.numeric else levels, among)
    return values

"""What every method ranks: a checked table of answers, and the scales methods put it on."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from vendor_eval.errors import VendorEvalError, nearest, quoted

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PerformanceTable:
    """Answers of n vendors on m criteria, all of them weighted.

    `values` is (n, m); `weights` is (m,), shares that add up to 1; `cost` is (m,), True where less
    is better.
    """

    values: Floats
    weights: Floats
    cost: npt.NDArray[np.bool_]
    vendors: tuple[str, ...]
    criteria: tuple[str, ...]

    @classmethod
    def of(
        cls, performance: pd.DataFrame, *, weights: pd.Series, directions: pd.Series
    ) -> "PerformanceTable":
        """The table of the criteria that carry weight, matched by name; weights become shares."""
        criteria = [str(name) for name in performance.columns]
        vendors = [str(name) for name in performance.index]
        _once("vendor", vendors)
        _once("criterion", criteria)
        weight = _by_name("weight", weights, criteria).to_numpy(dtype=float)
        direction = _by_name("direction", directions, criteria).to_numpy()
        for name, share, way in zip(criteria, weight, direction, strict=True):
            if not 0 <= share < np.inf:
                raise VendorEvalError(f"the weight of {name!r} is {share}; allowed: 0 or more")
            if way not in ("max", "min"):
                raise VendorEvalError(f"the direction of {name!r} is {way!r}; allowed: max or min")
        largest = weight.max(initial=0.0)
        if largest == 0:
            raise VendorEvalError("every weight is 0; at least one criterion must carry weight")
        counts = np.flatnonzero(weight)
        values = performance.to_numpy(dtype=float, na_value=np.nan)
        shares = weight[counts] / largest  # two steps, so that huge weights cannot overflow
        return cls(
            values=_twelve_digits(values[:, counts]),
            weights=shares / shares.sum(),
            cost=direction[counts] == "min",
            vendors=tuple(vendors),
            criteria=tuple(criteria[i] for i in counts),
        )


def _twelve_digits(values: Floats) -> Floats:
    """The values to 12 significant digits, as results show them.

    So the midpoints of 0.2..0.4 and 0.1..0.5 are equal for methods that count any difference.
    """
    return np.array([[float(f"{x:.12g}") for x in row] for row in values])


def _once(kind: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise VendorEvalError(f"{kind} {quoted(twice)} is listed twice; a name is given once")


def _by_name(what: str, given: pd.Series, criteria: list[str]) -> pd.Series:
    """`given` in the order of `criteria`: the names decide, never the order of the columns."""
    named = given.set_axis([str(name) for name in given.index])
    _once(what, named.index)
    for name in criteria:
        if name not in named.index:
            raise VendorEvalError(f"criterion {name!r} has no {what}{nearest(name, named.index)}")
    for name in named.index:
        if name not in criteria:
            raise VendorEvalError(f"there is a {what} of {name!r}, but no such column of answers")
    return named[criteria]


@dataclass(frozen=True)
class Scale:
    """A normalisation: table in, table out, and how it is described to a reader."""

    says: str
    scaled: Callable[[PerformanceTable], PerformanceTable]

    def __call__(self, table: PerformanceTable) -> PerformanceTable:
        return self.scaled(table)


def scale(says: str) -> Callable[[Callable[[PerformanceTable], PerformanceTable]], Scale]:
    """A decorator that makes a scale of a function."""
    return lambda scaled: Scale(says, scaled)


@scale("Answers as they are")
def raw(table: PerformanceTable) -> PerformanceTable:
    """The answers as given, for methods that scale by themselves."""
    return table


@scale("Vector normalisation")
def vector(table: PerformanceTable) -> PerformanceTable:
    """Each criterion divided by its Euclidean length, in [-1, 1]; costs stay costs."""
    peak = _nonzero(np.abs(table.values).max(axis=0))
    values = table.values / peak  # first, so that squares neither overflow nor vanish
    return replace(table, values=values / _nonzero(np.linalg.norm(values, axis=0)))


@scale("Each answer divided by the sum of its criterion")
def share(table: PerformanceTable) -> PerformanceTable:
    """Each criterion divided by its sum, in [0, 1]; costs stay costs."""
    return replace(table, values=table.values / table.values.sum(axis=0))


@scale(
    "Each answer (1 divided by it, where less is better) divided by the sum of its criterion over "
    "the vendors and an ideal vendor with every best answer"
)
def share_with_ideal(table: PerformanceTable) -> PerformanceTable:
    """Shares of a sum that counts the best answer twice, in [0, 1] (Zavadskas & Turskis 2010)."""
    values = np.where(table.cost, 1 / table.values, table.values)
    return _benefits(table, values / (values.sum(axis=0) + values.max(axis=0)))


@scale("Each answer divided by the best one (the best divided by it, where less is better)")
def ratio(table: PerformanceTable) -> PerformanceTable:
    """Ratios to the best answer, in [0, 1], 1 the best."""
    best, least = table.values.max(axis=0), table.values.min(axis=0)
    return _benefits(table, np.where(table.cost, least / table.values, table.values / best))


@scale("Min-max normalisation (a criterion on which all are equal counts as best for all)")
def span(table: PerformanceTable) -> PerformanceTable:
    """Positions between the worst answer and the best, in [0, 1], 1 the best."""
    low, high = table.values.min(axis=0), table.values.max(axis=0)
    gained = np.where(table.cost, high - table.values, table.values - low)
    return _benefits(table, np.where(high == low, 1.0, gained / _nonzero(high - low)))


def _benefits(table: PerformanceTable, values: Floats) -> PerformanceTable:
    return replace(table, values=values, cost=np.zeros_like(table.cost))


def _nonzero(divisor: Floats) -> Floats:
    return np.where(divisor == 0, 1.0, divisor)


def decision_matrix(table: PerformanceTable) -> Any:
    """scikit-criteria's matrix of this table, nameless: names are text of strangers."""
    from skcriteria import mkdm

    return mkdm(
        table.values,
        np.where(table.cost, "min", "max"),
        weights=table.weights,
        dtypes=[float] * len(table.criteria),  # it would make integers of whole numbers
    )


def named_decision_matrix(
    performance: pd.DataFrame, *, weights: pd.Series, directions: pd.Series
) -> Any:
    """scikit-criteria's matrix of vendors x criteria as they are, to be worked with outside."""
    from skcriteria import mkdm

    return mkdm(
        performance.to_numpy(dtype=float),
        directions.tolist(),
        weights=weights.to_numpy(dtype=float),
        alternatives=list(performance.index),
        criteria=list(performance.columns),
        dtypes=[float] * performance.shape[1],
    )

"""Performance: what each vendor answered on each criterion, read as numbers or levels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vendor_eval.bids.proposal import Proposals
from vendor_eval.errors import Fault
from vendor_eval.questionnaire.bounds import Bounds, answer_bounds
from vendor_eval.rules.criteria import Criterion, walk
from vendor_eval.rules.estimates import Estimate
from vendor_eval.rules.values.function import Floats, ValueFunction
from vendor_eval.wording.short_repr import ShortRepr


@dataclass(frozen=True, eq=False)
class Performance(ShortRepr):
    """All vendors' answers on one criterion; arrays of shape (vendors,).

    `given` says who answered what can be read; `low`, `likely` and `high` are 0 elsewhere, and all
    0 where the criterion reads levels. `peaked` says whose range has a likely number that was
    given. `answers` are the texts as read.
    """

    answers: tuple[str, ...]
    given: NDArray[np.bool_]
    low: Floats
    likely: Floats
    high: Floats
    peaked: NDArray[np.bool_]
    numeric: bool

    def shown(self, vendor: int) -> float | str | None:
        """One vendor's performance: the likely number, or the level as written; None if missing."""
        if not self.given[vendor]:
            return None
        return float(self.likely[vendor]) if self.numeric else self.answers[vendor]

    def values(self, function: ValueFunction, among: Floats | None = None) -> Floats:
        """Values in [0, 1] of the likely answers; 0 where there is none."""
        values = np.zeros(len(self.given))
        if self.given.any():
            levels = [a for a, given in zip(self.answers, self.given, strict=True) if given]
            x = self.likely[self.given] if self.numeric else levels
            values[self.given] = function(x, among)
        return values

    def bounds(self, function: ValueFunction) -> tuple[Floats, Floats]:
        """The least and the greatest value, in [0, 1], that each answer may turn out to have.

        A blank one spans the whole scale. Not for relative functions.
        """
        least = self.values(function)
        most = np.where(self.given, least, 1.0)
        for n in np.flatnonzero(self.low != self.high):
            least[n], most[n] = function.extremes(float(self.low[n]), float(self.high[n]))
        return least, most


def performances(
    criteria: tuple[Criterion, ...], proposals: Proposals
) -> tuple[Mapping[str, Performance], list[Fault]]:
    """Performance on every leaf by path, and a fault for every answer that cannot be read."""
    read: dict[str, Performance] = {}
    faults: list[Fault] = []
    for path, _, criterion in walk(criteria):
        if criterion.is_leaf and criterion.reads in proposals.answers:
            read[path], unread = performance_on(criterion, proposals)
            faults += unread
    return read, list(dict.fromkeys(faults))


def unreadable(proposals: Proposals, vendor: str, column: str, message: str) -> Fault:
    """The fault of an answer that cannot be read: the vendor's own where it stands in its workbook.

    The answers of a table were entered by the buyer.
    """
    entered = (vendor, column) not in proposals.origins
    place = proposals.place(vendor, column)
    return Fault(place, message, vendor, "buyer" if entered else "vendor")


def performance_on(leaf: Criterion, proposals: Proposals) -> tuple[Performance, list[Fault]]:
    """Performance on one leaf, and a fault for every answer that cannot be read."""
    column, function = str(leaf.reads), leaf.value
    if function is None:
        raise ValueError(f"{leaf.id!r} is not a leaf")
    answers = tuple(proposals.answers[column])
    numbers = np.zeros((len(answers), 3))
    given, peaked = np.zeros((2, len(answers)), dtype=bool)
    faults = []
    for n, (vendor, answer) in enumerate(zip(proposals.vendors, answers, strict=True)):
        if not answer:
            continue
        try:
            read = _number(proposals, vendor, column, leaf)
            if read is not None:
                numbers[n], peaked[n] = (read.low, read.likely, read.high), read.peaked
            given[n] = True
        except ValueError as error:
            faults.append(unreadable(proposals, vendor, column, str(error)))
    low, likely, high = numbers.T
    return Performance(answers, given, low, likely, high, peaked, function.numeric), faults


def _number(proposals: Proposals, vendor: str, column: str, leaf: Criterion) -> Estimate | None:
    """The number or range in an answer, None for a level; raises ValueError if refused."""
    function = leaf.value
    if function is None:
        raise ValueError(f"{leaf.id!r} is not a leaf")
    if not function.numeric:
        refusal = function.refusal(str(proposals.answers.at[vendor, column]))
        if refusal:
            raise ValueError(refusal)
        return None
    read = proposals.estimate(vendor, column)
    # what a measure counts is no answer that anybody entered
    bounds = answer_bounds(leaf) if leaf.measure is None else Bounds()
    for number in (read.low, read.high):
        refusal = function.refusal(number) or bounds.refusal(number)
        if refusal:
            raise ValueError(refusal)
    return read


def weighted_sums(values: Floats, weights: Floats) -> Floats:
    """Weighted sums of each bid's values (v, m) under weights (m,) or (n, m); (v,) or (v, n).

    A matrix product may differ in the last digit with the number of rows: then a bid's score would
    depend on who else bid.
    """
    return np.asarray((values[:, None, :] * np.atleast_2d(weights)).sum(axis=2)).reshape(
        len(values), *weights.shape[:-1]
    )

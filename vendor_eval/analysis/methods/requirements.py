"""What a method needs of a table: the reason why it cannot rank this one, or None.

Every reason names the first offending criterion and what was found there, for the report.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from vendor_eval.analysis.methods.performance_table import PerformanceTable, ratio, span
from vendor_eval.errors import quoted
from vendor_eval.wording import digits, number

Need: TypeAlias = Callable[[PerformanceTable], str | None]

LARGEST = 1e100  # squares and products of larger numbers leave the range of floats


def usable(number: float) -> bool:
    """Whether a number is finite and small enough to compute with."""
    return abs(number) <= LARGEST  # nan compares as False


def rivals(table: PerformanceTable) -> str | None:
    """At least two vendors."""
    vendors = len(table.vendors)
    return None if vendors > 1 else f"a ranking needs two vendors or more; found {vendors}"


def numbers(table: PerformanceTable) -> str | None:
    """A number in every cell: nothing missing is ever filled in."""
    missing = ~np.isfinite(table.values)
    reason = "it needs a number in every cell, and nothing missing is filled in"
    return _offence(table, missing, reason) or _offence(
        table, np.abs(table.values) > LARGEST, f"it works with numbers up to {LARGEST:g}"
    )


EVERY_METHOD: tuple[Need, ...] = (rivals, numbers)


def positive(table: PerformanceTable) -> str | None:
    """Every answer above 0, where answers are divided by or their logarithm is taken."""
    return _offence(table, table.values <= 0, "it needs answers above 0")


def ratios(table: PerformanceTable) -> str | None:
    """Costs above 0 and benefits not below 0, where the best answer is divided by or divides."""
    dividing = table.cost & (table.values <= 0)
    reason = "it divides by each answer where less is better, so these must be above 0"
    return _offence(table, dividing, reason) or shares(table)


def shares(table: PerformanceTable) -> str | None:
    """No answer below 0, and none that is 0 for every vendor, where a column's sum divides."""
    return _offence(table, table.values < 0, "it needs answers of at least 0") or _column(
        table, table.values.max(axis=0) <= 0, "0 for every vendor"
    )


def positive_average(table: PerformanceTable) -> str | None:
    """A mean above 0 on every criterion, where distances are measured in it."""
    mean = table.values.mean(axis=0)
    small = mean <= 1e-12 * np.abs(table.values).max(axis=0)  # a mean of float noise is none
    return _column(table, small, "not above 0 on average, and it divides by the average")


def differences(table: PerformanceTable) -> str | None:
    """Vendors that differ somewhere, where distances between them divide."""
    alike = bool((table.values == table.values[0]).all())
    return "all vendors are alike on every criterion, so the distances it divides by are 0" * alike


def costs(table: PerformanceTable) -> str | None:
    """At least one criterion where less is better, on which no vendor has nothing but zeros."""
    if not table.cost.any():
        return "it needs at least one criterion where less is better; found none"
    free = (table.values[:, table.cost] == 0).all(axis=1)
    reason = "it divides by the sum of the answers where less is better, and that is 0"
    return _vendors(table, free, reason)


def something_above_the_worst(table: PerformanceTable) -> str | None:
    """No vendor that is worst on every criterion, where the smallest sum of distances divides."""
    reason = "it divides by the smallest weighted sum, and that is 0 for the worst on everything"
    return _vendors(table, (span(table).values == 0).all(axis=1), reason)


def something_below_the_best(table: PerformanceTable) -> str | None:
    """No vendor at the best quarter of all answers throughout, where that distance divides."""
    best_first = np.where(table.cost, 1, -1) * table.values
    ideals = np.sort(best_first, axis=0)[: max(1, len(best_first) // 4)]
    ideal = ((best_first == ideals[0]) & (ideals[0] == ideals[-1])).all(axis=1)
    reason = "it divides by the distance to the best answers, and that is 0"
    return _vendors(table, ideal, reason)


def worst_case_above_zero(table: PerformanceTable) -> str | None:
    """A worst case that is worth something, where it divides."""
    if ratio(table).values.min(axis=0).any():
        return None
    return "it divides by the worst answers taken together, and every criterion has a 0 there"


def _offence(table: PerformanceTable, wrong: npt.NDArray[np.bool_], reason: str) -> str | None:
    """The reason with the first wrong cell, and how many more there are."""
    if not wrong.any():
        return None
    row, column = np.argwhere(wrong)[0]
    value = float(table.values[row, column])
    written = number(value) if np.isfinite(value) else digits(value)
    shown = "missing" if np.isnan(value) else written
    cell = f"criterion {table.criteria[column]!r} of {table.vendors[row]!r} is {shown}"
    more = int(wrong.sum()) - 1
    return f"{reason}; {cell}" + (f" (and {more} more)" if more else "")


def _column(table: PerformanceTable, wrong: npt.NDArray[np.bool_], reason: str) -> str | None:
    names = [name for name, bad in zip(table.criteria, wrong, strict=True) if bad]
    return f"criterion {quoted(names)} is {reason}" if names else None


def _vendors(table: PerformanceTable, wrong: npt.NDArray[np.bool_], reason: str) -> str | None:
    names = [name for name, bad in zip(table.vendors, wrong, strict=True) if bad]
    return f"{reason}; found {quoted(names)}" if names else None

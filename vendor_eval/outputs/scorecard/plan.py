"""Where everything stands in the workbook, so that each formula finds what it reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vendor_eval.bids.workbooks.limits import LAST_COLUMN
from vendor_eval.errors import VendorEvalError
from vendor_eval.evaluation.evaluation import Evaluation
from vendor_eval.outputs.scorecard.book import HEADER, ref
from vendor_eval.rules.criteria import Criterion
from vendor_eval.rules.gates import Gate

FIRST_NODE = HEADER + 1
"""The row of the first criterion on Weights, Performance and Values alike."""
FIRST_VENDOR = 6
"""The column of the first vendor on Performance, Values and Gates alike."""

Reading = tuple[str, bool]
"""An answer's column in the proposals, and whether it is read as a number."""


@dataclass(frozen=True, eq=False)
class Plan:
    """An evaluation with the rows and columns in which its parts stand."""

    evaluation: Evaluation
    columns: Mapping[str, int]
    """Each vendor's column on Performance, Values and Gates."""
    rows: Mapping[str, int]
    """Each node's row on Weights, Performance and Values, by path."""
    readings: Mapping[Reading, int]
    """The row on Performance in which each answer is typed."""
    ends: Mapping[str, int]
    """The row on Performance of an uncertain answer's low ends; the high ends follow below."""

    def nodes(self) -> Iterator[tuple[int, int, str, Criterion]]:
        """Every node as (its number, its row, path, criterion)."""
        tree = self.evaluation.tree
        for n, (path, criterion) in enumerate(zip(tree.paths, tree.criteria, strict=True)):
            yield n, self.rows[path], path, criterion

    def leaf_rows(self, path: str) -> tuple[int, int]:
        """First and last row of what a branch holds; for a leaf, its own row twice."""
        rows = [row for other, row in self.rows.items() if other.startswith(path + ".")]
        return (rows[0], rows[-1]) if rows else (self.rows[path], self.rows[path])

    def across(self, sheet: str, row: int) -> str:
        """The cells of all vendors in a row of a sheet."""
        first, last = min(self.columns.values()), max(self.columns.values())
        return f"{sheet}!{ref(first, row)}:{ref(last, row)}"


def planned(evaluation: Evaluation) -> Plan:
    """Where everything stands; raises VendorEvalError for more vendors than a sheet has columns."""
    vendors, paths = evaluation.vendors, evaluation.tree.paths
    room = LAST_COLUMN - FIRST_VENDOR + 1
    if len(vendors) > room:
        raise VendorEvalError(
            f"scorecard.xlsx: found {len(vendors)} vendors; allowed: {room} at most"
        )
    rows = {path: row for row, path in enumerate(paths, start=FIRST_NODE)}
    readings: dict[Reading, int] = {}
    for path in evaluation.tree.leaves:
        leaf = evaluation.tree.criterion(path)
        numeric = evaluation.performance[path].numeric
        readings.setdefault((str(leaf.reads), numeric), rows[path])
    free = FIRST_NODE + len(paths) + 2  # a blank row, then the heading of the other answers
    if evaluation.divisor is not None:
        readings[str(evaluation.divisor.leaf.reads), True] = free
        free += 1
    for gate in evaluation.rules.gates:
        if gate.reads is not None:
            reading = (gate.reads, reads_number(gate))
            free += reading not in readings
            readings.setdefault(reading, free - 1)
    ends: dict[str, int] = {}
    free += 2
    estimates = evaluation.proposals.estimates
    uncertain = {column for (_, column), read in estimates.items() if not read.certain}
    for column, numeric in readings:
        if numeric and column in uncertain:
            ends[column] = free
            free += 2
    columns = {vendor: column for column, vendor in enumerate(vendors, start=FIRST_VENDOR)}
    return Plan(evaluation, columns, rows, readings, ends)


def reads_number(gate: Gate) -> bool:
    """Whether a gate on an answer reads it as a number."""
    return gate.rule.form in ("at_least", "at_most") or any(
        isinstance(allowed, float) for allowed in allowed_answers(gate)
    )


def allowed_answers(gate: Gate) -> tuple[str | float, ...]:
    """The answers that meet a gate which lists them."""
    if gate.rule.equals is not None:
        return (gate.rule.equals,)
    return gate.rule.one_of or ()

"""Every measure there is, and the answers they find in vendors' responses."""

from collections.abc import Sequence

import pandas as pd

# what follows registers measures by being imported
import vendor_eval.costs
import vendor_eval.expertise
import vendor_eval.language
import vendor_eval.location
import vendor_eval.security  # noqa: F401
from vendor_eval.criteria import Measurement
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.measure import MEASURES, Measure, Measured
from vendor_eval.proposal import Origin, Proposals
from vendor_eval.response import Cell, Response
from vendor_eval.rules import Rules

__all__ = ["MEASURES", "answered", "measure"]

DECIMALS = 9
"""Decimals of a measured number that count, as of scores."""


def measure(measurement: Measurement) -> Measure:
    """The measure that was typed; UnknownName or pydantic's ValidationError where there is none."""
    return MEASURES[measurement.name].model_validate(dict(measurement.parameters))


def answered(
    rules: Rules, responses: Sequence[Response], taken: Sequence[Measurement] | None = None
) -> Proposals:
    """The table the rules are evaluated on: what vendors answered, and what was measured.

    Numbers stand in it with all their digits, measured ones to nine decimals, dates in ISO form;
    what is blank or not shown is "".
    `taken`: the measures to take, by default all that the rules name. Raises InputFaults with every
    fault that the measures find in cells.
    """
    taken = rules.measures if taken is None else taken
    table: dict[str, list[str]] = {c: [] for c in (*rules.answers, *(m.column for m in taken))}
    origins: dict[tuple[str, str], Origin] = {}
    measures = [(m.column, measure(m)) for m in taken]
    faults: list[Fault] = []
    for response in responses:
        for column in rules.answers:
            cell = response.answer("answers", column)
            table[column].append(cell.text if cell else "")
            origins[response.vendor, column] = _answer_origin(response, column, cell)
        for column, applied in measures:
            try:
                found = applied(response, rules)
            except InputFaults as error:
                faults += error.faults
                continue
            table[column].append(_written(found))
            origins[response.vendor, column] = _measured_origin(response, column, found)
    if faults:
        raise InputFaults(dict.fromkeys(faults))
    vendors = pd.Index([response.vendor for response in responses], dtype=object)
    return Proposals(pd.DataFrame(table, index=vendors, dtype=object), "proposals", (), origins)


def _written(found: Measured) -> str:
    """What was found as the text of an answer; nine decimals, so that float noise fails no gate."""
    if found.value is None or isinstance(found.value, str):
        return found.value or ""
    return Cell(round(float(found.value), DECIMALS), "", "").text


def _answer_origin(response: Response, column: str, cell: Cell | None) -> Origin:
    if cell is None:
        return Origin(f"{response.source}!Answers!{column}")
    return Origin(cell.place, ((cell.place, cell.typed),), cell.note)


def _measured_origin(response: Response, column: str, found: Measured) -> Origin:
    cells = tuple((cell.place, cell.typed) for cell in found.cells)
    return Origin(f"{response.source}!{column}", cells, found.note)

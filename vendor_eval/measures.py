"""Every measure there is, and the answers they find in vendors' responses."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from pydantic import ValidationError

from vendor_eval.consistency import Location
from vendor_eval.criteria import Criterion, Measurement
from vendor_eval.errors import quoted
from vendor_eval.measure import MEASURES, Measure, Measured, missing_needs
from vendor_eval.proposal import Origin, Proposals
from vendor_eval.response import Cell, Response
from vendor_eval.rules import Rules
from vendor_eval.values import ValueFunction

__all__ = ["MEASURES", "answered", "measure", "measure_faults"]


def measure(measurement: Measurement) -> Measure:
    """The measure that was typed; UnknownName or pydantic's ValidationError where there is none."""
    return MEASURES[measurement.name].model_validate(dict(measurement.parameters))


def answered(
    rules: Rules, responses: Sequence[Response], taken: Sequence[Measurement] | None = None
) -> Proposals:
    """The table the rules are evaluated on: what vendors answered, and what was measured.

    Numbers stand in it with all their digits, dates in ISO form; what is blank or not shown is "".
    `taken`: the measures to take, by default all that the rules name.
    """
    taken = rules.measures if taken is None else taken
    table: dict[str, list[str]] = {c: [] for c in (*rules.answers, *(m.column for m in taken))}
    origins: dict[tuple[str, str], Origin] = {}
    measures = [(m.column, measure(m)) for m in taken]
    for response in responses:
        for column in rules.answers:
            cell = response.answer("answers", column)
            table[column].append(cell.text if cell else "")
            origins[response.vendor, column] = _answer_origin(response, column, cell)
        for column, applied in measures:
            found = applied(response, rules)
            table[column].append(_written(found))
            origins[response.vendor, column] = _measured_origin(response, column, found)
    vendors = pd.Index([response.vendor for response in responses], dtype=object)
    return Proposals(pd.DataFrame(table, index=vendors, dtype=object), "proposals", (), origins)


def _written(found: Measured) -> str:
    return "" if found.value is None else Cell(found.value, "", "").text


def _answer_origin(response: Response, column: str, cell: Cell | None) -> Origin:
    if cell is None:
        return Origin(f"{response.source}!Answers!{column}")
    return Origin(cell.place, ((cell.place, cell.typed),), cell.note)


def _measured_origin(response: Response, column: str, found: Measured) -> Origin:
    cells = tuple((cell.place, cell.typed) for cell in found.cells)
    return Origin(f"{response.source}!{column}", cells, found.note)


def measure_faults(rules: Rules) -> Iterator[tuple[Location, str]]:
    """What is wrong with the measures that the rules name: where, and what is allowed."""
    yield from _criteria_faults(rules.criteria, ("criteria",), rules)
    for n, gate in enumerate(rules.gates):
        if gate.measure is not None:
            yield from _faults(gate.measure, ("gates", n, "measure"), rules)


def _criteria_faults(
    criteria: tuple[Criterion, ...], at: Location, rules: Rules
) -> Iterator[tuple[Location, str]]:
    for n, criterion in enumerate(criteria):
        if criterion.measure is not None:
            yield from _faults(criterion.measure, (*at, n, "measure"), rules, criterion.value)
        yield from _criteria_faults(criterion.criteria or (), (*at, n, "criteria"), rules)


def _faults(
    typed: Measurement, at: Location, rules: Rules, function: ValueFunction | None = None
) -> Iterator[tuple[Location, str]]:
    if typed.name not in MEASURES:
        return  # told where the names are read, with faults of every other kind
    kind = MEASURES[typed.name]
    try:
        measure(typed)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(map(str, detail["loc"]))
            allowed = quoted(kind.model_fields) if kind.model_fields else "no parameters"
            yield at, f"{typed.name!r}: {where}: {_message(detail)}; parameters: {allowed}"
        return
    for need in missing_needs(kind, rules):
        yield at, f"{typed.name!r} needs {need!r}, which the rules do not give"
    if function is not None and function.numeric != (not kind.levels):
        wanted = f"'levels' of {quoted(kind.levels)}" if kind.levels else "a function of numbers"
        yield (*at[:-1], "value"), f"{typed.name!r} is valued by {wanted}"


def _message(detail: Any) -> str:
    return str(detail["msg"]).removeprefix("Value error, ")

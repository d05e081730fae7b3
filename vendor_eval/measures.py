"""Every measure there is, and the answers they find in vendors' responses."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from pydantic import ValidationError

import vendor_eval.language
import vendor_eval.location
import vendor_eval.security.transfer  # noqa: F401 -- registered by being imported
from vendor_eval.consistency import Location
from vendor_eval.criteria import Criterion, Measurement
from vendor_eval.errors import nearest, quoted
from vendor_eval.expertise import commitments, references, workforce
from vendor_eval.measure import MEASURES, Measure, Measured, missing_needs
from vendor_eval.proposal import Origin, Proposals
from vendor_eval.response import Cell, Response
from vendor_eval.rules import Condition, Rules
from vendor_eval.security import certificates, controls  # they register measures
from vendor_eval.values import ValueFunction
from vendor_eval.values.absolute import Levels

__all__ = [
    "MEASURES",
    "answered",
    "certificates",
    "commitments",
    "controls",
    "measure",
    "measure_faults",
    "references",
    "workforce",
]


def measure(measurement: Measurement) -> Measure:
    """The measure that was typed; UnknownName or pydantic's ValidationError where there is none."""
    return MEASURES[measurement.name].model_validate(dict(measurement.parameters))


def answered(rules: Rules, responses: Sequence[Response]) -> Proposals:
    """The table the rules are evaluated on: what vendors answered, and what was measured.

    Numbers stand in it with all their digits, dates in ISO form; what is blank or not shown is "".
    """
    table: dict[str, list[str]] = {column: [] for column in rules.columns}
    origins: dict[tuple[str, str], Origin] = {}
    measures = [(m.column, measure(m)) for m in rules.measures]
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
            yield from _rule_faults(gate.measure, ("gates", n, "rule"), gate.rule)


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
        taken = measure(typed)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(map(str, detail["loc"]))
            allowed = quoted(kind.model_fields) if kind.model_fields else "no parameters"
            yield at, f"{typed.name!r}: {where}: {_message(detail)}; parameters: {allowed}"
        return
    for need in missing_needs(taken, rules):
        yield at, f"{typed.name!r} needs {need!r}, which the rules do not give"
    if function is not None and function.numeric != (not kind.levels):
        wanted = f"'levels' of {quoted(kind.levels)}" if kind.levels else "a function of numbers"
        yield (*at[:-1], "value"), f"{typed.name!r} is valued by {wanted}"
    elif isinstance(function, Levels):
        yield from _level_faults(typed.name, (*at[:-1], "value"), function, kind.levels)


def _level_faults(
    name: str, at: Location, function: Levels, levels: tuple[str, ...]
) -> Iterator[tuple[Location, str]]:
    """Levels that are valued and never found, or found and not valued: both before bids come."""
    for typed in function.points:
        if typed not in levels:
            yield at, f"{name!r} never finds {typed!r}{nearest(typed, levels)}"
    lacking = [level for level in levels if level not in function.points]
    if lacking:
        yield at, f"{name!r} may also find {quoted(lacking)}; allowed: a value for each"


def _rule_faults(
    typed: Measurement, at: Location, rule: Condition
) -> Iterator[tuple[Location, str]]:
    """Gates that no vendor could pass, because what they ask for is never found."""
    if typed.name not in MEASURES:
        return
    levels = MEASURES[typed.name].levels
    asked = [a for a in (rule.equals, *(rule.one_of or ())) if a is not None]
    if levels and not asked:
        yield (*at, rule.form), f"{typed.name!r} finds levels: 'equals' or 'one_of' of them"
    for level in asked:
        if levels and level not in levels:
            hint = nearest(str(level), levels)
            yield (
                (*at, rule.form),
                f"{typed.name!r} never finds {level!r}; allowed: {quoted(levels)}{hint}",
            )


def _message(detail: Any) -> str:
    return str(detail["msg"]).removeprefix("Value error, ")

"""What is wrong with the measures that the rules name: where, and what is allowed."""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from vendor_eval.errors import nearest, quoted
from vendor_eval.measures.measure import MEASURES, missing_needs
from vendor_eval.measures.measures import measure
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.criteria import Criterion, Measurement
from vendor_eval.rules.gates import Condition
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import ValueFunction


def measure_faults(rules: Rules) -> Iterator[tuple[Location, str]]:
    """What is wrong with the measures that the rules name: where, and what is allowed."""
    yield from _criteria_faults(rules.criteria, ("criteria",), rules)
    if rules.divisor is not None and rules.divisor.measure is not None:
        yield from _faults(rules.divisor.measure, ("price",), rules)
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
        return  # reported where the names are read, with faults of every other kind
    kind = MEASURES[typed.name]
    try:
        taken = measure(typed)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(map(str, detail["loc"]))
            allowed = quoted(kind.model_fields) if kind.model_fields else "no parameters"
            yield at, f"{typed.name!r}: {where}: {_message(detail)}; parameters: {allowed}"
        return
    for contradiction in taken.contradictions(rules):
        yield at, f"{typed.name!r}: {contradiction}"
    for need in missing_needs(taken, rules):
        yield at, f"{typed.name!r} needs {need!r}, which the rules do not give"
    if function is not None and function.numeric != (not kind.levels):
        wanted = f"'levels' of {quoted(kind.levels)}" if kind.levels else "a function of numbers"
        yield (*at[:-1], "value"), f"{typed.name!r} is valued by {wanted}"
    elif function is not None and not function.numeric:
        yield from _level_faults(typed.name, (*at[:-1], "value"), function, kind.levels)


def _level_faults(
    name: str, at: Location, function: ValueFunction, levels: tuple[str, ...]
) -> Iterator[tuple[Location, str]]:
    """Levels that are valued and never found, or found and not valued: both before bids come."""
    for typed in function.levels:
        if typed not in levels:
            yield at, f"{name!r} never finds {typed!r}{nearest(typed, levels)}"
    lacking = [level for level in levels if level not in function.levels]
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
    if not levels and rule.not_before is not None:
        yield (*at, rule.form), f"{typed.name!r} finds a number; allowed: 'at_least' or 'at_most'"
    for level in asked:
        if not levels and isinstance(level, str):
            yield (*at, rule.form), f"{typed.name!r} finds a number, never {level!r}"
        if levels and level not in levels:
            hint = nearest(str(level), levels)
            yield (
                (*at, rule.form),
                f"{typed.name!r} never finds {level!r}; allowed: {quoted(levels)}{hint}",
            )


def _message(detail: Any) -> str:
    return str(detail["msg"]).removeprefix("Value error, ")

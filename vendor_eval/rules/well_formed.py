"""Rules that are not well formed: where, what was found and what is allowed, in plain words."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import ValidationError

from vendor_eval.errors import nearest, quoted
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.values.function import VALUE_FUNCTIONS, Typed

ALLOWED = {
    "bool_type": "true or false",
    "date_type": "a date such as 2026-11-20, without quotes",
    "dict_type": "keys with their values",
    "finite_number": "a finite number",
    "float_type": "a number",
    "greater_than": "above {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "int_type": "a whole number",
    "less_than": "below {lt:g}",
    "less_than_equal": "at most {le:g}",
    "literal_error": "{expected}",
    "model_type": "keys with their values",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "some text",
    "string_type": "text",
    "too_long": "{max_length} items at most",
    "too_short": "{min_length} items or more",
    "tuple_type": "a list",
}
"""What is allowed, by pydantic's name for what is wrong."""
PATTERNS = {
    "currency": "a currency's three letters, such as EUR",
    "id": "small letters, digits and _, with a letter first",
}
"""What is allowed, by the key that has a pattern."""


def typing_faults(
    error: ValidationError, root: type[Typed] = Rules
) -> Iterator[tuple[Location, str]]:
    """Where each part of a file has the wrong form, and what is allowed there.

    `root` is the model of the whole file.
    """
    details = error.errors(include_url=False)
    for detail in details:
        at: Location = detail["loc"]
        deeper = any(
            other["loc"][: len(at)] == at and len(other["loc"]) > len(at) for other in details
        )
        # a list all of whose items are faulty is not empty
        if detail["type"] == "too_short" and deeper:
            continue
        yield _fault(detail, at, root)


def _fault(detail: Mapping[str, Any], at: Location, root: type[Typed]) -> tuple[Location, str]:
    kind, typed = detail["type"], detail["input"]
    if kind == "missing":
        return at[:-1], f"{at[-1]!r} is missing"
    if kind == "extra_forbidden":
        known = _fields_at(at[:-1], root)
        hint = nearest(str(at[-1]), known)
        return at, f"unknown key {str(at[-1])!r}{hint}; allowed: {quoted(known)}"
    if kind == "value_error":
        return at, detail["msg"].removeprefix("Value error, ")
    if at[-1:] == ("[key]",):
        return at[:-1], f"found the key {_shown(typed)}; allowed: {_pattern_or_text(at[:-2])}"
    if kind == "string_pattern_mismatch":
        return at, f"found {_shown(typed)}; allowed: {PATTERNS.get(str(at[-1]), PATTERNS['id'])}"
    allowed = ALLOWED[kind].format(**detail.get("ctx", {})) if kind in ALLOWED else detail["msg"]
    return at, f"found {_shown(typed)}; allowed: {allowed}"


def _pattern_or_text(at: Location) -> str:
    if at[-1:] in (("exchange",), ("inflation",), ("indexation",)):
        return PATTERNS["currency"]
    named = at[-1:] in (("scenarios",), ("volumes",), ("own_costs",), ("scales",))
    return PATTERNS["id"] if named else "text, in quotes"


def _shown(typed: Any) -> str:
    if typed is None:
        return "nothing"
    if isinstance(typed, tuple | dict):
        return "a list" if isinstance(typed, tuple) else "keys with values"
    text = repr(typed)
    return text if len(text) <= 80 else text[:77] + "..."


def _fields_at(at: Location, root: type[Typed]) -> tuple[str, ...]:
    """The keys allowed at a place in a file."""
    model = root
    for key in map(str, at):
        if key in model.model_fields:
            model = _model_in(model.model_fields[key].annotation) or model
        elif key in VALUE_FUNCTIONS:
            model = VALUE_FUNCTIONS[key]
    return tuple(model.model_fields)


def _model_in(annotation: Any) -> type[Typed] | None:
    """The model that a field holds, or a list or mapping of it; None where it holds none."""
    if isinstance(annotation, type) and issubclass(annotation, Typed):
        return annotation
    return next(filter(None, map(_model_in, get_args(annotation))), None)

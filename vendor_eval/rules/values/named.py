"""Value functions: from an answer to a value in [0, 1], 1 at its best (Keeney & Raiffa 1976).

People and files speak of 0-100 points; inside, a value is that divided by 100. Direction lives
here and nowhere else. A value function is a frozen model that can be called; those marked
`relative` also need the answers of the eligible vendors, because a bid's value then depends on
who else bid.
"""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from vendor_eval.errors import quoted
from vendor_eval.rules.values.function import VALUE_FUNCTIONS, ValueFunction


def value_function(typed: Any) -> ValueFunction:
    """The value function of `{name: {parameters}}`, or of a bare name without parameters.

    Raises ValueError where the shape or the name is wrong, and pydantic's ValidationError
    where a parameter is.
    """
    if isinstance(typed, ValueFunction):
        return typed
    if isinstance(typed, str):
        typed = {typed: {}}
    if not isinstance(typed, dict) or len(typed) != 1:
        raise ValueError(
            f"found {typed!r}; allowed: one of {quoted(VALUE_FUNCTIONS)} with its parameters"
        )
    [(name, parameters)] = typed.items()
    if name not in VALUE_FUNCTIONS:
        raise ValueError(VALUE_FUNCTIONS.unknown(str(name)))
    if VALUE_FUNCTIONS[name].bare:
        parameters = {VALUE_FUNCTIONS[name].bare: parameters}
    form = _form(name)
    return form.validate_python({name: {} if parameters is None else parameters})[name]


@cache
def _form(name: str) -> TypeAdapter[dict[str, ValueFunction]]:
    """What is typed for one value function; its faults' places then hold its name too."""
    function: Any = VALUE_FUNCTIONS[name]
    return TypeAdapter(dict[str, function])


def typed_form(function: ValueFunction) -> dict[str, Any]:
    """The `{name: {parameters}}` that gives this value function."""
    [name] = [name for name in VALUE_FUNCTIONS if VALUE_FUNCTIONS[name] is type(function)]
    parameters = function.model_dump(mode="json", exclude_defaults=True)
    return {name: parameters[function.bare] if function.bare else parameters}

"""A notebook's own declared parameters: read without running it, and typed."""

import ast
import functools
import json
import math
import operator
import re
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from vendor_eval.errors import Fault, InputFaults, VendorEvalError, nearest, quoted
from vendor_eval.rules.estimates import WRITTEN

TAG = "parameters"
FOLDER = "folder"  # set from the command's argument, never by -p

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NAMES: Mapping[str, type] = {t.__name__: t for t in (str, int, float, bool, list, dict)}
_EXAMPLES: Mapping[type, str] = {
    str: "text",
    int: "a whole number such as 7",
    float: "a number such as 0.25",
    bool: "true or false",
    list: 'a list as JSON, such as ["a", "b"]',
    dict: 'an object as JSON, such as {"a": 1}',
    types.NoneType: "None",
}


@dataclass(frozen=True)
class Parameter:
    """One declared parameter: its name, its default and the type it must have."""

    name: str
    default: Any
    kind: Any  # a type, a generic alias or a union of these

    @property
    def allowed(self) -> str:
        """What may be given for it, in words."""
        return " or ".join(_EXAMPLES[get_origin(kind) or kind] for kind in _members(self.kind))


def notebook_parameters(notebook: Path) -> Mapping[str, Parameter]:
    """The parameters that a notebook declares in its one `parameters` cell, in that order."""
    source = _parameters_cell(notebook)
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        raise _undeclared(notebook, error.lineno or 1, "not Python") from None
    declared = (_declared(notebook, statement) for statement in statements)
    return {parameter.name: parameter for parameter in declared}


def assigned(texts: Iterable[str], declared: Mapping[str, Parameter]) -> dict[str, Any]:
    """The typed values of `NAME=VALUE` texts; raises every unknown name and wrong value at once."""
    values, faults = {}, []
    for text in texts:
        name, equals, value = text.partition("=")
        name = name.strip()
        try:
            if not equals:
                raise VendorEvalError(f"found {text!r}; allowed: NAME=VALUE")
            values[name] = typed(value, _known(name, declared))
        except VendorEvalError as error:
            faults.append(Fault(f"-p {name}", str(error)))
    if faults:
        raise InputFaults(faults)
    return values


def checked(values: Mapping[str, Any], declared: Mapping[str, Parameter]) -> dict[str, Any]:
    """The same values, when every name is declared and every value is plain and of its type."""
    fitting, faults = {}, []
    for name, value in values.items():
        try:
            parameter = declared[name] if name == FOLDER else _known(name, declared)
            fitting[name] = _fitting(value, parameter.kind)
        except KeyError:
            faults.append(Fault("notebook", f"declares no parameter {name!r}"))
        except VendorEvalError as error:
            faults.append(Fault(f"parameter {name}", str(error)))
        except TypeError:
            message = f"found {value!r}; allowed: {parameter.allowed}"
            faults.append(Fault(f"parameter {name}", message))
    if faults:
        raise InputFaults(faults)
    return fitting


def typed(text: str, parameter: Parameter) -> Any:
    """The value that a text means for a parameter, in the parameter's own type."""
    for kind in sorted(_members(parameter.kind), key=_strictness):
        try:
            return _fitting(_read(text, get_origin(kind) or kind), kind)
        except (ValueError, TypeError, RecursionError):
            continue
    raise VendorEvalError(f"found {text!r}; allowed: {parameter.allowed}")


def _known(name: str, declared: Mapping[str, Parameter]) -> Parameter:
    if name == FOLDER:
        raise VendorEvalError("the folder is the command's own argument")
    if name in declared:
        return declared[name]
    others = [other for other in declared if other != FOLDER]
    hint = nearest(name, others) or f"; known: {quoted(others)}"
    raise VendorEvalError(f"unknown parameter {name!r}{hint}")


def _parameters_cell(notebook: Path) -> str:
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        sources = [c["source"] for c in cells if TAG in c["metadata"].get("tags", ())]
    except OSError as error:
        raise VendorEvalError(f"{notebook}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise VendorEvalError(f"{notebook}: found no Jupyter notebook (format 4)") from None
    if len(sources) != 1:
        wanted = f"exactly one cell tagged {TAG!r} is needed"
        raise VendorEvalError(f"{notebook}: {len(sources)} found; {wanted}")
    return sources[0] if isinstance(sources[0], str) else "".join(sources[0])


def _declared(notebook: Path, statement: ast.stmt) -> Parameter:
    annotation: ast.expr | None = None
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            pass
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value
        ):
            pass
        case _:
            raise _undeclared(notebook, statement.lineno, ast.unparse(statement))
    try:
        default = ast.literal_eval(value)
        kind = type(default) if annotation is None else _kind(annotation)
        if kind is types.NoneType:
            raise ValueError("None says no type: annotate it")
        return Parameter(name, _fitting(default, kind), kind)
    except (ValueError, TypeError):
        raise _undeclared(notebook, statement.lineno, ast.unparse(statement)) from None


def _undeclared(notebook: Path, line: int, statement: str) -> VendorEvalError:
    allowed = f"NAME: TYPE = literal, of {', '.join(_NAMES)} and None"
    return VendorEvalError(
        f"{notebook.name}, parameters cell, line {line}: found {statement!r}; allowed: {allowed}"
    )


def _kind(annotation: ast.expr) -> Any:
    """The type that an annotation names, without evaluating it."""
    match annotation:
        case ast.Constant(value=None):
            return types.NoneType
        case ast.Name(id=name) if name in _NAMES:
            return _NAMES[name]
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _kind(left) | _kind(right)
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return types.GenericAlias(list, (_kind(item),))
        case ast.Subscript(
            value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), item])
        ):
            return types.GenericAlias(dict, (str, _kind(item)))
    raise ValueError(f"no parameter type: {ast.unparse(annotation)}")


def _members(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if isinstance(kind, types.UnionType) else (kind,)


def _strictness(kind: Any) -> int:
    """Where a type stands among the readings of one text: the pickiest first, text last."""
    return (types.NoneType, bool, int, float, list, dict, str).index(get_origin(kind) or kind)


def _read(text: str, kind: type) -> Any:
    bare = text.strip()
    if kind is str:
        return text
    if kind is types.NoneType and bare == "None":
        return None
    if kind is bool and bare.lower() in ("true", "false"):
        return bare.lower() == "true"
    if kind is int and _INTEGER.fullmatch(bare):
        return int(bare)
    if kind is float and WRITTEN.fullmatch(bare):
        return float(bare)
    if kind in (list, dict):
        return json.loads(bare)
    raise ValueError(text)


def _fitting(value: Any, kind: Any) -> Any:
    """The value itself, rebuilt of plain parts only; TypeError where it does not fit."""
    for member in _members(kind):
        plain = get_origin(member) or member
        if plain is float and type(value) in (int, float):
            if math.isfinite(value):
                return float(value)
        elif type(value) is not plain:
            continue
        elif plain is list:
            (item,) = get_args(member) or (_ANY,)
            return [_fitting(element, item) for element in value]
        elif plain is dict:
            _, item = get_args(member) or (str, _ANY)
            return {_fitting(key, str): _fitting(entry, item) for key, entry in value.items()}
        else:
            return value
    raise TypeError(value)


_ANY: Any = functools.reduce(operator.or_, _NAMES.values(), None)


def entered(notebook: str, settings: Iterable[str], **options: Any) -> dict[str, Any]:
    """A notebook's parameters as entered on the command line, of the declared types.

    `settings`: those of -p, as NAME=VALUE; `options`: those with an option, None where not given.
    """
    from vendor_eval.lab.contents import notebook_path

    given = assigned(settings, notebook_parameters(notebook_path(notebook)))
    return given | {name: value for name, value in options.items() if value is not None}

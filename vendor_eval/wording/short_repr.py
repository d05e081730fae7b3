"""What objects print of themselves: one line, in which no long text, table or file stands."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import fields, is_dataclass
from typing import Any

PART, WHOLE = 40, 160
"""Characters of one field's value, and of the whole line, brackets apart."""
PLAIN = (bool, int, float, complex, type(None))


def briefly(value: Any) -> str:
    """A value in a few characters: numbers and short text as they are, all else by its size."""
    if isinstance(value, PLAIN):
        return repr(value)
    if isinstance(value, bytes | bytearray):
        return f"<{len(value):,} bytes>"
    if isinstance(value, str):
        return repr(value if len(value) <= PART else value[: PART - 3] + "...")
    if is_dataclass(value) or hasattr(value, "model_fields_set"):
        return f"<{type(value).__name__}>"
    if (shape := getattr(value, "shape", None)) is not None:
        return f"<{type(value).__name__} {' x '.join(map(str, shape))}>"
    if isinstance(value, tuple | list | Set | Mapping):
        return _collection(value)
    text = repr(value)
    return text if len(text) <= PART and text.isprintable() else f"<{type(value).__name__}>"


def _collection(value: Any) -> str:
    """A few short parts as they are, else how many there are."""
    if isinstance(value, tuple) and len(value) <= 3:
        shown = ", ".join(map(briefly, value))
        if len(shown) <= PART:
            return f"({shown}{',' if len(value) == 1 else ''})"
    return f"<{type(value).__name__} of {len(value)}>"


def short_line(name: str, parts: Iterator[tuple[str, Any]]) -> str:
    """`Name(field=value, ...)`, cut where it grows long."""
    shown, length = list[str](), 0
    for key, value in parts:
        part = f"{key}={briefly(value)}" if key else briefly(value)
        length += len(part) + 2
        if length > WHOLE:
            shown.append("...")
            break
        shown.append(part)
    return f"{name}({', '.join(shown)})"


class ShortRepr:
    """A dataclass that inherits from it prints one line, however much it holds."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # a dataclass writes its own where the class has none
        if "__repr__" not in vars(cls):
            cls.__repr__ = _dataclass_line  # type: ignore[method-assign]


def _dataclass_line(self: Any) -> str:
    shown = (f.name for f in fields(self) if f.repr)
    return short_line(type(self).__name__, ((name, getattr(self, name)) for name in shown))

"""Named things of one kind, registered by a decorator."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from vendor_eval.errors import UnknownName, nearest, quoted

T = TypeVar("T")


class Registry(Generic[T]):
    """Things of one `kind` by name; an unknown name is answered with the nearest known one."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._known: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """A decorator that enters what it decorates under `name`; names are given once."""

        def enter(thing: T) -> T:
            if name in self._known:
                raise ValueError(f"{self.kind} {name!r} is registered twice")
            self._known[name] = thing
            return thing

        return enter

    def __getitem__(self, name: str) -> T:
        try:
            return self._known[name]
        except KeyError:
            raise UnknownName(self.unknown(name)) from None

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())

    def names(self) -> tuple[str, ...]:
        """Every registered name, in alphabetical order."""
        return tuple(sorted(self._known))

    def unknown(self, name: str) -> str:
        """What to tell somebody who asked for a name that is not registered."""
        hint = nearest(name, self._known) or f"; known: {quoted(self.names())}"
        return f"unknown {self.kind} {name!r}{hint}"

"""XML as a stream of elements: expat's, without what XML documents can do to their reader."""

from collections.abc import Callable, Iterator
from typing import Literal, Protocol
from xml.parsers import expat

SPACE = " "
"""What stands between a namespace and a name; no namespace holds it."""


class Declares(ValueError):
    """A document type declaration, which could define entities that grow without end."""


class Element:
    """An element's name with its namespace, its attributes, and its text up to its first child."""

    __slots__ = ("attrib", "closed", "name", "text")

    def __init__(self, name: str, attrib: dict[str, str]) -> None:
        self.name, self.attrib, self.text, self.closed = name, attrib, "", False

    def get(self, name: str, default: str = "") -> str:
        """An attribute, or a default where it has none of this name."""
        return self.attrib.get(name, default)


Event = tuple[Literal["start", "end"], Element]


class Source(Protocol):
    """What is read piece by piece."""

    def read(self) -> bytes:
        """The next piece; empty at the end."""


def events(source: Source, count: Callable[[str], None]) -> Iterator[Event]:
    """Each element at its start and at its end, in document order; its text is whole at its end.

    `count` is called with each piece of text as it comes, before it is held. Raises expat's error
    where it is no XML, Declares for a document type declaration.
    """
    ready: list[Event] = []
    within: list[Element] = []

    def start(name: str, attrib: dict[str, str]) -> None:
        if within:
            within[-1].closed = True
        element = Element(name, attrib)
        within.append(element)
        ready.append(("start", element))

    def end(name: str) -> None:
        ready.append(("end", within.pop()))

    def text(piece: str) -> None:
        count(piece)
        if not within[-1].closed:
            within[-1].text += piece

    def declared(*_: object) -> None:
        raise Declares

    parser = expat.ParserCreate(namespace_separator=SPACE)
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    while piece := source.read():
        parser.Parse(piece)
        yield from ready
        ready.clear()
    parser.Parse(b"", True)
    yield from ready

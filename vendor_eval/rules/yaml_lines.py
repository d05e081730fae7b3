"""Bytes of a file as text, or the line on which they are not."""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.parser import Parser

from vendor_eval.errors import Fault, InputFaults
from vendor_eval.rules.consistency import Location
from vendor_eval.rules.plain_text import text, unseen


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, with or without a byte order mark; raises InputFaults."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or content[:2].count(0) == 1:
        message = "found UTF-16; allowed: the file saved as UTF-8, in a spreadsheet 'CSV UTF-8'"
        raise InputFaults([Fault(f"{name}:1", message)])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n|\r|\n", content[: error.start])) + 1
        byte = content[error.start : error.start + 1].hex()
        message = f"found the byte 0x{byte}, which is not UTF-8; allowed: the file saved as UTF-8"
        raise InputFaults([Fault(f"{name}:{line}", message)]) from None


DEEPEST = 60
"""How far collections may be nested: ten times what a criteria tree needs."""
BUILT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int")
"""What looks like a value that there may not be."""
MERGE = "tag:yaml.org,2002:merge"
COLON = "mapping values are not allowed"
"""What the parser says of a colon and a space within a text."""


class Lines:
    """Where in a document each of its parts stands."""

    def __init__(self, root: Node | None, name: str) -> None:
        self.root = root
        self.name = name

    def fault(self, at: Location, message: str) -> Fault:
        """A fault at the line of the deepest part of `at` that was entered."""
        path = ".".join(str(key) for key in at)
        return Fault(f"{self.name}:{self.line(at)}", f"{path}: {message}" if path else message)

    def line(self, at: Location) -> int:
        """The 1-based line of the deepest part of `at` that was entered."""
        node, line = self.root, 1
        for key in at:
            child = _child(node, key)
            if child is not None:
                node, line = child
        return line


def yaml_document(document: str, name: str) -> tuple[Any, Lines]:
    """The plain values of a document, texts trimmed and lists unchangeable, and their lines.

    Raises InputFaults for what is not YAML, for aliases (one can stand for a billion others), for
    deep nesting, for keys that are one once trimmed, for values that cannot be built, and for
    invisible characters, which in a comment too could show one rule as another.
    """
    lines = enumerate(io.StringIO(document, newline=None), start=1)
    hidden = tuple(_invisible(f"{name}:{n}", odd) for n, line in lines if (odd := unseen(line)))
    if hidden:
        raise InputFaults(hidden)
    yaml = _LineReader(name)
    try:
        root = yaml.compose(document)
        faults = tuple(_node_faults(root, yaml))
        if faults:
            raise InputFaults(faults)
        plain = None if root is None else yaml.constructor.construct_document(root)
        return _trimmed(plain), Lines(root, name)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        message = " ".join(filter(None, [error.context, error.problem]))
        if COLON in message:
            message += "; a text that holds a colon and a space stands in quotes"
        raise InputFaults([Fault(place, f"not readable as YAML: {message}")]) from None
    except YAMLError as error:
        raise InputFaults([Fault(name, f"not readable as YAML: {error}")]) from None


class _LineReader(YAML):
    """What reads one document, of plain values alone, once."""

    def __init__(self, name: str) -> None:
        super().__init__(typ="safe", pure=True)
        self.name = name
        self.Parser = _Parser

    def place(self, mark: Any) -> str:
        """The line of a mark in the document, as faults name it."""
        return f"{self.name}:{mark.line + 1}"


class _Parser(Parser):
    """A parser that stops at the first alias, and where collections are nested too deep."""

    depth = 0

    def get_event(self) -> Any:
        event = super().get_event()
        if isinstance(event, AliasEvent):
            message = f"found the alias *{event.anchor}; allowed: the value itself, written out"
            raise InputFaults([Fault(self.loader.place(event.start_mark), message)])
        self.depth += isinstance(event, CollectionStartEvent)
        self.depth -= isinstance(event, CollectionEndEvent)
        if self.depth > DEEPEST:  # reading on takes longer with every level
            message = f"found more than {DEEPEST} levels of nesting; allowed: fewer"
            raise InputFaults([Fault(self.loader.place(event.start_mark), message)])
        return event


def _node_faults(node: Node | None, yaml: _LineReader) -> Iterator[Fault]:
    if isinstance(node, ScalarNode):
        yield from _scalar_faults(node, yaml)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _node_faults(item, yaml)
    elif isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            known, place = text(str(key.value)), yaml.place(key.start_mark)
            if key.tag == MERGE:
                yield Fault(place, "found the merge key '<<'; allowed: the keys, written out")
            elif known in seen:
                yield Fault(place, f"the key {known!r} appears here twice; allowed: once")
            seen.add(known)
            yield from _node_faults(key, yaml)
            yield from _node_faults(value, yaml)


def _scalar_faults(node: ScalarNode, yaml: _LineReader) -> Iterator[Fault]:
    place = yaml.place(node.start_mark)
    odd = unseen(node.value) or ("\r" if "\r" in node.value else None)  # entered as an escape
    if odd:
        yield _invisible(place, odd)
    elif node.tag in BUILT:
        try:
            yaml.constructor.construct_object(node)
        except ValueError:  # such as a 30th of February, or five thousand digits
            shown = node.value if len(node.value) <= 40 else node.value[:37] + "..."
            yield Fault(place, f"found {shown}; allowed: a date or a number that exists")


def _invisible(place: str, odd: str) -> Fault:
    return Fault(place, f"found the invisible {odd!a}; allowed: printable text")


def _trimmed(typed: Any) -> Any:
    if isinstance(typed, str):
        return text(typed)
    if isinstance(typed, list):
        return tuple(_trimmed(item) for item in typed)
    if isinstance(typed, dict):
        return {_trimmed(key): _trimmed(value) for key, value in typed.items()}
    return typed


def _child(node: Node | None, key: str | int) -> tuple[Node, int] | None:
    """The node under `key` and the line on which it begins."""
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key].start_mark.line + 1
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if text(str(name.value)) == str(key):
                return value, name.start_mark.line + 1
    return None

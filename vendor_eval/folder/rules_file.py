"""`evaluation.yaml`: rules with the line of every fault, read so that a file can do no harm."""

from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from vendor_eval.errors import Fault, InputFaults
from vendor_eval.folder.decoding import decoded
from vendor_eval.methods import METHODS
from vendor_eval.proposal import text
from vendor_eval.rules import Location, Rules, inconsistencies, typing_faults

RULES = "evaluation.yaml"


def read_rules_file(content: bytes) -> tuple[Rules | None, list[Fault], str]:
    """The rules, unless they are too faulty to be built, their faults, and the vendor column."""
    column = str(Rules.model_fields["vendor_column"].default)
    try:
        typed, root = _yaml(decoded(content, RULES))
    except InputFaults as error:
        return None, list(error.faults), column
    if not isinstance(typed, dict):
        fault = Fault(f"{RULES}:1", "found no keys; allowed: 'title', 'decision' and so on")
        return None, [fault], column
    column = str(typed.get("vendor_column", column))
    lines = _Lines(root)
    try:
        rules = Rules.model_validate(typed)
    except ValidationError as error:
        faults = sorted({lines.fault(at, message) for at, message in typing_faults(error)})
        return None, faults, column
    unknown = [
        (("methods", n), METHODS.unknown(name))
        for n, name in enumerate(rules.methods)
        if name not in METHODS
    ]
    found = [lines.fault(at, message) for at, message in [*inconsistencies(rules), *unknown]]
    return rules, found, column


def _yaml(document: str) -> tuple[Any, Node | None]:
    """The document's plain values, and its nodes, which know their lines."""
    yaml = YAML(typ="safe", pure=True)
    try:
        for event in yaml.parse(document):
            # an alias can stand for a billion others
            if isinstance(event, AliasEvent):
                line = event.start_mark.line + 1
                message = f"found the alias *{event.anchor}; allowed: the value itself, written out"
                raise InputFaults([Fault(f"{RULES}:{line}", message)])
        return _trimmed(yaml.load(document)), yaml.compose(document)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = " ".join(filter(None, [error.context, error.problem]))
        raise InputFaults([Fault(f"{RULES}:{line}", f"not readable as YAML: {message}")]) from None
    except (YAMLError, ValueError, RecursionError) as error:
        message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InputFaults([Fault(RULES, f"not readable as YAML: {message}")]) from None


def _trimmed(typed: Any) -> Any:
    """Plain values with every text trimmed and in NFC, and lists made unchangeable."""
    if isinstance(typed, str):
        return text(typed)
    if isinstance(typed, list):
        return tuple(_trimmed(item) for item in typed)
    if isinstance(typed, dict):
        return {_trimmed(key): _trimmed(value) for key, value in typed.items()}
    return typed


class _Lines:
    """Where in the YAML each part of the rules stands."""

    def __init__(self, root: Node | None) -> None:
        self.root = root

    def fault(self, at: Location, message: str) -> Fault:
        """A fault at the line of the deepest part of `at` that was typed."""
        path = ".".join(str(key) for key in at)
        return Fault(f"{RULES}:{self.line(at)}", f"{path}: {message}" if path else message)

    def line(self, at: Location) -> int:
        """The 1-based line of the deepest part of `at` that was typed."""
        node, line = self.root, 1
        for key in at:
            found = _child(node, key)
            if found is None:
                continue
            node, line = found
        return line


def _child(node: Node | None, key: str | int) -> tuple[Node, int] | None:
    """The node under `key` and the line on which it begins."""
    if isinstance(node, SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key].start_mark.line + 1
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if text(str(name.value)) == str(key):
                return value, name.start_mark.line + 1
    return None

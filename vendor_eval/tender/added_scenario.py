"""A scenario added to `evaluation.yaml`: some new lines, and every other byte as it was.

The document is not written anew: its parser shows where the new lines belong. So comments, order,
quotes, indents and line endings stay as they are, and what was sealed stays sealed.
"""

import re
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from vendor_eval.errors import VendorEvalError
from vendor_eval.rules.rules import Rules, Scenario, fingerprint
from vendor_eval.rules.whole_file import replaced_file
from vendor_eval.rules.yaml_lines import decoded
from vendor_eval.tender.rules_file import RULES, read_rules_file
from vendor_eval.wording import digits

NAME = re.compile(r"[a-z][a-z0-9_]*")
KEY = "scenarios"


def add_scenario(folder: str | Path, name: str, scenario: Scenario, *, to: Rules) -> Rules:
    """The rules with one more scenario, once `evaluation.yaml` holds it.

    `to` are the rules as they were read. Raises VendorEvalError, and touches nothing, for a name
    that is none or is taken, for rules that have changed on disk, and where nothing can be written.
    """
    path = (Path(folder) / RULES).resolve()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise VendorEvalError(f"{RULES}: cannot be read: {error.strerror}") from None
    rules = _rules(content)
    if rules is None or fingerprint(rules) != fingerprint(to):
        raise VendorEvalError(f"{RULES}: was changed since it was read; run the notebook again")
    _refuse_name(name, rules)
    written = with_scenario(content, name, scenario)
    wanted = rules.model_copy(update={KEY: {**rules.scenarios, name: scenario}})
    if _rules(written) != wanted:
        lines = _entry(name, scenario)
        raise VendorEvalError(f"{RULES}: cannot take it by itself; under '{KEY}:' add {lines}")
    edited(path, written, lost="the scenario was not saved")
    return wanted


def with_scenario(content: bytes, name: str, scenario: Scenario) -> bytes:
    """The document with an entry at the end of its `scenarios`, made where there are none."""
    document = decoded(content, RULES)
    start = content.removesuffix(document.encode())  # a byte order mark, if there is one
    root = YAML(typ="safe", pure=True).compose(document)
    scenarios = [value for key, value in root.value if key.value == KEY]
    if scenarios:
        document = _inserted(document, scenarios[0], _entry(name, scenario))
    elif root.flow_style:
        document = _inserted(document, root, f"{KEY}: {{{_entry(name, scenario)}}}")
    else:
        document = _inserted(document, root, f"{KEY}:\n  {_entry(name, scenario)}")
    return start + document.encode()


def _rules(content: bytes) -> Rules | None:
    rules, faults, _ = read_rules_file(content)
    return None if faults else rules


def _refuse_name(name: str, rules: Rules) -> None:
    if not NAME.fullmatch(name):
        allowed = "small letters, digits and _, starting with a letter, such as security_first"
        raise VendorEvalError(f"found the name {name!r}; allowed: {allowed}")
    if name in rules.scenarios:
        raise VendorEvalError(f"there is a scenario {name!r} already; allowed: another name")


def _entry(name: str, scenario: Scenario) -> str:
    weights = ", ".join(f"{path}: {digits(weight)}" for path, weight in scenario.weights.items())
    return f"{name}: {{weights: {{{weights}}}}}"


def _inserted(document: str, mapping: MappingNode, entry: str) -> str:
    """The document with an entry after the last one of a mapping."""
    if mapping.flow_style:
        at = mapping.end_mark.index - 1
        before = document[:at].rstrip()
        comma = "" if before.endswith(("{", ",")) else ", "
        return before + comma + entry + document[len(before) :]
    last = last_node(mapping)
    ending = "\r\n" if "\r\n" in document else "\n"
    at = document.find("\n", last.end_mark.index)
    before, after = (document, "") if at < 0 else (document[: at + 1], document[at + 1 :])
    if not before.endswith("\n"):
        before += ending
    indent = " " * mapping.value[0][0].start_mark.column
    lines = [indent + line for line in entry.split("\n")]
    return before + "".join(line + ending for line in lines) + after


def last_node(node: Node) -> Node:
    """The last scalar or flow collection within a node: a block's own end lies at what follows."""
    while isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        node = node.value[-1]
        if isinstance(node, tuple):
            node = node[1]
    return node


def edited(path: Path, content: bytes, *, lost: str) -> None:
    """Writes a file anew, whole or not at all; `lost`: what follows where it cannot be written."""
    try:
        replaced_file(path, content)
    except OSError as error:
        reason = f"cannot be written: {error.strerror}"
        raise VendorEvalError(f"{path.name}: {reason}; {lost}") from None

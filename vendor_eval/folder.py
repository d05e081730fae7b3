"""An evaluation folder read from disk, with the place of every fault in it."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from vendor_eval.case import Case, SourceFile
from vendor_eval.errors import Fault, InputFaults, nearest, quoted
from vendor_eval.methods import METHODS
from vendor_eval.proposal import Proposals, text
from vendor_eval.rules import Location, Rules, inconsistencies, typing_faults
from vendor_eval.seal import SEAL, opened_seal

RULES = "evaluation.yaml"
TABLE = "proposals.csv"
WORKBOOKS = "proposals"
LARGEST = {RULES: 1_000_000, TABLE: 100_000_000, SEAL: 1_000_000}
"""Bytes that each file may hold; more is refused before it is read."""

UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the order of what is read, so that a name could pose as another."""


def read(folder: str | Path) -> Case:
    """The rules and proposals of an evaluation folder.

    Raises InputFaults with every fault found, or SealBroken when the rules are not the sealed
    ones. Answers are read as text; whether each fits its criterion is for `evaluate` to say.
    """
    folder = Path(folder)
    faults = list(_folder_faults(folder))
    if faults:
        raise InputFaults(faults)
    files = [SourceFile(name, _content(folder, name)) for name in input_names(folder)]
    contents = {file.name: file.content for file in files}
    rules, rule_faults, vendor_column = _rules(contents[RULES])
    seal = opened_seal(contents.get(SEAL), rules)
    proposals, answer_faults = _proposals(contents[TABLE], rules, vendor_column)
    if rules is None or proposals is None or rule_faults or answer_faults:
        raise InputFaults([*rule_faults, *answer_faults])
    return Case(rules, proposals, seal, tuple(files))


def read_rules(folder: str | Path) -> Rules:
    """The rules alone, before there are any proposals; raises InputFaults with every fault."""
    folder = Path(folder)
    faults = [fault for fault in _folder_faults(folder) if fault.place != TABLE]
    if faults:
        raise InputFaults(faults)
    rules, faults, _ = _rules(_content(folder, RULES))
    if rules is None or faults:
        raise InputFaults(faults)
    return rules


def input_names(folder: str | Path) -> tuple[str, ...]:
    """Names of the files in the folder that an evaluation reads."""
    return tuple(name for name in (RULES, SEAL, TABLE) if (Path(folder) / name).is_file())


def _folder_faults(folder: Path) -> Iterator[Fault]:
    if not folder.is_dir():
        yield Fault(str(folder), "no such folder; 'vendor-eval new FOLDER' makes one")
        return
    if not (folder / RULES).is_file():
        yield Fault(RULES, "no such file in the folder; it holds the rules of the evaluation")
    table, workbooks = (folder / TABLE).is_file(), any((folder / WORKBOOKS).glob("*.xlsx"))
    if table and workbooks:
        yield Fault(TABLE, f"found together with {WORKBOOKS}/*.xlsx; allowed: one of the two")
    elif workbooks:
        yield Fault(TABLE, f"response workbooks are not read yet; put their answers into {TABLE}")
    elif not table:
        yield Fault(TABLE, "no such file in the folder; it holds one row a vendor")


def _content(folder: Path, name: str) -> bytes:
    try:
        size = (folder / name).stat().st_size
        if size > LARGEST[name]:
            raise InputFaults(
                [Fault(name, f"found {size} bytes; allowed: {LARGEST[name]} at most")]
            )
        return (folder / name).read_bytes()
    except OSError as error:
        raise InputFaults([Fault(name, f"cannot be read: {error.strerror}")]) from None


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = content[error.start : error.start + 1].hex()
        message = f"found the byte 0x{found}, which is not UTF-8; allowed: the file saved as UTF-8"
        raise InputFaults([Fault(f"{name}:{line}", message)]) from None


def _rules(content: bytes) -> tuple[Rules | None, list[Fault], str]:
    """The rules, unless they are too faulty to be built, their faults, and the vendor column."""
    column = str(Rules.model_fields["vendor_column"].default)
    try:
        typed, root = _yaml(_decoded(content, RULES))
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


def _proposals(
    content: bytes, rules: Rules | None, vendor_column: str
) -> tuple[Proposals | None, list[Fault]]:
    """The answers in `proposals.csv`, and the faults of the table itself."""
    try:
        header, rows = _table(_decoded(content, TABLE), vendor_column)
    except InputFaults as error:
        return None, list(error.faults)
    faults = list(_header_faults(header, vendor_column, rules))
    if vendor_column not in header:
        return None, faults
    at = header.index(vendor_column)
    whole = {}
    for line, row in rows.items():
        if len(row) == len(header):
            whole[line] = row
        else:
            message = f"found {len(row)} cells; allowed: {len(header)}, as in the header"
            faults.append(Fault(f"{TABLE}:{line}", message))
    if not rows:
        faults.append(Fault(TABLE, "found no vendor; allowed: one row a vendor"))
    faults += _name_faults({line: row[at] for line, row in whole.items()})
    faults += _control_faults(header, whole)
    columns = [name for name in header if name != vendor_column]
    cells = [[cell for n, cell in enumerate(row) if n != at] for row in whole.values()]
    vendors = pd.Index([row[at] for row in whole.values()], dtype=object)
    answers = pd.DataFrame(cells, index=vendors, columns=columns, dtype=object)
    unread = [name for name in columns if rules and name not in rules.answers]
    return Proposals(answers, TABLE, tuple(unread)), faults


def _table(document: str, vendor_column: str) -> tuple[list[str], dict[int, list[str]]]:
    """The header and the rows by line, trimmed; rows without any answer are left out."""
    delimiter = _delimiter(document, vendor_column)
    reader = csv.reader(io.StringIO(document, newline=""), delimiter=delimiter, strict=True)
    rows: dict[int, list[str]] = {}
    line = 1
    try:
        for row in reader:
            cells = [text(cell) for cell in row]
            if any(cells):
                rows[line] = cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"not readable as CSV: {error}"
        raise InputFaults([Fault(f"{TABLE}:{reader.line_num}", message)]) from None
    if not rows:
        raise InputFaults(
            [Fault(TABLE, "found an empty file; allowed: a header and one row a vendor")]
        )
    header = rows.pop(min(rows))
    return header, rows


def _delimiter(document: str, vendor_column: str) -> str:
    """The comma or the semicolon, whichever gives the header a vendor column."""
    headers = {
        delimiter: next(csv.reader(io.StringIO(document, newline=""), delimiter=delimiter), [])
        for delimiter in (",", ";")
    }
    return max(headers, key=lambda d: (vendor_column in map(text, headers[d]), len(headers[d])))


def _header_faults(header: list[str], vendor_column: str, rules: Rules | None) -> Iterator[Fault]:
    for n, name in enumerate(header):
        if not name:
            yield Fault(
                f"{TABLE}:1", f"column {n + 1} has no name; allowed: a name for each column"
            )
        elif name in header[:n]:
            yield Fault(f"{TABLE}:1", f"the column {name!r} stands here twice; allowed: once")
    needed = [vendor_column, *(rules.answers if rules else ())]
    for name in dict.fromkeys(needed):
        if name not in header:
            hint = nearest(name, header) or f"; found: {quoted(header)}"
            yield Fault(f"{TABLE}:1", f"no column {name!r}, which the rules read{hint}")


def _name_faults(names: Mapping[int, str]) -> Iterator[Fault]:
    seen: dict[str, tuple[int, str]] = {}
    for line, name in names.items():
        if not name:
            yield Fault(f"{TABLE}:{line}", "found answers without a vendor's name; allowed: a name")
            continue
        first = seen.setdefault(name.casefold(), (line, name))
        if first[0] != line:
            message = f"found the vendor {name!r} again, after {first[1]!r} on line {first[0]}"
            yield Fault(f"{TABLE}:{line}", f"{message}; allowed: each name once, whatever its case")


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc" and character not in "\n\r\t"


def _control_faults(header: list[str], rows: Mapping[int, list[str]]) -> Iterator[Fault]:
    for line, row in {1: header, **rows}.items():
        for name, cell in zip(header, row, strict=True):
            odd = [c for c in cell if c in UNSEEN or _is_control(c)]
            if odd:
                message = f"the cell under {name!r} holds the invisible {odd[0]!a}"
                yield Fault(f"{TABLE}:{line}", f"{message}; allowed: printable text")

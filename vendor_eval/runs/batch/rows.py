"""What a batch runs: a row each, from folders on the command line or from a file."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, JsonValue, ValidationError

from vendor_eval.errors import Fault, InputFaults, VendorEvalError, faults_of, nearest, quoted
from vendor_eval.rules.values.function import Typed
from vendor_eval.rules.well_formed import typing_faults
from vendor_eval.runs import planned

NOTEBOOK = "vendor_selection"
TAKEN = ("index.html", "index.csv", "timings.csv", "batch.json", "events.jsonl", "night.json")
"""Names that a night uses itself."""
EnteredRow = tuple[str, Mapping[str, Any] | Fault]
"""The place of a row, and what it holds or why it cannot be read."""
LARGEST = 50_000_000
"""Characters of a file of rows; more is refused."""


class Row(Typed):
    """One run: a folder, and what differs from the notebook's own parameters."""

    folder: str = Field(min_length=1)
    notebook: str = NOTEBOOK
    scenario: str = ""
    seed: int | None = Field(default=None, ge=0)
    parameters: dict[str, JsonValue] = Field(default={})
    name: str = ""

    @property
    def given(self) -> dict[str, Any]:
        """The notebook's parameters as this row sets them."""
        own = {"scenario": self.scenario or None, "seed": self.seed}
        return dict(self.parameters) | {k: v for k, v in own.items() if v is not None}


def rows_of(folders: Iterable[Path], entered: Iterable[EnteredRow], common: Row) -> tuple[Row, ...]:
    """The rows of folders and of a file, each named, in that order.

    `common` holds what the command line sets for all; a row of the file overrides it. Raises
    InputFaults with every row that is not one or cannot be run, and every name that two rows have.
    """
    shared = common.model_dump(exclude={"folder", "name"}, exclude_defaults=True)
    rows: list[EnteredRow] = [("FOLDER", {"folder": str(folder)}) for folder in folders]
    faults, named = list[Fault](), dict[str, str]()
    made = list[Row]()
    for place, plain in (*rows, *entered):
        if isinstance(plain, Fault):
            faults.append(plain)
            continue
        parameters = {**shared.get("parameters", {}), **(plain.get("parameters") or {})}
        own = {key: value for key, value in plain.items() if value not in (None, "")}
        try:
            row = Row(**{**shared, **own, "parameters": parameters})
        except (ValidationError, TypeError) as error:
            faults += _row_faults(place, error)
            continue
        faults += _run_faults(place, row)
        name = row.name or Path(row.folder).resolve().name
        faults += _name_faults(place, name, named)
        named.setdefault(name.casefold(), place)
        made.append(row.model_copy(update={"name": name}))
    if not made and not faults:
        faults = [Fault("FOLDER", "found nothing to run; allowed: folders, or --from FILE")]
    if faults:
        raise InputFaults(faults)
    return tuple(made)


def _row_faults(place: str, error: ValidationError | TypeError) -> Iterator[Fault]:
    if isinstance(error, TypeError):
        yield Fault(place, f"found a name that is no text; allowed: {', '.join(Row.model_fields)}")
        return
    for at, says in typing_faults(error, Row):
        yield Fault(", ".join(filter(None, [place, ".".join(map(str, at))])), says)


def _run_faults(place: str, row: Row) -> Iterator[Fault]:
    """Why a row cannot be run: its folder, notebook, parameters or scenario.

    Faults in the folder's files are none of these: they fail that run alone.
    """
    try:
        planned(Path(row.folder), row.notebook, row.given)
    except VendorEvalError as error:
        for fault in faults_of(error):
            yield Fault(", ".join(filter(None, [place, fault.place])), fault.message)
        return
    if scenario := row.given.get("scenario"):
        from vendor_eval.tender.folder import read_rules

        try:
            known = read_rules(row.folder).scenarios
        except VendorEvalError:
            return
        if scenario not in known:
            hint = nearest(scenario, known) or f"; allowed: {quoted(known)}"
            yield Fault(place, f"unknown scenario {scenario!r}{hint}")


def _name_faults(place: str, name: str, named: Mapping[str, str]) -> Iterator[Fault]:
    wrong = not name.isprintable() or set(name) & set('/\\:*?"<>|') or name[:1] in ("", ".")
    if wrong or name.casefold() in TAKEN or len(name.encode()) > 200:
        allowed = "letters, digits, spaces, '-' and '_', and no name that a night uses itself"
        yield Fault(place, f"found the name {name!r}; allowed: {allowed}")
    elif name.casefold() in named:
        other = named[name.casefold()]
        yield Fault(place, f"found the name {name!r}, as in {other}; allowed: another 'name'")


def rows_in(source: str, text: str) -> tuple[EnteredRow, ...]:
    """The rows that a file holds, each with its place: CSV, JSON lines or YAML by the name's end.

    A row that cannot be read is its fault. The form of text from standard input is seen from how
    it begins. Raises VendorEvalError where it is none.
    """
    if len(text) > LARGEST:
        raise VendorEvalError(f"--from {source}: found more than {LARGEST} characters")
    kind = Path(source).suffix.lower()
    begins = text.lstrip()[:1]
    if kind in (".jsonl", ".ndjson") or (source == "-" and begins == "{"):
        return tuple(_json_lines(source, text))
    if kind in (".yaml", ".yml") or (source == "-" and begins == "-"):
        return tuple(_yaml_rows(source, text))
    if kind == ".csv" or source == "-":
        return tuple(_csv_rows(source, text))
    raise VendorEvalError(f"--from {source}: found this ending; allowed: .csv, .jsonl or .yaml")


def _json_lines(source: str, text: str) -> Iterator[EnteredRow]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            place = f"{source}, line {number}"
            yield place, _object(place, line)


def _object(place: str, text: str) -> dict[str, Any] | Fault:
    try:
        return _mapping(place, json.loads(text))
    except (ValueError, RecursionError):
        return Fault(place, "found no JSON; allowed: an object")


def _yaml_rows(source: str, text: str) -> Iterator[EnteredRow]:
    from vendor_eval.rules.yaml_lines import yaml_document

    listed, _ = yaml_document(text, source)
    if not isinstance(listed, list | tuple):
        raise VendorEvalError(f"--from {source}: found no list; allowed: a list of rows")
    for number, plain in enumerate(listed, start=1):
        yield f"{source}, row {number}", _mapping(f"{source}, row {number}", plain)


def _csv_rows(source: str, text: str) -> Iterator[EnteredRow]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    try:
        head = list(reader.fieldnames or ())
        if twice := [name for name in head if head.count(name) > 1]:
            message = f"found the column {twice[0]!r} twice; allowed: each column once"
            raise VendorEvalError(f"{source}, line 1: {message}")
        for row in reader:
            place = f"{source}, line {reader.line_num}"
            if plain := _csv_row(place, row):
                yield place, plain
    except csv.Error as error:
        at = reader.reader.line_num  # the other is that of the row before
        raise VendorEvalError(f"{source}, line {at}: found no CSV: {error}") from None


def _csv_row(place: str, row: Mapping[str | None, Any]) -> dict[str, Any] | Fault:
    plain: dict[str, Any] = {str(k): v for k, v in row.items() if k is not None and v}
    if None in row:
        return Fault(place, "found more cells than the head has; allowed: as many")
    if plain.get("seed", "").strip().isdecimal():
        plain["seed"] = int(plain["seed"])
    if "parameters" in plain:
        parameters = _object(place, plain["parameters"])
        if isinstance(parameters, Fault):
            return Fault(f"{place}, parameters", parameters.message)
        plain["parameters"] = parameters
    return plain


def _mapping(place: str, plain: Any) -> dict[str, Any] | Fault:
    if isinstance(plain, dict):
        return plain
    return Fault(place, "found no object; allowed: names with their values")

"""Rules and bids that are given as objects: dictionaries, frames, or files by their path."""

import csv
import io
import json
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vendor_eval.bids.decisions import Decisions
from vendor_eval.bids.proposal import Proposals, SourceFile
from vendor_eval.bids.table import TABLE
from vendor_eval.errors import Fault, InputFaults
from vendor_eval.evaluation.evaluation import evaluate
from vendor_eval.rules.rules import Rules
from vendor_eval.tender.bids import BidsReading
from vendor_eval.tender.decisions_file import DECISIONS
from vendor_eval.tender.rules_file import RULES, read_rules_file, rules_faults
from vendor_eval.tender.tender import Tender

FRAME = "bids"
"""What a DataFrame is called in faults."""
LINE = re.compile(rf"(?:on line |\b{FRAME}:)(?P<line>\d+)\b")
"""How a fault of the table names one of its lines."""
VENDOR = str(Rules.model_fields["vendor_column"].default)


def tender_of(
    rules: Mapping[str, Any] | str | Path | Rules, bids: pd.DataFrame | str | Path | Proposals
) -> Tender:
    """Rules and bids as one tender, every check made that a folder's files get.

    Raises InputFaults with every fault of the rules and of the table as a whole.
    """
    if isinstance(rules, Rules) and isinstance(bids, Proposals):
        return Tender(rules, bids, None, ())
    faults = list[Fault]()
    typed, rules_file, content = None, None, b""
    try:
        typed, rules_file = _rules(rules)
    except InputFaults as error:
        faults += error.faults
    column = typed.vendor_column if typed else VENDOR
    try:
        content = b"" if isinstance(bids, Proposals) else _table(bids, column)
    except InputFaults as error:
        faults += error.faults
    if typed is None or rules_file is None or faults:
        raise InputFaults(faults)
    if isinstance(bids, Proposals):
        return Tender(typed, bids, None, (rules_file,))
    name = FRAME if isinstance(bids, pd.DataFrame) else Path(bids).name
    table = SourceFile(TABLE, content)
    reading = BidsReading((table,), {}, typed, column, Decisions(), sound=True)
    read = reading.bids(())
    if read.faults or read.proposals is None:
        raise InputFaults(_renamed(fault, name) for fault in read.faults)
    proposals = _as_given(read.proposals, name)
    evaluation = evaluate(typed, proposals)
    return Tender(
        typed,
        proposals,
        None,
        (rules_file, table),
        vendor_faults=evaluation.faults,
        evaluated=evaluation,
    )


def _rules(given: Mapping[str, Any] | str | Path | Rules) -> tuple[Rules, SourceFile]:
    """The rules, and the file that holds them or would."""
    if isinstance(given, Rules):
        return given, SourceFile(RULES, given.model_dump_json(exclude_defaults=True).encode())
    if isinstance(given, Mapping):
        plain = _plain(given)
        typed, met = rules_faults(plain)
        faults = [Fault("rules" + "".join(f"[{key!r}]" for key in at), says) for at, says in met]
        content = json.dumps(plain, default=str, ensure_ascii=False, indent=1).encode()
    else:
        content = _content(given, "rules")
        typed, faults, _ = read_rules_file(content)
    if typed is None or faults:
        raise InputFaults(dict.fromkeys(faults))
    return typed, SourceFile(RULES, content)


def _plain(given: Any) -> Any:
    """Rules as their file would give them: lists unchangeable, numbers Python's own."""
    if isinstance(given, Mapping):
        return {str(key): _plain(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return tuple(map(_plain, given))
    return given.item() if isinstance(given, np.generic) else given


def _table(given: pd.DataFrame | str | Path, vendor_column: str) -> bytes:
    """The table's bytes as CSV."""
    if isinstance(given, pd.DataFrame):
        return _csv(given, vendor_column)
    return _content(given, "bids")


def _content(path: str | Path, what: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputFaults([Fault(f"{what} {path}", f"cannot be read: {error.strerror}")]) from None
    except TypeError:
        kind = type(path).__name__
        allowed = {"rules": "a dictionary", "bids": "a DataFrame"}[what]
        message = f"found a {kind}; allowed: {allowed}, or the path of a file"
        raise InputFaults([Fault(what, message)]) from None


def _csv(frame: pd.DataFrame, vendor_column: str) -> bytes:
    """The frame as the CSV file that says the same."""
    if vendor_column not in frame.columns and type(frame.index) is not pd.Index:
        message = f"found no column {vendor_column!r} and an index that is no list of names"
        raise InputFaults([Fault(FRAME, f"{message}; allowed: vendors' names in one of the two")])
    named = frame if vendor_column in frame.columns else frame.rename_axis(index=vendor_column)
    if named is not frame:
        named = named.reset_index()
    faults = list[Fault]()
    document = io.StringIO(newline="")
    rows = csv.writer(document, lineterminator="\n")
    rows.writerow(map(str, named.columns))
    for number, row in enumerate(named.itertuples(index=False, name=None)):
        cells = []
        for column, cell in zip(named.columns, row, strict=True):
            try:
                cells.append(_text(cell))
            except ValueError as error:
                faults.append(Fault(f"{FRAME}.iloc[{number}][{column!r}]", str(error)))
        rows.writerow(cells)
    if faults:
        raise InputFaults(faults)
    return document.getvalue().encode()


def _text(cell: Any) -> str:
    """A cell as a table holds it; raises ValueError for what no table holds."""
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, np.generic):
        cell = float(cell) if isinstance(cell, np.floating) else cell.item()
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        if math.isnan(cell):
            return ""
        # without an exponent, and 3 rather than the 3.0 that a blank in its column makes of it
        digits = format(Decimal(repr(cell) if isinstance(cell, float) else cell), "f")
        return digits.removesuffix(".0")
    if isinstance(cell, date):
        whole = isinstance(cell, datetime) and cell.time() == time()
        return (cell.date() if whole else cell).isoformat()  # type: ignore[attr-defined]
    shown = repr(cell) if isinstance(cell, bool) else f"a {type(cell).__name__}"
    raise ValueError(f"found {shown}; allowed: a number, text such as 'yes', a date, or a blank")


def _as_given(read: Proposals, name: str) -> Proposals:
    """Proposals whose places name the table as it was given."""
    faults = {v: tuple(_renamed(f, name) for f in met) for v, met in read.faults.items()}
    return replace(read, source=name, faults=faults)


def _renamed(fault: Fault, name: str) -> Fault:
    """The fault at its place in what was given: a row of a frame, a line of a file."""
    place = re.sub(rf"\A{re.escape(TABLE)}", name, fault.place)
    message = fault.message.replace(TABLE, name)
    message = message.replace(DECISIONS, f"{DECISIONS} of an evaluation folder")
    if name == FRAME:
        place, message = (LINE.sub(_row, text) for text in (place, message))
    return replace(fault, place=place, message=message)


def _row(line: re.Match[str]) -> str:
    """The row of a frame that is a line of its table: the header is line 1, row 0 line 2."""
    number = int(line["line"]) - 2
    at = f"{FRAME}.columns" if number < 0 else f"{FRAME}.iloc[{number}]"
    return f"at {at}" if line[0].startswith("on") else at

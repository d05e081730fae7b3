"""`proposals.csv`: one row a vendor, one column an answer, all of it text."""

import csv
import io
from collections.abc import Iterator, Mapping

import pandas as pd

from vendor_eval.errors import Fault, InputFaults, nearest, quoted
from vendor_eval.folder.decoding import decoded
from vendor_eval.proposal import NAME, Proposals, as_seen, text, unseen
from vendor_eval.rules import Rules

TABLE = "proposals.csv"


def read_answers_file(
    content: bytes, rules: Rules | None, vendor_column: str
) -> tuple[Proposals | None, list[Fault]]:
    """The answers in `proposals.csv`, unless no answer can be told from another, and its faults.

    A row of the wrong length is a fault and left out, so that the others' faults are told too.
    """
    try:
        first, header, rows = _table(decoded(content, TABLE), vendor_column)
    except InputFaults as error:
        return None, list(error.faults)
    faults = list(_absent_columns(f"{TABLE}:{first}", header, vendor_column, rules))
    unclear = list(_header_faults(f"{TABLE}:{first}", header))
    if unclear or vendor_column not in header:
        return None, unclear + faults
    for line, row in rows.items():
        if len(row) != len(header):
            message = f"found {len(row)} cells; allowed: {len(header)}, as in the header"
            faults.append(Fault(f"{TABLE}:{line}", message))
    whole = {line: row for line, row in rows.items() if len(row) == len(header)}
    faults += _control_faults(first, header, whole)
    at = header.index(vendor_column)
    unclear = list(_name_faults({line: row[at] for line, row in whole.items()}))
    if not rows:
        unclear.append(Fault(TABLE, "found no vendor; allowed: one row a vendor"))
    if unclear or not whole:
        return None, faults + unclear
    vendors = pd.Index([row[at] for row in whole.values()], dtype=object)
    answers = pd.DataFrame(list(whole.values()), index=vendors, columns=header, dtype=object)
    unread = [n for n in header if rules and n not in (vendor_column, *rules.columns)]
    return Proposals(answers.drop(columns=vendor_column), TABLE, tuple(unread)), faults


def _table(document: str, vendor_column: str) -> tuple[int, list[str], dict[int, list[str]]]:
    """The header with its line, and the rows by line, trimmed; without rows that hold no text."""
    _refuse_tabs(document)
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
    first = min(rows)
    return first, rows.pop(first), rows


def _refuse_tabs(document: str) -> None:
    """Raises InputFaults where tabs stand between the columns, and neither sign that may."""
    for line, cells in enumerate(document.splitlines(), start=1):
        if text(cells):
            if "\t" in cells.strip() and not {",", ";"} & set(cells):
                message = "found tabs between the columns; allowed: commas or semicolons"
                hint = "a spreadsheet writes them as 'CSV UTF-8'"
                raise InputFaults([Fault(f"{TABLE}:{line}", f"{message}; {hint}")])
            return


def _delimiter(document: str, vendor_column: str) -> str:
    """The comma or the semicolon, whichever gives the header a vendor column."""
    first = next((line for line in document.splitlines() if text(line)), "")
    headers = {delimiter: next(csv.reader([first], delimiter=delimiter), []) for delimiter in ",;"}
    return max(headers, key=lambda d: (vendor_column in map(text, headers[d]), len(headers[d])))


def _header_faults(place: str, header: list[str]) -> Iterator[Fault]:
    for n, name in enumerate(header):
        if not name:
            yield Fault(place, f"column {n + 1} has no name; allowed: a name for each column")
        elif name in header[:n]:
            yield Fault(place, f"the column {name!r} stands here twice; allowed: once")


def _absent_columns(
    place: str, header: list[str], vendor_column: str, rules: Rules | None
) -> Iterator[Fault]:
    for name in dict.fromkeys([vendor_column, *(rules.answers if rules else ())]):
        if name not in header:
            hint = nearest(name, header) or f"; found: {quoted(header)}"
            yield Fault(place, f"no column {name!r}, which the rules read{hint}")


def _name_faults(names: Mapping[int, str]) -> Iterator[Fault]:
    seen: dict[str, tuple[int, str]] = {}
    for line, name in names.items():
        place = f"{TABLE}:{line}"
        if not as_seen(name):
            yield Fault(place, "found answers without a vendor's name; allowed: a name")
            continue
        if len(name) > NAME:
            message = f"found a vendor's name of {len(name)} characters; allowed: {NAME} at most"
            yield Fault(place, message)
        first = seen.setdefault(as_seen(name), (line, name))
        if first[0] != line:
            message = f"found the vendor {name!a} again, after {first[1]!a} on line {first[0]}"
            yield Fault(place, f"{message}; allowed: each name once, whatever its case")


def _control_faults(
    first: int, header: list[str], rows: Mapping[int, list[str]]
) -> Iterator[Fault]:
    for line, row in {first: header, **rows}.items():
        for name, cell in zip(header, row, strict=True):
            odd = unseen(cell)
            if odd:
                message = f"the cell under {name!r} holds the invisible {odd!a}"
                yield Fault(f"{TABLE}:{line}", f"{message}; allowed: printable text")

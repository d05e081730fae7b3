"""`proposals.csv`: one row a vendor, one column an answer, all of it text."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from vendor_eval.bids.proposal import NAME, Proposals, as_seen, with_faults
from vendor_eval.bids.twins import TwinCandidate
from vendor_eval.errors import Fault, InputFaults, Severity, nearest
from vendor_eval.rules.plain_text import text, unseen
from vendor_eval.rules.rules import Rules
from vendor_eval.rules.yaml_lines import decoded
from vendor_eval.wording import listed

TABLE = "proposals.csv"
SEPARATORS = ",;"
DECLARATION = re.compile(r'"?sep=(?P<separator>.|\\t)"?[,;\t]*', re.IGNORECASE)
"""What Excel reads on a first line as the separator of all others; some programs pad it."""


def read_answers_file(
    content: bytes,
    rules: Rules | None,
    vendor_column: str,
    replaced: Collection[str] = (),
) -> tuple[Proposals | None, list[Fault]]:
    """The answers in `proposals.csv`, unless it does not show whose they are, and its faults.

    A fault in one vendor's row stands in the table's `faults`: a row of the wrong length, whose
    answers are then all blank, a cell that holds an invisible character, and a second row of the
    same vendor, which is left out. `replaced`: lines that are not read, as `proposals.csv:3`.
    """
    try:
        first, header, rows = _table(decoded(content, TABLE), vendor_column)
    except InputFaults as error:
        return None, list(error.faults)
    faults = list(_absent_columns(f"{TABLE}:{first}", header, vendor_column, rules))
    unclear = list(_header_faults(f"{TABLE}:{first}", header))
    if unclear or vendor_column not in header:
        return None, unclear + faults
    at = header.index(vendor_column)
    rows = {line: row for line, row in rows.items() if f"{TABLE}:{line}" not in replaced}
    odd, short = _lengths(header, rows, at)
    faults += odd
    kept = {line: r for line, r in rows.items() if len(r) == len(header) or line in short}
    faults += _control_faults(first, header, vendor_column, kept)
    names = {line: row[at] for line, row in kept.items()}
    unclear, again = list(_name_faults(names)), _repeated(names)
    kept = {line: row for line, row in kept.items() if line not in again}
    if not rows:
        unclear.append(Fault(TABLE, "found no vendor; allowed: one row a vendor"))
    if unclear or not kept:
        return None, [*faults, *short.values(), *unclear]
    table = _proposals(header, vendor_column, kept, short, rules)
    return with_faults(table, list(again.values())), faults


def bids_by_line(
    content: bytes, rules: Rules | None, vendor_column: str
) -> tuple[TwinCandidate, ...]:
    """Every row as twins are looked for, each under its line; none where rows cannot be read."""
    try:
        _, header, rows = _table(decoded(content, TABLE), vendor_column)
    except InputFaults:
        return ()
    if vendor_column not in header:
        return ()
    at = header.index(vendor_column)
    candidates = []
    for line, row in rows.items():
        whole = len(row) == len(header)
        if whole or at == 0:
            answers = dict(zip(header, row, strict=True)) if whole else {}
            numeric = [c for c in (rules.numeric_answers if rules else ()) if answers.get(c)]
            candidates.append(
                TwinCandidate(row[at], f"{TABLE}:{line}", {c: answers[c] for c in numeric})
            )
    return tuple(candidates)


def _lengths(
    header: list[str], rows: Mapping[int, list[str]], at: int
) -> tuple[list[Fault], dict[int, Fault]]:
    """The rows of a wrong length: the buyer's faults, and by line those of a vendor.

    It is known whose such a row is where the names stand in the first column: no other cell can
    have pushed it aside.
    """
    faults, short = [], {}
    for line, row in rows.items():
        if len(row) != len(header):
            message = f"found {len(row)} cells; allowed: {len(header)}, as in the header"
            if len(row) > len(header) and not any(row[len(header) :]):
                message += ". The last are empty: delete the separators at the end of the line"
            if at == 0 and row[0]:
                short[line] = Fault(f"{TABLE}:{line}", message, row[0])
            else:
                faults.append(Fault(f"{TABLE}:{line}", message))
    return faults, short


def _proposals(
    header: list[str],
    vendor_column: str,
    rows: Mapping[int, list[str]],
    short: Mapping[int, Fault],
    rules: Rules | None,
) -> Proposals:
    """The table of answers, with what cannot be read of each vendor's row blank."""
    columns = [name for name in header if name != vendor_column]
    read = (*rules.columns, *rules.judged_leaves) if rules else ()
    unread = [n for n in columns if rules and n not in read]
    answers: dict[str, list[str]] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    spoilt: set[tuple[str, str]] = set()
    for line, row in rows.items():
        vendor = row[header.index(vendor_column)]
        cells = dict.fromkeys(columns, "") if line in short else dict(zip(header, row, strict=True))
        met = [short[line]] if line in short else []
        spoilt |= {(vendor, name) for name in columns if line in short}
        for name in columns:
            odd = unseen(cells[name])
            if odd:
                severity: Severity = "note" if name in unread else "fault"
                met.append(replace(_invisible(line, name, odd), vendor=vendor, severity=severity))
                spoilt.add((vendor, name))
                cells[name] = ""
        answers[vendor] = [cells[name] for name in columns]
        faults |= {vendor: tuple(met)} if met else {}
    frame = pd.DataFrame.from_dict(answers, orient="index", columns=columns, dtype=object)
    return Proposals(frame, TABLE, tuple(unread), {}, faults, frozenset(spoilt))


def _table(document: str, vendor_column: str) -> tuple[int, list[str], dict[int, list[str]]]:
    """The header with its line, and the rows by line, trimmed; without rows that hold no text.

    Columns at the end that hold nothing in any line, the header included, are no columns.
    """
    start, line = _first_line(document)
    declaration = DECLARATION.fullmatch(line)
    declared = declaration["separator"] if declaration else None
    _refuse_other_separators(f"{TABLE}:{start}", line, declared)
    delimiter = declared or _delimiter(line, vendor_column)
    reader = csv.reader(io.StringIO(document, newline=""), delimiter=delimiter, strict=True)
    rows: dict[int, list[str]] = {}
    at = 1
    try:
        for row in reader:
            cells = [text(cell) for cell in row]
            if any(cells) and not (declared and at == start):
                rows[at] = cells
            at = reader.line_num + 1
    except csv.Error as error:
        message = f"not readable as CSV: {error}"
        raise InputFaults([Fault(f"{TABLE}:{reader.line_num}", message)]) from None
    if not rows:
        raise InputFaults(
            [Fault(TABLE, "found an empty file; allowed: a header and one row a vendor")]
        )
    first = min(rows)
    _refuse_one_column(f"{TABLE}:{first}", rows[first], vendor_column, declared)
    rows = _without_empty_columns(rows, first)
    return first, rows.pop(first), rows


def _without_empty_columns(rows: dict[int, list[str]], first: int) -> dict[int, list[str]]:
    """The rows without the columns at the end that the header on line `first` leaves empty.

    A row loses them where it has as many cells as the header and they are empty. A row with
    another number of cells is left alone: one of its answers may hold a separator.
    """
    header = rows[first]
    named = max(n for n, name in enumerate(header, start=1) if name)
    if any(any(row[named:]) for row in rows.values() if len(row) == len(header)):
        return rows
    return {line: row[:named] if len(row) == len(header) else row for line, row in rows.items()}


def _first_line(document: str) -> tuple[int, str]:
    """The first line that holds text, with its number, from 1."""
    lines = enumerate(io.StringIO(document, newline=None), start=1)
    return next(((n, line.rstrip("\n")) for n, line in lines if text(line)), (1, ""))


def _refuse_other_separators(place: str, line: str, declared: str | None) -> None:
    """Raises InputFaults where the first line has tabs between columns, or declares such."""
    hint = "allowed: commas or semicolons; a spreadsheet writes them as 'CSV UTF-8'"
    if declared and declared not in SEPARATORS:
        raise InputFaults([Fault(place, f"found the separator {declared!r}; {hint}")])
    if not declared and "\t" in line.strip() and not set(SEPARATORS) & set(line):
        raise InputFaults([Fault(place, f"found tabs between the columns; {hint}")])


def _refuse_one_column(
    place: str, header: list[str], vendor_column: str, declared: str | None
) -> None:
    """Raises InputFaults where all names of columns stand in one cell."""
    if len(header) == 1 and vendor_column not in header and set(SEPARATORS) & set(header[0]):
        sign = f"{declared!r}, which the line above declares" if declared else "',' or ';'"
        message = f"found all columns in one cell, {header[0]!r}; allowed: {sign}, between cells"
        raise InputFaults([Fault(place, f"{message}, and no quotation marks around a whole line")])


def _delimiter(line: str, vendor_column: str) -> str:
    """The comma or the semicolon, whichever gives the header a vendor column."""
    headers = {sign: next(csv.reader([line], delimiter=sign), []) for sign in SEPARATORS}
    return max(headers, key=lambda d: (vendor_column in map(text, headers[d]), len(headers[d])))


def _header_faults(place: str, header: list[str]) -> Iterator[Fault]:
    for n, name in enumerate(header):
        if not name:
            yield Fault(place, f"column {n + 1} has no name; allowed: a name for each column")
        elif name in header[:n]:
            yield Fault(place, f"the column {name!r} appears here twice; allowed: once")


def _absent_columns(
    place: str, header: list[str], vendor_column: str, rules: Rules | None
) -> Iterator[Fault]:
    for name in dict.fromkeys([vendor_column, *(rules.answers if rules else ())]):
        if name not in header:
            hint = (
                nearest(name, header)
                or f"; the columns are {listed(map(repr, header), at_most=20)}"
            )
            yield Fault(place, f"found no column {name!r}, which the rules read{hint}")


def _name_faults(names: Mapping[int, str]) -> Iterator[Fault]:
    for line, name in names.items():
        place = f"{TABLE}:{line}"
        if not as_seen(name):
            yield Fault(place, "found answers without a vendor's name; allowed: a name")
        elif len(name) > NAME:
            message = f"found a vendor's name of {len(name)} characters; allowed: {NAME} at most"
            yield Fault(place, message)


def _repeated(names: Mapping[int, str]) -> dict[int, Fault]:
    """The rows of a vendor that another row names already, by line; for the buyer alone."""
    seen: dict[str, tuple[int, str]] = {}
    again = {}
    for line, name in names.items():
        first = seen.setdefault(as_seen(name), (line, name))
        if first[0] != line:
            message = f"found the vendor {name!a} again, after {first[1]!a} on line {first[0]}"
            way_out = (
                f"{message}; allowed: each name once, regardless of its case, or an entry "
                f"'two_vendors' in decisions.yaml that says which line stands, as {TABLE}:{line}"
            )
            again[line] = Fault(f"{TABLE}:{line}", way_out, vendor=first[1])
    return again


def _control_faults(
    first: int, header: list[str], vendor_column: str, rows: Mapping[int, list[str]]
) -> Iterator[Fault]:
    """Invisible characters in the header, and in the names of the vendors."""
    for name in header:
        odd = unseen(name)
        if odd:
            yield _invisible(first, name, odd)
    for line, row in rows.items():
        odd = unseen(row[header.index(vendor_column)])
        if odd:
            yield _invisible(line, vendor_column, odd)


def _invisible(line: int, name: str, odd: str) -> Fault:
    message = f"the cell under {name!r} holds the invisible {odd!a}"
    return Fault(f"{TABLE}:{line}", f"{message}; allowed: printable text")

"""The reference tables in the package, each with its source, licence and year."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class ReferenceTable:
    """What is known of one table: where it comes from, of when it is, and its bytes' sha256."""

    name: str
    title: str
    """The source in few words, for a note next to a figure."""
    source: str
    licence: str
    vintage: str
    how: str
    columns: tuple[str, ...]
    rows: int
    sha256: str
    complete_until: date | None = None
    """The day until which a list of decisions is complete; None for tables of figures."""


@cache
def manifest() -> Mapping[str, ReferenceTable]:
    """Every reference table by name."""
    typed = json.loads(content("manifest.json"))
    return MappingProxyType({name: _table(name, about) for name, about in typed.items()})


def _table(name: str, about: dict[str, Any]) -> ReferenceTable:
    day = about.get("complete_until")
    until = date.fromisoformat(day) if day else None
    columns = tuple(about["columns"])
    return ReferenceTable(name=name, **about | {"columns": columns, "complete_until": until})


def content(file: str) -> bytes:
    """The bytes of a file of this package."""
    return (files("vendor_eval") / "reference" / file).read_bytes()


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table by column name, as text; a blank is "not listed", never zero."""
    lines = content(f"{name}.csv").decode("utf-8").splitlines()
    return tuple(csv.DictReader(lines))


@cache
def by(name: str, *columns: str) -> Mapping[tuple[str, ...], Mapping[str, str]]:
    """The one row of a table for each combination of these columns."""
    return {tuple(row[column] for column in columns): row for row in rows(name)}

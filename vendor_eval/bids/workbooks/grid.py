"""What stands in a workbook: sheets as grids of cells, each with all that reading it needs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import get_column_letter

from vendor_eval.errors import one_line
from vendor_eval.wording import digits, plain

Held = Literal["number", "text", "truth", "error", "nothing"]
"""What a cell holds: `nothing` is a formula whose value was not saved with it."""

NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a number format shows beside the number itself."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A part of a cell's text that is shown in its own way, and the rest: "" where it is all."""

    part: str = ""
    rest: str = ""
    conditional: bool = False
    """Whether that hangs on a condition, which nobody evaluated."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with something in it, in its row and column (from 1)."""

    row: int
    column: int
    held: Held
    value: float | str = ""
    """A number, or a text; for a formula, the value it had when the workbook was saved."""
    formula: str | None = None
    """Without its equals sign; "" where it is shared with another cell."""
    format: str = "General"
    """The number format's code."""
    epoch: date = date(1899, 12, 30)
    """The day before the first: dates are held as days counted from it."""
    struck: Marked | None = None
    """What of it is struck out."""
    faint: Marked | None = None
    """What of it is in the colour of its background."""

    @property
    def at(self) -> str:
        """The cell's name, as `D14`."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen in it: spaces alone, or a formula that gives no text."""
        return self.held == "text" and not str(self.value).strip(" \t\r\n\u00a0\u200b\ufeff")

    @property
    def percent(self) -> bool:
        """Whether it is a number shown as a percentage."""
        return self.held == "number" and "%" in NOT_SHOWN.sub("", self.format)

    @property
    def moment(self) -> datetime | None:
        """The date and time it shows, where it is a number shown as one that a calendar has."""
        if self.held != "number" or not is_date_format(self.format):
            return None
        days = float(self.value)
        # before March 1900 Excel counts a day that never was
        if not 61 <= days < 2_958_466:
            return None
        start = datetime(self.epoch.year, self.epoch.month, self.epoch.day)  # noqa: DTZ001
        return start + timedelta(seconds=round(days * 86_400))

    @property
    def clock(self) -> str | None:
        """The time of day it shows, as 08:30, where it is a number shown as one."""
        if self.held != "number" or not is_date_format(self.format):
            return None
        if not 0 <= float(self.value) < 1:
            return None
        minutes = round(float(self.value) * 1440)
        return f"{minutes // 60:02}:{minutes % 60:02}"

    @property
    def shown(self) -> str:
        """What stands there, as a person would say it."""
        if self.held == "number":
            return self._number_shown()
        return str(self.value)

    def _number_shown(self) -> str:
        number = float(self.value)
        if self.moment is not None:
            day = self.moment
            return day.date().isoformat() if day.time() == datetime.min.time() else f"{day}"
        if self.clock is not None:
            return self.clock
        if self.percent:
            return f"{digits(number * 100)} %"
        if re.fullmatch("0{2,15}", self.format) and number >= 0 and number.is_integer():
            return f"{int(number):0{len(self.format)}}"
        return plain(number)


@dataclass(frozen=True)
class Sheet:
    """A sheet as its file names it."""

    name: str
    cells: Mapping[tuple[int, int], GridCell]
    """By row and column; what is blank is not in it."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    """First and last of each run of hidden columns."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column of each merged range."""
    comments: Mapping[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The author and text of each comment, by row and column."""

    @cached_property
    def rows(self) -> dict[int, dict[int, GridCell]]:
        """The cells of each row that has any, both from the first on."""
        rows: dict[int, dict[int, GridCell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            rows.setdefault(row, {})[column] = cell
        return rows

    def between(self, first: int, last: int) -> Iterator[tuple[int, dict[int, GridCell]]]:
        """The rows from one to another that hold anything."""
        numbers = self._numbers
        for n in numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]:
            yield n, self.rows[n]

    @cached_property
    def _numbers(self) -> list[int]:
        return list(self.rows)

    def merged_at(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The merged range that covers a cell."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return top, left, bottom, right
        return None

    def commented(self, row: int, column: int) -> str:
        """What comments on a cell say, each after its author; "" without any."""
        entries = self.comments.get((row, column), ())
        return "; ".join(f"{author}: {text}" if author else text for author, text in entries)

    def column_hidden(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)

    @property
    def called(self) -> str:
        """Its name, printable whatever it holds."""
        return one_line(self.name)


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, and what it carries beside them."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    """What names stand for, as `=` would show it."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Its own properties."""
    macros: bool = False
    links: bool = False
    """Whether it refers to other workbooks."""

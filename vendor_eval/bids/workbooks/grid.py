"""What stands in a workbook: sheets as grids of cells, each with all that reading it needs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Literal

from openpyxl.styles import numbers
from openpyxl.utils import get_column_letter

from vendor_eval.bids.workbooks import limits
from vendor_eval.errors import one_line
from vendor_eval.wording import digits, plain

is_date_format = lru_cache(maxsize=limits.FORMATS)(numbers.is_date_format)
"""Whether a number format's code is of a date; the same codes are asked for cell by cell."""
Held = Literal["number", "text", "truth", "error", "nothing"]
"""What a cell holds: `nothing` is a formula whose value was not saved with it."""

NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""What a number format shows beside the number itself."""


@lru_cache(maxsize=limits.FORMATS)
def _shown_beside(code: str) -> str:
    return NOT_SHOWN.sub("", code)


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
        return self.held == "number" and "%" in _shown_beside(self.format)

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


Range = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def _lowest(one: Range, other: Range) -> Range:
    return other if other[2] > one[2] else one


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
    merged: tuple[Range, ...] = ()
    """First row, first column, last row, last column of each merged range."""

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

    def merged_at(self, row: int, column: int) -> Range | None:
        """The merged range that covers a cell; of several the one that reaches lowest."""
        if column not in self._merged_by_column:
            ranges = sorted(r for r in self.merged if r[1] <= column <= r[3])
            lowest = list(accumulate(ranges, _lowest))
            self._merged_by_column[column] = [r[0] for r in ranges], lowest
        tops, lowest = self._merged_by_column[column]
        above = bisect_right(tops, row)
        return lowest[above - 1] if above and lowest[above - 1][2] >= row else None

    @cached_property
    def _merged_by_column(self) -> dict[int, tuple[list[int], list[Range]]]:
        """By column: the tops of its merged ranges, and of those so far which reaches lowest."""
        return {}

    def column_hidden(self, column: int) -> bool:
        """Whether a column is hidden."""
        firsts, furthest = self._hidden_runs
        before = bisect_right(firsts, column)
        return before > 0 and furthest[before - 1] >= column

    @cached_property
    def _hidden_runs(self) -> tuple[list[int], list[int]]:
        """The first columns of hidden runs, and how far those so far reach."""
        runs = sorted(self.hidden_columns)
        return [first for first, _ in runs], list(accumulate((last for _, last in runs), max))

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

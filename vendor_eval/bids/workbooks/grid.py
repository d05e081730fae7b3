"""What stands in a workbook: sheets as grids of cells, each with all that reading it needs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Literal

from openpyxl.utils import get_column_letter

from vendor_eval.bids.workbooks import date_formats
from vendor_eval.bids.workbooks.format_sections import Unrendered
from vendor_eval.bids.workbooks.number_formats import Shown, shown_colour, shown_number, shown_text
from vendor_eval.bids.workbooks.styles import PLAIN, Look
from vendor_eval.errors import one_line
from vendor_eval.wording import digits, plain

Held = Literal["number", "text", "truth", "error", "nothing"]
"""What a cell holds: `nothing` is a formula whose value was not calculated when it was saved."""

SLIM, SLIM_MARKS = 0.4, frozenset(" .,'-:;()/il|\u00a0\u202f")
"""Letters narrower than a digit, and how wide the narrowest of them is, in digits."""
BARE = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?")
"""A number shown with nothing but its digits."""
A_DAY = frozenset({"year", "month", "day"})
A_TIME = frozenset({"hour", "minute"})


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
    """What of it is in the colour of its background, or too small to be made out."""
    shifted: Marked | None = None
    """What of it, if not all, is raised or lowered."""
    look: Look = field(default=PLAIN, compare=False, repr=False)
    """How its style shows it."""
    repeated: bool = False
    """Whether it is shown more than once, to fill its cell."""

    @property
    def at(self) -> str:
        """The cell's name, as `D14`."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen in it: spaces alone, or a formula that gives no text."""
        return self.held == "text" and not str(self.value).strip(" \t\r\n\u00a0\u200b\ufeff")

    @property
    def display(self) -> Shown | None:
        """What a person sees in it; None where its number format is not rendered."""
        try:
            if self.held == "number":
                return shown_number(float(self.value), self.format, self.epoch)
            typed = str(self.value)
            return Shown(shown_text(typed, self.format) if self.held == "text" else typed, "text")
        except Unrendered:
            return None

    @property
    def colour(self) -> str:
        """The colour that its number format states for what it holds; "" for none."""
        is_shown = self.held in ("number", "text")
        return shown_colour(self.value, self.format) if is_shown else ""

    @property
    def needs(self) -> float:
        """The width that it needs at least to show its number, in digits; 0 for a text.

        A number in the general format is rounded to the width, so only its whole part must fit.
        """
        display = self.display if self.held == "number" else None
        if display is None:
            return 0.0
        text = display.text
        if self.format == "General":
            text = text.partition("E" if "E" in text else ".")[0]
        return sum(SLIM if mark in SLIM_MARKS else 1.0 for mark in text)

    @property
    def exact(self) -> Decimal:
        """The number it holds, in the 15 digits that a spreadsheet keeps."""
        return Decimal(f"{float(self.value):.15g}")

    @property
    def moment(self) -> datetime | None:
        """The date and time it shows, where it shows a day, a month and a year."""
        display = self.display
        if display is None or not display.fields >= A_DAY:
            return None
        return date_formats.moment(float(self.value), self.epoch)

    @property
    def shown(self) -> str:
        """The cell's content as a person would say it; what it holds where it shows nothing."""
        display = self.display
        if display is None or not display.text.strip():
            return plain(float(self.value)) if self.held == "number" else str(self.value)
        return display.text if self.held != "number" else self._number_shown(display)

    def _number_shown(self, display: Shown) -> str:
        """A day, a time of day and a bare number in one form each, anything else as it is seen."""
        if display.kind == "date":
            day = self.moment
            if date_formats.UNREAD in display.fields:
                return display.text
            if day is not None:
                midnight = day.time() == datetime.min.time()
                return day.date().isoformat() if midnight else f"{day}"
            clock = display.fields == A_TIME and re.fullmatch("[0-9]:[0-9]{2}", display.text)
            return f"0{display.text}" if clock else display.text
        if not BARE.fullmatch(display.judged):
            return display.text
        if rounds(self.exact.scaleb(2 * display.per_cent), Decimal(display.judged.rstrip("%"))):
            number = float(self.value)
            return f"{digits(number * 100)} %" if display.per_cent else plain(number)
        return display.text


def rounds(exact: Decimal, shown: Decimal) -> bool:
    """Whether a number is the other one, up to the rounding of its last digit."""
    return abs(exact - shown) <= Decimal((0, (5,), int(shown.as_tuple().exponent) - 1))


USUAL_WIDTH = 8.43
"""Digits that a column shows where nothing says how wide it is."""
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
    widths: tuple[tuple[int, int, float], ...] = ()
    """First and last of each run of columns that states a width, and that, in digits."""
    width: float = USUAL_WIDTH
    """Of columns that state none."""
    merged: tuple[Range, ...] = ()
    """First row, first column, last row, last column of each merged range."""
    comments: Mapping[tuple[int, int], tuple[tuple[str, str], ...]] = field(default_factory=dict)
    """The author and text of each comment, by row and column."""
    drawn: str | None = None
    """What its drawings say, "" where they say nothing; None where there are none."""
    printed: tuple[str, ...] = ()
    """What is printed above and below it, without codes."""

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

    def room(self, row: int, column: int) -> float:
        """The width of a cell, and of those that it is merged with, in digits."""
        merged = self.merged_at(row, column)
        first, last = (column, column) if merged is None else (merged[1], merged[3])
        return self._width_to(last) - self._width_to(first - 1)

    def _width_to(self, column: int) -> float:
        """The width of all columns from the first to one."""
        firsts, before = self._width_runs
        n = bisect_right(firsts, column)
        if not n:
            return column * self.width
        first, last, width = self.widths[n - 1]
        within = min(column, last) - first + 1
        return before[n - 1] + within * width + max(0, column - last) * self.width

    @cached_property
    def _width_runs(self) -> tuple[list[int], list[float]]:
        """The first columns of the runs that state a width, and how wide all is before each."""
        firsts, before, reached, total = [], [], 0, 0.0
        for first, last, width in self.widths:
            total += (first - 1 - reached) * self.width
            firsts.append(first)
            before.append(total)
            reached, total = last, total + (last - first + 1) * width
        return firsts, before

    def commented(self, row: int, column: int) -> str:
        """What comments on a cell say, each after its author; "" without any."""
        entries = self.comments.get((row, column), ())
        return "; ".join(f"{author}: {text}" if author else text for author, text in entries)

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
        """Its name in printable characters."""
        return one_line(self.name)


@dataclass(frozen=True)
class Book:
    """A workbook: its sheets in order, and what else it carries."""

    sheets: tuple[Sheet, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    """What names stand for, as `=` would show it."""
    properties: Mapping[str, str] = field(default_factory=dict)
    """Its own properties."""
    macros: bool = False
    links: bool = False
    """Whether it refers to other workbooks."""

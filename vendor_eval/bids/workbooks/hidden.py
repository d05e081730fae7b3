"""Which rows and columns of a sheet nobody sees, in any way that programs hide them."""

import re
from collections.abc import Iterator, Mapping

from vendor_eval.bids.workbooks.limits import LAST_COLUMN
from vendor_eval.bids.workbooks.package import broken
from vendor_eval.bids.workbooks.xml_events import Element
from vendor_eval.rules.estimates import WRITTEN

LOW, NARROW = 3.0, 1.0
"""Points of height, and digits of width, under which nothing in a row or column is made out."""
FORMAT = "worksheet/sheetFormatPr"
OUTLINE = "worksheet/sheetPr/outlinePr"
YES = ("1", "true")


class HiddenLines:
    """Gathers what a sheet says of its rows and columns before the cells in them are read.

    A row or a column is hidden where it says so, where it is too low or narrow to show anything,
    where the sheet hides all that state none, and where it belongs to a group that is collapsed.
    """

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.columns: list[tuple[int, int]] = []
        """First and last of each run."""
        self.widths: list[tuple[int, int, float]] = []
        """First and last of each run of columns that states a width, in letters, and that."""
        self.width: float | None = None
        """The width of columns that state none."""
        self._no_height = self._no_width = False
        self._below = self._right = True
        """Whether the line that sums a group up stands after it."""
        self._row_levels: dict[int, int] = {}
        self._collapsed_rows: set[int] = set()
        self._stated: list[tuple[int, int]] = []
        self._column_levels: dict[tuple[int, int], int] = {}
        self._collapsed_columns: set[tuple[int, int]] = set()
        self._last_column = 0

    def sheet(self, path: str, element: Element) -> None:
        """Takes what holds for the whole sheet."""
        if path == FORMAT:
            zero = element.get("zeroHeight") in YES
            self._no_height = zero or _under(element, "defaultRowHeight", LOW)
            self._no_width = _under(element, "defaultColWidth", NARROW)
            self.width = _size(element, "defaultColWidth")
        else:
            self._below = element.get("summaryBelow") not in ("0", "false")
            self._right = element.get("summaryRight") not in ("0", "false")

    def row(self, number: int, element: Element) -> None:
        """Takes a row."""
        left_out = self._no_height and "ht" not in element.attrib
        if element.get("hidden") in YES or _under(element, "ht", LOW) or left_out:
            self.rows.add(number)
        if level := _level(element):
            self._row_levels[number] = level
        if element.get("collapsed") in YES:
            self._collapsed_rows.add(number)

    def column(self, first: int, last: int, element: Element) -> None:
        """Takes a run of columns; raises Unreadable unless each comes after those before it."""
        if not self._last_column < first <= last <= LAST_COLUMN:
            raise broken(f"found the columns {first} to {last} after column {self._last_column}")
        self._last_column, run = last, (first, last)
        if "width" in element.attrib:
            self._stated.append(run)
        if (width := _size(element, "width")) is not None:
            self.widths.append((first, last, width))
        if element.get("hidden") in YES or _under(element, "width", NARROW):
            self.columns.append(run)
        if level := _level(element):
            self._column_levels[run] = level
        if element.get("collapsed") in YES:
            self._collapsed_columns.add(run)

    def all_rows(self) -> frozenset[int]:
        """Every hidden row among those that the sheet lists."""
        groups = {(n, n): level for n, level in self._row_levels.items()}
        collapsed = {(n, n): self._row_levels.get(n, 0) for n in self._collapsed_rows}
        return frozenset(self.rows | {n for n, _ in _collapsed(groups, collapsed, self._below)})

    def all_columns(self) -> tuple[tuple[int, int], ...]:
        """Every run of hidden columns."""
        collapsed = {run: self._column_levels.get(run, 0) for run in self._collapsed_columns}
        runs = [*self.columns, *_collapsed(self._column_levels, collapsed, self._right)]
        if self._no_width:
            runs += _between(sorted(self._stated))
        return tuple(dict.fromkeys(runs))


def _level(element: Element) -> int:
    stated = element.get("outlineLevel", "0")
    return int(stated) if re.fullmatch("[0-7]", stated) else 0


def _size(element: Element, name: str) -> float | None:
    """A stated height or width; None where there is none."""
    stated = element.get(name, "")
    return float(stated) if WRITTEN.fullmatch(stated) and len(stated) < 40 else None


def _under(element: Element, name: str, least: float) -> bool:
    size = _size(element, name)
    return size is not None and size < least


def _collapsed(
    levels: Mapping[tuple[int, int], int], sums: Mapping[tuple[int, int], int], after: bool
) -> Iterator[tuple[int, int]]:
    """The runs of lines in a collapsed group: next to the line that sums it up, of more levels."""
    starts = {(run[1] if after else run[0]): run for run in levels}
    for (first, last), level in sums.items():
        at = first - 1 if after else last + 1
        while at in starts and levels[starts[at]] > level:
            yield starts[at]
            at = starts[at][0] - 1 if after else starts[at][1] + 1


def _between(stated: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The runs of columns that state no width."""
    at = 1
    for first, last in [*stated, (LAST_COLUMN + 1, LAST_COLUMN + 1)]:
        if at < first:
            yield at, first - 1
        at = max(at, last + 1)

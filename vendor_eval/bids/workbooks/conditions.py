"""What conditional formats of a sheet may strike out or hide (ECMA-376 part 1, 18.3.1.10)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from vendor_eval.bids.workbooks.grid import GridCell, Marked, Range
from vendor_eval.bids.workbooks.package import too_much
from vendor_eval.bids.workbooks.styles import WHITE, ConditionalLook, Look, Styles
from vendor_eval.bids.workbooks.xml_events import Element

RULE = "worksheet/conditionalFormatting/cfRule"
MOST = 100
"""Ranges of a sheet that conditions may strike out or hide."""


class SheetConditions:
    """Gathers the conditions of one sheet under which a cell's value cannot be seen."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self._met: list[tuple[Range, ConditionalLook]] = []

    def rule(self, inside: str, element: Element, ranges: Iterable[Range]) -> None:
        """Takes a rule, or what is inside one, for some ranges; Unreadable if there are too many.

        Those that hide no text in the look of any cell are left out.
        """
        condition = self._condition(inside, element)
        if condition is None or not any(map(condition.hides, self.styles.looks or (Look(),))):
            return
        self._met += ((each, condition) for each in ranges)
        if len(self._met) > MOST:
            raise too_much("ranges in a sheet that a condition strikes out or hides", MOST)

    def _condition(self, inside: str, element: Element) -> ConditionalLook | None:
        if inside in ("/dataBar", "/iconSet"):
            return ConditionalLook(changes=element.get("showValue") in ("0", "false"))
        if inside == "/colorScale/color":
            paper = self.styles.palette.colour(element.attrib, WHITE)
            return ConditionalLook(papers=(paper,)) if paper else None
        number, known = element.get("dxfId", ""), self.styles.conditions
        named = not inside and number.isdecimal() and len(number) < 10
        return known[int(number)] if named and int(number) < len(known) else None

    def marked(self, cells: Mapping[tuple[int, int], GridCell]) -> dict[tuple[int, int], GridCell]:
        """The cells that a condition may hide, so marked: if it does, only a program can say."""
        return dict(self._marked(cells))

    def _marked(
        self, cells: Mapping[tuple[int, int], GridCell]
    ) -> Iterator[tuple[tuple[int, int], GridCell]]:
        for (top, left, bottom, right), condition in self._met:
            for (row, column), cell in cells.items():
                inside = top <= row <= bottom and left <= column <= right
                if inside and cell.struck is None and condition.hides(cell.look):
                    yield (row, column), replace(cell, struck=Marked(conditional=True))

"""Knock-outs on the sheet *Values*: points before the floor, so that the cells above count live."""

from collections.abc import Mapping
from dataclasses import dataclass

from vendor_eval.outputs.scorecard import sheet_weights
from vendor_eval.outputs.scorecard.book import POINTS, SheetWriter, ref
from vendor_eval.outputs.scorecard.plan import FIRST_VENDOR, Plan

FLOOR = 5
"""The column of the floor, in points."""


@dataclass(frozen=True)
class WrittenFloor:
    """The rows of one knock-out: those of its criterion again, before it, then the points."""

    first: int
    """The first row of its criterion on the sheets of the criteria; `last` the last."""
    last: int
    start: int
    """The row in which `first` is repeated."""
    leaves: int

    def given(self, row: int) -> int:
        """The row in which a leaf's points stand before the knock-out."""
        return self.start + row - self.first

    @property
    def points(self) -> int:
        """The row of the points on the criterion."""
        return self.given(self.last) + 1

    def counted(self, row: int, column: int) -> str:
        """A leaf's points as they count: 0 below the floor, once every leaf has points."""
        given = ref(column, self.given(row))
        every = f"{ref(column, self.start)}:{ref(column, self.points - 1)}"
        below = f"{ref(column, self.points)}<{ref(FLOOR, self.points)}"
        return f"IF(COUNT({every})<{self.leaves},{given},IF({below},0,{given}))"


def floors_written(
    page: SheetWriter, plan: Plan, within: Mapping[str, int]
) -> Mapping[str, WrittenFloor]:
    """Writes every knock-out under the criteria; its rows, by the path of each leaf it concerns.

    `within`: the column on *Weights* of what each leaf counts within a criterion, by path.
    """
    floors: dict[str, WrittenFloor] = {}
    free = max(plan.rows.values()) + 3
    for each in plan.evaluation.rules.knock_out:
        first, last = plan.leaf_rows(each.criterion)
        nodes = [node for node in plan.nodes() if first <= node[1] <= last]
        leaves = [path for _, _, path, criterion in nodes if criterion.value is not None]
        floor = WrittenFloor(first, last, free, len(leaves))
        for _, row, path, criterion in nodes:
            page.text(floor.given(row), 1, f"{criterion.label}, before the floor", "label")
            page.text(floor.given(row), 2, path, "fine print")
        label = plan.evaluation.tree.criterion(each.criterion).label
        page.text(floor.points, 1, f"Points on {label}; below the floor it counts 0", "label")
        page.text(floor.points, 2, each.criterion, "fine print")
        page.number(floor.points, FLOOR, each.below, "typed")
        column = within[each.criterion]
        counts = f"{sheet_weights.SHEET}!{ref(column, first)}:{ref(column, last)}"
        for at in range(FIRST_VENDOR, FIRST_VENDOR + len(plan.columns)):
            given = f"{ref(at, free)}:{ref(at, floor.points - 1)}"
            page.formula(
                floor.points, at, f"ROUND(SUMPRODUCT({counts},{given}),9)", "computed", POINTS
            )
        floors |= dict.fromkeys(leaves, floor)
        free = floor.points + 2
    return floors

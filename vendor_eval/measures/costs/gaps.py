"""Months of the term in which a component of a bid has no price, so that it would be free."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

import numpy as np

from vendor_eval.bids.response import Cell
from vendor_eval.errors import Fault
from vendor_eval.measures.costs.forecasts import monthly_volumes
from vendor_eval.measures.costs.shares import by_transaction
from vendor_eval.measures.costs.tiers import Priced
from vendor_eval.measures.costs.years import MONTHS_A_YEAR
from vendor_eval.questionnaire.pricing import COMPONENTS
from vendor_eval.questionnaire.pricing_models.lines import PRICING_MODELS, Line
from vendor_eval.rules.commercial import Commercial

MAIN = "labour"
"""The component that does the work: without it there is no service."""


def gap_faults(lines: Sequence[Priced], commercial: Commercial, vendor: str) -> Iterator[Fault]:
    """Months that a component has no price for, where that is no sound layout; as questions.

    They stand at the cells between which the months lie: the last and first months as entered.
    """
    served = _served(commercial)
    running = [(line, row) for line, row in lines if _runs(line)]
    priced = {component: _months(running, component) for component in COMPONENTS}
    for component in COMPONENTS:
        of = [(line, row) for line, row in running if line.component == component]
        others = set().union(*(priced[c] for c in COMPONENTS if c != component))
        open_months = served - priced[component] if of else set()
        if not _sound([line for line, _ in of], open_months, others):
            yield from _faults(of, component, open_months, vendor)


def _served(commercial: Commercial) -> set[int]:
    """The months in which there is work: those with transactions in any forecast, else all."""
    months = range(1, commercial.months + 1)
    if not commercial.volumes:
        return set(months)
    forecasts = [monthly_volumes(each, commercial.months) for each in commercial.volumes.values()]
    most = np.max(forecasts, axis=0)
    return {month for month in months if most[month] > 0}


def _runs(line: Line) -> bool:
    return PRICING_MODELS[line.basis].charged_by != "once"


def _months(lines: Sequence[Priced], component: str) -> set[int]:
    return {
        month
        for line, _ in lines
        if line.component == component
        for month in range(line.first_month, line.last_month + 1)
    }


def _sound(lines: Sequence[Line], open_months: Collection[int], others: set[int]) -> bool:
    """Whether a component may have no price in some months, other components being priced there.

    So may technology or other services that begin late, such as a tool of the second year, or that
    end early, such as instalments. Neither may labour, nor a price per transaction but for a
    ramp-up: one that ends within the first year.
    """
    if not open_months:
        return True
    first = min(line.first_month for line in lines)
    last = max(line.last_month for line in lines)
    hole = any(first < month < last for month in open_months)
    if hole or not others.issuperset(open_months) or lines[0].component == MAIN:
        return False
    return last < MONTHS_A_YEAR or not any(by_transaction(line) for line in lines)


def _faults(
    lines: Sequence[Priced], component: str, open_months: Collection[int], vendor: str
) -> Iterator[Fault]:
    spans = _spans(open_months)
    months = _listed(spans)
    one = len(open_months) == 1
    message = (
        f"no price of {component} holds in {'month' if one else 'the months'} {months}; allowed: "
        f"the months that each price holds in, so that {'this one has' if one else 'these have'} "
        "one, or a line at the price 0 where nothing is charged"
    )
    for cell in _bounds(lines, spans):
        # one message, so that a letter asks once, at all these cells
        about = ("price_lines.first_month", "price_lines.last_month")
        yield Fault(cell.place, message, vendor, "vendor", "question", about)


def _bounds(lines: Sequence[Priced], spans: Sequence[tuple[int, int]]) -> tuple[Cell, ...]:
    """The cells that say where prices end before, and begin after, months without one."""
    cells: dict[str, Cell] = {}
    for first, last in spans:
        before = [line.last_month for line, _ in lines if line.last_month < first]
        after = [line.first_month for line, _ in lines if line.first_month > last]
        for line, row in lines:
            if before and line.last_month == max(before) and "last_month" in row:
                cells.setdefault(row["last_month"].place, row["last_month"])
            if after and line.first_month == min(after) and "first_month" in row:
                cells.setdefault(row["first_month"].place, row["first_month"])
    return tuple(cells.values())


def _spans(months: Collection[int]) -> list[tuple[int, int]]:
    """Months as the first and last of each row of them without a break."""
    ordered = enumerate(sorted(months))
    rows = [[m for _, m in row] for _, row in groupby(ordered, key=lambda nth: nth[1] - nth[0])]
    return [(row[0], row[-1]) for row in rows]


def _listed(spans: Sequence[tuple[int, int]]) -> str:
    return ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in spans)

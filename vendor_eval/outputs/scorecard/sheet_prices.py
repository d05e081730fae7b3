"""The sheet *Scorecard* where the lowest price wins: nothing is weighed, and the price ranks."""

from openpyxl import Workbook

from vendor_eval.outputs.scorecard import sheet_gates
from vendor_eval.outputs.scorecard.book import HEADER, SheetWriter, ref
from vendor_eval.outputs.scorecard.plan import Plan
from vendor_eval.outputs.scorecard.sheet_scorecard import (
    FIRST_ROW,
    SHEET,
    STATUS,
    VENDOR,
    emphasis,
    price_cell,
    ranks,
    standing,
)

PRICE, SHADOW, KEY = 4, 5, 6


def prices_sheet(book: Workbook, plan: Plan, status_row: int) -> None:
    """Writes the vendors as ranked now by price, with the formulas that would rank otherwise."""
    evaluation = plan.evaluation
    rules = evaluation.rules
    page = SheetWriter(book, SHEET, rules.decision, title=rules.title)
    page.text(3, 1, " · ".join(filter(None, [rules.notice, rules.source])), "sentence")
    page.headings(
        {"Rank": 7, "Vendor": 30, "Status": 11, f"Price ({rules.currency})": 15}
        | {"Rank if it passed": 9, "Price, below 0 so that the lowest is first": 15},
        numbers_from=PRICE,
    )
    vendors = standing(evaluation)
    last = FIRST_ROW - 1 + len(vendors)
    page.band(HEADER + 1, 1, KEY, "fine print branch")
    for row, vendor in enumerate(vendors, start=FIRST_ROW):
        column = plan.columns[vendor]
        page.text(row, VENDOR, vendor, "label")
        page.formula(row, STATUS, f"{sheet_gates.SHEET}!{ref(column, status_row)}", "fine print")
        price_cell(page, plan, row, column, PRICE)
        price = ref(PRICE, row)
        page.formula(row, KEY, f'IF(ISNUMBER({price}),-{price},"")', "fine number")
        ranks(page, row, last, shadow=SHADOW, keys=[KEY])
    emphasis(page, last, KEY)
    page.finish(header_rows=2, fixed_columns=2)

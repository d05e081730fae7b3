"""`scorecard.xlsx`: performance, values, weights and scores, with live formulas for finance.

A share, an answer or a scale changed in the workbook recomputes values, gates, scores and ranks.
What people typed is written as text or as a number, never as a formula.
"""

from vendor_eval.award.result import Result
from vendor_eval.outputs.scorecard.book import SHEETS, as_bytes, new_book
from vendor_eval.outputs.scorecard.plan import planned
from vendor_eval.outputs.scorecard.sheet_gates import gates_sheet
from vendor_eval.outputs.scorecard.sheet_performance import performance_sheet
from vendor_eval.outputs.scorecard.sheet_prices import prices_sheet
from vendor_eval.outputs.scorecard.sheet_scorecard import readme_sheet, scorecard_sheet
from vendor_eval.outputs.scorecard.sheet_values import scales_sheet, values_sheet
from vendor_eval.outputs.scorecard.sheet_weights import weights_sheet
from vendor_eval.tender.tender import Tender

WEIGHED = ("Weights", "Values", "Scales")
"""The sheets that there are not where the lowest price wins."""


def scorecard_workbook(tender: Tender, result: Result) -> bytes:
    """The workbook: the same bytes for the same case and assessment; no formula has a cached value.

    Raises VendorEvalError when there are more vendors than a sheet has columns.
    """
    weighed = not tender.rules.lowest_price
    sheets = SHEETS if weighed else tuple(name for name in SHEETS if name not in WEIGHED)
    layout, book = planned(result.evaluation), new_book(tender.rules.title, sheets)
    within = weights_sheet(book, layout) if weighed else {}
    performance_sheet(book, layout)
    status_row = gates_sheet(book, layout, within)
    if weighed:
        scales = scales_sheet(book, layout, status_row)
        values_sheet(book, layout, scales, within)
        scorecard_sheet(book, layout, status_row)
    else:
        prices_sheet(book, layout, status_row)
    readme_sheet(book, tender, result)
    return as_bytes(book)

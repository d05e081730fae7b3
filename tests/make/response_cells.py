"""The cells of the small questionnaire's workbook, by what is asked there."""

from typing import Any

from openpyxl import Workbook

# The template's cells, fixed by the small questionnaire: answers stand in Answers!E6:E11, price
# lines in Pricing!B6:H11 and terms in Pricing!E15:E18, sites in Sites!B7:E12.
YEARS, SOLVED, LEVEL, VALID, REFERENCE, COST = (f"Answers!E{n}" for n in range(6, 12))
ITEM, BASIS, PRICE, CURRENCY, DISCOUNT, QUANTITY, STARTS = (f"Pricing!{c}6" for c in "BCDEFGH")
PRICES_ARE, INDEXATION, CAP, CAP_CURRENCY = (f"Pricing!E{n}" for n in range(15, 19))
COUNTRY, CITY, HEADS, TONGUE = (f"Sites!{c}7" for c in "BCDE")
WHERE = {
    **{YEARS: ("answers", "years"), SOLVED: ("answers", "solved"), LEVEL: ("answers", "level")},
    **{VALID: ("answers", "valid"), REFERENCE: ("answers", "reference"), COST: ("answers", "cost")},
    **{ITEM: ("lines", 0, "item"), BASIS: ("lines", 0, "basis"), PRICE: ("lines", 0, "price")},
    **{CURRENCY: ("lines", 0, "currency"), DISCOUNT: ("lines", 0, "discount")},
    **{QUANTITY: ("lines", 0, "quantity"), STARTS: ("lines", 0, "starts")},
    **{PRICES_ARE: ("terms", "prices_are"), INDEXATION: ("terms", "indexation")},
    **{CAP: ("terms", "cap"), CAP_CURRENCY: ("terms", "terms_currency")},
    **{COUNTRY: ("sites", 0, "country"), CITY: ("sites", 0, "city")},
    **{HEADS: ("sites", 0, "heads"), TONGUE: ("sites", 0, "tongue")},
}
NBSP = "\u00a0"


def cell(book: Workbook, at: str) -> Any:
    """A cell by sheet and name."""
    sheet, _, name = at.partition("!")
    return book[sheet][name]
